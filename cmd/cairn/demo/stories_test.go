package demo_test

import (
	"strings"
	"testing"

	"cairn/internal/evidence"
	"cairn/internal/scheme"
)

// The stories of the demonstration's schemes are what their pages tell: in the
// sentence, in what may be claimed, and in the level.
func TestTheSchemesTellTheirStories(t *testing.T) {
	laidDown := evidence.Design{Ground: evidence.DatedPlan, Primary: true, Versions: 1, Figures: 4}
	for _, today := range days(t) {
		for name, s := range everyScheme(t, today) {
			f := s.finding(t, satisfaction, scheme.Period{})
			about := evidence.Context{Scheme: name, Occasion: "12 weeks after the start"}
			said, level, claims := f.Sentence(about), f.Level(laidDown), f.Claims(about, laidDown)
			may, not := strings.Join(claims.May, "\n"), strings.Join(claims.MayNot, "\n")
			want := func(holds bool, what string) {
				t.Helper()
				if !holds {
					t.Errorf("%s, %s: %s; it reads (%s, level %d): %s\nmay: %s\nmay not: %s", today, name, what, f.Bearing(), level.Number, said, may, not)
				}
			}
			want(level.Number <= 2, "a scheme without a comparison is above level 2")
			switch name {
			case "RGR", "HCO":
				want(level.Number == 2, "well measured, and not at level 2")
				want(strings.Contains(said, "for the better") && strings.Contains(said, "regression to the mean"), "a change for the better is not held against what comes by itself")
			case "HAM":
				want(f.Bearing() == evidence.Unclear && strings.Contains(said, "includes no change"), "no change does not read as no change")
				want(strings.Contains(not, "That people got better"), "it may be claimed that people got better")
			case "HMW":
				want(f.Bearing() == evidence.ForWorse && strings.Contains(said, "for the worse") && strings.Contains(may, "for the worse"), "harm does not read as harm")
			case "HOD":
				want(f.Change.CILo != nil && *f.Change.CILo > 0, "nobody is helped, and yet scores do not rise: the story is not told")
				want(f.Bearing() == evidence.ByItself && strings.Contains(said, "this may be no more than that"), "entry at the lowest point reads as improvement")
			case "RMW":
				want(level.Number == 1 && strings.Contains(strings.Join(level.Failed, " "), "fewer than 60%"), "poor completeness does not cap the level")
			case "RST":
				want(level.Number <= 1 && strings.Contains(strings.Join(level.Failed, " "), "fewer than"), "few people are not said to be few")
			}
		}
	}
}

// Harm among 1 in 20 is told with its number, and not lost beside the others.
func TestHarmAmongFewIsTold(t *testing.T) {
	s := everyScheme(t, days(t)[0])["RGR"]
	f := s.finding(t, "swemwbs-metric", scheme.Period{})
	_, _, worse, by := f.Movement()
	if by == "" || worse.P == nil || worse.X == 0 {
		t.Fatalf("nobody got reliably worse: %+v", worse)
	}
	count := evidence.People(worse.X) + " (" + evidence.Percent(worse.P) + ") reliably worse"
	about := evidence.Context{Scheme: "RGR"}
	for _, said := range []string{f.Sentence(about), strings.Join(f.Claims(about, evidence.Design{}).May, " ")} {
		if !strings.Contains(said, count) {
			t.Errorf("%q is not said: %s", count, said)
		}
	}
}
