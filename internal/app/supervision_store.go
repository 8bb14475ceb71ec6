package app

import "cairn/internal/scheme"

// SupervisionReader reads what one practitioner did. Each takes the same few
// queries however much that was.
type SupervisionReader interface {
	// Kept returns, by reference, the referrals that are theirs now and are open, or
	// were closed in the span, or are among q.Also; at most so many. Names are
	// opened.
	Kept(q SupervisionQuery, most int) ([]scheme.Spell, error)
	// Reached are those of their open referrals whose person was reached at least
	// once, by anybody.
	Reached(q SupervisionQuery) (map[scheme.ReferralID]bool, error)
	// Worked are the contacts of the span, each of a day on which the referral was
	// theirs. On the day of a hand-over it is whose it became.
	Worked(q SupervisionQuery) ([]Worked, error)
	// LeftUndone counts by reason what was not taken in the span, while it was theirs.
	LeftUndone(q SupervisionQuery) (map[scheme.NotDoneReason]int, error)
}

// A SupervisionQuery says whose work, and when.
type SupervisionQuery struct {
	Who     scheme.AccountID
	Schemes []scheme.ID // any of these; nil for all of the organisation
	Span    scheme.Span
	Also    []scheme.ReferralID // of Kept: whatever became of them
}

// Worked is one contact, and whom it was with.
type Worked struct {
	Person  scheme.PersonID
	Outcome scheme.Outcome
}
