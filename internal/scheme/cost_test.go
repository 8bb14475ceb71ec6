package scheme_test

import (
	"strings"
	"testing"

	"cairn/internal/scheme"
)

func TestParsePounds(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]scheme.Pence{
		"12500": 1_250_000, "12,500": 1_250_000, "£12,500.50": 1_250_050, " £ 7.05 ": 705, "0": 0, "1,234,567.89": 123_456_789, "100000000": scheme.MostPence,
	} {
		got, err := scheme.ParsePounds(text)
		if err != nil || got != want {
			t.Errorf("%q: %d, %v; want %d", text, got, err, want)
		}
		if again, err := scheme.ParsePounds(got.Pounds()); err != nil || again != want {
			t.Errorf("%q was written as %s and read as %d, %v", text, got.Pounds(), again, err)
		}
	}
	for text, want := range map[string]string{
		"": "Enter an amount", "£": "Enter an amount", "-5": "not below nothing", "−5": "not below nothing",
		"12500,50": "comma", "1.250,50": "comma", "12,50": "comma", ",500": "comma", "1,,500": "comma",
		"12.5": "not an amount", "12.": "not an amount", "twelve": "not an amount", "1e6": "not an amount", "1 000": "not an amount", "+5": "not an amount", "NaN": "not an amount",
		"100000000.01": "more than £100 million", "99999999999999999999999999": "more than £100 million",
	} {
		if got, err := scheme.ParsePounds(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %d, %v; want %q", text, got, err, want)
		}
	}
}

func line(t *testing.T, kind scheme.CostKind, from, to string, amount scheme.Pence) scheme.Cost {
	t.Helper()
	c := scheme.Cost{Kind: kind, Amount: amount, Source: "books"}
	var err error
	if c.Over.From, err = scheme.ParseQuarter(from); err != nil {
		t.Fatal(err)
	}
	if c.Over.To, err = scheme.ParseQuarter(to); err != nil {
		t.Fatal(err)
	}
	return c
}

// What falls on the quarters of a run, and on those around it, is the whole.
func TestCostIsSpreadEvenly(t *testing.T) {
	t.Parallel()
	c := line(t, scheme.CostStaff, "2026-Q1", "2026-Q4", 1000)
	middle := scheme.Period{From: c.Over.From + 1, To: c.Over.From + 1}
	before, after := scheme.Period{To: c.Over.From}, scheme.Period{From: c.Over.From + 2}
	if c.In(middle) != 250 || c.In(before) != 250 || c.In(after) != 500 || c.In(scheme.Period{}) != 1000 {
		t.Errorf("%v, %v, %v, %v", c.In(before), c.In(middle), c.In(after), c.In(scheme.Period{}))
	}
	if none := (scheme.Period{From: c.Over.To + 1}); c.In(none) != 0 {
		t.Errorf("after its end: %v", c.In(none))
	}
}

func TestOverlaps(t *testing.T) {
	t.Parallel()
	staff := line(t, scheme.CostStaff, "2026-Q1", "2026-Q2", 1)
	again := line(t, scheme.CostStaff, "2026-Q2", "2026-Q3", 2)
	later, other := line(t, scheme.CostStaff, "2026-Q4", "2026-Q4", 3), line(t, scheme.CostPremises, "2026-Q1", "2026-Q4", 4)
	removed := line(t, scheme.CostStaff, "2026-Q1", "2026-Q4", 5)
	removed.Removed = true
	all := scheme.Overlaps([]scheme.Cost{staff, again, later, other, removed})
	if len(all) != 1 || all[0].One.Amount != 1 || all[0].Other.Amount != 2 || all[0].Shared.From.String() != "2026-Q2" || all[0].Shared.To != all[0].Shared.From {
		t.Errorf("%+v", all)
	}
}
