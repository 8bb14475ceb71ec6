package evidence_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cairn/internal/evidence"
)

// reasoned says that every null has its reason and that no reason stands beside
// a number.
func reasoned(t *rapid.T, doc any, reasons map[string]string) {
	t.Helper()
	tree := treeOf(t, doc).(obj)
	delete(tree, "reasons")
	gaps := map[string]bool{}
	collect(gaps, "", tree)
	for path := range gaps {
		if !strings.HasPrefix(reasons[path], "not estimable: ") {
			t.Fatalf("%s is null without a reason", path)
		}
	}
	for path, why := range reasons {
		if !gaps[path] || strings.Contains(why, "not worked out") {
			t.Fatalf("%s: the reason %q stands beside a number, or for one that somebody forgot", path, why)
		}
	}
	if len(gaps) == 0 && reasons != nil {
		t.Fatalf("nothing is missing, and yet there are reasons: %v", reasons)
	}
}

func TestAcross_EveryGapHasAReason(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		together := evidence.Across(findingsOf(anyScore(t), groups(t)))
		reasoned(t, together, together.Reasons)
	})
}

func TestCompare_EveryGapHasAReason(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		schemes := groups(t)
		reference := rapid.SampledFrom(slices.Sorted(maps.Keys(schemes))).Draw(t, "reference")
		if compared, err := evidence.Compare(anyScore(t), reference, tablesOf(schemes)); err == nil {
			reasoned(t, compared, compared.Reasons)
		}
	})
}

func TestPoolOf_EveryGapHasAReason(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []evidence.Estimate
		for range rapid.IntRange(0, 5).Draw(t, "estimates") {
			all = append(all, evidence.Estimate{
				Study: "any", Value: float64(rapid.IntRange(-3, 3).Draw(t, "value")), Variance: float64(rapid.IntRange(1, 4).Draw(t, "variance")),
			})
		}
		pool, funnel := evidence.PoolOf(all)
		reasoned(t, struct {
			evidence.Pool
			Funnel *evidence.Funnel `json:"funnel"`
		}{pool, funnel}, pool.Reasons)
	})
}
