package scheme_test

import (
	"fmt"
	"testing"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A first and a last score pair where one is known to be later: by day, by month, of
// one month and without any day by occasion, and never across these.
func TestFirstAndLastOfDaysThatAreNotKnown(t *testing.T) {
	type one struct {
		on    string
		dated scheme.Dating
		at    scheme.Occasion
	}
	const order, month, pre, post = scheme.ByOrder, scheme.ToTheMonth, scheme.Baseline, scheme.Later
	for name, c := range map[string]struct {
		all  []one
		want string
	}{
		"made up after a day":       {[]one{{"2026-03-30", "", post}, {"2026-06-01", order, pre}}, "0 and none"},
		"made up before a day":      {[]one{{"2026-06-01", "", post}, {"2026-03-30", order, pre}}, "0 and none"},
		"made up beside a month":    {[]one{{"2026-03-30", order, pre}, {"2026-06-01", month, post}}, "1 and none"},
		"occasions, not days":       {[]one{{"2026-06-01", order, pre}, {"2026-03-30", order, post}}, "0 and 1"},
		"a time between":            {[]one{{"2026-06-01", order, post}, {"2026-06-02", order, scheme.FixedTime(84)}, {"2026-06-03", order, pre}}, "2 and 0"},
		"one occasion":              {[]one{{"2026-06-01", order, post}, {"2026-06-02", order, post}}, "0 and none"},
		"days before what has none": {[]one{{"2026-01-05", "", pre}, {"2026-06-01", "", post}, {"2026-01-01", order, pre}, {"2026-12-01", order, post}}, "0 and 1"},
		"no two days":               {[]one{{"2026-01-05", "", pre}, {"2026-06-01", order, pre}, {"2026-06-02", order, post}}, "1 and 2"},
		"one month":                 {[]one{{"2026-03-01", month, post}, {"2026-03-02", month, pre}}, "1 and 0"},
		"one month, none said":      {[]one{{"2026-03-01", month, scheme.Unstated}, {"2026-03-02", month, pre}}, "1 and none"},
		"one month, and the end":    {[]one{{"2026-03-01", month, scheme.Unstated}, {"2026-03-02", month, scheme.End}}, "0 and none"},
		"two months":                {[]one{{"2026-03-01", month, post}, {"2026-04-01", month, pre}}, "0 and 1"},
		"a month and a day of it":   {[]one{{"2026-03-01", month, pre}, {"2026-03-20", "", post}}, "1 and none"},
		"a month and a later day":   {[]one{{"2026-03-01", month, pre}, {"2026-04-01", "", post}}, "0 and 1"},
	} {
		s, defs := brought(t, scheme.Referral{ReceivedOn: day(t, "2026-01-05"), AcceptedOn: day(t, "2026-01-05")}, "", "2026-01-05")
		first := s.Assessments[0]
		s.Assessments = nil
		for i, o := range c.all {
			a := first
			a.ID, a.On, a.Dated, a.Occasion = scheme.AssessmentID(fmt.Sprint(i)), day(t, o.on), o.dated, o.at
			s.Assessments = append(s.Assessments, a)
		}
		said := func(p *scheme.Point) string {
			if p == nil {
				return "none"
			}
			return string(p.Assessment)
		}
		for _, p := range s.Pairs(defs) {
			if got := said(p.Base) + " and " + said(p.Later); p.Occasion == scheme.FirstLast && got != c.want {
				t.Errorf("%s: %s, want %s", name, got, c.want)
			}
		}
	}
}

// Of the wait, a score without any day says by its occasion alone whether it was
// taken during it, and gives the pair no quarter.
func TestWaitOfScoresWithoutDays(t *testing.T) {
	for name, c := range map[string]struct {
		later scheme.Occasion
		want  string
	}{
		"to the baseline":    {scheme.Baseline, "paired 2026-02-01"},
		"to a later measure": {scheme.Later, "baseline 2026-02-01"},
	} {
		s, defs := brought(t, scheme.Referral{ReceivedOn: day(t, "2026-01-05"), AcceptedOn: day(t, "2026-01-05")}, scheme.ByOrder, "2026-06-01", "2026-05-30")
		s.Prescriptions = []scheme.Prescription{{FirstAttendedOn: day(t, "2026-02-01")}}
		s.Assessments[0].Occasion, s.Assessments[1].Occasion = scheme.Waiting, c.later
		got := ""
		for _, p := range s.Pairs(map[measure.Key]measure.Definition{"swemwbs": defs["swemwbs"]}) {
			if p.Occasion == scheme.Waiting {
				got = fmt.Sprint(p.State, " ", p.Closes)
			}
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
