package intake_test

import (
	"strings"
	"testing"

	"cairn/internal/fault"
	"cairn/internal/intake"
	"cairn/internal/scheme"
)

// Whatever a mapping says is held against what is known here, wherever it says it,
// and the sentence says where.
func TestEverythingOfAMapping(t *testing.T) {
	k := known(t, "Riverside", "Hilltop")
	k.Activities = []string{"Choir"}
	text := "ID,Service,Activity,Date,Stage,Tool,Score\nG-1,Riverside,Choir,2026-01-05,pre,PHQ-9,9\nG-1,Riverside,Choir,2026-04-05,post,PHQ-9,7\n"
	b := open(t, []byte(text))
	long := strings.Repeat("x", 3000)
	for what, c := range map[string]struct {
		change func(m *intake.Mapping)
		says   string // empty: it is taken
	}{
		"nothing":                 {func(*intake.Mapping) {}, ""},
		"a time of the plan":      {func(m *intake.Mapping) { m.Occasions[0].Means = "day-84" }, ""},
		"the last time":           {func(m *intake.Mapping) { m.Occasions[0].Means = "day-3660" }, ""},
		"left out":                {func(m *intake.Mapping) { m.Occasions[0].Means = "" }, ""},
		"an occasion of a column": {func(m *intake.Mapping) { m.Sheets[0].Columns[6].Occasion = scheme.End }, ""},
		"banana":                  {func(m *intake.Mapping) { m.Occasions[0].Means = "banana" }, "The occasion at occasions[0].means of the mapping is “banana”. Write baseline"},
		"below nothing":           {func(m *intake.Mapping) { m.Occasions[1].Means = "day--5" }, "occasions[1].means"},
		"no day":                  {func(m *intake.Mapping) { m.Occasions[1].Means = "day-0" }, "occasions[1].means"},
		"another spelling":        {func(m *intake.Mapping) { m.Occasions[1].Means = "day-084" }, "occasions[1].means"},
		"a sign":                  {func(m *intake.Mapping) { m.Occasions[1].Means = "day-+84" }, "occasions[1].means"},
		"after ten years":         {func(m *intake.Mapping) { m.Occasions[1].Means = "day-3661" }, "at most 3660"},
		"what nobody records":     {func(m *intake.Mapping) { m.Occasions[1].Means = "first-last" }, "occasions[1].means"},
		"a long occasion":         {func(m *intake.Mapping) { m.Occasions[1].Means = long }, "occasions[1] of the mapping has 3000 bytes"},
		"a column's occasion":     {func(m *intake.Mapping) { m.Sheets[0].Columns[6].Occasion = "day--5" }, "sheets[0].columns[6].occasion"},
		"a date's occasion":       {func(m *intake.Mapping) { m.Sheets[0].Columns[3].Occasion = "banana" }, "sheets[0].columns[3].occasion"},
		"no time":                 {func(m *intake.Mapping) { m.Sheets[0].Columns[6].Time = -1 }, "sheets[0].columns[6] of the mapping is -1"},
		"too many times":          {func(m *intake.Mapping) { m.Sheets[0].Columns[6].Time = 100 }, "sheets[0].columns[6] of the mapping is 100"},
		"the last of the times":   {func(m *intake.Mapping) { m.Sheets[0].Columns[6].Time = 99 }, ""},
		"an activity":             {func(m *intake.Mapping) { m.Activities[0].Means = "Dance" }, "activities[0].means the mapping names the activity “Dance”"},
		"a new scheme":            {func(m *intake.Mapping) { m.Schemes[0].Means = "Brand new" }, ""},
		"a scheme of a long name": {func(m *intake.Mapping) { m.Schemes[0].Means = long[:201] }, "at schemes[0].means of the mapping. Enter at most 200 characters"},
		"a scheme in two lines":   {func(m *intake.Mapping) { m.Scheme = "Brand\nnew" }, "at scheme of the mapping. This holds a character that cannot be seen"},
		"a scheme with spaces":    {func(m *intake.Mapping) { m.Scheme = " Brand new" }, "Take the spaces around it away"},
		"a scheme spelt again":    {func(m *intake.Mapping) { m.Scheme = "riverside" }, "elsewhere it is “Riverside”"},
		"two new, spelt again":    {func(m *intake.Mapping) { m.Scheme, m.Schemes[0].Means = "Brand new", "brand New" }, "schemes[0].means"},
		"a measure":               {func(m *intake.Mapping) { m.Measures[0].Series, m.Measures[0].Measure = "", "phq8" }, "measures[0] the mapping names the measure “phq8”"},
		"a long reason":           {func(m *intake.Mapping) { m.Questions = []intake.Question{{Because: long}} }, "questions[0]"},
		"a long source":           {func(m *intake.Mapping) { m.Source = long }, "source"},
		"a word":                  {func(m *intake.Mapping) { m.Schemes[0].Says = long }, "schemes[0]"},
	} {
		t.Run(what, func(t *testing.T) {
			m, err := intake.Guess(b, k)
			must(t, err)
			c.change(&m)
			_, err = intake.Read(b, m, k)
			if c.says == "" {
				must(t, err)
				return
			}
			refused(t, err, fault.MappingInvalid, c.says)
		})
	}
	m, err := intake.Guess(b, k)
	must(t, err)
	for range 1000 {
		m.Occasions = append(m.Occasions, intake.Value{Says: "x", Means: "banana"})
	}
	_, err = intake.Read(b, m, k)
	if all, _ := fault.All(err); len(all) != 20 {
		t.Errorf("%d things are said to be wrong", len(all))
	}
}

// A file whose guess could not be brought in has none: no name that is none is
// guessed, and no time beyond all plans.
func TestGuessIsTaken(t *testing.T) {
	k := known(t)
	k.Scheme = "riverside"
	d := read(t, "ID,Service,Date,Stage,PHQ-9\nG-1,\"Hill\ntop\",2026-01-05,pre,9\nG-2,Riverside,2026-01-05,400 years,9\nG-3,Riverside,2026-01-05,pre,9\nG-4,,2026-01-05,pre,9\n", k)
	for line, want := range map[int]intake.Outcome{2: intake.Review, 4: intake.Review, 5: intake.Accepted, 6: intake.Accepted} {
		if got := d.at(line); got.Outcome != want {
			t.Errorf("line %d: %+v", line, got)
		}
	}
	if got := d.summary.NewSchemes; len(got) != 1 || got[0] != "Riverside" {
		t.Errorf("new schemes: %q", got)
	}
	here := known(t, "Riverside", "Hilltop")
	here.Scheme = "riverside"
	if m, err := intake.Guess(open(t, []byte("ID,Date,PHQ-9\nG-1,2026-01-05,9\n")), here); err != nil || m.Scheme != "Riverside" {
		t.Errorf("%q, %v", m.Scheme, err)
	}
}
