package intake

import (
	"archive/zip"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"cairn/internal/fault"
)

// What a workbook may make us keep: its parts, the list of them, one that is read
// whole, and the bytes of text that its cells share.
const (
	mostParts  = 5000
	mostListed = 2 << 20
	mostWhole  = 4 << 20
	mostShared = 64 << 20
)

// workbook is a spreadsheet of Office Open XML (ECMA-376), read part by part.
type workbook struct {
	parts  map[string]*zip.File
	sheets []string // the part of each
	shared []string
	styles []showing // of cells, by number
	epoch  int32
	limits Limits
	ctx    context.Context //nolint:containedctx // it is read when the book is
}

// openWorkbook refuses before anything is unpacked: what is cut short, what
// would unpack to more than the limit, and what is a zip of another kind.
func openWorkbook(ctx context.Context, r io.ReaderAt, size int64, limits Limits) (*Book, error) {
	list := &listing{ReaderAt: r}
	archive, err := zip.NewReader(list, size)
	list.read = true
	if list.seen > mostListed {
		return nil, tooLarge("The spreadsheet has more than %d parts. Save the sheet that holds the scores as “CSV UTF-8” and send that.", mostParts)
	}
	if stopped(err) {
		return nil, fmt.Errorf("read a spreadsheet: %w", err)
	}
	if err != nil {
		return nil, fault.New(fault.Invalid, fault.FileKind, "The spreadsheet is cut short or damaged: it may have been copied or saved only half. Open it in a spreadsheet program, save it again, and send that.").Because(err)
	}
	w := &workbook{parts: map[string]*zip.File{}, limits: limits, epoch: 1900, ctx: ctx}
	var unpacked uint64
	for _, f := range archive.File {
		w.parts[f.Name] = f
		unpacked += f.UncompressedSize64
	}
	if len(archive.File) > mostParts || limits.Unpacked > 0 && unpacked > uint64(limits.Unpacked) {
		return nil, tooLarge("The spreadsheet unpacks to more than %d MB. Save the sheet that holds the scores as a file of its own.", limits.Unpacked>>20)
	}
	if err := w.isWorkbook(); err != nil {
		return nil, err
	}
	return w.open()
}

// A listing ends the reading of a list of parts that is too long. How many there
// are said to be is no help: an archive may say what it likes.
type listing struct {
	io.ReaderAt
	seen int
	read bool // the list is, and parts follow
}

func (l *listing) ReadAt(into []byte, at int64) (int, error) {
	if l.read {
		return l.ReaderAt.ReadAt(into, at)
	}
	if l.seen += len(into); l.seen > mostListed {
		return 0, errEnough
	}
	return l.ReaderAt.ReadAt(into, at)
}

// isWorkbook tells other files that are zips apart.
func (w *workbook) isWorkbook() error {
	kind := func(says string) error { return fault.New(fault.Invalid, fault.FileKind, "%s", says) }
	switch {
	case w.parts["xl/workbook.xml"] != nil:
		return nil
	case w.parts["xl/workbook.bin"] != nil:
		return kind("This is a binary workbook (.xlsb). Save it as “Excel Workbook (.xlsx)” or “CSV UTF-8” and send that.")
	case w.parts["mimetype"] != nil || w.parts["content.xml"] != nil:
		return kind("This is an OpenDocument file (.ods). Save it as “Excel 2007–365 (.xlsx)” or as CSV in UTF-8, and send that.")
	case w.parts["word/document.xml"] != nil:
		return kind("This is a Word document. Send the spreadsheet, as .xlsx or “CSV UTF-8”.")
	}
	return kind("This is a zip file and no spreadsheet. Unpack it and send the .xlsx or CSV file that is in it.")
}

func (w *workbook) open() (*Book, error) {
	var book struct {
		Properties struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name  string `xml:"name,attr"`
			State string `xml:"state,attr"`
			ID    string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
			Also  string `xml:"http://purl.oclc.org/ooxml/officeDocument/relationships id,attr"` // of the strict form
		} `xml:"sheets>sheet"`
	}
	if err := w.decode("xl/workbook.xml", &book); err != nil {
		return nil, err
	}
	target, err := w.targets()
	if err != nil {
		return nil, err
	}
	if isTrue(book.Properties.Date1904) {
		w.epoch = 1904
	}
	out := &Book{limits: w.limits, epoch: w.epoch}
	for _, s := range book.Sheets {
		part := target[s.ID+s.Also]
		if w.parts[part] == nil || !strings.Contains(part, "worksheets/") { // sheets of charts hold no rows
			continue
		}
		if s.State == "hidden" || s.State == "veryHidden" { // old copies, of which nobody may know
			out.Hidden++
			continue
		}
		w.sheets = append(w.sheets, part)
		out.called(s.Name)
	}
	if len(w.sheets) == 0 && out.Hidden > 0 {
		return nil, fault.New(fault.Invalid, fault.FileKind, "Every sheet of the spreadsheet is hidden, and hidden sheets are not read. Show those that hold scores, save the file, and send that.")
	}
	if len(w.sheets) == 0 {
		return nil, fault.New(fault.Invalid, fault.FileKind, "The spreadsheet has no sheet with rows.")
	}
	if n := w.limits.Sheets; n > 0 && len(w.sheets) > n {
		return nil, tooLarge("The spreadsheet has %d sheets; at most %d are read. Save those with scores as a file of their own.", len(w.sheets), n)
	}
	if err := w.readStyles(target[styles]); err != nil {
		return nil, err
	}
	if err := w.readShared(); err != nil {
		return nil, err
	}
	out.lines = w.lines
	return out, nil
}

// styles is what the part is told as that says how cells show what they hold; it is
// the end of what such a reference is of.
const styles = "/styles"

// targets are the parts of a workbook by how it refers to them.
func (w *workbook) targets() (map[string]string, error) {
	var links struct {
		All []struct {
			ID     string `xml:"Id,attr"`
			Type   string `xml:"Type,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := w.decode("xl/_rels/workbook.xml.rels", &links); err != nil {
		return nil, err
	}
	all := map[string]string{}
	for _, l := range links.All {
		part := path.Join("xl", l.Target)
		if strings.HasPrefix(l.Target, "/") {
			part = strings.TrimPrefix(l.Target, "/")
		}
		if all[l.ID] = part; strings.HasSuffix(l.Type, styles) {
			all[styles] = part
		}
	}
	return all, nil
}

// decode reads a small part whole.
func (w *workbook) decode(name string, into any) error {
	part := w.parts[name]
	if part == nil {
		return damaged(nil)
	}
	f, err := part.Open()
	if err != nil {
		return damaged(err)
	}
	defer f.Close() //nolint:errcheck // only read
	if err := xml.NewDecoder(io.LimitReader(f, mostWhole)).Decode(into); err != nil {
		return damaged(err)
	}
	return nil
}

// damaged is what is wrong with a part that cannot be read on, unless it was
// the guard who stopped it, or nobody waits for it any longer.
func damaged(err error) error {
	if all, accident := fault.All(err); accident == nil && len(all) > 0 {
		return all[0]
	}
	if stopped(err) {
		return err
	}
	f := fault.New(fault.Invalid, fault.FileKind, "A part of the spreadsheet is missing or damaged: it may have been saved only half. Open it in a spreadsheet program, save it again, and send that.")
	return f.Because(err)
}

// readShared reads the texts that cells refer to by number.
func (w *workbook) readShared() error {
	part := w.parts["xl/sharedStrings.xml"]
	if part == nil {
		return nil
	}
	if part.UncompressedSize64 > mostShared {
		return tooLarge("The spreadsheet holds more than %d MB of text. Save the sheet that holds the scores as “CSV UTF-8” and send that.", mostShared>>20)
	}
	f, err := part.Open()
	if err != nil {
		return damaged(err)
	}
	defer f.Close() //nolint:errcheck // only read
	dec := xml.NewDecoder(w.guarded(f))
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return damaged(err)
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "si" {
			if n := w.limits.Texts; n > 0 && len(w.shared) == n {
				return tooLarge("The cells of the spreadsheet hold more than %d texts. Save the sheet that holds the scores as “CSV UTF-8” and send that.", n)
			}
			said, err := textOf(dec, w.limits.Field)
			if err != nil {
				return fmt.Errorf("shared text %d: %w", len(w.shared), err)
			}
			w.shared = append(w.shared, said)
		}
	}
}

// textOf reads the text of an element up to its end, in one piece or in runs;
// how it is pronounced is left out.
func textOf(dec *xml.Decoder, most int) (string, error) {
	var said strings.Builder
	depth, inText, hidden := 1, 0, 0
	for depth > 0 {
		token, err := dec.Token()
		if err != nil {
			return "", damaged(err)
		}
		switch x := token.(type) {
		case xml.StartElement:
			depth++
			if x.Name.Local == "rPh" {
				hidden = depth
			}
			if x.Name.Local == "t" && hidden == 0 {
				inText = depth
			}
		case xml.EndElement:
			if depth == hidden {
				hidden = 0
			}
			if depth == inText {
				inText = 0
			}
			depth--
		case xml.CharData:
			if inText > 0 {
				said.Write(x)
			}
		}
		if most > 0 && said.Len() > most {
			return "", tooLarge("A cell holds more than %d kB. Shorten it or take the column out.", most>>10)
		}
	}
	return said.String(), nil
}
