// Package demo makes up organisations, schemes and people for the
// demonstration: synthetic throughout, and named so that nobody can take them
// for real ones.
//
// It knows nothing of databases, files or the clock: the day it is told is the
// last day on which something can have happened. It promises the same data for
// the same seed and the same day; another day moves every date with it, so that
// there are always closed windows, people still inside theirs, and follow-ups
// that are due.
package demo

import (
	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

const (
	// Seed begins every draw. Another seed gives other people.
	Seed uint64 = 20260401
	// Version changes whenever the same seed gives other data.
	Version = 14
	// Span is how far back the first referral lies.
	Span = 913 // days, two and a half years
	// Weeks from the start to the planned follow-up of every scheme.
	Weeks = 12
)

// An Organisation is one tenant with all that is set up in it.
type Organisation struct {
	Name       string
	Kind       scheme.OrganisationKind
	Activities []app.NewActivity
	Schemes    []Scheme
	Accounts   []Account
}

// A Scheme is how one scheme works, and what became of the people in it.
type Scheme struct {
	Name       string
	Prefix     string // of its people's references
	Activities []string
	Measures   []measure.Key
	Names      []string // first names given to its people; none where a service works by reference alone
	Referrals  int      // in all

	Accepted   float64 // share of the referrals, 0 to 1
	Started    float64 // share of the accepted
	Measured   float64 // share of the started with a baseline
	FollowedUp float64 // share of those with a later score
	Therapist  float64 // share of the accepted with an occupational therapist's part
	Effect     float64 // mean change of underlying wellbeing, in its baseline SDs
	Entry      int     // the highest life satisfaction that is taken in; 0: anybody is
	Waiters    int     // people besides the referrals who were measured twice while they waited
}

// An Account is somebody who can sign in. The passwords are no secret: the
// demonstration listens on this machine only.
type Account struct {
	Login      string
	Password   string
	Role       app.Role
	Profession string
	Schemes    []string // by name; none means every scheme
	Sees       string   // what the account is for, in words
}
