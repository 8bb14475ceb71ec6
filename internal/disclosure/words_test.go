package disclosure_test

import (
	"strings"
	"testing"

	"cairn/internal/evidence"
)

// A reader who subtracts the means as shown is told why they do not give the
// change; a release that was made before this was said keeps its words.
func TestMeansThatDoNotSubtract(t *testing.T) {
	const rounded = " (each number is rounded by itself)"
	f := concluded(finding(wellbeing(), spread(60)...))
	f.Before.Mean, f.After.Mean, f.Change.Mean = new(5.9), new(5.1), new(-0.9)
	said := f.Sentence(evidence.Context{Scheme: "Choir"})
	if !strings.Contains(said, "Their mean went from 5.9 to 5.1 (higher is better): a mean change of 0.9 points for the worse"+rounded+".") {
		t.Errorf("said %q", said)
	}
	old := f
	old.Words = 0
	if was := old.Sentence(evidence.Context{Scheme: "Choir"}); was != strings.Replace(said, rounded, "", 1) || strings.Contains(body(t, old), `"words"`) {
		t.Errorf("an old release says %q now", was)
	}
	f.Change.Mean = new(-0.8)
	if exact := f.Sentence(evidence.Context{}); strings.Contains(exact, "rounded by itself") {
		t.Errorf("said of means that subtract: %q", exact)
	}
}
