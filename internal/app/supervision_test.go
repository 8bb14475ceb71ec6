package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// rows are lines of a summary as "reference initials verdict" with what is to
// be known beside them.
func rows(all []app.Supervised) string {
	var lines []string
	for _, s := range all {
		line := s.Reference + " " + s.Initials + " " + string(s.Reading.Verdict)
		if s.Alerts > 0 {
			line += fmt.Sprintf(" %d alert", s.Alerts)
		}
		if s.Paused {
			line += " paused"
		}
		if s.Waiting {
			line += " waiting"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, ", ")
}

func tallied(all []app.Tallied) string {
	var said []string
	for _, t := range all {
		said = append(said, fmt.Sprintf("%s %d", t.Value, t.Times))
	}
	return strings.Join(said, ", ")
}

// busy gives Bo a caseload in which everything occurs that a summary tells
// apart. Today is 30 June 2026.
func (w *town) busy() {
	w.T.Helper()
	ctx := w.T.Context()
	scored := func(by app.Actor, to scheme.Scheme, reference, received string, scores ...int) app.ReferralView {
		v := w.refer(by, to, reference, received)
		for i, on := range []string{"2026-04-07", "2026-06-29"}[:len(scores)] {
			_, err := w.App.RecordAssessment(ctx, by, raw(v, on, scores[i]))
			must(w.T, err)
		}
		return v
	}
	met := func(v app.ReferralView, on string, outcome scheme.Outcome) {
		_, err := w.App.AddContact(ctx, w.Bo, app.NewContact{Referral: v.Referral.ID, On: on, Way: "phone", Outcome: outcome})
		must(w.T, err)
	}
	better := scored(w.Bo, w.Garden, "R-1", "2026-04-06", 18, 28)
	worse := scored(w.Bo, w.Garden, "R-2", "2026-04-06", 28, 15)
	same := scored(w.Bo, w.Garden, "R-3", "2026-04-06", 21, 21)
	scored(w.Bo, w.Garden, "R-4", "2026-04-06", 21)
	waits := scored(w.Bo, w.Garden, "R-5", "2026-06-01")
	paused := scored(w.Bo, w.Garden, "R-6", "2026-06-01")
	_, err := w.App.PauseReferral(ctx, w.Bo, app.ReferralPauses{Referral: paused.Referral.ID, Version: 1, Pauses: []app.NewPause{{From: "2026-06-10"}}})
	must(w.T, err)
	for reference, on := range map[string]string{"R-7": "2026-06-20", "R-8": "2026-03-31"} {
		v := scored(w.Bo, w.Garden, reference, "2026-01-05")
		met(v, "2026-03-30", scheme.Attended)
		_, err := w.App.ChangeReferral(ctx, w.Bo, app.ReferralChange{Referral: v.Referral.ID, Version: 1, AcceptedOn: "2026-01-05", EndedOn: on, EndReason: "goals-met"})
		must(w.T, err)
	}
	scored(w.Ann, w.Garden, "A-1", "2026-04-06", 28, 15)
	scored(w.Ann, w.Choir, "A-2", "2026-04-06", 28, 15)
	met(better, "2026-06-01", scheme.Attended)
	met(better, "2026-06-08", scheme.Attended)
	met(same, "2026-04-08", scheme.Attended)
	met(worse, "2026-06-02", scheme.NoAnswer)
	met(waits, "2026-06-03", scheme.DidNotAttend)
	_, err = w.App.CloseDue(ctx, w.Bo, app.NewNotDone{Referral: waits.Referral.ID, Measure: "swemwbs", Occasion: scheme.Baseline, Reason: "declined"})
	must(w.T, err)
}

// A summary has the caseload as it is today, what was done in the period, and
// each person's course by the scheme's own rule; those who are worse come first,
// and everybody else in order of reference.
func TestSupervision(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.busy()
		v, err := w.App.Supervision(t.Context(), w.Bo, app.SupervisionAsk{})
		must(t, err)
		got := []string{
			v.Who.Login, v.Period, v.Span.Long(), fmt.Sprint(v.Open, v.Paused, v.Waiting, v.Seen, v.Only, v.More),
			tallied(v.Contacts), tallied(v.NotDone), tallied(v.Ends), tallied(v.Declines), rows(v.Talk), rows(v.Others), rows(v.Closed),
		}
		w.holds("Bo's quarter", got,
			"bo", "2026-Q2", "1 April 2026 to 30 June 2026", "6 1 1 2 [Garden] false",
			"attended 3, did-not-attend 1, no-answer 1", "declined 1", "goals-met 1", "",
			"R-2 C.R. reliably_worse",
			"R-1 C.R. reliably_better, R-3 C.R. no_reliable_change, R-4 C.R. one_score, R-5 C.R. no_score waiting, R-6 C.R. no_score paused",
			"R-7 C.R. no_score")
		list, err := w.App.Caseload(t.Context(), w.Bo, app.CaseloadAsk{})
		must(t, err)
		if fmt.Sprint(v.Due) != fmt.Sprint(list.Counts) || v.Due[scheme.Overdue] == 0 {
			t.Errorf("due %v, and on the caseload %v", v.Due, list.Counts)
		}
		march, err := w.App.Supervision(t.Context(), w.Bo, app.SupervisionAsk{Period: "2026-03"})
		must(t, err)
		w.holds("Bo's March", []string{tallied(march.Contacts), tallied(march.NotDone), rows(march.Closed), fmt.Sprint(march.Open, march.Seen)},
			"attended 2", "", "R-8 C.R. no_score", "6 2")
	})
}

// An alert that is not closed comes first too, whatever became of the referral,
// and is gone when it is closed.
func TestSupervisionBeginsWithAlerts(t *testing.T) {
	eachClinic(t, func(t *testing.T, w *town) {
		for reference, ninth := range map[string]int{"R-1": 1, "R-2": 0} {
			v := w.refer(w.Bo, w.Garden, reference, "2026-01-05")
			_, err := w.App.RecordAssessment(t.Context(), w.Bo, phq9(v.Referral.ID, "2026-01-06", ninth))
			must(t, err)
			_, err = w.App.ChangeReferral(t.Context(), w.Bo, app.ReferralChange{Referral: v.Referral.ID, Version: 1, AcceptedOn: "2026-01-05", EndedOn: "2026-02-06", EndReason: "planned"})
			must(t, err)
		}
		bos := func() string {
			v, err := w.App.Supervision(t.Context(), w.Bo, app.SupervisionAsk{})
			must(t, err)
			return rows(v.Talk) + " | " + rows(v.Others) + " | " + rows(v.Closed)
		}
		if got := bos(); got != "R-1 C.R. one_score 1 alert |  | " {
			t.Errorf("with an alert: %q", got)
		}
		own, err := w.App.CaseloadAlerts(t.Context(), w.Bo, app.Mine)
		must(t, err)
		w.answer(w.Bo, pressing(t, own.Answers).ID, scheme.Dealing, "")
		w.answer(w.Bo, pressing(t, own.Answers).ID, scheme.Closing, "Seen by the GP")
		if got := bos(); got != " |  | " {
			t.Errorf("without one: %q", got)
		}
	})
}

// Everybody sees their own, a manager whoever works in their schemes and no more
// than those schemes; to everybody else it is not there. A scheme that knows no
// names shows no initials.
func TestWhoSeesASupervision(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		w.busy()
		dot := w.Join(app.NewUser{Login: "dot", Org: w.Ann.Org, Role: app.Manager, Schemes: []scheme.ID{w.Choir.ID}})
		eve := w.Join(app.NewUser{Login: "eve", Org: w.Ann.Org, Role: app.Researcher, AllSchemes: true})
		for name, c := range map[string]struct {
			by   app.Actor
			ask  app.SupervisionAsk
			want fault.Code
		}{
			"Bo asks for Ann's":               {w.Bo, app.SupervisionAsk{Who: w.Ann.Account}, fault.NotFound},
			"Cy asks for Bo's":                {w.Cy, app.SupervisionAsk{Who: w.Bo.Account}, fault.NotFound},
			"Dot has no scheme of Bo's":       {dot, app.SupervisionAsk{Who: w.Bo.Account}, fault.NotFound},
			"of a researcher":                 {w.Ann, app.SupervisionAsk{Who: eve.Account}, fault.NotFound},
			"by a researcher":                 {eve, app.SupervisionAsk{}, fault.NotAllowed},
			"of nobody":                       {w.Ann, app.SupervisionAsk{Who: "nonsense"}, fault.NotFound},
			"a period that is none":           {w.Bo, app.SupervisionAsk{Period: "2026-13"}, fault.PeriodInvalid},
			"a period that lies ahead":        {w.Bo, app.SupervisionAsk{Period: "2026-07"}, fault.PeriodInvalid},
			"the control: Ann asks for Bo's":  {w.Ann, app.SupervisionAsk{Who: w.Bo.Account}, ""},
			"the control: Dot asks for Ann's": {dot, app.SupervisionAsk{Who: w.Ann.Account}, ""},
		} {
			_, err := w.App.Supervision(ctx, c.by, c.ask)
			if c.want == "" && err != nil || c.want != "" && !fault.Is(err, c.want) {
				t.Errorf("%s: %v, want %s", name, err, c.want)
			}
		}
		v, err := w.App.Supervision(ctx, dot, app.SupervisionAsk{Who: w.Ann.Account})
		must(t, err)
		if got := rows(v.Talk) + rows(v.Others); got != "A-2 C.A. reliably_worse" || !slices.Equal(v.Only, []string{"Choir"}) || len(v.Colleagues) != 2 {
			t.Errorf("Dot sees %q of %v, and %d colleagues", got, v.Only, len(v.Colleagues))
		}
		bos, err := w.App.Supervision(ctx, w.Bo, app.SupervisionAsk{})
		must(t, err)
		if len(bos.Colleagues) > 0 {
			t.Errorf("Bo is offered %v", bos.Colleagues)
		}
		_, err = w.App.ChangeProfile(ctx, w.Ann, app.ProfileChange{Scheme: w.Garden.ID, Version: 1, Profile: scheme.ByReference})
		must(t, err)
		bos, err = w.App.Supervision(ctx, w.Bo, app.SupervisionAsk{})
		must(t, err)
		if got := rows(bos.Talk); got != "R-2  reliably_worse" {
			t.Errorf("known by reference: %q", got)
		}
	})
}
