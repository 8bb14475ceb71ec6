package measure_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cairn/internal/measure"
)

// Three problems at first, of which one is dropped and another one is new at
// the second rating: only the two that were rated twice count.
func TestOnlyRatedTwice(t *testing.T) {
	d := bundled(t, "copm")
	first := map[string]int{
		"problem-1-importance": 10, "problem-1-performance": 2, "problem-1-satisfaction": 1,
		"problem-2-importance": 8, "problem-2-performance": 4, "problem-2-satisfaction": 4,
		"problem-3-importance": 5, "problem-3-performance": 9, "problem-3-satisfaction": 9,
	}
	later := map[string]int{
		"problem-1-performance": 5, "problem-1-satisfaction": 6,
		"problem-2-performance": 6,
		"problem-4-performance": 1, "problem-4-satisfaction": 1,
	}
	before, after := d.Rescored(first, later)
	if diff := cmp.Diff([]measure.Scored{{"copm-performance", 300}, {"copm-satisfaction", 100}}, before); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]measure.Scored{{"copm-performance", 550}, {"copm-satisfaction", 600}}, after); diff != "" {
		t.Error(diff)
	}
	if before, after = d.Rescored(first, map[string]int{"problem-5-performance": 3}); before != nil || after != nil {
		t.Errorf("no problem was rated twice: %v, %v", before, after)
	}
}

// Weights are given once and hold: T before and after are of the same goals
// under the same weights.
func TestGoalsKeepTheirWeights(t *testing.T) {
	d := bundled(t, "gas")
	first := map[string]int{
		"goal-1-attained": -1, "goal-1-importance": 3, "goal-1-difficulty": 3,
		"goal-2-attained": -1, "goal-2-importance": 2, "goal-2-difficulty": 2,
		"goal-3-attained": -2, "goal-3-importance": 1, "goal-3-difficulty": 1,
	}
	later := map[string]int{"goal-1-attained": 1, "goal-1-importance": 1, "goal-1-difficulty": 1, "goal-2-attained": 0, "goal-3-attained": -1}
	before, after := d.Rescored(first, later)
	// w(9,4,1) x(-1,-1,-2): 50 - 150/√(0.7·98 + 0.3·196) = 36.7106; x(1,0,-1) is 57.0877.
	if diff := cmp.Diff([]measure.Scored{{"gas-t", 367106}}, before); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]measure.Scored{{"gas-t", 570877}}, after); diff != "" {
		t.Error(diff)
	}
}

// What a person wrote stands at a place of its own, and the same place later is
// the same problem.
func TestWordsKeys(t *testing.T) {
	got := bundled(t, "gbo").Own.WordsKeys()
	if diff := cmp.Diff([]string{"goal-1", "goal-2", "goal-3"}, got); diff != "" {
		t.Error(diff)
	}
}

// For any ratings: the score twice is made of what both have, an order of
// problems changes nothing, and other measures are left alone.
func TestTwiceLaws(t *testing.T) {
	d, other := bundled(t, "copm"), bundled(t, "ons4")
	rapid.Check(t, func(t *rapid.T) {
		rate := func(name string) map[string]int {
			said := map[string]int{}
			for _, it := range d.Items {
				if rapid.Bool().Draw(t, name+it.Key) {
					said[it.Key] = rapid.IntRange(it.Min, it.Max).Draw(t, name+it.Key+"=")
				}
			}
			return said
		}
		first, later := rate("first "), rate("later ")
		before, after := d.Rescored(first, later)
		if len(before) != len(after) {
			t.Fatalf("%v before, %v after", before, after)
		}
		if same, _ := d.Rescored(first, first); !cmp.Equal(same, scoredOf(d, first)) {
			t.Fatalf("rated the same twice: %v, want %v", same, scoredOf(d, first))
		}
		b, a := d.Twice(first, later)
		for key := range b {
			if _, both := a[key]; !both {
				t.Fatalf("%s stands before and not after", key)
			}
		}
		if b, a := other.Twice(first, later); !cmp.Equal(b, first) || !cmp.Equal(a, later) {
			t.Fatal("a measure that is not individualised is cut")
		}
	})
}

func scoredOf(d measure.Definition, said map[string]int) []measure.Scored {
	made, err := d.FromItems(said)
	if err != nil {
		return nil
	}
	return made
}
