package app_test

import (
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// knowing lets a scheme know so much of people from now on.
func (w *town) knowing(s scheme.Scheme, p scheme.Profile) {
	w.T.Helper()
	now, err := w.App.Scheme(w.T.Context(), w.Ann, s.ID)
	must(w.T, err)
	_, err = w.App.ChangeProfile(w.T.Context(), w.Ann, app.ProfileChange{Scheme: s.ID, Version: now.Revision, Profile: p})
	must(w.T, err)
}

// Contact details and the NHS number come, change and go after registration; the
// old number finds nobody and the new one does, what is not said stays, and a
// scheme by reference alone takes and shows none.
func TestIdentityIsChanged(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		w.knowing(w.Garden, scheme.ByNHSNumber)
		id := w.refer(w.Ann, w.Garden, "R-1", "2026-01-05").Person.ID
		version := 0
		change := func(contact *scheme.Contact, number string) error {
			version++
			in := app.PersonChange{Person: id, Version: version, Facts: app.NewPerson{Reference: "R-1", Name: "Ann", BirthYear: 1950}, Contact: contact}
			if number != "keep" {
				in.NHSNumber = &number
			}
			_, err := w.App.ChangePerson(ctx, w.Bo, in)
			if err != nil {
				version--
			}
			return err
		}
		is := func(phone string, number scheme.NHSNumber) {
			t.Helper()
			p, err := w.App.Person(ctx, w.Bo, id)
			if must(t, err); p.Contact.Phone != phone || p.NHSNumber != number || p.Name != "Ann" {
				t.Errorf("kept %+v", p)
			}
			for _, n := range []scheme.NHSNumber{"9990000018", "9434765919"} {
				found, err := w.App.FindByNumber(ctx, w.Bo, string(n))
				if (err == nil) != (n == number) || err == nil && found.ID != id {
					t.Errorf("%s finds %v, %v", n, found.ID, err)
				}
			}
		}
		must(t, change(&scheme.Contact{Phone: "01632 960001"}, "999 000 0018"))
		is("01632 960001", "9990000018")
		must(t, change(nil, "keep"))
		is("01632 960001", "9990000018")
		must(t, change(&scheme.Contact{Phone: "01632 960002"}, "943 476 5919"))
		is("01632 960002", "9434765919")
		if err := change(nil, "943 476 5918"); fields(t, err) != "[nhs_number]" || strings.Contains(err.Error(), "5918") {
			t.Errorf("mistyped: %v", err)
		}
		must(t, change(&scheme.Contact{}, ""))
		is("", "")

		must(t, change(nil, "9990000018"))
		other := w.refer(w.Ann, w.Garden, "R-2", "2026-01-05").Person.ID
		number := "9990000018"
		_, err := w.App.ChangePerson(ctx, w.Bo, app.PersonChange{Person: other, Version: 1, Facts: app.NewPerson{Reference: "R-2"}, NHSNumber: &number})
		if !fault.Is(err, fault.PersonTaken) || fields(t, err) != "[nhs_number]" || !strings.Contains(err.Error(), "R-1") {
			t.Errorf("a number that somebody has: %v", err)
		}
		// Merged into the other, the number is theirs to keep.
		keep, err := w.App.Person(ctx, w.Ann, other)
		must(t, err)
		now, err := w.App.Referral(ctx, w.Ann, w.referralOf(id))
		must(t, err)
		_, err = w.App.ChangeReferral(ctx, w.Ann, app.ReferralChange{Referral: now.Referral.ID, Version: now.Referral.Revision, AcceptedOn: "2026-01-05", EndedOn: "2026-02-01", EndReason: "planned"})
		must(t, err)
		_, err = w.App.MergePeople(ctx, w.Ann, app.Merge{Keep: other, Other: id, Reason: "one"})
		must(t, err)
		_, err = w.App.ChangePerson(ctx, w.Ann, app.PersonChange{Person: other, Version: keep.Revision, Facts: app.NewPerson{Reference: "R-2", Name: "Ann"}, NHSNumber: &number})
		must(t, err)
		found, err := w.App.FindByNumber(ctx, w.Bo, number)
		if must(t, err); found.ID != other || found.NHSNumber != "9990000018" {
			t.Errorf("after the merge it finds %+v", found)
		}

		w.knowing(w.Garden, scheme.ByReference)
		_, err = w.App.ChangePerson(ctx, w.Bo, app.PersonChange{Person: other, Version: keep.Revision + 1, Facts: app.NewPerson{Reference: "R-2"}, NHSNumber: &number, Contact: &scheme.Contact{Phone: "01632 960001"}})
		if got := fields(t, err); got != "[contact nhs_number]" && got != "[nhs_number contact]" {
			t.Errorf("by reference alone: %s", got)
		}
		_, err = w.App.ChangePerson(ctx, w.Bo, app.PersonChange{Person: other, Version: keep.Revision + 1, Facts: app.NewPerson{Reference: "R-20"}})
		must(t, err)
		w.knowing(w.Garden, scheme.ByNHSNumber)
		p, err := w.App.Person(ctx, w.Bo, other)
		if must(t, err); p.NHSNumber != "9990000018" || p.Name != "Ann" || p.Reference != "R-20" {
			t.Errorf("what was not seen is %+v", p)
		}
	})
}

func (w *town) referralOf(id scheme.PersonID) (found scheme.ReferralID) {
	w.T.Helper()
	must(w.T, w.Store.Read(w.T.Context(), w.Ann.Org, func(r app.Reader) error {
		all, err := r.SpellsOf(id)
		found = all[0].Referral.ID
		return err
	}))
	return found
}

// A year of birth that makes somebody too young for what is recorded is asked
// about, naming it; once it is checked, it is kept and so is everything recorded.
func TestBirthYearIsAskedAbout(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		v := w.refer(w.Ann, w.Garden, "R-1", "2026-01-05")
		_, err := w.App.RecordAssessment(ctx, w.Ann, raw(v, "2026-01-06", 20))
		must(t, err)
		def, err := w.App.Measure(ctx, w.Ann, "swemwbs")
		must(t, err)
		if def.MinAge == nil {
			t.Fatal("SWEMWBS has no lowest age, so nothing is tried here")
		}
		change := app.PersonChange{Person: v.Person.ID, Version: 1, Facts: app.NewPerson{Reference: "R-1", BirthYear: 2026 - def.MinAge.Years + 1}}
		_, err = w.App.ChangePerson(ctx, w.Bo, change)
		if fields(t, err) != "[birth_year]" || !fault.Is(err, fault.AgeTooLow) || !strings.Contains(err.Error(), "SWEMWBS of 6 January 2026") {
			t.Fatalf("too young: %v", err)
		}
		change.BirthYearChecked = true
		p, err := w.App.ChangePerson(ctx, w.Bo, change)
		if must(t, err); p.BirthYear != change.Facts.BirthYear {
			t.Errorf("checked, and kept %d", p.BirthYear)
		}
		below, err := w.App.BelowAge(ctx, w.Bo, v.Person.ID)
		if must(t, err); len(below) != 1 || below[0].Oldest != def.MinAge.Years-1 {
			t.Errorf("below the lowest age: %v", below)
		}
		now, err := w.App.Referral(ctx, w.Bo, v.Referral.ID)
		if must(t, err); len(now.Assessments) != 1 {
			t.Errorf("%d assessments are left", len(now.Assessments))
		}
		change.Version, change.BirthYearChecked, change.Facts.Sex = 2, false, "female"
		_, err = w.App.ChangePerson(ctx, w.Bo, change) // asked once, not at every change
		must(t, err)
		change.Version, change.Facts.BirthYear = 3, 2026-def.MinAge.Years
		_, err = w.App.ChangePerson(ctx, w.Bo, change)
		must(t, err)
	})
}
