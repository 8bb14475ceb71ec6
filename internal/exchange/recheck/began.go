package recheck

import (
	"encoding/csv"
	"math"
	"slices"
	"strconv"
	"strings"
)

// A trial is the scores of one kind of a referral, while its rows of long.csv are
// read: of one measure and rater, and known to the day, to the month or not at all.
type trial struct {
	score, rater, dated string
	days, place         int    // the fewest so far
	early, first        string // the scores of those
}

// A part is one of a scale.
type part struct{ score, at string }

// tried notes a score of long.csv where it may be the person's first: nothing says
// which of two came first that are not of one kind, and of one kind the days, or
// without them the order of rows, and the occasions may each say another.
func (c *check) tried(p *person, of map[string]string) {
	if p != c.trying || of["referral_no"] != c.referral {
		c.settle()
		c.trying, c.referral = p, c.once(of["referral_no"])
	}
	score, cell := of["measure"], of["score"]
	if score == "" || cell == "" {
		return // it was not taken
	}
	days, err := strconv.Atoi(of["days"])
	if err != nil {
		days = math.MaxInt
	}
	place := placeOf(of["occasion"])
	i := slices.IndexFunc(c.trials, func(t trial) bool { return t.score == score && t.rater == of["rater"] && t.dated == of["dated"] })
	if i < 0 {
		cell = c.once(cell)
		c.trials = append(c.trials, trial{c.once(score), c.once(of["rater"]), c.once(of["dated"]), days, place, cell, cell})
		return
	}
	if t := &c.trials[i]; days < t.days {
		t.days, t.early = days, c.once(cell)
	}
	if t := &c.trials[i]; place < t.place {
		t.place, t.first = place, c.once(cell)
	}
}

// settle takes over what was tried of one referral. Which of two came first is not
// asked: one of them may have come without any day.
func (c *check) settle() {
	for _, t := range c.trials {
		c.begin(c.trying, t.score, t.early)
		c.begin(c.trying, t.score, t.first)
	}
	c.trials = c.trials[:0]
}

// begin notes in which part of a scale somebody may have begun.
func (c *check) begin(p *person, score, cell string) {
	if cell == "" {
		return
	}
	of := part{score, c.scales[score].part(cell)}
	number, there := c.parted[of]
	if !there {
		number = int32(len(c.parted)) // a scale has few parts, and a file few scales
		c.parted[part{c.once(of.score), c.once(of.at)}] = number
	}
	if !slices.Contains(p.began, number) {
		p.began = append(p.began, number)
	}
}

// placeOf puts occasions in the order in which they come.
func placeOf(occasion string) int {
	if days, found := strings.CutPrefix(occasion, "day-"); found {
		if n, err := strconv.Atoi(days); err == nil {
			return n
		}
	}
	switch occasion {
	case "waiting":
		return -1
	case "baseline":
		return 0
	case "end":
		return math.MaxInt
	}
	return math.MaxInt - 1
}

// A scale runs from the lowest score to the highest; NaN where there is none.
type scale struct{ low, high float64 }

// part is in which quarter of a scale a score lies; of a scale without ends the
// score itself.
func (s scale) part(cell string) string {
	v, err := strconv.ParseFloat(cell, 64)
	if cell == "" || err != nil || !(s.high > s.low) || math.IsInf(s.high-s.low, 0) {
		return cell
	}
	return strconv.Itoa(1 + int(min(3, math.Floor(4*(v-s.low)/(s.high-s.low)+1e-9))))
}

// ends are those of every score, as measures.csv gives them.
func (c *check) ends() map[string]scale {
	all := map[string]scale{}
	rows, err := csv.NewReader(strings.NewReader(string(c.files["measures.csv"]))).ReadAll()
	if err != nil || len(rows) == 0 {
		c.wrong("measures.csv: is not a table")
		return all
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	number := func(row []string, column string) float64 {
		i, there := at[column]
		if !there {
			return math.NaN()
		}
		v, err := strconv.ParseFloat(row[i], 64)
		if err != nil {
			return math.NaN()
		}
		return v
	}
	for _, row := range rows[1:] {
		all[row[at["measure"]]] = scale{number(row, "lowest"), number(row, "highest")}
	}
	return all
}
