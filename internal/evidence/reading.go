package evidence

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A Verdict is what one person's change in one score comes to.
type Verdict string

const (
	NoScore  Verdict = "no_score"           // none by the rater whom the measure is meant for
	OneScore Verdict = "one_score"          // nothing to compare with yet
	Better   Verdict = "reliably_better"    // past the threshold
	NoChange Verdict = "no_reliable_change" // not past it, or the same score
	Worse    Verdict = "reliably_worse"     // past it the other way
	Unsaid   Verdict = "cannot_be_said"     // no threshold is agreed
)

// Verdicts lists every one.
func Verdicts() []Verdict { return []Verdict{NoScore, OneScore, Better, NoChange, Worse, Unsaid} }

// A Reading is one person's course in one series with what may be said of it. It
// is the finding of a table in which that person is alone, so that one person is
// judged by the very rule that a scheme's people are counted by.
type Reading struct {
	scheme.Course
	Verdict   Verdict
	Change    *float64 // later minus first, score points; nil where nothing is compared
	Threshold *float64 // of reliable change, score points; nil where none is agreed
	By        string   // the threshold and its source in words

	end float64 // the first score lies at the best (1) or worst (-1) end of the scale
	way float64 // the change is for the better (1) or worse (-1)
}

// Read says what a course comes to.
func Read(c scheme.Course) Reading {
	r := Reading{Course: c, Verdict: NoScore}
	if c.Base == nil {
		return r
	}
	alone := scheme.Tally{State: scheme.BaselineOnly, From: c.Base.Level, People: 1}
	if c.Later != nil {
		alone.State, alone.To = scheme.Paired, c.Later.Level
	}
	table := scheme.NewTransitions()
	table.Add(alone)
	f := Of(c.Score, table)
	if points, ok := f.Threshold(); ok {
		r.Threshold = &points
	}
	switch {
	case f.BaselineEnds.Best.X == 1:
		r.end = 1
	case f.BaselineEnds.Worst.X == 1:
		r.end = -1
	}
	if c.Later == nil {
		r.Verdict = OneScore
		return r
	}
	r.Change = f.Change.Mean
	r.way = float64(f.Change.ImprovedAny - f.Change.WorseAny)
	better, _, worse, by := f.Movement()
	r.By = by
	switch {
	case by == "":
		r.Verdict = Unsaid
	case better.X == 1:
		r.Verdict = Better
	case worse.X == 1:
		r.Verdict = Worse
	default:
		r.Verdict = NoChange
	}
	return r
}

// Band is the range in which a later score could lie by the measure's own error
// alone, score points; there is none without an agreed threshold. It ends where
// the scale does.
func (r Reading) Band() (low, high float64, ok bool) {
	if r.Threshold == nil || r.Base == nil {
		return 0, 0, false
	}
	at := r.Base.Level.Points(r.Score.Decimals)
	low, high = at-*r.Threshold, at+*r.Threshold
	if end, closed := r.Score.End(measure.LowerIsBetter); closed {
		low = max(low, end.Points(r.Score.Decimals))
	}
	if end, closed := r.Score.End(measure.HigherIsBetter); closed {
		high = min(high, end.Points(r.Score.Decimals))
	}
	return low, high, true
}

// Sentence is the reading in plain words: how far and which way, from where to
// where, and whether that is more than chance.
func (r Reading) Sentence() string {
	switch r.Verdict {
	case NoScore:
		return "There is no score by the person whom this measure asks, so nothing is compared."
	case OneScore:
		return fmt.Sprintf("One score so far: %s on %s. There is nothing to compare it with yet.", r.at(r.Base), r.day(r.Base))
	}
	return fmt.Sprintf("%s, from %s on %s to %s on %s. %s",
		r.since(), r.at(r.Base), r.day(r.Base), r.at(r.Later), r.day(r.Later), r.judged())
}

// Says is the change and the verdict alone.
func (r Reading) Says() string {
	switch r.Verdict {
	case NoScore:
		return "No score yet."
	case OneScore:
		return "One score so far: nothing to compare it with yet."
	}
	return r.since() + ". " + r.judged()
}

// since is the change as it is said first.
func (r Reading) since() string {
	if r.way == 0 {
		return "The same as at the start"
	}
	return r.Moved() + " than at the start"
}

// judged says whether the change is more than chance.
func (r Reading) judged() string {
	switch r.Verdict {
	case Better, Worse:
		return "That is more than chance in this measure would usually give: " + r.Verdict.Label() + "."
	case NoChange:
		return "That could be chance in this measure: no reliable change."
	}
	return "No threshold is agreed for this score, so whether that is more than chance cannot be said."
}

// Label is the verdict in two or three words.
func (v Verdict) Label() string {
	switch v {
	case Better:
		return "reliably better"
	case NoChange:
		return "no reliable change"
	case Worse:
		return "reliably worse"
	case OneScore:
		return "one score so far"
	case NoScore:
		return "no score yet"
	}
	return "cannot be said"
}

// Moved is how far the score went and which way, "3.1 points better".
func (r Reading) Moved() string {
	if r.Base == nil || r.Later == nil {
		return "Not compared"
	}
	far := r.Later.Level - r.Base.Level
	if far < 0 {
		far = -far
	}
	text := r.Score.Text(far) + " points"
	if text == "1 points" {
		text = "1 point"
	}
	switch {
	case r.way > 0:
		return text + " better"
	case r.way < 0:
		return text + " worse"
	}
	return "No change"
}

// Scale is the range of the score and which way is better.
func (r Reading) Scale() string {
	if r.Score.Open {
		return r.Score.Better()
	}
	return r.Score.Text(r.Score.Min) + " to " + r.Score.Text(r.Score.Max) + ", " + r.Score.Better()
}

func (r Reading) at(p *scheme.Point) string { return r.Written(*p) }

// Written is a score as it stands in a text, with of how many problems or goals
// it is.
func (r Reading) Written(p scheme.Point) string {
	if over := r.Measure.Over(r.Score, p.Rated); over != "" {
		return r.Score.Text(p.Level) + " (" + over + ")"
	}
	return r.Score.Text(p.Level)
}

// Asides are what a reader must know about the two scores that are compared,
// each in one short sentence.
func (r Reading) Asides() (all []string) {
	switch {
	case r.end > 0:
		all = append(all, "The first score is at the best end of the scale, where it cannot get better.")
	case r.end < 0:
		all = append(all, "The first score is at the worst end of the scale, where it cannot get worse.")
	}
	if r.Later == nil {
		return all
	}
	if from, to := r.Base.Channel, r.Later.Channel; from != to && from != "" && to != "" {
		all = append(all, fmt.Sprintf("The first was taken %s and the latest %s: the way of asking can move a score.",
			lower(scheme.Label(scheme.Channels(), string(from))), lower(scheme.Label(scheme.Channels(), string(to)))))
	}
	if from, to := r.Base.Helper, r.Later.Helper; from != to && from != "" && to != "" {
		all = append(all, fmt.Sprintf("Who helped differs (%s, then %s): help can move a score.",
			lower(scheme.Label(scheme.Helpers(), string(from))), lower(scheme.Label(scheme.Helpers(), string(to)))))
	}
	if r.Named > 0 {
		all = append(all, r.twice())
	}
	return all
}

// twice says how many of the person's own problems or goals were rated both
// times.
func (r Reading) twice() string {
	named := fmt.Sprintf("%d %ss were", r.Named, r.Measure.Own.Name)
	if r.Named == 1 {
		named = "1 " + r.Measure.Own.Name + " was"
	}
	if !r.Measure.Counts(r.Score) {
		return named + " rated both times. Each is compared with itself alone."
	}
	return fmt.Sprintf("%s rated both times, and only that is compared: %s, then %s.",
		named, r.Score.Text(r.Base.Level), r.Score.Text(r.Later.Level))
}

// day is when a score was taken, after "on", as far as that is known.
func (r Reading) day(p *scheme.Point) string { return r.Dated[p.Assessment].Label(p.On) }

// lower is a label of a list within a sentence.
func lower(label string) string {
	first, size := utf8.DecodeRuneInString(label)
	return string(unicode.ToLower(first)) + label[size:]
}

// A Line is what one rater said over time.
type Line struct {
	Name     string
	Dots     []Dot // oldest first
	Compared bool  // by the rater whom the measure is meant for
}

// A Dot is one score as it is drawn and listed.
type Dot struct {
	On    scheme.Day
	When  string // the day as far as it is known
	Order bool   // no day is known; On is where it stands among the others
	Level measure.Level
	How   string // channel and helper in words; empty where neither is recorded
	Over  string // of how many problems or goals it is; empty for other scores
}

// Lines are the scores rater by rater, those that are compared first. There is at
// least one, with at least one dot, in any course.
func (r Reading) Lines() (all []Line) {
	if len(r.Points) > 0 {
		all = append(all, Line{Name: r.Measure.Rater.Label(), Dots: r.dots(r.Points), Compared: true})
	}
	for _, o := range r.Others {
		all = append(all, Line{Name: o.By.Label(), Dots: r.dots(o.Points)})
	}
	return all
}

func (r Reading) dots(points []scheme.Point) (all []Dot) {
	for _, p := range points {
		d := Dot{On: p.On, When: r.When(p), Order: r.Dated[p.Assessment] == scheme.ByOrder, Level: p.Level, Over: r.Measure.Over(r.Score, p.Rated), How: scheme.Label(scheme.Channels(), string(p.Channel))}
		if p.Helper != "" {
			d.How += ", helped by " + lower(scheme.Label(scheme.Helpers(), string(p.Helper)))
		}
		if p.Helper == "nobody" {
			d.How = strings.TrimSuffix(d.How, "helped by nobody") + "no help"
		}
		d.How = strings.TrimPrefix(d.How, ", ")
		all = append(all, d)
	}
	return all
}
