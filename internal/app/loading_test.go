package app_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	kit "cairn/internal/testkit/town"
)

// file is n people measured twice, as an import hands them over.
func (w *town) file(to scheme.Scheme, n int) []app.Arrival {
	w.T.Helper()
	start, err := scheme.ParseDay("2026-01-05")
	must(w.T, err)
	var all []app.Arrival
	for i := range n {
		arrival := app.Arrival{
			Person:   scheme.Person{Reference: fmt.Sprintf("F-%03d", i)},
			Referral: scheme.Referral{Scheme: to.ID, ReceivedOn: start, AcceptedOn: start},
		}
		for j, on := range []scheme.Day{start, start.Plus(84)} {
			arrival.Assessments = append(arrival.Assessments, app.Arriving{Line: 2 + 2*i + j, Assessment: scheme.Assessment{
				Measure: "swemwbs", Version: 3, On: on, Occasion: scheme.Baseline, Rater: measure.Self,
				Scores: []measure.Scored{{Series: "swemwbs-metric", Level: 1859}},
			}})
		}
		all = append(all, arrival)
	}
	return all
}

func TestLoadCanBeRunAgain(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		in := w.file(w.Garden, 230) // more than one batch
		var steps []int
		got, err := w.App.Load(t.Context(), w.Ann, in, func(n int) { steps = append(steps, n) })
		must(t, err)
		if got.People != 230 || got.Added != 460 || got.Already != 0 || len(got.Refused) != 0 || fmt.Sprint(steps) != "[200 230]" {
			t.Errorf("first: %+v in steps %v", got, steps)
		}
		again, err := w.App.Load(t.Context(), w.Ann, in, func(int) {})
		must(t, err)
		if again.People != 0 || again.Added != 0 || again.Already != 460 {
			t.Errorf("again: %+v", again)
		}
		if n := w.paired(w.Ann, w.Garden); n != 230 {
			t.Errorf("%d pairs", n)
		}
	})
}

// A line that contradicts what is kept is refused by its number; the rest of
// its batch stays.
func TestLoadRefusesContradictions(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		in := w.file(w.Garden, 3)
		in[1].Assessments[1].On = in[1].Assessments[0].On
		in[1].Assessments[1].Scores = []measure.Scored{{Series: "swemwbs-metric", Level: 1925}}
		got, err := w.App.Load(t.Context(), w.Ann, in, func(int) {})
		must(t, err)
		if got.Added != 5 || len(got.Refused) != 1 || got.Refused[0].Line != 5 || got.Refused[0].Reason.Code != fault.AssessmentTwice {
			t.Errorf("%+v", got)
		}
		if n := w.paired(w.Ann, w.Garden); n != 2 {
			t.Errorf("%d pairs", n)
		}
	})
}

// A row that was mended may move the day a person's referral starts: the file
// is run again all the same, and the score joins the referral that is there.
func TestLoadTakesAMendedRow(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		in := w.file(w.Garden, 2)
		whole := in[0].Assessments
		in[0].Assessments = whole[1:]
		in[0].Referral.ReceivedOn, in[0].Referral.AcceptedOn = whole[0].On.Plus(3), whole[0].On.Plus(3)
		_, err := w.App.Load(t.Context(), w.Ann, in, func(int) {})
		must(t, err)
		got, err := w.App.Load(t.Context(), w.Ann, w.file(w.Garden, 2), func(int) {})
		must(t, err)
		if got.Added != 1 || got.Already != 3 || len(got.Refused) != 0 || w.paired(w.Ann, w.Garden) != 2 {
			t.Errorf("%+v, %d pairs", got, w.paired(w.Ann, w.Garden))
		}
	})
}

// A pausing store stops for a moment before pairs are saved, which is when
// another writer of the same person would do harm.
type pausing struct {
	app.Store
	reached chan struct{}
}

func (p pausing) Write(ctx context.Context, org scheme.OrgID, fn func(app.Writer) error) error {
	return p.Store.Write(ctx, org, func(w app.Writer) error { return fn(pausingWriter{w, p.reached}) })
}

type pausingWriter struct {
	app.Writer
	reached chan struct{}
}

func (p pausingWriter) SavePairs(id scheme.ReferralID, pairs []scheme.Pair) error {
	p.reached <- struct{}{}
	time.Sleep(200 * time.Millisecond)
	return p.Writer.SavePairs(id, pairs)
}

// A file that is run again, and a rebuild, while people work: what they read of
// a person's scores never overwrites what was saved meanwhile.
func TestWhoeverSavesPairsHoldsThePerson(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		in := w.file(w.Garden, 1)
		_, err := w.App.Load(ctx, w.Ann, in, func(int) {})
		must(t, err)
		lines, err := w.App.Referrals(ctx, w.Ann, app.ReferralsAsk{Scheme: w.Garden.ID})
		must(t, err)
		v := app.ReferralView{Spell: scheme.Spell{Referral: lines[0].Referral}}
		slow := pausing{w.Store, make(chan struct{}, 1)}
		late := app.New(slow, kit.Passwords(), app.Config{Now: w.Clock})
		more := w.file(w.Garden, 1)
		further := more[0].Assessments[1]
		further.On = further.On.Plus(84)
		more[0].Assessments = append(more[0].Assessments, further)
		for i, work := range []func() error{
			func() error { return second(late.Load(context.Background(), w.Ann, more, func(int) {})) },
			func() error {
				return late.RebuildPairs(context.Background(), w.Ann, []scheme.ReferralID{v.Referral.ID})
			},
		} {
			done := make(chan error, 1)
			go func() { done <- work() }()
			<-slow.reached
			_, err = w.App.RecordAssessment(ctx, w.Ann, raw(v, v.Referral.ReceivedOn.Plus(90+i).String(), 30))
			must(t, err)
			must(t, <-done)
			differ, err := w.App.CheckPairs(ctx, w.Ann, func(int) {})
			must(t, err)
			if len(differ) > 0 {
				t.Errorf("work %d: the stored pairs are not what the scores say", i)
			}
		}
	})
}

// An NHS number in the column of references goes no further, with every line
// that carries it named.
func TestLoadRefusesNHSNumbers(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		in := w.file(w.Garden, 2)
		in[0].Person.Reference = "943 476 5919"
		got, err := w.App.Load(t.Context(), w.Ann, in, func(int) {})
		must(t, err)
		if got.People != 1 || got.Added != 2 || len(got.Refused) != 2 || got.Refused[1].Line != 3 || got.Refused[1].Reason.Code != fault.PersonReference {
			t.Errorf("%+v", got)
		}
	})
}

// A broken pair is found and mended, and only that one.
func TestRebuildFindsWhatIsBroken(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		_, err := w.App.Load(ctx, w.Ann, w.file(w.Garden, 5), func(int) {})
		must(t, err)
		lines, err := w.App.Referrals(ctx, w.Ann, app.ReferralsAsk{Scheme: w.Garden.ID})
		must(t, err)
		broken := lines[2].Referral.ID
		must(t, w.Store.Write(ctx, w.Ann.Org, func(tx app.Writer) error {
			stored, err := tx.PairsOf(broken)
			if err != nil {
				return err
			}
			i := slices.IndexFunc(stored, func(p scheme.Pair) bool { return p.State == scheme.Paired })
			stored[i].State, stored[i].Later = scheme.BaselineOnly, nil
			return tx.SavePairs(broken, stored)
		}))
		seen := 0
		differ, err := w.App.CheckPairs(ctx, w.Ann, func(n int) { seen = n })
		must(t, err)
		if fmt.Sprint(differ) != fmt.Sprint([]scheme.ReferralID{broken}) || seen != 5 {
			t.Fatalf("found %v after %d referrals, want %s", differ, seen, broken)
		}
		must(t, w.App.RebuildPairs(ctx, w.Ann, differ))
		differ, err = w.App.CheckPairs(ctx, w.Ann, func(int) {})
		must(t, err)
		if len(differ) != 0 || w.paired(w.Ann, w.Garden) != 5 {
			t.Errorf("after the rebuild %v differ, %d pairs", differ, w.paired(w.Ann, w.Garden))
		}
	})
}
