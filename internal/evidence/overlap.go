package evidence

import (
	"fmt"
	"math"

	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/stat"
)

// What two groups need before they are compared at the same baseline. An
// adjustment where the groups hardly meet is a guess about people who are not
// there.
const (
	LeastOnASide = 20  // people measured twice
	LeastInside  = 0.8 // of each group inside the other's middle, 0 to 1
	MostApart    = 1.0 // standard deviations between the baselines
	middleFrom   = 0.05
	middleTo     = 0.95
)

// An Overlap says how alike two groups of people measured twice began.
type Overlap struct {
	N      [2]int        `json:"n"`            // people measured twice, reference first
	Inside [2]Proportion `json:"inside"`       // those whose baseline lies from the other group's 5th to its 95th percentile
	SMD    *float64      `json:"baseline_smd"` // the second less the first, pooled standard deviations
}

// NewOverlap looks at the baselines of people measured twice.
func NewOverlap(score measure.Score, reference, other scheme.Transitions) Overlap {
	a, b := count(score, reference), count(score, other)
	o := Overlap{N: [2]int{a.n(), b.n()}}
	o.Inside[0] = a.proportion("inside", amid(score, a.before, b.before), a.n())
	o.Inside[1] = b.proportion("inside", amid(score, b.before, a.before), b.n())
	if plain, err := stat.NewUnadjusted([]stat.Table{a.table, b.table}); err == nil {
		o.SMD = plain[0].BaselineSMDPooled.Ptr()
	}
	return o
}

// amid counts the people of one group within the middle nine tenths of the
// other; nobody is inside a group of nobody.
func amid(score measure.Score, of, other stat.Histogram) int {
	low, err := other.Quantile(middleFrom).Value()
	if err != nil {
		return 0
	}
	high, err := other.Quantile(middleTo).Value()
	if err != nil {
		return 0
	}
	n := 0
	for _, b := range of.Bins() {
		if points := measure.Level(b.Level).Points(score.Decimals); points >= low-1e-10 && points <= high+1e-10 {
			n += int(b.Count)
		}
	}
	return n
}

// Refused says in a sentence each why the two must not be compared at the same
// baseline; none when they may be. The names are of the reference and the other
// group, as they stand in a sentence.
func (o Overlap) Refused(reference, other string) []string {
	var why []string
	for i, name := range []string{reference, other} {
		if o.N[i] < LeastOnASide {
			why = append(why, fmt.Sprintf("%s measured twice %s, and at least %d are needed on each side.", were(o.N[i]), name, LeastOnASide))
		}
	}
	if len(why) > 0 {
		return why
	}
	for i, name := range []string{reference, other} {
		if p := o.Inside[i]; p.P != nil && *p.P < LeastInside {
			why = append(why, fmt.Sprintf("Only %s of those %s began within the middle nine tenths of the other group; at least 80%% are needed.", Percent(p.P), name))
		}
	}
	switch {
	case o.SMD == nil:
		why = append(why, "How far apart the two groups began is "+NotEstimable+", since their baselines have no spread.")
	case math.Abs(*o.SMD) > MostApart:
		why = append(why, fmt.Sprintf("The two groups began %s standard deviations apart; at most 1 is allowed.", Fixed(number(math.Abs(*o.SMD)), 2)))
	}
	return why
}

func number(v float64) *float64 { return &v }

// Sentence tells how alike the groups began.
func (o Overlap) Sentence(reference, other string) string {
	text := fmt.Sprintf("%s of those %s and %s of those %s began within the middle nine tenths of the other group; ",
		Percent(o.Inside[0].P), reference, Percent(o.Inside[1].P), other)
	if o.SMD == nil {
		return text + "how far apart the mean baselines lie is " + NotEstimable + "."
	}
	return text + fmt.Sprintf("the mean baselines lie %s standard deviations apart.", Fixed(absolute(o.SMD), 2))
}

func absolute(v *float64) *float64 {
	if v == nil {
		return nil
	}
	return number(math.Abs(*v))
}
