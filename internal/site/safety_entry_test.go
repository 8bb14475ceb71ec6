package site_test

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// protocolAt demands that a saved page led to the page of an alert, and that this
// is of whom the answer is.
func (s seen) protocolAt(reference string) seen {
	s.t.Helper()
	if s.is(http.StatusOK); !strings.HasPrefix(s.at, "/safety/alerts/") {
		s.t.Fatalf("it led to %s, and not to what to do: %s", s.at, s.text())
	}
	return s.says(reference, "The record was saved", "This answer needs action", "question 9 of PHQ-9", "What to do")
}

// answers are what waits for somebody with an answer, as the town has it.
func (w *town) answers() []app.AlertView {
	w.T.Helper()
	v, err := w.App.Safety(w.T.Context(), w.Bo)
	must(w.T, err)
	return v.Answers
}

// Answer by answer or as digits, a form on which question 9 is answered with 1
// raises an alert, and leads whoever typed it to what to do.
func TestEveryWayOfTypingLeadsToTheProtocol(t *testing.T) {
	eachClinic(t, func(t *testing.T, w *town, of scheme.ReferralID) {
		bo := w.signedIn("bo")
		path := "/referrals/" + string(of) + "/assessments/new?measure=phq9&occasion=later&way="
		for i, c := range []struct {
			way   string
			typed form
		}{
			{"items", ninth("1")},
			{"digits", on("on", "7", "1").and(form{"digits": "0 1 1 1 1 1 1 2 1"})},
			{"digits", on("on", "8", "1").and(form{"digits": "022222221"})},
		} {
			bo.fill(path+c.way, c.typed).protocolAt("R-1")
			if got := w.answers(); len(got) != i+1 {
				t.Errorf("%s: %d alerts, want %d", c.way, len(got), i+1)
			}
		}
		calm := bo.fill(path+"digits", on("on", "9", "1").and(form{"digits": "111111120"})).is(http.StatusOK)
		if !strings.HasPrefix(calm.at, "/referrals/") || len(w.answers()) != 3 {
			t.Errorf("an answer of 0 led to %s and raised %d alerts", calm.at, len(w.answers()))
		}
	})
}

// A correction that makes question 9 one to act upon leads there too: answer by
// answer, as digits, and as a total, which is asked for the answer it hides.
func TestEveryCorrectionLeadsToTheProtocol(t *testing.T) {
	eachClinic(t, func(t *testing.T, w *town, of scheme.ReferralID) {
		bo := w.signedIn("bo")
		for i, c := range []struct {
			day, way string
			typed    form
		}{
			{"6", "items", form{"items.item-9": "1"}},
			{"7", "digits", form{"digits": "011111111"}},
			{"8", "score", form{"score": "8", "risk_answer": "1"}},
		} {
			made, err := w.App.RecordAssessment(t.Context(), w.Bo, app.NewAssessment{
				Referral: of, Measure: "phq9", Occasion: scheme.Later, On: "2026-01-0" + c.day, Digits: "011111110",
			})
			must(t, err)
			at := "/assessments/" + string(made.ID) + "/correct"
			typed := bo.kept(at + "?way=" + c.way).and(form{"reason": "read the form again"}).and(c.typed)
			if c.way == "score" {
				delete(typed, "risk_answer")
				bo.post(at, typed).is(http.StatusUnprocessableEntity).says("Choose the answer to question 9, or that it was not answered.")
				if len(w.answers()) != i {
					t.Error("a refused correction raised an alert")
				}
				typed["risk_answer"] = "1"
			}
			bo.post(at, typed).protocolAt("R-1")
			if got := w.answers(); len(got) != i+1 {
				t.Errorf("%s: %d alerts, want %d", c.way, len(got), i+1)
			}
		}
	})
}

// kept is the form of a page as it comes, which is what a browser sends back of
// whatever nobody touches.
func (v *visitor) kept(path string) form {
	v.t.Helper()
	page, all := v.get(path).is(http.StatusOK), form{}
	for n := range page.root.Descendants() {
		if name := attr(n, "name"); name != "" && n.Data != "button" && n.Data != "meta" {
			if value := page.typed(name); value != "" {
				all[name] = value
			}
		}
	}
	return all
}

// In a stack, a row to act upon says so above everything, with a way to what to
// do; other rows are kept or stay as they were typed, and it is said again until
// somebody has it in hand.
func TestAStackSaysWhichFormsNeedAction(t *testing.T) {
	eachClinic(t, func(t *testing.T, w *town, _ scheme.ReferralID) {
		w.received(w.Ann, w.Garden, "R-2")
		w.received(w.Ann, w.Garden, "R-3")
		bo := w.signedIn("bo")
		at := "/schemes/" + string(w.Garden.ID) + "/paper"
		rows := bo.kept(at + "?stack=phq9+baseline").and(form{
			"rows.1.reference": "R-1", "rows.1.on": "6 1 2026", "rows.1.answers": "011111111",
			"rows.2.reference": "R-2", "rows.2.on": "6 1 2026", "rows.2.answers": "011111110",
			"rows.3.reference": "R-3", "rows.3.on": "6 1 2026", "rows.3.answers": "01111111-",
			"rows.4.reference": "R-9", "rows.4.on": "6 1 2026", "rows.4.answers": "022222220",
		})
		page := bo.post(at, rows).is(http.StatusUnprocessableEntity)
		page.says("3 forms were saved.", "Nobody in this scheme has the reference “R-9”", "Act on these 2 forms now",
			"R-1 : the answer to question 9, about thoughts of being better off dead or of self-harm, needs action.",
			"R-3 : question 9, about thoughts of being better off dead or of self-harm, was left out.")
		alerts := w.answers()
		if len(alerts) != 1 || alerts[0].Reference != "R-1" {
			t.Fatalf("%d alerts: %+v", len(alerts), alerts)
		}
		if page.typed("rows.4.answers") != "022222220" {
			t.Error("a row that is not saved is lost")
		}
		alert := "/safety/alerts/" + string(alerts[0].ID)
		if !page.leads(alert+"?saved=1", "_blank") {
			t.Error("no way to what to do, in a tab of its own, so that the stack stays")
		}
		bo.get(alert + "?saved=1").protocolAt("R-1")

		mended := form{"stack": "phq9 baseline", "waiting": string(alerts[0].Assessment)}
		for _, part := range []string{"key", "on", "answers"} {
			mended["rows.1."+part] = page.typed("rows.4." + part)
		}
		mended["rows.1.reference"] = "R-9"
		bo.post(at, mended).is(http.StatusUnprocessableEntity).says("Act on this form now", "R-1")
		bo.fill(alert, form{"choice": "dealing"}).is(http.StatusOK)
		gone := bo.post(at, mended).is(http.StatusUnprocessableEntity)
		if strings.Contains(gone.text(), "Act on") {
			t.Errorf("somebody has it in hand, and it is still said: %s", gone.text())
		}
		cy := w.signedIn("ann").post(at, mended.and(form{"waiting": "no-such-assessment"})).is(http.StatusUnprocessableEntity)
		if strings.Contains(cy.text(), "Act on") {
			t.Error("what is no assessment needs action")
		}
	})
}

// leads reports whether a link goes there, and opens in that place.
func (s seen) leads(to, target string) bool {
	for n := range s.root.Descendants() {
		if n.Data == "a" && attr(n, "href") == to && attr(n, "target") == target {
			return true
		}
	}
	return false
}

// Whatever page writes an assessment asks afterwards what it raised.
func TestNoPageWritesPastTheProtocol(t *testing.T) {
	writes := regexp.MustCompile(`s\.app\.(RecordAssessment|RecordForm|CorrectAssessment|MoveAssessment)\(`)
	asks := regexp.MustCompile(`s\.(afterSaving|pressing)\(`)
	files, err := filepath.Glob("*.go")
	must(t, err)
	found := 0
	for _, f := range files {
		source, err := os.ReadFile(f)
		must(t, err)
		if strings.HasSuffix(f, "_test.go") || !writes.Match(source) {
			continue
		}
		found++
		if !asks.Match(source) {
			t.Errorf("%s writes an assessment and does not ask what that raised", f)
		}
	}
	if found < 3 {
		t.Errorf("%d files write assessments, want at least 3: this test looks for the wrong words", found)
	}
}

// An alert stands above everything that is due, until it is closed.
func TestCaseloadShowsAlertsFirst(t *testing.T) {
	eachClinic(t, func(t *testing.T, w *town, of scheme.ReferralID) {
		bo := w.signedIn("bo")
		raised := bo.fill("/referrals/"+string(of)+"/assessments/new?measure=phq9&occasion=later&way=items", ninth("1")).protocolAt("R-1")
		alert := strings.SplitN(raised.at, "?", 2)[0]
		page := bo.get("/caseload?whose=teams").is(http.StatusOK).says("Answers that need action", "R-1 , PHQ-9, answered on 6 January 2026", "In question 9, about thoughts", "Nobody has said that they have this")
		first, due := strings.Index(page.source, alert), strings.Index(page.source, "cairn-due__go")
		if first < 0 || due >= 0 && due < first {
			t.Error("an alert does not stand above what is due")
		}
		bo.fill(alert, form{"choice": "closed", "note": "Seen by the GP"}).is(http.StatusOK)
		bo.get("/caseload?whose=teams").is(http.StatusOK).silent("Answers that need action", alert)
	})
}

// An answer that turns out to be another person's is somebody's to act upon at
// once: the move leads there, and the alert is of whom it belongs to.
func TestAMoveLeadsToTheProtocol(t *testing.T) {
	eachClinic(t, func(t *testing.T, w *town, of scheme.ReferralID) {
		other := w.received(w.Ann, w.Garden, "R-2")
		made, err := w.App.RecordAssessment(t.Context(), w.Bo, app.NewAssessment{
			Referral: of, Measure: "phq9", Occasion: scheme.Later, On: "2026-01-06", Digits: "011111111",
		})
		must(t, err)
		w.signedIn("bo").fill("/assessments/"+string(made.ID)+"/move", form{"reference": "R-2", "referral": string(other), "reason": "wrong person"}).protocolAt("R-2")
		if all := w.answers(); len(all) != 1 || all[0].Reference != "R-2" {
			t.Errorf("after a move: %+v", all)
		}
	})
}

// pressing is the alert that comes first, where there is one.
func pressing(t *testing.T, all []app.AlertView) app.AlertView {
	t.Helper()
	if len(all) == 0 {
		t.Fatal("nothing was raised")
	}
	return all[0]
}
