package disclosure

import (
	"fmt"
	"math"
	"strings"

	"cairn/internal/evidence"
)

// Claims are what may be said of a figure and what may not, each a sentence that
// can stand alone, all of shown numbers. Bad news is in what may be said.
type Claims struct {
	May    []string `json:"may"`
	MayNot []string `json:"may_not"`
}

func (f *Figure) claims(d evidence.Design) *Claims {
	return &Claims{May: f.may(), MayNot: f.mayNot(d)}
}

func (f *Figure) may() (all []string) {
	for _, one := range []string{
		capital(f.measured(evidence.Context{Occasion: f.Question.Occasion.Label()})),
		f.changed(), f.counted(), f.couldHide(),
		fmt.Sprintf("How well it was measured is at level %d of %d, “%s”.", f.Level.Number, evidence.HighestLevel, f.Level.Name),
	} {
		if one != "" {
			all = append(all, one)
		}
	}
	return all
}

// changed is the mean change, its interval, and how much comes by itself.
func (f *Figure) changed() string {
	if f.Change.Mean == nil {
		return ""
	}
	parts := []string{f.moved()}
	if text := f.interval(); text != "" {
		parts = append(parts, text)
	}
	if text := f.weighed(); text != "" {
		parts = append(parts, text)
	}
	return strings.Join(parts, " ")
}

func (f *Figure) counted() string {
	if !f.Flow.Paired.Known() {
		return ""
	}
	return f.shares()
}

// couldHide is what those who were not measured again could hide.
func (f *Figure) couldHide() string {
	lost := capital(f.Flow.Lost.Text())
	switch {
	case !f.Flow.Paired.Known():
		return ""
	case f.Bounds.Best != nil && f.Bounds.Worst != nil:
		return fmt.Sprintf("%s people were not measured again. Had all of them come to the worst end of the scale the mean change would be %s points, and at the best end %s.",
			lost, signed(f.Bounds.Worst), signed(f.Bounds.Best))
	case f.Flow.Lost.Under > 0:
		return lost + " people were not measured again."
	}
	return lost + " people were not measured again, and it is not known how they fared."
}

// intervalEnds are those of the interval, turned so that above zero is for the better.
func (f *Figure) intervalEnds() (worst, best float64, ok bool) {
	if f.Change.Lo == nil || f.Change.Hi == nil {
		return 0, 0, false
	}
	a, b := f.better(*f.Change.Lo), f.better(*f.Change.Hi)
	return math.Min(a, b), math.Max(a, b), true
}

func (f *Figure) mayNot(d evidence.Design) (all []string) {
	add := func(holds bool, text string) {
		if holds {
			all = append(all, text)
		}
	}
	two := f.Flow.Paired.Known()
	worst, best, intervalled := f.intervalEnds()
	unclear := two && (!intervalled || worst <= 0 && best >= 0)
	add(!two, "That people changed, or that they did not: too few were measured twice.")
	add(two, "That the scheme caused this. There is no comparison group, so the word is “change”, and not “effect”, “impact” or “worked”.")
	add(unclear && intervalled, "That people got better, or that they got worse: the interval does not tell which.")
	add(unclear && !intervalled, "That people got better, or that they got worse: without an interval nothing tells whether this is chance.")
	add(unclear, "That nothing happened: not to see a change is not to have shown that there is none.")
	add(intervalled && worst > 0, "That people improved because they were helped: part of a change for the better comes by itself (regression to the mean).")
	add(intervalled && worst > 0 && !f.surelyComplete(), "That people improved: too many of those due were not measured again.")
	add(intervalled && best < 0, "That the scheme harmed people: a change from before to after does not say what would have happened anyway. That they scored worse is to be told nonetheless.")
	add(two && f.Flow.Lost.Known(), fmt.Sprintf("That this holds for everybody who was due: %s were measured again.", f.Completion.Text()))
	add(two, fmt.Sprintf("That this holds for everybody who was referred: %s were measured twice.", f.OfReferred.Text()))
	add(two && f.surely(f.Flow.Paired) < evidence.FewPeople, fmt.Sprintf("That the next people would change alike: with fewer than %d the figures move a good deal.", evidence.FewPeople))
	add(two && !f.Movement.Reliable, "That anybody got reliably better or worse: no threshold of reliable change is agreed for this score.")
	add(two && !d.Primary, "That this is the scheme's main result: it was not set beforehand as the first to look at.")
	add(true, "That this scheme is better or worse than another one: schemes take in different people.")
	return all
}
