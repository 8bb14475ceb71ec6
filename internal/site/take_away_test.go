package site_test

import (
	"encoding/csv"
	"io"
	"net/http"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/scheme"
	kit "cairn/internal/testkit/town"
)

// file fetches what a page saves.
func (v *visitor) file(path string) (head http.Header, body string) {
	v.t.Helper()
	got, err := v.client.Get(v.base + path)
	must(v.t, err)
	defer got.Body.Close()
	text, err := io.ReadAll(got.Body)
	must(v.t, err)
	if got.StatusCode != http.StatusOK {
		v.t.Errorf("%s: %d", path, got.StatusCode)
	}
	return got.Header, string(text)
}

// saved are the addresses under the page's figures, each with how many rows its
// figure's table has.
func (s seen) saved() map[string]int {
	all := map[string]int{}
	for fig := range s.root.Descendants() {
		if fig.Data != "figure" {
			continue
		}
		rows, to := 0, ""
		for n := range fig.Descendants() {
			switch {
			case n.Data == "tr" && n.Parent.Data == "tbody":
				rows++
			case n.Data == "a" && has(n, "download"):
				to = attr(n, "href")
			}
		}
		if to != "" || rows > 0 { // a picture without numbers is in words alone
			all[to] = rows
		}
	}
	return all
}

// Every figure of every page is saved as a file with the rows of its own table,
// under the same filters and for the same readers.
func TestFiguresAreTakenAway(t *testing.T) {
	w := found(kit.OnSQLite(t), nil)
	w.settle()
	schemes := w.load("madeup")
	gil := w.signedIn("gil")
	var at string
	for _, one := range schemes {
		at = "/schemes/" + string(one.ID)
	}
	from, err := scheme.ParseDay("2026-01-05")
	must(t, err)
	w.Crowd(w.Ann, w.Garden, kit.Many("G", 60, from)...)
	w.Crowd(w.Ann, w.Choir, kit.Many("C", 40, from)...)
	ann, garden := w.signedIn("ann"), "/schemes/"+string(w.Garden.ID)
	for page, least := range map[string]int{at + "/evidence?rule=first-last": 5, "/compare?measure=swemwbs-metric": 4, garden + "/equity?measure=swemwbs-metric": 1} {
		reader := ann
		if strings.HasPrefix(page, at) {
			reader = gil
		}
		all := reader.get(page).is(http.StatusOK).saved()
		if len(all) < least {
			t.Errorf("%s saves %v", page, all)
		}
		for to, rows := range all {
			head, body := reader.file(to)
			table, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
			if err != nil || rows == 0 || len(table) != rows+1 {
				t.Errorf("%s: %d rows in the file, %d on the page, %v", to, len(table)-1, rows, err)
			}
			if kind := head.Get("Content-Type"); !strings.HasPrefix(kind, "text/csv") || !strings.Contains(head.Get("Content-Disposition"), ".csv") {
				t.Errorf("%s is sent as %q, %q", to, kind, head.Get("Content-Disposition"))
			}
			if !strings.Contains(body, "Internal, not for publication") || strings.Contains(body, "NaN") {
				t.Errorf("%s says %s", to, body)
			}
		}
	}
	gil.get(at + "/evidence/figures/nothing.csv").is(http.StatusNotFound)
	gil.get(at + "/evidence/figures/change").is(http.StatusNotFound)
	gil.get(at + "/evidence/figures/change.csv?to=2031").is(http.StatusUnprocessableEntity).says("There is a problem")
	w.signedIn("fi").get(at + "/evidence/figures/change.csv").is(http.StatusForbidden)
	ann.get(at + "/evidence/figures/change.csv").is(http.StatusNotFound)
}

// published takes a release of the Garden's first quarter of 2026 all the way,
// and opens it.
func (w *town) published() app.ReleaseView {
	w.T.Helper()
	ctx := w.T.Context()
	from, err := scheme.ParseDay("2025-11-01")
	must(w.T, err)
	w.Crowd(w.Ann, w.Garden, kit.Many("R", 80, from)...)
	v, err := w.App.PrepareRelease(ctx, w.Ann, app.NewRelease{Scheme: w.Garden.ID, Grain: scheme.ReleasedQuarterly, Within: "2026-Q1"})
	must(w.T, err)
	v, err = w.App.AuditRelease(ctx, w.Ann, app.ReleaseStep{ID: v.ID, Version: v.Revision})
	must(w.T, err)
	v, err = w.App.PublishRelease(ctx, w.Ann, app.ReleaseStep{ID: v.ID, Version: v.Revision})
	must(w.T, err)
	v, err = w.App.OpenRelease(ctx, w.Ann, app.ReleaseOpening{ID: v.ID, Version: v.Revision, Public: "on"})
	must(w.T, err)
	return v
}

// What is saved of a release is what was kept of it: rounded, with its hash, and
// the same after the records changed.
func TestReleasedFiguresAreTakenAway(t *testing.T) {
	w := found(kit.OnSQLite(t), nil)
	w.Settle("swemwbs", "ons4")
	v := w.published()
	anybody := w.visitor()
	all := anybody.get(v.Path()).is(http.StatusOK).says("How well was this measured?", "You may not say", "That the scheme caused this").saved()
	if len(all) != 2 {
		t.Fatalf("saved: %v", all)
	}
	before := map[string]string{}
	for to := range all {
		_, before[to] = anybody.file(to)
		for _, want := range []string{v.SHA256, "Release 1 of ", "Open to everybody", v.Path(), "about "} {
			if !strings.Contains(before[to], want) {
				t.Errorf("%s lacks %q: %s", to, want, before[to])
			}
		}
	}
	from, err := scheme.ParseDay("2025-11-01")
	must(t, err)
	w.Crowd(w.Ann, w.Garden, kit.Many("late", 30, from)...)
	for to, was := range before {
		if _, now := anybody.file(to); now != was {
			t.Errorf("%s changed", to)
		}
	}
	v, err = w.App.OpenRelease(t.Context(), w.Ann, app.ReleaseOpening{ID: v.ID, Version: v.Revision, Public: "off"})
	must(t, err)
	for to := range before {
		anybody.get(to).is(http.StatusNotFound).silent(v.SHA256)
	}
	// Whoever works in the scheme finds it where they look, public or not.
	at, bo := "/schemes/"+string(w.Garden.ID), w.signedIn("bo")
	if home := bo.get(at).is(http.StatusOK).says("Published releases", "January to March 2026"); !strings.Contains(home.source, `href="`+v.Path()+`"`) {
		t.Error("the scheme's page does not lead to its release")
	}
	bo.get(v.Path()).is(http.StatusOK).says(v.SHA256, "Three sentences for a board", "You may say", "How many got reliably better, and how many worse?").silent("Withdrawn")
	// What was withdrawn can be looked up, and offers no text that stands without that word.
	_, err = w.App.WithdrawRelease(t.Context(), w.Ann, app.ReleaseWithdrawal{ID: v.ID, Version: v.Revision, Notice: "Two schemes were mixed up.", Figures: app.FiguresStay})
	must(t, err)
	bo.get(v.Path()).is(http.StatusOK).says("Two schemes were mixed up.", "Withdrawn, not to be used: ", "You may not say").
		silent("Three sentences for a board", "You may say", "Copy the sentences")
	sheet := bo.get(v.Path()+"/print").is(http.StatusOK).says("Withdrawn. Do not use these figures. Two schemes were mixed up.", "Withdrawn, not to be used: ", "What may not be said").silent("What may be said")
	if !strings.Contains(sheet.source, "<title>Withdrawn: ") {
		t.Error("the file of the sheet is called as if it stood")
	}
	w.signedIn("ann").get("/schemes/" + string(w.Choir.ID)).is(http.StatusOK).says("Nothing has been published of this scheme yet")
	w.signedIn("di").get(at).is(http.StatusOK).silent("Published releases")
}
