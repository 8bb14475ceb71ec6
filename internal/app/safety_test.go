package app_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
	kit "cairn/internal/testkit/town"
)

// eachClinic builds a town whose schemes measure low mood and own concerns.
func eachClinic(t *testing.T, fn func(t *testing.T, w *town)) {
	t.Helper()
	kit.Each(t, func(t *testing.T, w *kit.Town) {
		w.Settle("phq9", "core10", "mycaw")
		fn(t, &town{w})
	})
}

// phq9 is answered 1 throughout, but for question 9; -1 leaves that out.
func phq9(of scheme.ReferralID, on string, ninth int) app.NewAssessment {
	said := map[string]int{}
	for n := 1; n <= 8; n++ {
		said[fmt.Sprintf("item-%d", n)] = 1
	}
	if ninth >= 0 {
		said["item-9"] = ninth
	}
	return app.NewAssessment{Referral: of, Measure: "phq9", On: on, Occasion: scheme.Later, Responses: said}
}

// total is PHQ-9 typed in as a score, with what was said of question 9.
func total(of scheme.ReferralID, on string, said scheme.RiskAnswer) app.NewAssessment {
	return app.NewAssessment{Referral: of, Measure: "phq9", On: on, Occasion: scheme.Later, Score: "11", RiskAnswer: said}
}

func (w *town) safety(by app.Actor) app.SafetyView {
	w.T.Helper()
	v, err := w.App.Safety(w.T.Context(), by)
	must(w.T, err)
	return v
}

// told is one line for each alert that a page lists.
func told(all []app.AlertView) string {
	var said []string
	for _, v := range all {
		said = append(said, strings.TrimSpace(fmt.Sprintf("%s %s %s %s %s", v.Kind, v.Reference, v.MeasureName, v.Question, v.Answer)))
	}
	return strings.Join(said, "; ")
}

// An answer at or above the bound raises an alert whichever way it came in; one
// below it, none; one left out is a gap and not a zero.
func TestAnswerRaisesAnAlertOnEveryPath(t *testing.T) {
	eachClinic(t, func(t *testing.T, w *town) {
		v := w.refer(w.Bo, w.Garden, "R-1", "2026-01-05")
		ten := map[string]int{}
		for n := 1; n <= 10; n++ {
			ten[fmt.Sprintf("item-%d", n)] = 0
		}
		ten["item-6"] = 4
		for i, c := range []struct {
			in   app.NewAssessment
			want string
		}{
			{phq9(v.Referral.ID, "2026-01-05", 0), ""},
			{phq9(v.Referral.ID, "2026-01-06", 1), "answer R-1 PHQ-9 question 9 1, “Several days”"},
			{phq9(v.Referral.ID, "2026-01-07", 3), "answer R-1 PHQ-9 question 9 3, “Nearly every day”"},
			{phq9(v.Referral.ID, "2026-01-08", -1), "unanswered R-1 PHQ-9 question 9"},
			{total(v.Referral.ID, "2026-01-09", "0"), ""},
			{total(v.Referral.ID, "2026-01-10", "2"), "answer R-1 PHQ-9 question 9 2, “More than half the days”"},
			{total(v.Referral.ID, "2026-01-11", scheme.NotAnswered), "unanswered R-1 PHQ-9 question 9"},
			{total(v.Referral.ID, "2026-01-12", ""), "unanswered R-1 PHQ-9 question 9"},
			{app.NewAssessment{Referral: v.Referral.ID, Measure: "core10", On: "2026-01-05", Occasion: scheme.Later, Responses: ten}, "answer R-1 CORE-10 question 6 4, “Most or all of the time”"},
		} {
			c.in.Key = fmt.Sprint("key ", i)
			made, err := w.App.RecordAssessment(t.Context(), w.Bo, c.in)
			must(t, err)
			again, err := w.App.RecordAssessment(t.Context(), w.Bo, c.in)
			must(t, err)
			if again.ID != made.ID {
				t.Fatalf("case %d was recorded twice", i)
			}
			raised, err := w.App.Raised(t.Context(), w.Bo, made.ID)
			must(t, err)
			if got := told(raised); got != c.want {
				t.Errorf("case %d raised %q, want %q", i, got, c.want)
			}
		}
		if v := w.safety(w.Bo); len(v.Answers) != 4 || len(v.Left) != 3 || len(v.Imports) != 0 {
			t.Errorf("listed: %s; %s; %d imports", told(v.Answers), told(v.Left), len(v.Imports))
		}
	})
}

// What cannot stand on the form is refused; what was said is kept.
func TestAnswerBesideAScoreIsKept(t *testing.T) {
	eachClinic(t, func(t *testing.T, w *town) {
		v := w.refer(w.Bo, w.Garden, "R-1", "2026-01-05")
		for _, said := range []scheme.RiskAnswer{"4", "-1", "yes", "1.5"} {
			_, err := w.App.RecordAssessment(t.Context(), w.Bo, total(v.Referral.ID, "2026-01-05", said))
			refusedAt(t, err, fault.ScoreRange, "risk_answer")
		}
		both := phq9(v.Referral.ID, "2026-01-05", 1)
		both.RiskAnswer = "1"
		_, err := w.App.RecordAssessment(t.Context(), w.Bo, both)
		refusedAt(t, err, fault.InputInvalid, "risk_answer")
		made, err := w.App.RecordAssessment(t.Context(), w.Bo, total(v.Referral.ID, "2026-01-05", "0"))
		must(t, err)
		if made.RiskAnswer != "0" || made.Responses != nil {
			t.Errorf("kept %q and %v", made.RiskAnswer, made.Responses)
		}
		none, err := w.App.RecordAssessment(t.Context(), w.Bo, total(v.Referral.ID, "2026-01-06", ""))
		must(t, err)
		if none.RiskAnswer != scheme.NotAnswered {
			t.Errorf("kept %q of an answer that nobody gave", none.RiskAnswer)
		}
	})
}

func refusedAt(t *testing.T, err error, code fault.Code, field string) {
	t.Helper()
	all, accident := fault.All(err)
	if accident != nil || len(all) != 1 || all[0].Code != code || all[0].Field != field {
		t.Errorf("got %v, want %s at %s", err, code, field)
	}
}

// A correction raises what is new in it, and once.
func TestCorrectionRaises(t *testing.T) {
	eachClinic(t, func(t *testing.T, w *town) {
		v := w.refer(w.Bo, w.Garden, "R-1", "2026-01-05")
		made, err := w.App.RecordAssessment(t.Context(), w.Bo, phq9(v.Referral.ID, "2026-01-05", 0))
		must(t, err)
		correct := func(version int, ninth, first int) {
			t.Helper()
			in := phq9(v.Referral.ID, "2026-01-05", ninth)
			in.Responses["item-1"] = first
			_, err := w.App.CorrectAssessment(t.Context(), w.Bo, app.Correction{
				Assessment: made.ID, Version: version, Reason: "typed wrong", On: in.On, Occasion: in.Occasion, Responses: in.Responses,
			})
			must(t, err)
		}
		correct(1, 1, 1)
		if got := told(w.safety(w.Bo).Answers); got != "answer R-1 PHQ-9 question 9 1, “Several days”" {
			t.Errorf("a corrected answer raised %q", got)
		}
		correct(2, 1, 2) // another question
		correct(3, 0, 2)
		if all := w.safety(w.Bo).Answers; len(all) != 1 || all[0].State != scheme.AlertOpen {
			t.Errorf("an answer that was corrected away leaves %s", told(all))
		}
		one, err := w.App.Alert(t.Context(), w.Bo, pressing(t, w.safety(w.Bo).Answers).ID)
		must(t, err)
		if one.AnswerNow != "0, “Not at all”" {
			t.Errorf("the alert says that the answer is %q now", one.AnswerNow)
		}
		correct(4, 3, 2)
		correct(5, -1, 2)
		if v := w.safety(w.Bo); len(v.Answers) != 2 || len(v.Left) != 1 {
			t.Errorf("in the end: %s; %s", told(v.Answers), told(v.Left))
		}
	})
}

// A correction of a score that does not speak of question 9 leaves what was
// said of it.
func TestCorrectedScoreKeepsItsAnswer(t *testing.T) {
	eachClinic(t, func(t *testing.T, w *town) {
		v := w.refer(w.Bo, w.Garden, "R-1", "2026-01-05")
		made, err := w.App.RecordAssessment(t.Context(), w.Bo, total(v.Referral.ID, "2026-01-05", "2"))
		must(t, err)
		now, err := w.App.CorrectAssessment(t.Context(), w.Bo, app.Correction{
			Assessment: made.ID, Version: 1, Reason: "typed wrong", On: "2026-01-05", Occasion: scheme.Later, Score: "12"})
		must(t, err)
		if all := w.safety(w.Bo).Answers; now.RiskAnswer != "2" || len(all) != 1 {
			t.Errorf("kept %q; %s", now.RiskAnswer, told(all))
		}
	})
}

// An alert goes with its assessment to whom that belongs; what somebody dealt
// with was about the wrong person, and is raised again.
func TestAlertFollowsThePerson(t *testing.T) {
	eachClinic(t, func(t *testing.T, w *town) {
		one, two := w.refer(w.Ann, w.Garden, "R-1", "2026-01-05"), w.refer(w.Ann, w.Choir, "R-2", "2026-01-05")
		made, err := w.App.RecordAssessment(t.Context(), w.Ann, phq9(one.Referral.ID, "2026-01-05", 2))
		must(t, err)
		move := func(version int, to scheme.ReferralID) {
			t.Helper()
			_, err := w.App.MoveAssessment(t.Context(), w.Ann, app.Move{Assessment: made.ID, Version: version, Reason: "wrong person", Referral: to})
			must(t, err)
		}
		move(1, two.Referral.ID)
		if got := told(w.safety(w.Ann).Answers); got != "answer R-2 PHQ-9 question 9 2, “More than half the days”" {
			t.Errorf("after a move: %q", got)
		}
		if got := told(w.safety(w.Bo).Answers); got != "" {
			t.Errorf("Bo, who does not work there, sees %q", got)
		}
		w.answer(w.Ann, pressing(t, w.safety(w.Ann).Answers).ID, scheme.Dealing, "")
		move(2, one.Referral.ID)
		if all := w.safety(w.Ann).Answers; len(all) != 2 || all[0].Reference != "R-1" || all[1].State != scheme.AlertOpen {
			t.Errorf("after a move of what was dealt with: %s", told(all))
		}
		_, err = w.App.MergePeople(t.Context(), w.Ann, app.Merge{Keep: two.Person.ID, Other: one.Person.ID, Reason: "the same person"})
		must(t, err)
		for _, v := range w.safety(w.Ann).Answers {
			if v.Reference != "R-2" {
				t.Errorf("after a merge an alert is of %s", v.Reference)
			}
		}
	})
}

func (w *town) answer(by app.Actor, id scheme.AlertID, choice scheme.Choice, note string) app.AlertView {
	w.T.Helper()
	v, err := w.App.Alert(w.T.Context(), by, id)
	must(w.T, err)
	v, err = w.App.AnswerAlert(w.T.Context(), by, app.AlertAnswer{Alert: id, Version: v.Revision, Choice: choice, Note: note})
	must(w.T, err)
	return v
}

// Whatever adds an assessment or a version of one goes through the functions
// that raise alerts.
func TestNothingIsRecordedPastTheAlerts(t *testing.T) {
	past := regexp.MustCompile(`\.(AddAssessment|AddNewcomers|Revise|WithdrawAll)\(`)
	files, err := filepath.Glob("*.go")
	must(t, err)
	found := 0
	for _, f := range files {
		source, err := os.ReadFile(f)
		must(t, err)
		n := len(past.FindAll(source, -1))
		if f == "raising.go" {
			found = n
		} else if n > 0 && !strings.HasSuffix(f, "_test.go") {
			t.Errorf("%s records past the alerts", f)
		}
	}
	if found != 4 {
		t.Errorf("raising.go records in %d places, want 4", found)
	}
}

// An alert and what raised it are kept together or not at all.
func TestAlertAndAssessmentAreOneWrite(t *testing.T) {
	eachClinic(t, func(t *testing.T, w *town) {
		v := w.refer(w.Bo, w.Garden, "R-1", "2026-01-05")
		before := w.Rows()
		late := app.New(&silent{w.Store}, kit.Passwords(), app.Config{Now: w.Clock})
		if _, err := late.RecordAssessment(t.Context(), w.Bo, phq9(v.Referral.ID, "2026-01-05", 1)); !errors.Is(err, errBroken) {
			t.Errorf("without its alert it was kept: %v", err)
		}
		if after := w.Rows(); after != before {
			t.Errorf("left behind:\n%s\nbefore:\n%s", after, before)
		}
	})
}

// A silent store cannot keep alerts.
type silent struct{ app.Store }

func (s *silent) Write(ctx context.Context, org scheme.OrgID, fn func(app.Writer) error) error {
	return s.Store.Write(ctx, org, func(w app.Writer) error { return fn(silentWriter{w}) })
}

type silentWriter struct{ app.Writer }

func (silentWriter) AddAlert(scheme.Alert, []scheme.DueMail) error { return errBroken }

// What was said about an alert stays with who and when; it is listed until it is
// closed, and then no more is said.
func TestAlertUntilItIsClosed(t *testing.T) {
	eachClinic(t, func(t *testing.T, w *town) {
		v := w.refer(w.Bo, w.Garden, "R-1", "2026-01-05")
		made, err := w.App.RecordAssessment(t.Context(), w.Bo, phq9(v.Referral.ID, "2026-01-05", 1))
		must(t, err)
		raised, err := w.App.Raised(t.Context(), w.Bo, made.ID)
		must(t, err)
		id := pressing(t, raised).ID
		ask := func(in app.AlertAnswer) error {
			in.Alert = id
			_, err := w.App.AnswerAlert(t.Context(), w.Bo, in)
			return err
		}
		refusedAt(t, ask(app.AlertAnswer{Version: 1}), fault.InputInvalid, "choice")
		refusedAt(t, ask(app.AlertAnswer{Version: 1, Choice: "fine"}), fault.InputInvalid, "choice")
		refusedAt(t, ask(app.AlertAnswer{Version: 1, Choice: scheme.PassedOn}), fault.InputInvalid, "note")
		refusedAt(t, ask(app.AlertAnswer{Version: 1, Choice: scheme.Closing, Note: " "}), fault.InputInvalid, "note")
		refusedAt(t, ask(app.AlertAnswer{Version: 1, Choice: scheme.Dealing, Note: "943 476 5919"}), fault.InputInvalid, "note")
		refusedAt(t, ask(app.AlertAnswer{Version: 2, Choice: scheme.Dealing}), fault.Stale, "version")
		w.Wait(time.Minute)
		first := app.AlertAnswer{Key: "k", Version: 1, Choice: scheme.PassedOn, Note: "Canary of the surgery"}
		must(t, ask(first))
		must(t, ask(first)) // the same request again
		w.answer(w.Ann, id, scheme.KnownOf, "")
		if all := w.safety(w.Bo).Answers; len(all) != 1 || all[0].State != scheme.AlertHeld {
			t.Errorf("before it is closed: %s", told(all))
		}
		end := w.answer(w.Bo, id, scheme.Closing, "Seen by the GP")
		if len(end.Deeds) != 3 || end.Deeds[0].Login != "bo" || end.Deeds[0].Note != "Canary of the surgery" || end.Deeds[1].Login != "ann" ||
			!end.Deeds[0].At.Equal(kit.Noon().Add(time.Minute)) || end.Deeds[0].At.Format("15:04") != "13:01" { // summer time
			t.Errorf("what was done: %+v", end.Deeds)
		}
		if all := w.safety(w.Bo).Answers; len(all) != 0 {
			t.Errorf("after it was closed: %s", told(all))
		}
		refusedAt(t, ask(app.AlertAnswer{Version: 4, Choice: scheme.Dealing}), fault.AlertClosed, "")
		for _, cell := range w.Cells("SELECT note FROM alert_steps WHERE note IS NOT NULL") {
			if strings.Contains(cell, "Canary") {
				t.Error("a note lies open in the database")
			}
		}
		acts := strings.Join(w.Cells("SELECT act FROM audit ORDER BY id"), " ")
		if n := strings.Count(acts, "alert.answer"); n != 3 {
			t.Errorf("the audit has %d answers to an alert: %s", n, acts)
		}
	})
}

// What is another scheme's or organisation's looks like what is not there.
func TestForeignAlertLooksMissing(t *testing.T) {
	eachClinic(t, func(t *testing.T, w *town) {
		v := w.refer(w.Ann, w.Choir, "R-1", "2026-01-05")
		made, err := w.App.RecordAssessment(t.Context(), w.Ann, phq9(v.Referral.ID, "2026-01-05", 1))
		must(t, err)
		raised, err := w.App.Raised(t.Context(), w.Ann, made.ID)
		must(t, err)
		for _, by := range []app.Actor{w.Bo, w.Cy} {
			for _, id := range []scheme.AlertID{pressing(t, raised).ID, "0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11", "x", ""} {
				_, err := w.App.Alert(t.Context(), by, id)
				refusedAt(t, err, fault.NotFound, "")
				_, err = w.App.AnswerAlert(t.Context(), by, app.AlertAnswer{Alert: id, Version: 1, Choice: scheme.Dealing})
				refusedAt(t, err, fault.NotFound, "")
			}
			if all, err := w.App.Raised(t.Context(), by, made.ID); err != nil || len(all) > 0 {
				t.Errorf("%s sees %s, %v", by.Login, told(all), err)
			}
		}
	})
}
