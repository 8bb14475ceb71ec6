package store_test

import (
	"testing"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// The main job in one breath: a person is referred, measured twice, and shows
// up in the scheme's transition table.
func TestAPairReachesTheTransitionTable(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		_, r := w.refer("A-1", "2026-01-05")
		must(t, w.record(w.swemwbs(r, "2026-01-05", 1859)))
		must(t, w.record(w.swemwbs(r, "2026-03-30", 2235)))
		_, lost := w.refer("A-2", "2026-01-06")
		must(t, w.record(w.swemwbs(lost, "2026-01-06", 1859)))

		query := app.PairQuery{
			Scheme: w.scheme.ID, Series: "swemwbs-metric", Occasion: scheme.FixedTime(84),
			Period: scheme.Period{From: day(t, "2026-01-01").Quarter()}, Today: day(t, "2026-11-22"),
		}
		w.read(func(tx app.Reader) error {
			got, err := tx.Transitions(query)
			if err != nil {
				return err
			}
			if n := got.Paired[scheme.Step{From: 1859, To: 2235}]; n != 1 || len(got.Paired) != 1 {
				t.Errorf("paired = %v", got.Paired)
			}
			if n := got.Lost[measure.Level(1859)]; n != 1 || len(got.Lost) != 1 {
				t.Errorf("lost = %v", got.Lost)
			}
			if f := got.Flow; f.Referred != 2 || f.Baseline != 2 || f.Due != 2 || f.Paired != 1 || f.Running != 0 {
				t.Errorf("flow = %+v", f)
			}
			query.Today = day(t, "2026-04-20")
			got, err = tx.Transitions(query)
			if f := got.Flow; f.Running != 2 || f.RunningAgain != 1 || f.Referred != 0 {
				t.Errorf("flow inside the window = %+v", f)
			}
			return err
		})
	})
}
