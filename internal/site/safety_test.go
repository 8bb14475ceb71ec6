package site_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	kit "cairn/internal/testkit/town"
)

// eachClinic is a town whose schemes measure low mood and own concerns, and
// somebody referred to Garden.
func eachClinic(t *testing.T, fn func(t *testing.T, w *town, of scheme.ReferralID)) {
	t.Helper()
	kit.Each(t, func(t *testing.T, empty *kit.Town) {
		w := found(empty, nil)
		w.Settle("phq9", "mycaw", "core10")
		fn(t, w, w.received(w.Ann, w.Garden, "R-1"))
	})
}

// ninth is PHQ-9 as it is chosen on the page, with an answer to question 9.
func ninth(said string) form {
	f := on("on", "6", "1").and(form{"items.item-1": "0"})
	for _, n := range []string{"2", "3", "4", "5", "6", "7", "8"} {
		f["items.item-"+n] = "1"
	}
	if said != "" {
		f["items.item-9"] = said
	}
	return f
}

// Saving an answer that needs action is never refused, and leads to a page with
// the answer in words, what to do and three choices; saving one that does not
// goes on as ever.
func TestAlertPageWithoutProtocol(t *testing.T) {
	eachClinic(t, func(t *testing.T, w *town, of scheme.ReferralID) {
		bo := w.signedIn("bo")
		path := "/referrals/" + string(of) + "/assessments/new?measure=phq9&occasion=later"
		page := bo.fill(path, ninth("2").and(form{"measure": "phq9", "occasion": "later"})).is(http.StatusOK)
		if !strings.HasPrefix(page.at, "/safety/alerts/") {
			t.Fatalf("it led to %s", page.at)
		}
		page.says("The record was saved", "R-1 answered question 9 of PHQ-9, about thoughts of being better off dead or of self-harm, on 6 January 2026",
			"2, “More than half the days”", "Your organisation has recorded no protocol here", "999", "111", "116 123",
			"I am dealing with it now", "I passed it on to somebody", "We already know about this")
		if n := strings.Count(page.text(), "Source: "); n != 3 || !strings.Contains(page.text(), "Read on 22 November 2026") {
			t.Errorf("%d of 3 numbers name their source: %s", n, page.text())
		}
		at := strings.SplitN(page.at, "?", 2)[0]
		if !strings.Contains(page.source, "data-saved") {
			t.Error("nothing marks that what was typed is saved")
		}
		bo.get(at).is(http.StatusOK).silent("data-saved", "The record was saved") // of somebody who comes back to it
		bo.fill(at, form{}).is(http.StatusUnprocessableEntity).says("Choose what is happening about this.").silent("data-saved")
		bo.fill(at, form{"choice": "passed"}).is(http.StatusUnprocessableEntity).says("Say to whom you passed it.")
		bo.fill(at, form{"choice": "passed", "note": "<b>the duty nurse</b>"}).is(http.StatusOK).says("What you said was kept", "Passed on: <b>the duty nurse</b>", "bo")
		bo.get("/safety").is(http.StatusOK).says("R-1", "Passed on, not closed", "No protocol is recorded", "sends no mail")
		bo.get("/referrals/"+string(of)).is(http.StatusOK).says("Safety", "question 9")
		bo.fill(at, form{"choice": "closed", "note": "Seen by the GP"}).is(http.StatusOK).says("This was closed", "Seen by the GP")
		if text := bo.get("/safety").text(); strings.Contains(text, "R-1") {
			t.Errorf("closed, and still listed: %s", text)
		}
		other := bo.fill(strings.Replace(path, "occasion=later", "occasion=waiting", 1), ninth("0").and(on("on", "7", "1")).and(form{"measure": "phq9", "occasion": "waiting"})).is(http.StatusOK)
		if !strings.HasPrefix(other.at, "/referrals/") {
			t.Errorf("an answer of 0 led to %s", other.at)
		}
		left := bo.fill(path, ninth("").and(on("on", "8", "1")).and(form{"measure": "phq9", "occasion": "later"})).is(http.StatusOK)
		left.says("A question was left out", "That is not a zero")
	})
}

// The organisation's own protocol takes the place of national numbers.
func TestAlertPageWithProtocol(t *testing.T) {
	eachClinic(t, func(t *testing.T, w *town, of scheme.ReferralID) {
		w.Wait(11*time.Hour + 30*time.Minute) // half past midnight where the organisation is
		di := w.signedIn("di")
		typed := form{"text": "1. Stay.\n2. Ring the <desk>.", "phone-name-1": "Duty desk", "phone-number-1": "01632 960 001", "lead": string(w.Ann.Account), "minutes": "45"}
		di.fill("/safety/protocol", typed).is(http.StatusUnprocessableEntity).says("Confirm that this is your organisation's protocol.")
		di.fill("/safety/protocol", typed.and(form{"confirmed": "yes", "lead": string(w.Bo.Account), "minutes": "1"})).is(http.StatusUnprocessableEntity).
			says("Choose a practitioner or manager who sees every scheme", "Choose 5 to 1440 minutes.")
		di.fill("/safety/protocol", typed.and(form{"confirmed": "yes"})).is(http.StatusOK).says("Ring the <desk>.", "Version 1, confirmed by di on 1 July 2026", "Lead: ann")
		made, err := w.App.RecordAssessment(t.Context(), w.Bo, app.NewAssessment{Referral: of, Measure: "core10", On: "2026-01-06", Occasion: scheme.Later, Score: "20", RiskAnswer: "4"})
		must(t, err)
		raised, err := w.App.Raised(t.Context(), w.Bo, made.ID)
		must(t, err)
		page := w.signedIn("bo").get("/safety/alerts/"+string(pressing(t, raised).ID)).is(http.StatusOK).says("Ring the <desk>.", "Duty desk: 01632 960 001")
		if strings.Contains(page.text(), "116 123") || strings.Contains(page.text(), "Source: ") {
			t.Error("national numbers stand beside the organisation's own")
		}
	})
}

// A score is asked with the question that it hides, and silence is refused on
// the page, which holds what was typed.
func TestPageAsksForWhatAScoreHides(t *testing.T) {
	eachClinic(t, func(t *testing.T, w *town, _ scheme.ReferralID) {
		hidden := measure.Definition{ // typed in as a score: its questions have no words here
			Key: "own-mood", Version: 1, Name: "Own mood", Short: "Own mood", Rater: measure.Self,
			Items: []measure.Item{{Key: "item-1", Max: 3}, {Key: "item-2", Max: 3}}, Risk: &measure.Risk{Item: "item-2", From: 1, Asks: "harm"},
			Scores: []measure.Score{{Series: "own-mood", Name: "Own mood", Kind: measure.KindRaw, Direction: measure.LowerIsBetter, Max: 6, Enter: true}},
		}
		must(t, w.Store.Write(t.Context(), w.Ann.Org, func(tx app.Writer) error { return tx.AddMeasure(hidden) }))
		sch, err := w.App.AddScheme(t.Context(), w.Ann, app.NewScheme{Name: "Clinic", Measures: []measure.Key{hidden.Key}, Weeks: 12, StartedOn: "2024-01-01"})
		must(t, err)
		of := w.received(w.Ann, sch, "R-2")
		ann := w.signedIn("ann")
		path := "/referrals/" + string(of) + "/assessments/new?way=score&measure=" + string(hidden.Key) + "&occasion=later"
		ann.get(path).is(http.StatusOK).says("What was the answer to question", "Not answered, or not on the form")
		typed := on("on", "6", "1").and(form{"measure": string(hidden.Key), "occasion": "later", "score": "4"})
		ann.fill(path, typed).is(http.StatusUnprocessableEntity).says("or that it was not answered.")
		ann.fill(path, typed.and(form{"risk_answer": "not-answered"})).is(http.StatusOK).says("A question was left out")
		ann.fill(path, typed.and(on("on", "7", "1")).and(form{"risk_answer": "1"})).is(http.StatusOK).says("This answer needs action")
	})
}

// Beside each box for own words stands that nobody reads them straight away, and
// they wait on the safety page.
func TestPageSaysThatWordsWait(t *testing.T) {
	eachClinic(t, func(t *testing.T, w *town, of scheme.ReferralID) {
		bo := w.signedIn("bo")
		path := "/referrals/" + string(of) + "/assessments/new?measure=mycaw&occasion=later"
		asked := bo.get(path).is(http.StatusOK)
		if n := strings.Count(asked.text(), "not read straight away"); n != 2 {
			t.Errorf("it stands beside %d boxes, want 2", n)
		}
		bo.fill(path, on("on", "6", "1").and(form{"measure": "mycaw", "occasion": "later", "own_words.concern-1": "<i>sleep</i>", "items.concern-1-severity": "4", "items.wellbeing": "3"})).is(http.StatusOK)
		page := bo.get("/safety").is(http.StatusOK).says("Own words to read", "Concern 1: <i>sleep</i>")
		words, err := w.App.Safety(t.Context(), w.Bo)
		must(t, err)
		bo.post("/safety/alerts/"+string(pressing(t, words.Words).ID), form{"version": "1", "choice": "closed"}).is(http.StatusOK)
		if text := bo.get("/safety").text(); strings.Contains(text, "sleep") || page.at != "/safety" {
			t.Errorf("read, and still waiting: %s", text)
		}
	})
}
