// Package intake reads the spreadsheets that services really have: it guesses
// what the columns are, takes what it is told instead, and says of every row
// what became of it.
//
// It knows nothing of databases, of HTTP or of the terminal. It promises that
// every row of a file that holds anything has one outcome with a reason, that
// nothing is put right in silence, that a file is read in memory that does not
// grow with its cells, and that columns which say who somebody is, or hold
// people's own words, are in no score, no reason and no report.
package intake

import (
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// Outcome is what became of one row.
type Outcome string

// Outcomes, from what needs nobody to what needs somebody most.
const (
	Accepted  Outcome = "accepted"
	Here      Outcome = "here"      // in a dry run: all that it says is here already
	Duplicate Outcome = "duplicate" // says again what an earlier row says
	Review    Outcome = "review"    // a name or a word that nobody knows here
	Conflict  Outcome = "conflict"  // two rows say different things of one day, or of what is known of it
	Rejected  Outcome = "rejected"
)

// Outcomes lists them in the order in which summaries show them.
func Outcomes() []Outcome { return []Outcome{Accepted, Here, Rejected, Duplicate, Conflict, Review} }

// Fine reports that nobody has to look at the row.
func (o Outcome) Fine() bool { return o == Accepted || o == Here || o == Duplicate }

// grave orders outcomes: a row has the gravest of what befell its scores.
func (o Outcome) grave() int {
	switch o {
	case Rejected:
		return 4
	case Conflict:
		return 3
	case Review:
		return 2
	case Duplicate:
		return 1
	}
	return 0
}

// Dating is how well the day of a score is known.
type Dating string

const (
	ByDay   Dating = "day"
	ByMonth Dating = "month" // the day kept is the first of the month
	ByOrder Dating = "order" // before or after, and no day at all
)

// A Score is one accepted score, or some answers of one measure, of one row.
type Score struct {
	Sheet     int
	Line      int
	Reference string
	Scheme    string
	Activity  string // as it is called here; empty where the row names none
	Measure   measure.Key
	Series    measure.Series // of a score that was typed in; empty for answers
	Level     measure.Level  // of that series
	Text      string         // the same, as a number is written
	Answers   map[string]int // by item; nil for a score that was typed in
	Occasion  scheme.Occasion
	On        scheme.Day
	Dated     Dating
	Referred  scheme.Day // when the row says so

	ReferredDated Dating // by day or by month

	time int              // of the column
	made []measure.Scored // all scores that follow from it
}

// slot is the administration that a score is of.
func (s Score) slot() slot { return slot{s.Measure, s.Occasion, s.time} }

// A Verdict says what became of one row.
type Verdict struct {
	Sheet   string // its name; empty for a file without sheets
	Line    int
	Outcome Outcome
	Reason  string
	Scores  []Score  // those that count
	Kept    []string // the cells that were read, in the order of the mapping; for a file of rejects
}
