// Package scheme is the language of the product: organisations and their
// schemes, people referred, prescriptions, assessments, measurement plans, and
// the rules by which two scores of one person become a pair.
//
// It knows nothing of storage, screens or statistics. It promises that pairing
// is a pure function of one referral's records, that nobody is dropped without
// a state that says why, and that every day is a calendar day without a clock.
package scheme

import (
	"cairn/internal/measure"
)

// Identifiers are UUIDv7 in text; those of tenant records are unique within
// their organisation.
type (
	OrgID          string
	AccountID      string
	ID             string // of a scheme
	ActivityID     string
	PersonID       string
	PlanID         string
	ReferralID     string
	PrescriptionID string
	AssessmentID   string
)

// An Organisation is the tenant. No record crosses organisations.
type Organisation struct {
	ID       OrgID
	Name     string
	TimeZone string // IANA, decides what day today is
	Kind     OrganisationKind
}

// OrganisationKind separates who records from who commissions.
type OrganisationKind string

const (
	Provider     OrganisationKind = "provider"
	Commissioner OrganisationKind = "commissioner"
)

// A Scheme is a commissioned social prescribing service of an organisation.
type Scheme struct {
	ID       ID
	Name     string
	Plan     Plan // the version in force
	Profile  Profile
	Revision int // of this record, which the plan's versions do not count in
}

// An Activity is something that can be prescribed.
type Activity struct {
	ID       ActivityID
	Name     string
	Category Category
	Provider string // who runs it
	// OfferedUntil is the last day on which it was offered; no day while it is.
	OfferedUntil Day
	Revision     int // of this record: 1 as first entered, one more for each change
}

// OfferedOn reports whether it could be prescribed on a day.
func (a Activity) OfferedOn(day Day) bool {
	return a.OfferedUntil.IsZero() || !day.After(a.OfferedUntil)
}

// A Person is the human being referred, known by the service's own reference.
// Everything but the reference is optional.
type Person struct {
	ID          PersonID
	Reference   string
	Name        string // kept encrypted; empty where the service works by reference alone
	BirthYear   int    // 0 when not recorded
	Sex         Sex
	Ethnicity   Ethnicity
	Deprivation int // index of multiple deprivation quintile, 1 most deprived to 5; 0 not recorded
	// Aliases are the references of records that were merged into this one.
	Aliases []string
	// Contact and NHSNumber are kept encrypted, as the name is, and opened for one
	// person at a time: in lists and rebuilds they are empty.
	Contact   Contact
	NHSNumber NHSNumber
	Revision  int    // of this record: 1 as first entered, one more for each change
	Batch     string `json:"-"` // see Referral.Batch
}

// A Referral is one person entering one scheme. A zero Day has not happened, or is
// not on record: Receipt and Acceptance say which.
type Referral struct {
	ID         ReferralID
	Person     PersonID
	Scheme     ID
	Plan       PlanID // the version it was accepted under
	Ordinal    int    // 1 for the person's first referral to the scheme; below 0: see Undone
	Source     Source
	Practice   string   // the GP practice, name or code
	Reasons    []Reason // in the order of the list
	ReceivedOn Day
	AcceptedOn Day
	DeclinedOn Day
	Declined   DeclineReason
	EndedOn    Day
	EndReason  EndReason
	ReopenedOn Day           // the last time, after an end or a decline
	Receipt    StandIn       `json:",omitzero"` // of ReceivedOn, where a file did not say it
	Acceptance StandIn       `json:",omitzero"` // of AcceptedOn, likewise
	Pauses     []Pause       // by day, none overlaps another
	OT         []Involvement // by day
	Revision   int           // of this record: 1 as first entered, one more for each change
	// Practitioner is whose it is now; empty while it is nobody's.
	Practitioner AccountID
	Batch        string `json:"-"` // of the import that adds it; empty where somebody does, and when it is read
}

// An Involvement is the occupational therapist's part in a referral from a day
// on.
type Involvement struct {
	Level     OTLevel
	On        Day
	Therapist AccountID // empty where it is not recorded who
}

// Involved reports whether a therapist had a part: advised, assessed or led. At
// the landmark OTLate is not.
func (l OTLevel) Involved() bool {
	return l != OTLate && Code(OTLevels(), string(l)) > 1
}

// A Prescription is one activity prescribed within a referral.
type Prescription struct {
	ID              PrescriptionID
	Referral        ReferralID
	Activity        ActivityID
	Category        Category
	OfferedOn       Day
	AcceptedOn      Day
	DeclinedOn      Day
	FirstAttendedOn Day
	EndedOn         Day
	EndReason       EndReason
	Offered         int  // sessions
	Attended        int  // sessions
	Told            Dose // of days and sessions, what people typed: registers apart
	Revision        int  // of this record: 1 as first entered, one more for each change
}

// An Assessment is one administration of one measure to one person on one day.
type Assessment struct {
	ID        AssessmentID
	Person    PersonID
	Referral  ReferralID
	Measure   measure.Key
	Version   int // of the measure
	On        Day // the day it was answered, not the day it was typed in
	Dated     Dating
	Occasion  Occasion
	Rater     measure.Rater
	Channel   Channel
	Helper    Helper
	Language  Language
	Responses map[string]int // by item key; nil where only a score was entered
	// Words are what the person named, by measure.Own.WordsKey, in an individualised
	// measure; empty where they are there and stay sealed, nil where there are none.
	Words map[string]string
	// RiskAnswer is what was said of the risk item beside a score; empty where the
	// answers were given item by item, or the measure has none.
	RiskAnswer RiskAnswer
	Scores     []measure.Scored
	Revision   int  // of this record: 1 as first recorded; corrections, moves and withdrawals count on
	Withdrawn  bool // out of every figure, and still there to read
}

// Waiting reports whether nothing has settled which plan the spell is measured
// by: open, not accepted, and nothing attended.
func (s Spell) Waiting() bool {
	_, stage := s.Referral.Started(s.Prescriptions)
	return stage == StageReferred && s.Referral.Open()
}

// Started is the day windows are counted from: the first attended activity,
// else acceptance, else (nothing has happened yet) receipt of the referral. Where
// a file did not say these days, what stands in for them; see Spell.Afloat.
func (r Referral) Started(prescriptions []Prescription) (on Day, stage Stage) {
	for _, p := range prescriptions {
		if !p.FirstAttendedOn.IsZero() && (on.IsZero() || p.FirstAttendedOn.Before(on)) {
			on = p.FirstAttendedOn
		}
	}
	switch {
	case !on.IsZero():
		return on, StageStarted
	case !r.AcceptedOn.IsZero():
		return r.AcceptedOn, StageAccepted
	case !r.Acceptance.On.IsZero():
		return r.Acceptance.On, StageAccepted
	default:
		return r.Since(), StageReferred
	}
}
