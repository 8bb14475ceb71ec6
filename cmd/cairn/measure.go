package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"text/tabwriter"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/measure"
)

// measureCommand looks at the library and adds to it.
type measureCommand struct {
	List  measureListCommand  `cmd:"" help:"List the measures that come with the product, or those of an organisation."`
	Show  measureShowCommand  `cmd:"" help:"Show one measure: its items, scores, thresholds and licence."`
	Check measureCheckCommand `cmd:"" help:"Check a file of a measure of your own, or of licensed words, and preview it. Nothing is kept."`
	Add   measureAddCommand   `cmd:"" help:"Add a measure of your own, or the licensed words of one in the library."`
}

// libraryFlags say whose library: the product's, or an organisation's.
type libraryFlags struct {
	databaseFlags
	codesFlag
	Organisation string `help:"With the measures and words of this organisation (default: what comes with the product)." placeholder:"NAME"`
}

// library reads it, with the codes of the operator's file.
func (f libraryFlags) library(ctx context.Context, t *terminal, all *commands) ([]measure.Definition, error) {
	s, err := all.settings(t)
	if err != nil {
		return nil, err
	}
	codes := s.codes(f.CodesFile)
	if err := s.wrong.Err(); err != nil {
		return nil, err
	}
	found, err := f.measures(ctx, t, all)
	for i := range found {
		found[i] = codes.On(found[i])
	}
	return found, err
}

// measures reads them. Without an organisation no database is opened.
func (f libraryFlags) measures(ctx context.Context, t *terminal, all *commands) ([]measure.Definition, error) {
	if f.Organisation == "" {
		return measure.Catalogue()
	}
	s, err := all.openExisting(ctx, t, f.databaseFlags)
	if err != nil {
		return nil, err
	}
	defer s.close(t)
	org, err := s.organisation(ctx, f.Organisation)
	if err != nil {
		return nil, err
	}
	return s.Measures(ctx, app.AtTerminal(org, "measure"))
}

// named finds a measure by its key.
func named(all []measure.Definition, key measure.Key) (measure.Definition, error) {
	for _, d := range all {
		if d.Key == key {
			return d, nil
		}
	}
	return measure.Definition{}, fault.New(fault.Missing, fault.MeasureUnknown, "There is no measure “%.40s”. “cairn measure list” names them.", key).At("KEY")
}

type measureListCommand struct{ libraryFlags }

func (c *measureListCommand) Run(ctx context.Context, t *terminal, all *commands) error {
	found, err := c.library(ctx, t, all)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(t.out, 0, 4, 2, ' ', 0)
	for _, d := range found {
		if _, err := fmt.Fprintf(w, "%s\tversion %d\t%s\t%s\t%s\n", d.Key, d.Version, d.Rater, d.Wording, d.Name); err != nil {
			return err
		}
	}
	return w.Flush()
}

type measureShowCommand struct {
	libraryFlags
	Key string `arg:"" help:"The measure's key, as “cairn measure list” has it."`
}

func (c *measureShowCommand) Run(ctx context.Context, t *terminal, all *commands) error {
	found, err := c.library(ctx, t, all)
	if err != nil {
		return err
	}
	d, err := named(found, measure.Key(c.Key))
	if err != nil {
		return err
	}
	return d.Preview(t.out)
}

type measureCheckCommand struct {
	libraryFlags
	File string `arg:"" help:"The file to check." placeholder:"FILE.yaml"`
}

func (measureCheckCommand) Help() string {
	return `The file is a measure of your own, in the form of docs/measures.md, or the licensed words
of one in the library (it then begins with words_of). Everything that is wrong is said at once; where
nothing is, you see what the form will ask and what the lowest and highest answers give.

  cairn measure check our-scale.yaml`
}

func (c *measureCheckCommand) Run(ctx context.Context, t *terminal, all *commands) error {
	raw, err := bytesOf(c.File, "FILE.yaml")
	if err != nil {
		return err
	}
	var d measure.Definition
	if measure.HoldsWords(raw) {
		d, err = c.worded(ctx, t, all, raw)
	} else {
		d, err = measure.Read(raw)
	}
	if err != nil {
		return err
	}
	if err := d.Preview(t.out); err != nil {
		return err
	}
	t.say("%s is sound. Nothing was kept; “cairn measure add” does that.\n", c.File)
	return nil
}

// worded is the measure that a file of words is of, with them.
func (c *measureCheckCommand) worded(ctx context.Context, t *terminal, all *commands, raw []byte) (measure.Definition, error) {
	words, err := measure.ReadWords(raw)
	if err != nil {
		return measure.Definition{}, err
	}
	found, err := c.library(ctx, t, all)
	if err != nil {
		return measure.Definition{}, err
	}
	d, err := named(found, words.Of)
	if err != nil {
		return measure.Definition{}, err
	}
	return d.Supply(words)
}

type measureAddCommand struct {
	databaseFlags
	Organisation string `help:"The organisation that it is for." placeholder:"NAME" required:""`
	File         string `arg:"" help:"The file to add." placeholder:"FILE.yaml"`
}

func (measureAddCommand) Help() string {
	return `The file is as for “cairn measure check”. Words need the reference of your licence, and who
confirmed on which day that it covers this use; they are for this organisation alone.

  cairn measure add swemwbs-words.yaml --organisation "Riverside"`
}

func (c *measureAddCommand) Run(ctx context.Context, t *terminal, all *commands) error {
	raw, err := bytesOf(c.File, "FILE.yaml")
	if err != nil {
		return err
	}
	s, err := all.openExisting(ctx, t, c.databaseFlags)
	if err != nil {
		return err
	}
	defer s.close(t)
	org, err := s.organisation(ctx, c.Organisation)
	if err != nil {
		return err
	}
	made, err := s.addMeasure(ctx, app.AtTerminal(org, "measure"), raw)
	if err != nil {
		return err
	}
	t.say("%s, version %d, is in the library of %s.\n", made.Short, made.Version, org.Name)
	return nil
}

func (s *service) addMeasure(ctx context.Context, by app.Actor, raw []byte) (measure.Definition, error) {
	if !measure.HoldsWords(raw) {
		d, err := measure.Read(raw)
		if err != nil {
			return measure.Definition{}, err
		}
		return s.AddMeasure(ctx, by, d)
	}
	words, err := measure.ReadWords(raw)
	if err != nil {
		return measure.Definition{}, err
	}
	return s.SupplyWords(ctx, by, app.NewWords{Words: words})
}

// largestMeasure is more than any questionnaire fills.
const largestMeasure = 1 << 20 // bytes

func bytesOf(path, name string) (raw []byte, err error) {
	err = reading(path, name, func(r io.Reader) error {
		var b bytes.Buffer
		n, err := io.Copy(&b, io.LimitReader(r, largestMeasure+1))
		if n > largestMeasure {
			return fault.New(fault.Invalid, fault.InputTooLarge, "%s is larger than a measure can be.", path)
		}
		raw = b.Bytes()
		return err
	})
	return raw, err
}
