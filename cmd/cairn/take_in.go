package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/intake"
	"cairn/internal/intake/take"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// sheetFlags are for files as services have them.
type sheetFlags struct {
	Map      string `help:"Read the columns as this mapping says." placeholder:"FILE.json"`
	WriteMap string `help:"Keep the mapping here." placeholder:"FILE.json"`
	Yes      bool   `help:"Accept the guessed mapping without asking."`
	DryRun   bool   `help:"Say what would become of every row, and keep nothing."`
	Scheme   string `help:"The scheme of rows that name none." placeholder:"NAME"`
	Report   string `help:"Write one line for each row: line, outcome, reason." placeholder:"FILE.csv"`
}

// A taking is one spreadsheet on its way in.
type taking struct {
	*importCommand
	t       *terminal
	place   place
	service *service // nil in a dry run where there is no database
	by      app.Actor
	known   intake.Known
	file    *os.File
	sha     string
	book    *intake.Book
	mapping intake.Mapping
	read    *intake.Reading
	sum     intake.Summary
	files   outcomeFiles
}

// takeIn brings in a file of any form that intake reads.
func (c *importCommand) takeIn(ctx context.Context, t *terminal, all *commands) (err error) {
	defer func() {
		if errors.Is(err, context.Canceled) {
			t.say("Nothing of the file was brought in. Run the same command again to bring it in.\n")
		}
	}()
	defer app.Frugally(app.WhileReading)()
	k := &taking{importCommand: c, t: t}
	if err := c.keepInputs(c.Map); err != nil {
		return err
	}
	if err := k.open(ctx); err != nil {
		return err
	}
	defer k.file.Close() //nolint:errcheck // only read
	if err := k.reach(ctx, all); err != nil {
		return err
	}
	if k.service != nil {
		defer k.service.close(t)
	}
	if err := k.understand(ctx); err != nil {
		return err
	}
	if c.DryRun {
		return k.dryRun()
	}
	return k.bringIn(ctx)
}

// open opens the file and names it by what is in it, before anything else is
// touched.
func (k *taking) open(ctx context.Context) (err error) {
	unreadable := func(format string, args ...any) error {
		return fault.New(fault.Missing, fault.InputUnreadable, format, args...).At("FILE")
	}
	if k.file, err = os.Open(k.File); err != nil {
		return unreadable("The file cannot be opened: %v.", plainly(err))
	}
	info, err := k.file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = unreadable("%s is no file that can be read twice. Save it as a file and name that.", k.File)
	}
	if err == nil {
		k.book, err = intake.Open(ctx, k.file, info.Size(), intake.TerminalLimits())
	}
	if err == nil {
		k.sha, err = digest(ctx, k.file)
	}
	if err != nil {
		_ = k.file.Close() // only read
	}
	return err
}

// digest is what a file is known by. It ends with the error of ctx once that has
// ended, however long the file.
func digest(ctx context.Context, file io.Reader) (string, error) {
	sum := sha256.New()
	for ctx.Err() == nil {
		_, err := io.CopyN(sum, file, 16<<20)
		if errors.Is(err, io.EOF) {
			return hex.EncodeToString(sum.Sum(nil)), nil
		}
		if err != nil {
			return "", fault.New(fault.Missing, fault.InputUnreadable, "The file cannot be read: %v.", plainly(err)).At("FILE")
		}
	}
	return "", ctx.Err()
}

// reach finds the organisation and what it has. A dry run does without where
// there is no database yet.
func (k *taking) reach(ctx context.Context, all *commands) (err error) {
	k.known = intake.Known{Today: k.t.today(), Scheme: k.Scheme}
	open := all.placeOf
	if k.DryRun {
		open = all.existingPlaceOf
	}
	k.place, err = open(k.t, k.databaseFlags)
	if k.DryRun && fault.Is(err, fault.NotFound) {
		k.known.Measures, err = measure.Catalogue()
		return err
	}
	if err != nil {
		return err
	}
	if k.service, err = k.place.open(ctx, k.t); err != nil {
		return err
	}
	if err = k.know(ctx); err != nil {
		k.service.close(k.t)
	}
	return err
}

// know reads what the organisation has already.
func (k *taking) know(ctx context.Context) error {
	org, err := k.organisationOf(ctx)
	if err != nil {
		return err
	}
	if org.ID == "" {
		k.known.Measures, err = measure.Catalogue()
		return err
	}
	k.by = app.AtTerminal(org, "import")
	said := k.known.Scheme
	if k.known, err = take.Known(ctx, k.service.App, k.by); err != nil {
		return err
	}
	if said != "" {
		k.known.Scheme = said
	}
	if !k.DryRun {
		k.known.Kept = nil // it is found out by bringing it in
	}
	return nil
}

// organisationOf is the one that is named, or the only one. In a dry run none is
// made, and none is needed.
func (k *taking) organisationOf(ctx context.Context) (scheme.Organisation, error) {
	if k.Organisation != "" {
		org, err := k.service.organisation(ctx, k.Organisation)
		switch {
		case err == nil || !fault.Is(err, fault.NotFound) || !k.CreateOrganisation && !k.DryRun:
			return org, err
		case k.DryRun:
			return scheme.Organisation{}, nil
		}
		return k.service.AddOrganisation(ctx, scheme.Organisation{Name: k.Organisation, TimeZone: k.TimeZone, Kind: scheme.Provider})
	}
	there, err := k.service.Organisations(ctx)
	switch {
	case err != nil:
		return scheme.Organisation{}, err
	case len(there) == 1:
		return there[0], nil
	case k.DryRun:
		return scheme.Organisation{}, nil
	}
	says := "There are several organisations. Say which one the scores belong to."
	if len(there) == 0 {
		says = "There is no organisation yet. Name it, and add --create-organisation to make it."
	}
	return scheme.Organisation{}, fault.New(fault.Invalid, fault.SettingsInvalid, "%s", says).At("--organisation")
}

// understand gets the mapping, from a file or guessed and accepted, and holds it
// against the file.
func (k *taking) understand(ctx context.Context) (err error) {
	switch before, said := k.before(ctx); {
	case k.Map != "":
		err = reading(k.Map, "--map", func(r io.Reader) error {
			if k.mapping, err = intake.ReadMapping(r); err == nil {
				k.mapping, err = k.mapping.Heeding()
			}
			return err
		})
		if err == nil && k.mapping.Changed() {
			k.mapping, err = intake.Again(k.book, k.mapping, k.known)
		}
		if k.Scheme != "" {
			k.mapping.Scheme = k.known.Default()
		}
	case said != "":
		k.mapping = before
		but := ""
		if now := k.known.Default(); k.Scheme != "" && before.Scheme != now {
			k.mapping.Scheme = now
			but = ", but for the scheme of rows that name none: that is “" + now + "”"
		}
		k.t.say("%s; its mapping is used%s.\n", said, but)
	default:
		if k.mapping, err = intake.Guess(k.book, k.known); err == nil {
			k.mapping.Source = filepath.Base(k.File)
			err = k.accepted()
		}
	}
	if err != nil {
		return err
	}
	if k.WriteMap != "" {
		if err := writing(k.WriteMap, k.mapping.Write); err != nil {
			return err
		}
		k.t.say("The mapping is in %s\n", k.WriteMap)
	}
	k.read, err = intake.Read(k.book, k.mapping, k.known)
	return err
}

// before is the mapping by which this very file was being imported, or came in,
// and was accepted then; said is empty where it is new.
func (k *taking) before(ctx context.Context) (m intake.Mapping, said string) {
	if k.service == nil || k.by.Org == "" {
		return m, ""
	}
	list, err := k.service.ImportBatches(ctx, k.by, app.Page{Limit: 200})
	if err != nil {
		return m, ""
	}
	for _, b := range list {
		says := map[app.ImportState]string{app.ImportStaging: "An import of this file was stopped", app.ImportPublished: "This file came in before"}[b.State]
		if says == "" || b.FileSHA != k.sha {
			continue
		}
		if m, err = intake.ReadMapping(strings.NewReader(b.Mapping)); err != nil {
			continue
		}
		if _, err := intake.Read(k.book, m, k.known); err == nil { // else it names what is not here any more
			return m, says
		}
	}
	return intake.Mapping{}, ""
}

// walk reads the file, writes what became of every row, and hands each row on.
func (k *taking) walk(fn func(intake.Verdict) error) error {
	if err := k.files.open(k); err != nil {
		return errors.Join(err, k.files.close(err))
	}
	step, finish := k.t.progress("Reading rows", -1)
	n := 0
	sum, err := k.read.Walk(func(v intake.Verdict) error {
		if n++; n%500 == 0 {
			step(n)
		}
		if err := k.files.add(v); err != nil {
			return err
		}
		return fn(v)
	})
	finish()
	k.sum = sum
	return errors.Join(err, k.files.close(err))
}

func (k *taking) dryRun() error {
	if err := k.walk(func(intake.Verdict) error { return nil }); err != nil {
		return err
	}
	k.summarise()
	if k.sum.Here > 0 {
		k.t.say("%s here already, and would stay as they are\n", count(k.sum.Here, "of the scores is", "of the scores are"))
	}
	k.t.say("%s of a first and a later score would come of it\n", count(k.sum.NewPairs, "pair", "pairs"))
	k.sayUnpaired()
	k.t.say("This was a dry run: nothing was kept.\n")
	return k.status()
}
