package app_test

import (
	"context"
	"testing"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// A watched store counts how often an organisation is read.
type watched struct {
	app.Store
	reads int
}

func (s *watched) Read(ctx context.Context, org scheme.OrgID, fn func(app.Reader) error) error {
	s.reads++
	return s.Store.Read(ctx, org, fn)
}

// Due lists are made once for an organisation that is older than they are, also
// for what a start that was stopped half way had left; a start after that asks no
// organisation.
func TestDueListsAreFilledOnce(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		w.refer(w.Ann, w.Garden, "R-1", "2026-06-01")
		second := w.refer(w.Ann, w.Garden, "R-2", "2026-06-01").Referral.ID
		must(t, w.Store.Write(ctx, w.Ann.Org, func(tx app.Writer) error {
			return tx.SaveDue(scheme.Referral{ID: second, Scheme: w.Garden.ID}, nil)
		}))
		differing := func(when string, want int) {
			t.Helper()
			differ, err := w.App.CheckPairs(ctx, w.Ann, func(int) {})
			if must(t, err); len(differ) != want {
				t.Errorf("%s: %v are without what is due", when, differ)
			}
		}
		store := &watched{Store: w.Store}
		start := func() {
			store.reads = 0
			must(t, app.New(store, nil, app.Config{Now: w.Clock}).Prepare(ctx))
		}
		differing("taken away", 1)
		start()
		if store.reads != 0 {
			t.Errorf("%d organisations were asked, and each was marked", store.reads)
		}
		differing("marked as filled", 1)
		w.Cells("UPDATE organisations SET due_filled = FALSE RETURNING id")
		start()
		differing("filled", 0)
		start()
		if store.reads != 0 {
			t.Errorf("%d organisations were asked a second time", store.reads)
		}
	})
}
