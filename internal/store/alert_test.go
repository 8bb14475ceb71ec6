package store_test

import (
	"fmt"
	"testing"
	"time"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/store"
)

// alerts refers people of whom each has an answer that needs action.
func (w *world) alerts(from, to int) {
	w.t.Helper()
	for n := from; n < to; n++ {
		_, r := w.refer(fmt.Sprint("R-", n), "2026-01-05")
		a := w.swemwbs(r, "2026-01-06", 0)
		a.Measure, a.Version = "phq9", w.defs["phq9"].Version
		a.Scores = []measure.Scored{{Series: "phq9", Level: 9}}
		response := 1
		w.write(func(tx app.Writer) error {
			must(w.t, tx.AddAssessment(a, w.trace()))
			return tx.AddAlert(scheme.Alert{
				ID: id[scheme.AlertID](w.t), Kind: scheme.AnswerRaised, Assessment: a.ID, Version: 1, Response: &response,
				State: scheme.AlertOpen, RaisedAt: time.Date(2026, 1, 6, 12, 0, 0, 0, time.UTC), Revision: 1,
			}, nil)
		})
	}
}

// What stands above a due list takes the same statements whatever its length.
func TestAlertsOfACaseloadTakeTheSameStatements(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		asking := app.New(w.store, nil, app.Config{Now: time.Now})
		by := app.Actor{Account: w.account, Org: w.org.ID, Role: app.Practitioner, Schemes: []scheme.ID{w.scheme.ID}}
		ask := func() (lines int, more bool, statements int) {
			all := store.Listen(w.store)
			v, err := asking.CaseloadAlerts(t.Context(), by, app.Mine)
			must(t, err)
			return len(v.Answers), v.More, len(all())
		}
		w.alerts(0, 2)
		few, none, short := ask()
		w.alerts(2, 15)
		many, more, long := ask()
		if few != 2 || none || many != 10 || !more {
			t.Errorf("%d alerts (more: %v), then %d (more: %v)", few, none, many, more)
		}
		if short != long || long > 9 {
			t.Errorf("%d alerts take %d statements, %d take %d", few, short, many, long)
		}
	})
}
