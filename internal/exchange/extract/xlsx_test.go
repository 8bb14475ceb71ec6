package extract_test

import (
	"fmt"
	"testing"

	"cairn/internal/exchange/extract"
)

// pieces counts what is written, and how much at once.
type pieces struct{ all, largest int }

func (p *pieces) Write(b []byte) (int, error) {
	p.all, p.largest = p.all+len(b), max(p.largest, len(b))
	return len(b), nil
}

// A workbook goes out as it is packed, and is gathered in memory nowhere.
func TestWorkbookIsNotGathered(t *testing.T) {
	var out pieces
	sheet, err := extract.NewXLSX(&out, "long", []extract.Column{{Name: "word"}})
	must(t, err)
	for i := range 100_000 {
		must(t, sheet.Row([]extract.Cell{extract.Text(fmt.Sprintf("%x", i*7919*i))}))
	}
	must(t, sheet.Close())
	if out.all < 1<<20 || out.largest > 1<<17 {
		t.Errorf("%d bytes, %d of them at once", out.all, out.largest)
	}
}
