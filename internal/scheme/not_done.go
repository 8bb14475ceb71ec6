package scheme

import "cairn/internal/measure"

// Identifiers of what keeps a caseload honest.
type (
	NotDoneID string
	CoverID   string
)

// A NotDoneReason says why a measure that was due was not taken.
type NotDoneReason string

const (
	ComeBack       NotDoneReason = "come-back" // on another day
	NobodyAnswered NotDoneReason = "no-answer"
)

// MostAttempts is after how many without an answer somebody is left in peace.
const MostAttempts = 3

// NotDoneReasons lists them in the order of a page.
func NotDoneReasons() []Term {
	return []Term{
		{string(NobodyAnswered), "No answer"},
		{string(ComeBack), "Come back on another day"},
		{"declined", "Declined"},
		{"too-distressed", "Too distressed"},
		{"no-capacity", "Not able to answer at the moment (no capacity)"},
		{"no-language", "No common language"},
	}
}

// A NotDone is a measure at an occasion that was due and was not taken, and why.
type NotDone struct {
	ID       NotDoneID
	Referral ReferralID
	Measure  measure.Key
	Occasion Occasion
	Reason   NotDoneReason
	Attempt  int // of no answer, from 1; 0 for other reasons
	On       Day
	ComeBack Day // asked again from this day on; no day where nobody will
	By       AccountID
	Undone   bool // it was a slip, and counts no more
}

// Closes reports whether the item leaves the due list for good. No answer does
// so the third time.
func (n NotDone) Closes() bool {
	switch {
	case n.Reason == "" || n.Reason == ComeBack || !n.ComeBack.IsZero():
		return false
	case n.Reason == NobodyAnswered:
		return n.Attempt >= MostAttempts
	}
	return true
}

// A Keeper is one practitioner's time with a referral.
type Keeper struct {
	Account AccountID
	From    Day
	Until   Day // no day for the one whose it is now
}

// A Cover lets somebody see what is somebody else's as their own, both days
// included.
type Cover struct {
	ID    CoverID
	Away  AccountID
	By    AccountID
	From  Day
	Until Day
}

// Holds reports whether the cover stands on a day.
func (c Cover) Holds(on Day) bool { return !on.Before(c.From) && !on.After(c.Until) }

// Loss is how many of the people lost have one reason on record; none is the
// empty reason.
type Loss struct {
	Reason NotDoneReason
	People int
}

// Place is where the loss stands among others: by the order of reasons, none
// last.
func (l Loss) Place() int {
	if place := Code(NotDoneReasons(), string(l.Reason)); place > 0 {
		return place
	}
	return len(NotDoneReasons()) + 1
}

// Label is the reason in words, empty where there is none.
func (l Loss) Label() string { return Label(NotDoneReasons(), string(l.Reason)) }
