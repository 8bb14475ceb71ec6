package app_test

import (
	"fmt"
	"testing"
	"time"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

func references(all []scheme.Person) string {
	var said []string
	for _, p := range all {
		said = append(said, p.Reference)
	}
	return fmt.Sprint(said)
}

// onPage are the references of a page of the list.
func onPage(lines []app.PersonLine) string {
	var all []scheme.Person
	for _, l := range lines {
		all = append(all, l.Person)
	}
	return references(all)
}

// People are found by how a reference begins, in the schemes that one sees, and
// nobody's name is opened for it.
func TestPeopleByReference(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		for _, reference := range []string{"RS-1", "RS-2", "X-1"} {
			w.refer(w.Ann, w.Garden, reference, "2026-01-05")
		}
		choir := w.refer(w.Ann, w.Choir, "RS-3", "2026-01-05")
		_, err := w.App.AddPerson(ctx, w.Bo, app.NewPerson{Reference: "RS-4"})
		must(t, err)
		for _, c := range []struct {
			by    app.Actor
			begin string
			want  string
		}{
			{w.Ann, "", "[RS-1 RS-2 RS-3 RS-4 X-1]"}, {w.Bo, "", "[RS-1 RS-2 RS-4 X-1]"}, {w.Bo, "rs-", "[RS-1 RS-2 RS-4]"},
			{w.Bo, "RS-3", "[]"}, {w.Ann, "RS-3", "[RS-3]"}, {w.Cy, "", "[]"}, {w.Bo, "%", "[]"}, {w.Bo, "Canary", "[]"},
		} {
			got, err := w.App.People(ctx, c.by, c.begin, app.Page{})
			if must(t, err); onPage(got) != c.want {
				t.Errorf("%s looks for %q: %s, want %s", c.by.Login, c.begin, onPage(got), c.want)
			}
			for _, p := range got {
				if p.Name != "" {
					t.Errorf("a list has the name %q", p.Name)
				}
			}
		}
		first, err := w.App.People(ctx, w.Bo, "RS", app.Page{Limit: 1})
		must(t, err)
		next, err := w.App.People(ctx, w.Bo, "RS", app.Page{After: first[0].Mark, Limit: 1})
		if must(t, err); onPage(first)+onPage(next) != "[RS-1][RS-2]" {
			t.Errorf("the next page: %s", onPage(next))
		}
		if _, err := w.App.People(ctx, w.Bo, "943 476 5919", app.Page{}); fields(t, err) != "[q]" {
			t.Errorf("an NHS number: %v", err)
		}
		if _, err := w.App.ReferralsByReference(ctx, w.Bo, "RS-3"); fields(t, err) != "[reference]" {
			t.Errorf("of another scheme: %v", err)
		}
		other, err := w.App.PersonByReference(ctx, w.Ann, "RS-1")
		must(t, err)
		_, err = w.App.MergePeople(ctx, w.Ann, app.Merge{Keep: choir.Person.ID, Other: other.ID, Reason: "one"})
		must(t, err)
		got, err := w.App.People(ctx, w.Ann, "RS-1", app.Page{})
		if must(t, err); onPage(got) != "[RS-3]" || got[0].Name != "" {
			t.Errorf("a merged reference leads to %s", onPage(got))
		}
	})
}

// Alike are references that differ only in how they are typed.
func TestDuplicates(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		for reference, year := range map[string]int{
			"RS-007": 0, "rs 7": 1950, "RS-70": 0, "A-1-2": 0, "A-12": 0, "B1": 1950, "b-01": 1960, "C-1": 1950, "c1": 1950,
		} {
			_, err := w.App.AddPerson(ctx, w.Ann, app.NewPerson{Reference: reference, BirthYear: year})
			must(t, err)
		}
		groups, err := w.App.Duplicates(ctx, w.Ann)
		must(t, err)
		var said []string
		for _, g := range groups.Listed {
			said = append(said, references(g.People))
		}
		if got := fmt.Sprint(said); got != "[[C-1 c1] [RS-007 rs 7]]" {
			t.Errorf("alike: %s", got)
		}
		if _, err := w.App.Duplicates(ctx, w.Bo); !fault.Is(err, fault.NotAllowed) {
			t.Errorf("by a practitioner: %v", err)
		}
	})
}

// The same name and year of birth are found where schemes keep names, in whatever
// order the name was written; nothing that is found holds a name.
func TestDuplicatesByName(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		for _, p := range []struct {
			reference string
			to        scheme.Scheme
			name      string
			year      int
		}{
			{"G-1", w.Garden, "Amy O'Lee", 1950}, {"C-1", w.Choir, " olee,  AMY ", 1950}, {"G-2", w.Garden, "Amy O'Lee", 1951}, {"G-3", w.Garden, "Amy O'Lee", 0},
			{"G-4", w.Garden, "Bo", 1950}, {"G-5", w.Garden, "Bo", 1950}, {"G-6", w.Garden, "Cy Moss", 1950}, {"G-7", w.Garden, "Cy Moss", 1950},
			{"G-8", w.Garden, "Di Fox", 1950}, {"g8", w.Garden, "Di Fox", 1950},
		} {
			in := registration(p.to, p.reference, "2026-01-05")
			in.Person.Name, in.Person.BirthYear = p.name, p.year
			_, err := w.App.Register(ctx, w.Ann, in)
			must(t, err)
		}
		said := func(by app.Actor) string {
			found, err := w.App.Duplicates(ctx, by)
			must(t, err)
			groups := []string{}
			for _, g := range found.Listed {
				groups = append(groups, string(g.By)+references(g.People))
				for _, p := range g.People {
					if p.Name != "" {
						t.Errorf("%s comes with a name", p.Reference)
					}
				}
			}
			return fmt.Sprintf("%v of %d", groups, found.Named)
		}
		if got := said(w.Ann); got != "[name[C-1 G-1] name[G-6 G-7] reference[G-8 g8]] of 9" {
			t.Errorf("by everybody's manager: %s", got)
		}
		few := w.Join(app.NewUser{Login: "flo", Org: w.Ann.Org, Role: app.Manager, Schemes: []scheme.ID{w.Garden.ID}})
		if got := said(few); got != "[name[G-6 G-7] reference[G-8 g8]] of 8" {
			t.Errorf("by a manager of the garden: %s", got)
		}
		if got := said(w.Cy); got != "[] of 0" {
			t.Errorf("by another organisation: %s", got)
		}
		_, err := w.App.ChangeProfile(ctx, w.Ann, app.ProfileChange{Scheme: w.Garden.ID, Version: 1, Profile: scheme.ByReference})
		must(t, err)
		if got := said(w.Ann); got != "[reference[G-8 g8]] of 1" {
			t.Errorf("where the garden keeps no names any more: %s", got)
		}
	})
}

// A merge is seen before it is done: what moves, what stands against it, and
// afterwards what to mind of both.
func TestMergeIsSeenFirst(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		a, b := w.refer(w.Ann, w.Garden, "R-1", "2026-01-05"), w.refer(w.Ann, w.Garden, "R-2", "2026-02-05")
		_, err := w.App.ChangeCare(ctx, w.Ann, app.CareChange{Person: b.Person.ID, DoNotContact: true, SaidBy: "person"})
		must(t, err)
		v, err := w.App.PreviewMerge(ctx, w.Ann, a.Person.ID, b.Person.ID)
		if must(t, err); !fault.Is(v.Against, fault.ReferralOpen) || len(v.Other.Referrals) != 1 || v.Other.Referrals[0].Scheme != "Garden" {
			t.Errorf("both open: %+v", v)
		}
		_, err = w.App.ChangeReferral(ctx, w.Ann, app.ReferralChange{Referral: b.Referral.ID, Version: 1, AcceptedOn: "2026-02-05", EndedOn: "2026-03-01", EndReason: "planned"})
		must(t, err)
		v, err = w.App.PreviewMerge(ctx, w.Ann, a.Person.ID, b.Person.ID)
		if must(t, err); v.Against != nil || v.Keep.Care.DoNotContact {
			t.Errorf("one ended: %+v", v)
		}
		before := w.Rows()
		if _, err := w.App.PreviewMerge(ctx, w.Bo, a.Person.ID, b.Person.ID); !fault.Is(err, fault.NotAllowed) || w.Rows() != before {
			t.Errorf("by a practitioner: %v", err)
		}
		_, err = w.App.MergePeople(ctx, w.Ann, app.Merge{Keep: a.Person.ID, Other: b.Person.ID, Reason: "one"})
		must(t, err)
		care, err := w.App.Care(ctx, w.Ann, a.Person.ID)
		if must(t, err); !care.Care.DoNotContact {
			t.Error("a merge forgot that nobody is to be in touch")
		}
	})
}

// Where an assessment was recorded by mistake, its move can be read; rows of
// whoever said no are left out of an export, and counted.
func TestMovedAwayAndLeftOut(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		wrong, right := w.refer(w.Ann, w.Garden, "R-1", "2026-01-05"), w.refer(w.Ann, w.Garden, "R-2", "2026-01-05")
		made, err := w.App.RecordAssessment(ctx, w.Bo, raw(wrong, "2026-01-06", 20))
		must(t, err)
		w.Wait(11*time.Hour + 30*time.Minute) // half past eleven in UTC, half past midnight in London
		_, err = w.App.MoveAssessment(ctx, w.Bo, app.Move{Assessment: made.ID, Version: 1, Referral: right.Referral.ID, Reason: "picked the wrong line"})
		must(t, err)
		moves, err := w.App.MovedAway(ctx, w.Bo, wrong.Referral.ID)
		if must(t, err); len(moves) != 1 || moves[0].Reason != "picked the wrong line" {
			t.Errorf("moved away: %+v", moves)
		}
		if at := moves[0].At.Format("15:04 on 2 January 2006"); at != "00:30 on 1 July 2026" {
			t.Errorf("moved at %s by the clocks of the organisation", at)
		}
		if moves, err = w.App.MovedAway(ctx, w.Bo, right.Referral.ID); err != nil || len(moves) != 0 {
			t.Errorf("from where it is: %+v %v", moves, err)
		}
		ask := app.ExportAsk{Schemes: []scheme.ID{w.Garden.ID}}
		for _, c := range []struct {
			state scheme.PermissionState
			rows  int
		}{{"told", 2}, {"objected", 1}} {
			_, err := w.App.RecordPermission(ctx, w.Bo, app.NewPermission{Person: right.Person.ID, Purpose: "research", Basis: "public-task", State: c.state, On: "2026-03-01"})
			must(t, err)
			rows := 0
			sent, err := w.App.Export(ctx, w.Ann, ask, func(_ scheme.Extract, from scheme.ExtractRows) (scheme.Sent, error) {
				err := from.Subjects(func(scheme.Subject) error { rows++; return nil })
				return scheme.Sent{Rows: rows, LeftOut: from.LeftOut()}, err
			})
			if must(t, err); rows != c.rows || rows+sent.LeftOut != 2 {
				t.Errorf("%s: %d rows, %d left out", c.state, rows, sent.LeftOut)
			}
		}
	})
}
