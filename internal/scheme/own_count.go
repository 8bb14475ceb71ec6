package scheme

import "cairn/internal/measure"

// TwoSheets are the answers of a person's two assessments that make a pair; nil
// where only a score was typed in.
type TwoSheets struct {
	Base, Later map[string]int
}

// OwnCount says of how many of people's own problems or goals the scores of pairs
// are.
type OwnCount struct {
	People int // of whom it is known
	Rated  int // problems or goals of theirs that were rated both times
	Fewest int // of one person
	Most   int
	Typed  int // people of whom it is not known: a score was typed in
}

// Add counts one pair of scores of sc.
func (c *OwnCount) Add(two TwoSheets, def measure.Definition, sc measure.Score) {
	n := def.RatedBoth(sc, two.Base, two.Later)
	if n == 0 {
		c.Typed++
		return
	}
	if c.People == 0 || n < c.Fewest {
		c.Fewest = n
	}
	c.Most = max(c.Most, n)
	c.People++
	c.Rated += n
}
