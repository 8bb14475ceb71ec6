package app

import (
	"errors"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// ErrAgain is what a write returns when something that it had read before its
// locks is no longer so under them: Store.Write runs it again.
var ErrAgain = errors.New("changed by another write meanwhile")

// A Writer also writes.
type Writer interface {
	Reader
	Locker
	SchemeWriter
	WordsEraser
	ActivityWriter
	ProfileWriter
	PersonWriter
	CareWriter
	ReferralWriter
	CourseWriter
	RecordWriter
	CaseloadWriter
	TraceWriter
	ContactWriter
	SafetyWriter
	RegisterWriter
	ReleaseWriter
	GrantWriter
	CostWriter
	ComparatorWriter
	ImportWriter
	ProjectWriter
	TicketWriter
	NewcomerWriter
}

// SchemeWriter writes what a service sets up.
type SchemeWriter interface {
	// AddScheme keeps the scheme and its first plan; it faults with
	// scheme.name-taken.
	AddScheme(s scheme.Scheme) error
	// AddPlan keeps a further version of a scheme's plan; it faults with
	// version.stale when that version is there.
	AddPlan(id scheme.ID, p scheme.Plan) error
	// AddMeasure keeps the organisation's own definition; the same key and
	// version with the same content is no change, with other content it faults
	// with measure.changed.
	AddMeasure(d measure.Definition) error
	// SupplyWords keeps a measure of the library with the organisation's own
	// licensed words, as a version that goes before the product's.
	SupplyWords(d measure.Definition) error
}

// WordsEraser erases what a licence no longer covers.
type WordsEraser interface {
	// EraseWords takes the organisation's licensed words out of every version of a
	// measure of the library, and out of the payloads of the audit.
	EraseWords(key measure.Key) error
}

// ProfileWriter writes what a scheme may know of people.
type ProfileWriter interface {
	// SaveScheme faults with version.stale when what is there is of another
	// revision.
	SaveScheme(s scheme.Scheme) error
}

// PersonWriter writes people.
type PersonWriter interface {
	// AddPerson faults with person.taken, at "reference" or "nhs_number".
	AddPerson(p scheme.Person) error
	// SavePerson keeps a person's own facts. It faults with person.taken, at
	// "reference", and with version.stale when what is there is of another revision.
	SavePerson(p scheme.Person) error
	// MergePeople gives every record of u.Lose to u.Keep, under whom Lose is found
	// from then on. The caller has locked both and withdrawn u.Twins.
	MergePeople(u scheme.Union) error
}

// CareWriter writes what to mind of people, and what they said.
type CareWriter interface {
	// SaveCare faults with version.stale when what is there is of another revision.
	SaveCare(person scheme.PersonID, c scheme.Care) error
	// AddPermission adds to what a person said before.
	AddPermission(person scheme.PersonID, p scheme.Permission) error
	// UniteCare makes what was said by one of two people said by the other, who is
	// the same.
	UniteCare(keep, lose scheme.PersonID) error
}

// Locker makes other writes wait until this one ends (on PostgreSQL; on SQLite
// there is one writer). What is not there faults with not-found. Several of one
// kind are locked in the order of their identifiers, whatever order they are
// given in; schemes are locked before people, and nothing twice by two calls of
// which the second names more.
type Locker interface {
	// HoldSchemes keeps the plans of schemes as they are. Many may hold one.
	HoldSchemes(ids ...scheme.ID) error
	// LockScheme is for who changes its plan: it waits for those who hold it.
	LockScheme(id scheme.ID) error
	// Waiting returns the referrals of a scheme whose plan nothing has settled.
	Waiting(id scheme.ID) ([]scheme.ReferralID, error)
	// LockPeople is for whoever writes anything about people.
	LockPeople(ids ...scheme.PersonID) error
	// LockPeopleOf locks whoever those referrals are of.
	LockPeopleOf(referrals ...scheme.ReferralID) error
}

// ReferralWriter writes referrals and prescriptions.
type ReferralWriter interface {
	// AddReferral sets the ordinal and faults with referral.open when the person
	// has an open referral to the scheme.
	AddReferral(r scheme.Referral) error
	// SaveReferral and SavePrescription fault with version.stale when what is there
	// is of another revision.
	SaveReferral(r scheme.Referral) error
	AddInvolvement(id scheme.ReferralID, i scheme.Involvement) error
	AddPrescription(p scheme.Prescription) error
	SavePrescription(p scheme.Prescription) error
}

// CourseWriter writes what a referral has several of. Each makes what is there
// exactly that.
type CourseWriter interface {
	SaveReasons(id scheme.ReferralID, all []scheme.Reason) error
	SavePauses(id scheme.ReferralID, all []scheme.Pause) error
	SaveInvolvements(id scheme.ReferralID, all []scheme.Involvement) error
}

// RecordWriter writes assessments and what follows from them.
type RecordWriter interface {
	// AddAssessment keeps the first version; it faults with assessment.twice
	// when a live one of the same person, measure, moment and rater is there.
	AddAssessment(a scheme.Assessment, trace Trace) error
	// Revise adds a version to a live assessment and makes it the current one. It
	// faults with version.stale unless r.Revision follows the current one, and like
	// AddAssessment.
	Revise(r scheme.Revision) error
	// SavePairs makes the stored pairs of the referral exactly these.
	SavePairs(id scheme.ReferralID, pairs []scheme.Pair) error
}

// TraceWriter keeps what a write leaves behind besides what it was for.
type TraceWriter interface {
	// Claim takes the key of a request, waiting for a copy under way. For a
	// repeat it returns the object the first one made; for a key used by another
	// request it faults with idempotency.reused.
	Claim(once Once) (object string, err error)
	// Settle records what the claimed request made.
	Settle(once Once, object string) error
	// Audit adds one row; its payload is kept encrypted, apart.
	Audit(e Entry) error
}
