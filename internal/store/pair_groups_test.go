package store_test

import (
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// checkGroups compares the counts of every dimension, and of two at once, with
// the same made in Go from all pairs.
func (w *world) checkGroups() {
	w.t.Helper()
	today := day(w.t, "2026-09-01")
	questions := [][]scheme.Dimension{
		{scheme.ByScheme}, {scheme.ByPeriod}, {scheme.ByAge}, {scheme.BySex}, {scheme.ByEthnicity}, {scheme.ByDeprivation},
		{scheme.BySource}, {scheme.ByCategory}, {scheme.ByOT}, {scheme.ByScheme, scheme.ByDeprivation}, {scheme.ByAge, scheme.ByOT},
	}
	w.read(func(tx app.Reader) error {
		var all []scheme.Pair
		must(w.t, tx.Spells(func(s scheme.Spell) error { all = append(all, s.Pairs(w.defs)...); return nil }))
		for _, by := range questions {
			q := app.GroupQuery{Schemes: []scheme.ID{w.scheme.ID}, Series: "swemwbs-metric", Occasion: scheme.FixedTime(84), Period: scheme.Period{From: today.Quarter() - 1}, Today: today, By: by}
			want := map[string]scheme.Transitions{}
			for _, p := range all {
				if p.Ordinal != 1 || p.Series != q.Series || p.Occasion != q.Occasion || !q.Period.Holds(p.Closes.Quarter()) {
					continue
				}
				var of []string
				for _, d := range by {
					of = append(of, p.Group(d))
				}
				key := strings.Join(of, "/")
				if _, ok := want[key]; !ok {
					want[key] = scheme.NewTransitions()
				}
				table := want[key]
				table.Add(tallied(p, today))
				want[key] = table
			}
			if len(want) == 0 {
				w.t.Errorf("nobody is in a group by %v", by)
			}
			groups, err := tx.TransitionsBy(q)
			must(w.t, err)
			got := map[string]scheme.Transitions{}
			for _, g := range groups {
				got[strings.Join(g.Of, "/")] = g.Table
			}
			same(w.t, "groups by "+string(by[0]), want, got)
		}
		return nil
	})
}

// A scheme that is another organisation's, or nobody's, is not there, and no
// scheme at all has nobody in it.
func TestGroupsAreOfOnesOwnSchemes(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		w.read(func(tx app.Reader) error {
			q := app.GroupQuery{Schemes: []scheme.ID{w.scheme.ID, id[scheme.ID](t)}, Series: "swemwbs-metric", Occasion: scheme.FixedTime(84), By: []scheme.Dimension{scheme.ByScheme}}
			if _, err := tx.TransitionsBy(q); !fault.Is(err, fault.NotFound) {
				t.Errorf("a scheme that is not there: %v", err)
			}
			q.Schemes = nil
			if groups, err := tx.TransitionsBy(q); err != nil || len(groups) != 0 {
				t.Errorf("no scheme: %v, %v", groups, err)
			}
			return nil
		})
	})
}
