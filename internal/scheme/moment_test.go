package scheme_test

import (
	"testing"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// Two scores are of one moment by what is known of it, and by nothing that was made
// up: merging people goes by the same.
func TestMoment(t *testing.T) {
	score := func(on string, at scheme.Occasion, dated scheme.Dating, level measure.Level) scheme.Assessment {
		return scheme.Assessment{Measure: "m", Rater: "self", On: day(t, on), Dated: dated, Occasion: at, Scores: []measure.Scored{{Series: "s", Level: level}}}
	}
	const order, month = scheme.ByOrder, scheme.ToTheMonth
	for name, c := range map[string]struct {
		a, b scheme.Assessment
		meet bool
	}{
		"a day, two occasions":      {score("2026-01-05", "baseline", "", 1), score("2026-01-05", "later", "", 1), true},
		"two days":                  {score("2026-01-05", "baseline", "", 1), score("2026-01-06", "baseline", "", 1), false},
		"a day that was made up":    {score("2026-01-05", "baseline", "", 1), score("2026-01-05", "baseline", order, 1), false},
		"one occasion":              {score("2026-01-05", "baseline", order, 1), score("2025-03-01", "baseline", order, 1), true},
		"two occasions":             {score("2026-01-05", "baseline", order, 1), score("2026-01-05", "later", order, 1), false},
		"one month":                 {score("2026-01-01", "baseline", month, 1), score("2026-01-02", "baseline", month, 1), true},
		"two occasions of a month":  {score("2026-01-01", "baseline", month, 1), score("2026-01-01", "later", month, 1), false},
		"two months":                {score("2026-01-01", "baseline", month, 1), score("2026-02-01", "baseline", month, 1), false},
		"a month and its first day": {score("2026-01-01", "baseline", month, 1), score("2026-01-01", "baseline", "", 1), false},
	} {
		if c.a.Meets(c.b) != c.meet || c.b.Meets(c.a) != c.meet {
			t.Errorf("%s: they meet is %v", name, !c.meet)
		}
		if key := c.a.Moment().Key(); c.a.Dated != scheme.ToTheDay && (key == c.b.Moment().Key()) != (c.meet && c.b.Dated == c.a.Dated) {
			t.Errorf("%s: “%s” and “%s”", name, key, c.b.Moment().Key())
		}
		c.a.ID, c.b.ID = "a", "b"
		spells := func(a scheme.Assessment) []scheme.Spell {
			return []scheme.Spell{{Referral: scheme.Referral{EndedOn: day(t, "2026-06-01")}, Assessments: []scheme.Assessment{a}}}
		}
		u, err := scheme.Unite("p", "q", spells(c.a), spells(c.b))
		if err != nil || (len(u.Twins) == 1) != c.meet {
			t.Errorf("%s: merged, the twins are %+v, %v", name, u.Twins, err)
		}
		c.b.Scores[0].Level++
		if _, err := scheme.Unite("p", "q", spells(c.a), spells(c.b)); fault.Is(err, fault.PersonMerge) != c.meet {
			t.Errorf("%s: of other scores %v", name, err)
		}
	}
}
