package app

import (
	"context"
	"time"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A Store keeps everything. Both functions run fn in one transaction of one
// organisation and hand its error back unchanged; nothing of another
// organisation can be reached inside.
type Store interface {
	// Read runs fn on one snapshot, on which nothing can be written.
	Read(ctx context.Context, org scheme.OrgID, fn func(Reader) error) error
	// Write runs fn and commits durably before it returns nil. fn may run more
	// than once (when another write won against it, and when it returns ErrAgain),
	// so it has no effect outside the transaction. Locks are taken in the order
	// idempotency, schemes, activities, people, pairs, audit.
	Write(ctx context.Context, org scheme.OrgID, fn func(Writer) error) error
	Accounts
	DueFiller
}

// A Reader reads one organisation. What is asked for by an identifier that is
// not there, or is another organisation's, faults with not-found.
type Reader interface {
	SchemeReader
	ActivityReader
	ReferralReader
	NumberReader
	EvidenceReader
	GroupReader
	JourneyReader
	ComparatorReader
	ExtractReader
	HistoryReader
	ContactReader
	CareReader
	SafetyReader
	ProtocolReader
	CaseloadReader
	KeeperReader
	RegisterReader
	NameReader
	SheetReader
	PeopleFinder
	QualityReader
	SupervisionReader
	TrailReader
	ReleaseReader
	CellReader
	CostReader
	ImportReader
	ProjectReader
	TicketReader
	NewcomerReader
	TraceReader
}

// TraceReader reads what writes left behind besides what they were for.
type TraceReader interface {
	// Made is what the request of that key made, or nothing; for the key of another
	// request it faults with idempotency.reused.
	Made(once Once) (object string, err error)
}

// SchemeReader reads what a service has set up.
type SchemeReader interface {
	Organisation() (scheme.Organisation, error)
	// Schemes returns all, by name, each with the plan in force on day.
	Schemes(day scheme.Day) ([]scheme.Scheme, error)
	Scheme(id scheme.ID, day scheme.Day) (scheme.Scheme, error)
	// Measures returns the newest version of every bundled measure and of the
	// organisation's own.
	Measures() (map[measure.Key]measure.Definition, error)
}

// ReferralReader reads people and what happened to them.
type ReferralReader interface {
	// Person returns the person of that identifier, or whom they were merged into.
	Person(id scheme.PersonID) (scheme.Person, error)
	// PersonByReference faults with not-found for a reference nobody has; one of
	// somebody who was merged leads to whom they were merged into.
	PersonByReference(reference string) (scheme.Person, error)
	// People returns a page in order of reference.
	People(page Page) ([]scheme.Person, error)
	// Referrals returns a page, in one of ReferralOrders. The last of the page before
	// is looked for among the filter's schemes.
	Referrals(of ReferralFilter, page Page) ([]ReferralLine, error)
	// Spell returns one referral with everything pairing looks at.
	Spell(id scheme.ReferralID) (scheme.Spell, error)
}

// NumberReader looks people up by what identifies them elsewhere.
type NumberReader interface {
	// PersonByNumber faults with not-found for an NHS number that nobody has; one of
	// somebody who was merged leads to whom they were merged into.
	PersonByNumber(n scheme.NHSNumber) (scheme.Person, error)
}

// EvidenceReader reads pairs.
type EvidenceReader interface {
	// Transitions counts first referrals (ordinal 1) of one scheme.
	Transitions(q PairQuery) (scheme.Transitions, error)
	// EachPair calls fn for every pair, ordered by referral; the rows stream.
	EachPair(q PairQuery, fn func(scheme.Pair) error) error
	// Spells calls fn for every referral of the organisation, ordered by id, for
	// a rebuild.
	Spells(fn func(scheme.Spell) error) error
	// PairsOf returns the stored pairs of one referral.
	PairsOf(id scheme.ReferralID) ([]scheme.Pair, error)
	// Assessment returns one as it stands, withdrawn ones too.
	Assessment(id scheme.AssessmentID) (scheme.Assessment, error)
}

// HistoryReader reads how things came to stand as they do.
type HistoryReader interface {
	// Revisions returns every version of an assessment, the first one first.
	Revisions(id scheme.AssessmentID) ([]scheme.Revision, error)
	// Changed returns every version of what was recorded for a person and has been
	// corrected, moved or withdrawn since.
	Changed(person scheme.PersonID) ([]scheme.Revision, error)
	// SpellsOf returns every referral of one person, in order of entry.
	SpellsOf(person scheme.PersonID) ([]scheme.Spell, error)
	// Plans returns every version of a scheme's plan, the first one first.
	Plans(id scheme.ID) ([]scheme.Plan, error)
	// Definition returns one version of a measure, which need not be the newest.
	Definition(key measure.Key, version int) (measure.Definition, error)
}

// CareReader reads what to mind of people, and what they said of the use of their
// records.
type CareReader interface {
	// Care is of revision 0 where nothing was recorded.
	Care(person scheme.PersonID) (scheme.Care, error)
	// Cares is Care for many, in one query; those of whom nothing was recorded are
	// left out.
	Cares(people []scheme.PersonID) (map[scheme.PersonID]scheme.Care, error)
	Permissions(person scheme.PersonID) (scheme.Permissions, error)
	// LeftOut are the referrals to a scheme whose person is left out of what serves
	// that purpose.
	LeftOut(of scheme.ID, purpose scheme.Purpose) (map[scheme.ReferralID]bool, error)
}

// Accounts is the platform: reached before it is known which organisation is
// meant.
type Accounts interface {
	// Login returns the account of that login with its memberships, or faults
	// with not-found.
	Login(ctx context.Context, login string) (Account, error)
	// Account returns it by id, or faults with not-found.
	Account(ctx context.Context, id scheme.AccountID) (Account, error)
	// Token returns the actor's account and organisation for the SHA-256 of a
	// bearer token that has not expired, or faults with not-found.
	Token(ctx context.Context, hash []byte, now time.Time) (scheme.AccountID, scheme.OrgID, error)
	PlatformWriter
	PublishedReader
}

// PlatformWriter sets organisations and accounts up.
type PlatformWriter interface {
	// Organisations returns all, by name.
	Organisations(ctx context.Context) ([]scheme.Organisation, error)
	AddOrganisation(ctx context.Context, o scheme.Organisation) error
	// Found keeps the first organisation and its first account together; it
	// faults with set-up.done when there is an organisation already. Of several
	// at once, one gets through.
	Found(ctx context.Context, o scheme.Organisation, a Account) error
	// AddAccount keeps the account with its memberships; it faults with
	// account.taken, at "login".
	AddAccount(ctx context.Context, a Account) error
	AddToken(ctx context.Context, t Token) error
	// RegisterMeasures makes the bundled definitions known; see AddMeasure.
	RegisterMeasures(ctx context.Context, defs []measure.Definition) error
}

// Page is a slice of a long list.
type Page struct {
	After string // the Mark of the last line of the page before, or its id or reference where lines have none; empty for the first
	Limit int    // 1 to 200
	Order Order  // empty: the list's usual one
}

// ReferralFilter narrows a list of referrals; empty fields do not narrow.
type ReferralFilter struct {
	Schemes []scheme.ID // any of these; nil for all of the organisation
	Person  scheme.PersonID
	Holder  scheme.AccountID // open ones that are somebody's now
	State   ReferralState
	Source  scheme.Source
	From    scheme.Day // of receipt, both included
	To      scheme.Day
}

// ReferralLine is a referral as lists show it.
type ReferralLine struct {
	Referral   scheme.Referral
	Reference  string // the person's
	SchemeName string
	Mark       string // its place in the list, for the page after it
}

// NoPlace is the fault of a Page.After that the list did not give out.
func NoPlace() *fault.Fault {
	return fault.New(fault.Invalid, fault.InputInvalid, "This is no place in this list. Start again from the first page.").At("after")
}

// PairQuery says which pairs: all of one scheme, series and occasion whose
// window closes within the period. Windows still open on Today are running.
type PairQuery struct {
	Scheme   scheme.ID
	Series   measure.Series
	Occasion scheme.Occasion
	Period   scheme.Period
	Today    scheme.Day
	// But leaves out who was measured twice at another occasion, in any quarter; empty
	// leaves nobody out.
	But scheme.Occasion
}

// Once identifies a request that may be sent twice. An empty key means that
// the sender does not repeat.
type Once struct {
	Key     string
	Account scheme.AccountID
	Act     string
	Body    []byte // what makes it this request; kept as an HMAC only
}

// A Trace is who wrote something, and by what way it came.
type Trace struct {
	By     scheme.AccountID
	Source string // page | api | import | demo
	Batch  string // of an import
}

// Entry is one line of the audit.
type Entry struct {
	Actor     scheme.AccountID
	Act       string // as "assessment.record"
	Object    string // identifier
	RequestID string
	Payload   any // nil for a reading; old and new, encoded as JSON and encrypted
}

// An Account is somebody with a login.
type Account struct {
	ID           scheme.AccountID
	Login        string
	PasswordHash string
	Memberships  []Membership
}

// A Membership is what an account may do in one organisation.
type Membership struct {
	Org        scheme.OrgID
	Role       Role
	Profession string
	AllSchemes bool
	Schemes    []scheme.ID // where not all
}

// A Token lets a program act as an account in one organisation.
type Token struct {
	Hash    []byte // SHA-256 of the token
	Org     scheme.OrgID
	Account scheme.AccountID
	Name    string
	Expires time.Time
}
