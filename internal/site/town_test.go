package site_test

import (
	"net/http"
	"testing"

	"cairn/internal/api"
	"cairn/internal/app"
	"cairn/internal/scheme"
	"cairn/internal/server"
	"cairn/internal/site"
	kit "cairn/internal/testkit/town"
)

const (
	password  = kit.Password
	setUpCode = kit.SetUpCode
)

// A town is the one that the rooms share, whole: the pages and the API on one
// server.
type town struct {
	*kit.Town
	stack http.Handler
}

// each settles a town on either database.
func each(t *testing.T, fn func(t *testing.T, w *town)) {
	t.Helper()
	eachEmpty(t, func(t *testing.T, w *town) {
		w.settle()
		fn(t, w)
	})
}

// onSQLite settles one town, for what the database has no part in.
func onSQLite(t *testing.T) *town {
	t.Helper()
	w := found(kit.OnSQLite(t), nil)
	w.settle()
	return w
}

// eachEmpty is a town where nobody has been set up.
func eachEmpty(t *testing.T, fn func(t *testing.T, w *town)) {
	t.Helper()
	kit.Each(t, func(t *testing.T, w *kit.Town) { fn(t, found(w, nil)) })
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func found(empty *kit.Town, demo []site.DemoLogin) *town {
	empty.T.Helper()
	w := &town{Town: empty}
	must(w.T, w.App.Prepare(w.T.Context()))
	stack := w.Server(server.Config{Demo: len(demo) > 0})
	pages, err := site.New(w.App, stack, demo)
	must(w.T, err)
	must(w.T, pages.Routes())
	must(w.T, api.Register(stack, w.App, pages))
	w.stack = stack.Handler()
	return w
}

// settle lets everybody in; the schemes' headline is the first of the ONS4.
func (w *town) settle() { w.Settle("ons4", "swemwbs") }

// referral registers somebody who started on 12 January 2026: due again in a
// window that closed in May.
func (w *town) referral(reference string) scheme.ReferralID {
	w.T.Helper()
	made, err := w.App.Register(w.T.Context(), w.Ann, app.NewRegistration{
		Person:   app.NewPerson{Reference: reference},
		Referral: app.NewReferral{Scheme: w.Garden.ID, ReceivedOn: "2026-01-05", AcceptedOn: "2026-01-05"},
	})
	must(w.T, err)
	_, err = w.App.AddPrescription(w.T.Context(), w.Ann, app.NewPrescription{
		Referral: made.Referral.ID, Activity: w.Plot.ID, OfferedOn: "2026-01-05", FirstAttendedOn: "2026-01-12",
	})
	must(w.T, err)
	return made.Referral.ID
}

// received is a referral on which nothing has happened yet.
func (w *town) received(by app.Actor, in scheme.Scheme, reference string) scheme.ReferralID {
	w.T.Helper()
	made, err := w.App.Register(w.T.Context(), by, app.NewRegistration{
		Person:   app.NewPerson{Reference: reference},
		Referral: app.NewReferral{Scheme: in.ID, ReceivedOn: "2026-01-05"},
	})
	must(w.T, err)
	return made.Referral.ID
}

// rows is how many rows every table has but that of sessions, which visits fill.
func (w *town) rows() string { return w.Rows("sessions") }
