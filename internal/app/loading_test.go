package app_test

import (
	"fmt"
	"slices"
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// file is n people measured twice, as an import hands them over.
func (w *town) file(to scheme.Scheme, n int) []app.Arrival {
	w.t.Helper()
	start, err := scheme.ParseDay("2026-01-05")
	must(w.t, err)
	var all []app.Arrival
	for i := range n {
		arrival := app.Arrival{
			Person:   scheme.Person{Reference: fmt.Sprintf("F-%03d", i)},
			Referral: scheme.Referral{Scheme: to.ID, ReceivedOn: start, AcceptedOn: start},
		}
		for j, on := range []scheme.Day{start, start.Plus(84)} {
			arrival.Assessments = append(arrival.Assessments, app.Arriving{Line: 2 + 2*i + j, Assessment: scheme.Assessment{
				Measure: "swemwbs", Version: 1, On: on, Occasion: scheme.Baseline, Rater: measure.Self,
				Scores: []measure.Scored{{Series: "swemwbs-metric", Level: 1859}},
			}})
		}
		all = append(all, arrival)
	}
	return all
}

func TestLoadCanBeRunAgain(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		in := w.file(w.garden, 230) // more than one batch
		var steps []int
		got, err := w.app.Load(t.Context(), w.ann, in, func(n int) { steps = append(steps, n) })
		must(t, err)
		if got.People != 230 || got.Added != 460 || got.Already != 0 || len(got.Refused) != 0 || fmt.Sprint(steps) != "[200 230]" {
			t.Errorf("first: %+v in steps %v", got, steps)
		}
		again, err := w.app.Load(t.Context(), w.ann, in, func(int) {})
		must(t, err)
		if again.People != 0 || again.Added != 0 || again.Already != 460 {
			t.Errorf("again: %+v", again)
		}
		if n := w.paired(w.ann, w.garden); n != 230 {
			t.Errorf("%d pairs", n)
		}
	})
}

// A line that contradicts what is kept is refused by its number; the rest of
// its batch stays.
func TestLoadRefusesContradictions(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		in := w.file(w.garden, 3)
		in[1].Assessments[1].On = in[1].Assessments[0].On
		in[1].Assessments[1].Scores = []measure.Scored{{Series: "swemwbs-metric", Level: 1925}}
		got, err := w.app.Load(t.Context(), w.ann, in, func(int) {})
		must(t, err)
		if got.Added != 5 || len(got.Refused) != 1 || got.Refused[0].Line != 5 || got.Refused[0].Reason.Code != fault.AssessmentTwice {
			t.Errorf("%+v", got)
		}
		if n := w.paired(w.ann, w.garden); n != 2 {
			t.Errorf("%d pairs", n)
		}
	})
}

// A row that was mended may move the day a person's referral starts: the file
// is run again all the same, and the score joins the referral that is there.
func TestLoadTakesAMendedRow(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		in := w.file(w.garden, 2)
		whole := in[0].Assessments
		in[0].Assessments = whole[1:]
		in[0].Referral.ReceivedOn, in[0].Referral.AcceptedOn = whole[0].On.Plus(3), whole[0].On.Plus(3)
		_, err := w.app.Load(t.Context(), w.ann, in, func(int) {})
		must(t, err)
		got, err := w.app.Load(t.Context(), w.ann, w.file(w.garden, 2), func(int) {})
		must(t, err)
		if got.Added != 1 || got.Already != 3 || len(got.Refused) != 0 || w.paired(w.ann, w.garden) != 2 {
			t.Errorf("%+v, %d pairs", got, w.paired(w.ann, w.garden))
		}
	})
}

// An NHS number in the column of references goes no further, with every line
// that carries it named.
func TestLoadRefusesNHSNumbers(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		in := w.file(w.garden, 2)
		in[0].Person.Reference = "943 476 5919"
		got, err := w.app.Load(t.Context(), w.ann, in, func(int) {})
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
		_, err := w.app.Load(ctx, w.ann, w.file(w.garden, 5), func(int) {})
		must(t, err)
		lines, err := w.app.Referrals(ctx, w.ann, w.garden.ID, app.Page{})
		must(t, err)
		broken := lines[2].Referral.ID
		must(t, w.store.Write(ctx, w.ann.Org, func(tx app.Writer) error {
			stored, err := tx.PairsOf(broken)
			if err != nil {
				return err
			}
			i := slices.IndexFunc(stored, func(p scheme.Pair) bool { return p.State == scheme.Paired })
			stored[i].State, stored[i].Later = scheme.BaselineOnly, nil
			return tx.SavePairs(broken, stored)
		}))
		seen := 0
		differ, err := w.app.CheckPairs(ctx, w.ann, func(n int) { seen = n })
		must(t, err)
		if fmt.Sprint(differ) != fmt.Sprint([]scheme.ReferralID{broken}) || seen != 5 {
			t.Fatalf("found %v after %d referrals, want %s", differ, seen, broken)
		}
		must(t, w.app.RebuildPairs(ctx, w.ann, differ))
		differ, err = w.app.CheckPairs(ctx, w.ann, func(int) {})
		must(t, err)
		if len(differ) != 0 || w.paired(w.ann, w.garden) != 5 {
			t.Errorf("after the rebuild %v differ, %d pairs", differ, w.paired(w.ann, w.garden))
		}
	})
}
