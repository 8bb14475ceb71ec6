package take_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

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

// Of an upload whose server was killed in its midst nothing can be seen, and its
// parts go with those of every file after seven days.
func TestUploadsThatWereKilled(t *testing.T) {
	each(t, func(t *testing.T, w *kit.Town) {
		ctx, file := t.Context(), app.ImportFile{ID: "01a20915-4027-7e16-96b8-02120cc25643", By: w.Ann.Account, Name: "x.csv", SentAt: w.Clock(), Revision: 1}
		must(t, w.Store.Write(ctx, w.Ann.Org, func(to app.Writer) error {
			must(t, to.AddImportFile(file))
			return to.AddImportPart(app.ImportPart{File: file.ID, By: file.By}, []byte("half of a file"))
		}))
		kept := func() string {
			must(t, w.Store.ForgetExpired(ctx))
			return strings.Join(w.Cells("SELECT (SELECT COUNT(*) FROM import_files), (SELECT COUNT(*) FROM import_parts)"), " ")
		}
		if all, err := w.App.ImportFiles(ctx, w.Ann); err != nil || len(all) != 0 {
			t.Errorf("half a file waits: %+v, %v", all, err)
		}
		w.Wait(6 * 24 * time.Hour)
		if got := kept(); got != "1 1" {
			t.Errorf("after six days %q files and parts are left", got)
		}
		w.Wait(2 * 24 * time.Hour)
		if got := kept(); got != "0 0" {
			t.Errorf("after eight days %q files and parts are left", got)
		}
	})
}
