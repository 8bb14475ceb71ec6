package evidence_test

import (
	"encoding/json"
	"math"
	"os"
	"strings"
	"testing"

	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

func quarterOf(t *testing.T, text string) scheme.Quarter {
	t.Helper()
	q, err := scheme.ParseQuarter(text)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func costs(t *testing.T, kind scheme.CostKind, from, to string, pounds int) scheme.Cost {
	t.Helper()
	return scheme.Cost{Kind: kind, Over: scheme.Period{From: quarterOf(t, from), To: quarterOf(t, to)}, Amount: scheme.Pence(pounds * 100), Source: "books"}
}

// tenFound is 10 people measured twice, of whom 4 reliably improved and 1 got worse,
// of 25 who started and 40 who were seen.
func tenFound() (evidence.Finding, evidence.Journey) {
	wilson := func(x, n int, lo, hi float64) evidence.Proportion {
		p := float64(x) / float64(n)
		return evidence.Proportion{X: x, N: n, P: &p, Lo: &lo, Hi: &hi}
	}
	f := evidence.Finding{Counts: evidence.Counts{Paired: 10}, ReliablyPublished: &evidence.Published{
		Improved: wilson(4, 10, 0.2, 0.8), Deteriorated: wilson(1, 10, 0.02, 0.4), NoChange: wilson(5, 10, 0.25, 0.75),
	}}
	seen, started := 40, 25
	return f, evidence.Journey{Steps: []evidence.Step{{Key: "seen", People: &seen}, {Key: "started", People: &started}}}
}

func spending(t *testing.T, lines ...scheme.Cost) evidence.Spending {
	t.Helper()
	return evidence.Spending{
		Lines: lines, First: quarterOf(t, "2026-Q1"), Today: quarterOf(t, "2026-Q2").Last(), SetUp: evidence.SetUpApart,
	}
}

func equals(v *float64, want float64) bool {
	return v != nil && math.Abs(*v-want) < 1e-9*math.Max(1, math.Abs(want))
}

func TestValue(t *testing.T) {
	t.Parallel()
	f, j := tenFound()
	s := spending(t, costs(t, scheme.CostStaff, "2026-Q1", "2026-Q4", 8000), costs(t, scheme.CostSetUp, "2026-Q1", "2026-Q4", 400), costs(t, scheme.CostVolunteers, "2026-Q2", "2026-Q2", 0))
	v := evidence.ValueOf(f, j, s)
	for i, want := range []float64{100, 160, 400, 1000} {
		if !equals(v.Heads[i].Pounds, want) {
			t.Errorf("%s: %v, want %v", v.Heads[i].Name, v.Heads[i].Pounds, want)
		}
	}
	if h := v.Heads[3]; !equals(h.Lo, 500) || !equals(h.Hi, 2000) {
		t.Errorf("the interval is 4000/(10 x 0.8) to 4000/(10 x 0.2): %v to %v", h.Lo, h.Hi)
	}
	if !equals(v.Net.Pounds, 4000.0/3) || !equals(v.Total, 4000) || !equals(v.Apart, 200) {
		t.Errorf("net %v, total %v, apart %v", v.Net.Pounds, v.Total, v.Apart)
	}
	left := strings.Join(v.LeftOut(), " ")
	for _, want := range []string{"No costs of activities are entered.", "No costs of volunteers are entered for 2026-Q1.", "Set-up is apart: £200"} {
		if !strings.Contains(left, want) {
			t.Errorf("left out says %q, not %q", left, want)
		}
	}
	if strings.Contains(left, "No costs of staff") {
		t.Error("staff costs are there")
	}
	if got := v.Brief(); !strings.Contains(got, "4 people reliably improved and 1 got reliably worse.") || !strings.Contains(got, "£1,000 for each person reliably improved (95% interval from £500 to £2,000)") || !strings.Contains(got, "it is £1,333") {
		t.Error(got)
	}
	page, err := os.ReadFile("../../docs/statistics.md")
	if err != nil || !strings.Contains(string(page), v.Brief()) {
		t.Errorf("docs/statistics.md does not quote %q (%v)", v.Brief(), err)
	}
	s.SetUp = evidence.SetUpSpread
	if v := evidence.ValueOf(f, j, s); !equals(v.Total, 4200) || v.Apart != nil || !strings.Contains(strings.Join(v.LeftOut(), " "), "Set-up is in: £200") {
		t.Errorf("spread: %v, apart %v", v.Total, v.Apart)
	}
}

// Costs of some of the quarters whose people count make every cost for a person too
// low, and people who do not count yet too high: both are told, without a bound or
// an interval, and with the quarters that are in it. No share of a change is said to
// equal such costs.
func TestValueOfSomeQuarters(t *testing.T) {
	t.Parallel()
	f, j := tenFound()
	v := evidence.ValueOf(f, j, spending(t, costs(t, scheme.CostStaff, "2026-Q2", "2026-Q2", 4000)))
	for _, said := range []string{v.Brief(), v.Sentence()} {
		for _, want := range []string{"The costs entered for 2026-Q2 are £4,000. None are entered for 2026-Q1, whose people are counted too, which makes a cost for a person too low", "are in the costs alone, which makes it too high", "£1,000 for each person reliably improved (no interval"} {
			if !strings.Contains(said, want) {
				t.Errorf("%q does not say %q", said, want)
			}
		}
		if strings.Contains(said, "at least") || strings.Contains(said, "95%") || strings.Contains(said, "2026-Q1 to 2026-Q2") {
			t.Errorf("%q is surer than the costs are", said)
		}
	}
	if !strings.Contains(v.Sentence(), "That is £100 for each person seen") || v.Counted() != "2026-Q2" || !v.Short() {
		t.Errorf("%q, of %s", v.Sentence(), v.Counted())
	}
	w, err := gained(0.2).Wellby(v, evidence.If{Caused: 25, Weeks: 26})
	if err != nil || w.Rows[1].Equals != nil || w.Caused(w.Rows[1].Equals) != "not told: costs are missing" || !strings.Contains(v.EqualSentence(), "None are entered for 2026-Q1, so it is not told") {
		t.Errorf("equal to costs that are not there: %+v, %q, %v", w, v.EqualSentence(), err)
	}
}

// Where nobody improved, where more got worse, where nothing is entered and where
// contacts are unknown there is a reason and no number.
func TestValueRefuses(t *testing.T) {
	t.Parallel()
	f, j := tenFound()
	none, few := 0.0, 0.3
	f.ReliablyPublished.Improved = evidence.Proportion{N: 10, P: &none, Lo: &none, Hi: &few}
	j.Steps[0].People = nil
	s := spending(t, costs(t, scheme.CostStaff, "2026-Q1", "2026-Q2", 3000))
	v := evidence.ValueOf(f, j, s)
	if h := v.Heads[3]; h.Pounds != nil || h.Hi != nil || !equals(h.Lo, 1000) || v.Net.Pounds != nil {
		t.Errorf("nobody improved: %+v, net %+v", h, v.Net)
	}
	if got := v.Sentence(); !strings.Contains(got, "from £1,000 up; the upper end is not estimable") || !strings.Contains(got, "no such cost") || strings.Contains(got, "for each person seen") {
		t.Error(got)
	}
	if v.Heads[0].Pounds != nil || v.Heads[0].Why == "" {
		t.Errorf("nobody recorded contacts: %+v", v.Heads[0])
	}
	for name, s := range map[string]evidence.Spending{
		"no line":           spending(t),
		"of later quarters": spending(t, costs(t, scheme.CostStaff, "2026-Q3", "2026-Q4", 1)),
		"set-up apart only": spending(t, costs(t, scheme.CostSetUp, "2026-Q1", "2026-Q1", 1)),
	} {
		v := evidence.ValueOf(f, j, s)
		if v.Entered() || v.Heads[1].Pounds != nil || !strings.Contains(v.Brief(), "No cost is entered for 2026-Q1 to 2026-Q2") {
			t.Errorf("%s: %v, %s", name, v.Total, v.Brief())
		}
	}
	empty := evidence.ValueOf(evidence.Of(measure.Score{}, scheme.NewTransitions()), evidence.JourneyOf(scheme.NewJourney(scheme.Period{}, s.Today)), s)
	for _, h := range empty.Heads {
		if h.Pounds != nil || h.Why == "" {
			t.Errorf("nobody at all: %+v", h)
		}
	}
	if raw, err := json.Marshal(empty); err != nil || strings.Contains(string(raw), "NaN") {
		t.Errorf("%s, %v", raw, err)
	}
}

func TestValueTrend(t *testing.T) {
	t.Parallel()
	f, j := tenFound()
	up := evidence.ValueOf(f, j, spending(t, costs(t, scheme.CostStaff, "2026-Q1", "2026-Q1", 100), costs(t, scheme.CostStaff, "2026-Q2", "2026-Q2", 350), costs(t, scheme.CostSetUp, "2026-Q1", "2026-Q1", 900)))
	if got := up.Trend(); got != "Running costs rose by £250, from £100 in 2026-Q1 to £350 in 2026-Q2." {
		t.Error(got)
	}
	down := evidence.ValueOf(f, j, spending(t, costs(t, scheme.CostStaff, "2026-Q1", "2026-Q1", 350), costs(t, scheme.CostStaff, "2026-Q2", "2026-Q2", 100)))
	if got := down.Trend(); !strings.HasPrefix(got, "Running costs fell by £250,") {
		t.Error(got)
	}
	one := spending(t, costs(t, scheme.CostStaff, "2026-Q1", "2026-Q2", 350))
	one.Over = scheme.Period{From: one.First, To: one.First}
	if got := evidence.ValueOf(f, j, one).Trend(); got != "" {
		t.Errorf("one quarter has no trend: %s", got)
	}
}

// The worked example of the guidance, and others by the same rule.
func TestWellbyVectors(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("../../testdata/vectors/wellby.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Cases []struct {
			Change, Caused float64
			Weeks          int
			Worth          []float64
		}
	}
	if err := json.Unmarshal(raw, &file); err != nil || len(file.Cases) < 5 {
		t.Fatalf("%d cases, %v", len(file.Cases), err)
	}
	_, j := tenFound()
	for _, c := range file.Cases {
		lo, hi := c.Change-0.1, c.Change+0.1
		f := gained(c.Change)
		f.Change.CILo, f.Change.CIHi = &lo, &hi
		v := evidence.ValueOf(f, j, spending(t, costs(t, scheme.CostStaff, "2026-Q1", "2026-Q2", 1300)))
		w, err := f.Wellby(v, evidence.If{Caused: c.Caused, Weeks: c.Weeks})
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range c.Worth {
			if !equals(w.Rows[i].Mean, want) || !equals(w.Rows[i].All, 10*want) || *w.Rows[i].Lo > *w.Rows[i].Mean || *w.Rows[i].Hi < *w.Rows[i].Mean {
				t.Errorf("%+v, %s value: %v, want %v", c, w.Rows[i].Worth.Name, *w.Rows[i].Mean, want)
			}
		}
	}
}

func gained(change float64) evidence.Finding {
	return evidence.Finding{
		Score:  measure.Score{Series: evidence.LifeSatisfaction},
		Counts: evidence.Counts{Paired: 10}, Change: evidence.Change{Mean: &change},
	}
}

// A value is of life satisfaction only, under the reader's ifs and beside costs.
func TestWellbyOnlyIf(t *testing.T) {
	t.Parallel()
	_, j := tenFound()
	s := spending(t, costs(t, scheme.CostStaff, "2026-Q1", "2026-Q2", 1300))
	f := gained(0.2)
	v := evidence.ValueOf(f, j, s)
	w, err := f.Wellby(v, evidence.If{Caused: 25, Weeks: 26})
	if err != nil {
		t.Fatal(err)
	}
	got := w.Sentence()
	for _, want := range []string{"If 25% of this change were caused by the scheme and lasted 26 weeks", "about £330 a person", "2019", "£250", "£400", "has no interval"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q does not say %q", got, want)
		}
	}
	// 1,300 / (10 x 0.2 x 0.5 x 13,000) = 10%.
	if !equals(w.Rows[1].Equals, 10) || w.Caused(w.Rows[1].Equals) != "10%" || !strings.Contains(v.EqualSentence(), "Costs may be missing") {
		t.Errorf("equal to the costs at %v", w.Rows[1].Equals)
	}
	worse := gained(-0.2)
	if w, err := worse.Wellby(v, evidence.If{Caused: 100, Weeks: 52}); err != nil || !equals(w.Rows[1].Mean, -2600) || w.Rows[1].Equals != nil || !strings.Contains(w.Sentence(), "−£2,600") {
		t.Errorf("harm reads as harm: %+v, %v", w, err)
	}
	other := gained(0.2)
	other.Score.Series = "ons4-happiness"
	nobody := gained(0)
	nobody.Change.Mean = nil
	for name, err := range map[string]error{
		"happiness": errOf(other.Wellby(v, evidence.If{Caused: 1, Weeks: 1})),
		"nobody":    errOf(nobody.Wellby(v, evidence.If{Caused: 1, Weeks: 1})),
		"no cost":   errOf(f.Wellby(evidence.ValueOf(f, j, spending(t)), evidence.If{Caused: 1, Weeks: 1})),
	} {
		if err == nil {
			t.Errorf("%s has a value", name)
		}
	}
	cautions := strings.Join(evidence.WellbyCautions(), " ")
	for _, want := range []string{"no effect", "deadweight", "drop-off", "QALYs", "2019"} {
		if !strings.Contains(cautions, want) {
			t.Errorf("the cautions do not speak of %s", want)
		}
	}
}

func errOf(_ evidence.Wellby, err error) error { return err }

func TestMoney(t *testing.T) {
	t.Parallel()
	for v, want := range map[float64]string{0: "£0", 12.5: "£12.50", 12: "£12", 99.996: "£100", 1234.56: "£1,235", 1234567: "£1,234,567", -520: "−£520", -0.001: "£0"} {
		if got := evidence.Money(&v); got != want {
			t.Errorf("%v: %s, want %s", v, got, want)
		}
	}
	if got := evidence.Money(nil); got != evidence.NotEstimable {
		t.Error(got)
	}
	if got := evidence.Exactly(1_250_000); got != "£12,500.00" {
		t.Error(got)
	}
}
