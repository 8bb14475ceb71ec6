package main

import (
	"context"
	"io"
	"strings"

	"cairn/internal/app"
	"cairn/internal/exchange/datapackage"
	"cairn/internal/exchange/extract"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// exportCommand writes data out.
type exportCommand struct {
	Long    exportLongCommand    `cmd:"" help:"Write one row for each score, and for each that was due and not taken."`
	Wide    exportWideCommand    `cmd:"" help:"Write one row for each referral, with a column for each score at each time point."`
	Pairs   exportPairsCommand   `cmd:"" help:"Write one row for each first score and follow-up: both scores, or how far it came."`
	Package exportPackageCommand `cmd:"" help:"Write all three with what explains them: codebook, methods, counts, loaders for R and Python."`
}

// exportFlags are what every export is narrowed by.
type exportFlags struct {
	databaseFlags
	Organisation string   `help:"The organisation." placeholder:"NAME" required:""`
	Scheme       []string `help:"A scheme, by name or identifier; may be given more than once (default: all)." placeholder:"NAME" sep:"none"`
	Measure      string   `help:"A measure, or one of its scores alone (default: all)."`
	Occasion     string   `help:"Which follow-up, such as day-84, with the baseline (default: all)."`
	From         string   `help:"The first quarter, such as 2026-Q1." placeholder:"QUARTER"`
	To           string   `help:"The last quarter." placeholder:"QUARTER"`
	Out          string   `help:"Write to this file instead of the standard output." placeholder:"FILE"`
}

type exportLongCommand struct {
	exportFlags
	formFlag
}

type exportWideCommand struct {
	exportFlags
	formFlag
}

type exportPairsCommand struct {
	exportFlags
	formFlag
	Rule string `help:"How pairs are made: plan or first-last (default plan)." placeholder:"RULE"`
}

type exportPackageCommand struct {
	exportFlags
	Rule string `help:"How pairs are made: plan or first-last (default plan)." placeholder:"RULE"`
}

type formFlag struct {
	Form string `help:"csv, xlsx or parquet (default: as the file is called, else csv)." placeholder:"FORM"`
}

func (exportLongCommand) Help() string {
	return `People are known by a name that stands for them and says nothing of them. For example:

  cairn export long --organisation "Riverside" --scheme "Allotments" --out long.csv`
}

func (exportWideCommand) Help() string {
	return `“cairn evidence” reads it, with the settings of “cairn export package”. For example:

  cairn export wide --organisation "Riverside" --scheme "Allotments" --out wide.xlsx`
}

func (exportPairsCommand) Help() string {
	return `Quarters are those in which windows close. For example:

  cairn export pairs --organisation "Riverside" --scheme "Allotments" --out pairs.csv`
}

func (exportPackageCommand) Help() string {
	return `A zip archive after the Frictionless Data Package specification. For example:

  cairn export package --organisation "Riverside" --out riverside.zip`
}

func (c *exportPackageCommand) Run(ctx context.Context, t *terminal, all *commands) error {
	return c.run(ctx, t, all, exportOf{form: string(extract.Package), rule: c.Rule})
}

func (c *exportLongCommand) Run(ctx context.Context, t *terminal, all *commands) error {
	return c.run(ctx, t, all, exportOf{shape: scheme.ShapeLong, form: c.Form})
}

func (c *exportWideCommand) Run(ctx context.Context, t *terminal, all *commands) error {
	return c.run(ctx, t, all, exportOf{shape: scheme.ShapeWide, form: c.Form})
}

func (c *exportPairsCommand) Run(ctx context.Context, t *terminal, all *commands) error {
	return c.run(ctx, t, all, exportOf{shape: scheme.ShapePairs, form: c.Form, rule: c.Rule})
}

// exportOf is what is made of the rows.
type exportOf struct {
	shape scheme.Shape
	form  string
	rule  string
}

func (c *exportFlags) run(ctx context.Context, t *terminal, all *commands, of exportOf) error {
	form, err := c.formOf(of)
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
	by := app.AtTerminal(org, "export")
	ask := app.ExportAsk{Measure: c.Measure, Occasion: c.Occasion, From: c.From, To: c.To, Rule: of.rule, Form: string(of.shape) + " " + string(form)}
	for _, name := range c.Scheme {
		found, err := s.scheme(ctx, by, name)
		if err != nil {
			return err
		}
		ask.Schemes = append(ask.Schemes, found.ID)
	}
	view, err := s.Exportable(ctx, by, ask) // what is asked is refused before a file is made
	if err != nil {
		return err
	}
	var sent scheme.Sent
	write := func(w io.Writer) error {
		sent, err = s.Export(ctx, by, ask, func(x scheme.Extract, rows scheme.ExtractRows) (scheme.Sent, error) {
			return datapackage.Send(w, datapackage.Order{Shape: of.shape, Form: form}, x, rows)
		})
		return err
	}
	if c.Out == "" {
		err = write(t.out)
	} else {
		err = writing(c.Out, write)
	}
	if err != nil {
		return err
	}
	t.say("%s of %s\n", count(sent.Rows, "row", "rows"), view.About())
	if sent.LeftOut > 0 {
		t.say("%s left out: these people said no to evaluation or research, or opted out nationally. Figures on the pages still count them.\n", count(sent.LeftOut, "referral is", "referrals are"))
	}
	return nil
}

// formOf is the form that was asked for, or else what the file's name says.
func (c *exportFlags) formOf(of exportOf) (extract.Form, error) {
	asked := of.form
	if asked == "" {
		for _, f := range extract.Forms() {
			if strings.HasSuffix(strings.ToLower(c.Out), "."+f.Value) {
				return extract.Form(f.Value), nil
			}
		}
		return extract.CSV, nil
	}
	if of.shape != "" && !scheme.Known(extract.Forms(), asked) {
		return "", fault.New(fault.Invalid, fault.InputInvalid, "The form is csv, xlsx or parquet.").At("--form")
	}
	return extract.Form(asked), nil
}
