package site

import (
	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// dueLine is one measure at one occasion of a referral's plan, and where it
// stands today.
type dueLine struct {
	scheme.Due
	Of    measure.Definition
	State scheme.Standing
	Why   string // it will not be taken, in words
}

// due lists what the plan asks for, in order of its days.
func due(v app.ReferralView) []dueLine {
	var lines []dueLine
	for _, d := range v.Due(v.Measures) {
		lines = append(lines, dueLine{
			Due: d, Of: v.Measures[d.Measure], State: d.Standing(v.Today),
			Why: scheme.Label(scheme.NotDoneReasons(), string(d.Why.Reason)),
		})
	}
	return lines
}

// Open reports whether a score of today would count as on time.
func (l dueLine) Open() bool {
	return l.State == scheme.Overdue || l.State == scheme.ThisWeek || l.State == scheme.BaselineMissing
}

// Asks reports whether the plan still asks for it.
func (l dueLine) Asks() bool { return l.State != scheme.Done && l.State != scheme.Closed }
