package charts_test

import (
	"encoding/json"
	"strings"
	"testing"

	"cairn/charts"
	"cairn/internal/evidence"
	"cairn/internal/scheme"
	"cairn/internal/stat"
)

func steps(contacted, started *int) []evidence.Step {
	n := func(people int) *int { return &people }
	return []evidence.Step{
		{Key: "referred", Name: "Referred", People: n(40)}, {Key: "contacted", Name: "Contacted", People: contacted},
		{Key: "seen", Name: "Seen", People: contacted}, {Key: "accepted", Name: "Accepted", People: n(36)},
		{Key: "started", Name: "Started", People: started}, {Key: "baseline", Name: "Baseline", People: n(30)},
		{Key: "due", Name: "Due again", People: n(28)}, {Key: "followed_up", Name: "Followed up", People: n(0)},
		{Key: "paired", Name: "Measured twice", People: n(0)},
	}
}

func flow(t *testing.T, j evidence.Journey) charts.Figure {
	t.Helper()
	fig, err := charts.Flow(j)
	if err != nil {
		t.Fatal(err)
	}
	return fig
}

func TestFlow(t *testing.T) {
	golden(t, "flow", flow(t, evidence.Journey{
		Steps: steps(new(38), new(31)), Again: 2, Running: 1, Unrecorded: 1, Unattended: 5, Wrong: 1,
	}))
}

// What nobody recorded has no bar, and nobody has one of no length.
func TestFlowNotRecorded(t *testing.T) {
	var o struct {
		YAxis  []struct{ Data []string }
		Series []struct{ Data []struct{ Value any } }
	}
	fig := flow(t, evidence.Journey{Steps: steps(nil, nil)})
	read(t, fig, &o)
	for i, want := range map[int]any{0: 40.0, 1: "-", 2: "-", 4: "-", 7: 0.0} {
		if got := o.Series[0].Data[i].Value; got != want {
			t.Errorf("step %d has %v, want %v", i, got, want)
		}
	}
	if o.YAxis[0].Data[1] != "Contacted\n(not recorded)" || strings.Join(fig.Rows[1], "|") != "Contacted|not recorded|not recorded" {
		t.Errorf("%q, %q", o.YAxis[0].Data[1], fig.Rows[1])
	}
	if nobody := flow(t, evidence.JourneyOf(scheme.NewJourney(scheme.Period{}, scheme.Day{}))); nobody.Option != "" {
		t.Errorf("nobody is drawn: %s", nobody.Option)
	}
}

// waits is a run of values, nil where nobody was contacted.
func waits(key string, limits *evidence.RunLimits, values ...float64) evidence.Run {
	r := evidence.Run{Key: key, Grain: evidence.Monthly, Limits: limits, Median: new(7.0)}
	for i, v := range values {
		p := evidence.RunPoint{Label: (scheme.Month(2025*12) + scheme.Month(i)).Label(), N: 4, X: 2}
		if v >= 0 {
			p.Value = &v
		} else {
			p.N = 0
		}
		r.Points = append(r.Points, p)
	}
	return r
}

func run(t *testing.T, r evidence.Run) charts.Figure {
	t.Helper()
	fig, err := charts.Run(r)
	if err != nil {
		t.Fatal(err)
	}
	return fig
}

func TestRun(t *testing.T) {
	r := waits("first_contact", &evidence.RunLimits{Mean: 8, MeanRange: 2, Low: 2.68, High: 13.32}, 7, 8, 6, 7, 8, 7, -1, 6, 7, 8, 7, 20, 7)
	r.Signals = []evidence.RunSignal{{Pattern: stat.Outside, From: 11, To: 11, Up: true}}
	r.Open = &evidence.RunPoint{Label: "Feb 2026", Value: new(9.0), N: 2}
	golden(t, "run-limits", run(t, r))
	golden(t, "run-median", run(t, waits("referrals", nil, 3, 0, 4)))
}

// A share is drawn from none to all, whatever the data; a month of nobody is a
// gap; and nothing is drawn of nothing.
func TestRunDrawsWhatThereIs(t *testing.T) {
	type drawn struct {
		Base struct {
			YAxis  []struct{ Min, Max float64 }
			Series []struct {
				Name string
				Data []struct{ Value any }
			}
		} `json:"baseOption"`
	}
	var o drawn
	read(t, run(t, waits("completeness", nil, 0.5, -1, 0.55)), &o)
	if y := o.Base.YAxis[0]; y.Min != 0 || y.Max != 100 {
		t.Errorf("the axis runs from %g to %g", y.Min, y.Max)
	}
	for _, s := range o.Base.Series {
		if s.Name == "Measured again, per cent" && (s.Data[1].Value != "-" || s.Data[2].Value != 55.0) {
			t.Errorf("%+v", s.Data)
		}
	}
	for name, r := range map[string]evidence.Run{"nothing": waits("start", nil), "gaps": waits("start", nil, -1, -1)} {
		if fig := run(t, r); fig.Option != "" || fig.Answer == "" {
			t.Errorf("%s: %s", name, fig.Option)
		}
	}
	limits := func(r evidence.Run) int {
		var o drawn
		read(t, run(t, r), &o)
		n := 0
		for _, s := range o.Base.Series {
			if s.Name == "Limits of chance" {
				n++
			}
		}
		return n
	}
	if few, many := limits(waits("start", nil, 3, 4)), limits(waits("start", &evidence.RunLimits{Mean: 3, High: 5}, 3, 4)); few != 0 || many != 2 {
		t.Errorf("%d limits without any, %d with two", few, many)
	}
	if raw, err := json.Marshal(run(t, waits("start", nil, 3))); err != nil || strings.Contains(string(raw), "NaN") {
		t.Errorf("%s, %v", raw, err)
	}
}
