package demo_test

import (
	"testing"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

const satisfaction measure.Series = "ons4-satisfaction"

// year is the last four quarters that ended before today, or so many years
// before them.
func year(today scheme.Day, before int) scheme.Period {
	last := today.Quarter() - 1 - scheme.Quarter(4*before)
	return scheme.Period{From: last - 3, To: last}
}

func TestTheSizeOfTheDemonstration(t *testing.T) {
	for _, today := range days(t) {
		referrals := 0
		first := today
		for _, s := range everyScheme(t, today) {
			referrals += len(s.arrivals)
			for _, a := range s.arrivals {
				if a.Referral.ReceivedOn.Before(first) {
					first = a.Referral.ReceivedOn
				}
			}
		}
		if referrals < 2900 || referrals > 3250 {
			t.Errorf("%s: %d referrals, not about 3,000", today, referrals)
		}
		if n := today.DaysSince(first); n < 900 || n > 920 {
			t.Errorf("%s: the first referral lies %d days back, not two and a half years", today, n)
		}
	}
}

func TestTwoSchemesHave300PairsAYear(t *testing.T) {
	for _, today := range days(t) {
		all := everyScheme(t, today)
		for _, name := range []string{"RGR", "HCO"} {
			for before := range 2 {
				f := all[name].finding(t, satisfaction, year(today, before))
				// The quarters two years back begin before the first windows close.
				if before == 0 && f.Counts.Paired < 300 {
					t.Errorf("%s, %s: %d pairs in the last four quarters", today, name, f.Counts.Paired)
				}
				if before == 1 && f.Counts.Paired < 200 {
					t.Errorf("%s, %s: %d pairs in the four quarters before", today, name, f.Counts.Paired)
				}
			}
		}
	}
}

func TestHowTheSchemesDiffer(t *testing.T) {
	for _, today := range days(t) {
		all := everyScheme(t, today)
		for name, s := range all {
			f := s.finding(t, satisfaction, scheme.Period{})
			c := f.Change
			if c.Mean == nil || c.CILo == nil || c.CIHi == nil {
				t.Fatalf("%s, %s: the change cannot be estimated", today, name)
			}
			complete := *f.Counts.OfBaseline.P
			t.Logf("%s %s: %d referred, %d paired, complete %.2f, change %.2f (%.2f to %.2f), r %.2f", today, name, f.Counts.Persons, f.Counts.Paired, complete, *c.Mean, *c.CILo, *c.CIHi, *f.Correlation.Pearson)
			if poor := name == "RMW"; poor != (complete < 0.5) {
				t.Errorf("%s, %s: completeness %.2f", today, name, complete)
			}
			switch name {
			case "RGR", "HCO":
				if *c.CILo <= 0 {
					t.Errorf("%s, %s: no improvement, %.2f from %.2f", today, name, *c.Mean, *c.CILo)
				}
			case "HAM":
				if *c.CILo > 0 || *c.CIHi < 0 || *c.Mean > 0.3 || *c.Mean < -0.3 {
					t.Errorf("%s, %s: a change of %.2f where there is none", today, name, *c.Mean)
				}
			case "HMW":
				if *c.CIHi >= 0 {
					t.Errorf("%s, %s: people did not get worse, %.2f up to %.2f", today, name, *c.Mean, *c.CIHi)
				}
			case "RST":
				if len(s.arrivals) >= 25 {
					t.Errorf("%s, %s: %d people, not very small", today, name, len(s.arrivals))
				}
			}
		}
	}
}

func TestScoresLookLikeScores(t *testing.T) {
	s := everyScheme(t, days(t)[0])["RGR"]
	for _, series := range []measure.Series{satisfaction, "ons4-anxiety", "swemwbs-metric"} {
		f := s.finding(t, series, scheme.Period{})
		if r := *f.Correlation.Pearson; r < 0.3 || r > 0.8 {
			t.Errorf("%s: the two scores go together with r = %.2f", series, r)
		}
	}
	anxiety := s.finding(t, "ons4-anxiety", scheme.Period{})
	if lowest, highest := anxiety.Before[0], anxiety.Before[len(anxiety.Before)-1]; lowest.Level != 0 || highest.Level != 10 || lowest.People < 10 || highest.People < 10 {
		t.Errorf("nobody stands at the ends of the anxiety scale: %+v, %+v", lowest, highest)
	}
	for _, spell := range s.spells {
		for _, a := range spell.Assessments {
			def := s.defs[a.Measure]
			for _, scored := range a.Scores {
				sc, _ := def.Score(scored.Series)
				if err := sc.Accept(scored.Level); err != nil {
					t.Fatalf("%s: %v", spell.Person.Reference, err)
				}
			}
		}
	}
}

func TestEveryCategoryMeasureAndWayIsThere(t *testing.T) {
	categories, channels, helpers, sources, levels := map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
	for name, s := range everyScheme(t, days(t)[0]) {
		taken := map[measure.Key]bool{}
		for _, spell := range s.spells {
			sources[string(spell.Referral.Source)] = true
			for _, p := range spell.Prescriptions {
				categories[string(p.Category)] = categories[string(p.Category)] || !p.FirstAttendedOn.IsZero()
			}
			for _, i := range spell.Referral.OT {
				levels[string(i.Level)] = true
			}
			for _, a := range spell.Assessments {
				taken[a.Measure], channels[string(a.Channel)], helpers[string(a.Helper)] = true, true, true
			}
		}
		if !taken["ons4"] {
			t.Errorf("%s takes no ONS4", name)
		}
		if want := name != "RMW" && name != "HMW" && name != "HOD"; taken["swemwbs"] != want {
			t.Errorf("%s takes SWEMWBS: %v", name, taken["swemwbs"])
		}
	}
	levels["none"] = true // is said by saying nothing
	for _, list := range []struct {
		name  string
		terms []scheme.Term
		seen  map[string]bool
	}{
		{"category", scheme.Categories(), categories}, {"channel", scheme.Channels(), channels}, {"helper", scheme.Helpers(), helpers},
		{"source", scheme.Sources(), sources}, {"OT level", scheme.OTLevels(), levels},
	} {
		for _, term := range list.terms {
			if !list.seen[term.Value] {
				t.Errorf("no %s %s", list.name, term.Value)
			}
		}
	}
}
