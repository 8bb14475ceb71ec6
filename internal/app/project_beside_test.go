package app_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/disclosure"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	kit "cairn/internal/testkit/town"
)

// approved is a project of Ann's for ed that meg approved; of what is left empty as
// in asks.
func (w *town) approved(meg app.Actor, in app.NewProject) scheme.ProjectID {
	w.T.Helper()
	in.Purpose, in.Users, in.Until = "Whether gardening changes wellbeing within twelve weeks.", []scheme.AccountID{w.as("ed").Account}, "2026-12-31"
	if in.Schemes == nil {
		in.Schemes = []scheme.ID{w.Garden.ID}
	}
	v, err := w.App.AskProject(w.T.Context(), w.Ann, in)
	must(w.T, err)
	_, err = w.App.DecideProject(w.T.Context(), meg, app.ProjectDecision{ID: v.ID, Version: 1, Decision: "approve"})
	must(w.T, err)
	return v.ID
}

// deleted notes that all copies are gone of projects of that name; of all where it
// is empty.
func (w *town) deleted(meg app.Actor, name string) {
	w.T.Helper()
	list, err := w.App.Projects(w.T.Context(), meg)
	must(w.T, err)
	for _, p := range list.Projects {
		v, err := w.App.Project(w.T.Context(), meg, p.ID)
		must(w.T, err)
		for _, f := range v.Files {
			if name == "" || name == p.Name {
				_, err := w.App.NoteDeleted(w.T.Context(), meg, app.CopyDeleted{ID: p.ID, File: f.ID})
				must(w.T, err)
			}
		}
	}
}

// newcomers are n people more, from number first on.
func newcomers(n, first int, on scheme.Day) (all []kit.Somebody) {
	for i := range n {
		all = append(all, kit.Somebody{Reference: fmt.Sprint("NEW-", first+i), Sex: "female", On: on, Before: 10 + 2*(i%10), After: 30})
	}
	return all
}

// A file is held against those of other projects about the same people: who asks
// anew, in the same words or in others, tells nobody apart that one project could not.
func TestFilesOfOtherProjectsAreHeldAgainst(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		start, err := scheme.ParseDay("2026-01-05")
		must(t, err)
		w.Crowd(w.Ann, w.Garden, lookalikes(60, start)...)
		orchard, err := w.App.AddScheme(ctx, w.Ann, app.NewScheme{Name: "Orchard", Measures: []measure.Key{"swemwbs"}, Weeks: 12, StartedOn: "2024-01-01"})
		must(t, err)
		var pickers []kit.Somebody
		for i, p := range lookalikes(30, start) {
			p.Reference = fmt.Sprint("APPLE-", i)
			pickers = append(pickers, p)
		}
		w.Crowd(w.Ann, orchard, pickers...)
		meg, ed := w.Join(app.NewUser{Login: "meg", Org: w.Ann.Org, Role: app.Manager, AllSchemes: true}), w.as("ed")
		goes := func(what string, in app.NewProject) scheme.ProjectID {
			t.Helper()
			in.Name = what
			id := w.approved(meg, in)
			_, err := w.taken(ed, id)
			if err != nil {
				t.Errorf("%s: %v", what, err)
			}
			return id
		}
		first := goes("the first", app.NewProject{Traits: []string{"sex"}})
		same := app.NewProject{Name: "the same people again", Traits: []string{"sex"}}
		goes("the same people", same)

		w.Crowd(w.Ann, w.Garden, newcomers(1, 0, start)...)
		id := w.approved(meg, same)
		_, err = w.taken(ed, id)
		if said := fmt.Sprint(err); !fault.Is(err, fault.ProjectUnsafe) || !strings.Contains(said, "came into") || regexp.MustCompile(`\b[1-9]\b`).MatchString(said) || strings.Contains(said, "the first") {
			t.Errorf("one person more than in another project's file: %v", err)
		}
		told, err := w.App.CheckProject(ctx, ed, id)
		must(t, err)
		if told.Refused != disclosure.FewNew || told.Counted || strings.Contains(told.Why, "the first") {
			t.Errorf("a researcher learns %+v", told)
		}
		check, err := w.App.CheckProject(ctx, meg, id)
		must(t, err)
		if check.Refused != disclosure.FewNew || !strings.Contains(check.Why, " 1 people came into") || !strings.Contains(check.Why, "“the first”") {
			t.Errorf("a manager learns %+v", check)
		}
		goes("another scheme", app.NewProject{Schemes: []scheme.ID{orchard.ID}, Traits: []string{"sex"}})
		if _, err := w.taken(ed, w.approved(meg, app.NewProject{Name: "of another measure", Measure: "swemwbs"})); !fault.Is(err, fault.ProjectUnsafe) {
			t.Errorf("one more, of one measure: %v", err)
		}
		w.Crowd(w.Ann, w.Garden, newcomers(11, 1, start)...)
		goes("enough newcomers", app.NewProject{Traits: []string{"sex"}})
		w.Crowd(w.Ann, w.Garden, newcomers(1, 20, start)...)
		if _, err := w.taken(ed, id); !fault.Is(err, fault.ProjectUnsafe) {
			t.Errorf("one more again: %v", err)
		}
		w.deleted(meg, "")
		if _, err := w.taken(ed, id); err != nil {
			t.Errorf("once all copies are gone, that of %s too: %v", first, err)
		}
	})
}

// Two projects that ask for other traits tell together what neither may.
func TestTraitsOfTwoProjectsAreJoined(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		early, err := scheme.ParseDay("2025-11-03")
		must(t, err)
		late, err := scheme.ParseDay("2026-01-05")
		must(t, err)
		var people []kit.Somebody
		for i := range 44 { // 24 women and 20 men; 22 early and 22 late; 3 men are early
			one := kit.Somebody{Reference: fmt.Sprint("CANARY-", i), Sex: "female", On: early, Before: 10 + i%20, After: 30}
			if i >= 22 {
				one.On = late
			}
			if i < 3 || i >= 27 {
				one.Sex = "male"
			}
			people = append(people, one)
		}
		w.Crowd(w.Ann, w.Garden, people...)
		meg, ed := w.Join(app.NewUser{Login: "meg", Org: w.Ann.Org, Role: app.Manager, AllSchemes: true}), w.as("ed")
		quarters := app.NewProject{Name: "When", Traits: []string{"quarter"}}
		alone := w.approved(meg, quarters)
		check, err := w.App.CheckProject(ctx, meg, alone)
		must(t, err)
		if check.Refused != disclosure.RowsGo {
			t.Fatalf("the control: %+v", check)
		}
		_, err = w.taken(ed, w.approved(meg, app.NewProject{Name: "Who", Traits: []string{"sex"}}))
		must(t, err)
		if check, err = w.App.CheckProject(ctx, meg, alone); err != nil || check.Refused != disclosure.TooRare || !strings.Contains(check.Why, "“Who”") {
			t.Errorf("beside a file that says who: %+v, %v", check, err)
		}
		if _, err := w.taken(ed, alone); !fault.Is(err, fault.ProjectUnsafe) {
			t.Errorf("beside a file that says who: %v", err)
		}
		view, err := w.App.Project(ctx, meg, alone)
		must(t, err)
		if fmt.Sprint(view.Beside) != "[“Who”]" {
			t.Errorf("the manager is told of files of %v", view.Beside)
		}
		if view, err = w.App.Project(ctx, ed, alone); err != nil || view.Beside != nil {
			t.Errorf("a researcher is told of files of %v, %v", view.Beside, err)
		}
		// A file of other quarters holds nobody of this one.
		_, err = w.taken(ed, w.approved(meg, app.NewProject{Name: "Later", From: "2026-Q2", To: "2026-Q2"}))
		if !strings.Contains(fmt.Sprint(err), "nobody in it") {
			t.Errorf("a time without anybody: %v", err)
		}
	})
}

// A project of quarters that no earlier file has is held against none, and one of
// which few people are in an earlier file is.
func TestFilesOfOtherTimesAreNotHeldAgainst(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		days := map[string]scheme.Day{}
		for _, text := range []string{"2025-08-04", "2025-11-03", "2026-01-05"} {
			day, err := scheme.ParseDay(text)
			must(t, err)
			days[text] = day
		}
		w.Crowd(w.Ann, w.Garden, newcomers(20, 0, days["2025-08-04"])...)
		w.Crowd(w.Ann, w.Garden, newcomers(5, 20, days["2025-11-03"])...)
		w.Crowd(w.Ann, w.Garden, newcomers(20, 40, days["2026-01-05"])...)
		meg, ed := w.Join(app.NewUser{Login: "meg", Org: w.Ann.Org, Role: app.Manager, AllSchemes: true}), w.as("ed")
		_, err := w.taken(ed, w.approved(meg, app.NewProject{Name: "2025", From: "2025-Q1", To: "2025-Q4"}))
		must(t, err)
		if _, err := w.taken(ed, w.approved(meg, app.NewProject{Name: "2026", From: "2026-Q1"})); err != nil {
			t.Errorf("of another year: %v", err)
		}
		if _, err := w.taken(ed, w.approved(meg, app.NewProject{Name: "Winter", From: "2025-Q4", To: "2026-Q1"})); !fault.Is(err, fault.ProjectUnsafe) {
			t.Errorf("of which five people are in both files: %v", err)
		}
	})
}

// Whoever started in another time than is known now is in files of both, with the
// same scores: they are held against each other for those people. Somebody who was
// referred again in the other time has other rows there, and is of no matter.
func TestWhoeverMovedBetweenTimesIsHeldAgainst(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		autumn, err := scheme.ParseDay("2025-11-03")
		must(t, err)
		winter, err := scheme.ParseDay("2026-01-05")
		must(t, err)
		w.Crowd(w.Ann, w.Garden, newcomers(40, 0, autumn)...)
		w.Crowd(w.Ann, w.Garden, newcomers(20, 40, winter)...)
		meg, ed := w.Join(app.NewUser{Login: "meg", Org: w.Ann.Org, Role: app.Manager, AllSchemes: true}), w.as("ed")
		_, err = w.taken(ed, w.approved(meg, app.NewProject{Name: "2025", From: "2025-Q1", To: "2025-Q4"}))
		must(t, err)
		people, err := w.App.Referrals(ctx, w.Ann, app.ReferralsAsk{Scheme: w.Garden.ID, Page: app.Page{Limit: 100, Order: app.ByReference}})
		must(t, err)
		if len(people) != 60 || people[0].Reference != "NEW-0" || people[1].Reference != "NEW-1" {
			t.Fatalf("%d people, the first %s and %s", len(people), people[0].Reference, people[1].Reference)
		}
		came := people[0].Referral
		_, err = w.App.ChangeReferral(ctx, w.Ann, app.ReferralChange{Referral: came.ID, Version: came.Revision, AcceptedOn: "2025-11-03", EndedOn: "2026-01-30", EndReason: "planned"})
		must(t, err)
		_, err = w.App.AddReferral(ctx, w.Ann, app.NewReferral{Person: came.Person, Scheme: w.Garden.ID, Source: "self", ReceivedOn: "2026-02-02", AcceptedOn: "2026-02-02"})
		must(t, err)
		next := app.NewProject{Name: "2026", From: "2026-Q1"}
		if _, err := w.taken(ed, w.approved(meg, next)); err != nil {
			t.Fatalf("beside a file of somebody who came back: %v", err)
		}
		w.deleted(meg, "2026")

		_, err = w.App.AddPrescription(ctx, w.Ann, app.NewPrescription{
			Referral: people[1].Referral.ID, Activity: w.Plot.ID, OfferedOn: "2025-11-03", FirstAttendedOn: "2026-01-12",
		})
		must(t, err)
		id := w.approved(meg, next)
		if _, err := w.taken(ed, id); !fault.Is(err, fault.ProjectUnsafe) {
			t.Errorf("with one person of the other file: %v", err)
		}
		check, err := w.App.CheckProject(ctx, meg, id)
		must(t, err)
		if check.Refused != disclosure.FewNew || check.People != 22 || !strings.Contains(check.Why, "“2025”") {
			t.Errorf("a manager learns %+v", check)
		}
		kept, err := w.App.AddPerson(ctx, w.Ann, app.NewPerson{Reference: "KEPT-1"})
		must(t, err)
		_, err = w.App.MergePeople(ctx, w.Ann, app.Merge{Keep: kept.ID, Other: people[1].Referral.Person, Reason: "registered twice"})
		must(t, err)
		if _, err := w.taken(ed, id); !fault.Is(err, fault.ProjectUnsafe) {
			t.Errorf("with one person of the other file, under another name: %v", err)
		}
		w.deleted(meg, "2025")
		if _, err := w.taken(ed, id); err != nil {
			t.Errorf("once the other copy is gone: %v", err)
		}
	})
}
