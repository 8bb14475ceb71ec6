package evidence_test

import (
	"testing"

	"cairn/internal/evidence"
	"cairn/internal/measure"
)

func TestNumbersForPeople(t *testing.T) {
	v := func(x float64) *float64 { return &x }
	whole, fine := measure.Score{}, measure.Score{Decimals: 2}
	for _, c := range []struct{ what, got, want string }{
		{"no number", evidence.Points(nil, whole), "not estimable"},
		{"one decimal", evidence.Points(v(18.649), whole), "18.6"},
		{"two where the score has decimals", evidence.Points(v(18.649), fine), "18.65"},
		{"below zero", evidence.Points(v(-1.25), fine), "−1.25"},
		{"no minus before a zero", evidence.Points(v(-0.04), whole), "0.0"},
		{"a rise", evidence.Signed(v(1.26), whole), "+1.3"},
		{"a fall", evidence.Signed(v(-1.26), whole), "−1.3"},
		{"no plus before a zero", evidence.Signed(v(0.04), whole), "0.0"},
		{"no change to give", evidence.Signed(nil, whole), "not estimable"},
		{"an interval", evidence.Interval(v(-0.4), v(2.14), whole), "from −0.4 to 2.1"},
		{"half an interval is none", evidence.Interval(v(-0.4), nil, whole), "not estimable"},
		{"nor is the other half", evidence.Interval(nil, v(2.1), whole), "not estimable"},
		{"whole per cent", evidence.Percent(v(0.6749)), "67%"},
		{"not quite none", evidence.Percent(v(0.004)), "under 1%"},
		{"not quite all", evidence.Percent(v(0.9951)), "over 99%"},
		{"none", evidence.Percent(v(0)), "0%"},
		{"all", evidence.Percent(v(1)), "100%"},
		{"of nobody", evidence.Percent(nil), "not estimable"},
		{"a share", evidence.Share(evidence.Proportion{X: 1203, N: 2406, P: v(0.5)}), "1,203 of 2,406 (50%)"},
		{"a share of nobody", evidence.Share(evidence.Proportion{}), "0 of 0"},
		{"thousands", evidence.People(1234567), "1,234,567"},
		{"below a thousand", evidence.People(987), "987"},
		{"a p-value", evidence.PValue(v(0.0283)), "0.028"},
		{"a small one is never 0", evidence.PValue(v(1e-40)), "under 0.001"},
		{"none", evidence.PValue(nil), "not estimable"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.what, c.got, c.want)
		}
	}
}
