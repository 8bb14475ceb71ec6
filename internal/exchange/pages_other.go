//go:build !linux

package exchange

// inLargePages is what a system that takes no advice on memory makes of it.
func inLargePages[T any](s []T) []T { return s }
