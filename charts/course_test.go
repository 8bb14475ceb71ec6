package charts_test

import (
	"strings"
	"testing"

	"cairn/charts"
	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// taken is one person's course of scores, twelve weeks apart, by the rater whom
// the measure asks.
func taken(t *testing.T, s measure.Score, levels ...measure.Level) scheme.Course {
	t.Helper()
	first, err := scheme.ParseDay("2026-01-12")
	if err != nil {
		t.Fatal(err)
	}
	c := scheme.Course{Score: s, Measure: measure.Definition{Rater: measure.Self}}
	for i, l := range levels {
		c.Points = append(c.Points, scheme.Point{On: first.Plus(84 * i), Level: l, Channel: "in-person"})
	}
	c.Base = &c.Points[0]
	if len(levels) > 1 {
		c.Later = &c.Points[len(levels)-1]
	}
	return c
}

func drawCourse(t *testing.T, c scheme.Course) charts.Figure {
	t.Helper()
	fig, err := charts.Course(evidence.Read(c))
	if err != nil {
		t.Fatal(err)
	}
	return fig
}

func TestCourse(t *testing.T) {
	c := taken(t, wellbeing(), 1925, 2073, 2235)
	c.Others = []scheme.Rated{{By: measure.Proxy, Points: []scheme.Point{{On: c.Points[1].On, Level: 951}}}}
	golden(t, "course", drawCourse(t, c))
}

// Without an agreed threshold there is no band, and the words say so; the axis is
// the measure's own.
func TestCourse_noThreshold(t *testing.T) {
	fig := drawCourse(t, taken(t, satisfaction(), 4, 7))
	if strings.Contains(string(fig.Option), "markArea") || !strings.Contains(strings.Join(fig.Notes, " "), "no band is drawn") {
		t.Errorf("a band is drawn, or not said to be missing: %q", fig.Notes)
	}
	var axes struct {
		YAxis []struct{ Min, Max float64 }
	}
	read(t, fig, &axes)
	if axes.YAxis[0].Min != 0 || axes.YAxis[0].Max != 10 {
		t.Errorf("the axis runs from %g to %g, want 0 to 10", axes.YAxis[0].Min, axes.YAxis[0].Max)
	}
}

// A scale without ends is drawn as far as the scores go, and says so.
func TestCourse_openScale(t *testing.T) {
	lowest, highest := measure.OpenRange()
	open := measure.Score{Series: "gas-t", Name: "T", Direction: measure.HigherIsBetter, Min: lowest, Max: highest, Open: true}
	fig := drawCourse(t, taken(t, open, 31, 50))
	if !strings.Contains(strings.Join(fig.Notes, " "), "lacks an end of its own") || strings.Contains(string(fig.Option), "100000") {
		t.Errorf("%q\n%s", fig.Notes, fig.Option)
	}
}
