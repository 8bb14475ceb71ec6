package charts_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/sebdah/goldie/v2"

	"cairn/charts"
	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// satisfaction is a score of 0 to 10 without an agreed threshold.
func satisfaction() measure.Score {
	return measure.Score{
		Series: "ons4-satisfaction", Name: "Life satisfaction", Kind: measure.KindItem,
		Direction: measure.HigherIsBetter, Min: 0, Max: 10,
	}
}

// wellbeing is a score with decimals and a published threshold.
func wellbeing() measure.Score {
	return measure.Score{
		Series: "swemwbs-metric", Name: "SWEMWBS (converted)", Kind: measure.KindMetric,
		Direction: measure.HigherIsBetter, Decimals: 2, Min: 700, Max: 3500,
		Threshold: &measure.Threshold{Points: 2.87, Population: "test", Source: "test"},
	}
}

// riverside is people measured twice and two who were not.
func riverside(s measure.Score, steps ...scheme.Step) evidence.Finding {
	t := scheme.NewTransitions()
	for _, step := range steps {
		t.Add(scheme.Tally{State: scheme.Paired, Stage: scheme.StageStarted, From: step.From, To: step.To, People: 1})
	}
	if len(steps) > 0 {
		t.Add(scheme.Tally{State: scheme.BaselineOnly, Stage: scheme.StageStarted, From: steps[0].From, People: 2})
	}
	return evidence.Of(s, t)
}

func six() []scheme.Step {
	return []scheme.Step{{From: 3, To: 5}, {From: 4, To: 6}, {From: 5, To: 5}, {From: 6, To: 9}, {From: 7, To: 6}, {From: 2, To: 4}}
}

// times is each step so many times.
func times(n int, steps ...scheme.Step) (all []scheme.Step) {
	for range n {
		all = append(all, steps...)
	}
	return all
}

func draw(t *testing.T, by func(evidence.Finding) (charts.Figure, error), f evidence.Finding) charts.Figure {
	t.Helper()
	fig, err := by(f)
	if err != nil {
		t.Fatal(err)
	}
	return fig
}

// golden compares everything a reader gets, the option as it is sent.
func golden(t *testing.T, name string, fig charts.Figure) {
	t.Helper()
	var out bytes.Buffer
	out.WriteString(fig.Question + "\n" + fig.Answer + "\n" + strings.Join(fig.Notes, "\n") + "\n" + strings.Join(fig.Head, " | ") + "\n")
	for _, row := range fig.Rows {
		out.WriteString(strings.Join(row, " | ") + "\n")
	}
	out.WriteString(fig.Missing + "\n")
	if fig.Option != "" {
		if err := json.Indent(&out, []byte(fig.Option), "", "  "); err != nil {
			t.Fatal(err)
		}
	}
	out.WriteString("\n")
	goldie.New(t, goldie.WithFixtureDir("testdata")).Assert(t, name, out.Bytes())
}

func TestChange(t *testing.T) {
	golden(t, "change", draw(t, charts.Change, riverside(satisfaction(), times(2, six()...)...)))
}

func TestChange_thresholdIsMarked(t *testing.T) {
	golden(t, "change-threshold", draw(t, charts.Change,
		riverside(wellbeing(), times(4, scheme.Step{From: 1859, To: 2235}, scheme.Step{From: 1925, To: 1998}, scheme.Step{From: 2073, To: 1743})...)))
}

func TestDistribution(t *testing.T) {
	golden(t, "distribution", draw(t, charts.Distribution, riverside(satisfaction(), six()...)))
}

// banded is a score with published bands and studies of what comes by itself.
func banded() measure.Score {
	s := satisfaction()
	mean := 7.45
	s.Bands = []measure.Bands{{About: "ONS bands", Source: "test", From: []measure.Band{{Level: 0, Name: "low"}, {Level: 5, Name: "medium"}, {Level: 7, Name: "high"}, {Level: 9, Name: "very high"}}}}
	s.Norm = &measure.Norm{Mean: &mean, Population: "adults", Source: "test"}
	s.Retests = []measure.Retest{{Coefficient: 0.59, Low: 0.5, High: 0.67, Interval: "two weeks", Population: "229 women", Source: "test"}}
	return s
}

func TestChange_whatComesByItselfIsMarked(t *testing.T) {
	golden(t, "change-by-itself", draw(t, charts.Change, riverside(banded(), times(2, six()...)...)))
}

// Of people taken in by a cut-off there are two such changes: a reader is told which
// is which, and by which one the sentence goes.
func TestChange_byACutoffAndByWhereTheyBegan(t *testing.T) {
	score, sd, r := banded(), 2.0, 0.8
	score.Norm.SD, score.Reliability = &sd, &measure.Reliability{Coefficient: &r, Source: "test"}
	score.Cutoff = &measure.Cutoff{Points: 7, Side: measure.Below}
	fig := draw(t, charts.Change, riverside(score, times(2, six()...)...))
	said := fmt.Sprint(fig.Rows, fig.Notes)
	for _, want := range []string{"without any help, by the cut-off for entry +", "without any help, by where people began +", "By the cut-off for entry it would be about +", "the change is held against that"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not in %s", want, said)
		}
	}
}

func TestDistribution_inBands(t *testing.T) {
	golden(t, "distribution-bands", draw(t, charts.Distribution, riverside(banded(), six()...)))
}

// By reliable change, by bands, and by any amount: three shares together.
func TestMovement(t *testing.T) {
	golden(t, "movement-reliable", draw(t, charts.Movement,
		riverside(wellbeing(), scheme.Step{From: 1859, To: 2235}, scheme.Step{From: 1925, To: 1998}, scheme.Step{From: 2073, To: 1743})))
	golden(t, "movement-bands", draw(t, charts.Movement, riverside(banded(), six()...)))
	golden(t, "movement-any", draw(t, charts.Movement, riverside(satisfaction(), six()...)))
}

func TestBounds(t *testing.T) {
	golden(t, "bounds", draw(t, charts.Bounds, riverside(satisfaction(), times(2, six()...)...)))
}

// Of fewer than ten people no picture and no table beside one has an interval:
// two of them could have one that is longer than the scale.
func TestTooFewForAnInterval(t *testing.T) {
	f := riverside(satisfaction(), scheme.Step{From: 3, To: 6}, scheme.Step{From: 5, To: 4})
	if f.Change.CILo == nil || *f.Change.CIHi < 20 {
		t.Fatalf("an interval to %v, want one beyond the scale", f.Change.CIHi)
	}
	whole := []charts.Named{{Name: "Hilltop", Finding: riverside(satisfaction(), times(2, six()...)...)}, {Name: "Riverside", Finding: f}}
	changes, err := charts.Changes("?", whole)
	if err != nil {
		t.Fatal(err)
	}
	for name, fig := range map[string]charts.Figure{"change": draw(t, charts.Change, f), "bounds": draw(t, charts.Bounds, f), "changes": changes} {
		all := fmt.Sprint(fig.Answer, fig.Rows, fig.Missing, fig.Option)
		if !strings.Contains(fmt.Sprint(fig.Rows), "too few for an interval") || strings.Contains(all, "26.4") || strings.Contains(all, "26.41") {
			t.Errorf("%s: %s", name, all)
		}
	}
	few := charts.Named{Name: "Valley", Finding: riverside(satisfaction(), times(2, scheme.Step{From: 3, To: 9})...)}
	part, err := charts.Changes("?", []charts.Named{whole[0], {Name: "Garden", Finding: riverside(satisfaction(), times(3, six()...)...)}, few})
	if err != nil || !strings.HasPrefix(part.Answer, "Of the 2 groups with an interval, mean changes run from") {
		t.Errorf("a span of some groups is told of all: %q %v %v", part.Answer, part.Rows, err)
	}
	if !strings.Contains(changes.Missing, "Riverside") || strings.Contains(changes.Missing, "Hilltop") {
		t.Errorf("not in the picture: %q", changes.Missing)
	}
}

// With nobody lost there is nothing to suppose, and no picture of it.
func TestBounds_nobodyLost(t *testing.T) {
	table := scheme.NewTransitions()
	for _, step := range six() {
		table.Add(scheme.Tally{State: scheme.Paired, Stage: scheme.StageStarted, From: step.From, To: step.To, People: 1})
	}
	fig := draw(t, charts.Bounds, evidence.Of(satisfaction(), table))
	if fig.Option != "" || !strings.Contains(fig.Answer, "Nobody was lost") {
		t.Errorf("%q, option %q", fig.Answer, fig.Option)
	}
}

// What cannot be drawn is said and not drawn.
func TestNothingToDraw(t *testing.T) {
	for name, by := range map[string]func(evidence.Finding) (charts.Figure, error){"change": charts.Change, "distribution": charts.Distribution, "movement": charts.Movement, "bounds": charts.Bounds} {
		fig := draw(t, by, riverside(satisfaction()))
		if fig.Option != "" || !strings.Contains(strings.ToLower(fig.Answer), "nobody was measured twice") {
			t.Errorf("%s of nobody: option %q, answer %q", name, fig.Option, fig.Answer)
		}
	}
	one := draw(t, charts.Change, riverside(satisfaction(), scheme.Step{From: 3, To: 5}))
	if !strings.Contains(one.Answer, "An interval is not estimable") || strings.Contains(string(one.Option), "NaN") {
		t.Errorf("one person: %q\n%s", one.Answer, one.Option)
	}
}

// Scores stand on the measure's own axis, whatever the data. A mean change stands on
// one that holds what is marked, as far either way, and says how far it could go.
func TestAxes(t *testing.T) {
	var change struct {
		XAxis []struct{ Min, Max float64 }
	}
	steps := []scheme.Step{{From: 4, To: 5}, {From: 5, To: 5}}
	low, high := scheme.Step{From: 0, To: 10}, scheme.Step{From: 10, To: 0}
	for _, c := range []struct {
		steps []scheme.Step
		score measure.Score
		far   float64
		says  string
	}{
		{times(20, steps...), satisfaction(), 0.8, "The axis shows changes from −0.8 to +0.8 points; the scale could show changes from −10.0 to +10.0."},
		{times(20, steps...), banded(), 1.5, "from −1.5 to +1.5 points"},                                                         // what comes by itself
		{times(20, scheme.Step{From: 2000, To: 2010}, scheme.Step{From: 2010, To: 2010}), wellbeing(), 3, "from −3.00 to +3.00"}, // the threshold
		{append(times(9, low), high), satisfaction(), 10, "from −10.0 to +10.0 points"},                                          // never further than the scale
	} {
		fig := draw(t, charts.Change, riverside(c.score, c.steps...))
		read(t, fig, &change)
		if got := change.XAxis[0]; got.Min != -c.far || got.Max != c.far || !strings.Contains(strings.Join(fig.Notes, " "), c.says) {
			t.Errorf("change runs from %g to %g, want %g either way: %q", got.Min, got.Max, c.far, fig.Notes)
		}
	}
	var dist struct {
		XAxis []struct{ Data []string }
	}
	read(t, draw(t, charts.Distribution, riverside(satisfaction(), steps...)), &dist)
	if got := strings.Join(dist.XAxis[0].Data, " "); got != "0 1 2 3 4 5 6 7 8 9 10" {
		t.Errorf("distribution runs over %q", got)
	}
}

// Before and after must be told apart without colour.
func TestPatternsBesideColours(t *testing.T) {
	var o struct {
		Aria      struct{ Decal struct{ Show bool } }
		Animation *bool
		Legend    struct{ Show bool }
	}
	read(t, draw(t, charts.Distribution, riverside(satisfaction(), six()...)), &o)
	if !o.Aria.Decal.Show || !o.Legend.Show || o.Animation == nil || *o.Animation {
		t.Errorf("want patterns, a legend and no animation: %+v", o)
	}
}

func TestNoTextEndsTheScript(t *testing.T) {
	s := satisfaction()
	s.Name = "</script><script>alert(1)</script><!--"
	for _, by := range []func(evidence.Finding) (charts.Figure, error){charts.Change, charts.Distribution, charts.Movement, charts.Bounds} {
		fig := draw(t, by, riverside(s, six()...))
		if strings.ContainsAny(string(fig.Option), "<>") {
			t.Errorf("the option would end its own script element:\n%s", fig.Option)
		}
	}
}

func read(t *testing.T, fig charts.Figure, to any) {
	t.Helper()
	if err := json.Unmarshal([]byte(fig.Option), to); err != nil {
		t.Fatal(err)
	}
}
