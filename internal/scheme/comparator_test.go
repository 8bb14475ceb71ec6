package scheme_test

import (
	"testing"

	"cairn/internal/scheme"
)

// Whoever began outside of the days is in no count; of them those measured twice
// are told apart. Without days everybody counts, as in Transitions.
func TestMeasuringWithinDays(t *testing.T) {
	at := func(text string) scheme.Day {
		day, err := scheme.ParseDay(text)
		if err != nil {
			t.Fatal(err)
		}
		return day
	}
	score := func(on string) *scheme.Point { return &scheme.Point{On: at(on), Level: 5} }
	within := scheme.Span{First: at("2026-01-10"), Last: at("2026-02-10")}
	passages := []scheme.Pair{
		{State: scheme.Paired, Base: score("2026-01-10"), Later: score("2026-04-01")},
		{State: scheme.Paired, Base: score("2026-01-09"), Later: score("2026-03-01")},
		{State: scheme.Paired, Base: score("2026-02-11"), Later: score("2026-05-01")},
		{State: scheme.Paired, Exit: scheme.ExitDied, Base: score("2025-02-11"), Later: score("2025-05-01")},
		{State: scheme.BaselineOnly, Base: score("2026-02-10")},
		{State: scheme.BaselineOnly, Base: score("2026-02-12")},
		{State: scheme.FollowupOnly, Later: score("2026-02-01")},
	}
	for name, c := range map[string]struct {
		within                                  scheme.Span
		paired, baseline, referred, out, length int
	}{
		"everybody":   {scheme.Span{}, 3, 6, 7, 0, 113},
		"in the days": {within, 1, 2, 2, 2, 82},
	} {
		m := scheme.NewMeasuring(scheme.Period{}, at("2026-06-30"), c.within)
		for _, p := range passages {
			p.Closes = at("2026-05-31")
			m.Add(scheme.Passage{Ordinal: 1, Planned: true, Pair: p})
			m.Add(scheme.Passage{Ordinal: 2, Planned: true, Pair: p})
		}
		f := m.Table.Flow
		if f.Paired != c.paired || f.Baseline != c.baseline || f.Referred != c.referred || m.Outside != c.out || m.Span.Length() != c.length {
			t.Errorf("%s: %+v, %d outside, over %d days", name, f, m.Outside, m.Span.Length())
		}
	}
}
