package charts

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"cairn/internal/evidence"
)

// A Source is where a figure is from. Its file and its pictures say it, so that
// they can be understood alone.
type Source struct {
	Of       string // scheme, or what is compared
	Score    string
	Occasion string // follow-up, in words
	Period   string // of the people counted, in words
	Audience string // who it is for; "internal, not for publication"
	AsOf     string // the day up to which it counts, in words
	Made     string // by which program
	Release  string // number and day of the release; empty: the figure is of none
	SHA256   string // of the release
	Invented bool   // it is made of invented people
	Standing string // that the release was withdrawn or superseded; else empty
}

// Internal is where exact figures are from, which are for the service itself.
func Internal(about evidence.Context, score string) Source {
	s := Source{Of: about.Scheme, Score: score, Occasion: about.Occasion, Period: about.Period, Audience: "Internal, not for publication"}
	if s.Period == "" {
		s.Period = "Every quarter so far"
	}
	return s
}

// A Fact is one thing that a source says, with its name.
type Fact struct{ Name, Value string }

// Facts are what a source says of itself, each of them always, so that every
// file has the same columns.
func (s Source) Facts() []Fact {
	return []Fact{
		{"of", s.Of}, {"score", s.Score}, {"follow_up", s.Occasion}, {"period", s.Period}, {"audience", s.Audience},
		{"as_of", s.AsOf}, {"source", s.from()}, {"release", s.Release}, {"sha256", s.SHA256},
	}
}

// Lines are the same as a picture says it below itself.
func (s Source) Lines() []string {
	var lines []string
	add := func(parts ...string) {
		var said []string
		for _, part := range parts {
			if part != "" {
				said = append(said, part)
			}
		}
		if len(said) > 0 {
			lines = append(lines, strings.Join(said, ". ")+".")
		}
	}
	add(s.Of, s.Score, s.Occasion, s.Period)
	add(s.Audience, s.AsOf, s.Release, s.from())
	if s.SHA256 != "" {
		lines = append(lines, "SHA-256 "+s.SHA256)
	}
	return lines
}

func (s Source) from() string {
	text := s.Made
	if s.Standing != "" {
		text = s.Standing + "; " + text
	}
	if s.Invented {
		text += "; a demonstration, every person in it is made up"
	}
	return text
}

// A Saved is how a figure can be taken away.
type Saved struct {
	CSV   string   // the address of its table as a file
	Name  string   // of its files, without an ending
	Lines []string // what its pictures say below themselves
}

// FileName is what a figure's files are called: what it is of, what it shows,
// and the release.
func (f Figure) FileName(s Source) string {
	release := ""
	if s.SHA256 != "" {
		release = s.SHA256[:min(8, len(s.SHA256))]
	}
	return plainName(s.Of, s.Score, f.ID, s.Occasion, release)
}

var notPlain = regexp.MustCompile(`[^a-z0-9]+`)

// plainName joins words to a name that every machine takes as it is.
func plainName(words ...string) string {
	var parts []string
	for _, word := range words {
		if part := strings.Trim(notPlain.ReplaceAllString(strings.ToLower(word), "-"), "-"); part != "" {
			parts = append(parts, part)
		}
	}
	const longest = 120 // bytes
	name := strings.Join(parts, "-")
	return strings.Trim(name[:min(len(name), longest)], "-")
}

// CSV is the figure's own table as a file: the columns of the table first, then
// what the file is of, the same in every row, so that a row keeps its source
// wherever it is pasted. It begins with a byte order mark, without which a
// spreadsheet takes UTF-8 for something else. An interval fills two columns.
// Numbers are written plainly; text that a spreadsheet would run is not.
func (f Figure) CSV(s Source) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString("\ufeff")
	w := csv.NewWriter(&out)
	w.UseCRLF = true
	var head []string
	for i, name := range f.Head {
		switch {
		case i == 0 && name == "":
			head = append(head, "What")
		case ranged(name):
			head = append(head, name+", low", name+", high")
		default:
			head = append(head, name)
		}
	}
	facts := append([]Fact{{"question", f.Question}}, s.Facts()...)
	facts = append(facts, Fact{"not_in_it", f.Missing})
	for _, fact := range facts {
		head = append(head, fact.Name)
	}
	if err := w.Write(head); err != nil {
		return nil, fmt.Errorf("write the table of %s: %w", f.ID, err)
	}
	for _, row := range f.Rows {
		if err := w.Write(f.line(row, facts)); err != nil {
			return nil, fmt.Errorf("write the table of %s: %w", f.ID, err)
		}
	}
	w.Flush()
	return out.Bytes(), w.Error()
}

func (f Figure) line(row []string, facts []Fact) (line []string) {
	for i := range f.Head {
		cell := ""
		if i < len(row) {
			cell = row[i]
		}
		if !ranged(f.Head[i]) {
			line = append(line, plainCell(cell))
			continue
		}
		low, high, _ := strings.Cut(cell, " to ")
		line = append(line, plainCell(low), plainCell(high))
	}
	for _, fact := range facts {
		line = append(line, unrun(fact.Value))
	}
	return line
}

// ranged reports whether a column holds two numbers, "from to".
func ranged(head string) bool {
	return strings.HasSuffix(head, "interval") || strings.HasSuffix(head, "limits")
}

var number = regexp.MustCompile(`^[+−-]?[0-9]{1,3}(,?[0-9]{3})*(\.[0-9]+)?%?$`)

// plainCell writes a number as every program reads it: an ASCII minus, no plus,
// no commas. A per cent keeps its sign, so that it is not taken for a share.
func plainCell(text string) string {
	if low, high, two := strings.Cut(text, " to "); two && number.MatchString(low) && number.MatchString(high) {
		return unrun(plainCell(low) + " to " + plainCell(high))
	}
	if !number.MatchString(text) {
		return unrun(text)
	}
	text = strings.ReplaceAll(strings.TrimPrefix(text, "+"), ",", "")
	return strings.ReplaceAll(text, "−", "-")
}

// unrun puts an apostrophe before text that a spreadsheet would take for a
// formula, in its full-width forms too.
func unrun(text string) string {
	first, _ := utf8.DecodeRuneInString(text)
	if text != "" && strings.ContainsRune("=+-@\t\r\n\x00＝＋－＠", first) {
		return "'" + text
	}
	return text
}
