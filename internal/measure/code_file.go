package measure

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"cairn/internal/fault"
)

// Codes are what a service's own file of codes says of each measure. They stand
// beside the definitions and are never kept with them: the file may change, and
// its licence is the service's.
type Codes map[Key][]Code

// codeColumns are the columns of a file of codes, in any order.
func codeColumns() []string {
	return []string{"system", "code", "measure", "series", "means", "source"}
}

// On returns the definition with the codes of the file after its own.
func (c Codes) On(d Definition) Definition {
	d.Codes = slices.Concat(d.Codes, c[d.Key])
	return d
}

// CodesOf are the codes of one of the measure's scores, before those of the
// measure as a whole.
func (d Definition) CodesOf(s Series) []Code {
	var whole, own []Code
	for _, c := range d.Codes {
		switch c.Series {
		case s:
			own = append(own, c)
		case "":
			whole = append(whole, c)
		}
	}
	return append(own, whole...)
}

// ReadCodes reads a service's file of codes: CSV, one code a row, for measures
// of the library. Every row that cannot be taken is refused, each by its line;
// what a spreadsheet has rounded is found by its check digit.
func ReadCodes(raw []byte, library []Definition) (Codes, error) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff"))))
	r.FieldsPerRecord = -1 // said by line below
	head, err := r.Read()
	if err != nil {
		return nil, badCodes(1, "the columns %s are needed", strings.Join(codeColumns(), ","))
	}
	f := codeFile{at: map[string]int{}, width: len(head), codes: Codes{}, library: library}
	if err := f.readHead(head); err != nil {
		return nil, err
	}
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return f.codes, f.wrong.Err()
		}
		var unreadable *csv.ParseError
		if errors.As(err, &unreadable) {
			f.wrong.Add(badCodes(unreadable.Line, "the quotation marks of this row do not match"))
			return nil, f.wrong.Err()
		}
		if err != nil {
			return nil, fmt.Errorf("read codes: %w", err)
		}
		line, _ := r.FieldPos(0)
		f.readRow(line, row)
	}
}

// A codeFile is a file of codes that is being read.
type codeFile struct {
	at      map[string]int // column by name
	width   int
	codes   Codes
	library []Definition
	wrong   fault.List
}

func (f *codeFile) readHead(head []string) error {
	for i, name := range head {
		name = strings.ToLower(strings.TrimSpace(name))
		if !slices.Contains(codeColumns(), name) {
			f.wrong.Add(badCodes(1, "nothing reads the column “%s”. The columns are %s", shorten(name), strings.Join(codeColumns(), ",")))
			continue
		}
		if _, twice := f.at[name]; twice {
			f.wrong.Add(badCodes(1, "the column “%s” is there twice", name))
		}
		f.at[name] = i
	}
	for _, name := range codeColumns() {
		if _, ok := f.at[name]; !ok {
			f.wrong.Add(badCodes(1, "the column “%s” is missing", name))
		}
	}
	return f.wrong.Err()
}

func (f *codeFile) readRow(line int, row []string) {
	if len(row) != f.width {
		f.wrong.Add(badCodes(line, "this row has %d cells where the first row has %d", len(row), f.width))
		return
	}
	cell := func(name string) string { return strings.TrimSpace(row[f.at[name]]) }
	key := Key(cell("measure"))
	code := Code{
		System: System(strings.ToLower(cell("system"))), Code: cell("code"), Series: Series(cell("series")),
		Means: cell("means"), Source: cell("source"),
	}
	wrong := f.refusals(key, code)
	for _, w := range wrong {
		f.wrong.Add(badCodes(line, "%s", w))
	}
	if len(wrong) == 0 {
		f.codes[key] = append(f.codes[key], code)
	}
}

// refusals are all reasons not to take one code.
func (f *codeFile) refusals(key Key, c Code) (wrong []string) {
	if c.System != SNOMED && c.System != LOINC {
		wrong = append(wrong, fmt.Sprintf("“%s” is no terminology that is read here. Write snomed or loinc", shorten(string(c.System))))
	} else if !c.sound() {
		wrong = append(wrong, c.corrupted())
	}
	i := slices.IndexFunc(f.library, func(d Definition) bool { return d.Key == key })
	if i < 0 {
		wrong = append(wrong, fmt.Sprintf("the library has no measure “%s”. “cairn measure list” names them", shorten(string(key))))
	} else if _, ok := f.library[i].Score(c.Series); c.Series != "" && !ok {
		wrong = append(wrong, fmt.Sprintf("%s has no score “%s”. “cairn measure show %s” names them; leave the cell empty where the code is of the whole measure", f.library[i].Short, shorten(string(c.Series)), key))
	}
	if c.Means == "" || c.Source == "" {
		wrong = append(wrong, "say what the code means, and where it was read")
	}
	same := func(o Code) bool { return o.System == c.System && o.Code == c.Code && o.Series == c.Series }
	if slices.ContainsFunc(f.codes[key], same) {
		wrong = append(wrong, "this code is there already. Keep one of the two rows")
	}
	return wrong
}

func badCodes(line int, format string, args ...any) *fault.Fault {
	return fault.New(fault.Invalid, fault.MeasureInvalid, "Line %d: %s.", line, fmt.Sprintf(format, args...))
}
