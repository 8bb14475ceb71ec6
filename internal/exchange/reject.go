package exchange

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"

	"cairn/internal/exchange/extract"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// A Reject is one thing wrong with one row. The row is not in the data; when it
// is about a score of a wide file, that score is not, and the rest of the row is.
type Reject struct {
	Input  Input
	Line   int    // of the file, the header is 1
	Column string // by its name; empty when it is the row as a whole
	Person string // as the row names them, or the study of an estimate; empty when it does not
	Why    *fault.Fault
}

// Input says which of the files a reject is about.
type Input string

const (
	Scores Input = "scores"
	People Input = "people"
	Pooled Input = "estimates" // of a file that is pooled
)

// Fault is the reject as a fault of code file.row that says where it is.
func (r Reject) Fault() *fault.Fault {
	where := fmt.Sprintf("line %d", r.Line)
	if r.Input == People {
		where = ofPeople(where)
	}
	if r.Column != "" {
		where += ", " + r.Column
	}
	return fault.New(fault.Invalid, fault.FileRow, "%s", r.Why.Detail).At(where).Because(r.Why)
}

// RejectedRows is how many rows the rejects are about.
func RejectedRows(rejects []Reject) int {
	type row struct {
		Input
		line int
	}
	rows := map[row]bool{}
	for _, r := range rejects {
		rows[row{r.Input, r.Line}] = true
	}
	return len(rows)
}

// WriteRejects writes rejects as CSV. The cells of the row are left out on
// purpose: they hold scores, and a file of complaints is what people mail to
// each other. The line finds the row again for whoever has the file. A
// reference that may not be kept (an NHS number) is left out too; a study's name
// is nobody's reference.
func WriteRejects(w io.Writer, rejects []Reject) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"file", "line", "column", "person_id", "code", "reason"}}
	for _, r := range rejects {
		person := r.Person
		if r.Input != Pooled && scheme.AcceptReference(person) != nil {
			person = ""
		}
		rows = append(rows, []string{string(r.Input), strconv.Itoa(r.Line), extract.NoFormula(r.Column), extract.NoFormula(person), string(r.Why.Code), extract.NoFormula(r.Why.Detail)})
	}
	if err := out.WriteAll(rows); err != nil {
		return fmt.Errorf("write rejects: %w", err)
	}
	return nil
}

// byPlace orders rejects as somebody mends them: file by file, line by line.
func byPlace(a, b Reject) int {
	return cmp.Or(-cmp.Compare(a.Input, b.Input), cmp.Compare(a.Line, b.Line))
}

// reject notes what is wrong with a row; the first complaint about a row does
// not hide the next.
func (d *Data) reject(in Input, l line, column, person string, why *fault.Fault) {
	d.Rejects = append(d.Rejects, Reject{Input: in, Line: l.number, Column: column, Person: person, Why: why})
}
