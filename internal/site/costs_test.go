package site_test

import (
	"net/http"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// satisfied measures somebody's life satisfaction twice.
func (w *town) satisfied(reference string, before, after int) {
	w.T.Helper()
	id := w.referral(reference)
	for _, at := range []struct {
		on    string
		score int
	}{{"2026-01-06", before}, {"2026-03-30", after}} {
		occasion := scheme.Baseline
		if at.on > "2026-02" {
			occasion = "day-84"
		}
		_, err := w.App.RecordAssessment(w.T.Context(), w.Ann, app.NewAssessment{
			Referral: id, Measure: measure.Key("ons4"), On: at.on, Occasion: occasion,
			Responses: map[string]int{"satisfaction": at.score},
		})
		must(w.T, err)
	}
}

// Costs are entered, warned of, changed by one of two and removed, by managers.
func TestCostsPage(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ann, at := w.signedIn("ann"), "/schemes/"+string(w.Garden.ID)+"/costs"
		w.signedIn("bo").get(at).is(http.StatusForbidden)
		w.signedIn("cy").get(at).is(http.StatusNotFound)
		ann.get(at).is(http.StatusOK).says("No cost is entered yet")
		typed := form{"kind": "staff", "pounds": "12,500.50", "from": "2026-Q1", "to": "2026-Q2", "source": "Budget report"}
		ann.fill(at, typed).is(http.StatusOK).says("Cost added", "Staff, 2026-Q1 to 2026-Q2", "£12,500.50", "Budget report").silent("The same money twice?")
		ann.fill(at, typed.and(form{"pounds": "7", "from": "2026-Q2", "to": ""})).is(http.StatusOK).
			says("The same money twice?", "Two lines of staff are both over 2026-Q2: £12,500.50 (Budget report) and £7.00 (Budget report). Both are counted.")
		view, err := w.App.Costs(t.Context(), w.Ann, w.Garden.ID)
		must(t, err)
		line := "/costs/" + string(view.Lines[1].ID)
		if view.Lines[1].Amount != 700 {
			t.Fatalf("the second line is %+v", view.Lines[1])
		}
		w.signedIn("bo").get(line).is(http.StatusForbidden)
		if got, none := w.signedIn("cy").get(line).is(http.StatusNotFound), w.signedIn("cy").get("/costs/"+nobodys).is(http.StatusNotFound); !sameBody(got, none, string(view.Lines[1].ID)) {
			t.Error("another organisation's cost does not look like none")
		}
		ann.fill(line, typed.and(form{"pounds": "8", "from": "2026-Q2"})).is(http.StatusOK).says("Cost changed", "£8.00").silent("£7.00")
		both := ann.fill(line, typed.and(form{"version": "1", "pounds": "9", "from": "2026-Q2"})).is(http.StatusConflict).says("Somebody else changed this cost meanwhile", "£8.00")
		if both.typed("pounds") != "9" || both.typed("version") != "2" {
			t.Errorf("typed %q of version %s", both.typed("pounds"), both.typed("version"))
		}
		ann.fill(line, form{"quick": "remove"}).is(http.StatusOK).says("Cost removed", "Costs that were removed").silent("The same money twice?")
		ann.fill(line, form{"quick": "bring-back"}).is(http.StatusOK).says("The same money twice?").silent("Costs that were removed")
		if got := ann.fill(at, form{"pounds": "1.250,50", "note": "999 000 0018"}).is(http.StatusUnprocessableEntity); strings.Join(got.links(), " ") != "kind pounds from source note" {
			t.Errorf("the summary leads to %v", got.links())
		}
	})
}

// What people cost is told with those who got worse and what is left out; a worth
// only under the reader's ifs.
func TestValuePage(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ann, at := w.signedIn("ann"), "/schemes/"+string(w.Garden.ID)+"/value?measure=ons4-satisfaction"
		ann.get(at).is(http.StatusOK).says("No cost is entered for", "Enter what it costs").silent("would be worth", "For each person")
		ann.fill("/schemes/"+string(w.Garden.ID)+"/costs", form{"kind": "staff", "pounds": "1300", "from": "2026-Q1", "to": "2026-Q2", "source": "books"}).is(http.StatusOK)
		ann.get(at).is(http.StatusOK).says("£1,300", "Nobody was measured twice").silent("NaN", "Work it out")
		for i, after := range []int{5, 6, 7, 8} {
			w.satisfied("V-"+string(rune('1'+i)), 4, after)
		}
		w.satisfied("V-5", 6, 5)
		page := ann.get(at).is(http.StatusOK).says("The costs entered for", "£260", "No costs of volunteers are entered", "Work it out", "No set-up costs are entered", "not for publication", "is not over")
		page.silent("a person in prices", "return on investment", "There is a problem")
		supposed := ann.get(at + "&caused=25&weeks=26").is(http.StatusOK)
		supposed.says("If 25% of this change were caused by the scheme and lasted 26 weeks", "in prices of 2019", "Low: £10,000", "Central: £13,000", "High: £16,000",
			"Do not add this to QALYs", "deadweight", "drop-off", "Nobody knows how much of that the scheme caused")
		// 1.8 points x 25% x half a year x 13,000 is £2,925, of which two digits are told.
		supposed.says("about £2,900 a person", "Regression to the mean", "look it up there before you use it").silent("£2,925")
		supposed.says("not told: costs are missing", "None are entered for 2024-Q1 to 2025-Q4, so it is not told what share").silent("at least £", "The last column")
		page.says("None are entered for 2024-Q1 to 2025-Q4, whose people are counted too, which makes a cost for a person too low", "are in the costs alone, which makes it too high", "£260", "those of 2026-Q1 to 2026-Q2 are counted")
		refused := ann.get(at+"&caused=250&weeks=some").is(http.StatusUnprocessableEntity).says("£260", "a number from 0 to 100", "a whole number from 1 to 520")
		refused.silent("in prices of 2019")
		if links := strings.Join(refused.links(), " "); links != "caused weeks" || refused.typed("caused") != "250" {
			t.Errorf("leads to %s; typed %q", links, refused.typed("caused"))
		}
		ann.get("/schemes/" + string(w.Garden.ID) + "/value?from=spring&caused=5").is(http.StatusUnprocessableEntity).says("There is a problem").silent("£260")
		ann.get("/schemes/"+string(w.Garden.ID)+"/value?measure=ons4-anxiety").is(http.StatusOK).says("Only life satisfaction", "see life satisfaction").silent("Work it out")
		ann.get("/schemes/" + string(w.Garden.ID) + "/evidence").is(http.StatusOK).says("Cost and value")
		// A score without a threshold counts nobody as reliably the same either, and five people have no interval to tell.
		ann.get("/schemes/"+string(w.Garden.ID)+"/evidence?measure=ons4-satisfaction").is(http.StatusOK).
			says("SD of a reference group: better, same, worse not estimable: no", "5 people are too few for an interval").silent("worse 0, 0, 0", "The 95% interval runs")
		w.signedIn("di").get(at).is(http.StatusForbidden)
		w.signedIn("bo").get(at).is(http.StatusOK).says("£260").silent("Add or change costs", "£1,300.00")
	})
}
