package scheme_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// Everybody whose window closed is in exactly one place; those still running
// are in none of them.
func TestTransitionsFlow(t *testing.T) {
	table := scheme.NewTransitions()
	for _, a := range []scheme.Tally{
		{State: scheme.Paired, Stage: scheme.StageStarted, From: 4, To: 6, People: 5},
		{State: scheme.Paired, Stage: scheme.StageAccepted, From: 4, To: 4, People: 2},
		{State: scheme.BaselineOnly, Stage: scheme.StageStarted, From: 3, People: 3},
		{State: scheme.BaselineOnly, Stage: scheme.StageStarted, Exit: scheme.ExitDied, From: 1, People: 1},
		{State: scheme.FollowupOnly, Stage: scheme.StageStarted, To: 7, People: 1},
		{State: scheme.Enrolled, Stage: scheme.StageReferred, People: 4},
		{State: scheme.Paired, Stage: scheme.StageStarted, Open: true, From: 9, To: 9, People: 10},
		{State: scheme.Enrolled, Stage: scheme.StageReferred, Open: true, People: 6},
	} {
		table.Add(a)
	}
	want := scheme.Transitions{
		Paired: map[scheme.Step]int{{4, 6}: 5, {4, 4}: 2},
		Lost:   map[measure.Level]int{3: 3},
		Flow: scheme.Flow{
			Referred: 16, Accepted: 12, Started: 10, Baseline: 11, Due: 10, Paired: 7, FollowupOnly: 1,
			Exits: map[scheme.Exit]int{scheme.ExitDied: 1}, Running: 16, RunningAgain: 10,
		},
	}
	if diff := cmp.Diff(want, table); diff != "" {
		t.Error(diff)
	}
	double := scheme.NewTransitions()
	double.Merge(table)
	double.Merge(table)
	if double.Flow.Referred != 32 || double.Paired[scheme.Step{From: 4, To: 6}] != 10 || double.Lost[3] != 6 || double.Flow.Exits[scheme.ExitDied] != 2 || double.Flow.RunningAgain != 20 {
		t.Errorf("merged twice: %+v", double)
	}
}
