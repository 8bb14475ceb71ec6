package evidence

import (
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/stat"
)

// A Context names what a finding is about, in words; a finding itself holds
// numbers only.
type Context struct {
	Scheme   string      // its name; empty for several together
	Measure  string      // as people call the score; empty takes the score's own name
	Occasion string      // "12 weeks after the start"
	Rule     scheme.Rule // by which two scores became a pair
	Period   string      // "2025-Q1 to 2025-Q4"; empty for all time
}

// Sentence is that of a finding that is held against nothing.
func (f Finding) Sentence(ctx Context) string { return f.SentenceBeside(ctx, nil) }

// SentenceBeside is the finding in plain words: who, how many of how many, which
// measure, from where to where, the interval, whether as much could come by
// itself, who got reliably better and who worse, the difference from a comparison
// group that stands, and the biggest caution.
// Nothing, little and bad news are told with the same prominence. The noun is
// change, since nobody here knows what caused it.
func (f Finding) SentenceBeside(ctx Context, against *Comparator) string {
	parts := []string{ctx.who() + f.measured(ctx)}
	if f.Counts.Paired == 1 {
		parts = append(parts, "One person's change says nothing about a scheme, so no mean is given.")
	}
	switch {
	case f.Counts.Paired > 1 && f.Spread():
		parts = append(parts, f.shares(), "These answers are told as shares of people: a mean of them says nothing.")
	case f.Counts.Paired > 1:
		parts = append(parts, f.changed(), f.shares())
	}
	if says := against.says(); says != "" {
		parts = append(parts, capital(says)+".")
	}
	if f.Counts.Paired > 0 {
		parts = append(parts, "Caution: "+f.CautionsBeside(against)[0])
	}
	return strings.Join(parts, " ")
}

// Spread reports whether the score is told as the share of people at each answer
// and by no mean.
func (f Finding) Spread() bool { return f.Score.Summary == measure.Distribution }

// Basis says how the pairs were made and what period they are from; it is
// printed with every figure.
func (ctx Context) Basis() string {
	text := "Pairing rule “plan”: the latest baseline on or before the start (else the earliest after it) and the score nearest to the due day, each within its window."
	if ctx.Rule == scheme.ByFirstLast {
		text = "Pairing rule “first-last”: each person's first score and their last on a later day."
	}
	if ctx.Period != "" {
		text += " Period, by when the window closed: " + ctx.Period + "."
	}
	return text
}

func (ctx Context) who() string {
	who := "All schemes"
	if ctx.Scheme != "" {
		who = ctx.Scheme
	}
	if ctx.Period != "" {
		who += ", " + ctx.Period
	}
	return who + ": "
}

// people is the noun: across schemes somebody in two of them counts twice.
func (ctx Context) people(n int) string {
	noun := "people"
	if n == 1 {
		noun = "person"
	}
	if ctx.Scheme == "" {
		noun += " in schemes"
	}
	return People(n) + " " + noun
}

func (f Finding) named(ctx Context) string {
	name := ctx.Measure
	if name == "" {
		name = f.Score.Name
	}
	if ctx.Occasion == "" {
		return name
	}
	return name + " (" + ctx.InSentence() + ")"
}

// InSentence is the occasion as it stands within a sentence.
func (ctx Context) InSentence() string { return inside(ctx.Occasion) }

// Inside is a text as it goes on within a sentence: its first sentence, without
// the capital.
func Inside(text string) string { return first(inside(text)) }

// inside lets a label stand within a sentence: "At the end" loses its capital,
// a name such as "T2" keeps it.
func inside(label string) string {
	first, size := utf8.DecodeRuneInString(label)
	second, _ := utf8.DecodeRuneInString(label[size:])
	if unicode.IsLower(second) && strings.Contains(label, " ") {
		return string(unicode.ToLower(first)) + label[size:]
	}
	return label
}

// measured says how many of how many have both scores.
func (f Finding) measured(ctx Context) string {
	c, on := f.Counts, f.named(ctx)
	const nothing = ", so there is no change to show."
	switch {
	case c.Persons == 0 && f.Flow.Running > 0:
		return fmt.Sprintf("nobody's time for a second score on %s is over yet (%s still inside it)%s", on, ctx.are(f.Flow.Running), nothing)
	case c.Persons == 0:
		return fmt.Sprintf("nobody was due a second score on %s%s", on, nothing)
	case c.Baseline == 0:
		return fmt.Sprintf("of %s referred, 0 have a baseline and were due a second score on %s%s", ctx.people(c.Persons), on, nothing)
	case c.Paired == 0:
		return fmt.Sprintf("0 of %s with a baseline %s measured again on %s%s", ctx.people(c.Baseline), wereOf(c.Baseline), on, nothing)
	case c.Paired == 1:
		return fmt.Sprintf("1 of %s with a baseline was measured again on %s.", ctx.people(c.Baseline), on)
	}
	return fmt.Sprintf("%s of %s with a baseline (%s) were measured again on %s.",
		People(c.Paired), ctx.people(c.Baseline), Percent(c.OfBaseline.P), on)
}

func wereOf(n int) string {
	if n == 1 {
		return "was"
	}
	return "were"
}

func (ctx Context) are(n int) string {
	if n == 1 {
		return ctx.people(n) + " is"
	}
	return ctx.people(n) + " are"
}

// better is the mean change turned so that above zero is for the better.
func (f Finding) better(v float64) float64 { return v * float64(f.Score.Direction) }

// moved says from where to where, for two people or more.
func (f Finding) moved() string {
	from, to := Points(f.BaselinePaired.Mean, f.Score), Points(f.FollowupPaired.Mean, f.Score)
	if f.Change.Mean == nil {
		return "Their mean change is " + NotEstimable + "."
	}
	size := magnitude(*f.Change.Mean)
	text := fmt.Sprintf("Their mean went from %s to %s (%s)", from, to, f.Score.Better())
	switch better := f.better(*f.Change.Mean); {
	case better == 0:
		return fmt.Sprintf("Their mean was %s both times (%s): no change on average.", from, f.Score.Better())
	case strings.Trim(Points(&size, f.Score), "0.") == "":
		return fmt.Sprintf("%s: a mean change that rounds to %s points.", text, Points(&size, f.Score))
	case better > 0:
		return fmt.Sprintf("%s: a mean change of %s points for the better%s.", text, Points(&size, f.Score), f.eachRounded())
	}
	return fmt.Sprintf("%s: a mean change of %s points for the worse%s.", text, Points(&size, f.Score), f.eachRounded())
}

// eachRounded tells a reader who subtracts why the two means, as they are shown,
// lie further apart or closer together than the change.
func (f Finding) eachRounded() string {
	tens := math.Pow10(Decimals(f.Score))
	shown := func(v *float64) float64 { return math.Round(*v * tens) }
	if shown(f.FollowupPaired.Mean)-shown(f.BaselinePaired.Mean) == shown(f.Change.Mean) {
		return ""
	}
	return " (each number is rounded by itself)"
}

// interval says the 95% interval of the mean change in words, from the worse
// end to the better one.
func (f Finding) interval() string {
	lo, hi, why := f.Told()
	if why != "" {
		switch {
		case f.TooFew() != "":
			return f.TooFew()
		case f.Change.SD == nil || *f.Change.SD > 0:
			return "Its 95% interval is " + NotEstimable + "."
		case *f.Change.Mean == 0:
			return "Nobody's score changed, so no interval can be given."
		}
		return "Everybody changed by the same amount, so no interval can be given."
	}
	worst, best := f.better(*lo), f.better(*hi)
	if worst > best {
		worst, best = best, worst
	}
	end := func(v float64) string { v = magnitude(v); return Points(&v, f.Score) }
	switch {
	case worst > 0:
		return fmt.Sprintf("The 95%% interval runs from %s to %s points for the better.", end(worst), end(best))
	case best < 0:
		return fmt.Sprintf("The 95%% interval runs from %s to %s points for the worse.", end(best), end(worst))
	}
	return fmt.Sprintf("The 95%% interval runs from %s points for the worse to %s for the better, so it includes no change.", end(worst), end(best))
}

func magnitude(v float64) float64 {
	if v < 0 {
		return -v
	}
	return v
}

// shares tells better, same and worse together, by the best threshold there is.
func (f Finding) shares() string {
	better, same, worse, by := f.Movement()
	who := "Of the " + People(f.Counts.Paired)
	if by == "" {
		return fmt.Sprintf("%s, %s scored better by any amount, %s the same and %s worse.", who, part(better), part(same), part(worse))
	}
	return fmt.Sprintf("%s, %s got reliably better, %s reliably worse and %s neither (%s).", who, part(better), part(worse), part(same), by)
}

// part is a share of a whole that the sentence has named already.
func part(p Proportion) string { return People(p.X) + " (" + Percent(p.P) + ")" }

// Movement is better, same and worse by the best threshold there is, and the
// threshold in words: the published one, else that of the reference group, else
// that of the baselines. Without any it counts every change, and by is empty.
func (f Finding) Movement() (better, same, worse Proportion, by string) {
	switch {
	case f.ReliablyPublished != nil:
		r := f.ReliablyPublished
		return r.Improved, r.NoChange, r.Deteriorated, thresholdText(r.Threshold)
	case f.RCIFixedSD.Known():
		r := f.RCIFixedSD
		return r.Improved, r.NoChange, r.Deteriorated, f.jacobson(r, "the SD of a reference group")
	case f.RCIBaselineSD.Known():
		r := f.RCIBaselineSD
		return r.Improved, r.NoChange, r.Deteriorated, f.jacobson(r, "the SD of the baselines")
	}
	return f.anyway(f.Change.ImprovedAny), f.anyway(f.Change.Unchanged), f.anyway(f.Change.WorseAny), ""
}

// anyway is a share of the people measured twice, without an interval: change
// by any amount is described and not tested.
func (f Finding) anyway(x int) Proportion {
	p := Proportion{X: x, N: f.Counts.Paired}
	if p.N > 0 {
		share := float64(x) / float64(p.N)
		p.P = &share
	}
	return p
}

// Counted is a share of the people measured twice with its interval, whatever it
// was counted by.
func (f Finding) Counted(p Proportion) Proportion {
	w := stat.Wilson(int64(p.X), int64(p.N))
	p.Lo, p.Hi = w.CI.Low.Ptr(), w.CI.High.Ptr()
	return p
}

func thresholdText(t measure.Threshold) string {
	if t.Inclusive {
		return fmt.Sprintf("a change of %g points or more; %s", t.Points, t.Source)
	}
	return fmt.Sprintf("a change of more than %g points; %s", t.Points, t.Source)
}

func (f Finding) jacobson(r ReliableChange, sd string) string {
	return fmt.Sprintf("a change of more than %s points, from a reliability of %s and %s",
		Fixed(r.Threshold196, 2), Fixed(r.Reliability, 2), sd)
}
