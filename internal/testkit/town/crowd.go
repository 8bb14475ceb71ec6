package town

import (
	"fmt"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// Somebody is one person of a crowd: SWEMWBS raw totals while they waited, 84 days
// before the start, at the start and 84 days after; 0 where not measured.
type Somebody struct {
	Reference string
	Sex       scheme.Sex
	On        scheme.Day // accepted and measured at the start; received then, too, by whoever did not wait
	Waiting   int
	Before    int
	After     int
	Channels  [3]scheme.Channel // of the three scores, in their order; empty: not recorded
	Helper    scheme.Helper     // with every score
	OT        scheme.OTLevel    // from the start; empty: nobody's part
}

// Crowd brings people into a scheme, all at once.
func (w *Town) Crowd(by app.Actor, in scheme.Scheme, people ...Somebody) {
	w.T.Helper()
	all, err := measure.Catalogue()
	must(w.T, err)
	var def measure.Definition
	for _, d := range all {
		if d.Key == "swemwbs" {
			def = d
		}
	}
	var arrivals []app.Arrival
	for _, p := range people {
		a := app.Arrival{
			Person:   scheme.Person{Reference: p.Reference, Sex: p.Sex},
			Referral: scheme.Referral{Scheme: in.ID, Source: "self", ReceivedOn: p.On, AcceptedOn: p.On},
		}
		if p.OT != "" {
			a.Referral.OT = []scheme.Involvement{{Level: p.OT, On: p.On}}
		}
		if p.Waiting > 0 {
			a.Referral.ReceivedOn = p.On.Plus(-84)
		}
		for i, total := range []int{p.Waiting, p.Before, p.After} {
			if total == 0 {
				continue
			}
			scores, err := def.FromScore("swemwbs-raw", fmt.Sprint(total))
			must(w.T, err)
			occasion := []scheme.Occasion{scheme.Waiting, scheme.Baseline, scheme.FixedTime(84)}[i]
			a.Assessments = append(a.Assessments, app.Arriving{Line: 3*len(arrivals) + i + 1, Assessment: scheme.Assessment{
				Measure: def.Key, Version: def.Version, On: p.On.Plus(84 * (i - 1)), Occasion: occasion, Rater: def.Rater, Scores: scores,
				Channel: p.Channels[i], Helper: p.Helper,
			}})
		}
		arrivals = append(arrivals, a)
	}
	loaded, err := w.App.Load(w.T.Context(), by, arrivals, func(int) {})
	must(w.T, err)
	if len(loaded.Refused) > 0 {
		w.T.Fatalf("%d scores were refused, the first: %v", len(loaded.Refused), loaded.Refused[0].Reason)
	}
}

// Queue are n people who waited 84 days for their start and gained a point or none
// meanwhile; every fifth is measured a third time.
func Queue(prefix string, n int, start scheme.Day) (people []Somebody) {
	for i := range n {
		p := Somebody{Reference: fmt.Sprintf("%s-%03d", prefix, i), On: start, Waiting: 18 + i%10, Before: 18 + i%10 + i/10%2}
		if i%5 == 0 {
			p.After = 28
		}
		people = append(people, p)
	}
	return people
}

// Many are n people who came on consecutive days from a day on; each is about 20
// before and 23 after, not all alike, and every seventh is not measured again.
func Many(prefix string, n int, from scheme.Day) (people []Somebody) {
	for i := range n {
		p := Somebody{
			Reference: fmt.Sprintf("%s-%03d", prefix, i), Sex: []scheme.Sex{"female", "male"}[i%2],
			On: from.Plus(i % 28), Before: 16 + i*7%9, After: 18 + i*5%11,
		}
		if i%7 == 3 {
			p.After = 0
		}
		people = append(people, p)
	}
	return people
}
