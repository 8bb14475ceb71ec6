package evidence_test

import (
	"strings"
	"testing"

	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// passage is somebody referred on 5 January whose window closed in May.
func passage(t *testing.T, state scheme.State, change func(*scheme.Passage)) scheme.Passage {
	t.Helper()
	p := scheme.Passage{Ordinal: 1, ReceivedOn: onDay(t, "2026-01-05"), AcceptedOn: onDay(t, "2026-01-08"), Planned: true}
	p.Pair = scheme.Pair{Ordinal: 1, State: state, Stage: scheme.StageAccepted, Closes: onDay(t, "2026-05-01")}
	if state == scheme.BaselineOnly || state == scheme.Paired {
		p.Pair.Base = &scheme.Point{On: onDay(t, "2026-01-15"), Level: 10, Channel: "in-person", Helper: "nobody"}
	}
	if state == scheme.FollowupOnly || state == scheme.Paired {
		p.Pair.Later = &scheme.Point{On: onDay(t, "2026-04-10"), Level: 14, Channel: "phone", Helper: "deliverer"}
	}
	if change != nil {
		change(&p)
	}
	return p
}

func TestJourney(t *testing.T) {
	w := scheme.NewJourney(scheme.Period{}, onDay(t, today))
	contacted := func(on string) func(*scheme.Passage) {
		return func(p *scheme.Passage) { p.Contacted = onDay(t, on) }
	}
	for _, p := range []scheme.Passage{
		passage(t, scheme.Paired, contacted("2026-01-06")),
		passage(t, scheme.Paired, func(p *scheme.Passage) {
			p.Contacted, p.Seen = onDay(t, "2026-01-08"), onDay(t, "2026-01-08")
			p.Attended, p.Pair.Stage = onDay(t, "2026-01-20"), scheme.StageStarted
		}),
		passage(t, scheme.BaselineOnly, contacted("2026-01-01")), // before the referral
		passage(t, scheme.BaselineOnly, func(p *scheme.Passage) { p.Pair.Exit = scheme.ExitDied }),
		passage(t, scheme.FollowupOnly, nil),
		passage(t, scheme.Enrolled, func(p *scheme.Passage) { p.DeclinedOn, p.Pair.Stage = onDay(t, "2026-01-09"), scheme.StageReferred }),
		passage(t, scheme.Enrolled, func(p *scheme.Passage) { p.Pair.Exit = scheme.ExitMoved }),
		passage(t, scheme.Enrolled, nil),
		passage(t, scheme.Paired, func(p *scheme.Passage) { p.Ordinal = 2 }),
		passage(t, scheme.Paired, func(p *scheme.Passage) { p.Pair.Closes = onDay(t, today) }),
		passage(t, scheme.Paired, func(p *scheme.Passage) { p.Planned = false }),
	} {
		w.Add(p)
	}
	j := evidence.JourneyOf(w)
	got := map[string]int{}
	for _, s := range j.Steps {
		got[s.Key] = *s.People
	}
	for key, want := range map[string]int{
		"referred": 8, "contacted": 3, "seen": 1, "accepted": 7, "started": 1, "baseline": 4, "due": 3, "followed_up": 3, "paired": 2,
	} {
		if got[key] != want {
			t.Errorf("%s: %d, want %d", key, got[key], want)
		}
	}
	sum := got["paired"]
	for _, l := range j.Left {
		sum += l.People
		if l.People != 1 {
			t.Errorf("%s: %d, want 1", l.Label(), l.People)
		}
	}
	if sum != got["referred"] {
		t.Errorf("%d left or were measured twice, of %d referred", sum, got["referred"])
	}
	if j.Again != 1 || j.Running != 1 || j.Wrong != 1 || j.Contact.N != 2 || *j.Contact.Median != 2 || *j.Contact.Lower != 1.5 || j.Baseline.N != 4 || *j.Baseline.Upper != 10 {
		t.Errorf("%+v", j)
	}
	if said := j.Contact.Text(); said != "median 2 days (middle half 1 to 3), of 2 people" { // quartiles of 1.5 and 2.5 are no days
		t.Error(said)
	}
	gaps := strings.Join(j.Gaps(), "\n")
	for _, want := range []string{"4 people were accepted, started or measured without a contact on record", "6 people were accepted and have no first session", "1 wait is recorded as over before"} {
		if !strings.Contains(gaps, want) {
			t.Errorf("%q does not say %q", gaps, want)
		}
	}
	if said := j.Sentence(); said != "Of 8 people referred whose time for the later score is over, 3 were due to be measured again and 2 were measured twice." {
		t.Errorf("%q", said)
	}
}

// What nobody recorded is not nobody.
func TestJourneyNotRecorded(t *testing.T) {
	w := scheme.NewJourney(scheme.Period{}, onDay(t, today))
	w.Add(passage(t, scheme.Paired, nil))
	j := evidence.JourneyOf(w)
	for _, key := range []string{"contacted", "seen", "started"} {
		if j.Step(key).People != nil {
			t.Errorf("%s: %d, want it unknown", key, *j.Step(key).People)
		}
	}
	if said := j.Sentence(); !strings.Contains(said, "Not on record: contacts and first sessions. That is not nobody.") || j.Contact.Text() != "not recorded" || len(j.Gaps()) > 0 {
		t.Errorf("%q, %s, %q", said, j.Contact.Text(), j.Gaps())
	}
	if said := evidence.JourneyOf(scheme.NewJourney(scheme.Period{}, onDay(t, today))).Sentence(); said != "Nobody has been referred in this period." {
		t.Errorf("%q", said)
	}
	if got := evidence.JourneyOf(scheme.NewJourney(scheme.Period{}, onDay(t, today))).Step("contacted").People; got != nil {
		t.Error("nobody referred, and contacts known")
	}
}

func TestCircumstances(t *testing.T) {
	m := scheme.NewManner(scheme.Period{}, onDay(t, today))
	m.Add(passage(t, scheme.Paired, nil))
	m.Add(passage(t, scheme.Paired, func(p *scheme.Passage) { p.Pair.Later.Level, p.Attended = 18, onDay(t, "2026-01-10") }))
	m.Add(passage(t, scheme.Paired, func(p *scheme.Passage) {
		p.Pair.Later.Channel, p.Pair.Later.Helper, p.Attended = "in-person", "", onDay(t, "2026-01-15")
	}))
	for _, change := range []func(*scheme.Passage){
		func(p *scheme.Passage) { p.Ordinal = 2 },
		func(p *scheme.Passage) { p.Pair.Closes = onDay(t, today) },
		func(p *scheme.Passage) { p.Planned = false },
	} {
		m.Add(passage(t, scheme.Paired, change))
	}
	m.Add(passage(t, scheme.BaselineOnly, nil))
	c := evidence.CircumstancesOf(m)
	if c.Pairs != 3 || c.Channel != (evidence.Alike{Same: 1, Changed: 2}) || c.Helper != (evidence.Alike{Changed: 2, Unknown: 1}) ||
		c.Rater != (evidence.Alike{Same: 3}) || c.Deliverer != (evidence.Among{X: 2, N: 2}) || c.LateBaselines != (evidence.Among{X: 1, N: 2}) ||
		c.Between.N != 3 || *c.Between.Median != 85 || *c.Waited.Median != 10 {
		t.Errorf("%+v", c)
	}
	splits := evidence.SplitsOf(measure.Score{Direction: measure.HigherIsBetter, Max: 40}, m)
	same, changed := splits[0].Rows[0].Change, splits[0].Rows[1].Change
	if same.N != 1 || same.Mean != nil || !strings.Contains(same.Why, "fewer than 2 people") {
		t.Errorf("one person: %+v", same)
	}
	if changed.N != 2 || *changed.Mean != 6 || changed.Lo == nil {
		t.Errorf("two people: %+v", changed)
	}
	if nobody := splits[1].Rows[0].Change; nobody.N != 0 || nobody.Mean != nil || nobody.Why == "" {
		t.Errorf("nobody: %+v", nobody)
	}
}

func TestActivities(t *testing.T) {
	all := evidence.ActivitiesOf([]scheme.Uptake{
		{Activity: "a", Name: "Choir", Started: true, Ended: true, EndReason: "planned", Offered: 10, Attended: 8, Times: 2},
		{Activity: "a", Name: "Choir", Started: true, Ended: true, Offered: 6, Attended: 1, Times: 1},
		{Activity: "a", Name: "Choir", Started: true, Times: 1}, // sessions not recorded
		{Activity: "a", Name: "Choir", Declined: true, Times: 3},
		{Activity: "b", Name: "Plot", Times: 1},
	})
	if len(all) != 2 || all[0].Prescribed != 7 || all[0].Declined != 3 || all[0].Started != 4 || all[0].Sessions != 3 || *all[0].Offered != 10 || *all[0].Attended != 8 {
		t.Fatalf("%+v", all)
	}
	if got := all[0].Ends(); got != "Planned end of support 2; No reason recorded 1; Still going on 1" {
		t.Errorf("%q", got)
	}
	if all[1].Attended != nil || all[1].Started != 0 || all[1].Ends() != "" {
		t.Errorf("nobody started: %+v", all[1])
	}
	table := func(n int) scheme.Transitions {
		return with(steps(nil), scheme.Tally{State: scheme.Paired, From: 10, To: 12, People: n})
	}
	kinds := evidence.CategoryChangesOf(measure.Score{Max: 40}, map[scheme.Category]scheme.Transitions{
		scheme.Several: table(2), "arts": table(1), "": table(3), "sport": steps(nil),
	})
	var labels []string
	for _, k := range kinds {
		labels = append(labels, k.Label())
	}
	if got := strings.Join(labels, ", "); got != "Arts, Several kinds, No activity started, or not recorded" || kinds[0].Change.Mean != nil || *kinds[2].Change.Mean != 2 {
		t.Errorf("%s: %+v", got, kinds)
	}
}
