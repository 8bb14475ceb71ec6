package charts_test

import (
	"strings"
	"testing"

	"cairn/charts"
	"cairn/internal/disclosure"
	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// sixty people measured twice, as a release shows them.
func sixty(s measure.Score) disclosure.Figure {
	table := scheme.NewTransitions()
	for _, step := range six() {
		table.Add(scheme.Tally{State: scheme.Paired, Stage: scheme.StageStarted, From: step.From, To: step.To, People: 10})
	}
	table.Add(scheme.Tally{State: scheme.BaselineOnly, Stage: scheme.StageStarted, From: 4, People: 20})
	return disclosure.Show(disclosure.Policy{}, evidence.Of(s, table))
}

// A release marks what comes by itself as the page inside does, and its axis shows
// what is drawn and not the whole scale.
func TestReleasedChange_whatComesByItselfIsMarked(t *testing.T) {
	fig, err := charts.ReleasedChange(sixty(banded()), banded())
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "released-change", fig)
}

// Where a number is not shown the picture says so in the place of its bar, and says
// up to what it may lie where that is told.
func TestReleasedBands_sayWhatIsWithheld(t *testing.T) {
	f := sixty(banded())
	f.Distribution.Bands[1].After = disclosure.Count{} // hidden by the auditor
	fig, err := charts.ReleasedBands(f, banded())
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "released-bands", fig)
}

// A release made before there was a range says nothing of one.
func TestReleasedChange_earlierReleases(t *testing.T) {
	f := sixty(banded())
	f.Regression.Range = nil
	fig, err := charts.ReleasedChange(f, banded())
	if err != nil {
		t.Fatal(err)
	}
	if text := strings.Join(fig.Notes, " ") + string(fig.Option); len(fig.Rows) != 1 || strings.Contains(text, "without any help") || strings.Contains(text, "dotted") {
		t.Errorf("%v\n%s", fig.Rows, text)
	}
}
