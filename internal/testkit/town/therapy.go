package town

import (
	"fmt"
	"slices"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// Sides is how many people Therapy has with an occupational therapist, and how
// many without.
const Sides = 24

// Therapy loads people of one of Riverside's schemes, measured twice by SWEMWBS,
// who begin alike: with a therapist by the landmark they gain about 3, without
// one about 1. The first of those with one is seen by Ann too, after the
// landmark; one more person is seen only then. Nobody is recorded where a list
// is empty.
func (w *Town) Therapy(in scheme.Scheme, therapists, holders []scheme.AccountID) {
	w.T.Helper()
	all, err := measure.Catalogue()
	must(w.T, err)
	def := all[slices.IndexFunc(all, func(d measure.Definition) bool { return d.Key == "swemwbs" })]
	var arrivals []app.Arrival
	arrive := func(reference string, begin, change int) *scheme.Referral {
		a := app.Arrival{Person: scheme.Person{Reference: reference}, Referral: scheme.Referral{Scheme: in.ID, ReceivedOn: w.day("2026-01-05"), AcceptedOn: w.day("2026-01-05")}}
		for line, one := range []struct {
			on    string
			total int
			of    scheme.Occasion
		}{{"2026-01-05", begin, scheme.Baseline}, {"2026-03-30", begin + change, scheme.FixedTime(84)}} {
			scores, err := def.FromScore("swemwbs-raw", fmt.Sprint(one.total))
			must(w.T, err)
			a.Assessments = append(a.Assessments, app.Arriving{Line: line, Assessment: scheme.Assessment{
				Measure: def.Key, Version: def.Version, On: w.day(one.on), Occasion: one.of, Rater: def.Rater, Scores: scores,
			}})
		}
		arrivals = append(arrivals, a)
		return &arrivals[len(arrivals)-1].Referral
	}
	for i := range Sides {
		r := arrive(fmt.Sprintf("%s-WITH-%02d", in.Name, i), 15+i%8, 3+i/8%2)
		r.OT = []scheme.Involvement{{Level: "led", On: w.day("2026-02-02")}} // the landmark
		if len(therapists) > 0 {
			r.OT[0].Therapist = therapists[i%len(therapists)]
		}
		if i == 0 {
			r.OT = append(r.OT, scheme.Involvement{Level: "led", On: w.day("2026-02-03"), Therapist: w.Ann.Account})
		}
	}
	for i := range Sides {
		r := arrive(fmt.Sprintf("%s-WITHOUT-%02d", in.Name, i), 15+i%8, 1+i/8%2)
		if len(holders) > 0 {
			r.Practitioner = holders[i%len(holders)]
		}
	}
	arrive(in.Name+"-LATER", 18, 9).OT = []scheme.Involvement{{Level: "led", On: w.day("2026-02-03"), Therapist: w.Ann.Account}}
	_, err = w.App.Load(w.T.Context(), w.Ann, arrivals, func(int) {})
	must(w.T, err)
}

func (w *Town) day(text string) scheme.Day {
	w.T.Helper()
	d, err := scheme.ParseDay(text)
	must(w.T, err)
	return d
}
