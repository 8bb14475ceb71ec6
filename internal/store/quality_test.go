package store_test

import (
	"fmt"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/store"
	kit "cairn/internal/testkit/town"
)

// A look at data quality takes the same queries whether there is one referral
// or thirty.
func TestQualityTakesTheSameQueries(t *testing.T) {
	kit.Each(t, func(t *testing.T, w *kit.Town) {
		w.Settle("swemwbs")
		add := func(n int) {
			made, err := w.App.Register(t.Context(), w.Ann, app.NewRegistration{
				Person:   app.NewPerson{Reference: fmt.Sprintf("Q-%d", n)},
				Referral: app.NewReferral{Scheme: w.Garden.ID, ReceivedOn: "2026-01-05", AcceptedOn: "2026-01-05"},
			})
			if err == nil {
				_, err = w.App.RecordAssessment(t.Context(), w.Ann, app.NewAssessment{
					Referral: made.Referral.ID, Measure: "swemwbs", On: "2026-01-05", Occasion: "baseline", Series: "swemwbs-raw", Score: "20",
				})
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		look := func() int {
			said := store.Listen(w.Store)
			found, err := w.App.Quality(t.Context(), w.Ann)
			if err != nil || len(found.Schemes) != 2 {
				t.Fatalf("%+v, %v", found.Schemes, err)
			}
			n := 0
			for _, s := range said() {
				if strings.HasPrefix(strings.TrimSpace(strings.ToUpper(s)), "SELECT") {
					n++
				}
			}
			return n
		}
		add(0)
		look() // definitions are read once and stay in memory
		one := look()
		for n := range 30 {
			add(n + 1)
		}
		// Two of them look for people who were registered twice under one name.
		if many := look(); one != many || one == 0 || one > 22 {
			t.Errorf("%d queries for one referral, %d for 31", one, many)
		}
	})
}
