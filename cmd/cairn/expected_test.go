package main

import (
	"testing"

	"cairn/internal/testkit/agree"
)

// agrees requires every key of what R gives.
func agrees(t *testing.T, want, got any) {
	t.Helper()
	if tally := agree.Compare(want, got); !tally.Agree() || tally.Compared < 50 {
		t.Errorf("at least 50 keys are expected:\n%s", tally)
	}
}

// tree is v as JSON sees it.
func tree(t *testing.T, v any) map[string]any {
	t.Helper()
	top, err := agree.Tree(v)
	if err != nil {
		t.Fatal(err)
	}
	return top.(map[string]any)
}
