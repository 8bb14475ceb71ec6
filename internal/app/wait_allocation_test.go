package app_test

import (
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/evidence"
	"cairn/internal/fault"
	"cairn/internal/scheme"
	kit "cairn/internal/testkit/town"
)

// besideWaiting is Garden's comparison with its own people while they waited.
func (w *town) besideWaiting(ask app.EvidenceAsk) (v app.ComparatorView, x evidence.Against) {
	w.T.Helper()
	v, err := w.App.Comparator(w.T.Context(), w.Ann, ask)
	must(w.T, err)
	if v.Waits() {
		return v, v.Against[len(v.Against)-1]
	}
	return v, evidence.Against{}
}

// People measured twice while they waited stand beside those who were not, each
// person in one of the two, in every period and under either rule; that raises the
// level, and is no effect.
func TestThoseWhoWaited(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.crowd()
		ask := app.EvidenceAsk{Scheme: w.Garden.ID, Measure: "swemwbs-metric"}
		if v, _ := w.besideWaiting(ask); v.Waits() || len(v.Against) > 0 {
			t.Fatalf("nobody waited: %+v", v.Against)
		}
		w.Crowd(w.Ann, w.Garden, kit.Queue("W", 25, day(t, "2026-02-23"))...)
		w.Crowd(w.Ann, w.Garden, kit.Somebody{Reference: "EARLY-1", On: day(t, "2025-03-03"), Before: 20, After: 27}, kit.Somebody{Reference: "EARLY-2", On: day(t, "2025-03-03"), Before: 20})
		w.Crowd(w.Ann, w.Garden, kit.Somebody{Reference: "ONCE", On: day(t, "2026-02-23"), Waiting: 20}, kit.Somebody{Reference: "STILL", On: day(t, "2026-06-01"), Waiting: 20})
		v, x := w.besideWaiting(ask)
		if len(v.Against) != 1 || x.Sides.Reference.Counts.Paired != 25 || x.Sides.Other.Counts.Paired != 40 || *x.Group.Both != 5 || v.Finding.Counts.Paired != 46 {
			t.Fatalf("%d waited, %d after the start, %d in both of %d measured twice", x.Sides.Reference.Counts.Paired, x.Sides.Other.Counts.Paired, *x.Group.Both, v.Finding.Counts.Paired)
		}
		said := strings.Join(append(x.Cautions, x.Sentence(), x.Plain()), " ")
		for _, want := range []string{
			"Difference from the comparison group at the same baseline: +", "5 people were measured twice both while waiting and after the start.",
			"Of 26 people with a first score while waiting, 25 were measured again (96%). Of 40 people with a first score after the start, 40 were measured again (100%).",
			"People while waiting were measured from 1 December 2025 to 23 February 2026, people after the start from 5 January 2026 to 30 March 2026.",
			"Only those after the start whose first score was taken in the dates of the others count here: 40 of 41 measured twice.", "not drawn by lot", "knows that help is coming",
		} {
			if !strings.Contains(said, want) {
				t.Errorf("%q is not in %s", want, said)
			}
		}
		if strings.Contains(strings.ToLower(said), "effect") {
			t.Errorf("an effect without a lot: %s", said)
		}
		if half, _, hi := x.Sides.Difference(); half == nil || *hi <= 0 || *half < 0.5 || *half > 3 {
			t.Errorf("the difference is %v", half)
		}
		if e, err := w.App.Evidence(t.Context(), w.Ann, ask); err != nil || e.Level().Number != 3 || !strings.Contains(strings.Join(e.Level().Held, " "), "while they waited") {
			t.Errorf("level %+v, %v", e.Level(), err)
		}
		ask.Rule = "first-last"
		if _, x = w.besideWaiting(ask); x.Sides.Other.Counts.Paired != 40 || *x.Group.Both != 25 {
			t.Errorf("by first and last, %d after the start and %d in both", x.Sides.Other.Counts.Paired, *x.Group.Both)
		}
		ask.Rule, ask.From, ask.To = "", "2026-Q1", "2026-Q1" // their waits ended in it, and no follow-up window did
		if _, x = w.besideWaiting(ask); x.Sides.Other.Counts.Paired != 0 || x.Sides.Reference.Counts.Paired != 25 || len(x.Sides.Refused) == 0 || x.Plain() != "" {
			t.Errorf("in a period in which nobody was followed up: %d, refused %q", x.Sides.Other.Counts.Paired, x.Sides.Refused)
		}
	})
}

// It is an effect once it is on record that chance decided who waited, and no
// longer when that is taken back; each version says who, and nothing is kept of
// what is refused.
func TestWhoDecidedWhoWaited(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.crowd()
		w.Crowd(w.Ann, w.Garden, kit.Queue("W", 25, day(t, "2026-02-23"))...)
		ask := app.EvidenceAsk{Scheme: w.Garden.ID, Measure: "swemwbs-metric"}
		for says, in := range map[string]app.NewWaitAllocation{
			"Choose whether chance decided": {},
			"Say where it is recorded":      {Random: "yes", RandomSource: " "},
			"Leave this empty, or choose":   {Random: "no", RandomSource: "Protocol 7"},
			"changed after you opened it":   {Random: "yes", RandomSource: "Protocol 7", Version: 3},
			"Enter at most 200 characters.": {Random: "yes", RandomSource: strings.Repeat("x", 201)},
		} {
			in.Scheme = w.Garden.ID
			if _, err := w.App.RecordWaitAllocation(t.Context(), w.Ann, in); err == nil || !strings.Contains(err.Error(), says) {
				t.Errorf("%+v: %v, want %q", in, err, says)
			}
		}
		in := app.NewWaitAllocation{Key: "once", Scheme: w.Garden.ID, Random: "yes", RandomSource: "Protocol 7, section 4"}
		if _, err := w.App.RecordWaitAllocation(t.Context(), w.Bo, in); !fault.Is(err, fault.NotAllowed) {
			t.Errorf("a practitioner: %v", err)
		}
		foreign := in
		foreign.Scheme = w.Walk.ID
		if _, err := w.App.RecordWaitAllocation(t.Context(), w.Ann, foreign); !fault.Is(err, fault.NotFound) {
			t.Errorf("another organisation's scheme: %v", err)
		}
		if v, x := w.besideWaiting(ask); v.Wait != (scheme.WaitAllocation{}) || x.Facts.Random {
			t.Errorf("something was kept: %+v", v.Wait)
		}
		for range 2 {
			made, err := w.App.RecordWaitAllocation(t.Context(), w.Ann, in)
			must(t, err)
			if made.Version != 1 || made.By != w.Ann.Account || made.RandomSource != in.RandomSource {
				t.Errorf("made %+v", made)
			}
		}
		v, x := w.besideWaiting(ask)
		if v.Wait.Version != 1 || !strings.HasPrefix(x.Sentence(), "Effect at the same baseline: +") || strings.Contains(strings.Join(x.Cautions, " "), "lot") {
			t.Errorf("by lot: %s %q", x.Sentence(), x.Cautions)
		}
		_, err := w.App.RecordWaitAllocation(t.Context(), w.Ann, app.NewWaitAllocation{Scheme: w.Garden.ID, Version: 1, Random: "no"})
		must(t, err)
		if _, x = w.besideWaiting(ask); !strings.HasPrefix(x.Sentence(), "Difference from the comparison group") {
			t.Errorf("taken back: %s", x.Sentence())
		}
	})
}
