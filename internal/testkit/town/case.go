package town

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/exchange"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A Case is one acceptance case: what is set up for its file, and the people in
// it, one for each scheme that somebody is in; Referral.Scheme holds the
// scheme's name. They are arranged here a second time, by the rule that
// cmd/cairn has and that no test outside can reach: a referral starts on the day
// of the first time point, else as many days before the earliest score as the
// file says lie between.
type Case struct {
	SetUp    app.ImportSetUp
	Arrivals []app.Arrival
	Scores   map[int]string // as the file writes them, by its lines

	known map[enrolment]bool // the first time point was seen
	at    map[enrolment]int  // in Arrivals
}

type enrolment struct{ person, scheme string }

// ReadCase reads testdata/acceptance. Tests run in their own folder, which is
// taken to be two below the repository's.
func ReadCase(t *testing.T, name string) Case {
	t.Helper()
	settings, err := exchange.ReadSettings(strings.NewReader(file(t, name, "case.json")))
	must(t, err)
	data, err := exchange.Read(strings.NewReader(file(t, name, "long.csv")), settings, scheme.DayOf(Noon()))
	must(t, err)
	if len(data.Rejects) > 0 {
		t.Fatalf("%s has rows that cannot be used: %+v", name, data.Rejects)
	}
	defs, err := data.Definitions()
	must(t, err)
	if len(defs) != 1 {
		t.Fatalf("%s has %d measures, and a case has one", name, len(defs))
	}
	c := Case{
		SetUp: app.ImportSetUp{Measures: defs, Days: settings.Days}, Scores: map[int]string{},
		known: map[enrolment]bool{}, at: map[enrolment]int{},
	}
	for r := range data.Rows() {
		c.arrive(r, settings)
		occasion, _ := settings.Occasion(r.Timepoint)
		must(t, c.score(r, defs[0], occasion))
	}
	for _, a := range c.Arrivals {
		if from := c.SetUp.From; from.IsZero() || a.Referral.AcceptedOn.Before(from) {
			c.SetUp.From = a.Referral.AcceptedOn
		}
		if of := string(a.Referral.Scheme); !slices.Contains(c.SetUp.Schemes, of) {
			c.SetUp.Schemes = append(c.SetUp.Schemes, of)
		}
	}
	return c
}

// arrive adds a row's person, or moves the day on which they started.
func (c *Case) arrive(r exchange.Row, settings exchange.Settings) {
	who, first, start := enrolment{r.Person, r.Scheme}, r.Timepoint == settings.Timepoints[0], r.On
	if !first {
		start = start.Plus(-r.Days)
	}
	i, there := c.at[who]
	if !there {
		i, c.at[who] = len(c.Arrivals), len(c.Arrivals)
		c.Arrivals = append(c.Arrivals, app.Arrival{Person: scheme.Person{Reference: r.Person}, Referral: scheme.Referral{Scheme: scheme.ID(r.Scheme)}})
	}
	referral := &c.Arrivals[i].Referral
	if !there || first && !c.known[who] || first == c.known[who] && start.Before(referral.ReceivedOn) {
		referral.ReceivedOn, referral.AcceptedOn = start, start
	}
	c.known[who] = c.known[who] || first
}

// score adds a row's score to its person.
func (c *Case) score(r exchange.Row, def measure.Definition, occasion scheme.Occasion) error {
	scores, err := def.FromScore(def.OnlyEntry(), r.Score)
	if err != nil {
		return err
	}
	a := &c.Arrivals[c.at[enrolment{r.Person, r.Scheme}]]
	a.Assessments = append(a.Assessments, app.Arriving{Line: r.Line, Assessment: scheme.Assessment{
		Measure: def.Key, Version: def.Version, On: r.On, Occasion: occasion, Rater: def.Rater, Scores: scores,
	}})
	c.Scores[r.Line] = r.Score
	return nil
}

// Expected is what R found for one result of a case, by scheme.
func Expected(t *testing.T, name, result string) map[string]any {
	t.Helper()
	var top struct {
		Results map[string]struct {
			Schemes map[string]any `json:"by_scheme"`
		}
	}
	must(t, json.Unmarshal([]byte(file(t, name, "expected.json")), &top))
	found := top.Results[result].Schemes
	if len(found) == 0 {
		t.Fatalf("%s expects nothing of %s", name, result)
	}
	return found
}

func file(t *testing.T, name, part string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "testdata", "acceptance", name, part))
	must(t, err)
	return string(raw)
}
