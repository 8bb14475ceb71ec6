package scheme_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// The plan of these tests: baseline from 42 days before the start to 14 after,
// follow-up on day 84, 28 days either side. The start is 1 March 2026, so the
// follow-up is due on 24 May and its window runs from 26 April to 21 June.
func plan() scheme.Plan {
	return scheme.Plan{ID: "p", Version: 1, Primary: "m", Headline: scheme.FixedTime(84), Items: scheme.Standard("m", 12)}
}

func defs() map[measure.Key]measure.Definition {
	return map[measure.Key]measure.Definition{"m": {
		Key: "m", Version: 1, Rater: measure.Self,
		Scores: []measure.Score{{Series: "m", Kind: measure.KindTotal, Direction: 1, Min: 0, Max: 100}},
	}}
}

type score struct {
	on    string
	level measure.Level
}

func spell(t testing.TB, scores ...score) scheme.Spell {
	s := scheme.Spell{
		Referral: scheme.Referral{ID: "r", Scheme: "s", Ordinal: 1, ReceivedOn: day(t, "2026-02-01"), AcceptedOn: day(t, "2026-02-10")},
		Plan:     plan(),
		Prescriptions: []scheme.Prescription{
			{Category: "arts", FirstAttendedOn: day(t, "2026-03-08")},
			{Category: "arts", FirstAttendedOn: day(t, "2026-03-01")},
			{Category: "sport"},
		},
	}
	for i, sc := range scores {
		s.Assessments = append(s.Assessments, scheme.Assessment{
			ID: scheme.AssessmentID(rune('a' + i)), Measure: "m", Rater: measure.Self, On: day(t, sc.on),
			Scores: []measure.Scored{{Series: "m", Level: sc.level}},
		})
	}
	return s
}

func pairOf(t testing.TB, s scheme.Spell, o scheme.Occasion) scheme.Pair {
	t.Helper()
	for _, p := range s.Pairs(defs()) {
		if p.Occasion == o {
			return p
		}
	}
	t.Fatalf("no pair for %s", o)
	return scheme.Pair{}
}

func levels(p scheme.Pair) (base, later measure.Level) {
	base, later = -1, -1
	if p.Base != nil {
		base = p.Base.Level
	}
	if p.Later != nil {
		later = p.Later.Level
	}
	return base, later
}

func TestPairByPlan(t *testing.T) {
	for _, c := range []struct {
		name        string
		scores      []score
		state       scheme.State
		base, later measure.Level
	}{
		{"nothing", nil, scheme.Enrolled, -1, -1},
		{"latest on or before the start", []score{{"2026-02-01", 1}, {"2026-03-01", 2}, {"2026-03-05", 3}}, scheme.BaselineOnly, 2, -1},
		{"else the earliest after it", []score{{"2026-03-14", 4}, {"2026-03-05", 3}}, scheme.BaselineOnly, 3, -1},
		{"a baseline too early is none", []score{{"2026-01-17", 1}}, scheme.Enrolled, -1, -1},
		{"a baseline too late is none", []score{{"2026-03-16", 1}}, scheme.Enrolled, -1, -1},
		{"nearest to the due day", []score{{"2026-03-01", 1}, {"2026-05-01", 5}, {"2026-05-30", 6}}, scheme.Paired, 1, 6},
		{"a tie: the earlier", []score{{"2026-03-01", 1}, {"2026-05-27", 6}, {"2026-05-21", 5}}, scheme.Paired, 1, 5},
		{"the window's last day", []score{{"2026-03-01", 1}, {"2026-06-21", 7}}, scheme.Paired, 1, 7},
		{"the day after it", []score{{"2026-03-01", 1}, {"2026-06-22", 7}}, scheme.BaselineOnly, 1, -1},
		{"a follow-up alone is never paired", []score{{"2026-05-24", 7}}, scheme.FollowupOnly, -1, 7},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := pairOf(t, spell(t, c.scores...), "day-84")
			if base, later := levels(p); p.State != c.state || base != c.base || later != c.later {
				t.Errorf("%s %d -> %d, want %s %d -> %d", p.State, base, later, c.state, c.base, c.later)
			}
			if p.Closes != day(t, "2026-06-21") {
				t.Errorf("closes %s", p.Closes)
			}
		})
	}
}

// One score is never both ends of a pair, even under a plan that was stored
// before windows were checked.
func TestPairNeedsALaterDay(t *testing.T) {
	s := spell(t, score{"2026-03-01", 1})
	s.Plan.Items[1].BeforeDays = 120
	if p := pairOf(t, s, "day-84"); p.State != scheme.BaselineOnly {
		t.Errorf("one score is %s", p.State)
	}
}

func TestPairFirstLast(t *testing.T) {
	s := spell(t, score{"2026-01-02", 9}, score{"2026-03-01", 1}, score{"2026-09-01", 8})
	p := pairOf(t, s, scheme.FirstLast)
	if base, later := levels(p); base != 9 || later != 8 || p.Days() != 242 {
		t.Errorf("%d -> %d over %d days, want 9 -> 8 over 242", base, later, p.Days())
	}
	if p := pairOf(t, spell(t, score{"2026-03-01", 1}), scheme.FirstLast); p.State != scheme.BaselineOnly {
		t.Errorf("one score is %s", p.State)
	}
}

func TestPairRefusesOtherRaters(t *testing.T) {
	s := spell(t, score{"2026-03-01", 1}, score{"2026-05-24", 7})
	s.Assessments[1].Rater = measure.Proxy
	if p := pairOf(t, s, "day-84"); p.State != scheme.BaselineOnly {
		t.Errorf("a proxy's answer was paired with the person's own: %s", p.State)
	}
}

func TestStart(t *testing.T) {
	s := spell(t)
	if on, stage := s.Referral.Started(s.Prescriptions); on != day(t, "2026-03-01") || stage != scheme.StageStarted {
		t.Errorf("first attended: %s %d", on, stage)
	}
	if on, stage := s.Referral.Started(nil); on != day(t, "2026-02-10") || stage != scheme.StageAccepted {
		t.Errorf("else accepted: %s %d", on, stage)
	}
	s.Referral.AcceptedOn = scheme.Day{}
	if on, stage := s.Referral.Started(nil); on != day(t, "2026-02-01") || stage != scheme.StageReferred {
		t.Errorf("else received: %s %d", on, stage)
	}
}

func TestTraitsAtTheLandmark(t *testing.T) {
	s := spell(t)
	s.Person.BirthYear = 1951
	s.Referral.OT = []scheme.Involvement{{Level: "advised", On: day(t, "2026-03-29")}, {Level: "led", On: day(t, "2026-03-30")}}
	got := pairOf(t, s, "day-84").Traits
	if got.OT != "advised" || got.Category != "arts" || got.Age != "75-84" {
		t.Errorf("%+v", got)
	}
	s.Referral.OT = s.Referral.OT[1:]
	if got := pairOf(t, s, "day-84").Traits.OT; got != scheme.OTLate {
		t.Errorf("involvement after the landmark only: %q", got)
	}
	s.Referral.OT = []scheme.Involvement{{Level: "none", On: day(t, "2026-03-30")}}
	if got := pairOf(t, s, "day-84").Traits.OT; got != "none" {
		t.Errorf("a late entry that there is none: %q", got)
	}
	s.Prescriptions[2].FirstAttendedOn = day(t, "2026-04-01")
	if got := pairOf(t, s, "day-84").Traits.Category; got != scheme.Several {
		t.Errorf("two categories started: %s", got)
	}
}

func TestExit(t *testing.T) {
	s := spell(t, score{"2026-03-01", 1})
	s.Referral.EndedOn, s.Referral.EndReason = day(t, "2026-06-21"), scheme.EndDied
	if p := pairOf(t, s, "day-84"); p.Exit != scheme.ExitDied {
		t.Errorf("died within the window: %q", p.Exit)
	}
	again := spell(t, score{"2026-03-01", 1}, score{"2026-05-24", 7})
	again.Referral.EndedOn, again.Referral.EndReason = s.Referral.EndedOn, s.Referral.EndReason
	if p := pairOf(t, again, "day-84"); p.State != scheme.Paired || p.Exit != scheme.Stayed {
		t.Errorf("measured twice before they died: %s %q", p.State, p.Exit)
	}
	s.Referral.EndedOn = day(t, "2026-06-22")
	if p := pairOf(t, s, "day-84"); p.Exit != scheme.Stayed {
		t.Errorf("died after the window closed: %q", p.Exit)
	}
	s.Referral.EndedOn, s.Referral.EndReason = day(t, "2026-06-01"), "disengaged"
	if p := pairOf(t, s, "day-84"); p.Exit != scheme.Stayed {
		t.Errorf("somebody who stopped coming is lost, not excused: %q", p.Exit)
	}
}

// Whatever the records: the order they come in changes nothing, a later score
// is after its baseline, and every follow-up has exactly one state.
func TestPairLaws(t *testing.T) {
	start := day(t, "2026-03-01")
	rapid.Check(t, func(rt *rapid.T) {
		offsets := rapid.SliceOfNDistinct(rapid.IntRange(-60, 160), 0, 8, rapid.ID[int]).Draw(rt, "days")
		var scores []score
		for _, o := range offsets {
			scores = append(scores, score{start.Plus(o).String(), measure.Level(o + 60)})
		}
		s := spell(t, scores...)
		pairs := s.Pairs(defs())
		slices.Reverse(s.Assessments)
		for i, p := range s.Pairs(defs()) {
			b1, l1 := levels(p)
			b2, l2 := levels(pairs[i])
			if b1 != b2 || l1 != l2 || p.State != pairs[i].State {
				rt.Fatalf("the order of records changed the pair")
			}
			if p.Base != nil && p.Later != nil && !p.Later.On.After(p.Base.On) {
				rt.Fatalf("later score on %s, baseline on %s", p.Later.On, p.Base.On)
			}
			if (p.State == scheme.Paired) != (p.Days() > 0) {
				rt.Fatalf("%s over %d days", p.State, p.Days())
			}
		}
		if len(pairs) != 2 {
			rt.Fatalf("%d pairs for one series with one follow-up under two rules", len(pairs))
		}
	})
}

// A pair of an individualised measure is of the problems rated both times; the
// assessments keep their own scores.
func TestPairsOfOwnProblems(t *testing.T) {
	all, err := measure.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(d measure.Definition) bool { return d.Key == "copm" })
	rated := func(later map[string]int) (base, then measure.Level, state scheme.State) {
		s := spell(t, score{"2026-03-01", 700}, score{"2026-05-24", 900})
		s.Plan.Items = scheme.Standard("copm", 12)
		first := map[string]int{"problem-1-performance": 5, "problem-2-performance": 9}
		for i, said := range []map[string]int{first, later} {
			a := &s.Assessments[i]
			a.Measure, a.Responses, a.Scores[0].Series = "copm", said, "copm-performance"
		}
		for _, p := range s.Pairs(map[measure.Key]measure.Definition{"copm": all[i]}) {
			if p.Series == "copm-performance" && p.Occasion == scheme.FixedTime(84) {
				base, then = levels(p)
				state = p.State
			}
		}
		if s.Assessments[0].Scores[0].Level != 700 || s.Assessments[1].Scores[0].Level != 900 {
			t.Error("the assessments' own scores were changed")
		}
		return base, then, state
	}
	for name, c := range map[string]struct {
		later      map[string]int
		base, then measure.Level
		state      scheme.State
	}{
		"one of two again":      {map[string]int{"problem-1-performance": 8, "problem-3-performance": 10}, 500, 800, scheme.Paired},
		"both again":            {map[string]int{"problem-1-performance": 8, "problem-2-performance": 9}, 700, 850, scheme.Paired},
		"another one only":      {map[string]int{"problem-3-performance": 10}, 700, -1, scheme.BaselineOnly},
		"a mean was typed in":   {nil, 700, 900, scheme.Paired},
		"only for satisfaction": {map[string]int{"problem-1-satisfaction": 8}, 700, -1, scheme.BaselineOnly},
	} {
		if base, then, state := rated(c.later); base != c.base || then != c.then || state != c.state {
			t.Errorf("%s: %d to %d, %s; want %d to %d, %s", name, base, then, state, c.base, c.then, c.state)
		}
	}
}
