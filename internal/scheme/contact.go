package scheme

import (
	"cmp"
	"slices"
	"strings"
)

type (
	ContactID string
	Way       string // how somebody was contacted
	Outcome   string // what became of a contact
	Minutes   string // a band
)

// A WorkingContact is one working contact with a person, or one try at it.
type WorkingContact struct {
	ID        ContactID
	Referral  ReferralID
	On        Day
	Way       Way
	Outcome   Outcome
	Minutes   Minutes // empty when not recorded
	Withdrawn bool    // entered by mistake: out of every count
	Revision  int     // of this record: 1 as first entered, one more for each change
}

// What became of a contact. Attended is any answer: a meeting, a call that was
// taken, a letter that was replied to.
const (
	Attended     Outcome = "attended"
	DidNotAttend Outcome = "did-not-attend"
	Cancelled    Outcome = "cancelled"
	NoAnswer     Outcome = "no-answer"
)

// Ways lists how somebody can be contacted, the commonest first.
func Ways() []Term {
	return []Term{
		{"phone", "Phone"},
		{"in-person", "In person"},
		{"video", "Video"},
		{"text", "Text message"},
		{"email", "E-mail"},
		{"letter", "Letter"},
	}
}

// Written reports whether the way is one that nobody attends.
func (w Way) Written() bool { return w == "text" || w == "email" || w == "letter" }

// Outcomes lists what can become of a contact.
func Outcomes() []Term {
	return []Term{
		{string(Attended), "Attended"},
		{string(DidNotAttend), "Did not attend"},
		{string(Cancelled), "Cancelled"},
		{string(NoAnswer), "No answer"},
	}
}

// MinutesBands lists how long a contact can have taken.
func MinutesBands() []Term {
	return []Term{
		{"under-15", "Under 15 minutes"},
		{"15-29", "15 to 29 minutes"},
		{"30-59", "30 to 59 minutes"},
		{"60-over", "1 hour or more"},
	}
}

// NewestFirst puts contacts in order of their days, those of one day in order of
// entry, the newest first.
func NewestFirst(all []WorkingContact) {
	slices.SortFunc(all, func(a, b WorkingContact) int {
		return cmp.Or(b.On.DaysSince(a.On), strings.Compare(string(b.ID), string(a.ID)))
	})
}

// Unanswered is how often somebody was tried without an answer since they last
// gave one: they came, replied, or cancelled. An appointment that was missed
// neither counts nor begins the count anew.
func Unanswered(contacts []WorkingContact) int {
	all := slices.Clone(contacts)
	NewestFirst(all)
	n := 0
	for _, c := range all {
		switch {
		case c.Withdrawn:
		case c.Outcome == NoAnswer:
			n++
		case c.Outcome == Attended || c.Outcome == Cancelled:
			return n
		}
	}
	return n
}
