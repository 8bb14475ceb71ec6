package exchange_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cairn/internal/exchange"
)

// Two lines without a row: nothing to the parser of plain lines; a line break
// between quotation marks to the CSV reader, which then reads all that follows.
const plainly, carefully = "\n\n", "\"\n\"\n"

// seen is everything that a file turned into.
func seen(t fataler, s exchange.Settings, scores, people string) string {
	d, err := exchange.Read(strings.NewReader(scores), s, today(t))
	if err != nil {
		return err.Error()
	}
	if people != "" {
		err = d.ReadPeople(strings.NewReader(people))
	}
	var b strings.Builder
	for _, r := range d.Rejects {
		fmt.Fprintf(&b, "%s %d %q %q %v\n", r.Input, r.Line, r.Column, r.Person, r.Why)
	}
	for e := range d.Enrolled() {
		fmt.Fprintf(&b, "%q in %q\n", e.Person, e.Scheme)
	}
	fmt.Fprintf(&b, "%v\n%q\n%d repeats of %d, %q\n", err, lines(d), d.Repeats, d.Len(), d.Schemes())
	if err != nil {
		return b.String()
	}
	spans, err := d.Spans()
	fmt.Fprintf(&b, "%+v %v\n", spans, err)
	return b.String()
}

type fataler interface {
	Helper()
	Fatal(...any)
}

// good is a cell that nothing is wrong with.
func good(column string) string {
	cells := map[string]string{
		"person_id": "Ann", "scheme": "Riverside", "measure": "swb", "timepoint": "pre", "days": "0", "date": "2026-01-05", "ot": "yes",
	}
	if cell, ok := cells[column]; ok {
		return cell
	}
	return "18"
}

// otherCells are what else may stand in a column; all but the last few columns
// hold scores.
func otherCells(column string) []string {
	cells := map[string][]string{
		"person_id": {"Bo", "Cy", "Zoë", `"Ann"`, " Ann ", "\u00a0Bo", "", "x\x7f", "\x01", "9", strings.Repeat("é", 64), strings.Repeat("x", 64), strings.Repeat("x", 65)},
		"scheme":    {"Hilltop", `"Riverside"`, `"River, side"`, "Hill top\u2003", "", `""`, strings.Repeat("x", 201), "\u0085a"},
		"measure":   {"steps", `"swb"`, "SWB", "", "swb "},
		"timepoint": {"post", "later", "pre ", "mid"},
		"days":      {"84", "-3", "+3", "00084", "9999", "40000", "-40000", "-", "1.0", ""},
		"date":      {"2026-03-30", "2026-13-05", "2026-12-32", "2026-00-10", "9999-12-31", "2026-02-30", "2026-07-01", "0001-01-01", "2026-1-05", "2026/01/05", "2026-01-5a", "20260-1-05", ""},
		"ot":        {"no", "", `"no"`, "n\to"},
	}
	if of, ok := cells[column]; ok {
		return of
	}
	return []string{
		"19", "18.0", "22.5", "22.05", "-0", "-0.5", "+20", "7.", ".5", "35.0001", "19.00001", "19.00010", "6", "36", "-3", "1e1", "12345678901", "99999999999",
		"-123456789.1234", "low", `"20"`, "", "--5", "2-0", "1.-5", "-", ".",
	}
}

// files are a file of scores, and one of people for a long file, made of pieces
// that mean something to either reader.
func files(t *rapid.T) (columns, scores, people string) {
	columns = rapid.SampledFrom([]string{
		strings.TrimSpace(header), "score,date,days,timepoint,measure,scheme,person_id", strings.TrimSpace(wideHeader),
	}).Draw(t, "header")
	odd := rapid.SampledFrom([]string{
		"", "\n", "\r\n", " \n", ",,,,,,\n", ",,,,,,,\n", "Ann\n", "\"\"\n", "Ann,Riverside,swb,pre,0,2026-01-05,18,\n", "\r\r\n", "\u2003,\n",
		"\"Ann\nBo\",Riverside,swb,pre,0,2026-01-05,18\n", "\"A\"\"n\",Riverside,swb,pre,0,2026-01-05,18\n", "A\"n,Riverside,swb,pre,0,2026-01-05,18\n",
		"\"Ann\" ,Riverside,swb,pre,0,2026-01-05,18\n", "Zo\xeb,Riverside,swb,pre,0,2026-01-05,18\n", "\"Ann\r\",Riverside,swb,pre,0,2026-01-05,18\n", "\"\n",
	})
	rows := func(names []string) string {
		var b strings.Builder
		for range rapid.IntRange(0, 12).Draw(t, "rows") {
			if rapid.IntRange(0, 9).Draw(t, "odd") == 0 {
				b.WriteString(odd.Draw(t, "line"))
				continue
			}
			for i, column := range names {
				cell := good(column)
				if rapid.IntRange(0, 5).Draw(t, "other") == 0 {
					cell = rapid.SampledFrom(otherCells(column)).Draw(t, column)
				}
				b.WriteString([]string{"", ","}[min(i, 1)] + cell)
			}
			b.WriteString(rapid.SampledFrom([]string{"\n", "\n", "\r\n"}).Draw(t, "end"))
		}
		return strings.TrimSuffix(b.String(), rapid.SampledFrom([]string{"", "\n", "\r\n"}).Draw(t, "cut"))
	}
	scores = rows(strings.Split(columns, ","))
	if rapid.Bool().Draw(t, "long lines of nothing") { // so that a block ends among the rows
		lines := strings.SplitAfter(scores, "\n")
		at := rapid.IntRange(0, len(lines)-1).Draw(t, "before line")
		const block = 1 << 18
		nothing := strings.Repeat("\n", block-rapid.IntRange(1, 200).Draw(t, "bytes"))
		scores = strings.Join(slices.Insert(lines, at, nothing), "")
	}
	if !strings.Contains(columns, ".") && rapid.Bool().Draw(t, "listed") {
		people = rows([]string{"person_id", "scheme", "ot"})
	}
	return columns, scores, people
}

// Each cell that is not quite plain, in a row that is otherwise good.
func TestRead_EachCellPlainlyAsCarefully(t *testing.T) {
	s := compared(t)
	for _, columns := range []string{strings.TrimSpace(header), strings.TrimSpace(wideHeader)} {
		names := strings.Split(columns, ",")
		for i, name := range names {
			for _, other := range otherCells(name) {
				var row []string
				for _, n := range names {
					row = append(row, good(n))
				}
				row[i] = other
				both := func(between string) string {
					return seen(t, s, columns+"\n"+between+strings.Join(row, ",")+"\n", "")
				}
				if fast, slow := both(plainly), both(carefully); fast != slow {
					t.Errorf("%s %q plainly:\n%s\ncarefully:\n%s", name, other, fast, slow)
				}
			}
		}
	}
}

// A name in the header may end on another line than it begins.
func TestRead_LinesBehindAHeaderOfSeveral(t *testing.T) {
	d, err := exchange.Read(strings.NewReader(strings.Replace(header, "score\n", "\"score\r\n\n\"\n", 1)+"\nAnn,Riverside,swb,pre,0,2026-01-05,18\n"), wellbeing(t), today(t))
	if err != nil {
		t.Fatal(err)
	}
	if got := lines(d); !slices.Equal(got, []string{"5 Ann Riverside swb pre 0 2026-01-05 18"}) {
		t.Errorf("%q", got)
	}
}

// Whatever stands in a file, the parser of plain lines and the CSV reader make
// the same of it: scores, order, repeats, complaints and their lines.
func TestRead_PlainlyAsCarefully(t *testing.T) {
	s := wellbeing(t)
	rapid.Check(t, func(t *rapid.T) {
		columns, scores, people := files(t)
		s := s
		if strings.Contains(columns, "ot") || people != "" {
			s.Compare = []exchange.Comparison{{By: "ot", Ref: "no"}, {By: "scheme", Ref: "Riverside"}}
		}
		both := func(between string) string {
			list := people
			if list != "" {
				list = "person_id,scheme,ot\n" + between + people
			}
			return seen(t, s, columns+"\n"+between+scores, list)
		}
		if fast, slow := both(plainly), both(carefully); fast != slow {
			t.Fatalf("plainly:\n%s\ncarefully:\n%s", fast, slow)
		}
	})
}
