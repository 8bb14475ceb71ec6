package main

import (
	"archive/zip"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/testkit/agree"
)

// What the command makes of a package of a library measure is what the pages say,
// reliable change by its published threshold among it.
func TestEvidenceOfAPackage(t *testing.T) {
	var file strings.Builder
	file.WriteString("Client Ref,Service,Date completed,Stage,SWEMWBS (raw)\n")
	for i := range 40 {
		fmt.Fprintf(&file, "C-%02d,Garden,2025-01-%02d,Baseline,%d\n", i, 7+i%7, 14+i%15)
		if i%5 > 0 {
			fmt.Fprintf(&file, "C-%02d,Garden,2025-04-%02d,12 weeks,%d\n", i, 1+i%7, 16+(i*7)%18)
		}
	}
	eachWorld(t, func(t *testing.T, w *world) {
		w.mustOn("organisation", "add", "Riverside")
		w.mustOn("import", w.file("scores.csv", file.String()), "--yes", "--organisation", "Riverside")
		if _, err := w.database().ExecContext(t.Context(), "UPDATE people SET sex = CASE WHEN id IN (SELECT id FROM people ORDER BY id LIMIT 20) THEN 'male' ELSE 'female' END"); err != nil {
			t.Fatal(err)
		}
		w.mustOn("rebuild")
		s, by := w.open()
		schemes, err := s.Schemes(t.Context(), by)
		if err != nil || len(schemes) != 1 {
			t.Fatal(schemes, err)
		}
		packed := filepath.Join(w.folder, "package.zip")
		w.mustOn("export", "package", "--organisation", "Riverside", "--out", packed)
		pairs, settings := w.part(packed, "pairs.csv"), w.part(packed, "settings.json")
		var all map[string]any
		if err := json.Unmarshal([]byte(w.must("evidence", pairs, "--settings", settings, "--json").out), &all); err != nil {
			t.Fatal(err)
		}
		results := all["results"].(map[string]any)
		v, err := s.Evidence(t.Context(), by, app.EvidenceAsk{Scheme: schemes[0].ID, Measure: "swemwbs-metric", Occasion: "day-84"})
		if err != nil || v.Finding.ReliablyPublished == nil {
			t.Fatal("no threshold to hold against: ", err)
		}
		got, _ := results["swemwbs-metric|baseline|day-84"].(map[string]any)
		if tally := agree.Compare(tree(t, v.Finding), got["overall"]); !tally.Agree() || tally.Compared < 100 {
			t.Errorf("the pages and the package: %s", tally)
		}
		grouped := w.file("grouped.json", strings.Replace(w.read(settings), `"measures":`, `"compare": [{"by": "sex", "ref": "female"}], "measures":`, 1))
		saying(t, w.must("evidence", pairs, "--settings", grouped, "--json").out, `"reference": "female"`)
		report := w.must("evidence", pairs, "--settings", settings).out
		saying(t, report, "2.87", "Shah et al. 2018")
		if strings.Contains(report, "No threshold of reliable change is agreed") {
			t.Errorf("the report says that there is no threshold:\n%s", report)
		}
	})
}

// part is one file of a package, on its own.
func (w *world) part(archive, name string) string {
	w.t.Helper()
	all, err := zip.OpenReader(archive)
	if err != nil {
		w.t.Fatal(err)
	}
	defer all.Close()
	from, err := all.Open(name)
	if err != nil {
		w.t.Fatal(err)
	}
	text, err := io.ReadAll(from)
	if err != nil {
		w.t.Fatal(err)
	}
	return w.file(name, string(text))
}
