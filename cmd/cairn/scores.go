package main

import (
	"errors"
	"io"
	"os"

	"cairn/internal/exchange"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// scoreFlags name a file of scores and what is in it.
type scoreFlags struct {
	rejectFlags `embed:""`
	Settings    string `help:"What the scores are: measures, their range and direction, time points (see docs/operations.md)." placeholder:"case.json" required:""`
}

// readSettings reads the settings file.
func (f scoreFlags) readSettings() (settings exchange.Settings, err error) {
	err = reading(f.Settings, "--settings", func(r io.Reader) error {
		settings, err = exchange.ReadSettings(r)
		return err
	})
	return settings, err
}

// reading opens a file that the person named and hands it to fn; what is wrong
// with it is said at its name.
func reading(path, flag string, fn func(io.Reader) error) error {
	f, err := os.Open(path) //nolint:gosec // the person at the terminal names the file
	if err != nil {
		return fault.New(fault.Missing, fault.InputUnreadable, "The file cannot be opened: %v.", plainly(err)).At(flag)
	}
	defer f.Close() //nolint:errcheck // only read
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return fault.New(fault.Invalid, fault.InputUnreadable, "%s is a folder. Name a file.", path).At(flag)
	}
	return fn(f)
}

// today is the day at the terminal. Whose file it is, is not known yet.
func (t *terminal) today() scheme.Day { return scheme.DayOf(t.now()) }

// writing makes a file that only this person can read.
func writing(path string, fn func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600) //nolint:gosec // as above
	if err != nil {
		return fault.New(fault.Invalid, fault.InputInvalid, "The file cannot be written: %v.", plainly(err))
	}
	err = fn(f)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil { // what ends early would look whole
		err = errors.Join(err, removed(path))
	}
	return err
}

// removed removes a file that was begun; what is none, as /dev/full, stays.
func removed(path string) error {
	if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() {
		return nil //nolint:nilerr // nothing is there to be removed
	}
	return os.Remove(path)
}
