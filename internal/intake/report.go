package intake

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A Report writes one line for each row of the source. It holds no cell of the
// file.
type Report struct {
	csv    *csv.Writer
	scores bool // how many were taken of a row is known
}

// NewReport writes the header.
func NewReport(w io.Writer) (*Report, error) {
	r := &Report{csv: csv.NewWriter(w), scores: true}
	return r, r.write([]string{"line", "outcome", "reason", "sheet", "scores"})
}

// NewOutcomes is NewReport for rows whose scores are not kept any more.
func NewOutcomes(w io.Writer) (*Report, error) {
	r := &Report{csv: csv.NewWriter(w)}
	return r, r.write([]string{"line", "outcome", "reason", "sheet"})
}

// Add writes what became of one row.
func (r *Report) Add(v Verdict) error {
	cells := []string{strconv.Itoa(v.Line), string(v.Outcome), safe(v.Reason), safe(v.Sheet)}
	if r.scores {
		cells = append(cells, strconv.Itoa(len(v.Scores)))
	}
	return r.write(cells)
}

func (r *Report) write(cells []string) error {
	if err := r.csv.Write(cells); err != nil {
		return fmt.Errorf("write a report: %w", err)
	}
	return nil
}

// Flush writes what is still held back.
func (r *Report) Flush() error {
	r.csv.Flush()
	if err := r.csv.Error(); err != nil {
		return fmt.Errorf("write a report: %w", err)
	}
	return nil
}

// Rejects writes the rows of one sheet that were not taken, with the columns
// that are read and the reason, so that they can be corrected and imported
// again with the same mapping.
type Rejects struct{ csv *csv.Writer }

// NewRejects writes the headings of the sheet as the mapping has them.
func (r *Reading) NewRejects(w io.Writer, sheet string) (*Rejects, error) {
	out := &Rejects{csv.NewWriter(w)}
	var names []string
	for _, p := range r.sheets {
		if p.name != sheet {
			continue
		}
		for _, c := range p.reads {
			names = append(names, safe(c.Heading))
		}
	}
	return out, out.write(append(names, "cairn_line", "cairn_outcome", "cairn_reason"))
}

// Add writes a row that was not taken; others are passed over.
func (r *Rejects) Add(v Verdict) error {
	if len(v.Kept) == 0 {
		return nil
	}
	var cells []string
	for _, text := range v.Kept {
		cells = append(cells, safe(text))
	}
	return r.write(append(cells, strconv.Itoa(v.Line), string(v.Outcome), safe(v.Reason)))
}

func (r *Rejects) write(cells []string) error {
	if err := r.csv.Write(cells); err != nil {
		return fmt.Errorf("write rejects: %w", err)
	}
	return nil
}

// Flush writes what is still held back.
func (r *Rejects) Flush() error {
	r.csv.Flush()
	if err := r.csv.Error(); err != nil {
		return fmt.Errorf("write rejects: %w", err)
	}
	return nil
}

// kept are the cells that are read, for a file of rejects. What seems to be an NHS or
// a National Insurance number is left out, wherever it stands, and a day of birth
// that stands for a reference.
func (w *row) kept() (all []string) {
	for i, at := range w.sheet.at {
		text := w.told(w.sheet.reads[i], w.line.cell(at))
		born := w.sheet.reads[i].Takes == TakesReference && scheme.IsBirthDate(text)
		if born || scheme.HoldsNHSNumber(text) || scheme.IsInsuranceNumber(text) {
			text = ""
		}
		all = append(all, text)
	}
	return all
}

// told is a cell for a file of rejects. A day that a spreadsheet counts from 1904 is
// told as it is: there nothing says from when it is counted.
func (w *row) told(c Column, text string) string {
	if w.cal.epoch == 1904 && (c.Takes == TakesDate || c.Takes == TakesReferred) {
		if d, ok := w.cal.parse(text); ok && d.serial {
			return d.on.String()
		}
	}
	return strings.Clone(text)
}

// safe keeps a spreadsheet from taking a text for a formula; numbers stay.
func safe(text string) string {
	if text == "" {
		return text
	}
	if _, isNumber := measure.DecimalsOf(text); isNumber {
		return text
	}
	if strings.ContainsAny(text[:1], "=+-@\t\r\n\x00") {
		return "'" + text
	}
	for _, wide := range []string{"＝", "＋", "－", "＠"} {
		if strings.HasPrefix(text, wide) {
			return "'" + text
		}
	}
	return text
}
