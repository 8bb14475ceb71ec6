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
	c := w.course(in)
	arrivals := c.treated(therapists)
	for i := range Sides {
		a := c.measured(fmt.Sprintf("WITHOUT-%02d", i), 15+i%8, 1+i/8%2)
		if len(holders) > 0 {
			a.Referral.Practitioner = holders[i%len(holders)]
		}
		arrivals = append(arrivals, a)
	}
	later := c.measured("LATER", 18, 9)
	later.Referral.OT = []scheme.Involvement{w.led("2026-02-03", w.Ann.Account)}
	w.load(append(arrivals, later))
}

// OnlyTherapy loads the people with a therapist alone, as of a scheme where
// everybody sees one.
func (w *Town) OnlyTherapy(in scheme.Scheme, therapists []scheme.AccountID) {
	w.T.Helper()
	w.load(w.course(in).treated(therapists))
}

// A course makes people of one scheme who were measured twice by one measure.
type course struct {
	town *Town
	in   scheme.Scheme
	by   measure.Definition
}

func (w *Town) course(in scheme.Scheme) course {
	w.T.Helper()
	all, err := measure.Catalogue()
	must(w.T, err)
	return course{w, in, all[slices.IndexFunc(all, func(d measure.Definition) bool { return d.Key == "swemwbs" })]}
}

// treated are people with a therapist on the day of the landmark.
func (c course) treated(therapists []scheme.AccountID) (all []app.Arrival) {
	w := c.town
	w.T.Helper()
	for i := range Sides {
		a := c.measured(fmt.Sprintf("WITH-%02d", i), 15+i%8, 3+i/8%2)
		var who scheme.AccountID
		if len(therapists) > 0 {
			who = therapists[i%len(therapists)]
		}
		a.Referral.OT = []scheme.Involvement{w.led("2026-02-02", who)}
		if i == 0 {
			a.Referral.OT = append(a.Referral.OT, w.led("2026-02-03", w.Ann.Account))
		}
		all = append(all, a)
	}
	return all
}

func (w *Town) led(on string, by scheme.AccountID) scheme.Involvement {
	w.T.Helper()
	return scheme.Involvement{Level: "led", On: w.day(on), Therapist: by}
}

// measured is somebody with a baseline and a score twelve weeks later.
func (c course) measured(reference string, begin, change int) app.Arrival {
	w := c.town
	w.T.Helper()
	a := app.Arrival{
		Person:   scheme.Person{Reference: c.in.Name + "-" + reference},
		Referral: scheme.Referral{Scheme: c.in.ID, ReceivedOn: w.day("2026-01-05"), AcceptedOn: w.day("2026-01-05")},
	}
	for line, one := range []struct {
		on    string
		total int
		of    scheme.Occasion
	}{{"2026-01-05", begin, scheme.Baseline}, {"2026-03-30", begin + change, scheme.FixedTime(84)}} {
		scores, err := c.by.FromScore("swemwbs-raw", fmt.Sprint(one.total))
		must(w.T, err)
		a.Assessments = append(a.Assessments, app.Arriving{Line: line, Assessment: scheme.Assessment{
			Measure: c.by.Key, Version: c.by.Version, On: w.day(one.on), Occasion: one.of, Rater: c.by.Rater, Scores: scores,
		}})
	}
	return a
}

func (w *Town) load(all []app.Arrival) {
	w.T.Helper()
	_, err := w.App.Load(w.T.Context(), w.Ann, all, func(int) {})
	must(w.T, err)
}

func (w *Town) day(text string) scheme.Day {
	w.T.Helper()
	d, err := scheme.ParseDay(text)
	must(w.T, err)
	return d
}
