package app

import (
	"time"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// SafetyReader reads what somebody has to look at.
type SafetyReader interface {
	// Alerts returns those of the filter, first come first.
	Alerts(of AlertFilter) ([]AlertLine, error)
	// AlertBatches counts the alerts of imports, the newest import first.
	AlertBatches(of AlertFilter) ([]AlertBatch, error)
	// AlertSteps returns what was done about one, in order.
	AlertSteps(id scheme.AlertID) ([]scheme.AlertStep, error)
	// Letters returns the mails about one, in order of their steps.
	Letters(id scheme.AlertID) ([]Letter, error)
	// WordsOf returns the own words that those alerts are about, by place.
	WordsOf(all []scheme.Alert) (map[scheme.AlertID]map[string]string, error)
}

// ProtocolReader reads what an organisation does about an alert.
type ProtocolReader interface {
	// Protocol returns the newest; its version is 0 where there is none.
	Protocol() (scheme.Protocol, error)
	// Members returns everybody with a login here, by login.
	Members() ([]Member, error)
}

// SafetyWriter writes alerts, what is done about them, and protocols.
type SafetyWriter interface {
	// AddAlert keeps a and the mails about it. What is there already (one version
	// of one assessment raises a kind once) stays as it is.
	AddAlert(a scheme.Alert, mails []scheme.DueMail) error
	// SaveAlert keeps where a stands and what was done, and drops mails that wait.
	// It faults with version.stale unless a follows what is there. about is
	// whom a note in did is of.
	SaveAlert(a scheme.Alert, did scheme.AlertStep, about scheme.PersonID) error
	// AddProtocol faults with version.stale when that version is there.
	AddProtocol(p scheme.Protocol) error
	// ClaimLetter takes the mail that is due first, so that nobody else takes it
	// before until; ok is false where none is due.
	ClaimLetter(now, until time.Time) (l Letter, ok bool, err error)
	// SettleLetter keeps what became of a claimed mail.
	SettleLetter(l Letter) error
}

// AlertFilter narrows a list of alerts; empty fields do not narrow.
type AlertFilter struct {
	Schemes    []scheme.ID // any of these; nil for all of the organisation
	ID         scheme.AlertID
	Assessment scheme.AssessmentID
	Referral   scheme.ReferralID
	Holders    []scheme.AccountID // of theirs and nobody's; nil for anybody's
	Holder     scheme.AccountID   // of what is theirs now
	Kind       scheme.AlertKind
	Batch      string // of an import
	Came       Coming
	Closed     bool // those that are closed too
	Limit      int
}

// Coming is by what way an alert came.
type Coming string

const (
	CameAlone    Coming = "alone"
	CameImported Coming = "imported"
)

// An AlertLine is an alert with whose it is.
type AlertLine struct {
	scheme.Alert
	Referral   scheme.ReferralID
	Person     scheme.PersonID
	Reference  string
	Scheme     scheme.ID
	SchemeName string
	Measure    measure.Key
	Edition    int // version of the measure
	On         scheme.Day
	Dated      scheme.Dating // how well that day is known
	Newest     int           // version of the assessment
	Withdrawn  bool          // the assessment was
}

// When is the day it was answered, as far as that is known.
func (l AlertLine) When() string { return l.Dated.Label(l.On) }

// An AlertBatch is the review list of one import.
type AlertBatch struct {
	ID         string
	At         time.Time // of its first alert
	Raised     int       // answers at or above the bound
	Unanswered int
	Words      int
	Open       int // not closed, of any kind
}

// A Letter is one mail about an alert.
type Letter struct {
	Alert    scheme.AlertID
	Step     scheme.MailStep
	State    LetterState
	NotDue   time.Time // before then
	Attempts int
	DoneAt   time.Time // zero: it waits
}

// A LetterState is what became of a mail.
type LetterState string

const (
	LetterWaits       LetterState = "waiting"
	LetterSent        LetterState = "sent"
	LetterDropped     LetterState = "dropped"     // somebody had it before it was due
	LetterUnaddressed LetterState = "unaddressed" // nobody of that step has an address
)

// A Member is somebody with a login in an organisation.
type Member struct {
	Account    scheme.AccountID
	Login      string
	Role       Role
	AllSchemes bool
}
