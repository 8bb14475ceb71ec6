// Package extract lays rows that leave Cairn out, in columns that explain
// themselves, and writes them as CSV, as a workbook or as Parquet.
//
// It knows the words of schemes and measures, and nothing of rights, databases or
// HTTP; who may have which rows is decided before they come here. It promises that
// rows go out as they come and none is kept, that the same rows give the same
// bytes, that a score goes out as the number that was recorded, and that no text
// can be taken for a formula by a spreadsheet.
package extract

import (
	"fmt"
	"io"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A Kind is what the cells of a column hold.
type Kind uint8

const (
	KindText Kind = iota
	KindWhole
	KindScore // a decimal number
	KindDate
	KindYes // yes or no
)

// A Column says what its cells hold. An empty cell is nothing recorded.
type Column struct {
	Name   string
	Kind   Kind
	Unit   string // of a number
	About  string // one sentence
	Values []scheme.Term
	// Of a score.
	Decimals int
	Lowest   *measure.Level
	Highest  *measure.Level
	Measure  measure.Key
	Always   bool // no cell is empty
}

// A Cell is one value; the zero Cell is empty.
type Cell struct {
	text     string
	number   int64 // a whole number, a level, or days since 1970
	decimals uint8
	kind     Kind
	filled   bool
}

// Text is a cell of text; an empty text is an empty cell.
func Text[T ~string](text T) Cell {
	return Cell{text: string(text), kind: KindText, filled: text != ""}
}

// Whole is a cell of a whole number.
func Whole(n int) Cell { return Cell{number: int64(n), kind: KindWhole, filled: true} }

// Some is a cell of a number that 0 is not among.
func Some(n int) Cell { return Cell{number: int64(n), kind: KindWhole, filled: n != 0} }

// Score is a cell of a level with so many decimals.
func Score(l measure.Level, decimals int) Cell {
	return Cell{number: int64(l), decimals: uint8(decimals), kind: KindScore, filled: true}
}

// Date is a cell of a day; no day is an empty cell.
func Date(d scheme.Day) Cell {
	return Cell{number: int64(d.DaysSince(scheme.Day{})), kind: KindDate, filled: !d.IsZero()}
}

// Yes is a cell that says yes.
func Yes() Cell { return Cell{text: "yes", kind: KindYes, filled: true} }

// No is a cell that says no.
func No() Cell { return Cell{text: "no", kind: KindYes, filled: true} }

// A Sheet takes rows as they come.
type Sheet interface {
	Row(cells []Cell) error
	// Close writes what is held back. It does not close what is written to.
	Close() error
	// Drop lets go of what is held back, where not all rows came.
	Drop()
}

// A Form is how a file is written.
type Form string

const (
	CSV     Form = "csv"
	XLSX    Form = "xlsx"
	Parquet Form = "parquet"
	Package Form = "package"
)

// Forms are what can be chosen from.
func Forms() []scheme.Term {
	return []scheme.Term{
		{Value: string(CSV), Label: "CSV: opens everywhere"},
		{Value: string(XLSX), Label: "XLSX: for spreadsheet programs"},
		{Value: string(Parquet), Label: "Parquet: small and fast, for R and Python"},
	}
}

// Media is the media type of a form.
func (f Form) Media() string {
	switch f {
	case XLSX:
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case Parquet:
		return "application/vnd.apache.parquet"
	case Package:
		return "application/zip"
	}
	return "text/csv; charset=utf-8"
}

// Suffix is how names of files of a form end.
func (f Form) Suffix() string {
	if f == Package {
		return "zip"
	}
	return string(f)
}

// float is a score in points.
func (c Cell) float() float64 { return measure.Level(c.number).Points(int(c.decimals)) }

// NewSheet writes a file of that form; name is what a sheet of a workbook is
// called.
func NewSheet(f Form, w io.Writer, name string, columns []Column) (Sheet, error) {
	switch f {
	case CSV:
		return NewCSV(w, columns)
	case XLSX:
		return NewXLSX(w, name, columns)
	case Parquet:
		return NewParquet(w, columns)
	}
	return nil, fmt.Errorf("no table is written as %q", f)
}

// Columns are those of a shape.
func Columns(x scheme.Extract, shape scheme.Shape) []Column {
	columns := plainColumns(x, shape)
	if x.Veil != nil {
		return newVeiled(x, columns).columns
	}
	return columns
}

func plainColumns(x scheme.Extract, shape scheme.Shape) []Column {
	switch shape {
	case scheme.ShapeLong:
		return NewLong(x).Columns()
	case scheme.ShapeWide:
		return NewWide(x).Columns()
	}
	return NewPairs(x).Columns()
}

// Write puts every row of a shape into a sheet and closes it. It returns how many
// rows there were.
func Write(to Sheet, x scheme.Extract, shape scheme.Shape, from scheme.ExtractRows) (rows int, err error) {
	out := &outlet{to: to}
	if x.Veil != nil {
		out.veiled = newVeiled(x, plainColumns(x, shape))
	}
	switch shape {
	case scheme.ShapeLong:
		long := NewLong(x)
		err = from.Subjects(func(s scheme.Subject) error { out.shown = s.Shown; return long.Each(s, out.put) })
	case scheme.ShapeWide:
		wide := NewWide(x)
		err = from.Subjects(func(s scheme.Subject) error { out.shown = s.Shown; return out.put(wide.Row(s)) })
	default:
		pairs := NewPairs(x)
		err = from.Pairs(func(p scheme.ExtractPair) error { out.shown = p.Shown; return out.put(pairs.Row(p)) })
	}
	if err != nil {
		to.Drop()
		return out.rows, err
	}
	return out.rows, to.Close()
}

// An outlet counts rows on their way into a sheet.
type outlet struct {
	to     Sheet
	veiled *veiled // nil: rows go out as they are
	shown  scheme.Shown
	rows   int
}

func (o *outlet) put(cells []Cell) error {
	o.rows++
	if o.veiled != nil {
		cells = o.veiled.row(cells, o.shown)
	}
	return o.to.Row(cells)
}
