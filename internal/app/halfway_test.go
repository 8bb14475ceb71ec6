package app_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/scheme"
	kit "cairn/internal/testkit/town"
)

// A breaking store breaks a write at one of its steps: by an error, or because
// whoever asked has gone.
type breaking struct {
	app.Store
	at   string
	gone context.CancelFunc // nil: by an error
}

var errBroken = errors.New("the lights went out")

func (s *breaking) Write(ctx context.Context, org scheme.OrgID, fn func(app.Writer) error) error {
	return s.Store.Write(ctx, org, func(w app.Writer) error { return fn(&breakingWriter{w, s}) })
}

type breakingWriter struct {
	app.Writer
	of *breaking
}

func (w *breakingWriter) breaks(step string, err error) error {
	switch {
	case err != nil || w.of.at != step:
		return err
	case w.of.gone != nil:
		w.of.gone()
		return nil
	}
	return errBroken
}

func (w *breakingWriter) Revise(r scheme.Revision) error {
	return w.breaks("revise", w.Writer.Revise(r))
}

func (w *breakingWriter) MergePeople(u scheme.Union) error {
	return w.breaks("merge", w.Writer.MergePeople(u))
}

func (w *breakingWriter) SavePairs(id scheme.ReferralID, pairs []scheme.Pair) error {
	return w.breaks("pairs", w.Writer.SavePairs(id, pairs))
}

func (w *breakingWriter) Audit(e app.Entry) error { return w.breaks("audit", w.Writer.Audit(e)) }

// A write that breaks halfway leaves nothing behind: no version, no pair, no
// claim. The same request goes through afterwards.
func TestBrokenHalfwayLeavesNothing(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		store := &breaking{Store: w.Store}
		late := app.New(store, kit.Passwords(), app.Config{Now: w.Clock})
		for _, act := range w.breakable() {
			for _, step := range strings.Fields(act.steps) {
				for _, leaves := range []bool{false, true} {
					before := w.content()
					ctx, gone := context.WithCancel(t.Context())
					store.at, store.gone = step, nil
					if leaves {
						store.gone = gone
					}
					if err := act.ask(ctx, late); err == nil {
						t.Fatalf("%s did not break at %s", act.name, step)
					}
					gone()
					if after := w.content(); after != before {
						t.Fatalf("%s, broken at %s, left something behind:\n%s\nbefore:\n%s", act.name, step, after, before)
					}
				}
			}
			before := w.content()
			store.at = ""
			must(t, act.ask(t.Context(), late))
			if w.content() == before {
				t.Errorf("%s changes nothing that this test looks at", act.name)
			}
		}
		differ, err := w.App.CheckPairs(t.Context(), w.Ann, func(int) {})
		must(t, err)
		if len(differ) > 0 {
			t.Errorf("stored pairs of %v differ", differ)
		}
	})
}

// A breakable act, with the steps at which it can break.
type breakable struct {
	name, steps string
	ask         func(context.Context, *app.App) error
}

func (w *town) breakable() []breakable {
	w.T.Helper()
	one, two := w.refer(w.Ann, w.Garden, "R-1", "2026-01-05"), w.refer(w.Ann, w.Choir, "R-2", "2026-01-05")
	waits := registration(w.Garden, "R-3", "2026-01-05")
	waits.Referral.AcceptedOn = ""
	three, err := w.App.Register(w.T.Context(), w.Ann, waits)
	must(w.T, err)
	score, err := w.App.RecordAssessment(w.T.Context(), w.Ann, raw(one, "2026-01-05", 20))
	must(w.T, err)
	_, err = w.App.RecordAssessment(w.T.Context(), w.Ann, raw(two, "2026-03-30", 27))
	must(w.T, err)
	again := raw(one, "2026-03-31", 30)
	again.Key = "record"
	return []breakable{
		{"record", "pairs audit", func(ctx context.Context, a *app.App) error { return second(a.RecordAssessment(ctx, w.Ann, again)) }},
		{"correct", "revise pairs audit", func(ctx context.Context, a *app.App) error {
			return second(a.CorrectAssessment(ctx, w.Ann, app.Correction{Key: "correct", Assessment: score.ID, Version: 1, Reason: "typed wrong", On: "2026-01-06", Occasion: scheme.Later, Series: "swemwbs-raw", Score: "22"}))
		}},
		{"move", "revise pairs audit", func(ctx context.Context, a *app.App) error {
			return second(a.MoveAssessment(ctx, w.Ann, app.Move{Key: "move", Assessment: score.ID, Version: 2, Reason: "the other one's", Referral: two.Referral.ID}))
		}},
		{"plan", "pairs audit", func(ctx context.Context, a *app.App) error {
			return second(a.AddPlan(ctx, w.Ann, app.NewPlan{Key: "plan", Scheme: w.Garden.ID, Follows: 1, EffectiveFrom: "2025-12-01", Items: []app.NewPlanItem{
				{Measure: "swemwbs", BeforeDays: 7, AfterDays: 7}, {Measure: "swemwbs", DueDays: 56, BeforeDays: 14, AfterDays: 14}}}))
		}},
		{"accept", "pairs audit", func(ctx context.Context, a *app.App) error {
			return second(a.ChangeReferral(ctx, w.Ann, app.ReferralChange{Key: "accept", Referral: three.Referral.ID, Version: 2, AcceptedOn: "2026-01-20"}))
		}},
		{"merge", "merge pairs audit", func(ctx context.Context, a *app.App) error {
			return second(a.MergePeople(ctx, w.Ann, app.Merge{Key: "merge", Keep: two.Person.ID, Other: one.Person.ID, Reason: "registered twice"}))
		}},
		{"withdraw", "revise pairs audit", func(ctx context.Context, a *app.App) error {
			return second(a.WithdrawAssessment(ctx, w.Ann, app.Withdrawal{Key: "withdraw", Assessment: score.ID, Version: 3, Reason: "a practice entry"}))
		}},
	}
}

// content is what the acts of this test change, row by row.
func (w *town) content() string {
	w.T.Helper()
	var all []string
	for _, query := range []string{
		"SELECT (SELECT COUNT(*) FROM idempotency), (SELECT COUNT(*) FROM audit), (SELECT COUNT(*) FROM assessment_versions), (SELECT COUNT(*) FROM assessment_scores), (SELECT COUNT(*) FROM plans), (SELECT COUNT(*) FROM plan_items)",
		"SELECT CAST(id AS TEXT), CAST(person_id AS TEXT), CAST(referral_id AS TEXT), CAST(on_day AS TEXT), state, current_version FROM assessments ORDER BY id",
		"SELECT CAST(id AS TEXT), CAST(person_id AS TEXT), CAST(plan_id AS TEXT), ordinal, version, COALESCE(CAST(accepted_on AS TEXT), '') FROM referrals ORDER BY id",
		"SELECT CAST(referral_id AS TEXT), series_no, occasion, state, COALESCE(base_level, 0), COALESCE(later_level, 0), CAST(closes_on AS TEXT), ordinal FROM outcome_pairs ORDER BY 1, 2, 3",
		"SELECT CAST(person_id AS TEXT), CAST(into_id AS TEXT) FROM person_merges ORDER BY 1",
	} {
		all = append(all, strings.Join(w.Cells(query), " "))
	}
	return strings.Join(all, "\n")
}
