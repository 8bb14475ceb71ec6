package site

import (
	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// An entryNote is what has to be said of an assessment besides its scores.
type entryNote struct {
	Missed  *window       // the days it should have been on
	Other   measure.Rater // who answered, where it is not whom the measure is for
	LeftOut []int         // numbers of the questions
}

func noteOf(v app.ReferralView, a scheme.Assessment, def measure.Definition) entryNote {
	var n entryNote
	if w := windowOf(v, a.Measure, a.Occasion); w != nil && a.Dated == scheme.ToTheDay && !w.Holds(a.On) {
		n.Missed = w
	}
	if a.Rater != def.Rater {
		n.Other = a.Rater
	}
	if a.Responses == nil || def.Own != nil {
		return n
	}
	for i, it := range def.Asked(a.Responses) {
		if _, answered := a.Responses[it.Key]; !answered {
			n.LeftOut = append(n.LeftOut, i+1)
		}
	}
	return n
}
