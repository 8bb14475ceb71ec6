package app_test

import (
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/evidence"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// reading is one series of a stay.
func reading(t *testing.T, s app.Stay, series string) evidence.Reading {
	t.Helper()
	for _, r := range s.Readings {
		if string(r.Score.Series) == series {
			return r
		}
	}
	t.Fatalf("no reading of %s", series)
	return evidence.Reading{}
}

// One person's numbers by hand, from the table that SWEMWBS's authors printed: 21
// is 19.25 and 25 is 22.35, 3.10 points, which is past 2.87. What was withdrawn is
// listed with its reason and read by nothing; a proxy's answer stands apart.
func TestRecord(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		v := w.refer(w.Ann, w.Garden, "G-1", "2026-01-05")
		for _, in := range []app.NewAssessment{raw(v, "2026-01-12", 21), raw(v, "2026-04-06", 25)} {
			_, err := w.App.RecordAssessment(t.Context(), w.Ann, in)
			must(t, err)
		}
		proxy := raw(v, "2026-05-04", 8)
		proxy.Rater = "proxy"
		_, err := w.App.RecordAssessment(t.Context(), w.Ann, proxy)
		must(t, err)
		wrong, err := w.App.RecordAssessment(t.Context(), w.Ann, raw(v, "2026-05-18", 7))
		must(t, err)
		_, err = w.App.WithdrawAssessment(t.Context(), w.Ann, app.Withdrawal{Assessment: wrong.ID, Version: 1, Reason: "Form of a neighbour"})
		must(t, err)

		got, err := w.App.Record(t.Context(), w.Bo, v.Person.ID)
		must(t, err)
		r := reading(t, got.Stays[0], "swemwbs-metric")
		if r.Base.Level != 1925 || r.Later.Level != 2235 || r.Verdict != evidence.Better || len(r.Points) != 2 {
			t.Errorf("from %v to %v: %s of %d scores", r.Base, r.Later, r.Verdict, len(r.Points))
		}
		if len(r.Others) != 1 || r.Others[0].By != "proxy" || r.Others[0].Points[0].Level != 951 {
			t.Errorf("others %+v, want the proxy's 9.51", r.Others)
		}
		if len(got.Withdrawn) != 1 || got.Withdrawn[0].ID != wrong.ID || got.Withdrawn[0].Reason != "Form of a neighbour" {
			t.Errorf("withdrawn %+v", got.Withdrawn)
		}
		kinds := map[scheme.EventKind]int{}
		for _, e := range got.Timeline {
			kinds[e.Kind]++
		}
		if kinds[scheme.EventMeasured] != 3 || kinds[scheme.EventWithdrawn] != 1 || kinds[scheme.EventReceived] != 1 || kinds[scheme.EventAccepted] != 1 {
			t.Errorf("told %v", kinds)
		}
	})
}

// A record shows the referrals of the reader's schemes and nothing of another's,
// and somebody of no scheme of theirs looks like nobody.
func TestRecordKeepsToTheReadersSchemes(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		garden := w.refer(w.Ann, w.Garden, "G-1", "2026-01-05")
		_, err := w.App.RecordAssessment(t.Context(), w.Ann, raw(garden, "2026-01-12", 21))
		must(t, err)
		choir, err := w.App.AddReferral(t.Context(), w.Ann, app.NewReferral{Person: garden.Person.ID, Scheme: w.Choir.ID, ReceivedOn: "2026-02-02"})
		must(t, err)
		made, err := w.App.RecordAssessment(t.Context(), w.Ann, raw(choir, "2026-02-09", 30))
		must(t, err)
		_, err = w.App.WithdrawAssessment(t.Context(), w.Ann, app.Withdrawal{Assessment: made.ID, Version: 1, Reason: "Heard in the choir"})
		must(t, err)

		all, err := w.App.Record(t.Context(), w.Ann, garden.Person.ID)
		must(t, err)
		if len(all.Stays) != 2 || all.Stays[0].Scheme != "Choir" || len(all.Withdrawn) != 1 {
			t.Errorf("Ann sees %d referrals, the first of %s", len(all.Stays), all.Stays[0].Scheme)
		}
		part, err := w.App.Record(t.Context(), w.Bo, garden.Person.ID)
		must(t, err)
		if len(part.Stays) != 1 || part.Stays[0].Scheme != "Garden" || len(part.Withdrawn) != 0 || strings.Contains(part.ForGP(), "Choir") {
			t.Errorf("Bo sees %d referrals and %d withdrawn", len(part.Stays), len(part.Withdrawn))
		}
		for _, e := range part.Timeline {
			if e.Scheme != w.Garden.ID {
				t.Errorf("Bo is told of scheme %s", e.Scheme)
			}
		}
		hidden := w.refer(w.Ann, w.Choir, "C-1", "2026-01-05")
		for _, id := range []scheme.PersonID{hidden.Person.ID, w.refer(w.Cy, w.Walk, "W-1", "2026-01-05").Person.ID, "nonsense"} {
			if _, err := w.App.Record(t.Context(), w.Bo, id); !fault.Is(err, fault.NotFound) {
				t.Errorf("the record of %s: %v", id, err)
			}
		}
	})
}

// What goes to a GP holds the scores and what they mean, and nothing that tells
// who the person is or what anybody typed about them.
func TestForGPHoldsNoIdentityAndNobodysWords(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		made, err := w.App.AddScheme(t.Context(), w.Ann, app.NewScheme{Name: "Own goals", Measures: []measure.Key{"swemwbs", "mycaw"}, Weeks: 12, StartedOn: "2024-01-01"})
		must(t, err)
		in := registration(made, "REF-777", "2026-01-05")
		in.Referral.OT = "assessed"
		v, err := w.App.Register(t.Context(), w.Ann, in)
		must(t, err)
		_, err = w.App.AddPrescription(t.Context(), w.Ann, app.NewPrescription{
			Referral: v.Referral.ID, Activity: w.Plot.ID, OfferedOn: "2026-01-05", FirstAttendedOn: "2026-01-12", Offered: 8, Attended: 6})
		must(t, err)
		for _, in := range []app.NewAssessment{
			raw(v, "2026-01-12", 21), raw(v, "2026-04-06", 25),
			{Referral: v.Referral.ID, Measure: "mycaw", On: "2026-01-12", Occasion: "baseline",
				Words:     map[string]string{"concern-1": "Afraid of the stairs"},
				Responses: map[string]int{"concern-1-severity": 5, "wellbeing": 3}},
		} {
			_, err := w.App.RecordAssessment(t.Context(), w.Ann, in)
			must(t, err)
		}
		gone, err := w.App.RecordAssessment(t.Context(), w.Ann, raw(v, "2026-05-18", 7))
		must(t, err)
		_, err = w.App.WithdrawAssessment(t.Context(), w.Ann, app.Withdrawal{Assessment: gone.ID, Version: 1, Reason: "Filled in by her daughter"})
		must(t, err)
		got, err := w.App.Record(t.Context(), w.Ann, v.Person.ID)
		must(t, err)
		text := got.ForGP()
		for _, want := range []string{
			"Social prescribing: Own goals", "Referral received 5 January 2026, accepted 5 January 2026.",
			"Occupational therapist: assessed, from 5 January 2026.", "Activity: Allotment, first attended 12 January 2026, 6 of 8 sessions.",
			"SWEMWBS (converted) (7 to 35, higher is better)\n12 January 2026: 19.25\n6 April 2026: 22.35\n3.1 points better than at the start.",
			"reliably better", "From Riverside, 30 June 2026.",
		} {
			if !strings.Contains(text, want) {
				t.Errorf("the text lacks %q:\n%s", want, text)
			}
		}
		for _, never := range []string{
			"Canary", "REF-777", "1950", "stairs", "daughter", "ann", string(v.Person.ID), string(v.Referral.ID), "9.51", "NaN", "SNOMED",
		} {
			if strings.Contains(text, never) {
				t.Errorf("the text holds %q:\n%s", never, text)
			}
		}
	})
}
