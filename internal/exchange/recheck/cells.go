package recheck

import (
	"encoding/csv"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// sums holds every file against the list of sums.
func (c *check) sums() {
	said := map[string]string{}
	for line := range strings.Lines(string(c.files["SHA256SUMS"])) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		said[name] = sum
	}
	for name, sum := range c.sum {
		if name != "SHA256SUMS" && said[name] != sum {
			c.wrong("%s: its SHA-256 is not the one in SHA256SUMS", name)
		}
	}
}

// A form is what the cells of a column may look like.
type form func(c *check, cell string) bool

func like(pattern string) form {
	is := regexp.MustCompile(pattern).MatchString
	return func(_ *check, cell string) bool { return is(cell) }
}

func oneOf(values ...string) form {
	return func(_ *check, cell string) bool { return slices.Contains(values, cell) }
}

func aScheme(c *check, cell string) bool {
	if len(cell) > 1 && cell[0] == '\'' && beginsFormula(cell[1:]) {
		cell = cell[1:]
	}
	return slices.Contains(c.schemes, cell)
}

func weeks(_ *check, cell string) bool {
	n, err := strconv.Atoi(cell)
	return err == nil && n%7 == 0
}

// forms are the columns that may be there, with what may be in them. A cell may
// always be empty.
func forms() map[string]form {
	code, number, count := like(`^[a-z0-9][a-z0-9_-]{0,39}$`), like(`^-?[0-9]{1,9}(\.[0-9]{1,4})?$`), like(`^[0-9]{1,4}$`)
	all := map[string]form{
		"scheme": aScheme, "person_id": like(`^p[a-z2-7]{26}$`), "referral_no": count, "days": weeks, "attempts": count, "measure_version": count,
		"dated": oneOf("month", "order"), "baseline_dated": oneOf("month", "order"), "later_dated": oneOf("month", "order"),
		"in_figures": oneOf("yes", "no"), "score": number, "baseline": number, "later": number, "change": number,
		"quarter": like(`^[0-9]{4}(-Q[1-4]|-H[12])?$`), "sex": oneOf("female", "male", "other"),
		"age_band":    oneOf("under-18", "18-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75-84", "85-over", "under-25", "25-44", "45-64", "65-over"),
		"ethnicity":   oneOf("asian", "black", "mixed", "white", "other", "not-white"),
		"deprivation": oneOf("1", "2", "3", "4", "5", "1-2", "3-5"),
	}
	for _, name := range []string{
		"stage", "exit", "category", "ot", "measure", "instrument", "score_kind", "timepoint", "occasion", "rule", "state", "rater",
		"channel", "helper", "baseline_channel", "baseline_helper", "later_channel", "later_helper", "missing_reason",
	} {
		all[name] = code
	}
	return all
}

var (
	ofScore = regexp.MustCompile(`^((channel|helper|missing_reason|attempts)\.)?[a-z0-9-]+\.(baseline|waiting|end|later|day-[0-9]+)$`)
	aDate   = regexp.MustCompile(`\b(1[89]|20)[0-9]{2}[-/.](0?[1-9]|1[0-2])[-/.][0-9]{1,2}\b|\b[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{2,4}\b`)
	anID    = regexp.MustCompile(`[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-`)
)

// formOf is the form of a column; nil for one that must not be there. In a table
// with a row for each referral there is a column for each score at each time.
func formOf(table, column string) form {
	if f, ok := forms()[column]; ok {
		return f
	}
	if table != "wide.csv" || !ofScore.MatchString(column) {
		return nil
	}
	for _, begin := range []string{"channel", "helper", "missing_reason", "attempts"} {
		if strings.HasPrefix(column, begin+".") {
			return forms()[begin]
		}
	}
	return forms()["score"]
}

func beginsFormula(cell string) bool {
	return strings.ContainsAny(cell[:1], "=+-@\t\r\n\x00") || strings.HasPrefix(cell, "＝") || strings.HasPrefix(cell, "＋") ||
		strings.HasPrefix(cell, "－") || strings.HasPrefix(cell, "＠")
}

// table reads one of the tables of people, row by row: it may be long.
func (c *check) table(name string) {
	from, err := c.parts[name].Open()
	if err != nil {
		c.wrong("%s: cannot be read", name)
		return
	}
	defer from.Close() //nolint:errcheck // only read
	in := csv.NewReader(from)
	in.ReuseRecord = true
	head, err := in.Read()
	if err != nil {
		c.wrong("%s: is not a table", name)
		return
	}
	head = slices.Clone(head)
	columns := make([]form, len(head))
	for i, column := range head {
		if columns[i] = formOf(name, column); columns[i] == nil || slices.Contains(head[:i], column) {
			c.wrong("%s: has a column that is not on the list", name)
			return
		}
	}
	last, of := "", make(map[string]string, len(head)) // every row has every column
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			c.wrong("%s: is not a table", name)
			return
		}
		for i, cell := range row {
			c.cell(name, head[i], columns[i], cell)
			of[head[i]] = cell
		}
		if of["person_id"] < last {
			c.wrong("%s: rows are not in the order of person_id, so their order may tell something", name)
		}
		last = of["person_id"]
		c.row(name, of)
	}
}

func (c *check) cell(table, column string, is form, cell string) {
	if cell == "" {
		if column == "person_id" || column == "scheme" {
			c.wrong("%s: a cell of %s is empty", table, column)
		}
		return
	}
	if !is(c, cell) {
		c.wrong("%s: a cell of %s is not of the form that it may have", table, column)
	}
	if column != "scheme" && (aDate.MatchString(cell) || anID.MatchString(cell)) {
		c.wrong("%s: a cell of %s looks like a date or an identifier", table, column)
	}
	if beginsFormula(cell) {
		if _, err := strconv.ParseFloat(cell, 64); err != nil {
			c.wrong("%s: a cell of %s begins like a formula", table, column)
		}
	}
}
