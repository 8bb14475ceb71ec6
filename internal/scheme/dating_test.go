package scheme_test

import (
	"slices"
	"strings"
	"testing"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A day that is not known is shown nowhere: not in the timeline, not beside a
// score.
func TestDaysThatAreNotKnownAreNotShown(t *testing.T) {
	on, err := scheme.ParseDay("2026-03-01")
	if err != nil {
		t.Fatal(err)
	}
	defs, err := measure.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(defs, func(d measure.Definition) bool { return d.Key == "swemwbs" })
	scores, err := defs[at].FromScore("swemwbs-raw", "20")
	if err != nil {
		t.Fatal(err)
	}
	spell := scheme.Spell{Referral: scheme.Referral{ID: "r", ReceivedOn: on, AcceptedOn: on}}
	for i, dated := range []scheme.Dating{scheme.ByOrder, scheme.ToTheMonth, scheme.ToTheDay} {
		spell.Assessments = append(spell.Assessments, scheme.Assessment{
			ID: scheme.AssessmentID([]string{"a", "b", "c"}[i]), Referral: "r", Measure: "swemwbs", On: on.Plus(i), Dated: dated,
			Occasion: scheme.Later, Rater: defs[at].Rater, Scores: scores,
		})
	}
	const want = "no date, Mar 2026, 3 March 2026"
	var shown, courses []string
	for _, a := range spell.Assessments {
		shown = append(shown, a.When())
	}
	for _, c := range spell.Courses(map[measure.Key]measure.Definition{"swemwbs": defs[at]})[:1] {
		for _, p := range c.Points {
			courses = append(courses, c.When(p))
		}
	}
	if got := strings.Join(shown, ", "); got != want {
		t.Errorf("assessments: %s, want %s", got, want)
	}
	if got := strings.Join(courses, ", "); got != want {
		t.Errorf("a course: %s, want %s", got, want)
	}
	said := ""
	for _, e := range scheme.Timeline([]scheme.Spell{spell}) {
		if e.Kind == scheme.EventMeasured {
			said += e.When() + "; "
		}
	}
	for _, one := range strings.Split(want, ", ") {
		if !strings.Contains(said, one) {
			t.Errorf("the timeline does not say %s: %s", one, said)
		}
	}
}
