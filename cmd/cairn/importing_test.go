package main

import (
	"strings"
	"testing"

	"cairn/internal/exchange"
	"cairn/internal/scheme"
)

// Where a referral begins does not depend on the order of the rows.
func TestAReferralBeginsWithItsFirstTimePoint(t *testing.T) {
	settings, err := exchange.ReadSettings(strings.NewReader(`{"timepoints": ["pre", "post", "late"], "days": [0, 84, 168],
		"measures": [{"name": "a", "higher_is_better": true}, {"name": "b", "higher_is_better": true}]}`))
	if err != nil {
		t.Fatal(err)
	}
	today := scheme.DayOf(noon)
	for name, c := range map[string]struct{ rows, start string }{
		"first time point":             {"A,Garden,a,pre,0,2023-04-24,1\nA,Garden,a,post,84,2023-07-10,2\n", "2023-04-24"},
		"the same, rows turned round":  {"A,Garden,a,post,84,2023-07-10,2\nA,Garden,a,pre,0,2023-04-24,1\n", "2023-04-24"},
		"two measures, the earlier":    {"A,Garden,a,pre,0,2023-04-24,1\nA,Garden,b,pre,0,2023-04-20,1\n", "2023-04-20"},
		"follow-up only":               {"A,Garden,a,post,84,2023-07-10,2\n", "2023-04-17"},
		"two follow-ups, the earlier":  {"A,Garden,a,late,168,2023-10-10,2\nA,Garden,a,post,84,2023-07-10,2\n", "2023-04-17"},
		"the file's own days, not due": {"A,Garden,a,post,70,2023-07-10,2\n", "2023-05-01"},
	} {
		data, err := exchange.ReadLong(strings.NewReader(header+c.rows), settings, today)
		if err != nil {
			t.Fatal(err)
		}
		m, err := newImporting(data)
		if err != nil {
			t.Fatal(err)
		}
		if got := m.starts[enrolment{"A", "Garden"}].String(); got != c.start {
			t.Errorf("%s: begins on %s, want %s", name, got, c.start)
		}
	}
}

func TestLinesAreNamedShortly(t *testing.T) {
	for want, all := range map[string][]int{
		"line 3":      {3},
		"lines 3, 12": {3, 12},
		"lines 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more": {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12},
	} {
		if got := lines(all); got != want {
			t.Errorf("%v are %q, want %q", all, got, want)
		}
	}
}
