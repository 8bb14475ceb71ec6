package site_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"cairn/internal/api"
	"cairn/internal/app"
	"cairn/internal/server"
	"cairn/internal/site"
	kit "cairn/internal/testkit/town"
)

// A fakePrinter keeps what it was to print.
type fakePrinter struct {
	html, policy string
	broken       bool
}

func (f *fakePrinter) PrintPage(_ context.Context, html []byte, policy string, _ func(string) (string, []byte, bool)) ([]byte, error) {
	f.html, f.policy = string(html), policy
	if f.broken {
		return nil, errors.New("the browser fell over at /root/secret")
	}
	return []byte("%PDF-1.7 of a test"), nil
}

// printing gives the town's pages a printer.
func (w *town) printing() *fakePrinter {
	w.T.Helper()
	stack, f := w.Server(server.Config{}), &fakePrinter{}
	pages, err := site.New(w.App, stack, nil)
	must(w.T, err)
	pages.PrintWith(f)
	must(w.T, pages.Routes())
	must(w.T, api.Register(stack, w.App, pages))
	w.stack = stack.Handler()
	return f
}

// A release on one page says its level, what may be said and what not, and its
// hash, all from what was kept; a record that comes later changes none of it.
func TestAReleaseOnOnePage(t *testing.T) {
	w := found(kit.OnSQLite(t), nil)
	w.Settle("swemwbs", "ons4")
	v := w.published()
	at := v.Path() + "/print"
	w.visitor().get(at).is(http.StatusOK).
		says("What may be said", "What may not be said", "That the scheme caused this", "How well it was measured", "of levels 0 to 4",
			"There is no comparison group in a release", "Who is in it", "about ", "open to everybody", "SHA-256 "+v.SHA256, "print it with your browser", "points less than that of the others, the interval would reach no change").
		silent("Internal, not for publication", "NaN", "print.pdf", "away from that")
	w.visitor().get(at + ".pdf").is(http.StatusNotFound) // nothing prints it here
	f := w.printing()
	anybody := w.visitor()
	if now := anybody.get(at).is(http.StatusOK).says("Download this page as PDF"); !strings.Contains(now.source, v.SHA256) {
		t.Error("the hash is gone")
	}
	head, pdf := anybody.file(at + ".pdf")
	if !strings.HasPrefix(pdf, "%PDF-") || head.Get("Content-Type") != "application/pdf" || !strings.Contains(head.Get("Content-Disposition"), v.SHA256[:8]+".pdf") {
		t.Errorf("sent %q as %s, %s", pdf, head.Get("Content-Type"), head.Get("Content-Disposition"))
	}
	if !strings.Contains(f.html, v.SHA256) || !strings.Contains(f.policy, "default-src 'self'") || strings.Contains(f.html, "Sign out") {
		t.Errorf("printed under %q: %.300s", f.policy, f.html)
	}
	ann := w.signedIn("ann")
	ann.file(at + ".pdf")
	paper := f.html
	if head, pdf = ann.file("/api/v1/published/" + string(v.ID) + "/one-page.pdf"); !strings.HasPrefix(pdf, "%PDF-") || head.Get("Content-Type") != "application/pdf" || f.html != paper {
		t.Errorf("a program is sent %q as %s, printed from %.300s", pdf, head.Get("Content-Type"), f.html)
	}
	f.broken = true
	anybody.get(at + ".pdf").is(http.StatusServiceUnavailable).says("could not be made as PDF just now").silent("/root/secret")
	_, err := w.App.WithdrawRelease(t.Context(), w.Ann, app.ReleaseWithdrawal{ID: v.ID, Version: v.Revision, Notice: "Two schemes were mixed up.", Figures: app.FiguresGone})
	must(t, err)
	anybody.get(at).is(http.StatusOK).says("Two schemes were mixed up.", "not shown any more").silent("data-chart", "about ")
	_, err = w.App.OpenRelease(t.Context(), w.Ann, app.ReleaseOpening{ID: v.ID, Version: v.Revision + 1, Public: "off"})
	must(t, err)
	for _, end := range []string{"", ".pdf"} {
		anybody.get(at+end).is(http.StatusNotFound).silent(v.SHA256, "Two schemes")
	}
}

// The internal view on one page says that it is for nobody outside, and is for
// whoever may see the figures.
func TestTheInternalViewOnOnePage(t *testing.T) {
	w := found(kit.OnSQLite(t), nil)
	w.settle()
	schemes := w.load("madeup")
	f := w.printing()
	gil := w.signedIn("gil")
	for _, one := range schemes {
		at := "/schemes/" + string(one.ID) + "/evidence"
		gil.get(at + "?rule=first-last").is(http.StatusOK).says("All of this on one page, to print")
		gil.get(at+"/print?rule=first-last").is(http.StatusOK).
			says("Internal, not for publication", "What may be said", "What may not be said", "Level ", "measured twice", "How many got reliably better, and how many worse?", "Reliably better").
			silent("SHA-256", "NaN", "Release ")
		gil.get(at + "/print?to=2031").is(http.StatusUnprocessableEntity).says("There is a problem")
		gil.get(at + "/print.pdf?to=2031").is(http.StatusUnprocessableEntity).says("There is a problem")
		gil.file(at + "/print.pdf?rule=first-last")
		paper := f.html
		if gil.file("/api/v1" + at + "/one-page.pdf?rule=first-last"); f.html != paper || !strings.Contains(paper, "Internal, not for publication") {
			t.Errorf("a program is sent another page: %.300s", f.html)
		}
		w.signedIn("fi").get(at + "/print.pdf").is(http.StatusForbidden)
		w.signedIn("ann").get(at + "/print.pdf").is(http.StatusNotFound)
		break
	}
}
