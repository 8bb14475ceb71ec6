package scheme_test

import (
	"fmt"
	"slices"
	"testing"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// Scores without a day are drawn and listed in the order of their occasions,
// whatever day each came in on, and no two of them in one place.
func TestUndatedStandInTheOrderOfOccasions(t *testing.T) {
	def := measure.Definition{Key: "m", Rater: "self", Scores: []measure.Score{{Series: "s", Max: 100}}}
	score := func(level measure.Level, on string, at scheme.Occasion, dated scheme.Dating) scheme.Assessment {
		return scheme.Assessment{ID: scheme.AssessmentID(fmt.Sprint("id-", 9-level)), Measure: "m", Rater: "self", On: day(t, on), Dated: dated, Occasion: at, Scores: []measure.Scored{{Series: "s", Level: level}}}
	}
	for name, all := range map[string][]scheme.Assessment{
		"of three files, the last first": {
			score(3, "2026-02-01", scheme.End, scheme.ByOrder), score(2, "2026-02-03", scheme.FixedTime(84), scheme.ByOrder), score(1, "2026-02-05", scheme.Baseline, scheme.ByOrder),
		},
		"of three files of one day": {
			score(1, "2026-02-01", scheme.Waiting, scheme.ByOrder), score(3, "2026-02-01", scheme.Later, scheme.ByOrder), score(2, "2026-02-01", scheme.Baseline, scheme.ByOrder),
		},
		"of one month, before a day": {
			score(2, "2026-02-01", scheme.Later, scheme.ToTheMonth), score(1, "2026-02-01", scheme.Baseline, scheme.ToTheMonth), score(3, "2026-03-01", scheme.End, ""),
		},
	} {
		s := scheme.Spell{Assessments: all}
		var levels []measure.Level
		var days []scheme.Day
		for _, c := range s.Courses(map[measure.Key]measure.Definition{"m": def}) {
			for _, p := range c.Points {
				levels, days = append(levels, p.Level), append(days, p.On)
			}
		}
		if !slices.Equal(levels, []measure.Level{1, 2, 3}) || !days[0].Before(days[1]) || !days[1].Before(days[2]) {
			t.Errorf("%s: %v on %v", name, levels, days)
		}
	}
}
