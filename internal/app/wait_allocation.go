package app

import (
	"context"
	"strings"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// NewWaitAllocation says whether chance decided who of a scheme's people waited.
type NewWaitAllocation struct {
	Key          string    `json:"-"`
	Scheme       scheme.ID `json:"scheme"`
	Version      int       `json:"version"` // the newest as it was read; 0 for the first
	Random       string    `json:"random"`  // yes | no
	RandomSource string    `json:"random_source"`
}

// RecordWaitAllocation keeps it, in the place of what was recorded before.
func (a *App) RecordWaitAllocation(ctx context.Context, by Actor, in NewWaitAllocation) (made scheme.WaitAllocation, err error) {
	if err := by.mayIn(SetComparators, in.Scheme); err != nil {
		return scheme.WaitAllocation{}, err
	}
	object, err := a.create(ctx, writing{by, "comparator.wait", in.Key, in}, func(w Writer) (string, error) {
		if err := w.LockScheme(in.Scheme); err != nil {
			return "", err
		}
		there, err := w.WaitAllocation(in.Scheme, 0)
		if err != nil {
			return "", err
		}
		if in.Version != there.Version {
			return "", staleRecord()
		}
		now := scheme.WaitAllocation{Version: there.Version + 1, RandomSource: strings.TrimSpace(in.RandomSource), By: by.Account}
		var wrong fault.List
		checkRandom(&wrong, in.Random, now.RandomSource)
		if err := wrong.Err(); err != nil {
			return "", err
		}
		return ofVersion(in.Scheme, now.Version), w.AddWaitAllocation(in.Scheme, now)
	})
	if err != nil {
		return scheme.WaitAllocation{}, err
	}
	_, version := versionOf[scheme.ID](object)
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		made, err = r.WaitAllocation(in.Scheme, version)
		return err
	})
	return made, err
}
