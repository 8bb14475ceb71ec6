package evidence_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"cairn/internal/evidence"
	"cairn/internal/measure"
)

func labels(bins []evidence.Bin) []string {
	var all []string
	for _, b := range bins {
		all = append(all, b.Label)
	}
	return all
}

func TestBins(t *testing.T) {
	openLow, openHigh := measure.OpenRange()
	one := []evidence.Bar{{Level: 7, People: 1}}
	for _, c := range []struct {
		name  string
		score measure.Score
		bars  []evidence.Bar
		first []string
		last  string
		n     int
	}{
		{"a bin for each level of ONS4", measure.Score{Max: 10}, one, []string{"0", "1"}, "10", 11},
		{"a raw total of 29 levels", measure.Score{Min: 7, Max: 35}, one, []string{"7 to 8", "9 to 10"}, "35", 15},
		{"a converted score", measure.Score{Min: 700, Max: 3500, Decimals: 2}, nil, []string{"7 to 8.99"}, "33 to 35", 14},
		{"too many levels by one", measure.Score{Max: 15}, one, []string{"0 to 1"}, "14 to 15", 8},
		{"a level more than full bins hold", measure.Score{Max: 75}, one, []string{"0 to 4"}, "70 to 75", 15},
		{"tenths while they are few", measure.Score{Max: 74, Decimals: 1}, one, []string{"0 to 0.4"}, "7 to 7.4", 15},
		{"whole points where they are many", measure.Score{Max: 75, Decimals: 1}, one, []string{"0 to 0.9"}, "7 to 7.5", 8},
		{"a sliver joins its neighbour", measure.Score{Max: 100}, one, []string{"0 to 9"}, "90 to 100", 10},
		{"a range through zero", measure.Score{Min: -50, Max: 100, Decimals: 1}, nil, []string{"-5 to -4.1"}, "9 to 10", 15},
		{"an open scale covers what was seen", measure.Score{Min: openLow, Max: openHigh, Open: true},
			[]evidence.Bar{{Level: -3, People: 2}, {Level: 61, People: 1}}, []string{"-5 to -1", "0 to 4"}, "60 to 61", 14},
		{"an open scale where nothing was seen", measure.Score{Open: true}, nil, nil, "", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := labels(evidence.Bins(c.score, c.bars, nil))
			if len(got) != c.n || c.n > 0 && (!slices.Equal(got[:len(c.first)], c.first) || got[c.n-1] != c.last) {
				t.Errorf("bins %q; want %d from %q to %q", got, c.n, c.first, c.last)
			}
		})
	}
}

// Whatever the scale: few bins, side by side, and nobody left out.
func TestBins_HoldEverybody(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := measure.Score{Decimals: rapid.IntRange(0, 4).Draw(t, "decimals")}
		s.Min = measure.Level(rapid.Int64Range(-50_000, 50_000).Draw(t, "lowest"))
		s.Max = s.Min + measure.Level(rapid.Int64Range(1, 400_000).Draw(t, "levels"))
		s.Open = rapid.IntRange(0, 2).Draw(t, "ends") == 0
		bars := func(label string) (all []evidence.Bar, people int) {
			for _, l := range rapid.SliceOfN(rapid.Int64Range(int64(s.Min), int64(s.Max)), 1, 20).Draw(t, label) {
				all = append(all, evidence.Bar{Level: measure.Level(l), People: 2})
				people += 2
			}
			return all, people
		}
		before, n := bars("before")
		after, m := bars("after")
		bins := evidence.Bins(s, before, after)
		if len(bins) > 16 {
			t.Fatalf("%d bins", len(bins))
		}
		for i, b := range bins {
			n, m = n-b.Before, m-b.After
			if b.To < b.From || i > 0 && b.From != bins[i-1].To+1 {
				t.Fatalf("bin %d runs from %d to %d after %+v", i, b.From, b.To, bins[max(0, i-1)])
			}
		}
		if n != 0 || m != 0 {
			t.Fatalf("%d people before and %d after are in no bin", n, m)
		}
		if !s.Open && (bins[0].From != s.Min || bins[len(bins)-1].To != s.Max) {
			t.Fatalf("bins run from %d to %d, the scale from %d to %d", bins[0].From, bins[len(bins)-1].To, s.Min, s.Max)
		}
	})
}
