package main

import (
	"io"
	"os"
	"path/filepath"
	"runtime/debug"

	"cairn/internal/exchange"
)

// evidenceCommands work without a database. A file alone is the common case and
// needs no further word.
type evidenceCommands struct {
	Of   evidenceCommand `cmd:"" default:"withargs" help:"Work out the figures of a file of scores; the word “of” may be left out."`
	Pool poolCommand     `cmd:"" help:"Pool ready estimates: a file with the columns study, yi and vi."`
}

// evidenceCommand works the figures of one file of scores out.
type evidenceCommand struct {
	scoreFlags
	People string `help:"Who is enrolled, for a file with one row for each score: person_id, scheme and any columns that group people." placeholder:"FILE"`
	JSON   bool   `name:"json" help:"Write every number as JSON."`
	HTML   string `name:"html" help:"Write the report as one page with pictures, too; it opens from the disk and asks for nothing." placeholder:"FILE"`
}

func (evidenceCommand) Help() string {
	return `The file has one row for each score (person_id, scheme, measure, timepoint, days, date,
score) or one row for each person (person_id, scheme, and a column MEASURE.TIMEPOINT for
each score), or is the pairs.csv of a package, whose figures are those of the pages of that
day. The figures are the ones that the pages and the API give.

The reasons for what was rejected are written before the report. A cell of a wide file that
is rejected costs its row nothing else.

It ends with status 1 when anything was rejected and with 2 when there is nothing to work on.

  cairn evidence wide.csv --settings case.json
  cairn evidence long.csv --settings case.json --people people.csv --json
  cairn evidence wide.csv --settings case.json --html report.html
  cairn evidence pairs.csv --settings settings.json`
}

func (c *evidenceCommand) Run(t *terminal) error {
	data, err := c.read(t)
	if err != nil {
		return err
	}
	if data.PassedOver > 0 {
		t.say("%s of Cairn's export are in no figure: later referrals of the same people, what counts for no time point, and in pairs.csv whose time for the later score was not over.\n", count(data.PassedOver, "row", "rows"))
	}
	if !data.Usable() {
		return c.nothingUsable(t, data.Rejects, data.Rejected())
	}
	results, err := data.Evaluate()
	if err != nil {
		return err
	}
	if path := c.keepReasons(t, data.Rejects, data.Rejected()); path != "" {
		results.Reasons = filepath.Base(path)
	}
	if err := c.writePage(t, results); err != nil {
		return err
	}
	write := results.WriteText
	if c.JSON {
		write = results.WriteJSON
	}
	if err := write(t.out); err != nil {
		return err
	}
	return status(data.Rejects)
}

func (c *evidenceCommand) read(t *terminal) (data *exchange.Data, err error) {
	if err := c.keepInputs(c.People, c.Settings); err != nil {
		return nil, err
	}
	if err := c.keepFromPage(); err != nil {
		return nil, err
	}
	settings, err := c.readSettings()
	if err != nil {
		return nil, err
	}
	lookLessOften(c.File)
	err = reading(c.File, "FILE.csv", func(r io.Reader) error {
		data, err = exchange.Read(r, settings, t.today())
		return err
	})
	if err != nil || c.People == "" {
		return data, err
	}
	return data, reading(c.People, "--people", data.ReadPeople)
}

// lookLessOften lets memory grow further before it is looked through for what can
// be freed: what is read stays, so that looking early finds nothing. Above the
// limit, which a million rows keep well below and a larger file is given more of,
// it is looked through as often as that takes.
func lookLessOften(path string) {
	limit := int64(160 << 20) // bytes
	if info, err := os.Stat(path); err == nil {
		limit = max(limit, 2*info.Size())
	}
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(limit)
}
