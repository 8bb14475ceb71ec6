package main

import (
	"context"
	"io"

	"cairn/internal/app"
	"cairn/internal/exchange"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// importCommand brings a file of scores in.
type importCommand struct {
	rejectFlags
	databaseFlags
	sheetFlags
	Settings           string `help:"Take the file as the strict form that “cairn evidence” reads: these are its measures, their range and direction, and its time points (see docs/operations.md)." placeholder:"case.json"`
	Organisation       string `help:"The organisation they belong to. Not needed where there is only one." placeholder:"NAME"`
	CreateOrganisation bool   `help:"Make the organisation if it is not there."`
	TimeZone           string `help:"Of an organisation that is made." placeholder:"ZONE" default:"Europe/London"`
}

func (importCommand) Help() string {
	return `FILE is a spreadsheet (.xlsx) or CSV as services have them. Cairn guesses what the
columns are, prints that and asks; --yes accepts it, --map FILE says it instead, and
--write-map FILE keeps it for the next file. Columns that say who somebody is, or hold
people's own words, are left out. Every row is accepted, rejected, a duplicate, in
conflict with another or to be reviewed: --report FILE.csv says so line by line, and the
rows that were not taken are in the file of rejects, to be corrected and imported again.
Nothing is kept until the whole file is read; a file that was stopped goes on when the
same command is run again. “cairn imports undo” takes one back. See docs/import.md.

With --settings FILE is of the strict form: one row for each score, with the columns
person_id, scheme, measure, timepoint, days, date, score. Measures and schemes that are
not there are made. Run it again on the same file and nothing is added twice.

It ends with status 1 when a row was not taken and with 2 when nothing was brought in.

  cairn import scores.xlsx --dry-run
  cairn import scores.xlsx --organisation "Riverside" --report what-happened.csv
  cairn import long.csv --settings case.json --organisation "Riverside"`
}

func (c *importCommand) Run(ctx context.Context, t *terminal, all *commands) error {
	if c.Settings == "" {
		return c.takeIn(ctx, t, all)
	}
	if err := c.strictly(); err != nil {
		return err
	}
	where, err := all.placeOf(t, c.databaseFlags)
	if err != nil {
		return err
	}
	data, err := c.read(t)
	if err != nil {
		return err
	}
	set, err := newImporting(data)
	if err != nil {
		return err
	}
	if len(set.rows) == 0 {
		return c.nothingUsable(t, set.rejects, wholeRows(set.rejects))
	}
	s, err := where.open(ctx, t)
	if err != nil {
		return err
	}
	defer s.close(t)
	return c.load(ctx, t, s, set)
}

// read reads both files whole before any database is touched.
func (c *importCommand) read(t *terminal) (data *exchange.Data, err error) {
	if err := c.keepInputs(c.Settings); err != nil {
		return nil, err
	}
	settings, err := scoreFlags{Settings: c.Settings}.readSettings()
	if err != nil {
		return nil, err
	}
	err = reading(c.File, "FILE.csv", func(r io.Reader) error {
		data, err = exchange.ReadLong(r, settings, t.today())
		return err
	})
	return data, err
}

// strictly refuses what has no meaning beside --settings.
func (c *importCommand) strictly() error {
	if c.Organisation == "" {
		return fault.New(fault.Invalid, fault.SettingsInvalid, "Name the organisation that the scores belong to.").At("--organisation")
	}
	if c.sheetFlags != (sheetFlags{}) {
		return fault.New(fault.Invalid, fault.SettingsInvalid, "--settings is for the strict form, which needs no mapping: leave out --map, --write-map, --yes, --dry-run, --scheme and --report, or leave out --settings.").At("--settings")
	}
	return nil
}

func (c *importCommand) load(ctx context.Context, t *terminal, s *service, set *importing) error {
	org, err := s.organisation(ctx, c.Organisation)
	if fault.Is(err, fault.NotFound) && c.CreateOrganisation {
		org, err = s.AddOrganisation(ctx, scheme.Organisation{Name: c.Organisation, TimeZone: c.TimeZone, Kind: scheme.Provider})
	}
	if err != nil {
		return err
	}
	by := app.AtTerminal(org, "import")
	there, err := s.Measures(ctx, by)
	if err != nil {
		return err
	}
	if err := set.define(there); err != nil {
		return err
	}
	schemes, err := s.PrepareImport(ctx, by, set.setUp())
	if err != nil {
		return err
	}
	if err := set.arrange(schemes); err != nil {
		return err
	}
	step, finish := t.progress("Bringing people in", len(set.arrivals))
	loaded, err := s.Load(ctx, by, set.arrivals, step)
	finish()
	set.refuse(loaded.Refused)
	if err != nil {
		return c.stopped(t, set, loaded, err)
	}
	set.summarise(t, loaded)
	c.keepReasons(t, set.rejects, wholeRows(set.rejects))
	return status(set.rejects)
}

// stopped says how far a load came that could not be finished. What was kept
// before stays, so it is not the status of nothing brought in.
func (c *importCommand) stopped(t *terminal, set *importing, loaded app.Loaded, why error) error {
	t.say("Stopped after %s. Nothing of the batch that failed was kept; run the same command again to go on.\n", count(loaded.Added, "score", "scores"))
	c.keepReasons(t, set.rejects, wholeRows(set.rejects))
	if loaded.Added+loaded.Already == 0 {
		return why
	}
	t.complain(why)
	return ended(lookAt)
}

// define makes the measures, as fine as the file needs and as they are here
// already: a file of whole numbers does not change a measure that has decimals.
func (m *importing) define(there []measure.Definition) error {
	defs, err := m.data.Definitions()
	if err != nil {
		return err
	}
	for i, d := range defs {
		for _, known := range there {
			if known.Key != d.Key || len(known.Scores) != 1 || known.Scores[0].Decimals <= d.Scores[0].Decimals {
				continue
			}
			if defs[i], err = m.data.Settings.Definition(d.Key, known.Scores[0].Decimals); err != nil {
				return err
			}
		}
		m.defs[d.Key] = defs[i]
	}
	m.ordered = defs
	return nil
}

func (m *importing) setUp() app.ImportSetUp {
	var names []string
	seen := map[string]bool{}
	from := m.rows[0].On
	for _, r := range m.rows {
		if !seen[r.Scheme] {
			seen[r.Scheme] = true
			names = append(names, r.Scheme)
		}
	}
	for _, start := range m.starts {
		if start.Before(from) {
			from = start
		}
	}
	return app.ImportSetUp{Measures: m.ordered, Schemes: names, Days: m.data.Settings.Days, From: from}
}
