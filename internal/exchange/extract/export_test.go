package extract

import "io"

// NewShortXLSX is NewXLSX with sheets of so many rows.
func NewShortXLSX(w io.Writer, name string, columns []Column, most int) (Sheet, error) {
	return newXLSX(w, name, columns, most)
}
