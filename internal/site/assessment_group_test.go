package site_test

import (
	"net/http"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// Of twelve scales the practitioner chooses those that match the goals. Only they
// are asked and kept; the next form has them ticked and shows nothing of how they
// were rated.
func TestOnlyChosenScalesAreRated(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		made, err := w.App.AddScheme(t.Context(), w.Ann, app.NewScheme{Name: "Scales", Measures: []measure.Key{"austoms-ot"}, Weeks: 12, StartedOn: "2024-01-01"})
		must(t, err)
		referral := "/referrals/" + string(w.received(w.Ann, made, "L-1"))
		ann := w.signedIn("ann")
		at := referral + "/assessments/new?measure=austoms-ot&occasion="

		ann.get(at+"baseline").is(http.StatusOK).says("Scale 1: learning and applying knowledge", "Scale 12: community life", "Only those that you tick are rated").
			silent("greatest impairment", "Save", "Tick at least one")
		ann.get(at + "baseline&chosen=yes").is(http.StatusOK).says("Tick at least one")
		ann.get(at + "baseline&group=scale-99").is(http.StatusOK).says("Only those that you tick are rated")

		two := at + "baseline&group=scale-7&group=scale-2"
		ann.get(two).is(http.StatusOK).says("Rated here: Scale 2: functional walking and mobility; Scale 7: self-care", "Scale 7: wellbeing", "0 is greatest distress", "5 is no distress", "Up to 7 questions").
			silent("Scale 1: activity", "Scale 12")
		ann.fill(two, form{}.and(on("on", "12", "1"))).is(http.StatusUnprocessableEntity).says("Answer at least one question")
		ann.fill(two, form{"items.scale-2-impairment": "2.5", "items.scale-2-activity": "3", "items.scale-7-wellbeing": "4"}.and(on("on", "12", "1"))).is(http.StatusOK).
			says("Scale 2: impairment: 2.5 on a scale from 0 to 5", "Scale 7: wellbeing: 4", "Left out: question 3, 4, 5, 6, 7.").silent("Scale 1:", "9, 10")

		found, err := w.App.Referral(t.Context(), w.Ann, scheme.ReferralID(strings.TrimPrefix(referral, "/referrals/")))
		must(t, err)
		if got := found.Assessments[0]; len(got.Responses) != 3 || len(got.Scores) != 3 {
			t.Errorf("kept %v as %v", got.Responses, got.Scores)
		}
		next := ann.get(at + "day-84").is(http.StatusOK)
		for _, scale := range []string{"scale-2", "scale-7"} {
			if !strings.Contains(next.source, `value="`+scale+`" checked`) {
				t.Errorf("%s is not ticked", scale)
			}
		}
		if strings.Count(next.source, " checked") != 2 || strings.Contains(next.source, "2.5") {
			t.Error("more is ticked than was rated, or an earlier rating shows")
		}
		again := ann.get(at + "day-84&group=scale-2").is(http.StatusOK).silent("2.5 on")
		if again.typed("items.scale-2-impairment") != "" {
			t.Error("an earlier rating shows")
		}
		page := "/assessments/" + string(found.Assessments[0].ID)
		ann.get(page).is(http.StatusOK).says("Scale 7: impairment: left out").silent("Scale 1:")
		ann.get(page + "/correct").is(http.StatusOK).says("Scale 7: self-care").silent("Scale 1:")
		ann.fill(page+"/correct", form{"items.scale-2-impairment": "2.5", "items.scale-7-wellbeing": "4.5", "reason": "typed wrong", "occasion": "baseline"}.and(on("on", "12", "1"))).is(http.StatusOK).says("4.5")
	})
}
