package intake_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cairn/internal/intake"
)

var update = flag.Bool("update", false, "write testdata/import/messy.csv")

// A planted row is one line of the messy spreadsheet with what has to become of
// it and why.
type planted struct {
	cells   []string
	outcome intake.Outcome
	reason  string
}

// messyRows are 600 rows as a service really has them. Everybody in it is made
// up: reference, name and scores follow from a row's number.
func messyRows() (all []planted) {
	names := []string{"Ann", "Bo", "Cy", "Dilys", "Eòghan", "Zoë", "Łukasz", "Ñusta"}
	person := func(n int) (reference, name, born string) {
		return fmt.Sprintf("SP-%04d", n), names[n%len(names)] + " Example", fmt.Sprintf("%02d/%02d/19%02d", n%28+1, n%12+1, 40+n%50)
	}
	add := func(n int, outcome intake.Outcome, reason string, cells ...string) {
		ref, name, born := person(n)
		row := append([]string{ref, name, born}, cells...)
		all = append(all, planted{row, outcome, reason})
	}
	service := func(n int) string {
		return []string{"Riverside", "Hilltop", "Riverside ", "riverside", "HILLTOP"}[n%5]
	}
	score := func(n int) string { return fmt.Sprint(14 + n%18) }
	note := "wants to sing again, if her knee lets her; call daughter"
	for n := 1; n <= 190; n++ { // 380 rows: before and after
		add(n, intake.Accepted, "", service(n), fmt.Sprintf("%d/%d/2025", n%28+1, n%9+1), "Pre", score(n), fmt.Sprint(n%11), note)
		later := []string{fmt.Sprintf("%02d/%02d/2025", n%28+1, n%9+4), fmt.Sprintf("2025-%02d-%02d", n%9+4, n%28+1), fmt.Sprintf("%d %s 2025", n%28+1, []string{"April", "May", "June", "July", "Aug", "Sept", "October", "Nov", "Dec"}[n%9])}
		add(n, intake.Accepted, "", service(n), later[n%3], "Post", " "+score(n+3)+" ", "N/A", "")
	}
	for n := 201; n <= 230; n++ { // 30: two-digit years and numbers of a day
		when := fmt.Sprintf("%d/%d/25", n%28+1, n%9+1)
		if n%2 == 0 {
			when = fmt.Sprint(45700 + n)
		}
		add(n, intake.Accepted, "", "Hilltop", when, "baseline", score(n), "", "")
	}
	for n := 231; n <= 240; n++ { // 10: the month alone
		add(n, intake.Accepted, "", "Hilltop", "Mar-25", "initial", score(n), "7", "")
	}
	for n := 241; n <= 265; n++ { // 50: said twice
		add(n, intake.Accepted, "", "Riverside", "14/02/2025", "Pre", score(n), "5", "")
		add(n, intake.Duplicate, "counted once", "Riverside", "14/02/2025", "Pre", score(n), "5", "copied from the old sheet")
	}
	for n := 266; n <= 275; n++ { // 20: two scores of one day
		add(n, intake.Conflict, "", "Riverside", "14/02/2025", "Pre", "20", "", "")
		add(n, intake.Conflict, "", "Riverside", "2025-02-14", "Pre", "26", "", "")
	}
	for i, says := range []string{"99", "0", "-1", "350", "6"} { // 20: out of range
		for n := range 4 {
			add(300+4*i+n, intake.Rejected, "runs from 7 to 35", "Hilltop", "14/02/2025", "Pre", says, "", "")
		}
	}
	for i, says := range []string{"22ish", "twenty", "21?", "18,5", "=SUM(H2:N2)"} { // 15: text in numbers
		for n := range 3 {
			add(330+3*i+n, intake.Rejected, "", "Hilltop", "14/02/2025", "Pre", says, "", "")
		}
	}
	for i, says := range []string{"31/02/2025", "00/00/0000", "45/13/2025", "last week", "14/02/2199"} { // 15: no dates
		for n := range 3 {
			add(350+3*i+n, intake.Rejected, "date", "Hilltop", says, "Pre", "20", "", "")
		}
	}
	for n := 370; n < 382; n++ { // 12: names nobody knows
		add(n, intake.Review, "is not known here", []string{"Rivreside", "Hiltop", "Riversde"}[n%3], "14/02/2025", "Pre", "20", "", "")
	}
	for n := 382; n < 390; n++ { // 8: words nobody knows
		add(n, intake.Review, "occasion is not known", "Hilltop", "14/02/2025", "sometime", "20", "", "")
	}
	for n := 390; n < 400; n++ { // 10: nothing measured
		add(n, intake.Rejected, "no score", "Hilltop", "14/02/2025", "Pre", []string{"", "n/a", "DNA", "-"}[n%4], "", note)
	}
	for n := 400; n < 410; n++ { // 10: no date
		add(n, intake.Rejected, "no date", "Hilltop", "", "Pre", "20", "", "")
	}
	for n := 410; n < 420; n++ { // 10: no reference, or what is none
		add(n, intake.Rejected, "", "Hilltop", "14/02/2025", "Pre", "20", "", "")
		all[len(all)-1].cells[0] = []string{"", "999 000 0018", "1.23E+11", "Total"}[n%4]
	}
	for n := 420; n < 430; n++ { // 10: non-ASCII references
		add(n, intake.Accepted, "", "Riverside", "14/02/2025", "Pre", score(n), "", "")
		all[len(all)-1].cells[0] = fmt.Sprintf("Śp-%d-é", n)
	}
	return all
}

const messyTitle = "Synthetic: everybody in this file is made up,,,,,,,,\r\nSocial prescribing returns 2025,,,,,,,,\r\n,,,,,,,,\r\n"

func messyFile() string {
	var out strings.Builder
	out.WriteString("\uFEFF" + messyTitle + "Client Ref,Client Name,D.O.B.,Service,Date completed,Stage,SWEMWBS (raw),Life satisfaction,Comments\r\n")
	for i, p := range messyRows() {
		for n, c := range p.cells {
			if n > 0 {
				out.WriteByte(',')
			}
			if strings.ContainsAny(c, ",\"\n") {
				c = `"` + c + `"`
			}
			out.WriteString(c)
		}
		out.WriteString("\r\n")
		if i == 99 {
			out.WriteString(",,,,,,,,\r\n") // a line left free
		}
	}
	return out.String()
}

// The messy spreadsheet comes in with every row accounted for: as many rows as
// were planted, each with the outcome that was planted, and nothing of anybody's
// name, birthday or words anywhere.
func TestMessy(t *testing.T) {
	path := filepath.Join("..", "..", "testdata", "import", "messy.csv")
	text := messyFile()
	if *update {
		must(t, os.WriteFile(path, []byte(text), 0o600))
	}
	kept, err := os.ReadFile(path)
	must(t, err)
	if string(kept) != text {
		t.Fatal("testdata/import/messy.csv is not what is planted; run this test with -update")
	}
	rows := messyRows()
	if len(rows) != 600 {
		t.Errorf("%d rows are planted", len(rows))
	}
	for name, k := range map[string]intake.Known{"a new service": known(t), "one with schemes": known(t, "Riverside", "Hilltop")} {
		d := read(t, text, k)
		want := map[intake.Outcome]int{}
		line := 4
		for i, p := range rows {
			if line++; i == 100 {
				line++
			}
			want[p.outcome]++
			v := d.at(line)
			if v.Outcome != p.outcome || !strings.Contains(v.Reason, p.reason) {
				t.Errorf("%s: line %d %q: %s (%s), want %s (%s)", name, line, p.cells, v.Outcome, v.Reason, p.outcome, p.reason)
			}
			if said := v.Reason + strings.Join(v.Kept, "|"); strings.Contains(said, "Example") || strings.Contains(said, "daughter") || strings.Contains(said, "999 000 0018") {
				t.Errorf("%s: line %d tells who somebody is: %s", name, line, said)
			}
		}
		sum := 0
		for outcome, n := range d.summary.Outcomes {
			if sum += n; n != want[outcome] {
				t.Errorf("%s: %d rows are %s, %d were planted", name, n, outcome, want[outcome])
			}
		}
		if sum != 600 || d.summary.Rows != 600 || len(d.verdicts) != 600 {
			t.Errorf("%s: %d of 600 rows are accounted for", name, sum)
		}
		if s := d.summary; s.Pairs < 180 || s.ShortYears != 25 || s.Months != 10 || s.Serials != 15 {
			t.Errorf("%s: %+v", name, s)
		}
	}
}
