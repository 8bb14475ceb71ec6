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

// A person of the laws: where they stood, if they were measured.
type person struct {
	before, after       measure.Level
	hasBefore, hasAfter bool
}

func people(t *rapid.T, label string) []person {
	scale := rapid.SampledFrom([]measure.Level{1, 3, 40}).Draw(t, label+" spread")
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) person {
		return person{
			before:    scale * measure.Level(rapid.IntRange(-4, 9).Draw(t, "before")),
			after:     scale * measure.Level(rapid.IntRange(-4, 9).Draw(t, "after")),
			hasBefore: rapid.IntRange(0, 4).Draw(t, "was measured") > 0,
			hasAfter:  rapid.IntRange(0, 3).Draw(t, "was measured again") > 0,
		}
	}), 0, 25).Draw(t, label)
}

func tableOf(all []person) scheme.Transitions {
	t := scheme.NewTransitions()
	for _, p := range all {
		t.Add(tally(p.before, p.after, p.hasBefore, p.hasAfter))
	}
	return t
}

func anyScore(t *rapid.T) measure.Score {
	s := measure.Score{
		Name: "test", Direction: measure.HigherIsBetter, Decimals: rapid.IntRange(0, 2).Draw(t, "decimals"),
		Min: -200, Max: 400,
	}
	if rapid.IntRange(0, 2).Draw(t, "reliability known") > 0 {
		s.Reliability = &measure.Reliability{Coefficient: new(rapid.SampledFrom([]float64{0, 0.5, 0.85, 1}).Draw(t, "reliability"))}
		if sd := rapid.SampledFrom([]float64{0, 0.5, 2}).Draw(t, "reference SD"); sd > 0 {
			s.Reliability.SD = &sd
		}
	}
	if rapid.IntRange(0, 1).Draw(t, "threshold known") > 0 {
		s.Threshold = &measure.Threshold{Points: 2, Source: "made up for a test", Inclusive: rapid.IntRange(0, 1).Draw(t, "inclusive") > 0}
	}
	return s
}

// A transition table says of paired data all that the rows say.
func TestOf_TableEqualsRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		score, all := anyScore(t), people(t, "people")
		f := evidence.Of(score, tableOf(all))

		scale := float64(measure.Pow10(score.Decimals))
		var before, after, changes, baselines []float64
		for _, p := range all {
			x, y := float64(p.before)/scale, float64(p.after)/scale
			if p.hasBefore {
				baselines = append(baselines, x)
			}
			if p.hasBefore && p.hasAfter {
				before, after, changes = append(before, x), append(after, y), append(changes, float64(p.after-p.before)/scale)
			}
		}
		same(t, "baseline_all.sd", f.BaselineAll.SD, sd(baselines))
		same(t, "baseline_all.mean", f.BaselineAll.Mean, mean(baselines))
		same(t, "baseline_paired.mean", f.BaselinePaired.Mean, mean(before))
		same(t, "followup_paired.sd", f.FollowupPaired.SD, sd(after))
		same(t, "followup_paired.median", f.FollowupPaired.Median, median(after))
		same(t, "change.mean", f.Change.Mean, mean(changes))
		same(t, "change.sd", f.Change.SD, sd(changes))
		same(t, "change.median", f.Change.Median, median(changes))
		if s := sd(changes); s > 1e-9 {
			same(t, "change.t", f.Change.T, mean(changes)/(s/math.Sqrt(float64(len(changes)))))
			same(t, "effect.d_z", f.Effect.DZ, mean(changes)/s)
		} else if f.Change.T != nil || f.Change.P != nil || f.Change.CILo != nil {
			t.Fatalf("everybody changed alike or nobody did, yet t = %v", *f.Change.T)
		}
		if len(before) > 1 && sd(before) > 1e-9 && sd(after) > 1e-9 {
			same(t, "correlation.pearson", f.Correlation.Pearson, pearson(before, after))
		}
		better := 0
		for _, c := range changes {
			if c > 0 {
				better++
			}
		}
		if f.Change.ImprovedAny != better {
			t.Fatalf("n_improved_any = %d, want %d", f.Change.ImprovedAny, better)
		}
	})
}

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
			if p.hasBefore && p.hasAfter {
				complete = append(complete, p)
				swapped = append(swapped, person{p.after, p.before, true, true})
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
}

func jsonOf(t *rapid.T, v any) string {
	raw, err := json.Marshal(v) // fails on NaN and infinities
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// same compares with a naive result, where NaN stands for none.
func same(t *rapid.T, what string, got *float64, want float64) {
	if got == nil {
		if !math.IsNaN(want) {
			t.Fatalf("%s is nil, want %v", what, want)
		}
		return
	}
	if math.IsNaN(want) || math.Abs(*got-want) > 1e-8*max(1, math.Abs(want)) {
		t.Fatalf("%s = %v, want %v", what, *got, want)
	}
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

// Naive formulae over rows, for comparison only; NaN where there is none.

func mean(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	return sum / float64(len(v))
}

func sd(v []float64) float64 {
	m, sum := mean(v), 0.0
	for _, x := range v {
		sum += (x - m) * (x - m)
	}
	if len(v) < 2 {
		return math.NaN()
	}
	return math.Sqrt(sum / float64(len(v)-1))
}

func median(v []float64) float64 {
	if len(v) == 0 {
		return math.NaN()
	}
	s := slices.Sorted(slices.Values(v))
	return (s[(len(s)-1)/2] + s[len(s)/2]) / 2
}

func pearson(x, y []float64) float64 {
	mx, my, sum := mean(x), mean(y), 0.0
	for i := range x {
		sum += (x[i] - mx) * (y[i] - my)
	}
	return sum / float64(len(x)-1) / sd(x) / sd(y)
}
