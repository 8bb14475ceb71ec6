package scheme

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

type (
	Purpose         string // what records are used for
	Basis           string // in law
	PermissionState string // what the person said
)

// What records are used for. The national data opt-out is not a purpose: it is
// one choice, made elsewhere, about all uses beyond a person's own care.
const (
	ForCare        Purpose = "care"
	ForEvaluation  Purpose = "evaluation"
	ForResearch    Purpose = "research"
	ForContact     Purpose = "contact"
	NationalOptOut Purpose = "national-opt-out"
)

// What a person said. Consent is given, refused or withdrawn; under any other
// basis people are told, and may object.
const (
	NotAsked  PermissionState = "not-asked"
	Given     PermissionState = "given"
	Refused   PermissionState = "refused"
	TakenBack PermissionState = "withdrawn"
	Told      PermissionState = "told"
	Objected  PermissionState = "objected"
)

// Consent is the one basis under which somebody has to be asked.
const Consent Basis = "consent"

// Purposes are what is asked about, the national data opt-out last.
func Purposes() []Term {
	return []Term{
		{string(ForCare), "Their own care"},
		{string(ForEvaluation), "Evaluating the service"},
		{string(ForResearch), "Research"},
		{string(ForContact), "Being contacted again"},
		{string(NationalOptOut), "National data opt-out"},
	}
}

// Bases are those of the UK GDPR that services use, in short words.
func Bases() []Term {
	return []Term{
		{string(Consent), "Consent"},
		{"direct-care", "Direct care"},
		{"public-task", "Public task"},
		{"legitimate-interest", "Legitimate interest"},
		{"contract", "Contract"},
		{"legal-duty", "Legal duty"},
	}
}

// PermissionStates are what people said.
func PermissionStates() []Term {
	return []Term{
		{string(NotAsked), "Not asked"},
		{string(Given), "Consent given"},
		{string(Refused), "Consent refused"},
		{string(TakenBack), "Consent withdrawn"},
		{string(Told), "Told, and no objection"},
		{string(Objected), "Objected"},
	}
}

// A Permission is what a person said of one purpose, from a day on.
type Permission struct {
	ID      string
	Purpose Purpose
	Basis   Basis
	State   PermissionState
	On      Day
	By      AccountID
	At      time.Time // UTC, when it was written down
}

// Label is the state as people read it: of the national data opt-out, what the
// look-up showed.
func (p Permission) Label() string {
	if p.Purpose != NationalOptOut {
		return Label(PermissionStates(), string(p.State))
	}
	return Label(optOutStates(), string(p.State))
}

func optOutStates() []Term {
	return []Term{{string(NotAsked), "Not checked"}, {string(Told), "Not opted out"}, {string(Objected), "Opted out"}}
}

// Fits reports whether what was said is something that can be said of that
// purpose under that basis.
func (p Permission) Fits() bool {
	switch {
	case p.Purpose == NationalOptOut:
		return p.Basis == "" && (p.State == NotAsked || p.State == Told || p.State == Objected)
	case p.State == NotAsked:
		return true
	case p.Basis == Consent:
		return p.State == Given || p.State == Refused || p.State == TakenBack
	case p.Basis == "":
		return false
	}
	return p.State == Told || p.State == Objected
}

// Permissions are everything that a person said, in whatever order. Where
// nothing was said they were not asked, and nothing else is made of that.
type Permissions []Permission

// Now is what holds for a purpose: the newest day, and on one day what was
// written down last.
func (all Permissions) Now(purpose Purpose) Permission {
	now := Permission{Purpose: purpose, State: NotAsked}
	for _, p := range all.InOrder() {
		if p.Purpose == purpose {
			now = p
		}
	}
	return now
}

// InOrder is the history, the oldest first.
func (all Permissions) InOrder() Permissions {
	return slices.SortedFunc(slices.Values(all), func(a, b Permission) int {
		return cmp.Or(a.On.DaysSince(b.On), strings.Compare(a.ID, b.ID))
	})
}

// LeavesOut reports whether the person's rows are left out of what serves that
// purpose: they said no to it, or opted out nationally of all uses beyond their
// own care and gave no consent of their own to this one.
func (all Permissions) LeavesOut(purpose Purpose) bool {
	now := all.Now(purpose).State
	switch now {
	case Refused, TakenBack, Objected:
		return true
	case Given:
		return false
	}
	beyond := purpose == ForEvaluation || purpose == ForResearch
	return beyond && all.Now(NationalOptOut).State == Objected
}
