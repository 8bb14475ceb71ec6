package charts_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"regexp"
	"strings"
	"testing"

	"cairn/charts"
	"cairn/internal/evidence"
	"cairn/internal/measure"
)

// swb is the score of the made-up acceptance case.
func swb() measure.Score {
	return measure.Score{Name: "swb", Direction: measure.HigherIsBetter, Min: 7, Max: 35}
}

// together is what R found of the made-up case's three schemes.
func together(t *testing.T) evidence.Together {
	t.Helper()
	raw, err := os.ReadFile("../testdata/acceptance/madeup/expected.json")
	if err != nil {
		t.Fatal(err)
	}
	var all struct{ Results map[string]evidence.Together }
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	return all.Results["swb|pre|post"]
}

func number(v float64) *float64 { return &v }

// many is a pool of k schemes without random effects, named so that the order of
// names is neither that of the list nor that of the results.
func many(k int) evidence.Pooled {
	p := evidence.Pooled{Pool: evidence.Pool{K: k, REML: &evidence.RandomEffects{
		Estimate: number(1), HKAdhoc: evidence.MeanTest{CILo: number(-0.5), CIHi: number(2.5)},
	}}}
	for i := range k {
		p.Schemes = append(p.Schemes, fmt.Sprintf("Scheme %03d", (i*37)%k))
		p.Y, p.V = append(p.Y, math.Sin(float64(i))), append(p.V, 0.1+float64(i%7)/10)
		p.REML.Weights = append(p.REML.Weights, number(100/float64(k)))
	}
	return p
}

func forest(t *testing.T, p evidence.Pooled) charts.Figure {
	t.Helper()
	fig, err := charts.Forest("swb, pre to post", charts.Schemes(), p, swb())
	if err != nil {
		t.Fatal(err)
	}
	return fig
}

func funnel(t *testing.T, f evidence.Funnel) charts.Figure {
	t.Helper()
	fig, err := charts.Funnel("swb, pre to post", charts.Schemes(), f, swb())
	if err != nil {
		t.Fatal(err)
	}
	return fig
}

func shares(t *testing.T, f evidence.ShareFunnel) charts.Figure {
	t.Helper()
	fig, err := charts.ShareFunnel(charts.Share{
		ID: "funnel-completion", Title: "swb, pre to post", What: "measured twice", Of: "people with a baseline", Among: charts.Schemes(),
	}, f)
	if err != nil {
		t.Fatal(err)
	}
	return fig
}

func TestForest(t *testing.T) {
	golden(t, "forest", forest(t, *together(t).PooledMeanChange))
}

func TestFunnel(t *testing.T) {
	golden(t, "funnel", funnel(t, *together(t).FunnelMeanChange))
}

func TestShareFunnel(t *testing.T) {
	golden(t, "funnel-share", shares(t, *together(t).FunnelCompletion))
}

// A list by result is a league table, whatever it is called.
func TestForest_schemesStandByName(t *testing.T) {
	for _, k := range []int{2, 28, 102} {
		fig := forest(t, many(k))
		if fig.Lines != k+2 || len(fig.Rows) != k+2 {
			t.Fatalf("%d schemes have %d lines and %d rows", k, fig.Lines, len(fig.Rows))
		}
		for i := range k {
			if want := fmt.Sprintf("Scheme %03d", i); fig.Rows[i][0] != want {
				t.Fatalf("row %d of %d is %q, want %q", i, k, fig.Rows[i][0], want)
			}
		}
	}
}

// Whoever is left out is named.
func TestForest_leftOut(t *testing.T) {
	p := *together(t).PooledMeanChange
	p.Excluded = []string{"Riverside", "Hilltop"}
	if fig := forest(t, p); !strings.Contains(fig.Missing, "Hilltop and Riverside.") {
		t.Errorf("missing: %q", fig.Missing)
	}
	p.Small = []string{"Riverside"}
	if fig := forest(t, p); fig.Missing != "Not in this figure, since fewer than 20 people were measured twice: Riverside. Not in this figure, since fewer than 2 people were measured twice or all changed alike: Hilltop." {
		t.Errorf("missing: %q", fig.Missing)
	}
}

// What is nil is said and not drawn.
func TestForest_notEstimable(t *testing.T) {
	one := evidence.Pooled{Schemes: []string{"Hilltop"}, Y: []float64{1}, V: []float64{0.25}, Pool: evidence.Pool{K: 1}}
	fig := forest(t, one)
	if !strings.Contains(fig.Answer, "nothing is pooled") || fig.Rows[1][1] != evidence.NotEstimable || fig.Rows[0][2] != "0.0 to +2.0" {
		t.Errorf("one scheme: %q\n%v", fig.Answer, fig.Rows)
	}
	if series := seriesOf(t, fig); len(series) != 1 {
		t.Errorf("one scheme draws %v", series)
	}
	two := forest(t, many(2)) // no prediction interval from two
	if series := seriesOf(t, two); len(series) != 2 || two.Rows[3][2] != evidence.NotEstimable {
		t.Errorf("two schemes: %q draws %v", two.Answer, series)
	}
	none := forest(t, evidence.Pooled{})
	if none.Option != "" || !strings.Contains(none.Answer, "nothing is pooled") {
		t.Errorf("no scheme: %q %s", none.Answer, none.Option)
	}
}

// The axis shows no change, every scheme and what all say together, and where
// another would lie does not squash them: it is cut at both ends alike.
func TestForest_axis(t *testing.T) {
	p := many(3)
	p.REML.HKAdhoc = evidence.MeanTest{CILo: number(-7.5), CIHi: number(9.5)}
	if low, top := axisOf(t, forest(t, p)); low > -7.5 || top < 9.5 {
		t.Errorf("the pooled interval is cut: the axis runs from %g to %g", low, top)
	}
	p.REML.Prediction.TK2 = [2]*float64{number(-13), number(15)}
	if low, top := axisOf(t, forest(t, p)); low > -13 || top < 15 {
		t.Errorf("there is room for the prediction, and the axis runs from %g to %g", low, top)
	}
	p.REML.Prediction.TK2 = [2]*float64{number(-20), number(22)}
	if low, top := axisOf(t, forest(t, p)); low <= -20 || top >= 22 || low > -7.5 || top < 9.5 {
		t.Errorf("the prediction is cut at one end, or squashes the rest: the axis runs from %g to %g", low, top)
	}
	p = many(3)
	p.REML.Prediction.TK2 = [2]*float64{number(-400), number(400)}
	low, top := axisOf(t, forest(t, p))
	if low > -0.5 || top < 2 || low < -10 || top > 10 {
		t.Errorf("the axis runs from %g to %g", low, top)
	}
	if fig := forest(t, p); !strings.Contains(fig.Notes[3], "from −28.0 to +28.0") {
		t.Errorf("the cut of the axis is not told: %q", fig.Notes[3])
	}
	p.REML = nil
	for i := range p.Y {
		p.Y[i] = 5
	}
	if low, _ := axisOf(t, forest(t, p)); low > 0 {
		t.Errorf("no change is not on the axis, which begins at %g", low)
	}
}

// A forest of releases says what they say: their intervals, in their decimals.
func TestReleasedForest(t *testing.T) {
	p := many(2)
	p.Ends = []evidence.Range{{number(-1.3), number(1.3)}, {number(-0.2), number(1.9)}}
	p.Excluded = []string{"Hilltop"}
	metric := swb()
	metric.Decimals = 2
	fig, err := charts.ReleasedForest("swb, pre to post", p, metric)
	if err != nil {
		t.Fatal(err)
	}
	said := fmt.Sprint(fig.Answer, fig.Rows, fig.Notes)
	if fig.Rows[0][2] != "−1.3 to +1.3" || fig.Rows[1][2] != "−0.2 to +1.9" || !strings.Contains(fig.Notes[0], "as its release shows it") {
		t.Errorf("not as released: %v %q", fig.Rows, fig.Notes[0])
	}
	if fine := regexp.MustCompile(`[+−]\d+\.\d\d`).FindString(said); fine != "" {
		t.Errorf("%s is finer than any release: %s", fine, said)
	}
	if strings.Contains(said, "normal distribution") || !strings.Contains(fig.Missing, "show no interval") {
		t.Errorf("words of another figure: %s %s", said, fig.Missing)
	}
}

// The words are the same for a scheme far above and far below.
func TestFunnel_outside(t *testing.T) {
	f := *together(t).FunnelMeanChange
	const words = "further from the common mean than chance alone would put them"
	f.Outside = []string{"Walk"}
	fig := funnel(t, f)
	if !strings.Contains(fig.Answer, words) || !strings.Contains(fig.Answer, "Walk") || !strings.Contains(fig.Answer, "overdispersion), none does") {
		t.Errorf("answer: %q", fig.Answer)
	}
	f.Outside, f.OutsideAdditive = []string{"Choir", "Walk"}, []string{"Choir"}
	if fig := funnel(t, f); !strings.Contains(fig.Answer, "2 of the 3 schemes lie "+words) || !strings.Contains(fig.Answer, "still: Choir.") {
		t.Errorf("answer: %q", fig.Answer)
	}
	for _, word := range []string{"good", "bad", "best", "worst", "poor"} {
		if strings.Contains(strings.ToLower(fig.Answer), word) {
			t.Errorf("%q judges: %q", word, fig.Answer)
		}
	}
}

func TestShareFunnel_limits(t *testing.T) {
	f := *together(t).FunnelReliablyImproved
	fig := shares(t, f)
	for _, row := range fig.Rows {
		if strings.ContainsAny(strings.Join(row, " "), "−-") {
			t.Errorf("a share below none: %v", row)
		}
	}
	f.X, f.N = []int{0, 9, 6}, []int{60, 9, 6} // none of sixty is beyond what chance does
	f.Exact.L998 = evidence.Band{Lo: []*float64{number(0.1), number(-0.2), number(-0.2)}, Hi: []*float64{number(0.5), number(1.1), number(1.2)}}
	fig = shares(t, f)
	if !strings.Contains(fig.Answer, "chance alone would put them (99.8% limits): Choir.") {
		t.Errorf("answer: %q", fig.Answer)
	}
}

// Two of two are nothing special, though the interpolated limit lies just below:
// where six of ten count, chance alone gives it every third time.
func TestShareFunnel_outsideIsExact(t *testing.T) {
	band := evidence.Band{Lo: []*float64{number(0.0005), number(0.2), number(0.2)}, Hi: []*float64{number(0.99875), number(0.9), number(0.9)}}
	f := evidence.ShareFunnel{Scheme: []string{"Hilltop", "Riverside", "Valley"}, X: []int{2, 19, 12}, N: []int{2, 20, 20}, Target: number(0.6), Exact: evidence.Limits{L95: band, L998: band}}
	if fig := shares(t, f); !strings.Contains(fig.Answer, "(99.8% limits): Riverside.") {
		t.Errorf("answer: %q", fig.Answer)
	}
	f.X[1] = 18
	if fig := shares(t, f); !strings.Contains(fig.Answer, "None of the 3 schemes") {
		t.Errorf("answer: %q", fig.Answer)
	}
}

// What is drawn of a scheme is drawn with its limits, however few people it has.
func TestFunnel_axis(t *testing.T) {
	f := *together(t).FunnelMeanChange
	f.Unadjusted.L998.Lo[1], f.Unadjusted.L998.Hi[1] = number(-15), number(19)
	fig := funnel(t, f)
	var o struct {
		BaseOption struct{ YAxis []struct{ Min, Max float64 } }
	}
	read(t, fig, &o)
	if y := o.BaseOption.YAxis[0]; y.Min > -15 || y.Max < 19 {
		t.Errorf("limits from -15 to 19 on an axis from %g to %g", y.Min, y.Max)
	}
	if all := fmt.Sprint(fig.Notes); strings.Contains(all, "Across: standard error") || !strings.Contains(all, "Across: precision") || strings.Contains(all, "outside of the picture") {
		t.Errorf("notes: %q", fig.Notes)
	}
	f.Unadjusted.L998.Lo[1], f.Unadjusted.L998.Hi[1] = number(-45), number(49)
	if fig := funnel(t, f); !strings.Contains(fmt.Sprint(fig.Notes), "Some limits lie further out than the scale could show") {
		t.Errorf("limits that are cut are not told: %q", fig.Notes)
	}
}

// With one scheme there is nothing to lie around, and of two a funnel could say
// only that they differ.
func TestFunnel_ofFew(t *testing.T) {
	two := shares(t, evidence.ShareFunnel{Scheme: []string{"Hilltop", "Riverside"}, X: []int{190, 40}, N: []int{200, 200}, Target: number(0.575)})
	if two.Option != "" || len(two.Rows) != 2 || !strings.Contains(two.Answer, "at least three schemes") || strings.Contains(two.Answer, "than chance") {
		t.Errorf("two schemes: %q %v %s", two.Answer, two.Rows, two.Option)
	}
	means := funnel(t, evidence.Funnel{Scheme: []string{"Hilltop", "Riverside"}, Y: []float64{1, 3}, SE: []float64{1, 0.2}, Target: number(2.9)})
	if means.Option != "" || len(means.Rows) != 2 || !strings.Contains(means.Answer, "at least three schemes") {
		t.Errorf("two schemes: %q %v %s", means.Answer, means.Rows, means.Option)
	}
	fig := funnel(t, evidence.Funnel{Scheme: []string{"Hilltop"}, Y: []float64{1}, SE: []float64{1}})
	if fig.Option != "" || len(fig.Rows) != 1 || fig.Rows[0][3] != evidence.NotEstimable {
		t.Errorf("one scheme: %v %s", fig.Rows, fig.Option)
	}
	share := shares(t, evidence.ShareFunnel{Scheme: []string{"Hilltop", "Riverside"}, X: []int{1, 0}, N: []int{2, 0}})
	if share.Option != "" || len(share.Rows) != 1 {
		t.Errorf("one scheme with people: %v %s", share.Rows, share.Option)
	}
}

// A name that ends a script is only a badly named scheme.
func TestSchemesEndNoScript(t *testing.T) {
	all := together(t)
	const evil = "</script><script>alert(1)</script><!--"
	all.PooledMeanChange.Schemes[0], all.FunnelMeanChange.Scheme[0], all.FunnelCompletion.Scheme[0] = evil, evil, evil
	all.FunnelMeanChange.Outside = []string{evil}
	for _, fig := range []charts.Figure{forest(t, *all.PooledMeanChange), funnel(t, *all.FunnelMeanChange), shares(t, *all.FunnelCompletion)} {
		if strings.ContainsAny(string(fig.Option), "<>") {
			t.Errorf("%s would end its own script element", fig.ID)
		}
	}
}

func TestWithin(t *testing.T) {
	fig := draw(t, charts.Change, riverside(satisfaction(), six()...))
	if a, b := fig.Within("s1").ID, fig.Within("s2").ID; a == b || a != "s1-change" {
		t.Errorf("%q and %q", a, b)
	}
}

type drawn struct {
	BaseOption struct {
		Series []struct{ Name string }
		XAxis  []struct{ Min, Max float64 }
	}
}

func seriesOf(t *testing.T, fig charts.Figure) []string {
	t.Helper()
	var o drawn
	read(t, fig, &o)
	var names []string
	for _, s := range o.BaseOption.Series {
		names = append(names, s.Name)
	}
	return names
}

func axisOf(t *testing.T, fig charts.Figure) (low, top float64) {
	t.Helper()
	var o drawn
	read(t, fig, &o)
	return o.BaseOption.XAxis[0].Min, o.BaseOption.XAxis[0].Max
}
