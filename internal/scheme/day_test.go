package scheme_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

func day(t testing.TB, text string) scheme.Day {
	t.Helper()
	d, err := scheme.ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDay(t *testing.T) {
	d := day(t, "2024-02-29")
	for got, want := range map[string]string{
		d.String():                             "2024-02-29",
		d.Long():                               "29 February 2024",
		d.Plus(1).String():                     "2024-03-01",
		d.Plus(366).String():                   "2025-03-01",
		d.Quarter().String():                   "2024-Q1",
		d.Quarter().First().String():           "2024-01-01",
		d.Quarter().Last().String():            "2024-03-31",
		(d.Quarter() + 3).Last().String():      "2024-12-31",
		(d.Quarter() + 4).String():             "2025-Q1",
		scheme.Day{}.String():                  "",
		day(t, "1970-01-01").Plus(-1).String(): "1969-12-31",
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	for _, bad := range []string{"2026-02-30", "2026-2-3", "31/03/2026", "0001-01-01", "", "2026-03-31T00:00:00Z"} {
		if _, err := scheme.ParseDay(bad); !fault.Is(err, fault.DayImpossible) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// A day survives every road to and from a database column, whatever the zone
// the driver hands it back in.
func TestDayRoundTrip(t *testing.T) {
	zones := []string{"UTC", "Europe/London", "Pacific/Auckland", "America/Los_Angeles"}
	rapid.Check(t, func(t *rapid.T) {
		d := scheme.DayOf(time.Unix(0, 0).UTC()).Plus(rapid.IntRange(-20_000, 60_000).Draw(t, "days"))
		zone, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		written, err := d.Value()
		if err != nil {
			t.Fatal(err)
		}
		midnight, err := time.ParseInLocation("2006-01-02", written.(string), zone)
		if err != nil {
			t.Fatal(err)
		}
		for _, from := range []any{written, []byte(written.(string)), midnight, written.(string) + "T00:00:00Z"} {
			var back scheme.Day
			if err := back.Scan(from); err != nil || back != d {
				t.Fatalf("%v came back as %v, %v", from, back, err)
			}
		}
		if q := d.Quarter(); d.Before(q.First()) || d.After(q.Last()) {
			t.Fatalf("%s lies outside %s", d, q)
		}
	})
}

func TestQuarterRefuses(t *testing.T) {
	if q, err := scheme.ParseQuarter("2026-Q4"); err != nil || q.String() != "2026-Q4" {
		t.Errorf("control: %v %v", q, err)
	}
	for _, bad := range []string{"2026-Q5", "2026-Q0", "2026Q1", "26-Q1", "2026-Q11", "2026-q1", ""} {
		if _, err := scheme.ParseQuarter(bad); !fault.Is(err, fault.PeriodInvalid) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
