package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"

	"cairn/cmd/cairn/report"
	"cairn/internal/exchange"
	"cairn/internal/fault"
	"cairn/web"
)

// keepFromPage faults when the page would be written over a file that is read,
// or over the reasons for rejected rows.
func (c *evidenceCommand) keepFromPage() error {
	if c.HTML == "" {
		return nil
	}
	if c.HTML == "-" {
		return fault.New(fault.Invalid, fault.SettingsInvalid, "The page goes to a file, not to the terminal. Name one, such as report.html.").At("--html")
	}
	if same(c.HTML, c.rejectsFile()) {
		return fault.New(fault.Invalid, fault.SettingsInvalid, "The page and the reasons for rejected rows would be one file. Name another one.").At("--html")
	}
	for _, path := range []string{c.File, c.Settings, c.People} {
		if path != "" && same(c.HTML, path) {
			return fault.New(fault.Invalid, fault.SettingsInvalid, "The page would be written over %s, which is read. Name another file.", path).At("--html")
		}
	}
	return nil
}

// same says whether two paths are one file, be it there yet or not.
func same(a, b string) bool {
	if one, err := os.Stat(a); err == nil {
		if other, err := os.Stat(b); err == nil {
			return os.SameFile(one, other)
		}
	}
	full, err := filepath.Abs(a)
	if err != nil {
		return false
	}
	other, err := filepath.Abs(b)
	return err == nil && full == other
}

// writePage writes the report as a page, when one was asked for.
func (c *evidenceCommand) writePage(t *terminal, results exchange.Results) error {
	if c.HTML == "" {
		return nil
	}
	var page bytes.Buffer
	err := report.Report{
		Results: results, File: filepath.Base(c.File), Version: version, On: t.today(),
	}.Write(&page, web.Files)
	if err != nil {
		return err
	}
	if err := replace(c.HTML, page.Bytes()); err != nil {
		return fault.New(fault.Invalid, fault.InputInvalid, "The page cannot be written to %s: %v.", c.HTML, bare(err)).At("--html").Because(err)
	}
	t.say("The page is in %s\n", c.HTML)
	return nil
}

// bare is what an error says without the file it names, which may be a draft
// that nobody knows of.
func bare(err error) error {
	var path *os.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}

// replace writes a file that only this person can read, whole or not at all: what
// stood there stays until all of the new content is on the disk.
func replace(path string, content []byte) (err error) {
	if there, err := os.Stat(path); err == nil && !there.Mode().IsRegular() {
		return errors.New("it is not a file")
	}
	draft, err := os.CreateTemp(filepath.Dir(path), ".cairn-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(draft.Name()) // the first error is the one to tell
		}
	}()
	_, err = draft.Write(content)
	if closed := draft.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(draft.Name(), path)
}
