package scheme_test

import (
	"testing"

	"cairn/internal/scheme"
)

// Tries without an answer count from the last answer on, in order of days and
// then of entry; what was taken back counts nowhere.
func TestUnanswered(t *testing.T) {
	day := func(n int) scheme.Day {
		d, err := scheme.ParseDay("2026-01-05")
		if err != nil {
			t.Fatal(err)
		}
		return d.Plus(n)
	}
	at := func(id string, n int, o scheme.Outcome) scheme.WorkingContact {
		return scheme.WorkingContact{ID: scheme.ContactID(id), On: day(n), Outcome: o}
	}
	gone := at("z", 9, scheme.NoAnswer)
	gone.Withdrawn = true
	answer := at("z", 9, scheme.Attended)
	answer.Withdrawn = true
	for name, c := range map[string]struct {
		all  []scheme.WorkingContact
		want int
	}{
		"nobody was tried":            {nil, 0},
		"three tries":                 {[]scheme.WorkingContact{at("a", 1, scheme.NoAnswer), at("b", 1, scheme.NoAnswer), at("c", 4, scheme.NoAnswer)}, 3},
		"an answer begins anew":       {[]scheme.WorkingContact{at("a", 1, scheme.NoAnswer), at("b", 2, scheme.Attended), at("c", 3, scheme.NoAnswer)}, 1},
		"so does one of the same day": {[]scheme.WorkingContact{at("a", 1, scheme.NoAnswer), at("b", 1, scheme.Cancelled)}, 0},
		"entered later, earlier day":  {[]scheme.WorkingContact{at("a", 5, scheme.NoAnswer), at("b", 2, scheme.Attended)}, 1},
		"a missed visit does not":     {[]scheme.WorkingContact{at("a", 1, scheme.NoAnswer), at("b", 2, scheme.DidNotAttend), at("c", 3, scheme.NoAnswer)}, 2},
		"taken back, a try or answer": {[]scheme.WorkingContact{at("a", 1, scheme.NoAnswer), gone, answer}, 1},
	} {
		if got := scheme.Unanswered(c.all); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}
