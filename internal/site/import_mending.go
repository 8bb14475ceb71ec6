package site

import (
	"regexp"
	"strconv"
	"strings"
)

// A mendLine is one reason why rows are not taken, with the rows.
type mendLine struct {
	Outcome string
	Reason  string
	Rows    int
	sheets  []string
	lines   map[string][]int // the first of them, by sheet
}

// mending gathers rows by what is to be mended in them.
type mending struct {
	all  []*mendLine
	at   map[string]*mendLine
	rows int
	some *regexp.Regexp // what differs between rows of one reason
}

// mostReasons and mostLines are how much a page lists; the report has all.
const (
	mostReasons = 40
	mostLines   = 12
)

func newMending() *mending {
	return &mending{at: map[string]*mendLine{}, some: regexp.MustCompile(`a later row|line [0-9]+( in the sheet “[^”]*”)?`)}
}

func (r *mending) note(sheet string, line int, outcome, reason string) {
	r.rows++
	reason = r.some.ReplaceAllString(reason, "another row")
	of := r.at[outcome+reason]
	if of == nil {
		if len(r.all) == mostReasons {
			return
		}
		of = &mendLine{Outcome: outcome, Reason: reason, lines: map[string][]int{}}
		r.at[outcome+reason] = of
		r.all = append(r.all, of)
	}
	of.Rows++
	if len(of.lines[sheet]) == 0 {
		of.sheets = append(of.sheets, sheet)
	}
	if len(of.lines[sheet]) < mostLines {
		of.lines[sheet] = append(of.lines[sheet], line)
	}
}

// Lines are where the rows stand: 4, 7 to 9 and more.
func (l *mendLine) Lines() string {
	var parts []string
	shown := 0
	for _, sheet := range l.sheets {
		text, lines := "", l.lines[sheet]
		for i := 0; i < len(lines); {
			last := i
			for last+1 < len(lines) && lines[last+1] == lines[last]+1 {
				last++
			}
			if text != "" {
				text += ", "
			}
			text += strconv.Itoa(lines[i])
			if last > i {
				text += " to " + strconv.Itoa(lines[last])
			}
			i = last + 1
		}
		shown += len(lines)
		if sheet != "" {
			text += " of " + sheet
		}
		parts = append(parts, text)
	}
	if shown < l.Rows {
		parts = append(parts, "…")
	}
	return strings.Join(parts, "; ")
}
