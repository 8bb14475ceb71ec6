package charts_test

import (
	"testing"

	"cairn/charts"
	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// begun are n people who begin at 10 to 19 and gain so many points, every other
// one more.
func begun(n int, change measure.Level) scheme.Transitions {
	t := scheme.NewTransitions()
	for i := range n {
		from := 10 + measure.Level(i%10)
		t.Add(scheme.Tally{State: scheme.Paired, Stage: scheme.StageStarted, From: from, To: from + change + measure.Level(i/10%2), People: 1})
	}
	return t
}

func forty() measure.Score {
	return measure.Score{Series: "m", Name: "Wellbeing", Direction: measure.HigherIsBetter, Max: 40}
}

func waited(score measure.Score, while, after scheme.Transitions) evidence.Against {
	return evidence.NewWaiting(score, evidence.Waited{While: evidence.Measured{Table: while}, After: evidence.Measured{Table: after}, Both: 3})
}

func TestDifference(t *testing.T) {
	names := evidence.SideNames{Reference: "without a therapist", Other: "with a therapist"}
	fig, err := charts.Difference("What is left?", evidence.NewSides(forty(), begun(40, 1), begun(60, 3), names), names)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "difference", fig)
}

// Who is in no difference is not counted beside it.
func TestDifference_people(t *testing.T) {
	names := evidence.SideNames{Reference: "without a therapist", Other: "with a therapist"}
	parts := []evidence.Part{{Reference: begun(40, 1), Other: begun(60, 3)}, {Reference: begun(30, 1), Other: begun(50, 3)}, {Reference: scheme.NewTransitions(), Other: begun(11, 3)}}
	fig, err := charts.Difference("What is left?", evidence.NewSidesWithin(forty(), parts, names), names)
	if err != nil {
		t.Fatal(err)
	}
	if fig.Option == "" || fig.Rows[0][3] != "110 and 70" {
		t.Errorf("of 110 and 70, and 11 in a scheme of one side alone: %v", fig.Rows)
	}
}

func TestAgainst(t *testing.T) {
	fig, err := charts.Against("What is left?", waited(forty(), begun(40, 1), begun(60, 3)))
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "against", fig)
}

// Groups that are not compared leave nothing drawn, and no number.
func TestAgainst_notCompared(t *testing.T) {
	fig, err := charts.Against("What is left?", waited(forty(), begun(19, 1), begun(60, 3)))
	if err != nil {
		t.Fatal(err)
	}
	if fig.Option != "" || len(fig.Notes) > 0 || fig.Answer != "These two groups are not compared." || fig.Rows[0][1] != evidence.NotEstimable || fig.Rows[1][2] != evidence.NotEstimable {
		t.Errorf("%+v", fig)
	}
}
