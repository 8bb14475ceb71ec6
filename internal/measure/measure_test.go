package measure_test

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cairn/internal/fault"
	"cairn/internal/measure"
)

func bundled(t *testing.T, key measure.Key) measure.Definition {
	t.Helper()
	all, err := measure.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		if d.Key == key {
			return d
		}
	}
	t.Fatalf("no measure %s", key)
	return measure.Definition{}
}

// The published table (MEASURES.md 1.3): 29 rows, rising, and the sum of its
// converted scores.
func TestSWEMWBSTable(t *testing.T) {
	d := bundled(t, "swemwbs")
	if len(d.Table) != 29 {
		t.Fatalf("%d rows, want 29", len(d.Table))
	}
	var sum measure.Level
	for i, c := range d.Table {
		if c.Raw != measure.Level(7+i) || i > 0 && c.Metric <= d.Table[i-1].Metric {
			t.Errorf("row %d: raw %d, metric %d", i, c.Raw, c.Metric)
		}
		sum += c.Metric
	}
	if sum != 58566 {
		t.Errorf("the converted scores sum to %d hundredths, want 58566", sum)
	}
}

func TestSWEMWBSScores(t *testing.T) {
	d := bundled(t, "swemwbs")
	for _, c := range []struct {
		series measure.Series
		text   string
		want   []measure.Scored
	}{
		{"swemwbs-raw", "7", []measure.Scored{{"swemwbs-raw", 7}, {"swemwbs-metric", 700}}},
		{"swemwbs-raw", "20", []measure.Scored{{"swemwbs-raw", 20}, {"swemwbs-metric", 1859}}},
		{"swemwbs-raw", "20.0", []measure.Scored{{"swemwbs-raw", 20}, {"swemwbs-metric", 1859}}},
		{"swemwbs-raw", "35", []measure.Scored{{"swemwbs-raw", 35}, {"swemwbs-metric", 3500}}},
		{"swemwbs-metric", "18.59", []measure.Scored{{"swemwbs-metric", 1859}}},
		{"swemwbs-metric", "35.00", []measure.Scored{{"swemwbs-metric", 3500}}},
	} {
		got, err := d.FromScore(c.series, c.text)
		if err != nil {
			t.Fatalf("%s %s: %v", c.series, c.text, err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s %s: %s", c.series, c.text, diff)
		}
	}
	if got := d.Reported(); len(got) != 1 || got[0].Series != "swemwbs-metric" {
		t.Errorf("reported %v: the raw total is never paired beside the converted score", got)
	}
}

func TestSWEMWBSRefuses(t *testing.T) {
	d := bundled(t, "swemwbs")
	for _, c := range []struct {
		series measure.Series
		text   string
		code   fault.Code
		says   string
	}{
		{"swemwbs-raw", "6", fault.ScoreRange, "7 to 35"},
		{"swemwbs-raw", "36", fault.ScoreRange, "7 to 35"},
		{"swemwbs-raw", "20.5", fault.ScoreDecimals, "whole number"},
		{"swemwbs-metric", "20", fault.ScoreNotOnTable, "19.98 and 20.73"},
		{"swemwbs-metric", "18.591", fault.ScoreDecimals, "2 decimals"},
		{"swemwbs-metric", "twenty", fault.InputInvalid, "not a number"},
		{"swemwbs-metric", "1e1", fault.InputInvalid, "not a number"},
		{"swemwbs-metric", " ", fault.InputInvalid, "Enter the score"},
		{"swemwbs-metric", "99999999999999999999", fault.ScoreRange, "too large"},
		{"swemwbs", "20", fault.MeasureUnknown, "no score"},
	} {
		_, err := d.FromScore(c.series, c.text)
		if !fault.Is(err, c.code) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s %q: %v, want %s saying %q", c.series, c.text, err, c.code, c.says)
		}
	}
}

func TestONS4(t *testing.T) {
	d := bundled(t, "ons4")
	got, err := d.FromItems(map[string]int{"satisfaction": 0, "happiness": 10, "anxiety": 3})
	if err != nil {
		t.Fatal(err)
	}
	want := []measure.Scored{{"ons4-satisfaction", 0}, {"ons4-happiness", 10}, {"ons4-anxiety", 3}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if a, _ := d.Score("ons4-anxiety"); a.Direction != measure.LowerIsBetter {
		t.Error("less anxiety is better")
	}

	_, err = d.FromItems(map[string]int{"satisfaction": 11, "joy": 3})
	all, accident := fault.All(err)
	if accident != nil || len(all) != 2 || all[0].Field != "items.satisfaction" || all[1].Field != "items.joy" {
		t.Errorf("both wrong answers are named at once: %v", err)
	}
	if _, err := d.FromItems(nil); !fault.Is(err, fault.ItemsMissing) {
		t.Errorf("no answer at all: %v", err)
	}
}

// A level written and read again is the same level, and its points are the
// nearest float to the decimal.
func TestLevelRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		decimals := rapid.IntRange(0, measure.MaxDecimals).Draw(t, "decimals")
		l := measure.Level(rapid.Int64Range(-99_999_999, 99_999_999).Draw(t, "level"))
		back, err := measure.ParseLevel(l.Text(decimals), decimals)
		if err != nil || back != l {
			t.Fatalf("%s at %d decimals came back as %d, %v", l.Text(decimals), decimals, back, err)
		}
		if want := float64(l) / math.Pow10(decimals); l.Points(decimals) != want {
			t.Fatalf("points %v, want %v", l.Points(decimals), want)
		}
	})
}
