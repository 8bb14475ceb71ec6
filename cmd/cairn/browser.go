package main

import (
	"fmt"
	"os/exec"
	"runtime"
)

// browse opens the person's browser, on each system in its own way.
func browse(address string) error {
	name, args := "xdg-open", []string{address}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", address}
	}
	cmd := exec.Command(name, args...) //nolint:gosec // our own address, handed over without a shell
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("open a browser: %w", err)
	}
	go func() { _ = cmd.Wait() }() // it may outlive us; its status says nothing
	return nil
}
