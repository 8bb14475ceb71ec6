package api_test

import (
	"archive/zip"
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"cairn/internal/scheme"
	kit "cairn/internal/testkit/town"
)

// table reads a CSV file by the names of its columns.
func table(t *testing.T, text string) (rows []map[string]string) {
	t.Helper()
	cells, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	must(t, err)
	for _, line := range cells[1:] {
		row := map[string]string{}
		for i, name := range cells[0] {
			row[name] = line[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// A manager downloads rows of their own organisation, of everybody who did not say
// no, under names that say nothing of them, and the audit knows of each download.
func TestExports(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		start, err := scheme.ParseDay("2026-01-05")
		must(t, err)
		w.Crowd(w.Ann, w.Garden, kit.Many("CANARY", 9, start)...)
		w.Crowd(w.Ann, w.Choir, kit.Somebody{Reference: "CANARY-choir", On: start, Before: 20})
		w.Crowd(w.Cy, w.Walk, kit.Somebody{Reference: "CANARY-hill", On: start, Before: 21, After: 22})
		get := func(path string) answer { return w.do(request{as: "ann", path: path}).is(http.StatusOK) }
		person := w.do(request{as: "ann", path: "/people?limit=1"}).is(http.StatusOK).json()["items"].([]any)[0].(m)["id"].(string)
		w.do(request{as: "ann", path: "/people/" + person + "/permissions", body: m{"purpose": "research", "basis": "public-task", "state": "objected", "on": "2026-03-01"}}).is(http.StatusCreated)

		counts := get("/exports?scheme=" + string(w.Garden.ID)).json()
		long := get("/exports/long?scheme=" + string(w.Garden.ID) + "&measure=swemwbs")
		wide, pairs := table(t, get("/exports/wide?scheme="+string(w.Garden.ID)).body), table(t, get("/exports/pairs?scheme="+string(w.Garden.ID)+"&measure=swemwbs-metric").body)
		rows := table(t, long.body)
		if counts["referrals"].(interface{ String() string }).String() != "8" || counts["left_out"].(interface{ String() string }).String() != "1" || len(wide) != 8 || len(pairs) != 8 {
			t.Errorf("counts %v; %d rows wide, %d pairs", counts, len(wide), len(pairs))
		}
		if got := counts["scores_taken"].(interface{ String() string }).String(); got != "30" || len(rows) != 30 { // raw and converted, of 8 twice but one
			t.Errorf("%s scores counted, %d rows", got, len(rows))
		}
		if got := long.header.Get("Content-Disposition"); got != `attachment; filename=cairn-long-2026-06-30.csv` {
			t.Errorf("called %s", got)
		}
		w.chosen(get)
		all := get("/exports/long").body + get("/exports/wide").body + get("/exports/pairs").body + get("/exports/package").body
		for _, secret := range []string{"CANARY", "Walk", "Hilltop", person} {
			if strings.Contains(all, secret) {
				t.Errorf("%s goes out", secret)
			}
		}
		for _, row := range wide {
			if !slices.ContainsFunc(rows, func(r map[string]string) bool {
				return r["person_id"] == row["person_id"] && r["timepoint"] == "baseline" && r["score"] == row["swemwbs-metric.baseline"]
			}) {
				t.Errorf("the tables name people differently: %v", row)
			}
		}
		again := get("/exports/long?scheme=" + string(w.Garden.ID) + "&measure=swemwbs")
		if again.body != long.body {
			t.Error("the same rows gave other bytes")
		}
		if hill := table(t, w.do(request{as: "cy", path: "/exports/wide"}).is(http.StatusOK).body); len(hill) != 1 || strings.Contains(long.body, hill[0]["person_id"]) {
			t.Errorf("Hilltop's rows: %v", hill)
		}
		if empty := get("/exports/pairs?from=2031-Q1").body; strings.Count(empty, "\n") != 1 {
			t.Errorf("a quarter without rows: %s", empty)
		}
		if n := len(table(t, get("/exports/wide?scheme="+string(w.Garden.ID)+"&from=2026-Q1&to=2026-Q1").body)); n != 8 {
			t.Errorf("%d referrals started in the quarter", n)
		}
		for path, code := range map[string]string{
			"/exports/long?measure=phq9": "measure.unknown", "/exports?occasion=day-7": "occasion.unknown", "/exports/pairs?rule=best": "input.invalid",
			"/exports/wide?from=2026-Q3&to=2026-Q1": "period.invalid", "/exports/tall": "input.invalid", "/exports/long?form=ods": "input.invalid",
		} {
			if got := w.do(request{as: "ann", path: path}).is(http.StatusUnprocessableEntity); !strings.Contains(got.body, code) {
				t.Errorf("%s: %s", path, got.body)
			}
		}
		w.figuresAreThePages("/schemes/" + string(w.Garden.ID) + "/evidence/figures/")
		asked, sent := w.Cells("SELECT COUNT(*) FROM audit WHERE act = 'data.export'")[0], w.Cells("SELECT COUNT(*) FROM audit WHERE act = 'data.sent'")[0]
		if asked != "18" || sent != "18" {
			t.Errorf("the audit has %s exports and %s sent", asked, sent)
		}
	})
}

// chosen demands that a score and a follow-up narrow every shape and the counts, and
// that a package says so in each file that explains it.
func (w *town) chosen(get func(string) answer) {
	w.T.Helper()
	of := func(shape, more string) answer {
		return get("/exports" + shape + "?scheme=" + string(w.Garden.ID) + more)
	}
	for more, want := range map[string]int{"&measure=swemwbs-metric": 15, "&measure=swemwbs-metric&occasion=day-84": 15, "&occasion=day-84": 15} {
		rows := table(w.T, of("/long", more).body)
		if got := fmt.Sprint(of("", more).json()["scores_taken"]); len(rows) != want || got != strconv.Itoa(want) {
			w.T.Errorf("%s: %d rows, %s counted, want %d", more, len(rows), got, want)
		}
		for _, row := range rows {
			if row["measure"] != "swemwbs-metric" || row["timepoint"] != "baseline" && row["timepoint"] != "day-84" {
				w.T.Errorf("%s: %v", more, row)
			}
		}
	}
	for more, want := range map[string][]string{
		"":                 {"Period: everything on record. Measures: all that the plans collect. Follow-ups: all."},
		"&measure=swemwbs": {"(swemwbs) alone. Follow-ups: all."},
		"&measure=swemwbs-metric&occasion=day-84": {"(swemwbs), and of its scores", "(swemwbs-metric) alone.", "(day-84) alone, with the baseline"},
		"&occasion=day-84&rule=first-last":        {"(day-84) alone", "That holds for wide.csv and long.csv"},
	} {
		body := of("/package", more).body
		files, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
		must(w.T, err)
		for _, name := range []string{"METHODS.txt", "datapackage.json", "codebook.html"} {
			f, err := files.Open(name)
			must(w.T, err)
			text, err := io.ReadAll(f)
			must(w.T, err)
			for _, says := range want {
				if !strings.Contains(string(text), says) {
					w.T.Errorf("%s: %s does not say %q", more, name, says)
				}
			}
		}
	}
}

// figuresAreThePages demands that each figure of the evidence is the file that the
// page offers, and that there are no others.
func (w *town) figuresAreThePages(at string) {
	w.T.Helper()
	for _, name := range []string{"flow", "better-worse", "change", "distribution", "lost", "run-completeness"} {
		file := w.do(request{as: "ann", path: at + name + ".csv?measure=swemwbs-metric"}).is(http.StatusOK)
		if page := w.page("ann", at+name+".csv?measure=swemwbs-metric").is(http.StatusOK); page.body != file.body || !strings.Contains(file.body, "Internal, not for publication") {
			w.T.Errorf("%s of the API\n%s\nand of the page\n%s", name, file.body, page.body)
		}
		if got := file.header.Get("Content-Disposition"); !strings.HasPrefix(got, "attachment; filename=garden-swemwbs-") || !strings.HasSuffix(got, ".csv") {
			w.T.Errorf("%s is called %s", name, got)
		}
	}
	w.do(request{as: "ann", path: at + "change?measure=swemwbs-metric"}).is(http.StatusNotFound)
	w.do(request{as: "ann", path: at + "change.csv?measure=ons4-anxiety"}).is(http.StatusNotFound) // of nobody
	w.do(request{as: "ann", path: at + "change.csv?measure=phq9"}).is(http.StatusUnprocessableEntity)
}
