package app

import (
	"context"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// CaseloadReader reads what is due.
type CaseloadReader interface {
	// Due returns a page of a due list, first by standing, then by the day it is
	// due, and how many items of the whole list stand where.
	Due(q DueQuery) (DueList, error)
	// DueOf returns what is kept as outstanding of one referral.
	DueOf(id scheme.ReferralID) ([]scheme.Due, error)
	// NotDone returns a reason, one that was taken back too.
	NotDone(id scheme.NotDoneID) (scheme.NotDone, error)
	// Losses splits the people whom Transitions counts as lost by the latest
	// reason on record.
	Losses(q PairQuery, key measure.Key) ([]scheme.Loss, error)
}

// DueFiller knows which organisations may have referrals that are older than due
// lists are.
type DueFiller interface {
	// Unfilled returns them: none, once each was marked.
	Unfilled(ctx context.Context) ([]scheme.Organisation, error)
	// Filled marks that an organisation has its due lists.
	Filled(ctx context.Context, id scheme.OrgID) error
}

// KeeperReader reads whose referrals are.
type KeeperReader interface {
	// Colleagues returns who can have referrals of their own, by login.
	Colleagues() ([]Colleague, error)
	// Keepers returns whose a referral was and is, the first one first.
	Keepers(id scheme.ReferralID) ([]scheme.Keeper, error)
	// Covers returns those that stand on a day or later, by their first day.
	Covers(from scheme.Day) ([]scheme.Cover, error)
	// Heads returns what a due list says of each of the referrals besides what is
	// due; it faults with not-found unless all are there.
	Heads(ids ...scheme.ReferralID) ([]DueLine, error)
	// Underived returns the open referrals of which nothing is kept as due: they may
	// be older than due lists are.
	Underived() ([]scheme.ReferralID, error)
}

// CaseloadWriter writes whose referrals are, and what is due of them.
type CaseloadWriter interface {
	KeeperWriter
	// SaveDue makes what is outstanding of a referral exactly this.
	SaveDue(of scheme.Referral, items []scheme.Due) error
	AddNotDone(n scheme.NotDone) error
	// UndoNotDone marks a reason as a slip; it counts no more.
	UndoNotDone(id scheme.NotDoneID, by scheme.AccountID) error
}

// KeeperWriter writes whose referrals are.
type KeeperWriter interface {
	// Assign makes referrals somebody's from a day on. The caller has locked the
	// people.
	Assign(ids []scheme.ReferralID, to scheme.AccountID, on scheme.Day) error
	AddCover(c scheme.Cover) error
	EndCover(id scheme.CoverID) error
}

// A DueQuery says which due list.
type DueQuery struct {
	Today    scheme.Day
	Schemes  []scheme.ID        // any of these; nil for all of the organisation
	Holders  []scheme.AccountID // of any of these; nil for anybody's and nobody's
	Standing scheme.Standing    // one of scheme.Standings; empty for all
	Page     Page               // after a line's mark
}

// A DueList is one page of a due list. Counts are of all its pages.
type DueList struct {
	Counts map[scheme.Standing]int
	Lines  []DueLine
}

// A DueLine is one line of a due list.
type DueLine struct {
	Due          scheme.Due
	Referral     scheme.ReferralID
	Reference    string // the person's
	Scheme       scheme.ID
	SchemeName   string
	Practitioner scheme.AccountID // empty while it is nobody's
	Login        string           // of the practitioner
	Mark         string           // names the line, for the page after it
}

// A Colleague can have referrals of their own.
type Colleague struct {
	Account    scheme.AccountID
	Login      string
	Profession string
	AllSchemes bool
	Schemes    []scheme.ID // where not all
}

// Sees reports whether the scheme is one of theirs.
func (c Colleague) Sees(id scheme.ID) bool {
	return Actor{AllSchemes: c.AllSchemes, Schemes: c.Schemes}.Sees(id)
}
