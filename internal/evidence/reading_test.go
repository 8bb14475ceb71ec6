package evidence_test

import (
	"slices"
	"strings"
	"testing"

	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

func dayOf(t *testing.T, text string) scheme.Day {
	t.Helper()
	d, err := scheme.ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// course is one person's scores, twelve weeks apart.
func course(t *testing.T, s measure.Score, levels ...measure.Level) scheme.Course {
	t.Helper()
	c := scheme.Course{Score: s}
	for i, l := range levels {
		c.Points = append(c.Points, scheme.Point{On: dayOf(t, "2026-01-12").Plus(84 * i), Level: l})
	}
	if len(levels) > 0 {
		c.Base = &c.Points[0]
	}
	if len(levels) > 1 {
		c.Later = &c.Points[len(levels)-1]
	}
	return c
}

// One person is judged as a scheme's people are counted: for every score of the
// library, and one with a reliability alone, the verdicts of many people add up
// to the counts of the scheme that they would be.
func TestRead_TheRuleOfTheScheme(t *testing.T) {
	all, err := measure.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	scores := []measure.Score{withReliability()}
	for _, d := range all {
		scores = append(scores, d.Reported()...)
	}
	seen := map[evidence.Verdict]int{}
	for _, s := range scores {
		low, high := s.Min, s.Max
		if s.Open {
			low, high = 0, measure.Level(100*measure.Pow10(s.Decimals))
		}
		levels := []measure.Level{low, high, (low + high) / 2}
		if s.Threshold != nil { // what lies exactly at the threshold and beside it
			far := measure.Level(s.Threshold.Points * float64(measure.Pow10(s.Decimals)))
			levels = append(levels, low+far-1, low+far, low+far+1)
		}
		table, counts := scheme.NewTransitions(), map[evidence.Verdict]int{}
		for _, from := range levels {
			for _, to := range levels {
				table.Add(scheme.Tally{State: scheme.Paired, From: from, To: to, People: 1})
				counts[evidence.Read(course(t, s, from, to)).Verdict]++
			}
		}
		better, same, worse, by := evidence.Of(s, table).Movement()
		want := map[evidence.Verdict]int{evidence.Unsaid: table.Flow.Paired}
		if by != "" {
			want = map[evidence.Verdict]int{evidence.Better: better.X, evidence.NoChange: same.X, evidence.Worse: worse.X}
		}
		for v, n := range want {
			if counts[v] != n {
				t.Errorf("%s: %d people are %s one by one, %d in the scheme", s.Series, counts[v], v, n)
			}
			seen[v] += n
		}
	}
	for _, v := range []evidence.Verdict{evidence.Better, evidence.NoChange, evidence.Worse, evidence.Unsaid} {
		if seen[v] == 0 {
			t.Errorf("nobody was %s, so nothing was compared", v)
		}
	}
}

// What a practitioner reads, in every situation, word for word.
func TestRead_InWords(t *testing.T) {
	const noThreshold = " No threshold is agreed for this score, so whether that is more than chance cannot be said."
	for _, c := range []struct {
		name    string
		score   measure.Score
		levels  []measure.Level
		verdict evidence.Verdict
		says    string
	}{
		{"better", converted(), []measure.Level{1925, 2235}, evidence.Better, "3.1 points better than at the start. That is more than chance in this measure would usually give: reliably better."},
		{"exactly the threshold, which is not past it", converted(), []measure.Level{1925, 2212}, evidence.NoChange, "2.87 points better than at the start. That could be chance in this measure: no reliable change."},
		{"worse", converted(), []measure.Level{2235, 1925}, evidence.Worse, "3.1 points worse than at the start. That is more than chance in this measure would usually give: reliably worse."},
		{"a fall that is no change", converted(), []measure.Level{1925, 1859}, evidence.NoChange, "0.66 points worse than at the start. That could be chance in this measure: no reliable change."},
		{"the same", converted(), []measure.Level{1925, 1925}, evidence.NoChange, "The same as at the start. That could be chance in this measure: no reliable change."},
		{"the last score counts, not the best", converted(), []measure.Level{1925, 3500, 1998}, evidence.NoChange, "0.73 points better than at the start. That could be chance in this measure: no reliable change."},
		{"no threshold", satisfaction(), []measure.Level{4, 7}, evidence.Unsaid, "3 points better than at the start." + noThreshold},
		{"lower is better", anxiety(), []measure.Level{7, 6}, evidence.Unsaid, "1 point better than at the start." + noThreshold},
		{"higher is worse", anxiety(), []measure.Level{6, 8}, evidence.Unsaid, "2 points worse than at the start." + noThreshold},
		{"the same without a threshold", anxiety(), []measure.Level{6, 6}, evidence.Unsaid, "The same as at the start." + noThreshold},
		{"one score", converted(), []measure.Level{1925}, evidence.OneScore, "One score so far: nothing to compare it with yet."},
		{"none", converted(), nil, evidence.NoScore, "No score yet."},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := evidence.Read(course(t, c.score, c.levels...))
			if r.Verdict != c.verdict || r.Says() != c.says {
				t.Errorf("%s: %q\nwant %s: %q", r.Verdict, r.Says(), c.verdict, c.says)
			}
			if (r.Change != nil) != (len(c.levels) > 1) {
				t.Errorf("change %v of %d scores", r.Change, len(c.levels))
			}
		})
	}
	r := evidence.Read(course(t, converted(), 1925, 2235))
	if want := "3.1 points better than at the start, from 19.25 on 12 January 2026 to 22.35 on 6 April 2026. That is more"; !strings.HasPrefix(r.Sentence(), want) {
		t.Errorf("%q, want it to begin %q", r.Sentence(), want)
	}
	if r.Scale() != "7 to 35, higher is better" {
		t.Errorf("the scale is %q", r.Scale())
	}
}

// The band is the threshold either side of the first score, cut where the scale
// ends; without an agreed threshold there is none.
func TestRead_Band(t *testing.T) {
	for _, c := range []struct {
		score     measure.Score
		first     measure.Level
		low, high float64
		there     bool
	}{
		{converted(), 1925, 16.38, 22.12, true},
		{converted(), 700, 7, 9.87, true},
		{converted(), 3500, 32.13, 35, true},
		{satisfaction(), 5, 0, 0, false},
	} {
		low, high, ok := evidence.Read(course(t, c.score, c.first)).Band()
		if ok != c.there || low < c.low-1e-9 || low > c.low+1e-9 || high < c.high-1e-9 || high > c.high+1e-9 {
			t.Errorf("%s from %d: %g to %g, %v; want %g to %g", c.score.Series, c.first, low, high, ok, c.low, c.high)
		}
	}
	if _, _, ok := evidence.Read(course(t, converted())).Band(); ok {
		t.Error("there is a band around no score")
	}
}

// What can move a score beside the person is said, and only where it differs.
func TestRead_Asides(t *testing.T) {
	c := course(t, anxiety(), 0, 4)
	c.Base.Channel, c.Later.Channel = "in-person", "phone"
	c.Base.Helper, c.Later.Helper = "nobody", "interpreter"
	got := evidence.Read(c).Asides()
	want := []string{
		"The first score is at the best end of the scale, where it cannot get better.",
		"The first was taken in person and the latest by phone: the way of asking can move a score.",
		"Who helped differs (nobody, then an interpreter): help can move a score.",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	c.Later.Channel, c.Later.Helper, c.Base.Level = "in-person", "", 10
	if got := evidence.Read(c).Asides(); len(got) != 1 || !strings.Contains(got[0], "worst end") {
		t.Errorf("%q, want the worst end alone", got)
	}
	if got := evidence.Read(course(t, converted(), 1925, 2235)).Asides(); len(got) != 0 {
		t.Errorf("%q of two like scores", got)
	}
}
