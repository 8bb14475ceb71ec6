package app_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// The main job: a baseline and a follow-up become a pair, and the figure says
// so in the same breath. SWEMWBS raw 20 is 18.59, 27 is 24.11.
func TestBaselineAndFollowUpBecomeEvidence(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		v := w.refer(w.Bo, w.Garden, "R-1", "2026-01-05")
		before, err := w.App.Evidence(ctx, w.Bo, app.EvidenceAsk{Scheme: w.Garden.ID})
		must(t, err)
		if before.Finding.Counts.Persons != 1 || before.Finding.Counts.Paired != 0 {
			t.Fatalf("before: %+v", before.Finding.Counts)
		}
		_, err = w.App.RecordAssessment(ctx, w.Bo, raw(v, "2026-01-05", 20))
		must(t, err)
		_, err = w.App.RecordAssessment(ctx, w.Bo, raw(v, "2026-03-30", 27))
		must(t, err)
		after, err := w.App.Evidence(ctx, w.Bo, app.EvidenceAsk{Scheme: w.Garden.ID})
		must(t, err)
		if after.Finding.Counts.Paired != 1 || *after.Finding.BaselinePaired.Mean != 18.59 || *after.Finding.FollowupPaired.Mean != 24.11 {
			t.Errorf("after: %+v, %v -> %v", after.Finding.Counts, *after.Finding.BaselinePaired.Mean, *after.Finding.FollowupPaired.Mean)
		}
		if after.Period != (scheme.Period{}) || after.Rule != scheme.ByPlan || after.Occasion != "day-84" {
			t.Errorf("asked of %v by %s at %s", after.Period, after.Rule, after.Occasion)
		}
	})
}

// The window of a start on 5 January closes on 27 April: second quarter.
func TestPeriodIsTheQuarterTheWindowClosesIn(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.refer(w.Bo, w.Garden, "R-1", "2026-01-05")
		for quarter, want := range map[string]int{"2025-Q4": 0, "2026-Q1": 0, "2026-Q2": 1} {
			v, err := w.App.Evidence(t.Context(), w.Bo, app.EvidenceAsk{Scheme: w.Garden.ID, From: quarter, To: quarter})
			must(t, err)
			if v.Finding.Counts.Persons != want {
				t.Errorf("%s: %d people, want %d", quarter, v.Finding.Counts.Persons, want)
			}
		}
		_, err := w.App.Evidence(t.Context(), w.Bo, app.EvidenceAsk{Scheme: w.Garden.ID, From: "2026-Q3", To: "2026-Q3"})
		if !fault.Is(err, fault.PeriodInvalid) {
			t.Errorf("a quarter that has not begun: %v", err)
		}
	})
}

// A first attended activity moves the start, and with it the windows of what
// is there already.
func TestPrescriptionMovesTheStart(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		v := w.refer(w.Bo, w.Garden, "R-1", "2026-01-05")
		for _, a := range []app.NewAssessment{raw(v, "2026-02-20", 20), raw(v, "2026-06-20", 27)} {
			_, err := w.App.RecordAssessment(ctx, w.Bo, a)
			must(t, err)
		}
		if n := w.paired(w.Bo, w.Garden); n != 0 {
			t.Fatalf("%d pairs while the start is 5 January: 20 February is no baseline of it", n)
		}
		_, err := w.App.AddPrescription(ctx, w.Bo, app.NewPrescription{
			Referral: v.Referral.ID, Activity: w.Plot.ID, OfferedOn: "2026-02-01", FirstAttendedOn: "2026-03-01", Offered: 8, Attended: 3,
		})
		must(t, err)
		if n := w.paired(w.Bo, w.Garden); n != 1 {
			t.Errorf("%d pairs once they started on 1 March", n)
		}
	})
}

func TestRecordRefuses(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		v := w.refer(w.Bo, w.Garden, "R-1", "2026-01-05")
		_, err := w.App.RecordAssessment(ctx, w.Bo, raw(v, "2026-01-05", 20))
		must(t, err)
		for name, c := range map[string]struct {
			change func(*app.NewAssessment)
			code   fault.Code
			field  string
		}{
			"out of range":    {func(a *app.NewAssessment) { a.Score = "36" }, fault.ScoreRange, "score"},
			"unknown measure": {func(a *app.NewAssessment) { a.Measure = "mood" }, fault.MeasureUnknown, "measure"},
			"future":          {func(a *app.NewAssessment) { a.On = "2026-07-01" }, fault.DayFuture, "on"},
			"impossible":      {func(a *app.NewAssessment) { a.On = "2026-02-30" }, fault.DayImpossible, "on"},
			"twice":           {func(a *app.NewAssessment) { a.On = "2026-01-05" }, fault.AssessmentTwice, "on"},
			"occasion":        {func(a *app.NewAssessment) { a.Occasion = "day-7" }, fault.OccasionUnknown, "occasion"},
			"another's day":   {func(a *app.NewAssessment) { a.Occasion = scheme.Baseline }, fault.OccasionDay, "on"},
			"the other way":   {func(a *app.NewAssessment) { a.Occasion, a.On = "day-84", "2026-01-12" }, fault.OccasionDay, "on"},
			"long ago":        {func(a *app.NewAssessment) { a.On = "2025-01-03" }, fault.DayOrder, "on"},
			"which score":     {func(a *app.NewAssessment) { a.Series = "" }, fault.MeasureAmbiguous, "series"},
			"channel":         {func(a *app.NewAssessment) { a.Channel = "pigeon" }, fault.InputInvalid, "channel"},
			"no referral":     {func(a *app.NewAssessment) { a.Referral = "019a0000-0000-7000-8000-000000000000" }, fault.NotFound, "referral"},
		} {
			in := raw(v, "2026-03-30", 20)
			c.change(&in)
			_, err := w.App.RecordAssessment(ctx, w.Bo, in)
			all, accident := fault.All(err)
			if accident != nil || len(all) != 1 || all[0].Code != c.code || all[0].Field != c.field {
				t.Errorf("%s: %v at %v, want %s at %s", name, err, all, c.code, c.field)
			}
		}
		after, err := w.App.Referral(ctx, w.Bo, v.Referral.ID)
		must(t, err)
		if len(after.Assessments) != 1 {
			t.Errorf("%d assessments after refusals", len(after.Assessments))
		}
	})
}

// What is another scheme's or another organisation's looks exactly like what
// is not there.
func TestForeignLooksMissing(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		choir := w.refer(w.Ann, w.Choir, "R-2", "2026-01-05")
		walk := w.refer(w.Cy, w.Walk, "H-1", "2026-01-05")
		_, missing := w.App.Referral(ctx, w.Bo, "019a0000-0000-7000-8000-000000000000")
		for name, err := range map[string]error{
			"other scheme's referral":   second(w.App.Referral(ctx, w.Bo, choir.Referral.ID)),
			"foreign referral":          second(w.App.Referral(ctx, w.Bo, walk.Referral.ID)),
			"foreign, by a manager":     second(w.App.Referral(ctx, w.Ann, walk.Referral.ID)),
			"record in another scheme":  second(w.App.RecordAssessment(ctx, w.Bo, raw(choir, "2026-01-05", 20))),
			"other scheme's person":     second(w.App.Person(ctx, w.Bo, choir.Person.ID)),
			"other scheme's evidence":   second(w.App.Evidence(ctx, w.Bo, app.EvidenceAsk{Scheme: w.Choir.ID})),
			"foreign evidence":          second(w.App.Evidence(ctx, w.Ann, app.EvidenceAsk{Scheme: w.Walk.ID})),
			"refer to a foreign scheme": second(w.App.Register(ctx, w.Ann, registration(w.Walk, "R-9", "2026-01-05"))),
		} {
			a, _ := fault.All(err)
			b, _ := fault.All(missing)
			if len(a) != 1 || a[0].Kind != b[0].Kind || a[0].Code != b[0].Code || a[0].Detail != b[0].Detail {
				t.Errorf("%s: %v, want what is missing: %v", name, err, missing)
			}
		}
	})
}

func second[T any](_ T, err error) error { return err }

// 64 copies of one request make one record and get one answer; the same key
// for something else is refused.
func TestRepeatedRequestIsKeptOnce(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		v := w.refer(w.Bo, w.Garden, "R-1", "2026-01-05")
		in := raw(v, "2026-01-05", 20)
		in.Key = "from the phone"
		var wait sync.WaitGroup
		answers := make([]string, 64)
		for i := range answers {
			wait.Go(func() {
				a, err := w.App.RecordAssessment(context.Background(), w.Bo, in)
				answers[i] = fmt.Sprint(a.ID, err)
			})
		}
		wait.Wait()
		for _, got := range answers {
			if got != answers[0] {
				t.Fatalf("two answers to one request: %s and %s", got, answers[0])
			}
		}
		after, err := w.App.Referral(t.Context(), w.Bo, v.Referral.ID)
		must(t, err)
		if len(after.Assessments) != 1 {
			t.Errorf("%d assessments", len(after.Assessments))
		}
		in.Score = "21"
		if _, err := w.App.RecordAssessment(t.Context(), w.Bo, in); !fault.Is(err, fault.KeyReused) {
			t.Errorf("the key for another score: %v", err)
		}
	})
}

// 32 writers on the same few people at once: nobody deadlocks, nobody's score
// is lost, and the stored pairs are what the assessments say.
func TestManyWritersAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		people := []app.ReferralView{
			w.refer(w.Ann, w.Garden, "R-1", "2026-01-05"), w.refer(w.Ann, w.Garden, "R-2", "2026-01-05"), w.refer(w.Ann, w.Choir, "R-3", "2026-01-05"),
		}
		var wait sync.WaitGroup
		failed := make(chan error, 96)
		for n := range 32 {
			wait.Go(func() {
				for i := range people {
					v := people[(i+n)%len(people)]
					day := v.Start().Plus(n * 3)
					if _, err := w.App.RecordAssessment(context.Background(), w.Ann, raw(v, day.String(), 7+n%29)); err != nil {
						failed <- err
					}
				}
			})
		}
		wait.Wait()
		close(failed)
		for err := range failed {
			t.Error(err)
		}
		for _, v := range people {
			after, err := w.App.Referral(ctx, w.Ann, v.Referral.ID)
			must(t, err)
			if len(after.Assessments) != 32 {
				t.Errorf("%d of 32 assessments", len(after.Assessments))
			}
		}
		differ, err := w.App.CheckPairs(ctx, w.Ann, func(int) {})
		must(t, err)
		if len(differ) > 0 {
			t.Errorf("stored pairs of %v are not what their assessments say", differ)
		}
	})
}
