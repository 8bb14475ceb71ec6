package disclosure

import (
	"fmt"
	"math"
	"strings"

	"cairn/internal/evidence"
)

// Sentence is the figure in plain words, of shown numbers alone: who, how many
// of how many, from where to where, the interval, better and worse together, and
// the biggest caution. The context gives the names; it is told like evidence's
// own sentence, with the same prominence for good, little and bad news.
func (f Figure) Sentence(about evidence.Context) string {
	if why := f.Hidden[whole]; why != "" {
		return f.who(about) + "this figure is " + NotShown + " (" + why + ")."
	}
	parts := []string{f.who(about) + f.measured(about)}
	if f.Flow.Paired.Known() {
		parts = append(parts, f.moved(), f.interval(), f.weighed(), f.shares(), "Caution: "+f.Cautions()[0])
	}
	var said []string
	for _, part := range parts {
		if part != "" {
			said = append(said, part)
		}
	}
	return strings.Join(said, " ")
}

func (f Figure) who(about evidence.Context) string {
	who := "All schemes"
	if about.Scheme != "" {
		who = about.Scheme
	}
	if about.Period != "" {
		who += ", " + about.Period
	}
	return who + ": "
}

func (f Figure) measured(about evidence.Context) string {
	name := about.Measure
	if name == "" {
		name = f.Scale.Name
	}
	if about.Occasion != "" {
		name += " (" + about.InSentence() + ")"
	}
	paired, due := f.Flow.Paired, f.Flow.Due
	if paired.Known() {
		text := fmt.Sprintf("%s of %s people with a baseline", paired.Text(), due.Text())
		if part := f.Completion.PercentText(); part != "" {
			text += " (" + part + ")"
		}
		return text + " were measured again on " + name + "."
	}
	text := fmt.Sprintf("%s people were measured twice on %s", paired.Text(), name)
	if due.Known() {
		text = fmt.Sprintf("%s of %s people with a baseline were measured again on %s", paired.Text(), due.Text(), name)
	}
	return text + ", so no change can be shown."
}

// better is a change turned so that above zero is for the better.
func (f Figure) better(v float64) float64 { return v * float64(f.Scale.Direction) }

func (f Figure) betterIs() string {
	if f.Scale.Direction < 0 {
		return "lower is better"
	}
	return "higher is better"
}

func (f Figure) moved() string {
	if f.Change.Mean == nil {
		return "Their mean change is " + NotShown + ": it is " + f.Hidden["change.mean"] + "."
	}
	change := *f.Change.Mean
	size := math.Abs(change)
	from := fmt.Sprintf("Their mean went from %s to %s (%s): ", points(f.Before.Mean), points(f.After.Mean), f.betterIs())
	switch better := f.better(change); {
	case better == 0:
		return fmt.Sprintf("%sa mean change that rounds to %s points.", from, points(&size))
	case better > 0:
		return fmt.Sprintf("%sa mean change of %s points for the better%s.", from, points(&size), f.eachRounded())
	}
	return fmt.Sprintf("%sa mean change of %s points for the worse%s.", from, points(&size), f.eachRounded())
}

// eachRounded tells a reader who subtracts why the two means, as they are shown,
// lie further apart or closer together than the change. Releases made before it was
// said go on without it.
func (f Figure) eachRounded() string {
	const first = 2
	before, after := f.Before.Mean, f.After.Mean
	if f.Words < first || before == nil || after == nil || points(new(*after-*before)) == points(f.Change.Mean) {
		return ""
	}
	return " (each number is rounded by itself)"
}

func (f Figure) interval() string {
	if f.Change.Lo == nil || f.Change.Hi == nil {
		return ""
	}
	worst, best := f.better(*f.Change.Lo), f.better(*f.Change.Hi)
	if worst > best {
		worst, best = best, worst
	}
	end := func(v float64) string { v = math.Abs(v); return points(&v) }
	switch {
	case worst > 0:
		return fmt.Sprintf("The 95%% interval runs from %s to %s points for the better.", end(worst), end(best))
	case best < 0:
		return fmt.Sprintf("The 95%% interval runs from %s to %s points for the worse.", end(best), end(worst))
	}
	return fmt.Sprintf("The 95%% interval runs from %s points for the worse to %s for the better, so it includes no change.", end(worst), end(best))
}

// shares tells better, worse and neither, always together.
func (f Figure) shares() string {
	m := f.Movement
	who := "Of " + f.Flow.Paired.Text()
	if !m.Reliable {
		return fmt.Sprintf("%s, %s scored better by any amount, %s the same and %s worse.", who, m.Better.alone(), m.Same.alone(), m.Worse.alone())
	}
	return fmt.Sprintf("%s, %s got reliably better, %s reliably worse and %s neither (%s).", who, m.Better.alone(), m.Worse.alone(), m.Same.alone(), m.By)
}

// Notes are what stands beside every figure of the policy: how it was rounded,
// and the reason of a threshold below the usual one.
func (f Figure) Notes() []string {
	t := f.Policy.Threshold
	notes := []string{
		fmt.Sprintf("Numbers of people under %d are shown as fewer than %d, none included; others are rounded to the nearest %d, each by itself, so that rows may not add up.", t, t, toward),
		"Shares, intervals and tests are worked out from the rounded numbers.",
	}
	if f.Policy.Reason != "" && t < Usual {
		notes = append(notes, fmt.Sprintf("The threshold is %d and not %d: %s", t, Usual, f.Policy.Reason))
	}
	return notes
}
