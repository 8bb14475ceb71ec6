package scheme

import (
	"slices"
)

// A Reason is why somebody was referred; there may be several.
type Reason string

// A DeclineReason is why a referral went no further than being received.
type DeclineReason string

// Reasons are what NHS England names first (england.nhs.uk/personalisedcare/
// social-prescribing), then what services ask for.
func Reasons() []Term {
	return []Term{
		{"mental-health", "Mental health or wellbeing"},
		{"long-term-condition", "Living with a long-term condition"},
		{"loneliness", "Loneliness or isolation"},
		{"complex-needs", "Several social needs at once"},
		{"housing", "Housing"},
		{"money", "Debt or benefits"},
		{"employment", "Work or training"},
		{"caring", "Caring for somebody"},
		{"bereavement", "Bereavement"},
		{"inactivity", "Being more active"},
		{"healthy-eating", "Healthy eating"},
	}
}

func DeclineReasons() []Term {
	return []Term{
		{"not-wanted", "The person did not want it"},
		{"no-contact", "Could not be contacted"},
		{"not-suitable", "Needs not suitable for the service"},
		{"not-eligible", "Outside the service's area or remit"},
		{"no-capacity", "The service had no room"},
		{"elsewhere", "Supported somewhere else already"},
		{"data-error", "Entered by mistake"},
	}
}

// A Pause is a time in which nothing is asked of a person. Windows do not move
// and pairs do not change: what was measured within its window counts, paused or
// not.
type Pause struct {
	From  Day
	Until Day // the last day of it; zero while nobody knows
}

// Holds reports whether the day lies in the pause.
func (p Pause) Holds(day Day) bool {
	return !day.Before(p.From) && (p.Until.IsZero() || !day.After(p.Until))
}

// ReopenDays is for how long after its end a referral may go on as the same one.
const ReopenDays = 90

// Open reports whether the referral has neither ended nor been declined.
func (r Referral) Open() bool { return r.EndedOn.IsZero() && r.DeclinedOn.IsZero() }

// Undone reports whether all that there was of the referral came by an import that
// was undone. It stays to be read, is in no list and no figure, and is not among the
// person's referrals.
func (r Referral) Undone() bool { return r.Ordinal < 0 }

// Paused reports whether nothing is asked of the person on that day.
func (r Referral) Paused(on Day) bool {
	_, paused := r.PauseOn(on)
	return paused
}

// PauseOn is the pause that the day lies in. A referral that is closed is not
// paused.
func (r Referral) PauseOn(day Day) (Pause, bool) {
	i := slices.IndexFunc(r.Pauses, func(p Pause) bool { return p.Holds(day) })
	if i < 0 || !r.Open() {
		return Pause{}, false
	}
	return r.Pauses[i], true
}

// Closed is the day the referral ended or was declined; zero while it is open.
func (r Referral) Closed() Day {
	if !r.EndedOn.IsZero() {
		return r.EndedOn
	}
	return r.DeclinedOn
}

// MayReopen reports whether a closed referral may go on as the same one: for 90
// days. After that a person who comes back is referred anew, and is counted anew.
func (r Referral) MayReopen(today Day) bool {
	return !r.Open() && !r.Undone() && today.DaysSince(r.Closed()) <= ReopenDays
}
