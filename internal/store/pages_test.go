package store_test

import (
	"fmt"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/store"
	"cairn/internal/testkit/town"
)

// Pages of figures ask the database for as much however many people, referrals and
// schemes there are, and whichever way they are split.
func TestPagesOfFiguresAskForAsMuch(t *testing.T) {
	town.Each(t, func(t *testing.T, w *town.Town) {
		w.Settle("swemwbs", "ons4")
		first := day(t, "2025-11-01")
		w.Crowd(w.Ann, w.Garden, town.Somebody{Reference: "W", On: first, Waiting: 18, Before: 20}, town.Somebody{Reference: "N", On: first, Before: 18, After: 21})
		few := said(t, w)
		for i := range 4 {
			made, err := w.App.AddScheme(t.Context(), w.Ann, app.NewScheme{
				Name: fmt.Sprint("Scheme ", i), Measures: []measure.Key{"swemwbs", "ons4"}, Weeks: 12, StartedOn: "2025-01-01",
			})
			must(t, err)
			people := town.Many(fmt.Sprint("S", i), 30, first)
			people[0].OT = "led" // schemes of one side alone are asked for less
			w.Crowd(w.Ann, made, people...)
		}
		w.Crowd(w.Ann, w.Garden, append(town.Many("M", 60, first), town.Queue("Q", 30, first)...)...)
		for name, many := range said(t, w) {
			if len(few[name]) == 0 || len(few[name]) != len(many) {
				t.Errorf("%s: %d statements for few, %d for many:\n%s", name, len(few[name]), len(many), strings.Join(many, "\n"))
			}
		}
	})
}

// said is what each page asks for, the second time it is opened.
func said(t *testing.T, w *town.Town) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	ask := app.EvidenceAsk{Scheme: w.Garden.ID, Measure: "swemwbs-metric"}
	each := app.CompareAsk{Measure: "swemwbs-metric"}
	pages := map[string]func() error{
		"evidence":   func() error { _, err := w.App.Evidence(t.Context(), w.Ann, ask); return err },
		"comparator": func() error { _, err := w.App.Comparator(t.Context(), w.Ann, ask); return err },
		"equity":     func() error { _, err := w.App.Equity(t.Context(), w.Ann, ask); return err },
		"value":      func() error { _, err := w.App.Value(t.Context(), w.Ann, app.ValueAsk{EvidenceAsk: ask}); return err },
		"ot":         func() error { _, err := w.App.Contribution(t.Context(), w.Ann, each); return err },
	}
	for _, by := range []scheme.Dimension{scheme.ByScheme, scheme.BySource, scheme.ByPeriod, scheme.ByCategory} {
		split := each
		split.By = string(by)
		pages["compare by "+split.By] = func() error { _, err := w.App.Compare(t.Context(), w.Ann, split); return err }
	}
	for name, open := range pages {
		must(t, open())
		heard := store.Listen(w.Store)
		must(t, open())
		all[name] = heard()
	}
	return all
}
