package scheme_test

import (
	"testing"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// A span is a quarter or a month, with both of its ends, and nothing else.
func TestParseSpan(t *testing.T) {
	for text, want := range map[string]string{
		"2026-Q1": "1 January 2026 to 31 March 2026", "2026-Q4": "1 October 2026 to 31 December 2026",
		"2028-02": "1 February 2028 to 29 February 2028", "2026-12": "1 December 2026 to 31 December 2026",
	} {
		s, err := scheme.ParseSpan(text)
		if err != nil || s.Long() != want {
			t.Errorf("%s is %s (%v), want %s", text, s.Long(), err, want)
		}
		if !s.Holds(s.First) || !s.Holds(s.Last) || s.Holds(s.First.Plus(-1)) || s.Holds(s.Last.Plus(1)) {
			t.Errorf("%s does not hold its own days and no others", text)
		}
	}
	for _, bad := range []string{"", "2026", "2026-13", "2026-00", "2026-Q5", "2026-+1", "2026--1", "2026-1", "1026-01", "2026-01-01", "now-Q1x"} {
		if s, err := scheme.ParseSpan(bad); !fault.Is(err, fault.PeriodInvalid) {
			t.Errorf("%q: %v %v", bad, s, err)
		}
	}
}
