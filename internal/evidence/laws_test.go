package evidence_test

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// Tables of several schemes add up to the table of everybody.
func TestOf_MergedTablesEqualMergedRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		score, riverside, hilltop := anyScore(t), people(t, "Riverside"), people(t, "Hilltop")
		merged := tableOf(riverside)
		merged.Merge(tableOf(hilltop))
		got, want := jsonOf(t, evidence.Of(score, merged)), jsonOf(t, evidence.Of(score, tableOf(slices.Concat(hilltop, riverside))))
		if got != want {
			t.Fatalf("merged tables:\n%s\nmerged rows:\n%s", got, want)
		}
	})
}

// Swapping before and after turns the change round and nothing else.
func TestOf_SwappingFlipsTheSign(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		score, all := anyScore(t), people(t, "people")
		var swapped []person
		var complete []person
		for _, p := range all {
			if p.hasBefore && p.hasAfter && !p.open && !p.left {
				complete = append(complete, p)
				swapped = append(swapped, person{before: p.after, after: p.before, hasBefore: true, hasAfter: true})
			}
		}
		f, g := evidence.Of(score, tableOf(complete)), evidence.Of(score, tableOf(swapped))
		opposite(t, "change.mean", f.Change.Mean, g.Change.Mean)
		opposite(t, "change.ci_lo and ci_hi", f.Change.CILo, g.Change.CIHi)
		opposite(t, "change.t", f.Change.T, g.Change.T)
		opposite(t, "effect.d_z", f.Effect.DZ, g.Effect.DZ)
		if f.Change.ImprovedAny != g.Change.WorseAny || f.Change.Unchanged != g.Change.Unchanged {
			t.Fatalf("better, same, worse = %d, %d, %d; swapped %d, %d, %d", f.Change.ImprovedAny, f.Change.Unchanged, f.Change.WorseAny,
				g.Change.ImprovedAny, g.Change.Unchanged, g.Change.WorseAny)
		}
	})
}

// Which way is better decides who improved. It never turns a number's sign.
func TestOf_DirectionOnlyDecidesWhoImproved(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		score, all := anyScore(t), people(t, "people")
		score.Direction = measure.HigherIsBetter
		lower := score
		lower.Direction = measure.LowerIsBetter
		f, g := evidence.Of(score, tableOf(all)), evidence.Of(lower, tableOf(all))
		if f.Change.ImprovedAny != g.Change.WorseAny || f.Change.WorseAny != g.Change.ImprovedAny || f.Change.Unchanged != g.Change.Unchanged {
			t.Fatalf("higher is better: %d better, %d worse; lower: %d and %d", f.Change.ImprovedAny, f.Change.WorseAny, g.Change.ImprovedAny, g.Change.WorseAny)
		}
		for _, r := range [][2]evidence.ReliableChange{{f.RCIFixedSD, g.RCIFixedSD}, {f.RCIBaselineSD, g.RCIBaselineSD}} {
			if r[0].Improved.X != r[1].Deteriorated.X || r[0].Deteriorated.X != r[1].Improved.X || r[0].NoChange.X != r[1].NoChange.X {
				t.Fatalf("reliable change: %+v with higher, %+v with lower is better", r[0], r[1])
			}
		}
		if p, q := f.ReliablyPublished, g.ReliablyPublished; p != nil && (p.Improved.X != q.Deteriorated.X || p.Deteriorated.X != q.Improved.X) {
			t.Fatalf("published threshold: %+v with higher, %+v with lower is better", p, q)
		}
		f.Change.ImprovedAny, f.Change.WorseAny = f.Change.WorseAny, f.Change.ImprovedAny
		if got, want := jsonOf(t, f.Change), jsonOf(t, g.Change); got != want {
			t.Fatalf("direction changed the change itself:\n%s\n%s", got, want)
		}
	})
}

// Every number is there or has its reason, and no reason stands beside a number.
func TestOf_EveryGapHasAReason(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := evidence.Of(anyScore(t), tableOf(people(t, "people")))
		var doc map[string]any
		if err := json.Unmarshal([]byte(jsonOf(t, f)), &doc); err != nil {
			t.Fatal(err)
		}
		delete(doc, "reasons")
		gaps := map[string]bool{}
		collect(gaps, "", doc)
		for path := range gaps {
			if !strings.HasPrefix(f.Reasons[path], "not estimable: ") {
				t.Errorf("%s is null without a reason", path)
			}
		}
		for path, why := range f.Reasons {
			if !gaps[path] {
				t.Errorf("%s has a reason (%s) and is not null", path, why)
			}
			if strings.Contains(why, "not worked out") {
				t.Errorf("%s: somebody forgot to fill it", path)
			}
		}
	})
}

func collect(gaps map[string]bool, path string, value any) {
	switch v := value.(type) {
	case nil:
		gaps[path] = true
	case map[string]any:
		for key, item := range v {
			collect(gaps, strings.TrimPrefix(path+"."+key, "."), item)
		}
	case []any: // a list of two counts has one reason
		for _, item := range v {
			collect(gaps, path, item)
		}
	}
}

// A table that cannot be counted exactly is refused as a whole: its people are
// in the flow and no number is guessed.
func TestOf_LevelsTooLargeAreRefused(t *testing.T) {
	table := scheme.NewTransitions()
	table.Add(scheme.Tally{State: scheme.Paired, From: 1 << 60, To: 1, People: 3})
	f := evidence.Of(measure.Score{Direction: measure.HigherIsBetter}, table)
	if f.Change.Mean != nil || f.BaselineAll.Mean != nil {
		t.Errorf("a mean was given for levels that cannot be summed exactly")
	}
	if got, want := f.Reasons["change.mean"], "not estimable: a score is too large to be counted exactly"; got != want {
		t.Errorf("reason %q, want %q", got, want)
	}
	if f.Counts.Paired != 3 {
		t.Errorf("%d people paired, want 3", f.Counts.Paired)
	}

	// A lost person's score alone is enough.
	lost := scheme.NewTransitions()
	lost.Add(scheme.Tally{State: scheme.Paired, From: 1, To: 2, People: 3})
	lost.Add(scheme.Tally{State: scheme.BaselineOnly, From: 1 << 60, People: 1})
	if f := evidence.Of(measure.Score{Direction: measure.HigherIsBetter}, lost); f.Change.Mean != nil || f.Wilcoxon.Pairs != 0 || len(f.Before) > 0 {
		t.Errorf("a lost person's score cannot be counted, and yet change %+v and bars %v", f.Change, f.Before)
	}
}

func jsonOf(t *rapid.T, v any) string {
	raw, err := json.Marshal(v) // fails on NaN and infinities
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func opposite(t *rapid.T, what string, a, b *float64) {
	if (a == nil) != (b == nil) || a != nil && math.Abs(*a+*b) > 1e-9*max(1, math.Abs(*a)) {
		t.Fatalf("%s: %s and, swapped, %s", what, show(a), show(b))
	}
}

func show(v *float64) string {
	if v == nil {
		return "nil"
	}
	return fmt.Sprint(*v)
}
