package store_test

import (
	"fmt"
	"slices"
	"testing"

	"cairn/internal/app"
	"cairn/internal/scheme"
	"cairn/internal/store"
)

// spread is one item for each of many positions of a window around today, for
// the baseline and for a later occasion.
func spread(today scheme.Day) (all []scheme.Due) {
	for _, before := range []int{0, 3, 28} {
		for due := -40; due <= 40; due++ {
			d := scheme.Due{Measure: "ons4", Occasion: scheme.Occasion(fmt.Sprintf("day-%d", 1000*before+due+500)), On: today.Plus(due)}
			d.Opens, d.Closes = d.On.Plus(-before), d.On.Plus(before)
			all = append(all, d)
		}
	}
	for _, days := range []int{1, 7} {
		d := all[100]
		d.Occasion, d.Why = scheme.Occasion(fmt.Sprintf("day-%d", 90_000+days)), scheme.NotDone{Reason: scheme.ComeBack, ComeBack: today.Plus(days - 1)}
		all = append(all, d)
	}
	return all
}

// bases are baselines, each of a referral of its own.
func bases(today scheme.Day) (all []scheme.Due) {
	for due := -20; due <= 8; due += 4 {
		d := scheme.Due{Measure: "swemwbs", Occasion: scheme.Baseline, On: today.Plus(due)}
		d.Opens, d.Closes = d.On.Plus(-2), d.On.Plus(14)
		all = append(all, d)
	}
	return all
}

// due keeps items of one referral as derived.
func (w *world) due(r scheme.Referral, items ...scheme.Due) {
	w.t.Helper()
	r.Practitioner = w.account
	w.write(func(tx app.Writer) error { return tx.SaveDue(r, items) })
}

// The list in the database tells standings apart as scheme does, orders by
// them and by day, and pages without losing or repeating a line.
func TestDueListStandsAsTheRuleSays(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		today := day(t, "2026-11-22")
		_, r := w.refer("A", "2026-01-05")
		want := spread(today)
		w.due(r, want...)
		for i, base := range bases(today) {
			_, other := w.refer(fmt.Sprint("B-", i), "2026-01-05")
			w.due(other, base)
			want = append(want, base)
		}
		counts := map[scheme.Standing]int{}
		for _, d := range want {
			if of := d.Standing(today); slices.Contains(scheme.Standings(), of) {
				counts[of]++
			}
		}
		if len(counts) != len(scheme.Standings()) {
			t.Fatalf("the items do not try every standing: %v", counts)
		}
		q := app.DueQuery{Today: today, Holders: []scheme.AccountID{w.account}, Page: app.Page{Limit: 37}}
		var lines []app.DueLine
		w.read(func(tx app.Reader) error {
			for {
				list, err := tx.Due(q)
				must(t, err)
				page := list.Lines
				if fmt.Sprint(list.Counts) != fmt.Sprint(counts) {
					t.Errorf("counted %v, want %v", list.Counts, counts)
				}
				lines = append(lines, page...)
				if len(page) < q.Page.Limit {
					return nil
				}
				q.Page.After = page[len(page)-1].Mark
			}
		})
		seen, total, last := map[string]bool{}, 0, -1
		for _, n := range counts {
			total += n
		}
		for _, l := range lines {
			name := fmt.Sprint(l.Referral, l.Due.Occasion)
			place := slices.Index(scheme.Standings(), l.Due.Standing(today))
			if place < last || seen[name] {
				t.Errorf("%s stands %d after %d, seen %v", name, place, last, seen[name])
			}
			seen[name], last = true, place
		}
		if len(lines) != total {
			t.Errorf("%d lines on all pages, want %d", len(lines), total)
		}
		one := app.DueQuery{Today: today, Standing: scheme.Overdue, Page: app.Page{Limit: 200}}
		w.read(func(tx app.Reader) error {
			only, err := tx.Due(one)
			must(t, err)
			if len(only.Lines) != counts[scheme.Overdue] {
				t.Errorf("%d overdue, want %d", len(only.Lines), counts[scheme.Overdue])
			}
			return nil
		})
	})
}

// A list takes the same statements whatever its length, and holds nothing of
// another organisation, of a paused referral or of somebody else's.
func TestDueListIsFourStatements(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		today := day(t, "2026-11-22")
		hilltop := settle(t, w.store, "Hilltop")
		_, foreign := hilltop.refer("H", "2026-01-05")
		hilltop.due(foreign, spread(today)...)
		_, paused := w.refer("P", "2026-01-05")
		w.due(paused, spread(today)[:50]...)
		w.write(func(tx app.Writer) error { return tx.SavePauses(paused.ID, []scheme.Pause{{From: today}}) })
		_, r := w.refer("A", "2026-01-05")
		ask := func(items int, q app.DueQuery) (lines int, statements []string) {
			w.due(r, spread(today)[:items]...)
			all := store.Listen(w.store)
			w.read(func(tx app.Reader) error {
				list, err := tx.Due(q)
				lines = len(list.Lines)
				return err
			})
			return lines, all()
		}
		q := app.DueQuery{Today: today, Schemes: []scheme.ID{w.scheme.ID}, Page: app.Page{Limit: 200}}
		few, short := ask(2, q)
		many, long := ask(80, q)
		if few == 0 || many <= few || len(short) != len(long) {
			t.Errorf("%d lines take %d statements, %d lines take %d", few, len(short), many, len(long))
		}
		q.Holders = []scheme.AccountID{hilltop.account}
		if other, _ := ask(80, q); other != 0 {
			t.Errorf("%d lines of somebody else", other)
		}
		nobodys := app.DueQuery{Today: today, Page: app.Page{Limit: 200}}
		if all, _ := ask(80, nobodys); all != many {
			t.Errorf("%d lines in the whole organisation, want %d: none of Hilltop's and none that is paused", all, many)
		}
	})
}

// Only what differs is written, and a hand-over takes what is due along.
func TestAssign(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		today := day(t, "2026-11-22")
		bea := id[scheme.AccountID](t)
		must(t, w.store.AddAccount(t.Context(), app.Account{ID: bea, Login: "bea " + w.org.Name, Memberships: []app.Membership{{Org: w.org.ID, Role: app.Practitioner, AllSchemes: true}}}))
		_, r := w.refer("A", "2026-01-05")
		w.due(r, spread(today)[40:44]...)
		for _, to := range []scheme.AccountID{w.account, bea, bea} {
			w.write(func(tx app.Writer) error { return tx.Assign([]scheme.ReferralID{r.ID}, to, today) })
		}
		w.read(func(tx app.Reader) error {
			was, err := tx.Keepers(r.ID)
			must(t, err)
			want := []scheme.Keeper{{Account: w.account, From: today, Until: today}, {Account: bea, From: today}}
			if !slices.Equal(was, want) {
				t.Errorf("it was %v, want %v", was, want)
			}
			list, err := tx.Due(app.DueQuery{Today: today, Holders: []scheme.AccountID{bea}, Page: app.Page{Limit: 9}})
			must(t, err)
			hers := list.Lines
			if len(hers) != 4 || hers[0].Practitioner != bea || hers[0].Login != "bea "+w.org.Name {
				t.Errorf("%d lines are hers: %+v", len(hers), hers)
			}
			held, err := tx.Referrals(app.ReferralFilter{Holder: bea}, app.Page{Limit: 9})
			must(t, err)
			if len(held) != 1 || held[0].Referral.Practitioner != bea {
				t.Errorf("she holds %+v", held)
			}
			return nil
		})
	})
}
