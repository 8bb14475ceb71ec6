package evidence

import (
	"fmt"
	"slices"
	"strings"
)

// Claims are what may be said of a finding and what may not, each a sentence
// that can stand alone. What may be said includes bad news: it is not to be left
// out.
type Claims struct {
	May    []string
	MayNot []string
}

// Claims follow from the numbers and from what was laid down beforehand. About
// one person nothing but the counts may be said.
func (f Finding) Claims(ctx Context, d Design) Claims {
	return Claims{May: f.may(ctx, d), MayNot: f.mayNot(d)}
}

func (f Finding) may(ctx Context, d Design) []string {
	level := f.Level(d)
	all := []string{capital(f.measured(ctx))}
	if f.Counts.Paired > 1 && !f.Spread() {
		all = append(all, f.changed())
	}
	if f.Counts.Paired > 1 {
		all = append(all, f.shares())
	}
	if says := d.Comparator.says(); says != "" {
		all = append(all, capital(says)+".")
	}
	if f.Counts.Paired > 1 && f.Counts.Lost > 0 {
		all = append(all, f.hidden())
	}
	return append(all, fmt.Sprintf("How well it was measured is at level %d of %d, “%s”.", level.Number, HighestLevel, level.Name))
}

// changed is the mean change with its interval in one sentence, whichever way it
// went.
func (f Finding) changed() string {
	return strings.Join(slices.DeleteFunc([]string{f.moved(), f.interval(), f.weighed()}, func(s string) bool { return s == "" }), " ")
}

// weighed holds a change against what comes by itself.
func (f Finding) weighed() string {
	switch f.Bearing() {
	case ByItself:
		if !f.expectable() {
			return "People were taken in when they were doing badly, and it is not known how much of this comes by itself (regression to the mean)."
		}
		return fmt.Sprintf("%s%s (regression to the mean): this may be no more than that.", f.ownAccord(), f.ifUsual())
	case ForBetter:
		return fmt.Sprintf("%s%s (regression to the mean): this is more.", f.ownAccord(), f.ifUsual())
	case Unweighed:
		return "How much of that comes by itself (regression to the mean) is not known for this score."
	}
	return f.unmoved()
}

// unmoved says of people whose interval shows no gain, or a loss, that they could
// have been expected to gain.
func (f Finding) unmoved() string {
	lo, hi, why := f.Told()
	if why != "" || f.mostByItself() == 0 {
		return ""
	}
	switch f.Bearing() {
	case ForWorse:
		return fmt.Sprintf("%s%s (regression to the mean): they went the other way.", f.ownAccord(), f.ifUsual())
	case Unclear:
		tail := "this is no sign of more."
		least := f.mostByItself()
		if low, high, ok := f.Expected(); ok {
			least = min(least, f.better(low), f.better(high))
		}
		if max(f.better(*lo), f.better(*hi)) < least {
			tail = "they did not gain so much."
		}
		return fmt.Sprintf("%s%s (regression to the mean): %s", f.ownAccord(), f.ifUsual(), tail)
	}
	return ""
}

// ifUsual is what such an expectation rests on: how these people usually are, or,
// of people taken in by a cut-off, whom they were taken in from.
func (f Finding) ifUsual() string {
	r := f.RegressionToMean
	if f.ByCutoff() != nil {
		return fmt.Sprintf(", if they were taken in from people with a mean of %s and a standard deviation of %s points", asStated(*r.PopMean), asStated(*r.Cutoff.PopSD))
	}
	if _, _, ok := f.Expected(); !ok {
		return ""
	}
	return ", " + r.Range.If()
}

// ownAccord is the change that was to be expected without any help, and of whom: by
// the cut-off for entry where people were taken in by one, else over what is stated.
func (f Finding) ownAccord() string {
	if cut := f.ByCutoff(); cut != nil {
		return "About " + f.between(*cut, *cut) + " could be expected of people taken in by a cut-off for entry without any help"
	}
	low, high, _ := f.Expected()
	return "About " + f.between(low, high) + " could be expected of people who began here without any help"
}

// hidden is what the lost could hide.
func (f Finding) hidden() string {
	b := f.Bounds
	if b.Best == nil || b.Worst == nil {
		return fmt.Sprintf("%s lost, and it is not known how they fared.", were(b.Lost))
	}
	return fmt.Sprintf("%s lost. Had all of them come to the worst end of the scale the mean change would be %s points, and at the best end %s.",
		were(b.Lost), Signed(b.Worst, f.Score), Signed(b.Best, f.Score))
}

func (f Finding) mayNot(d Design) []string {
	var all []string
	c := f.Counts
	add := func(holds bool, text string) {
		if holds {
			all = append(all, text)
		}
	}
	two := c.Paired > 1
	bearing := f.Bearing()
	add(c.Paired == 0, "That people changed, or that they did not: nobody has been measured twice.")
	add(c.Paired == 1, "Anything about change: one person was measured twice, and a figure would be about that person.")
	if two {
		all = append(all, d.Comparator.mayNot()...)
	}
	add(bearing == Unclear && f.intervalled(), "That people got better, or that they got worse: the interval does not tell which.")
	add(bearing == Unclear && !f.intervalled(), "That people got better, or that they got worse: without an interval nothing tells whether this is chance.")
	add(bearing == Unclear, "That nothing happened: not to see a change is not to have shown that there is none.")
	add(bearing == ByItself, "That people improved because they were helped: the interval reaches down to a change that people like these could have without any help.")
	add(bearing == Unweighed, "That people improved because they were helped: how much of a change comes by itself is not known for this score.")
	add(bearing == TooFewLeft, "That people improved: too many of those due were not measured again.")
	add(bearing == ForWorse, "That the scheme harmed people: a change from before to after does not say what would have happened anyway. That they scored worse is to be told nonetheless.")
	add(two && c.Lost > 0, fmt.Sprintf("That this holds for everybody who was due: %s were not measured again.", Share(lostOf(f))))
	add(two && c.Paired < c.Persons, fmt.Sprintf("That this holds for everybody who was referred: %s were measured twice.", Share(c.OfPersons)))
	add(two && c.Paired < FewPeople, fmt.Sprintf("That the next people would change alike: with fewer than %d the figures move a good deal.", FewPeople))
	add(two && !f.Reliable(), "That anybody got reliably better or worse: no threshold of reliable change is agreed for this score.")
	add(two && !d.Primary, "That this is the scheme's main result: it was not set beforehand as the first to look at.")
	add(true, "That this scheme is better or worse than another one: schemes take in different people.")
	return all
}

// lostOf is the share of those due who were not measured again.
func lostOf(f Finding) Proportion {
	p := Proportion{X: f.Counts.Lost, N: f.Counts.Baseline}
	if p.N > 0 {
		share := float64(p.X) / float64(p.N)
		p.P = &share
	}
	return p
}

// BoardAnswer is the finding in three sentences to read out: who was measured,
// what changed with those who got better and worse, and how sure it is.
func (f Finding) BoardAnswer(ctx Context, d Design) [3]string {
	level := f.Level(d)
	sure := fmt.Sprintf("How well this was measured is at level %d of %d (%s), which says nothing of how well it worked; %s",
		level.Number, HighestLevel, level.Name, first(inside(f.CautionsBeside(d.Comparator)[0])))
	if f.Counts.Paired < 2 {
		what := "So there is nothing yet to say about change"
		if f.Counts.Paired == 1 {
			what = "One person's change says nothing about a scheme, so none is given"
		}
		return [3]string{ctx.who() + f.measured(ctx), what + ".", sure}
	}
	return [3]string{ctx.who() + f.measured(ctx), f.boardResult(d.Comparator), sure}
}

// first is the first sentence of a text.
func first(text string) string {
	if one, _, more := strings.Cut(text, ". "); more {
		return one + "."
	}
	return text
}

// boardResult is the change, its interval, the difference from a comparison group
// that stands, and who got better and worse in one sentence.
func (f Finding) boardResult(against *Comparator) string {
	better, same, worse, by := f.Movement()
	if f.Spread() {
		return fmt.Sprintf("Of the %s, %s scored better by any amount, %s worse and %s the same; a mean of such answers says nothing.",
			People(f.Counts.Paired), part(better), part(worse), part(same))
	}
	c := f.Change
	text := fmt.Sprintf("Their mean change was %s points (%s)", Signed(c.Mean, f.Score), f.Score.Better())
	switch {
	case f.intervalled():
		text = fmt.Sprintf("Their mean change was %s points (95%% interval %s; %s)", Signed(c.Mean, f.Score), ToldEnds(f, f.Score), f.Score.Better())
	case f.TooFew() != "":
		text = fmt.Sprintf("Their mean change was %s points (%s; %s)", Signed(c.Mean, f.Score), tooFew, f.Score.Better())
	}
	text += map[Bearing]string{
		Unclear:    ", which does not tell whether people got better or worse on average",
		ByItself:   ", and all of it may have come by itself",
		Unweighed:  ", a change for the better, of which it is not known how much comes by itself",
		TooFewLeft: ", among the few who could be measured again",
		ForWorse:   ", a change for the worse",
		ForBetter:  ", a change for the better",
	}[f.Bearing()]
	if says := against.says(); says != "" {
		text += "; " + says
	}
	if by == "" {
		return fmt.Sprintf("%s; %s scored better by any amount, %s worse and %s the same.", text, part(better), part(worse), part(same))
	}
	return fmt.Sprintf("%s; %s got reliably better, %s reliably worse and %s neither.", text, part(better), part(worse), part(same))
}
