package demo

import (
	"fmt"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// waiters are people of a scheme with a waiting list, who were measured when they
// were referred and again before their start, twelve weeks later. Nobody helped
// them meanwhile, so on average nothing changed. They started in the last months and
// are still inside their window, so that the scheme's figures are those of the
// others.
func (s Scheme) waiters(seed uint64, with SetUp, today scheme.Day) ([]app.Arrival, error) {
	var all []app.Arrival
	for n := range s.Waiters {
		c := of(seed, s, 100_000+n)
		start := workday(today.Plus(-8 - 84*n/s.Waiters))
		received := workday(start.Plus(-7 * Weeks).Plus(-3))
		person := c.person(s, 1, today.Year())
		person.Reference = fmt.Sprintf("%s-WAIT-%02d", s.Prefix, n+1)
		act := with.Activities[n%len(with.Activities)]
		a := app.Arrival{
			Person:   person,
			Referral: scheme.Referral{Scheme: with.Scheme, Source: c.source(), ReceivedOn: received, AcceptedOn: workday(start.Plus(-14))},
			Prescriptions: []scheme.Prescription{{
				Activity: act.ID, Category: act.Category, OfferedOn: workday(start.Plus(-14)), AcceptedOn: workday(start.Plus(-14)),
				FirstAttendedOn: start, Offered: 10, Attended: 1,
			}},
		}
		first := c.takenIn(s)
		var at []occasion
		for _, o := range []occasion{{of: scheme.Waiting, on: received, state: first}, {of: scheme.Baseline, on: workday(start.Plus(-2)), state: c.after(first, 0)}} {
			o.channel, o.helper = c.baselineWay()
			at = append(at, o)
		}
		var err error
		if a.Assessments, err = c.assessments(s, at, with.Measures); err != nil {
			return nil, err
		}
		a.Contacts = of(^seed, s, 100_000+n).talks(s, a, today)
		all = append(all, a)
	}
	return all, nil
}
