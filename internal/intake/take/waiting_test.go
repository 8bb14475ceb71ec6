package take_test

import (
	"fmt"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/intake/take"
	kit "cairn/internal/testkit/town"
)

// As many files of one sender wait as may; another is refused unread, and has room
// when one is removed.
func TestFilesThatWait(t *testing.T) {
	w := kit.OnSQLite(t)
	must(t, w.App.Prepare(t.Context()))
	w.Settle("swemwbs")
	ctx, desk := t.Context(), take.At(w.App, w.Ann)
	file := func(n int) *strings.Reader {
		return strings.NewReader(fmt.Sprintf("Client ID,Scheme,Date,SWEMWBS raw\nT-%d,Garden,05/01/2026,20\n", n))
	}
	var last take.File
	for n := range app.MostImportFiles {
		var err error
		last, err = desk.Send(ctx, "x.csv", file(n))
		must(t, err)
	}
	unread := file(99)
	if _, err := desk.Send(ctx, "x.csv", unread); !fault.Is(err, fault.ImportWaiting) || unread.Len() == 0 {
		t.Errorf("one more: %v, %d bytes unread", err, unread.Len())
	}
	must(t, w.App.ForgetFile(ctx, w.Ann, app.FileRemoval{File: last.ID, Version: &last.Revision}))
	_, err := desk.Send(ctx, "x.csv", file(99))
	must(t, err)
}
