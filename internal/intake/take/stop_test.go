package take_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"cairn/internal/intake"
	"cairn/internal/intake/take"
	kit "cairn/internal/testkit/town"
)

// A file is not read on once whoever asked about it has gone, though all of it is at
// hand.
func TestReadingStopsAtTheDesk(t *testing.T) {
	w := kit.OnSQLite(t)
	must(t, w.App.Prepare(t.Context()))
	w.Settle("swemwbs")
	desk := take.At(w.App, w.Ann)
	f, err := desk.Send(t.Context(), "x.csv", strings.NewReader("Client ID,Scheme,Date,SWEMWBS raw\n"+strings.Repeat("T-1,Garden,05/01/2026,20\n", 10_000)))
	must(t, err)
	ctx, leave := context.WithCancel(t.Context())
	rows := 0
	_, err = desk.Check(ctx, f, func(intake.Verdict) error { rows++; leave(); return nil })
	if !errors.Is(err, context.Canceled) || rows == 10_000 {
		t.Errorf("%d rows are read: %v", rows, err)
	}
}
