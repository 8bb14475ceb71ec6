package app_test

import (
	"slices"
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// caseload is a due list as "reference occasion standing", in its order.
func (w *town) caseload(by app.Actor, ask app.CaseloadAsk) (all []string) {
	w.T.Helper()
	v, err := w.App.Caseload(w.T.Context(), by, ask)
	must(w.T, err)
	for _, l := range v.Lines {
		if l.Due.Measure == "swemwbs" {
			all = append(all, l.Reference+" "+string(l.Due.Occasion)+" "+string(l.Due.Standing(v.Today)))
		}
	}
	return all
}

func (w *town) holds(name string, got []string, want ...string) {
	w.T.Helper()
	if !slices.Equal(got, want) {
		w.T.Errorf("%s: %q, want %q", name, got, want)
	}
}

func later(v app.ReferralView, reason scheme.NotDoneReason) app.NewNotDone {
	return app.NewNotDone{Referral: v.Referral.ID, Measure: "swemwbs", Occasion: scheme.FixedTime(84), Reason: reason}
}

// Everybody's list is their own, a team's is of the schemes that one sees, and a
// reason takes an item off until it is undone. Today is 30 June 2026.
func TestCaseload(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		over := w.refer(w.Bo, w.Garden, "R-1", "2026-04-06") // due on 29 June
		w.refer(w.Bo, w.Garden, "R-2", "2026-06-25")
		w.refer(w.Ann, w.Choir, "R-3", "2026-01-05") // everything has passed
		w.refer(w.Cy, w.Walk, "H-1", "2026-04-06")
		mine := []string{"R-1 day-84 overdue", "R-2 baseline baseline-missing", "R-1 baseline passed"}
		w.holds("Bo's", w.caseload(w.Bo, app.CaseloadAsk{}), mine...)
		w.holds("Bo's team's", w.caseload(w.Bo, app.CaseloadAsk{Whose: app.Teams}), mine...)
		w.holds("Ann's", w.caseload(w.Ann, app.CaseloadAsk{}), "R-3 baseline passed", "R-3 day-84 passed")
		if got := w.caseload(w.Ann, app.CaseloadAsk{Whose: app.Teams}); len(got) != 5 {
			t.Errorf("Ann's team's: %q", got)
		}

		for attempt := 1; attempt <= 3; attempt++ {
			n, err := w.App.CloseDue(ctx, w.Bo, later(over, scheme.NobodyAnswered))
			must(t, err)
			if n.Attempt != attempt || n.Closes() != (attempt == 3) {
				t.Errorf("attempt %d: %+v", attempt, n)
			}
			w.holds("after no answer", w.caseload(w.Bo, app.CaseloadAsk{}), mine[1:]...)
		}
		_, err := w.App.CloseDue(ctx, w.Bo, later(over, "declined"))
		if !fault.Is(err, fault.DueSettled) {
			t.Errorf("closing what is closed: %v", err)
		}
		v, err := w.App.Referral(ctx, w.Bo, over.Referral.ID)
		must(t, err)
		for _, n := range slices.Backward(v.NotDone) {
			undone, err := w.App.UndoClose(ctx, w.Bo, app.Undoing{ID: n.ID})
			must(t, err)
			if !undone.Undone {
				t.Errorf("undone, and yet %+v", undone)
			}
		}
		w.holds("undone", w.caseload(w.Bo, app.CaseloadAsk{}), mine...)

		back := later(over, "too-distressed")
		back.ComeBackOn = "2026-07-03"
		_, err = w.App.CloseDue(ctx, w.Bo, back)
		must(t, err)
		w.holds("resting", w.caseload(w.Bo, app.CaseloadAsk{}), mine[1:]...)
		w.Wait(3 * 24 * 3600e9)
		w.holds("the day to come back", w.caseload(w.Bo, app.CaseloadAsk{Standing: scheme.Overdue}), mine[0])
		differ, err := w.App.CheckPairs(ctx, w.Ann, func(int) {})
		must(t, err)
		if len(differ) > 0 {
			t.Errorf("what is kept of %v is not what its records say", differ)
		}
	})
}

// A baseline after its window is recorded, and is asked for no more. One before
// it is asked for until the window closes, and no longer: a start moves when the
// first activity is attended. Today is 30 June 2026.
func TestCaseloadAfterABaselineOutOfItsTime(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		late := w.refer(w.Bo, w.Garden, "R-1", "2026-06-01") // in time until 15 June
		early := w.refer(w.Bo, w.Garden, "R-2", "2026-06-25")
		baseline := func(v app.ReferralView, on string) app.NewAssessment {
			in := raw(v, on, 20)
			in.Occasion = scheme.Baseline
			return in
		}
		w.holds("before", w.caseload(w.Bo, app.CaseloadAsk{}), "R-2 baseline baseline-missing", "R-1 baseline passed")
		for _, in := range []app.NewAssessment{baseline(late, "2026-06-20"), baseline(early, "2026-05-01")} {
			_, err := w.App.RecordAssessment(t.Context(), w.Bo, in)
			must(t, err)
		}
		w.holds("recorded", w.caseload(w.Bo, app.CaseloadAsk{}), "R-2 baseline baseline-missing")
		v, err := w.App.Caseload(t.Context(), w.Bo, app.CaseloadAsk{Standing: scheme.BaselineMissing})
		must(t, err)
		for _, l := range v.Lines {
			if l.Due.Measure == "swemwbs" && l.Due.Early.String() != "2026-05-01" {
				t.Errorf("what was answered early is said as %+v", l.Due)
			}
		}
		closes := func(v app.ReferralView) error {
			_, err := w.App.CloseDue(t.Context(), w.Bo, app.NewNotDone{Referral: v.Referral.ID, Measure: "swemwbs", Occasion: scheme.Baseline, Reason: "declined"})
			return err
		}
		if err := closes(late); !fault.Is(err, fault.DueSettled) {
			t.Errorf("closing what was recorded late: %v", err)
		}
		w.Wait(10 * 24 * 3600e9) // 10 July: its window closed the day before
		w.holds("when the window has closed", w.caseload(w.Bo, app.CaseloadAsk{}))
		if err := closes(early); !fault.Is(err, fault.DueSettled) {
			t.Errorf("closing what was recorded early: %v", err)
		}
		differ, err := w.App.CheckPairs(t.Context(), w.Ann, func(int) {})
		must(t, err)
		if len(differ) > 0 {
			t.Errorf("what is kept of %v is not what its records say", differ)
		}
	})
}

// What makes no sense is refused at its place, and what is another's is missing.
func TestCloseDueRefusals(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		v, choir := w.refer(w.Bo, w.Garden, "R-1", "2026-04-06"), w.refer(w.Ann, w.Choir, "R-2", "2026-04-06")
		score := raw(v, "2026-06-29", 20)
		_, err := w.App.RecordAssessment(t.Context(), w.Bo, score)
		must(t, err)
		open := later(v, scheme.ComeBack)
		open.Occasion = scheme.Baseline
		with := func(in app.NewNotDone, change func(*app.NewNotDone)) app.NewNotDone { change(&in); return in }
		for name, c := range map[string]struct {
			in   app.NewNotDone
			want fault.Code
		}{
			"recorded meanwhile":  {later(v, "declined"), fault.DueSettled},
			"no day to come back": {open, fault.DayImpossible},
			"come back today":     {with(open, func(n *app.NewNotDone) { n.ComeBackOn = "2026-06-30" }), fault.DayOrder},
			"in two years":        {with(open, func(n *app.NewNotDone) { n.ComeBackOn = "2028-06-30" }), fault.DayOrder},
			"no reason":           {with(open, func(n *app.NewNotDone) { n.Reason = "" }), fault.InputInvalid},
			"some other reason":   {with(open, func(n *app.NewNotDone) { n.Reason = "bored" }), fault.InputInvalid},
			"not in the plan":     {with(open, func(n *app.NewNotDone) { n.Occasion = "day-7" }), fault.OccasionUnknown},
			"not Bo's scheme":     {later(choir, "declined"), fault.NotFound},
		} {
			if _, err := w.App.CloseDue(t.Context(), w.Bo, c.in); !fault.Is(err, c.want) {
				t.Errorf("%s: %v, want %s", name, err, c.want)
			}
		}
		hers, err := w.App.CloseDue(t.Context(), w.Ann, later(choir, "declined"))
		must(t, err)
		if _, err := w.App.UndoClose(t.Context(), w.Bo, app.Undoing{ID: hers.ID}); !fault.Is(err, fault.NotFound) {
			t.Errorf("Bo undoes what is Ann's: %v", err)
		}
	})
}

// A practitioner gives what is theirs, a manager moves anything, and nobody gets
// what lies in a scheme where they do not work.
func TestHandOverAndCover(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		bea := w.Join(app.NewUser{Login: "bea", Org: w.Ann.Org, Role: app.Practitioner, Schemes: []scheme.ID{w.Garden.ID}})
		one, two := w.refer(w.Bo, w.Garden, "R-1", "2026-04-06"), w.refer(w.Bo, w.Garden, "R-2", "2026-04-06")
		choir := w.refer(w.Ann, w.Choir, "R-3", "2026-04-06")
		lines := func(who app.Actor) int { return len(w.caseload(who, app.CaseloadAsk{Standing: scheme.Overdue})) }
		for name, c := range map[string]struct {
			by   app.Actor
			in   app.HandOver
			want fault.Code
		}{
			"Bea takes what is Bo's":       {bea, app.HandOver{From: w.Bo.Account, To: bea.Account}, fault.NotAllowed},
			"to nobody":                    {w.Bo, app.HandOver{From: w.Bo.Account}, fault.NotFound},
			"to somebody of Hilltop":       {w.Bo, app.HandOver{From: w.Bo.Account, To: w.Cy.Account}, fault.NotFound},
			"to whom the scheme is hidden": {w.Ann, app.HandOver{Referrals: []scheme.ReferralID{choir.Referral.ID}, To: bea.Account}, fault.InputInvalid},
			"of a scheme not Bo's":         {w.Bo, app.HandOver{Referrals: []scheme.ReferralID{choir.Referral.ID}, To: bea.Account}, fault.NotFound},
			"nothing":                      {bea, app.HandOver{From: bea.Account, To: w.Bo.Account}, fault.InputInvalid},
		} {
			if _, err := w.App.HandOver(ctx, c.by, c.in); !fault.Is(err, c.want) {
				t.Errorf("%s: %v, want %s", name, err, c.want)
			}
		}
		done, err := w.App.HandOver(ctx, w.Bo, app.HandOver{Referrals: []scheme.ReferralID{one.Referral.ID}, To: bea.Account})
		must(t, err)
		if done.Referrals != 1 || lines(w.Bo) != 1 || lines(bea) != 1 {
			t.Errorf("%+v leaves %d lines to Bo, %d to Bea", done, lines(w.Bo), lines(bea))
		}

		_, err = w.App.AddCover(ctx, w.Bo, app.NewCover{Away: bea.Account, By: w.Bo.Account, From: "2026-06-30", Until: "2026-07-01"})
		if !fault.Is(err, fault.NotAllowed) {
			t.Errorf("Bo asks for Bea's leave: %v", err)
		}
		cover, err := w.App.AddCover(ctx, bea, app.NewCover{Away: bea.Account, By: w.Bo.Account, From: "2026-06-30", Until: "2026-07-01"})
		must(t, err)
		if lines(w.Bo) != 2 || lines(bea) != 1 {
			t.Errorf("under cover Bo has %d lines, Bea %d", lines(w.Bo), lines(bea))
		}
		w.Wait(2 * 24 * 3600e9)
		if lines(w.Bo) != 1 {
			t.Errorf("after the cover Bo has %d lines", lines(w.Bo))
		}
		if err := w.App.EndCover(ctx, bea, app.CoverEnd{ID: cover.ID}); !fault.Is(err, fault.NotFound) {
			t.Errorf("ending what is over: %v", err)
		}

		done, err = w.App.HandOver(ctx, w.Ann, app.HandOver{From: w.Bo.Account, To: bea.Account})
		must(t, err)
		was, err := w.App.Keepers(ctx, bea, two.Referral.ID)
		must(t, err)
		if done.Referrals != 1 || lines(w.Bo) != 0 || lines(bea) != 2 || len(was) != 2 || was[0].Login != "bo" || was[1].Login != "bea" {
			t.Errorf("%+v leaves %d lines to Bo, %d to Bea; it was %+v", done, lines(w.Bo), lines(bea), was)
		}
		if _, err := w.App.Holding(ctx, w.Bo, bea.Account, app.Page{}); !fault.Is(err, fault.NotFound) {
			t.Errorf("Bo looks at Bea's: %v", err)
		}
	})
}

// The people lost are split by the latest reason on record, and add up to the
// flow's.
func TestLossesHaveReasons(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		for i, reason := range []scheme.NotDoneReason{"declined", "declined", "no-language", ""} {
			v := w.refer(w.Ann, w.Garden, "R-"+string(rune('1'+i)), "2026-01-05")
			_, err := w.App.RecordAssessment(ctx, w.Ann, raw(v, "2026-01-05", 20))
			must(t, err)
			if reason == "" {
				continue
			}
			_, err = w.App.CloseDue(ctx, w.Ann, later(v, scheme.NobodyAnswered))
			must(t, err)
			n, err := w.App.CloseDue(ctx, w.Ann, later(v, reason))
			must(t, err)
			if i == 1 {
				_, err = w.App.UndoClose(ctx, w.Ann, app.Undoing{ID: n.ID})
				must(t, err)
			}
		}
		for _, rule := range []string{"plan", "first-last"} {
			v, err := w.App.Evidence(ctx, w.Ann, app.EvidenceAsk{Scheme: w.Garden.ID, Measure: "swemwbs", Rule: rule})
			must(t, err)
			want := []scheme.Loss{{Reason: scheme.NobodyAnswered, People: 1}, {Reason: "declined", People: 1}, {Reason: "no-language", People: 1}, {People: 1}}
			if !slices.Equal(v.Losses, want) || v.Finding.Flow.Due-v.Finding.Flow.Paired != 4 {
				t.Errorf("%s: %v of %+v", rule, v.Losses, v.Finding.Flow)
			}
			none, err := w.App.Evidence(ctx, w.Ann, app.EvidenceAsk{Scheme: w.Garden.ID, Measure: "swemwbs", Rule: rule, To: "2025-Q4"})
			must(t, err)
			if len(none.Losses) > 0 {
				t.Errorf("%s, another period: %v", rule, none.Losses)
			}
		}
	})
}
