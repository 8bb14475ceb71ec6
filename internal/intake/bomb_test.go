package intake_test

import (
	"bytes"
	"encoding/binary"
	"io"
	"runtime"
	"strings"
	"testing"

	"cairn/internal/fault"
	"cairn/internal/intake"
)

// watched notes the most memory that was in use while the file was read, at every
// so many reads of it.
type watched struct {
	io.ReaderAt
	every, reads int
	most         uint64
}

func (w *watched) ReadAt(into []byte, at int64) (int, error) {
	if w.reads++; w.reads%w.every == 0 {
		w.most = max(w.most, inUse())
	}
	return w.ReaderAt.ReadAt(into, at)
}

func inUse() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// looked is what opening and guessing a file comes to, and the MB it takes.
func looked(t *testing.T, raw []byte, limits intake.Limits) (mb int, err error) {
	t.Helper()
	before := inUse()
	w := &watched{ReaderAt: bytes.NewReader(raw), every: 1 + len(raw)>>14}
	b, err := intake.Open(t.Context(), w, int64(len(raw)), limits)
	if err == nil {
		w.most = max(w.most, inUse())
		_, err = intake.Guess(b, known(t))
	}
	runtime.KeepAlive(b)
	return int(int64(w.most)-int64(before)) >> 20, err
}

// rowsOf is a workbook of one sheet.
func rowsOf(t *testing.T, rows, texts string) []byte {
	t.Helper()
	return zipped(t, map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<worksheet><sheetData>` + rows + `</sheetData></worksheet>`,
		"xl/sharedStrings.xml":       `<sst>` + texts + `</sst>`,
	})
}

// listOf is an archive that holds nothing but a list of its parts, and says that
// there is one.
func listOf(parts int) []byte {
	const head = 46
	one := append([]byte("PK\x01\x02"), make([]byte, head-4)...)
	one[28] = 1 // the length of its name
	one = append(one, 'x')
	all := bytes.Repeat(one, parts)
	end := append([]byte("PK\x05\x06"), make([]byte, 18)...)
	binary.LittleEndian.PutUint16(end[8:], uint16(parts))
	binary.LittleEndian.PutUint16(end[10:], uint16(parts))
	binary.LittleEndian.PutUint32(end[12:], uint32(len(all)))
	return append(all, end...)
}

// What comes over the network takes little memory however it is made up, at the
// limits that it has. One is looked at again with a looser limit, and seen to take
// more.
func TestBombsTakeLittle(t *testing.T) {
	const most = 32 // MB
	open := intake.PageLimits()
	texts := rowsOf(t, "", strings.Repeat("<si/>", 4<<20))
	for name, c := range map[string]struct {
		raw  []byte
		says string
	}{
		"four million texts":      {texts, "more than 1000000 texts"},
		"a million parts":         {append([]byte("PK\x05\x06"), listOf(1<<20)...), "more than 5000 parts"},
		"parts that are not told": {append([]byte("PK\x05\x06"), listOf(1<<16+1)...), "more than 5000 parts"},
		"more rows than any has":  {rowsOf(t, strings.Repeat("<row/>", 1<<20+1), ""), "rows that hold nothing"},
		"empty lines":             {[]byte("a,b\n" + strings.Repeat(",\n", 1<<20+1)), "rows that hold nothing"},
	} {
		mb, err := looked(t, c.raw, intake.PageLimits())
		if !fault.Is(err, fault.InputTooLarge) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
		if mb > most {
			t.Errorf("%s: takes %d MB, want %d at most", name, mb, most)
		}
	}
	open.Texts = 3_000_000
	if mb, err := looked(t, texts, open); err == nil || mb <= most {
		t.Errorf("three million texts take %d MB, and are to take more than %d (%v)", mb, most, err)
	}
}
