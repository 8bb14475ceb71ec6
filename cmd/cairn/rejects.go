package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"

	"cairn/internal/exchange"
	"cairn/internal/fault"
)

// rejectFlags name a file and where the reasons for its rejected rows go.
type rejectFlags struct {
	File    string `arg:"" help:"The file to read." placeholder:"FILE.csv"`
	Rejects string `help:"Where to write the reason for everything that was not taken (default FILE.rejects.csv; cairn.rejects.csv in this folder when FILE is a pipe). Without any, none is written and one of an earlier run is removed." placeholder:"FILE"`
}

// rejectsFile is where the reasons go. Beside a pipe or a device there is no
// place for a file.
func (f rejectFlags) rejectsFile() string {
	if f.Rejects != "" {
		return f.Rejects
	}
	info, err := os.Stat(f.File)
	if err == nil && !info.Mode().IsRegular() || strings.HasPrefix(filepath.Clean(f.File), "/dev/") {
		return "cairn.rejects.csv"
	}
	return f.File + ".rejects.csv"
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

// wholeRows is how much was rejected where no row was taken in part.
func wholeRows(rejects []exchange.Reject) exchange.Rejected {
	return exchange.Rejected{Rows: exchange.RejectedRows(rejects)}
}

// keepReasons writes the reasons, when there are any, and says where; the path
// is empty when they are nowhere. Where no file can be made the first of them
// are said: what was worked out is as good without it.
func (f rejectFlags) keepReasons(t *terminal, rejects []exchange.Reject, of exchange.Rejected) (path string) {
	path = f.rejectsFile()
	if len(rejects) == 0 {
		if removeRejects(path) {
			t.say("%s, of an earlier run, was removed: nothing was rejected.\n", path)
		}
		return ""
	}
	if err := writing(path, func(w io.Writer) error { return exchange.WriteRejects(w, rejects) }); err != nil {
		t.complain(err)
		t.say("So this is why %s not taken:\n", of.Said())
		sayFirst(t, rejects)
		return ""
	}
	t.say("Why %s not taken is in %s\n", of.Said(), path)
	return path
}

// removeRejects removes a file of reasons, and nothing that is not one.
func removeRejects(path string) bool {
	if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() {
		return false
	}
	var head bytes.Buffer
	if err := exchange.WriteRejects(&head, nil); err != nil {
		return false
	}
	f, err := os.Open(path) //nolint:gosec // the person at the terminal names the file
	if err != nil {
		return false
	}
	begins := make([]byte, head.Len())
	_, err = io.ReadFull(f, begins)
	_ = f.Close() // only read
	return err == nil && bytes.Equal(begins, head.Bytes()) && os.Remove(path) == nil
}

// status is 1 when something was rejected.
func status(rejects []exchange.Reject) error {
	if len(rejects) > 0 {
		return ended(lookAt)
	}
	return nil
}

// nothingUsable says that a file has no score that counts.
func (f rejectFlags) nothingUsable(t *terminal, rejects []exchange.Reject, of exchange.Rejected) error {
	if f.keepReasons(t, rejects, of) != "" {
		sayFirst(t, rejects)
	}
	t.say("cairn: no row of the file can be used. Nothing was changed.\n")
	return ended(notDone)
}

// sayFirst says the first few reasons.
func sayFirst(t *terminal, rejects []exchange.Reject) {
	const most = 5
	for i, r := range rejects {
		if i == most {
			t.say("  … and more\n")
			return
		}
		t.say("  %s\n", sentence(r.Fault()))
	}
}
