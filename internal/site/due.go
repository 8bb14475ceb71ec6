package site

import (
	"slices"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// dueLine is one measure at one occasion of a referral's plan, and where it
// stands today.
type dueLine struct {
	Measure  measure.Definition
	Occasion scheme.Occasion
	First    scheme.Day
	Last     scheme.Day
	State    string     // recorded, due, coming, missed
	On       scheme.Day // the day it was recorded
}

// due lists what the plan asks for, measure by measure, in order of its days.
func due(v app.ReferralView) []dueLine {
	var lines []dueLine
	for _, key := range v.Plan.Measures() {
		def, known := v.Measures[key]
		if !known {
			continue
		}
		for _, item := range v.Plan.Of(key) {
			line := dueLine{Measure: def, Occasion: item.Occasion}
			line.First, line.Last = item.Window(v.Start)
			line.stand(v)
			lines = append(lines, line)
		}
	}
	slices.SortStableFunc(lines, func(a, b dueLine) int { return a.First.DaysSince(b.First) })
	return lines
}

// stand sets the state: recorded is any score by the right rater within the
// window, which is what pairing would take.
func (l *dueLine) stand(v app.ReferralView) {
	for _, a := range v.Assessments {
		if a.Measure == l.Measure.Key && a.Rater == l.Measure.Rater && !a.On.Before(l.First) && !a.On.After(l.Last) {
			l.State, l.On = "recorded", a.On
			return
		}
	}
	switch {
	case v.Today.After(l.Last):
		l.State = "missed"
	case v.Today.Before(l.First):
		l.State = "coming"
	default:
		l.State = "due"
	}
}
