package intake

import (
	"regexp"
	"strings"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// mostWords and mostNumbers bound what is remembered of a column's cells.
const (
	mostWords   = 2000
	mostNumbers = 3000
	mostLooked  = 3000 // cells that are looked at for who somebody is
)

// cells is what stands in one column.
type cells struct {
	filled  int
	numbers []string       // of those that are
	words   map[string]int // how often each text stands there, the first of many
	looked  int
	who     int // of those looked at, that say who somebody is
	names   int // that look like a person's name
	long    int // that are sentences
	turns   turns
	dates   int // in whatever order
	answers int // that are yes or no
	marks   *marks
}

func newCells(m *marks) *cells {
	return &cells{words: map[string]int{}, marks: m}
}

// marks are the forms of what says who somebody is.
type marks struct{ email, postcode, phone, name *regexp.Regexp }

func newMarks() *marks {
	return &marks{
		email:    regexp.MustCompile(`^[^@\s]+@[^@\s]+\.[a-zA-Z]{2,}$`),
		postcode: regexp.MustCompile(`^(?i)[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}$`),
		phone:    regexp.MustCompile(`^(\+44|0044|0)[0-9 ()-]{9,14}$`),
		name:     regexp.MustCompile(`^\p{Lu}[\p{L}'’-]+,? \p{Lu}[\p{L}'’-]+( \p{Lu}[\p{L}'’-]+)?$`),
	}
}

// note takes one cell into account.
func (c *cells) note(text string) {
	if notThere(text) {
		return
	}
	c.filled++
	if n, there := c.words[text]; there {
		c.words[text] = n + 1
	} else if len(c.words) < mostWords && len(text) <= 200 {
		c.words[strings.Clone(text)] = 1
	}
	if _, ok := measure.DecimalsOf(text); ok && len(c.numbers) < mostNumbers {
		c.numbers = append(c.numbers, strings.Clone(text))
	}
	if c.looked == mostLooked {
		return
	}
	c.looked++
	if _, ok := yes(text); ok {
		c.answers++
	}
	switch {
	case c.marks.email.MatchString(text), c.marks.postcode.MatchString(text), c.marks.phone.MatchString(text), scheme.HoldsNHSNumber(text), scheme.IsInsuranceNumber(text):
		c.who++
	case c.marks.name.MatchString(text):
		c.names++
	case len(text) > 60 || strings.Count(text, " ") > 6:
		c.long++
	}
	c.turns.note(text)
	if (&calendar{epoch: 1900}).otherwise(text) {
		c.dates++
	}
}

// most reports whether at least so many in a hundred of the cells looked at are
// of a kind.
func (c *cells) most(n, percent int) bool { return c.looked > 0 && n*100 >= c.looked*percent }
