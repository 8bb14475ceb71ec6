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
	Version      int          `json:"cairn_mapping" doc:"The version of this form" example:"1"`
	Source       string       `json:"source" doc:"What the file is called where it comes from" example:"scores"`
	Fingerprint  string       `json:"fingerprint" doc:"Of the headings that are read: a mapping is for files that have them" example:"6e7d6871dcc7c261"`
	Dates        DateOrder    `json:"dates" doc:"How dates of numbers are written: day-month-year, month-day-year or year-month-day" example:"day-month-year"`
	DatesBecause string       `json:"dates_because,omitempty" doc:"What the dates of the file say to that; absent where they say nothing else than day first" example:"of the dates that are numbers alone, 60 can only be read month first, and 0 only day first"`
	Sheets       []Sheet      `json:"sheets"`
	Scheme       string       `json:"scheme" doc:"The name of a scheme, of rows that name none; empty: they are reviewed" example:"Riverside Garden"`
	Schemes      []Value      `json:"schemes" doc:"Names of schemes in the file"`
	Activities   []Value      `json:"activities" doc:"Names of activities in the file"`
	Occasions    []Value      `json:"occasions" doc:"Words for when a score was taken; each means baseline, later, or an occasion of the plan"`
	Measures     []NamedScore `json:"measures" doc:"Names of measures in the file, where one column says which a row is of"`
	Questions    []Question   `json:"questions" doc:"What no file says of itself, with what was answered"`
}

// A Sheet is one sheet that is read.
type Sheet struct {
	Name    string   `json:"name" doc:"Empty for CSV" example:"Scores"`
	Says    string   `json:"says,omitempty" doc:"Of a sheet that is told by its place: the words of its name that are about scores" example:"gad 7"`
	Columns []Column `json:"columns"`
}

// A Column is one column and what it is read as.
type Column struct {
	Heading  string          `json:"heading" example:"SWEMWBS raw"`
	Takes    Takes           `json:"takes" doc:"What it is taken as: nothing, identity, words, reference, scheme, activity, measure, occasion, date, referred, score, answer or done. What is left out is never kept" example:"score"`
	Why      string          `json:"why,omitempty" doc:"It is left out" example:"it seems to say who somebody is"`
	Measure  measure.Key     `json:"measure,omitempty" doc:"Of a score or an answer" example:"swemwbs"`
	Series   measure.Series  `json:"series,omitempty" doc:"Of a score" example:"swemwbs-raw"`
	Item     string          `json:"item,omitempty" doc:"Of an answer" example:"anxiety"`
	Asked    string          `json:"asked,omitempty" doc:"The key of the question on which the measure depends" example:"swemwbs"`
	Occasion scheme.Occasion `json:"occasion,omitempty" doc:"Where the heading says it" example:"baseline"`
	Time     int             `json:"time,omitempty" doc:"Which of several times, where a row holds an occasion several times: a score is of the date of its time" example:"2"`
}

// A Value is a word of the file and what it stands for here; an empty Means has
// to be looked at, and its rows are not taken.
type Value struct {
	Says    string `json:"says" doc:"As the file has it" example:"Gardne"`
	Means   string `json:"means" doc:"The name here; empty: its rows are reviewed" example:"Garden"`
	Nearest string `json:"nearest,omitempty" doc:"A name that it may be a slip of" example:"Garden"`
}

// A NamedScore is a name of a measure in the file.
type NamedScore struct {
	Says    string         `json:"says" doc:"As the file has it" example:"ONS happy"`
	Measure measure.Key    `json:"measure,omitempty" example:"ons4"`
	Series  measure.Series `json:"series,omitempty" doc:"Of a score" example:"ons4-happiness"`
	Item    string         `json:"item,omitempty" doc:"Of an answer" example:"happiness"`
	Asked   string         `json:"asked,omitempty" doc:"The key of the question on which the measure depends" example:"swemwbs"`
}

// A Question is something that no file says of itself: whether scores are raw
// or converted, of seven items or of fourteen.
type Question struct {
	Key     string   `json:"key" example:"swemwbs"`
	Asks    string   `json:"asks" doc:"In words" example:"Which score is in the columns of SWEMWBS?"`
	Choices []Choice `json:"choices"`
	Answer  string   `json:"answer" doc:"The series of a choice; empty until somebody said it" example:"swemwbs-raw"`
	Because string   `json:"because,omitempty" doc:"What the numbers of the file say to it" example:"100% of the numbers are scores of it"`
}

// A Choice is one answer to a question.
type Choice struct {
	Series measure.Series `json:"series" example:"swemwbs-raw"`
	Says   string         `json:"says" doc:"In words" example:"raw total, 7 to 35"`
}

// ReadMapping reads a mapping file. Unknown keys are refused.
func ReadMapping(r io.Reader) (Mapping, error) {
	invalid := func(format string, args ...any) (Mapping, error) {
		return Mapping{}, fault.New(fault.Invalid, fault.MappingInvalid, format, args...).At("mapping")
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
	return m, m.Formed()
}

// Formed faults with mapping.invalid for a mapping of another form than is read.
func (m Mapping) Formed() error {
	if m.Version == mappingVersion {
		return nil
	}
	return fault.New(fault.Invalid, fault.MappingInvalid, "This mapping is of form %d, and %d is read. Read the file without a mapping, and a new one is made.", m.Version, mappingVersion).At("mapping")
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

// Digest names the mapping by how it reads, and not by why.
func (m Mapping) Digest() (string, error) {
	m.DatesBecause = ""
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

// Changed reports a mapping that was changed by hand in which columns it reads, so
// that Again has to say what follows.
func (m Mapping) Changed() bool { return m.Fingerprint != m.fingerprint() }

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

// Keys are the measures, of those, that the file may hold scores of, in the order
// of its columns. One that depends on a question is known once that is answered.
func (m Mapping) Keys(of []measure.Definition) (all []measure.Key) {
	add := func(key measure.Key, series measure.Series) {
		for _, d := range of {
			if _, owns := d.Score(series); (owns || d.Key == key) && !slices.Contains(all, d.Key) {
				all = append(all, d.Key)
			}
		}
	}
	for _, s := range m.Sheets {
		for _, c := range s.Columns {
			add(c.Measure, c.Series)
		}
	}
	for _, n := range m.Measures {
		add(n.Measure, n.Series)
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
