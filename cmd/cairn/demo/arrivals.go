package demo

import (
	"fmt"
	"slices"
	"strings"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A SetUp is one scheme as it stands in the database.
type SetUp struct {
	Scheme     scheme.ID
	Activities []scheme.Activity // what it prescribes
	Measures   map[measure.Key]measure.Definition
}

// tryMark is in the reference of everybody who was left for a visitor to
// measure.
const tryMark = "-TRY-"

// IsToTry reports whether a person was left without scores although their
// window has closed, so that a visitor can record both and see the scheme's
// page change.
func IsToTry(reference string) bool { return strings.Contains(reference, tryMark) }

// Arrivals makes up everybody in one scheme, in the order they were referred.
func Arrivals(seed uint64, s Scheme, with SetUp, today scheme.Day) ([]app.Arrival, error) {
	if len(with.Activities) == 0 {
		return nil, fmt.Errorf("the scheme %s prescribes nothing", s.Name)
	}
	var all []app.Arrival
	for i := range s.Referrals {
		theirs, err := s.referred(of(seed, s, i+1), i, with, today)
		if err != nil {
			return nil, err
		}
		talk := of(^seed, s, i+1)
		for n := range theirs {
			theirs[n].Contacts = talk.talks(s, theirs[n], today)
		}
		all = append(all, theirs...)
	}
	waited, err := s.waiters(seed, with, today)
	if err != nil {
		return nil, err
	}
	all = append(append(all, toTry(s, with, today)...), waited...)
	slices.SortStableFunc(all, func(a, b app.Arrival) int { return a.Referral.ReceivedOn.DaysSince(b.Referral.ReceivedOn) })
	return all, nil
}

// referred is one person's referral and, for a few who came to the end of one,
// another later.
func (s Scheme) referred(c chance, i int, with SetUp, today scheme.Day) ([]app.Arrival, error) {
	received := workday(today.Plus(-Span + (i*Span+c.IntN(Span))/s.Referrals))
	person := c.person(s, i+1, today.Year())
	first, err := c.arrival(s, with, visit{person, received, today})
	if err != nil {
		return nil, err
	}
	ended, reason := first.Referral.EndedOn, first.Referral.EndReason
	again, next := c.hits(0.03), workday(ended.Plus(c.between(40, 200)))
	cut(&first, today)
	if !again || next.After(today) || reason == scheme.EndDied || reason == scheme.EndMovedAway {
		return []app.Arrival{first}, nil
	}
	second, err := c.arrival(s, with, visit{person, next, today})
	if err != nil {
		return nil, err
	}
	cut(&second, today)
	return []app.Arrival{first, second}, nil
}

// A visit is one person coming to a scheme.
type visit struct {
	person   scheme.Person
	received scheme.Day
	today    scheme.Day
}

func (c chance) arrival(s Scheme, with SetUp, v visit) (app.Arrival, error) {
	k := c.course(s, v.received)
	a := app.Arrival{Person: v.person, Referral: k.referral(with.Scheme, v.received, c.source())}
	a.Prescriptions = c.prescriptions(k, with.Activities, v.today)
	if !k.accepted.IsZero() {
		a.Referral.OT = c.involvement(s, k.accepted)
	}
	var err error
	a.Assessments, err = c.assessments(s, c.occasions(s, k), with.Measures)
	return a, err
}
