package intake

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// mappingVersion is of the form of the file.
const mappingVersion = 1

// A Mapping says how one kind of file is read. It is a file itself, is made by
// Guess, and can be changed and used again for files with the same headings.
type Mapping struct {
	Version     int          `json:"cairn_mapping"`
	Source      string       `json:"source"`      // what the file is called where it comes from
	Fingerprint string       `json:"fingerprint"` // of the headings that are read
	Dates       DateOrder    `json:"dates"`
	Sheets      []Sheet      `json:"sheets"`
	Scheme      string       `json:"scheme"` // of rows that name none
	Schemes     []Value      `json:"schemes"`
	Activities  []Value      `json:"activities"`
	Occasions   []Value      `json:"occasions"`
	Measures    []NamedScore `json:"measures"`
	Questions   []Question   `json:"questions"`
}

// A Sheet is one sheet that is read.
type Sheet struct {
	Name    string   `json:"name"`
	Columns []Column `json:"columns"`
}

// A Column is one column and what it is read as.
type Column struct {
	Heading  string          `json:"heading"`
	Takes    Takes           `json:"takes"`
	Why      string          `json:"why,omitempty"` // it is left out
	Measure  measure.Key     `json:"measure,omitempty"`
	Series   measure.Series  `json:"series,omitempty"` // of a score
	Item     string          `json:"item,omitempty"`   // of an answer
	Asked    string          `json:"asked,omitempty"`  // the question on which the measure depends
	Occasion scheme.Occasion `json:"occasion,omitempty"`
}

// A Value is a word of the file and what it stands for here; an empty Means has
// to be looked at, and its rows are not taken.
type Value struct {
	Says    string `json:"says"`
	Means   string `json:"means"`
	Nearest string `json:"nearest,omitempty"` // a name that it may be a slip of
}

// A NamedScore is a name of a measure in the file.
type NamedScore struct {
	Says    string         `json:"says"`
	Measure measure.Key    `json:"measure,omitempty"`
	Series  measure.Series `json:"series,omitempty"`
	Item    string         `json:"item,omitempty"`
	Asked   string         `json:"asked,omitempty"`
}

// A Question is something that no file says of itself: whether scores are raw
// or converted, of seven items or of fourteen.
type Question struct {
	Key     string   `json:"key"`
	Asks    string   `json:"asks"`
	Choices []Choice `json:"choices"`
	Answer  string   `json:"answer"` // the series; empty until somebody said it
	Because string   `json:"because,omitempty"`
}

// A Choice is one answer to a question.
type Choice struct {
	Series measure.Series `json:"series"`
	Says   string         `json:"says"`
}

// ReadMapping reads a mapping file. Unknown keys are refused.
func ReadMapping(r io.Reader) (Mapping, error) {
	invalid := func(format string, args ...any) (Mapping, error) {
		return Mapping{}, fault.New(fault.Invalid, fault.MappingInvalid, format, args...).At("--map")
	}
	raw, err := io.ReadAll(io.LimitReader(r, 8<<20))
	if err != nil {
		return Mapping{}, fmt.Errorf("read a mapping: %w", err)
	}
	dec := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\uFEFF"))))
	dec.DisallowUnknownFields()
	var m Mapping
	if err := dec.Decode(&m); err != nil {
		if name, found := strings.CutPrefix(err.Error(), "json: unknown field "); found {
			return invalid("Nothing reads the key %.60s of the mapping. Check its spelling or take it out.", name)
		}
		return invalid("The mapping is not JSON as “cairn import --write-map” writes it. Make it anew.")
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return invalid("The mapping holds something after its closing brace. Take it out.")
	}
	if m.Version != mappingVersion {
		return invalid("This mapping is of form %d, and %d is read. Make it anew without --map.", m.Version, mappingVersion)
	}
	return m, nil
}

// Write writes the mapping as a file.
func (m Mapping) Write(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(m); err != nil {
		return fmt.Errorf("write a mapping: %w", err)
	}
	return nil
}

// Digest names the mapping by all that it says.
func (m Mapping) Digest() (string, error) {
	sum := sha256.New()
	if err := m.Write(sum); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// fingerprint is of the headings that are read, each with its place among
// those of its sheet. What is left out does not count: a file of rejects, which
// has the other columns alone, is of the same kind.
func (m Mapping) fingerprint() string {
	sum := sha256.New()
	for _, s := range m.Sheets {
		for _, c := range s.Columns {
			if c.Takes.Read() {
				_, _ = fmt.Fprintf(sum, "%q;", folded(c.Heading)) // a hash takes everything
			}
		}
		_, _ = fmt.Fprint(sum, "\n")
	}
	return hex.EncodeToString(sum.Sum(nil))[:16]
}

// Open returns the questions that nobody answered.
func (m Mapping) Open() (open []Question) {
	for _, q := range m.Questions {
		if q.Answer == "" {
			open = append(open, q)
		}
	}
	return open
}

// LeftOut are the columns that are not read, by sheet.
func (m Mapping) LeftOut() (all []Column) {
	for _, s := range m.Sheets {
		for _, c := range s.Columns {
			if !c.Takes.Read() {
				all = append(all, c)
			}
		}
	}
	return all
}

// SchemesMeant are the names of schemes that rows are taken to.
func (m Mapping) SchemesMeant() (all []string) {
	if m.Scheme != "" {
		all = append(all, m.Scheme)
	}
	for _, v := range m.Schemes {
		if v.Means != "" {
			all = append(all, v.Means)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Keys are the measures that the file may hold scores of.
func (m Mapping) Keys() (all []measure.Key) {
	add := func(key measure.Key) {
		if key != "" && !slices.Contains(all, key) {
			all = append(all, key)
		}
	}
	for _, s := range m.Sheets {
		for _, c := range s.Columns {
			add(c.Measure)
		}
	}
	for _, n := range m.Measures {
		add(n.Measure)
	}
	return all
}

// Days are the times after the start that the file names, for the plan of a
// scheme that it brings with it: the start, and twelve weeks where it names
// none.
func (m Mapping) Days() []int {
	days := []int{0}
	add := func(o scheme.Occasion) {
		if n, fixed := o.Days(); fixed && !slices.Contains(days, n) {
			days = append(days, n)
		}
	}
	for _, s := range m.Sheets {
		for _, c := range s.Columns {
			add(c.Occasion)
		}
	}
	for _, v := range m.Occasions {
		add(scheme.Occasion(v.Means))
	}
	if len(days) == 1 {
		days = append(days, 84)
	}
	slices.Sort(days)
	return days
}
