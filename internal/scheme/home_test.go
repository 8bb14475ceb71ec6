package scheme_test

import (
	"testing"

	"cairn/internal/scheme"
)

// A score belongs to the referral in whose time it lies; between two, a baseline to
// the next and a follow-up to the last.
func TestHome(t *testing.T) {
	d := func(text string) scheme.Day { return day(t, text) }
	ended := scheme.Referral{ReceivedOn: d("2025-01-06"), EndedOn: d("2025-06-01"), Ordinal: 1}
	open := scheme.Referral{Receipt: scheme.StandIn{On: d("2026-01-05"), Dated: scheme.Assumed}, Ordinal: 2}
	afloat := scheme.Referral{Receipt: scheme.StandIn{On: d("2026-06-30"), Dated: scheme.ByOrder}, EndedOn: d("2025-06-01"), Ordinal: 1}
	for name, c := range map[string]struct {
		all   []scheme.Referral
		on    string
		dated scheme.Dating
		at    scheme.Occasion
		want  int
	}{
		"in the first":                   {[]scheme.Referral{open, ended}, "2025-03-01", "", scheme.Later, 1},
		"in the second":                  {[]scheme.Referral{open, ended}, "2026-03-01", "", scheme.Later, 0},
		"a late follow-up":               {[]scheme.Referral{ended, open}, "2025-07-01", "", scheme.Later, 0},
		"a baseline before the second":   {[]scheme.Referral{ended, open}, "2025-12-28", "", scheme.Baseline, 1},
		"a baseline before all":          {[]scheme.Referral{ended, open}, "2024-12-28", "", scheme.Baseline, 0},
		"a follow-up before all":         {[]scheme.Referral{open, ended}, "2024-12-28", "", scheme.Later, 1},
		"the last day":                   {[]scheme.Referral{ended, open}, "2025-06-01", "", scheme.Baseline, 0},
		"the month of the end":           {[]scheme.Referral{ended, open}, "2025-06-01", scheme.ToTheMonth, scheme.Baseline, 0},
		"no day":                         {[]scheme.Referral{ended, open}, "2025-03-01", scheme.ByOrder, scheme.Later, 1},
		"no day, and none is open":       {[]scheme.Referral{afloat, ended}, "2026-03-01", scheme.ByOrder, scheme.Later, 1},
		"of one that came without a day": {[]scheme.Referral{afloat}, "2025-03-01", "", scheme.Later, 0},
		"after the end of the only one":  {[]scheme.Referral{ended}, "2025-09-01", "", scheme.Later, 0},
	} {
		if got := scheme.Home(c.all, scheme.Assessment{On: d(c.on), Dated: c.dated, Occasion: c.at}); got != c.want {
			t.Errorf("%s: it is of number %d, want %d", name, got, c.want)
		}
	}
}

// A new referral is made only by what a file says of a new start.
func TestAgain(t *testing.T) {
	d := func(text string) scheme.Day { return day(t, text) }
	ended := []scheme.Referral{{ReceivedOn: d("2025-01-06"), EndedOn: d("2025-06-01")}, {ReceivedOn: d("2024-01-06"), DeclinedOn: d("2024-02-01")}}
	open := append(ended[:1:1], scheme.Referral{ReceivedOn: d("2026-01-06")})
	score := func(on string, dated scheme.Dating, at scheme.Occasion) []scheme.Assessment {
		return []scheme.Assessment{{On: d(on), Dated: dated, Occasion: at}}
	}
	said := func(on string) []scheme.StandIn { return []scheme.StandIn{{}, {On: d(on)}} }
	for name, c := range map[string]struct {
		all    []scheme.Referral
		said   []scheme.StandIn
		scores []scheme.Assessment
		want   string
	}{
		"a follow-up":             {ended, nil, score("2025-09-01", "", scheme.Later), ""},
		"a baseline":              {ended, nil, score("2025-09-01", "", scheme.Baseline), "2025-09-01"},
		"a baseline from before":  {ended, nil, score("2025-06-01", "", scheme.Baseline), ""},
		"of the month of the end": {ended, nil, score("2025-06-01", scheme.ToTheMonth, scheme.Baseline), ""},
		"a baseline without day":  {ended, nil, score("2025-09-01", scheme.ByOrder, scheme.Baseline), ""},
		"a day of referral":       {ended, said("2025-08-01"), score("2025-09-01", "", scheme.Baseline), "2025-08-01"},
		"the day that it had":     {ended, said("2025-01-06"), score("2025-09-01", "", scheme.Later), ""},
		"one is open":             {open, said("2026-08-01"), score("2026-09-01", "", scheme.Baseline), ""},
	} {
		if got := scheme.Again(c.all, c.said, c.scores).String(); got != c.want {
			t.Errorf("%s: begun again %q, want %q", name, got, c.want)
		}
	}
}
