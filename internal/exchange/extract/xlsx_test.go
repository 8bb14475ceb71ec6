package extract_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
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

// No sheet says that it is of one cell: programs that read row by row believe what a
// sheet says of its size.
func TestSheetsSayNoSize(t *testing.T) {
	var out bytes.Buffer
	sheet, err := extract.NewShortXLSX(&out, "long", []extract.Column{{Name: "word"}, {Name: "other"}}, 3)
	must(t, err)
	for i := range 5 {
		must(t, sheet.Row([]extract.Cell{extract.Whole(i), extract.Text("b")}))
	}
	must(t, sheet.Close())
	book, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	must(t, err)
	sheets := 0
	for _, f := range book.File {
		if !strings.HasPrefix(f.Name, "xl/worksheets/") {
			continue
		}
		sheets++
		from, err := f.Open()
		must(t, err)
		text, err := io.ReadAll(from)
		must(t, err)
		if strings.Contains(string(text), "<dimension") || !strings.Contains(string(text), `r="B2"`) {
			t.Errorf("%s: %.300s", f.Name, text)
		}
	}
	if sheets != 3 {
		t.Errorf("%d sheets", sheets)
	}
}
