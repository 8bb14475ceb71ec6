package evidence_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cairn/internal/evidence"
	"cairn/internal/measure"
)

// A transition table says all that the rows say: every number of a finding
// equals that of plain loops over people, and is missing where theirs is.
func TestOf_TableEqualsRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		score, all := anyScore(t), people(t, "people")
		f, r := evidence.Of(score, tableOf(all)), rowsOf(score, all)
		equal(t, "", treeOf(t, f), r.finding())
		bars(t, "before", f.Before, r.before, score)
		bars(t, "after", f.After, r.after, score)
	})
}

// The same of what several schemes say together.
func TestAcross_TableEqualsRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		score, schemes := anyScore(t), groups(t)
		got := treeOf(t, evidence.Across(findingsOf(score, schemes))).(obj)
		want := obj{"funnel_reliably_improved": nil}

		var change, standardised estimates
		var names []string
		var paired, due, improved []int
		known := true
		for _, name := range slices.Sorted(maps.Keys(schemes)) {
			r := rowsOf(score, schemes[name])
			y, v := r.smcr()
			change.take(name, mean(r.changes), variance(r.changes)/r.n())
			if variance(r.changes) == 0 {
				y = math.NaN() // no spread of changes, no place in a pool
			}
			standardised.take(name, y, v)
			names, paired, due = append(names, name), append(paired, len(r.changes)), append(due, len(r.baselines))
			share, _ := r.reliable("fixed", r.referenceSD())["improved"].(obj)
			if p, ok := r.published().(obj); ok {
				share = p["improved"].(obj)
			}
			better, counted := share["x"].(int)
			known = known && counted
			improved = append(improved, better)
		}
		want["pooled_mean_change"] = pooled(t, got["pooled_mean_change"], change)
		want["pooled_smcr"] = pooled(t, got["pooled_smcr"], standardised)
		want["funnel_mean_change"] = change.funnel()
		want["funnel_completion"] = shareFunnel(names, paired, due)
		if known {
			want["funnel_reliably_improved"] = shareFunnel(names, improved, paired)
		}
		want["completion_by_scheme"] = completion(names, paired, due)
		equal(t, "", got, want)
	})
}

// pooled is null with fewer than two. Where the likelihood may have several
// peaks ours is taken, once it is seen to be one.
func pooled(t *rapid.T, got any, e estimates) any {
	if len(e.y) < 2 {
		return nil
	}
	reml, ok := e.reml()
	if pool, is := got.(obj); !ok && is {
		reml = pool["REML"].(obj)["tau2"].(float64)
		if slope := e.score(reml); reml > 0 && math.Abs(slope) > 1e-6*math.Abs(e.score(0)) {
			t.Fatalf("REML's tau2 %v is no peak: the slope is %v there and %v at 0", reml, slope, e.score(0))
		}
	}
	p := e.pool(reml)
	names := []any{}
	for _, name := range e.names {
		names = append(names, name)
	}
	p["schemes"], p["excluded"], p["yi"], p["vi"] = names, append([]any{}, e.excluded...), list(e.y), list(e.v)
	return p
}

// And of groups held against each other.
func TestCompare_TableEqualsRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		score, schemes := anyScore(t), groups(t)
		reference := rapid.SampledFrom(slices.Sorted(maps.Keys(schemes))).Draw(t, "reference")
		tables := tablesOf(schemes)
		got, err := evidence.Compare(score, reference, tables)
		all := map[string]rows{}
		for name, people := range schemes {
			all[name] = rowsOf(score, people)
		}
		c := groupsOf(reference, all)
		if c.none() || err != nil {
			if !c.none() || err == nil {
				t.Fatalf("compared %+v, error %v; by rows there is none: %v", got, err, c.none())
			}
			return
		}
		equal(t, "", treeOf(t, got), c.comparison())
	})
}

// groups are one to six schemes.
func groups(t *rapid.T) map[string][]person {
	schemes := map[string][]person{}
	for _, name := range []string{"Allotment", "Choir", "Garden", "Hilltop", "Riverside", "Walks"}[:rapid.IntRange(1, 6).Draw(t, "schemes")] {
		schemes[name] = people(t, name)
	}
	return schemes
}

func bars(t *rapid.T, what string, got []evidence.Bar, scores []float64, score measure.Score) {
	counted := map[float64]int{}
	for _, x := range scores {
		counted[math.Round(x*math.Pow10(score.Decimals))]++
	}
	var want []evidence.Bar
	for _, level := range slices.Sorted(maps.Keys(counted)) {
		want = append(want, evidence.Bar{Level: measure.Level(level), People: counted[level]})
	}
	if !slices.Equal(got, want) {
		t.Fatalf("%s: bars %v, want %v", what, got, want)
	}
}

func treeOf(t *rapid.T, v any) any {
	var tree any
	if err := json.Unmarshal([]byte(jsonOf(t, v)), &tree); err != nil {
		t.Fatal(err)
	}
	return tree
}

// equal holds ours against the row route: the same keys, and each number to 8
// digits.
func equal(t *rapid.T, path string, got, want any) {
	switch w := want.(type) {
	case obj:
		g, ok := got.(obj)
		if !ok {
			t.Fatalf("%s: %v, want an object", path, got)
		}
		delete(g, "reasons")
		if have, need := slices.Sorted(maps.Keys(g)), slices.Sorted(maps.Keys(w)); !slices.Equal(have, need) {
			t.Fatalf("%s: keys %v, want %v", path, have, need)
		}
		for key := range w {
			equal(t, path+"."+key, g[key], w[key])
		}
	case []any:
		g, ok := got.([]any)
		if !ok || len(g) != len(w) {
			t.Fatalf("%s: %v, want %v", path, got, want)
		}
		for i := range w {
			equal(t, fmt.Sprintf("%s[%d]", path, i), g[i], w[i])
		}
	case int:
		if got != float64(w) {
			t.Fatalf("%s: %v, want %d", path, got, w)
		}
	case float64:
		near(t, path, got, w)
	default:
		if got != want {
			t.Fatalf("%s: %v, want %v", path, got, want)
		}
	}
}

func near(t *rapid.T, path string, got any, want float64) {
	relative := 1e-8
	if strings.Contains(path, "_nct_") {
		relative = 1e-6 // the row route's is found by search, too
	}
	g, there := got.(float64)
	switch none := math.IsNaN(want) || math.IsInf(want, 0); {
	case none != (got == nil):
		t.Fatalf("%s: %v, want %v", path, got, want)
	case none:
	case !there || math.Abs(g-want) > max(1e-10, relative*math.Abs(want)):
		t.Fatalf("%s: %v, want %v", path, got, want)
	}
}
