package site

import (
	"testing"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// What the plan asks for stands by its window, and a score by another rater
// does not count.
func TestDue(t *testing.T) {
	day := func(text string) scheme.Day {
		d, err := scheme.ParseDay(text)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	plan := scheme.Plan{Items: scheme.Standard("ons4", 12)}
	start := day("2026-01-12")
	_, baselineEnds := plan.Items[0].Window(start)
	followUpBegins, followUpEnds := plan.Items[1].Window(start)
	taken := func(on scheme.Day, by measure.Rater) scheme.Assessment {
		return scheme.Assessment{Measure: "ons4", On: on, Rater: by}
	}
	for _, c := range []struct {
		name  string
		today scheme.Day
		taken []scheme.Assessment
		want  string // baseline, follow-up
	}{
		{"the last day of the baseline", baselineEnds, nil, "due coming"},
		{"the day after it", baselineEnds.Plus(1), nil, "missed coming"},
		{"the first day of the follow-up", followUpBegins, nil, "missed due"},
		{"the day after everything", followUpEnds.Plus(1), nil, "missed missed"},
		{"a baseline", start, []scheme.Assessment{taken(start, measure.Self)}, "recorded coming"},
		{"a proxy's baseline", start, []scheme.Assessment{taken(start, measure.Proxy)}, "due coming"},
		{"a score between the windows", followUpEnds, []scheme.Assessment{taken(followUpBegins.Plus(-1), measure.Self)}, "missed due"},
		{"both", followUpEnds, []scheme.Assessment{taken(baselineEnds, measure.Self), taken(followUpEnds, measure.Self)}, "recorded recorded"},
	} {
		t.Run(c.name, func(t *testing.T) {
			lines := due(app.ReferralView{
				Spell: scheme.Spell{Plan: plan, Assessments: c.taken}, Start: start, Today: c.today,
				Measures: map[measure.Key]measure.Definition{"ons4": {Key: "ons4", Rater: measure.Self}},
			})
			if got := lines[0].State + " " + lines[1].State; got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}
