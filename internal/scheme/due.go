package scheme

import (
	"slices"
	"strings"

	"cairn/internal/measure"
)

// A Standing is where one measure at one occasion stands on a day.
type Standing string

const (
	Overdue         Standing = "overdue"          // its day has passed; still on time
	ThisWeek        Standing = "this-week"        // its day is one of the next seven
	BaselineMissing Standing = "baseline-missing" // the baseline's window is open
	ComingUp        Standing = "coming-up"        // its window is open or opens within two weeks
	TooLate         Standing = "passed"           // its window has closed: it can be recorded and counts as outside its time

	NotYet  Standing = "not-yet" // more than two weeks before its window
	Resting Standing = "resting" // somebody comes back to it on a later day, or the referral is paused
	Done    Standing = "recorded"
	Closed  Standing = "closed" // a reason says why it will not be taken
	Unclear Standing = "no-day" // no day is known from which its days could be counted
)

// Standings are those that a due list shows, in its order.
func Standings() []Standing {
	return []Standing{Overdue, ThisWeek, BaselineMissing, ComingUp, TooLate}
}

// Week and Ahead are how far a due list looks.
const (
	week  = 6  // days after today that are this week, so that it has seven
	ahead = 13 // days after today on which a window may open to be coming up
)

// A Due is one measure at one occasion of a referral's plan.
type Due struct {
	Measure  measure.Key
	Occasion Occasion
	Opens    Day    // the first day that counts as on time
	On       Day    // the day it is due
	Closes   Day    // the last day that counts as on time
	Recorded Day    // the day it was answered, in its time or after it; no day while it is not
	Dated    Dating // how well that day is known
	Early    Day    // the day it was answered before its time, where that is all there is
	Why      NotDone
	Attempts int     // no answer, so often
	Pauses   []Pause // of the referral: nothing is asked in them
}

// Answered is the day on which what there is was answered.
func (d Due) Answered() Day {
	if d.Recorded.IsZero() {
		return d.Early
	}
	return d.Recorded
}

// InTime reports whether what was answered counts as on time.
func (d Due) InTime() bool { return d.Timed() && !d.Recorded.After(d.Closes) }

// Timed reports whether it can be said if what was recorded was in its time.
func (d Due) Timed() bool { return !d.Recorded.IsZero() && d.Dated == ToTheDay && !d.On.IsZero() }

// When is the day of Answered, as far as it is known.
func (d Due) When() string { return d.Dated.Label(d.Answered()) }

// A Horizon is the days by which standings are told apart.
type Horizon struct {
	Today    Day
	WeekEnds Day // the last day of this week
	Ahead    Day // a window that opens by this day is coming up
}

// HorizonOf is the horizon of a day.
func HorizonOf(today Day) Horizon { return Horizon{today, today.Plus(week), today.Plus(ahead)} }

// Standing is where the item stands on a day. The due list of package store
// tells the five that it shows apart by the same comparisons; a test holds the
// two together.
func (d Due) Standing(today Day) Standing {
	h := HorizonOf(today)
	switch {
	case !d.Recorded.IsZero():
		return Done
	case d.Why.Closes():
		return Closed
	case d.On.IsZero():
		return Unclear
	case !d.Early.IsZero() && d.Closes.Before(today):
		return Done // nothing in time can be had any more
	case d.Why.ComeBack.After(today) || slices.ContainsFunc(d.Pauses, func(p Pause) bool { return p.Holds(today) }):
		return Resting
	case d.Closes.Before(today):
		return TooLate
	case d.Opens.After(h.Ahead):
		return NotYet
	case d.Occasion == Baseline && !d.Opens.After(today):
		return BaselineMissing
	case d.On.Before(today):
		return Overdue
	case !d.On.After(h.WeekEnds):
		return ThisWeek
	}
	return ComingUp
}

// Due is what the plan asks for, in order of its days. Recorded is any score by
// the right rater within the window, which is what pairing would take, unless it
// was taken as the baseline of a later item; else one that was taken as this
// after the window. One whose day is not known is known by what it was taken as.
// Of somebody afloat there are no days. A measure that is missing from defs is left
// out.
func (s Spell) Due(defs map[measure.Key]measure.Definition) []Due {
	start, _ := s.Referral.Started(s.Prescriptions)
	var all []Due
	for _, key := range s.Plan.Measures() {
		def, known := defs[key]
		if !known {
			continue
		}
		for _, item := range s.Plan.Of(key) {
			d := Due{Measure: key, Occasion: item.Occasion, Pauses: s.Referral.Pauses}
			if !s.Afloat() {
				d.On = start.Plus(item.DueDays)
				d.Opens, d.Closes = item.Window(start)
			}
			d.Recorded, d.Early = s.recorded(def, d)
			if d.Recorded.IsZero() {
				d.Recorded, d.Dated = s.undated(def, d)
			}
			d.Why, d.Attempts = s.WhyNot(key, item.Occasion)
			all = append(all, d)
		}
	}
	slices.SortStableFunc(all, func(a, b Due) int { return a.Opens.DaysSince(b.Opens) })
	return all
}

// recorded are the first day in time, else the first after it; and the last one
// before it where there is neither.
func (s Spell) recorded(def measure.Definition, d Due) (on, early Day) {
	var late Day
	for _, a := range s.Assessments {
		if a.Measure != def.Key || a.Rater != def.Rater || a.Dated != ToTheDay || d.On.IsZero() {
			continue
		}
		before, after := a.On.Before(d.Opens), a.On.After(d.Closes)
		switch {
		case !before && !after && (a.Occasion != Baseline || d.Occasion == Baseline):
			on = earliest(on, a.On)
		case after && a.Occasion == d.Occasion:
			late = earliest(late, a.On)
		case before && a.Occasion == d.Occasion:
			early = latest(early, a.On)
		}
	}
	if on.IsZero() {
		on = late
	}
	if !on.IsZero() {
		early = Day{}
	}
	return on, early
}

// undated is what was taken as this where no window can tell: its day is not known,
// or there is no window.
func (s Spell) undated(def measure.Definition, d Due) (on Day, dated Dating) {
	for _, a := range s.Assessments {
		if a.Measure == def.Key && a.Rater == def.Rater && a.Occasion == d.Occasion && (a.Dated != ToTheDay || d.On.IsZero()) &&
			(on.IsZero() || a.On.Before(on)) {
			on, dated = a.On, a.Dated
		}
	}
	return on, dated
}

// earliest is the earlier of two days, or the one there is.
func earliest(a, b Day) Day {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// WhyNot is the latest reason for not taking a measure at an occasion, and how
// often nobody answered.
func (s Spell) WhyNot(key measure.Key, o Occasion) (last NotDone, attempts int) {
	for _, n := range s.NotDone {
		if n.Measure != key || n.Occasion != o {
			continue
		}
		if n.Reason == NobodyAnswered {
			attempts++
		}
		if last.ID == "" || strings.Compare(string(last.ID), string(n.ID)) < 0 {
			last = n
		}
	}
	return last, attempts
}

// Outstanding is what is left to do of the plan: neither recorded nor closed. What
// was answered early stays, and leaves the list when its window closes. Nobody is
// asked anything by a referral that was declined or has ended, and nobody afloat is
// chased: no day is known.
func (s Spell) Outstanding(defs map[measure.Key]measure.Definition) []Due {
	if !s.Referral.Open() {
		return nil
	}
	return slices.DeleteFunc(s.Due(defs), func(d Due) bool { return !d.Recorded.IsZero() || d.Why.Closes() || d.On.IsZero() })
}
