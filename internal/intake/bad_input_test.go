package intake_test

import (
	"archive/zip"
	"bytes"
	"io"
	"runtime"
	"strings"
	"testing"

	"cairn/internal/fault"
	"cairn/internal/intake"
)

func zipped(t *testing.T, parts map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, text := range parts {
		w, err := z.Create(name)
		must(t, err)
		_, err = io.WriteString(w, text)
		must(t, err)
	}
	must(t, z.Close())
	return out.Bytes()
}

// Whatever cannot be read is refused by what it is, with what to do.
func TestRefusedFiles(t *testing.T) {
	whole := workbook(t, map[string][][]any{"A": {{"ID", "Date", "PHQ-9"}, {"G-1", "2026-01-05", 3}}}, "A")
	bomb := zipped(t, map[string]string{"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": strings.Repeat("<row/>", 2<<20)})
	wide := strings.Repeat("a,", 10_000) + "a\n"
	head := "ID,Date,PHQ-9\n"
	for name, c := range map[string]struct {
		raw  []byte
		code fault.Code
		says string
	}{
		"nothing":              {nil, fault.FileKind, "empty"},
		"xls":                  {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....."), fault.FileKind, "save it as “Excel Workbook (.xlsx)”"},
		"ods":                  {zipped(t, map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}), fault.FileKind, "OpenDocument"},
		"xlsb":                 {zipped(t, map[string]string{"xl/workbook.bin": "x"}), fault.FileKind, ".xlsb"},
		"docx":                 {zipped(t, map[string]string{"word/document.xml": "x"}), fault.FileKind, "Word"},
		"zip":                  {zipped(t, map[string]string{"scores.csv": head}), fault.FileKind, "Unpack it"},
		"pdf":                  {[]byte("%PDF-1.7 ..."), fault.FileKind, "PDF"},
		"web page":             {[]byte("<html><table>"), fault.FileKind, "web page"},
		"UTF-16":               {[]byte("\xff\xfeI\x00D\x00"), fault.FileKind, "UTF-16"},
		"UTF-16 without mark":  {[]byte("I\x00D\x00,\x00"), fault.FileKind, "UTF-16"},
		"half a workbook":      {whole[:len(whole)/2], fault.FileKind, "cut short"},
		"a workbook of a part": {zipped(t, map[string]string{"xl/workbook.xml": "<workbook><sheets>"}), fault.FileKind, "damaged"},
		"a bomb":               {bomb, fault.InputTooLarge, "unpacks to more"},
		"Windows-1252":         {[]byte(head + "G-1,2026-01-05,3\nJos\xe9,2026-01-05,3\n"), fault.InputUnreadable, "Line 3 is not UTF-8 text; it looks like Windows-1252"},
		"10,000 columns":       {[]byte(wide), fault.InputTooLarge, "columns"},
		"a long cell":          {[]byte(head + "G-1," + strings.Repeat("x", 1<<20) + ",3\n"), fault.InputTooLarge, "line 2 holds more than 32 kB"},
		"a quotation open":     {[]byte(head + "G-1,\"2026-01-05,3\nG-2,2026-01-05,3\n"), fault.InputUnreadable, "begins on line 2"},
		"a NUL":                {[]byte(head + strings.Repeat("G-1,2026-01-05,3\n", 8000) + "G\x00,,\n"), fault.InputUnreadable, "no text"},
		"no headings":          {[]byte("G-1,2026-01-05,3\nG-2,2026-01-05,4\n"), fault.FileHeader, "names the columns"},
		"no reference":         {[]byte("Full name,Date,PHQ-9\nAnn Ames,2026-01-05,3\n"), fault.FileHeader, "A name or an NHS number is no reference"},
		"NHS numbers alone":    {[]byte("Client,Date,PHQ-9\n9990000018,2026-01-05,3\n9990000018,2026-01-06,3\n"), fault.FileHeader, "no reference"},
		"too many rows":        {[]byte(head + strings.Repeat("G-1,2026-01-05,3\n", 120)), fault.InputTooLarge, "100 rows"},
	} {
		limits := intake.TerminalLimits()
		limits.Unpacked = 8 << 20
		if name == "too many rows" {
			limits.Rows = 100
		}
		b, err := intake.Open(t.Context(), bytes.NewReader(c.raw), int64(len(c.raw)), limits)
		if err == nil {
			_, err = intake.Guess(b, known(t))
		}
		if !fault.Is(err, c.code) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	big := intake.PageLimits()
	if _, err := intake.Open(t.Context(), strings.NewReader("x"), 2<<30, big); !fault.Is(err, fault.InputTooLarge) {
		t.Errorf("2 GB over the network: %v", err)
	}
}

// A cell of many MB is given up long before it is read.
func TestLongCellsAreNotRead(t *testing.T) {
	for name, raw := range map[string][]byte{
		"text":  append([]byte("ID,Date,PHQ-9\nG-1,\""), bytes.Repeat([]byte("x"), 20<<20)...),
		"sheet": zipped(t, map[string]string{"xl/workbook.xml": `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" r:id="r1"/></sheets></workbook>`, "xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>`, "xl/worksheets/sheet1.xml": `<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>` + strings.Repeat("x", 20<<20)}),
	} {
		b, err := intake.Open(t.Context(), bytes.NewReader(raw), int64(len(raw)), intake.TerminalLimits())
		must(t, err)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if _, err := intake.Guess(b, intake.Known{}); !fault.Is(err, fault.InputTooLarge) {
			t.Error(name, err)
		}
		runtime.ReadMemStats(&after)
		allocated := after.TotalAlloc - before.TotalAlloc
		if allocated > 8<<20 {
			t.Errorf("%s: %d MB were taken", name, allocated>>20)
		}
	}
}

// Whatever is thrown at it, every row has one outcome, nothing panics, and no
// reason holds what stands in a cell of words.
func FuzzIntake(f *testing.F) {
	f.Add([]byte("ID,Service,Date,Stage,SWEMWBS,Notes\nG-1,Riverside,5/1/26,pre,21,secretword\nG-1,Riverside,46112,post,=1,secretword\n"))
	f.Add([]byte("\uFEFFa;b\r\"x\"\"y\";2\r"))
	f.Add([]byte("Client,Pre,Post\n\"a\nb\",3,4\n"))
	k := known(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		b, err := intake.Open(t.Context(), bytes.NewReader(raw), int64(len(raw)), intake.PageLimits())
		if err != nil {
			return
		}
		m, err := intake.Guess(b, k)
		if err != nil {
			return
		}
		r, err := intake.Read(b, m, k)
		if err != nil {
			return
		}
		rows := 0
		sum, err := r.Walk(func(v intake.Verdict) error {
			rows++
			if v.Outcome == "" || (v.Outcome != intake.Accepted) != (v.Reason != "" || v.Outcome == intake.Accepted) && v.Reason == "" {
				t.Errorf("%+v", v)
			}
			if strings.Contains(v.Reason, "secretword") {
				t.Errorf("a cell got out: %s", v.Reason)
			}
			return nil
		})
		total := 0
		for _, n := range sum.Outcomes {
			total += n
		}
		if err == nil && (rows != sum.Rows || total != rows) {
			t.Errorf("%d verdicts of %d rows, %d outcomes", rows, sum.Rows, total)
		}
	})
}
