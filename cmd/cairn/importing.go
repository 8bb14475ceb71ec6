package main

import (
	"fmt"
	"slices"
	"strings"

	"cairn/internal/app"
	"cairn/internal/exchange"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// An enrolment is one person in one scheme.
type enrolment struct{ person, scheme string }

// An importing is one file on its way in.
type importing struct {
	data     *exchange.Data
	rows     []exchange.Row // those that can be kept
	rejects  []exchange.Reject
	people   []enrolment              // in the order of the file
	starts   map[enrolment]scheme.Day // when each referral begins
	ordered  []measure.Definition     // as the settings have them
	defs     map[measure.Key]measure.Definition
	arrivals []app.Arrival
	plans    map[string]scheme.Plan // by scheme
}

// newImporting works out who begins when. It faults when the time points make
// no plan, and rejects rows whose person has a reference that may not be kept.
func newImporting(data *exchange.Data) (*importing, error) {
	m := &importing{
		data: data, rejects: slices.Clone(data.Rejects), starts: map[enrolment]scheme.Day{},
		defs: map[measure.Key]measure.Definition{}, plans: map[string]scheme.Plan{},
	}
	for _, of := range data.Settings.Measures {
		items, err := data.Settings.Plan(of.Key())
		if err != nil {
			return nil, err
		}
		if err := (scheme.Plan{Items: items}).Check(); err != nil {
			return nil, err
		}
	}
	for r := range data.Rows() {
		if faults, _ := fault.All(scheme.AcceptReference(r.Person)); faults != nil {
			m.rejects = append(m.rejects, exchange.Reject{Input: exchange.Scores, Line: r.Line, Column: "person_id", Why: faults[0]})
			continue
		}
		m.rows = append(m.rows, r)
	}
	m.begin()
	return m, nil
}

// begin finds the day on which each referral starts: that of the first time
// point, else as many days before the first score as the file says lie between.
func (m *importing) begin() {
	baseline := map[enrolment]bool{}
	first := m.data.Settings.Timepoints[0]
	for _, r := range m.rows {
		who := enrolment{r.Person, r.Scheme}
		start, known := m.starts[who]
		if !known {
			m.people = append(m.people, who)
		}
		isFirst := r.Timepoint == first
		on := r.On
		if !isFirst {
			on = on.Plus(-r.Days)
		}
		if !known || isFirst && !baseline[who] || isFirst == baseline[who] && on.Before(start) {
			m.starts[who] = on
		}
		baseline[who] = baseline[who] || isFirst
	}
}

// arrange makes the arrivals, once the schemes are there.
func (m *importing) arrange(schemes map[string]scheme.Scheme) error {
	at := map[enrolment]int{}
	for _, who := range m.people {
		start := scheme.StandIn{On: m.starts[who], Dated: scheme.Assumed}
		at[who] = len(m.arrivals)
		m.plans[who.scheme] = schemes[who.scheme].Plan
		m.arrivals = append(m.arrivals, app.Arrival{
			Person:   scheme.Person{Reference: who.person},
			Referral: scheme.Referral{Scheme: schemes[who.scheme].ID, Receipt: start, Acceptance: start},
		})
	}
	for _, r := range m.rows {
		made, err := m.assessment(r)
		if err != nil {
			return fmt.Errorf("line %d: %w", r.Line, err)
		}
		a := &m.arrivals[at[enrolment{r.Person, r.Scheme}]]
		a.Assessments = append(a.Assessments, made)
	}
	return nil
}

func (m *importing) assessment(r exchange.Row) (app.Arriving, error) {
	def := m.defs[r.Measure]
	occasion, ok := m.data.Settings.Occasion(r.Timepoint)
	if !ok {
		return app.Arriving{}, fmt.Errorf("the time point %q is not in the settings", r.Timepoint)
	}
	scores, err := def.FromScore(def.OnlyEntry(), r.Score)
	if err != nil {
		return app.Arriving{}, err
	}
	return app.Arriving{Line: r.Line, Assessment: scheme.Assessment{
		Measure: def.Key, Version: def.Version, On: r.On, Occasion: occasion, Rater: def.Rater, Scores: scores,
	}}, nil
}

// refuse adds what the database would not take to the rejects.
func (m *importing) refuse(refused []app.Refused) {
	of := map[int]string{}
	for _, r := range m.rows {
		of[r.Line] = r.Person
	}
	for _, r := range refused {
		m.rejects = append(m.rejects, exchange.Reject{Input: exchange.Scores, Line: r.Line, Person: of[r.Line], Why: r.Reason})
	}
	slices.SortStableFunc(m.rejects, func(a, b exchange.Reject) int { return a.Line - b.Line })
}

// pairs counts the pairs that the plan makes of what was kept, and lists the
// lines that lie outside their window, which never pair.
func (m *importing) pairs() (paired int, outside []int) {
	refused := map[int]bool{}
	for _, r := range m.rejects {
		refused[r.Line] = true
	}
	for i, a := range m.arrivals {
		plan := m.plans[m.people[i].scheme]
		spell := scheme.Spell{Referral: a.Referral, Plan: plan}
		for _, x := range a.Assessments {
			if refused[x.Line] {
				continue
			}
			spell.Assessments = append(spell.Assessments, x.Assessment)
			if !onTime(plan, x.Assessment, a.Referral.Acceptance.On) {
				outside = append(outside, x.Line)
			}
		}
		for _, p := range spell.Pairs(m.defs) {
			if p.State == scheme.Paired && p.Occasion != scheme.FirstLast {
				paired++
			}
		}
	}
	slices.Sort(outside)
	return paired, outside
}

func onTime(plan scheme.Plan, a scheme.Assessment, start scheme.Day) bool {
	for _, item := range plan.Of(a.Measure) {
		if item.Occasion == a.Occasion {
			first, last := item.Window(start)
			return !a.On.Before(first) && !a.On.After(last)
		}
	}
	return false
}

// summarise says what became of every row.
func (m *importing) summarise(t *terminal, loaded app.Loaded) {
	rejected := exchange.RejectedRows(m.rejects)
	t.say("%s read\n", count(len(m.rows)-len(loaded.Refused)+m.data.Repeats+rejected, "row", "rows"))
	t.say("  %6d accepted\n  %6d already there\n  %6d said twice in the file, counted once\n  %6d rejected\n", loaded.Added, loaded.Already, m.data.Repeats, rejected)
	t.say("%s new here, of %s in the file\n", count(loaded.People, "person is", "people are"), count(len(m.people), "referral", "referrals"))
	paired, outside := m.pairs()
	t.say("%s of a first and a later score, by the plan\n", count(paired, "pair", "pairs"))
	if loaded.Review > 0 {
		t.say("%s for somebody to look at: answers that need action, or that nobody knows. They are one list on the page Safety.\n", count(loaded.Review, "line is", "lines are"))
	}
	if len(outside) > 0 {
		t.say("%s outside the time that the plan allows: kept, and not paired (%s)\n", count(len(outside), "score lies", "scores lie"), lines(outside))
	}
}

// lines names lines of a file, the first few of many.
func lines(all []int) string {
	const most = 10
	var named []string
	for _, n := range all[:min(len(all), most)] {
		named = append(named, fmt.Sprint(n))
	}
	text := "line " + named[0]
	if len(all) > 1 {
		text = "lines " + strings.Join(named, ", ")
	}
	if len(all) > most {
		text += fmt.Sprintf(" and %d more", len(all)-most)
	}
	return text
}

// count is a number with its noun: 1 row, 2 rows.
func count(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}
