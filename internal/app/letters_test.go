package app_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	kit "cairn/internal/testkit/town"
)

// A letterbox stands for the mail server: it keeps what it is handed, or is away.
type letterbox struct {
	mu   sync.Mutex
	got  []app.Message
	away bool
}

func (l *letterbox) Send(_ context.Context, m app.Message) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.away {
		return errors.New("the mail server is away")
	}
	l.got = append(l.got, m)
	return nil
}

// to is who got a mail, in order.
func (l *letterbox) to() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var all []string
	for _, m := range l.got {
		all = append(all, strings.Join(m.To, "+"))
	}
	return strings.Join(all, " ")
}

// posted is a clinic with a lead, a deputy and a manager who have addresses, and
// somebody's answer that needs action.
func (w *town) posted(box *letterbox) (*app.App, scheme.AlertID) {
	w.T.Helper()
	lead := w.Join(app.NewUser{Login: "lead@riverside.example", Org: w.Ann.Org, Role: app.Practitioner, AllSchemes: true})
	deputy := w.Join(app.NewUser{Login: "deputy@riverside.example", Org: w.Ann.Org, Role: app.Practitioner, AllSchemes: true})
	w.Join(app.NewUser{Login: "manager@riverside.example", Org: w.Ann.Org, Role: app.Manager, AllSchemes: true})
	a := app.New(w.Store, kit.Passwords(), app.Config{Now: w.Clock, Mail: box})
	_, err := a.SetProtocol(w.T.Context(), w.Ann, protocol(lead.Account, deputy.Account))
	must(w.T, err)
	v := w.refer(w.Bo, w.Garden, "CANARY-1", "2026-01-05")
	made, err := a.RecordAssessment(w.T.Context(), w.Bo, phq9(v.Referral.ID, "2026-01-05", 1))
	must(w.T, err)
	raised, err := a.Raised(w.T.Context(), w.Bo, made.ID)
	must(w.T, err)
	return a, pressing(w.T, raised).ID
}

func protocol(lead, deputy scheme.AccountID) app.ProtocolChange {
	return app.ProtocolChange{
		Text: "Stay with the person and ring the duty desk.", Phones: []scheme.Phone{{Name: "Duty desk", Number: "01632 960 001"}},
		Lead: lead, Deputy: deputy, Minutes: 30,
	}
}

// Lead, deputy and managers are told one after the other while nobody has it,
// each once, by mails that give nothing away.
func TestAlertIsToldUntilSomebodyHasIt(t *testing.T) {
	eachClinic(t, func(t *testing.T, w *town) {
		box := &letterbox{}
		a, id := w.posted(box)
		want := func(to string) {
			t.Helper()
			for range 2 {
				_, err := a.SendLetters(t.Context())
				must(t, err)
			}
			if got := box.to(); got != to {
				t.Errorf("told: %q, want %q", got, to)
			}
		}
		want("lead@riverside.example")
		w.Wait(29 * time.Minute)
		want("lead@riverside.example")
		w.Wait(time.Minute)
		want("lead@riverside.example deputy@riverside.example")
		w.answer(w.Bo, id, scheme.Dealing, "")
		w.Wait(3 * time.Hour)
		want("lead@riverside.example deputy@riverside.example")
		for _, m := range box.got {
			for _, secret := range []string{"CANARY", "PHQ", "Garden", "question", "risk", "answer", string(id)[:8] + " "} {
				if strings.Contains(m.Head+m.Text, secret) {
					t.Errorf("a mail says %q: %s %s", secret, m.Head, m.Text)
				}
			}
		}
		v, err := a.Alert(t.Context(), w.Bo, id)
		must(t, err)
		var states []string
		for _, l := range v.Told {
			states = append(states, string(l.Step)+" "+string(l.State))
		}
		if got := strings.Join(states, ", "); got != "lead sent, deputy sent, managers dropped" {
			t.Errorf("the page says %s", got)
		}
	})
}

// A mail server that is away loses nothing: what is due goes when it is back.
func TestMailServerAway(t *testing.T) {
	eachClinic(t, func(t *testing.T, w *town) {
		box := &letterbox{away: true}
		a, _ := w.posted(box)
		if _, err := a.SendLetters(t.Context()); err == nil {
			t.Error("nobody heard that mail does not go")
		}
		box.away = false
		w.Wait(2 * time.Minute)
		sent, err := a.SendLetters(t.Context())
		must(t, err)
		if sent != 1 || box.to() != "lead@riverside.example" {
			t.Errorf("%d sent, to %q", sent, box.to())
		}
	})
}

// A server that stopped between taking a mail and sending it leaves it to
// another, a while later.
func TestMailOfAServerThatStopped(t *testing.T) {
	eachClinic(t, func(t *testing.T, w *town) {
		box := &letterbox{}
		a, _ := w.posted(box)
		must(t, w.Store.Write(t.Context(), w.Ann.Org, func(tx app.Writer) error {
			_, ok, err := tx.ClaimLetter(w.Clock(), w.Clock().Add(5*time.Minute))
			if !ok {
				t.Error("no mail was due")
			}
			return err
		}))
		_, err := a.SendLetters(t.Context())
		must(t, err)
		if got := box.to(); got != "" {
			t.Errorf("another server took what was taken: %q", got)
		}
		w.Wait(6 * time.Minute)
		_, err = a.SendLetters(t.Context())
		must(t, err)
		if got := box.to(); got != "lead@riverside.example" {
			t.Errorf("after the stop: %q", got)
		}
	})
}

// Many servers at once send each mail once.
func TestManyServersSendOnce(t *testing.T) {
	eachClinic(t, func(t *testing.T, w *town) {
		box := &letterbox{}
		a, _ := w.posted(box)
		var wait sync.WaitGroup
		for range 6 {
			wait.Go(func() {
				if _, err := a.SendLetters(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		if got := box.to(); got != "lead@riverside.example" {
			t.Errorf("told: %q", got)
		}
	})
}

// Where no protocol names anybody, the managers are told at once; who has no
// address is told on the page.
func TestNoProtocolTellsManagers(t *testing.T) {
	eachClinic(t, func(t *testing.T, w *town) {
		box := &letterbox{}
		w.Join(app.NewUser{Login: "manager@riverside.example", Org: w.Ann.Org, Role: app.Manager, AllSchemes: true})
		a := app.New(w.Store, kit.Passwords(), app.Config{Now: w.Clock, Mail: box})
		for ref, by := range map[string]app.Actor{"R-1": w.Ann, "W-1": w.Cy} {
			to := w.Garden
			if by.Login == "cy" {
				to = w.Walk
			}
			v := w.refer(by, to, ref, "2026-01-05")
			_, err := a.RecordAssessment(t.Context(), by, phq9(v.Referral.ID, "2026-01-05", 1))
			must(t, err)
		}
		_, err := a.SendLetters(t.Context())
		must(t, err)
		if got := box.to(); got != "manager@riverside.example" { // Cy's login is no address
			t.Errorf("told: %q", got)
		}
		if got := w.Cells("SELECT state FROM outbox ORDER BY state"); !slices.Equal(got, []string{"sent", "unaddressed"}) {
			t.Errorf("the outbox holds %v", got)
		}
	})
}

// A protocol is kept in versions, each with who confirmed it; a measure with a
// question to act upon is not asked unattended before there is one.
func TestProtocolVersions(t *testing.T) {
	eachClinic(t, func(t *testing.T, w *town) {
		unattended := func(key measure.Key) bool {
			may, err := w.App.MayAskUnattended(t.Context(), w.Bo, key)
			must(t, err)
			return may
		}
		if unattended("phq9") || !unattended("mycaw") {
			t.Error("without a protocol only measures without such a question are asked unattended")
		}
		in := protocol(w.Ann.Account, "")
		for field, bad := range map[string]func(*app.ProtocolChange){
			"text":   func(p *app.ProtocolChange) { p.Text = "Ring." },
			"phones": func(p *app.ProtocolChange) { p.Phones = nil },
			"phones[0]": func(p *app.ProtocolChange) {
				p.Phones = []scheme.Phone{{Name: "Desk", Number: "soon"}, {Name: "B", Number: "999"}}
			},
			"lead":    func(p *app.ProtocolChange) { p.Lead = w.Bo.Account },
			"deputy":  func(p *app.ProtocolChange) { p.Deputy = p.Lead },
			"minutes": func(p *app.ProtocolChange) { p.Minutes = 1 },
		} {
			broken := in
			bad(&broken)
			_, err := w.App.SetProtocol(t.Context(), w.Ann, broken)
			refusedAt(t, err, fault.InputInvalid, field)
		}
		one, err := w.App.SetProtocol(t.Context(), w.Ann, in)
		must(t, err)
		if one.Version != 1 || one.ByLogin != "ann" || one.LeadLogin != "ann" || !one.At.Equal(kit.Noon()) {
			t.Errorf("%+v", one)
		}
		_, err = w.App.SetProtocol(t.Context(), w.Ann, in)
		refusedAt(t, err, fault.Stale, "version")
		if !unattended("phq9") {
			t.Error("with a protocol it is not asked")
		}
		if other, err := w.App.Protocol(t.Context(), w.Cy); err != nil || other.Recorded() {
			t.Errorf("another organisation sees %+v, %v", other, err)
		}
	})
}

// An import makes one review list, and no mail; run again, it adds nothing. A
// measure of the organisation's own that is named like one with such a question
// is reviewed too.
func TestImportMakesOneReviewList(t *testing.T) {
	eachClinic(t, func(t *testing.T, w *town) {
		start, err := scheme.ParseDay("2026-01-05")
		must(t, err)
		var in []app.Arrival
		for i := range 230 { // more than one batch
			a := app.Arrival{Person: scheme.Person{Reference: fmt.Sprintf("F-%03d", i)}, Referral: scheme.Referral{Scheme: w.Garden.ID, ReceivedOn: start, AcceptedOn: start}}
			one := scheme.Assessment{Measure: "phq9", Version: 2, On: start, Occasion: scheme.Baseline, Rater: measure.Self, Scores: []measure.Scored{{Series: "phq9", Level: 9}}}
			if i%23 == 0 {
				one.RiskAnswer = "1"
			}
			a.Assessments = []app.Arriving{{Line: i + 2, Assessment: one}}
			in = append(in, a)
		}
		got, err := w.App.Load(t.Context(), w.Ann, in, func(int) {})
		must(t, err)
		again, err := w.App.Load(t.Context(), w.Ann, in, func(int) {})
		must(t, err)
		if got.Review != 230 || again.Review != 0 || again.Batch != got.Batch {
			t.Errorf("first %d, again %d", got.Review, again.Review)
		}
		v := w.safety(w.Bo)
		if len(v.Imports) != 1 || v.Imports[0].Raised != 10 || v.Imports[0].Unanswered != 220 || v.Imports[0].Open != 230 || len(v.Answers)+len(v.Left) != 0 {
			t.Errorf("%+v; %d and %d by themselves", v.Imports, len(v.Answers), len(v.Left))
		}
		if zone := v.Imports[0].At.Location().String(); zone != "Europe/London" {
			t.Errorf("an import is dated by the clocks of %s", zone)
		}
		if mails := w.Cells("SELECT COUNT(*) FROM outbox"); mails[0] != "0" {
			t.Errorf("an import made %s mails", mails[0])
		}
		_, lines, err := w.App.Import(t.Context(), w.Bo, got.Batch)
		must(t, err)
		if lines[0].Line != 2 || lines[0].Reference != "F-000" {
			t.Errorf("the first line is %d of %s", lines[0].Line, lines[0].Reference)
		}
		refusedAt(t, w.App.ReviewImport(t.Context(), w.Bo, app.ImportReview{Batch: got.Batch}), fault.InputInvalid, "note")
		refusedAt(t, w.App.ReviewImport(t.Context(), w.Cy, app.ImportReview{Batch: got.Batch, Note: "seen"}), fault.NotFound, "")
		must(t, w.App.ReviewImport(t.Context(), w.Bo, app.ImportReview{Batch: got.Batch, Note: "Looked up in the old notes"}))
		if v := w.safety(w.Bo); v.Imports[0].Open != 0 {
			t.Errorf("%d are left", v.Imports[0].Open)
		}
	})
}

func TestOwnMeasureNamedLikeOneWithAQuestion(t *testing.T) {
	eachClinic(t, func(t *testing.T, w *town) {
		start, err := scheme.ParseDay("2026-01-05")
		must(t, err)
		named := func(key measure.Key, name string) measure.Definition {
			return measure.Definition{Key: key, Version: 1, Name: name, Short: name, Rater: measure.Self, Scores: []measure.Score{{
				Series: measure.Series(key), Name: name, Kind: measure.KindTotal, Direction: measure.LowerIsBetter, Min: 0, Max: 27, Enter: true}}}
		}
		for key, d := range map[measure.Key]measure.Definition{"old-phq": named("old-phq", "PHQ-9 (old sheet)"), "mood": named("mood", "Mood")} {
			must(t, w.Store.Write(t.Context(), w.Ann.Org, func(tx app.Writer) error { return tx.AddMeasure(d) }))
			got, err := w.App.Load(t.Context(), w.Ann, []app.Arrival{{
				Person: scheme.Person{Reference: string(key)}, Referral: scheme.Referral{Scheme: w.Garden.ID, ReceivedOn: start},
				Assessments: []app.Arriving{{Line: 2, Assessment: scheme.Assessment{
					Measure: key, Version: 1, On: start, Occasion: scheme.Baseline, Rater: measure.Self, Scores: []measure.Scored{{Series: measure.Series(key), Level: 9}}}}},
			}}, func(int) {})
			must(t, err)
			if want := map[measure.Key]int{"old-phq": 1, "mood": 0}[key]; got.Review != want {
				t.Errorf("%s: %d to review, want %d", key, got.Review, want)
			}
		}
	})
}

// New own words wait to be read, with who read them; the same words again do not.
func TestOwnWordsWaitToBeRead(t *testing.T) {
	eachClinic(t, func(t *testing.T, w *town) {
		v := w.refer(w.Bo, w.Garden, "R-1", "2026-01-05")
		in := app.NewAssessment{Referral: v.Referral.ID, Measure: "mycaw", On: "2026-01-05", Occasion: scheme.Later,
			Responses: map[string]int{"concern-1-severity": 3, "wellbeing": 4}, Words: map[string]string{"concern-1": "Canary cannot sleep"}}
		made, err := w.App.RecordAssessment(t.Context(), w.Bo, in)
		must(t, err)
		words := w.safety(w.Bo).Words
		if len(words) != 1 || !slices.Equal(words[0].Words, []string{"Concern 1: Canary cannot sleep"}) {
			t.Fatalf("to read: %+v", words)
		}
		_, err = w.App.AnswerAlert(t.Context(), w.Bo, app.AlertAnswer{Alert: words[0].ID, Version: 1, Choice: scheme.Dealing})
		refusedAt(t, err, fault.InputInvalid, "choice")
		read := w.answer(w.Bo, words[0].ID, scheme.Closing, "")
		if len(w.safety(w.Bo).Words) != 0 || read.Deeds[0].Login != "bo" {
			t.Errorf("read: %+v", read.Deeds)
		}
		_, err = w.App.CorrectAssessment(t.Context(), w.Bo, app.Correction{Assessment: made.ID, Version: 1, Reason: "typed wrong", On: "2026-01-05",
			Occasion: scheme.Later, Responses: map[string]int{"concern-1-severity": 2, "wellbeing": 4}})
		must(t, err)
		if words := w.safety(w.Bo).Words; len(words) != 0 {
			t.Errorf("words that were read wait again: %+v", words)
		}
	})
}
