package demo

import (
	"fmt"
	"slices"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// cut takes away everything that lies after today.
func cut(a *app.Arrival, today scheme.Day) {
	r := &a.Referral
	if r.EndedOn.After(today) {
		r.EndedOn, r.EndReason, r.DeclinedOn = scheme.Day{}, "", scheme.Day{}
	}
	if r.AcceptedOn.After(today) {
		r.AcceptedOn, a.Prescriptions = scheme.Day{}, nil
	}
	r.OT = slices.DeleteFunc(r.OT, func(i scheme.Involvement) bool { return i.On.After(today) })
	for i := range a.Prescriptions {
		p := &a.Prescriptions[i]
		if p.EndedOn.After(today) {
			p.EndedOn, p.EndReason = scheme.Day{}, ""
		}
		if p.FirstAttendedOn.After(today) {
			p.FirstAttendedOn, p.Attended = scheme.Day{}, 0
		}
	}
	a.Assessments = slices.DeleteFunc(a.Assessments, func(x app.Arriving) bool { return x.On.After(today) })
}

// toTry are people left for a visitor to measure: they started long enough ago
// that their window has closed, and nobody asked them anything.
func toTry(s Scheme, with SetUp, today scheme.Day) []app.Arrival {
	var all []app.Arrival
	for n := range 2 {
		start := workday(today.Plus(-7*Weeks - 28 - 7 - 9*n))
		accepted := workday(start.Plus(-10))
		act := with.Activities[n%len(with.Activities)]
		all = append(all, app.Arrival{
			Person: scheme.Person{Reference: fmt.Sprintf("%s%s%d", s.Prefix, tryMark, n+1)},
			Referral: scheme.Referral{
				Scheme: with.Scheme, Source: "general-practice", ReceivedOn: workday(accepted.Plus(-4)), AcceptedOn: accepted,
			},
			Prescriptions: []scheme.Prescription{{
				Activity: act.ID, Category: act.Category, OfferedOn: accepted, AcceptedOn: accepted,
				FirstAttendedOn: start, Offered: 10, Attended: 8 - n,
			}},
		})
	}
	return all
}
