package evidence

import "cairn/internal/measure"

// Ends are how many of everybody with a baseline began at an end of the scale:
// at the best one nobody can score better, at the worst nobody worse.
type Ends struct {
	Best  Proportion `json:"at_best"`
	Worst Proportion `json:"at_worst"`
}

func (c *counted) baselineEnds() Ends {
	return Ends{
		Best:  c.atEnd("baseline_ends.at_best", c.score.Direction),
		Worst: c.atEnd("baseline_ends.at_worst", -c.score.Direction),
	}
}

func (c *counted) atEnd(path string, towards measure.Direction) Proportion {
	n := int(c.baselines.N())
	end, ok := c.score.End(towards)
	if !ok {
		return c.uncounted(path, n, errOpenScale)
	}
	there := 0
	for _, b := range c.baselines.Bins() {
		if b.Level == int64(end) {
			there += int(b.Count)
		}
	}
	return c.proportion(path, there, n)
}
