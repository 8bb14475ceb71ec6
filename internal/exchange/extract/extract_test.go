package extract_test

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/sebdah/goldie/v2"
	"github.com/xuri/excelize/v2"

	"cairn/internal/exchange/extract"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func day(t *testing.T, text string) scheme.Day {
	t.Helper()
	d, err := scheme.ParseDay(text)
	must(t, err)
	return d
}

// wellbeing gives one raw score and one that figures are made of.
func wellbeing() measure.Definition {
	return measure.Definition{
		Key: "wb", Version: 2, Name: "Well-being", Short: "WB", Rater: measure.Self,
		Scores: []measure.Score{
			{Series: "wb-raw", Name: "WB raw", Kind: measure.KindRaw, Direction: measure.HigherIsBetter, Min: 7, Max: 35},
			{Series: "wb-metric", Name: "WB converted", Kind: measure.KindMetric, From: "wb-raw", Direction: measure.HigherIsBetter, Decimals: 2, Min: 700, Max: 3500},
		},
	}
}

func extractOf(t *testing.T) scheme.Extract {
	t.Helper()
	def := wellbeing()
	return scheme.Extract{
		Organisation: "Riverside", Schemes: []string{"=Garden, east", "Chœur"}, Measures: []measure.Definition{def}, Scores: def.Reported(),
		FollowUps: []scheme.Occasion{"day-84"}, Rule: scheme.ByPlan, Today: day(t, "2026-06-30"), Software: "test",
	}
}

// rows is what a database would hand out.
type rows struct {
	subjects []scheme.Subject
	pairs    []scheme.ExtractPair
}

func (r rows) Subjects(fn func(scheme.Subject) error) error  { return each(r.subjects, fn) }
func (r rows) Pairs(fn func(scheme.ExtractPair) error) error { return each(r.pairs, fn) }
func (rows) LeftOut() int                                    { return 0 }

func each[T any](all []T, fn func(T) error) error {
	for _, one := range all {
		if err := fn(one); err != nil {
			return err
		}
	}
	return nil
}

// ann was measured twice, bo not again, and cy is there for the second time.
func people(t *testing.T) rows {
	t.Helper()
	def := wellbeing()
	taken := func(id, on string, raw, metric measure.Level) scheme.Assessment {
		return scheme.Assessment{
			ID: scheme.AssessmentID(id), Measure: "wb", Version: 2, On: day(t, on), Occasion: scheme.Later, Rater: measure.Self,
			Channel: "phone", Helper: "nobody", Language: "en", Scores: []measure.Scored{{Series: "wb-raw", Level: raw}, {Series: "wb-metric", Level: metric}},
			Words: map[string]string{"x": "SECRET"},
		}
	}
	spell := func(reference, on string, ordinal int) scheme.Spell {
		return scheme.Spell{
			Person:   scheme.Person{ID: "SECRET", Reference: reference, Name: "SECRET", BirthYear: 1950, Sex: "female", Deprivation: 2},
			Referral: scheme.Referral{ID: "r", Person: "SECRET", Ordinal: ordinal, Source: "self", Practice: "SECRET", Practitioner: "SECRET", ReceivedOn: day(t, on), AcceptedOn: day(t, on)},
			Plan:     scheme.Plan{Version: 3, Items: scheme.Standard("wb", 12)},
		}
	}
	ann, bo, cy := spell("SECRET-A", "2026-01-05", 1), spell("SECRET-B", "2026-01-07", 1), spell("SECRET-C", "2026-05-04", 2)
	ann.Assessments = []scheme.Assessment{taken("1", "2026-01-04", 20, 1850), taken("2", "2026-02-15", 22, 2000), taken("3", "2026-03-30", 19, 1798)}
	bo.Assessments = []scheme.Assessment{taken("4", "2026-01-07", 20, 1850)}
	bo.NotDone = []scheme.NotDone{
		{Measure: "wb", Occasion: "day-84", Reason: "no-answer", Attempt: 1, On: day(t, "2026-03-28")},
		{Measure: "wb", Occasion: "day-84", Reason: "declined", On: day(t, "2026-04-02")},
		{Measure: "wb", Occasion: "day-84", Reason: "no-answer", On: day(t, "2026-04-03"), Undone: true},
	}
	var all rows
	for i, s := range []scheme.Spell{ann, bo, cy} {
		subject := scheme.Subject{Key: "p" + strconv.Itoa(i+1), Scheme: "=Garden, east", Spell: s.Nameless()}
		for _, p := range s.Pairs(map[measure.Key]measure.Definition{"wb": def}) {
			if p.Occasion != scheme.FirstLast {
				subject.Pairs = append(subject.Pairs, p)
				all.pairs = append(all.pairs, scheme.ExtractPair{Key: subject.Key, Scheme: subject.Scheme, Pair: &p})
			}
		}
		all.subjects = append(all.subjects, subject)
	}
	return all
}

func written(t *testing.T, form extract.Form, shape scheme.Shape, x scheme.Extract, from rows) []byte {
	t.Helper()
	var out bytes.Buffer
	sheet, err := extract.NewSheet(form, &out, string(shape), extract.Columns(x, shape))
	must(t, err)
	n, err := extract.Write(sheet, x, shape, from)
	must(t, err)
	if len(from.subjects) == 0 && n != 0 {
		t.Errorf("%d rows of nobody", n)
	}
	return out.Bytes()
}

func TestShapes(t *testing.T) {
	x, from := extractOf(t), people(t)
	for _, shape := range scheme.Shapes() {
		t.Run(shape.Value, func(t *testing.T) {
			text := written(t, extract.CSV, scheme.Shape(shape.Value), x, from)
			goldie.New(t).Assert(t, shape.Value, text)
			if strings.Contains(string(text), "SECRET") {
				t.Errorf("what says who somebody is goes out:\n%s", text)
			}
			if again := written(t, extract.CSV, scheme.Shape(shape.Value), x, from); !bytes.Equal(text, again) {
				t.Error("the same rows gave other bytes")
			}
			table, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
			must(t, err)
			columns := extract.Columns(x, scheme.Shape(shape.Value))
			check(t, columns, table)
			asXLSX(t, shape.Value, written(t, extract.XLSX, scheme.Shape(shape.Value), x, from), table)
			asParquet(t, written(t, extract.Parquet, scheme.Shape(shape.Value), x, from), table)
			// A file without rows is a header.
			none := written(t, extract.CSV, scheme.Shape(shape.Value), x, rows{})
			if !bytes.HasPrefix(text, none) || bytes.Count(none, []byte("\n")) != 1 {
				t.Errorf("nobody: %q", none)
			}
		})
	}
}

// A score and a follow-up that were asked for narrow every shape: what belongs to no
// time point is left out then, and the baseline stays.
func TestChosen(t *testing.T) {
	from := people(t)
	for _, one := range []struct {
		chosen scheme.Chosen
		want   []string // measure, time point, reason
	}{
		{scheme.Chosen{Measure: "wb", Series: "wb-metric"}, []string{"wb-metric baseline ", "wb-metric  ", "wb-metric day-84 ", "wb-metric baseline ", "  declined"}},
		{scheme.Chosen{Occasion: "day-84"}, []string{"wb-metric baseline ", "wb-metric day-84 ", "wb-metric baseline ", "  declined"}},
		{scheme.Chosen{Occasion: "day-28"}, []string{}},
	} {
		x := extractOf(t)
		if x.Chosen = one.chosen; x.Chosen.Occasion != "" {
			x.FollowUps = []scheme.Occasion{x.Chosen.Occasion}
		}
		table, err := csv.NewReader(bytes.NewReader(written(t, extract.CSV, scheme.ShapeLong, x, from))).ReadAll()
		must(t, err)
		at := func(name string) int { return slices.Index(table[0], name) }
		got := []string{}
		for _, row := range table[1:] {
			got = append(got, row[at("measure")]+" "+row[at("timepoint")]+" "+row[at("missing_reason")])
		}
		if !slices.Equal(got, one.want) {
			t.Errorf("%+v:\n%q, want\n%q", one.chosen, got, one.want)
		}
	}
}

// A day that a file did not say is told as far as it is known: neither a date nor
// days go out that somebody made up.
func TestDaysThatAreNotKnown(t *testing.T) {
	x := extractOf(t)
	x.Rule = scheme.ByFirstLast
	def := wellbeing()
	taken := func(id, on string, d scheme.Dating, o scheme.Occasion) scheme.Assessment {
		return scheme.Assessment{ID: scheme.AssessmentID(id), Measure: "wb", Version: 2, On: day(t, on), Dated: d, Occasion: o, Rater: measure.Self, Scores: []measure.Scored{{Series: "wb-metric", Level: 1850}}}
	}
	subject := scheme.Subject{Key: "p1", Scheme: "Chœur", Spell: scheme.Spell{
		Referral: scheme.Referral{ID: "r", Ordinal: 1, ReceivedOn: day(t, "2026-03-01"), AcceptedOn: day(t, "2026-03-01")},
		Plan:     scheme.Plan{Version: 1, Items: scheme.Standard("wb", 12)},
		Assessments: []scheme.Assessment{
			taken("1", "2026-03-01", scheme.ToTheMonth, scheme.Baseline), taken("2", "2026-06-29", scheme.ByOrder, scheme.Later),
		},
	}}
	first, second := subject.Spell.Assessments[0], subject.Spell.Assessments[1]
	pair := scheme.Pair{
		Referral: "r", Ordinal: 1, Series: "wb-metric", Occasion: scheme.FirstLast, State: scheme.Paired, Closes: day(t, "2026-06-30"), Stage: scheme.StageAccepted,
		Base:  &scheme.Point{Assessment: "1", On: first.On, Dated: first.Dated, Level: 1850},
		Later: &scheme.Point{Assessment: "2", On: second.On, Dated: second.Dated, Level: 2000},
	}
	x.Scores = def.Reported()
	from := rows{subjects: []scheme.Subject{subject}, pairs: []scheme.ExtractPair{{Key: "p1", Scheme: "Chœur", Pair: &pair}}}
	for shape, want := range map[scheme.Shape][]map[string]string{
		scheme.ShapeLong: {
			{"days": "", "date": "", "dated": "month", "month": "2026-03", "score": "18.5"},
			{"days": "", "date": "", "dated": "order", "month": "", "score": "18.5"},
		},
		scheme.ShapePairs: {
			{"days": "", "baseline_on": "", "later_on": "", "baseline_dated": "month", "baseline_month": "2026-03", "later_dated": "order", "later_month": "", "change": "1.5"},
		},
	} {
		table, err := csv.NewReader(bytes.NewReader(written(t, extract.CSV, shape, x, from))).ReadAll()
		must(t, err)
		check(t, extract.Columns(x, shape), table)
		for r, cells := range want {
			for name, cell := range cells {
				if i := slices.Index(table[0], name); i < 0 || table[r+1][i] != cell {
					t.Errorf("%s, row %d, %s: %q, want %q", shape, r, name, table[r+1], cell)
				}
			}
		}
	}
}

// check holds every cell against what its column says of itself.
func check(t *testing.T, columns []extract.Column, table [][]string) {
	t.Helper()
	for i, c := range columns {
		if table[0][i] != c.Name || c.About == "" {
			t.Errorf("column %d is %q, described as %q: %q", i, table[0][i], c.Name, c.About)
		}
		for _, row := range table[1:] {
			cell := row[i]
			if cell == "" {
				if c.Always {
					t.Errorf("%s is empty", c.Name)
				}
				continue
			}
			if len(c.Values) > 0 && !scheme.Known(c.Values, cell) {
				t.Errorf("%s has %q, which it does not list", c.Name, cell)
			}
		}
	}
}

func asXLSX(t *testing.T, sheet string, raw []byte, table [][]string) {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(raw))
	must(t, err)
	defer book.Close()
	got, err := book.GetRows(sheet, excelize.Options{RawCellValue: true})
	must(t, err)
	if len(got) != len(table) {
		t.Fatalf("%d rows, want %d", len(got), len(table))
	}
	for r, row := range table {
		for i, want := range row {
			cell := ""
			if i < len(got[r]) {
				cell = got[r][i]
			}
			if strings.Count(want, "-") == 2 && len(want) == 10 { // a day, kept as a number
				n, err := strconv.Atoi(cell)
				must(t, err)
				cell = day(t, "1900-01-01").Plus(n - 2).String()
			}
			if cell != want {
				t.Errorf("row %d, %s: %q, want %q", r, table[0][i], cell, want)
			}
		}
	}
	for r := range got {
		if formula, err := book.GetCellFormula(sheet, "A"+strconv.Itoa(r+1)); err != nil || formula != "" {
			t.Errorf("row %d has the formula %q, %v", r, formula, err)
		}
	}
}

func asParquet(t *testing.T, raw []byte, table [][]string) {
	t.Helper()
	file, err := parquet.OpenFile(bytes.NewReader(raw), int64(len(raw)))
	must(t, err)
	if n := file.NumRows(); n != int64(len(table)-1) {
		t.Fatalf("%d rows, want %d", n, len(table)-1)
	}
	names := file.Schema().Columns()
	for i, name := range table[0] {
		if names[i][0] != name {
			t.Fatalf("column %d is %s, want %s", i, names[i][0], name)
		}
	}
	got := make([]parquet.Row, len(table))
	n, _ := file.RowGroups()[0].Rows().ReadRows(got) // the last rows come with io.EOF
	for r, row := range got[:n] {
		for i, v := range row {
			want, cell := table[r+1][i], ""
			switch {
			case v.IsNull():
			case v.Kind() == parquet.Int32:
				cell = day(t, "1970-01-01").Plus(int(v.Int32())).String()
			case v.Kind() == parquet.Int64:
				cell = strconv.FormatInt(v.Int64(), 10)
			case v.Kind() == parquet.Double:
				cell = strconv.FormatFloat(v.Double(), 'f', -1, 64)
			default:
				cell = v.String()
			}
			if cell != strings.TrimPrefix(want, "'") {
				t.Errorf("row %d, %s: %q, want %q", r, table[0][i], cell, want)
			}
		}
	}
	if n != len(table)-1 {
		t.Errorf("%d rows were read", n)
	}
}

// Days and numbers are written by hand, so all of them are looked at.
func TestCellsOfCSV(t *testing.T) {
	var cells []extract.Cell
	var want []string
	add := func(c extract.Cell, text string) { cells, want = append(cells, c), append(want, text) }
	for d := day(t, "1900-01-01"); !d.After(day(t, "2200-12-31")); d = d.Plus(1) {
		add(extract.Date(d), d.String())
	}
	for decimals := range 5 {
		for level := measure.Level(-20_007); level < 20_007; level += 3 {
			add(extract.Score(level, decimals), level.Text(decimals))
		}
	}
	for text, quoted := range map[string]string{
		"=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@x": "'@x", "\tx": "'\tx", "\x00": "'\x00", "＝1": "'＝1", "＠": "'＠",
		"Zoë, 李": `"Zoë, 李"`, `say "hi"`: `"say ""hi"""`, " x": `" x"`, "x=1": "x=1", "": "",
	} {
		add(extract.Text(text), quoted)
	}
	add(extract.Whole(-3), "-3")
	add(extract.Some(0), "")
	var out bytes.Buffer
	sheet, err := extract.NewCSV(&out, nil)
	must(t, err)
	for _, c := range cells {
		must(t, sheet.Row([]extract.Cell{c}))
	}
	must(t, sheet.Close())
	got := strings.Split(out.String(), "\r\n")[1:]
	for i, text := range want {
		if got[i] != text {
			t.Fatalf("line %d is %q, want %q", i, got[i], text)
		}
	}
}

// A sheet of a workbook that is full goes on in another.
func TestWorkbookOfSeveralSheets(t *testing.T) {
	x, from := extractOf(t), people(t)
	var out bytes.Buffer
	sheet, err := extract.NewShortXLSX(&out, "long", extract.Columns(x, scheme.ShapeLong), 4)
	must(t, err)
	n, err := extract.Write(sheet, x, scheme.ShapeLong, from)
	must(t, err)
	book, err := excelize.OpenReader(&out)
	must(t, err)
	defer book.Close()
	for name, lines := range map[string]int{"long": 4, "long 2": 4, "long 3": n - 6 + 1} {
		got, err := book.GetRows(name)
		must(t, err)
		if len(got) != lines || got[0][0] != "scheme" {
			t.Errorf("%s has %d rows", name, len(got))
		}
	}
}
