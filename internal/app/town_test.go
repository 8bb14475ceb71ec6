package app_test

import (
	"fmt"
	"testing"

	"cairn/internal/app"
	"cairn/internal/scheme"
	kit "cairn/internal/testkit/town"
)

// A town is the one that the rooms share, with what is asked of the app.
type town struct{ *kit.Town }

// each builds a town on either database.
func each(t *testing.T, fn func(t *testing.T, w *town)) {
	t.Helper()
	kit.Each(t, func(t *testing.T, w *kit.Town) {
		w.Settle("swemwbs", "ons4")
		fn(t, &town{w})
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// refer registers a person who was received and accepted on that day.
func (w *town) refer(by app.Actor, to scheme.Scheme, reference, on string) app.ReferralView {
	w.T.Helper()
	v, err := w.App.Register(w.T.Context(), by, registration(to, reference, on))
	must(w.T, err)
	return v
}

func registration(to scheme.Scheme, reference, on string) app.NewRegistration {
	return app.NewRegistration{
		Person:   app.NewPerson{Reference: reference, Name: "Canary " + reference, BirthYear: 1950},
		Referral: app.NewReferral{Scheme: to.ID, Source: "self", ReceivedOn: on, AcceptedOn: on},
	}
}

// raw is a SWEMWBS raw total recorded in person, for an occasion that stands
// outside the plan: pairs are made by the day.
func raw(v app.ReferralView, on string, score int) app.NewAssessment {
	return app.NewAssessment{
		Referral: v.Referral.ID, Measure: "swemwbs", On: on, Occasion: scheme.Later,
		Channel: "in-person", Helper: "nobody", Series: "swemwbs-raw", Score: fmt.Sprint(score),
	}
}

// paired is how many people the scheme's headline figure pairs.
func (w *town) paired(by app.Actor, s scheme.Scheme) int {
	w.T.Helper()
	v, err := w.App.Evidence(w.T.Context(), by, app.EvidenceAsk{Scheme: s.ID})
	must(w.T, err)
	return v.Finding.Counts.Paired
}
