package evidence

import (
	"fmt"
	"math"

	"cairn/internal/measure"
)

// A Remark is one thing about how the scores were taken. All are printed every
// time: that something was in order, or is not known, is news too.
type Remark struct {
	Topic string `json:"topic"`
	Says  string `json:"says"`
	Minds bool   `json:"minds"` // it bears on how far the figures can be trusted
}

// What is said of scores that were not taken alike, or not by a stranger, or late.
const (
	AnotherWay  = "in another way the second time (in person, by phone, online): the way of asking can move a score"
	OtherHelp   = "with other help the second time: help can move a score"
	KindAnswers = "with the help of somebody who delivers the service: people may answer kindly to those who helped them"
	AfterStart  = "after the start, when something may have changed already"
)

// shortTime is where a follow-up is called short: MEASURES 6 has windows from 6
// weeks on.
const shortTime = 42 // days

// Remarks are what must be known of how the scores were taken.
func (f Finding) Remarks(d Design, c Circumstances) []Remark {
	return append([]Remark{
		c.channels(), c.helpers(), c.raters(), c.deliverers(), c.late(), c.between(), c.waited(), f.scaleEnds(), f.entry(),
	}, d.Remarks()...)
}

func (c Circumstances) channels() Remark {
	return c.Channel.remark("How people were asked", AnotherWay)
}

func (c Circumstances) helpers() Remark {
	return c.Helper.remark("Who helped with the answers", OtherHelp)
}

func (c Circumstances) raters() Remark {
	return c.Rater.remark("Whose judgement it is", "by somebody else the second time: such scores are not to be compared")
}

func (a Alike) remark(topic, changed string) Remark {
	r := Remark{Topic: topic}
	switch {
	case a.Of() == 0:
		r.Says, r.Minds = "Not recorded, so it is not known whether it was the same both times.", true
		return r
	case a.Changed == 0:
		r.Says = fmt.Sprintf("The same both times for all %s of whom it is recorded.", People(a.Of()))
	default:
		r.Says, r.Minds = fmt.Sprintf("%s of whom it is recorded were asked %s.", share(Among{a.Changed, a.Of()}), changed), true
	}
	if a.Unknown > 0 {
		r.Says += fmt.Sprintf(" Not recorded for %s.", People(a.Unknown))
	}
	return r
}

// share writes a count among so many, "12 of 40 (30%)".
func share(a Among) string {
	p := float64(a.X) / float64(a.N)
	return Share(Proportion{X: a.X, N: a.N, P: &p})
}

func (c Circumstances) deliverers() Remark {
	r := Remark{Topic: "Who measured"}
	switch a := c.Deliverer; {
	case a.N == 0:
		r.Says, r.Minds = "Not recorded, so it is not known whether the people who deliver the service helped with the answers.", true
	case a.X == 0:
		r.Says = fmt.Sprintf("None of %s later scores were taken with the help of somebody who delivers the service.", People(a.N))
	default:
		r.Says, r.Minds = fmt.Sprintf("%s later scores were taken %s.", share(a), KindAnswers), true
	}
	return r
}

func (c Circumstances) late() Remark {
	r := Remark{Topic: "Late baselines"}
	switch a := c.LateBaselines; {
	case a.N == 0:
		r.Says, r.Minds = "Not known: the days of starting and of measuring are not both recorded.", true
	case a.X == 0:
		r.Says = fmt.Sprintf("None of %s baselines were taken after the start.", People(a.N))
	default:
		r.Says, r.Minds = fmt.Sprintf("%s baselines were taken %s.", share(a), AfterStart), true
	}
	return r
}

func (c Circumstances) between() Remark {
	r := Remark{Topic: "Time between the two scores"}
	if c.Between.Median == nil {
		r.Says, r.Minds = "Not known: the days are not recorded.", true
		return r
	}
	r.Says = "Half of them lie " + c.Between.text() + " apart." + notRecordedFor(c.Apart)
	if *c.Between.Median < shortTime {
		r.Says += fmt.Sprintf(" That is short, less than %d weeks: whether it lasts is not known.", shortTime/7)
		r.Minds = true
	}
	return r
}

func (c Circumstances) waited() Remark {
	r := Remark{Topic: "From referral to baseline"}
	if c.Waited.Median == nil {
		r.Says = "Not known: the days are not recorded."
		return r
	}
	r.Says = "Half of them took " + c.Waited.text() + "." + notRecordedFor(c.Undated)
	return r
}

// notRecordedFor says of how many a number of days is not known.
func notRecordedFor(people int) string {
	if people == 0 {
		return ""
	}
	return " Not recorded for " + People(people) + "."
}

// text is the middle half and the median, "77 to 95 days (median 84)".
func (d Days) text() string {
	if d.Lower == nil || d.Upper == nil || *d.Lower == *d.Upper {
		return days(*d.Median) + " days"
	}
	return fmt.Sprintf("%s to %s days (median %s)", d.from(), d.to(), days(*d.Median))
}

// days writes whole days, and halves as such.
func days(v float64) string {
	if v == math.Trunc(v) {
		return Fixed(&v, 0)
	}
	return Fixed(&v, 1)
}

func (f Finding) scaleEnds() Remark {
	r := Remark{Topic: "Room to move"}
	best, worst := f.BaselineEnds.Best, f.BaselineEnds.Worst
	switch {
	case f.BaselineAll.N == 0:
		r.Says = "Nobody has a baseline."
	case best.P == nil && worst.P == nil:
		r.Says = "This scale lacks ends of its own, so nobody can begin at one."
	default:
		r.Says = fmt.Sprintf("%s began at the best end of the scale and %s at the worst, where a score can move one way only.", ended(best), ended(worst))
		r.Minds = manyAt(best) || manyAt(worst)
	}
	return r
}

func ended(p Proportion) string {
	if p.P == nil {
		return "nobody (there is no end)"
	}
	return Share(p)
}

func (f Finding) entry() Remark {
	r := Remark{Topic: "Who was taken in"}
	best, low := f.takenInLow()
	cut := f.RegressionToMean.Cutoff
	switch {
	case cut.Cutoff != nil && f.entered():
		r.Says = fmt.Sprintf("People were taken in with scores %s %s. ", *cut.Side, Points(cut.Cutoff, f.Score)) + f.ExpectedWords()
		r.Minds = true
	case low:
		beyond := "above"
		if f.Score.Direction == measure.LowerIsBetter {
			beyond = "below"
		}
		r.Says = fmt.Sprintf("Nobody began %s %s: people were taken in when they were doing badly, and some of them come back by themselves. ", beyond, Points(&best, f.Score))
		r.Says += f.ExpectedWords()
		r.Minds = true
	case f.BaselineAll.N < telling:
		r.Says = "With so few baselines it cannot be told whether people were taken in by their score."
	default:
		r.Says = "Baselines do not stop at a cut-off for entry. " + f.ExpectedWords()
	}
	return r
}

// Remarks are those of what was laid down beforehand.
func (d Design) Remarks() []Remark { return []Remark{d.multiplicity(), d.changed()} }

func (d Design) multiplicity() Remark {
	r := Remark{Topic: "One figure among several"}
	first := "This one was set beforehand as the first to look at."
	switch {
	case d.FirstLast:
		first = "This one pairs first and last scores, which is not the plan's rule: exploratory."
	case !d.Primary:
		first = "This one was not set beforehand as the first to look at: exploratory."
	}
	switch {
	case d.Figures == 0:
		r.Says = "It is not recorded how many scores were looked at. " + first
	case d.Figures == 1:
		r.Says = "The plan collects one score at one later time. " + first
	default:
		r.Says = fmt.Sprintf("The plan makes %d figures like this one, and nothing is corrected for their number: 1 interval in 20 misses by chance. %s", d.Figures, first)
	}
	r.Minds = !d.Primary
	return r
}

func (d Design) changed() Remark {
	r := Remark{Topic: "The plan"}
	switch {
	case d.Ground != DatedPlan:
		r.Says, r.Minds = "There is no dated plan to hold this against: it cannot be shown what was fixed beforehand.", true
	case d.Versions > 1:
		r.Says, r.Minds = fmt.Sprintf("It was changed: people here can have been measured under %d versions of it.", d.Versions), true
	default:
		r.Says = "It did not change while these people were measured."
	}
	return r
}
