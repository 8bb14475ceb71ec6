package extract

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"
)

// mostRows is how many rows a sheet of a workbook can have, the header among them.
// With more than mostCells it may not fit into 4 GiB, beyond which some programs
// read no part of a zip archive that was written without going back.
const (
	mostRows  = excelize.TotalRows
	mostCells = 20_000_000
)

// An xlsxSheet is a workbook of one sheet or, where a sheet is full, of several.
type xlsxSheet struct {
	to      io.Writer
	file    *excelize.File
	stream  *excelize.StreamWriter
	columns []Column
	name    string
	sheets  int
	rows    int // of this sheet, the header among them
	most    int // rows of a sheet
	line    []any
	days    int // the style of a date
}

// NewXLSX writes a workbook. Rows wait in a file of the system's folder for such
// things until Close, which is when bytes go out. What is full goes on in another
// sheet: a sheet takes 1,048,576 rows, or 20 million cells.
func NewXLSX(w io.Writer, name string, columns []Column) (Sheet, error) {
	return newXLSX(w, name, columns, min(mostRows, mostCells/len(columns)))
}

func newXLSX(w io.Writer, name string, columns []Column, most int) (*xlsxSheet, error) {
	s := &xlsxSheet{to: w, file: excelize.NewFile(), columns: columns, name: name, most: most}
	s.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(w) }) // else all of it is gathered in memory first
	format := "yyyy-mm-dd"
	var err error
	if s.days, err = s.file.NewStyle(&excelize.Style{CustomNumFmt: &format}); err != nil {
		return nil, errors.Join(fmt.Errorf("workbook: %w", err), s.file.Close())
	}
	// A workbook says when it was made, and the same rows are to make the same bytes.
	when := time.Unix(0, 0).UTC().Format(time.RFC3339)
	if err := s.file.SetDocProps(&excelize.DocProperties{Creator: "Cairn", Created: when, Modified: when}); err != nil {
		return nil, errors.Join(fmt.Errorf("workbook: %w", err), s.file.Close())
	}
	if err := s.next(); err != nil {
		return nil, errors.Join(err, s.file.Close())
	}
	return s, nil
}

// next begins a sheet with the header.
func (s *xlsxSheet) next() error {
	if s.stream != nil {
		if err := s.stream.Flush(); err != nil {
			return fmt.Errorf("workbook: %w", err)
		}
	}
	s.sheets++
	s.rows = 0
	name := s.name
	var err error
	if s.sheets == 1 {
		err = s.file.SetSheetName("Sheet1", name)
	} else {
		name += " " + strconv.Itoa(s.sheets)
		_, err = s.file.NewSheet(name)
	}
	if err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	if err := s.file.SetSheetDimension(name, ""); err != nil { // a new sheet says that it is of one cell, and a stream cannot say of how many
		return fmt.Errorf("workbook: %w", err)
	}
	if s.stream, err = s.file.NewStreamWriter(name); err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	if err := s.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	header := make([]any, len(s.columns))
	for i, c := range s.columns {
		header[i] = c.Name
	}
	return s.put(header)
}

func (s *xlsxSheet) put(line []any) error {
	s.rows++
	if err := s.stream.SetRow("A"+strconv.Itoa(s.rows), line); err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	return nil
}

func (s *xlsxSheet) Row(cells []Cell) error {
	if s.rows == s.most {
		if err := s.next(); err != nil {
			return err
		}
	}
	s.line = s.line[:0]
	for _, c := range cells {
		s.line = append(s.line, s.value(c))
	}
	return s.put(s.line)
}

// value is a cell as a spreadsheet keeps it. Text is kept as text, of which no
// formula is ever made; the apostrophe stands for whoever saves it as CSV.
func (s *xlsxSheet) value(c Cell) any {
	switch {
	case !c.filled:
		return nil
	case c.kind == KindWhole:
		return c.number
	case c.kind == KindScore:
		return c.float()
	case c.kind == KindDate:
		return excelize.Cell{StyleID: s.days, Value: int(c.number) - excelEpoch}
	}
	return NoFormula(c.text)
}

// excelEpoch is 30 December 1899 as a day's number: what spreadsheets count from.
const excelEpoch = 693_594

// Close writes the workbook.
func (s *xlsxSheet) Close() error {
	err := s.stream.Flush()
	if err == nil {
		err = s.file.Write(s.to)
	}
	if err = errors.Join(err, s.file.Close()); err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	return nil
}

// Drop takes the waiting rows off the disk.
func (s *xlsxSheet) Drop() { _ = s.file.Close() }
