package charts_test

import (
	"encoding/csv"
	"strings"
	"testing"
	"unicode/utf8"

	"cairn/charts"
)

// A file that a spreadsheet and a program read alike: the table's columns first,
// numbers that are numbers, the source in every row, and nothing that is run.
func TestFigure_CSV(t *testing.T) {
	fig := charts.Figure{
		ID: "change", Question: "How much did it change?", Missing: "5 people are not in it.",
		Head: []string{"", "Mean change", "95% interval", "People"},
		Rows: [][]string{
			{"Follow-up, \"minus\" baseline", "−1.25", "−2.00 to +0.50", "1,234"},
			{"=HYPERLINK(\"http://x\")", "+0.5", "not estimable", "12%"},
			{"＝1+1", "+0.8 to +1.3", "", "12 (34%)"},
		},
	}
	of := charts.Source{Of: "+Café", Score: "Worry", SHA256: "abcdef0123456789", Release: "Release 3"}
	text, err := fig.CSV(of)
	if err != nil {
		t.Fatal(err)
	}
	body, marked := strings.CutPrefix(string(text), "\ufeff")
	if !marked || !utf8.ValidString(body) || strings.Count(body, "\r\n") != 4 || strings.Count(body, "\n") != 4 {
		t.Errorf("marked %v, lines %q", marked, body)
	}
	rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{
		"What|Mean change|95% interval, low|95% interval, high|People|question|of|score",
		"Follow-up, \"minus\" baseline|-1.25|-2.00|0.50|1234|How much did it change?|'+Café|Worry",
		"'=HYPERLINK(\"http://x\")|0.5|not estimable||12%|How much did it change?|'+Café|Worry",
		"'＝1+1|0.8 to 1.3|||12 (34%)|How much did it change?|'+Café|Worry",
	} {
		if got := strings.Join(rows[i], "|"); !strings.HasPrefix(got, want) || i > 0 && !strings.HasSuffix(got, "|Release 3|abcdef0123456789|5 people are not in it.") {
			t.Errorf("row %d: %s", i, got)
		}
	}
	if name := fig.FileName(of); name != "caf-worry-change-abcdef01" {
		t.Errorf("the file is called %q", name)
	}
	if lines := strings.Join(of.Lines(), "\n"); !strings.Contains(lines, "+Café. Worry.") || !strings.Contains(lines, "SHA-256 abcdef0123456789") {
		t.Errorf("a picture says %q", lines)
	}
}
