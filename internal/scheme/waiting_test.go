package scheme_test

import (
	"slices"
	"testing"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// The start is 1 March 2026, acceptance 10 February. A wait is from the first score
// recorded for it to the last before anything was attended.
func TestPairWhileWaiting(t *testing.T) {
	attended := func(*scheme.Spell) {}
	notYet := func(s *scheme.Spell) { s.Prescriptions = nil }
	for _, c := range []struct {
		name        string
		change      func(*scheme.Spell)
		waiting     []int // which scores were recorded for the wait
		scores      []score
		state       scheme.State // empty: there is no such pair
		base, later measure.Level
		closes      string
	}{
		{"to the baseline", attended, []int{0}, []score{{"2026-02-02", 1}, {"2026-02-27", 2}, {"2026-05-24", 3}}, scheme.Paired, 1, 2, "2026-02-27"},
		{"the day of the start is the last", attended, []int{0}, []score{{"2026-02-02", 1}, {"2026-03-01", 2}, {"2026-03-02", 3}}, scheme.Paired, 1, 2, "2026-03-01"},
		{"twice while waiting, the last counts", attended, []int{0, 1}, []score{{"2026-02-02", 1}, {"2026-02-12", 4}, {"2026-02-27", 2}}, scheme.Paired, 1, 2, "2026-02-27"},
		{"what was taken before the wait's first is none of it", attended, []int{1}, []score{{"2026-01-02", 9}, {"2026-02-12", 4}, {"2026-02-27", 2}}, scheme.Paired, 4, 2, "2026-02-27"},
		{"not measured again before the start", attended, []int{0}, []score{{"2026-02-02", 1}, {"2026-03-02", 3}, {"2026-05-24", 3}}, scheme.BaselineOnly, 1, -1, "2026-03-01"},
		{"recorded for the wait after the start", attended, []int{0, 1}, []score{{"2026-03-02", 1}, {"2026-03-20", 2}}, "", 0, 0, ""},
		{"nothing recorded for the wait", attended, nil, []score{{"2026-02-02", 1}, {"2026-02-27", 2}, {"2026-05-24", 3}}, "", 0, 0, ""},
		{"still waiting, twice", notYet, []int{0, 1}, []score{{"2026-02-02", 1}, {"2026-05-02", 2}}, scheme.Paired, 1, 2, "2026-05-02"},
		{"accepted and not yet there: only what was recorded for the wait", notYet, []int{0}, []score{{"2026-02-02", 1}, {"2026-02-09", 2}, {"2026-05-24", 3}}, scheme.Paired, 1, 2, "2026-02-09"},
		{"still waiting for the second", notYet, []int{0}, []score{{"2026-02-02", 1}}, scheme.BaselineOnly, 1, -1, "2026-06-02"},
		{"never came", func(s *scheme.Spell) { notYet(s); s.Referral.EndedOn = day(t, "2026-04-01") }, []int{0}, []score{{"2026-02-02", 1}}, scheme.BaselineOnly, 1, -1, "2026-04-01"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := spell(t, c.scores...)
			c.change(&s)
			for _, i := range c.waiting {
				s.Assessments[i].Occasion = scheme.Waiting
			}
			all := s.Pairs(defs())
			i := slices.IndexFunc(all, func(p scheme.Pair) bool { return p.Occasion == scheme.Waiting })
			if i < 0 {
				if c.state != "" {
					t.Fatalf("no pair of the wait")
				}
				return
			}
			p := all[i]
			if base, later := levels(p); p.State != c.state || base != c.base || later != c.later || p.Closes.String() != c.closes {
				t.Errorf("%s %d -> %d, closes %s; want %s %d -> %d, closes %s", p.State, base, later, p.Closes, c.state, c.base, c.later, c.closes)
			}
		})
	}
}

// Who died while waiting is not lost.
func TestPairWhileWaitingDied(t *testing.T) {
	s := spell(t, score{"2026-02-02", 1})
	s.Prescriptions, s.Assessments[0].Occasion = nil, scheme.Waiting
	s.Referral.EndedOn, s.Referral.EndReason = day(t, "2026-04-01"), scheme.EndDied
	if p := pairOf(t, s, scheme.Waiting); p.Exit != scheme.ExitDied {
		t.Errorf("exit %q", p.Exit)
	}
}
