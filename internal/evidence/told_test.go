package evidence_test

import (
	"strings"
	"testing"

	"cairn/internal/evidence"
	"cairn/internal/scheme"
)

// From ten people on an interval is told; of nine the finding holds it, and nobody
// is told it nor which way it points. Two people's would be longer than the scale.
func TestTold(t *testing.T) {
	about := evidence.Context{Scheme: "Riverside"}
	for people, told := range map[int]bool{2: false, 9: false, 10: true} {
		f := evidence.Of(satisfaction(), steps(map[scheme.Step]int{{From: 3, To: 6}: people - 1, {From: 5, To: 4}: 1}))
		if f.Change.CILo == nil || f.Change.CIHi == nil {
			t.Fatalf("%d people: the finding has no interval", people)
		}
		lo, hi, why := f.Told()
		if (lo != nil && hi != nil) != told || (why == "") != told {
			t.Errorf("%d people: told %v to %v, %q", people, lo, hi, why)
		}
		board := f.BoardAnswer(about, laidDown())
		for _, said := range []string{f.Sentence(about), board[1], strings.Join(f.Claims(about, laidDown()).May, " ")} {
			if strings.Contains(said, "95% interval") != told || strings.Contains(said, "too few for an interval") == told {
				t.Errorf("%d people: %q", people, said)
			}
		}
		if (f.Bearing() == evidence.Unclear) == told {
			t.Errorf("%d people point %s", people, f.Bearing())
		}
	}
}
