package evidence

import (
	"fmt"

	"cairn/internal/measure"
	"cairn/internal/stat"
)

const errNoBands stat.Refusal = "no published bands of this scale are known"

// Banded is where the people measured twice stand in the measure's published
// bands, and how many moved to another one. A move between bands is not reliable
// change: one point at a border is a move, and four points within a band are
// none.
type Banded struct {
	About  string `json:"about"`
	Source string `json:"source"`
	// How many people were in each band, from the lowest one up.
	Names  []string   `json:"names"`
	Before []int      `json:"before"`
	After  []int      `json:"after"`
	Better Proportion `json:"moved_better"`
	Same   Proportion `json:"same_band"`
	Worse  Proportion `json:"moved_worse"`
}

// bands counts by the first division of the scale that the definition names.
func (c *counted) bands(steps []step) *Banded {
	if len(c.score.Bands) == 0 {
		c.missing("bands", errNoBands)
		return nil
	}
	of := c.score.Bands[0]
	b := &Banded{
		About: of.About, Source: of.Source, Names: bandNames(c.score, of),
		Before: make([]int, len(of.From)), After: make([]int, len(of.From)),
	}
	var up, same, down int64
	if c.broken == nil {
		for _, s := range steps {
			from, to := band(of, s.From), band(of, s.To)
			b.Before[from] += s.people
			b.After[to] += s.people
			switch {
			case to > from:
				up += int64(s.people)
			case to < from:
				down += int64(s.people)
			default:
				same += int64(s.people)
			}
		}
	}
	better, worse := c.turned(up, down)
	b.Better = c.proportion("bands.moved_better", better, c.n())
	b.Same = c.proportion("bands.same_band", int(same), c.n())
	b.Worse = c.proportion("bands.moved_worse", worse, c.n())
	return b
}

// Bins are the bands as parts of the scale that are drawn beside each other.
func (b *Banded) Bins() []Bin {
	bins := make([]Bin, len(b.Names))
	for i, name := range b.Names {
		bins[i] = Bin{Label: name, Before: b.Before[i], After: b.After[i]}
	}
	return bins
}

// band is the place of a level among the bands, from 0.
func band(of measure.Bands, l measure.Level) int {
	at := 0
	for i, b := range of.From {
		if l >= b.Level {
			at = i
		}
	}
	return at
}

// bandNames are the bands with the scores that they hold, "low (0 to 4)".
func bandNames(s measure.Score, of measure.Bands) []string {
	names := make([]string, len(of.From))
	_, begins := s.End(measure.LowerIsBetter)
	_, ends := s.End(measure.HigherIsBetter)
	for i, b := range of.From {
		last, final := s.Max, i+1 == len(of.From)
		if !final {
			last = of.From[i+1].Level - 1
		}
		part := s.Text(b.Level) + " to " + s.Text(last)
		switch {
		case i == 0 && !begins:
			part = "up to " + s.Text(last)
		case final && !ends:
			part = "from " + s.Text(b.Level)
		case last == b.Level:
			part = s.Text(b.Level)
		}
		names[i] = fmt.Sprintf("%s (%s)", b.Name, part)
	}
	return names
}
