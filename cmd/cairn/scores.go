package main

import (
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

// rejectFlags name a file and where the reasons for its rejected rows go.
type rejectFlags struct {
	File    string `arg:"" help:"The file to read." placeholder:"FILE.csv"`
	Rejects string `help:"Where to write the reason for every row that was not taken (default FILE.rejects.csv, only when there is one)." placeholder:"FILE"`
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

// keepInputs faults when the rejects would be written over a file that is read.
func (f rejectFlags) keepInputs(others ...string) error {
	to, err := os.Stat(f.rejectsFile())
	if err != nil {
		return nil //nolint:nilerr // what is not there is written over by nothing
	}
	for _, path := range append(others, f.File) {
		if from, err := os.Stat(path); err == nil && os.SameFile(from, to) {
			return fault.New(fault.Invalid, fault.SettingsInvalid, "The rejects would be written over %s, which is read. Name another file.", path).At("--rejects")
		}
	}
	return nil
}

// rejectsFile is where the reasons go.
func (f rejectFlags) rejectsFile() string {
	if f.Rejects != "" {
		return f.Rejects
	}
	return f.File + ".rejects.csv"
}

// today is the day at the terminal. Whose file it is, is not known yet.
func (t *terminal) today() scheme.Day { return scheme.DayOf(t.now()) }

// writeRejects writes the reasons, when there are any, and says where.
func (f rejectFlags) writeRejects(t *terminal, rejects []exchange.Reject) error {
	if len(rejects) == 0 {
		return nil
	}
	path := f.rejectsFile()
	if err := writing(path, func(w io.Writer) error { return exchange.WriteRejects(w, rejects) }); err != nil {
		return err
	}
	t.say("Why %s not taken is in %s\n", count(exchange.RejectedRows(rejects), "row was", "rows were"), path)
	return nil
}

// close writes the reasons and ends with the status that says that there are
// some.
func (f rejectFlags) close(t *terminal, rejects []exchange.Reject) error {
	if err := f.writeRejects(t, rejects); err != nil {
		return err
	}
	if len(rejects) > 0 {
		return ended(lookAt)
	}
	return nil
}

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
	return err
}

// nothingUsable says that a file has no score that counts.
func nothingUsable(t *terminal, rejects []exchange.Reject) error {
	for i, r := range rejects {
		if i == 5 {
			t.say("  … and more\n")
			break
		}
		t.say("  %s\n", sentence(r.Fault()))
	}
	t.say("cairn: no row of the file can be used. Nothing was changed.\n")
	return ended(notDone)
}
