package app

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// Limits of a comparison group's rows.
const (
	longestRows = 500_000 // bytes
	mostRows    = 20_000
	mostCells   = 5_000   // different steps
	mostPeople  = 100_000 // in a group
	mostTold    = 20      // bad rows, one sentence each
)

const columnsNeeded = "The first line names the columns: before,after or before,after,people. No other column is taken, so that nothing comes in by which somebody could be known."

// readCells reads how many people made which step, from CSV with commas,
// semicolons or tabs. All of it is right, or none is kept.
func readCells(text string, score measure.Score) ([]scheme.StepCount, error) {
	text = strings.TrimPrefix(strings.TrimSpace(text), "\uFEFF")
	if text == "" {
		return nil, fault.New(fault.Invalid, fault.InputInvalid, "Choose a file or paste the scores, one person or one pair of scores a line.").At("rows")
	}
	if len(text) > longestRows {
		return nil, fault.New(fault.Invalid, fault.InputInvalid, "This is too long. Count people with the same two scores on one line, in the column “people”.").At("rows")
	}
	rows := csv.NewReader(strings.NewReader(text))
	rows.FieldsPerRecord, rows.TrimLeadingSpace = -1, true
	first, _, _ := strings.Cut(text, "\n")
	for _, mark := range "\t;" {
		if strings.ContainsRune(first, mark) {
			rows.Comma = mark
			break
		}
	}
	head, err := rows.Read()
	if err != nil {
		return nil, fault.New(fault.Invalid, fault.InputInvalid, columnsNeeded).At("rows").Because(err)
	}
	reading := cellReading{score: score, cells: map[scheme.StepCount]int{}}
	if !reading.columns(head) {
		return nil, fault.New(fault.Invalid, fault.InputInvalid, columnsNeeded).At("rows")
	}
	return reading.all(rows)
}

// cellReading is rows half read.
type cellReading struct {
	score                 measure.Score
	before, after, people int // places of the columns; people is -1 without one
	width                 int
	cells                 map[scheme.StepCount]int // of no people yet
	total, again          int                      // people; and of them, measured again
	wrong                 fault.List
	bad                   int
}

// columns finds where each column is; each stands once and no other does.
func (r *cellReading) columns(head []string) bool {
	for i, name := range head {
		head[i] = strings.ToLower(strings.TrimSpace(name))
	}
	r.before, r.after, r.people, r.width = slices.Index(head, "before"), slices.Index(head, "after"), slices.Index(head, "people"), len(head)
	known := 2
	if r.people >= 0 {
		known++
	}
	return r.before >= 0 && r.after >= 0 && len(head) == known
}

func (r *cellReading) all(rows *csv.Reader) ([]scheme.StepCount, error) {
	for n := 0; ; n++ {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fault.New(fault.Invalid, fault.InputInvalid, "The scores cannot be read from line %d on: a quotation mark stands where none belongs.", n+2).At("rows").Because(err)
		}
		if n == mostRows {
			return nil, fault.New(fault.Invalid, fault.InputInvalid, "There are more than %d lines. Count people with the same two scores on one line, in the column “people”.", mostRows).At("rows")
		}
		line, _ := rows.FieldPos(0)
		r.row(line, row)
	}
	return r.made()
}

// row takes one line in, or says what is wrong with it.
func (r *cellReading) row(line int, row []string) {
	if len(row) != r.width {
		r.refuse(line, fmt.Sprintf("it has %d columns, and the first line names %d.", len(row), r.width), fault.InputInvalid)
		return
	}
	before, ok := r.level(line, "before", row[r.before])
	step, also := scheme.StepCount{From: before, Lost: strings.TrimSpace(row[r.after]) == ""}, true
	if !step.Lost {
		step.To, also = r.level(line, "after", row[r.after])
	}
	people := 1
	if r.people >= 0 {
		n, err := strconv.Atoi(strings.TrimSpace(row[r.people]))
		if err != nil || n < 1 || n > mostPeople {
			r.refuse(line, fmt.Sprintf("people is a whole number, 1 to %d.", mostPeople), fault.InputInvalid)
			return
		}
		people = n
	}
	if ok && also {
		r.cells[step] += people
		r.total += people
		if !step.Lost {
			r.again += people
		}
	}
}

// level reads a score of the scale.
func (r *cellReading) level(line int, column, text string) (measure.Level, bool) {
	level, err := measure.ParseLevel(text, r.score.Decimals)
	if err == nil {
		err = r.score.Accept(level)
	}
	if all, _ := fault.All(err); len(all) > 0 {
		r.refuse(line, column+": "+all[0].Detail, all[0].Code)
	}
	return level, err == nil
}

func (r *cellReading) refuse(line int, why string, code fault.Code) {
	r.bad++
	if r.bad <= mostTold {
		r.wrong.Add(fault.New(fault.Invalid, code, "Line %d, %s", line, why).At("rows"))
	}
}

// made is every step once, in order.
func (r *cellReading) made() ([]scheme.StepCount, error) {
	if r.bad > mostTold {
		r.wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "%d more mistakes follow.", r.bad-mostTold).At("rows"))
	}
	switch {
	case r.bad > 0:
	case len(r.cells) == 0:
		r.wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "There is no score below the names of the columns.").At("rows"))
	case r.again == 0:
		r.wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Nobody in it has a later score. Leave the column “after” empty only for people who were not measured again.").At("rows"))
	case r.total > mostPeople:
		r.wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "A group has at most %d people.", mostPeople).At("rows"))
	case len(r.cells) > mostCells:
		r.wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "There are more than %d different pairs of scores.", mostCells).At("rows"))
	}
	if err := r.wrong.Err(); err != nil {
		return nil, err
	}
	var all []scheme.StepCount
	for step, people := range maps.All(r.cells) {
		step.People = people
		all = append(all, step)
	}
	slices.SortFunc(all, func(a, b scheme.StepCount) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(lostLast(a), lostLast(b)), cmp.Compare(a.To, b.To))
	})
	return all, nil
}

func lostLast(c scheme.StepCount) int {
	if c.Lost {
		return 1
	}
	return 0
}
