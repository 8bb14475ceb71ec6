package site_test

import (
	"net/http"
	"strings"
	"testing"
)

// An address that asks for something the page does not know gets no figures, but
// the filters and a sentence that names it.
func TestUnknownFilters(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		bo := w.signedIn("bo")
		at := "/schemes/" + string(w.Garden.ID) + "/evidence"
		for query, want := range map[string]struct {
			says  string
			links int
		}{
			"fom=2026-Q1":                     {"“fom”", 0},
			"measure=swemwbs-metric&colour=1": {"“colour”", 0},
			"Measure=ons4":                    {"“Measure”", 0},
			"%zz":                             {"cannot be read", 0},
			"a;b":                             {"cannot be read", 0},
			"from=2026-Q1&from=2025-Q1":       {"“from” more than once", 1},
			"fom=2026-Q1&rule=lowest":         {"“fom”", 1},
			"rule=x&occasion=zz":              {"pairing rule", 2},
			"measure=x&rule=x&occasion=zz":    {"pairing rule", 2},
		} {
			page := bo.get(at+"?"+query).is(http.StatusUnprocessableEntity).says("There is a problem", want.says, "Choose what to show")
			if len(page.links()) != want.links || page.id("measure").Data != "select" {
				t.Errorf("%s: the summary leads to %v, want %d: %s", query, page.links(), want.links, page.text())
			}
			if strings.Contains(page.text(), "Who is in these figures") {
				t.Errorf("%s shows figures", query)
			}
		}
		bo.get(at + "?measure=&occasion=&from=&to=&rule=").is(http.StatusOK).says("Who is in these figures")
		foreign := bo.get("/schemes/" + string(w.Walk.ID) + "/evidence?fom=1").is(http.StatusNotFound)
		if missing := bo.get("/schemes/nowhere/evidence?fom=1").is(http.StatusNotFound); foreign.text() != missing.text() {
			t.Errorf("%q, and of what is missing %q", foreign.text(), missing.text())
		}
	})
}
