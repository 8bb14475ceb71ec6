package store_test

import (
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// Costs come back as they went in, by their first quarter; an old version saves
// nothing, and another organisation has none of them.
func TestCostsComeBack(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		quarter := func(text string) scheme.Quarter {
			q, err := scheme.ParseQuarter(text)
			must(t, err)
			return q
		}
		cost := func(kind scheme.CostKind, from, to string, amount scheme.Pence) scheme.Cost {
			return scheme.Cost{
				ID: id[scheme.CostID](t), Scheme: w.scheme.ID, Kind: kind, Over: scheme.Period{From: quarter(from), To: quarter(to)},
				Amount: amount, Source: "books £", Note: "n", Revision: 1,
			}
		}
		late, early, most := cost("staff", "2026-Q2", "2026-Q2", 1), cost("set-up", "2025-Q1", "2026-Q4", 0), cost("premises", "2026-Q2", "2027-Q1", scheme.MostPence)
		w.write(func(tx app.Writer) error {
			for _, c := range []scheme.Cost{late, early, most} {
				must(t, tx.AddCost(c))
			}
			return nil
		})
		w.read(func(tx app.Reader) error {
			all, err := tx.Costs(w.scheme.ID)
			same(t, "costs", []scheme.Cost{early, late, most}, all)
			return err
		})
		late.Removed, late.Amount, late.Kind = true, 250, "volunteers"
		w.write(func(tx app.Writer) error { return tx.SaveCost(late) })
		err := w.store.Write(t.Context(), w.org.ID, func(tx app.Writer) error { return tx.SaveCost(late) })
		refused(t, err, fault.Stale, "")
		late.Revision = 2
		w.read(func(tx app.Reader) error {
			got, err := tx.Cost(late.ID)
			same(t, "a removed one", late, got)
			return err
		})
		hilltop := settle(t, w.store, "Hilltop")
		err = w.store.Read(t.Context(), hilltop.org.ID, func(tx app.Reader) error { _, err := tx.Cost(late.ID); return err })
		refused(t, err, fault.NotFound, "There is nothing here")
		hilltop.read(func(tx app.Reader) error {
			if all, err := tx.Costs(w.scheme.ID); err != nil || len(all) > 0 {
				t.Errorf("costs of another organisation: %v, %v", all, err)
			}
			return nil
		})
		err = w.store.Write(t.Context(), hilltop.org.ID, func(tx app.Writer) error { return tx.AddCost(cost("staff", "2026-Q1", "2026-Q1", 1)) })
		refused(t, err, fault.NotFound, "There is nothing here")
	})
}
