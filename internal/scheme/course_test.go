package scheme_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// What is compared in one person is the pair that a scheme's figures take by the
// first-last rule, whatever was recorded.
func TestCoursesCompareTheFirstLastPair(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var scores []score
		for _, n := range rapid.SliceOfN(rapid.IntRange(0, 200), 0, 6).Draw(rt, "days") {
			scores = append(scores, score{day(t, "2026-01-01").Plus(n).String(), measure.Level(rapid.IntRange(0, 100).Draw(rt, "level"))})
		}
		s := spell(t, scores...)
		for i := range s.Assessments {
			s.Assessments[i].Rater = rapid.SampledFrom(measure.Raters()).Draw(rt, "rater")
		}
		pair, courses := pairOf(t, s, scheme.FirstLast), s.Courses(defs())
		if len(scores) == 0 {
			if len(courses) != 0 {
				rt.Fatalf("%d courses of no score", len(courses))
			}
			return
		}
		if got, want := levelsOf(courses[0]), fmt.Sprint(levels(pair)); got != want {
			rt.Fatalf("%s is compared, the pair is %s", got, want)
		}
		drawn := len(courses[0].Points)
		for _, o := range courses[0].Others {
			drawn += len(o.Points)
			if o.By == measure.Self {
				rt.Fatal("the person's own answers stand among the others'")
			}
		}
		if drawn != len(scores) {
			rt.Fatalf("%d of %d scores are there", drawn, len(scores))
		}
	})
}

func levelsOf(c scheme.Course) string {
	return fmt.Sprint(levels(scheme.Pair{Base: c.Base, Later: c.Later}))
}

// An answer by somebody else is a line of its own and never compared, and what
// was taken outside of the plan is there too.
func TestCoursesKeepRatersApart(t *testing.T) {
	s := spell(t, score{"2026-03-01", 10}, score{"2026-05-24", 90}, score{"2026-06-01", 20})
	s.Assessments[1].Rater = measure.Proxy
	s.Assessments[2].Measure = "n"
	all := defs()
	all["n"] = measure.Definition{Key: "n", Rater: measure.Self, Scores: []measure.Score{{Series: "m", Max: 100}}}
	courses := s.Courses(all)
	if len(courses) != 2 || courses[1].Measure.Key != "n" {
		t.Fatalf("%d courses, want the plan's measure and then n", len(courses))
	}
	c := courses[0]
	if levelsOf(c) != "10 -1" || len(c.Points) != 1 || len(c.Others) != 1 || c.Others[0].By != measure.Proxy || c.Others[0].Points[0].Level != 90 {
		t.Errorf("%+v, want one own score and one proxy's", c)
	}
}

// Everything that happened is told newest first, what happened on one day in the
// order in which it goes on, and what has not happened is not told.
func TestTimeline(t *testing.T) {
	s := spell(t, score{"2026-03-01", 10})
	s.Referral.OT = []scheme.Involvement{{Level: "assessed", On: day(t, "2026-02-10")}}
	s.Prescriptions = []scheme.Prescription{{Activity: "plot", OfferedOn: day(t, "2026-02-10"), FirstAttendedOn: day(t, "2026-03-01")}}
	s.Referral.EndedOn, s.Referral.EndReason = day(t, "2026-06-30"), "goals-met"
	s.Referral.ReopenedOn = day(t, "2026-05-20")
	s.Referral.Pauses = []scheme.Pause{{From: day(t, "2026-03-01"), Until: day(t, "2026-03-20")}, {From: day(t, "2026-06-10")}}
	s.NotDone = []scheme.NotDone{
		{Measure: "m", Reason: scheme.NobodyAnswered, On: day(t, "2026-05-30")},
		{Measure: "m", Reason: "declined", On: day(t, "2026-05-31"), Undone: true},
	}
	met := scheme.ContactEvents(s.Referral, []scheme.WorkingContact{
		{On: day(t, "2026-03-01"), Way: "phone", Outcome: scheme.Attended}, {On: day(t, "2026-03-02"), Withdrawn: true},
	})
	withdrawn := spell(t, score{"2026-04-01", 99})
	withdrawn.Referral = scheme.Referral{ID: "q", Scheme: "t", ReceivedOn: day(t, "2026-03-31")}
	withdrawn.Prescriptions = nil
	withdrawn.Assessments[0].Withdrawn = true
	var told []string
	for _, e := range scheme.Timeline([]scheme.Spell{s, withdrawn}, met...) {
		told = append(told, fmt.Sprintf("%s %s %s%s%s%s%s%s", e.On, e.Kind, e.Until, e.Activity, e.Level, e.End, e.Outcome, e.Why))
		if (e.Referral == "q") != (e.Scheme == "t") {
			t.Errorf("%s is told of referral %s and scheme %s", e.Kind, e.Referral, e.Scheme)
		}
	}
	want := []string{
		"2026-06-30 ended goals-met",
		"2026-06-10 paused ",
		"2026-05-30 not_done " + string(scheme.NobodyAnswered),
		"2026-05-20 reopened ",
		"2026-04-01 withdrawn ",
		"2026-03-31 received ",
		"2026-03-01 measured ",
		"2026-03-01 contact attended",
		"2026-03-01 first_attended plot",
		"2026-03-01 paused 2026-03-20",
		"2026-02-10 offered plot",
		"2026-02-10 ot assessed",
		"2026-02-10 accepted ",
		"2026-02-01 received ",
	}
	if !slices.Equal(told, want) {
		t.Errorf("told\n%s\nwant\n%s", strings.Join(told, "\n"), strings.Join(want, "\n"))
	}
}
