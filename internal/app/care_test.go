package app_test

import (
	"fmt"
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// fields are the places that an error is about.
func fields(t *testing.T, err error) string {
	t.Helper()
	all, accident := fault.All(err)
	must(t, accident)
	var at []string
	for _, f := range all {
		at = append(at, f.Field)
	}
	return fmt.Sprint(at)
}

// What is wrong with what to mind is said in full, and kept in no part.
func TestCareIsChecked(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ann := w.refer(w.Ann, w.Garden, "R-1", "2026-01-05").Person.ID
		for want, in := range map[string]app.CareChange{
			"[ways]":                   {Ways: []scheme.Asking{"telepathy"}},
			"[language]":               {Ways: []scheme.Asking{scheme.WithInterpreter}},
			"[said_by]":                {DoNotContact: true},
			"[do_not_contact]":         {Reason: "ill"},
			"[said_on said_by]":        {DoNotContact: true, SaidBy: "postman", SaidOn: "2030-01-01"},
			"[reason safe_contact]":    {DoNotContact: true, SaidBy: "person", Reason: "a\x00b", Safe: string(make([]byte, 600))},
			"[version]":                {Version: 7},
			"[said_on do_not_contact]": {SaidOn: "yesterday"},
		} {
			in.Person = ann
			_, err := w.App.ChangeCare(t.Context(), w.Ann, in)
			if got := fields(t, err); got != want {
				t.Errorf("%+v: %s, want %s", in, got, want)
			}
		}
		v, err := w.App.Care(t.Context(), w.Ann, ann)
		if must(t, err); v.Care.Revision != 0 || !v.Care.Empty() {
			t.Errorf("a refused change left %+v", v.Care)
		}
		v, err = w.App.ChangeCare(t.Context(), w.Bo, app.CareChange{Person: ann, DoNotContact: true, SaidBy: "person", Reason: "ill\r\nagain"})
		if must(t, err); v.Care.Revision != 1 || v.Care.SaidOn != v.Today {
			t.Errorf("kept: %+v", v.Care)
		}
		seen, err := w.App.Referral(t.Context(), w.Bo, w.refer(w.Ann, w.Garden, "R-2", "2026-01-05").Referral.ID)
		if must(t, err); !seen.Care.Empty() {
			t.Errorf("somebody else's: %+v", seen.Care)
		}
	})
}

// Who may not see a person can neither read nor change what belongs to them.
func TestPersonOfAnotherScheme(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx, id := t.Context(), w.refer(w.Ann, w.Choir, "R-1", "2026-01-05").Person.ID
		for name, err := range map[string]error{
			"care":        second(w.App.Care(ctx, w.Bo, id)),
			"change care": second(w.App.ChangeCare(ctx, w.Bo, app.CareChange{Person: id})),
			"permissions": second(w.App.Permissions(ctx, w.Bo, id)),
			"permit":      second(w.App.RecordPermission(ctx, w.Bo, app.NewPermission{Person: id, Purpose: "care", State: "not-asked", On: "2026-01-06"})),
			"facts":       second(w.App.ChangePerson(ctx, w.Bo, app.PersonChange{Person: id, Version: 1, Facts: app.NewPerson{Reference: "R-9"}})),
		} {
			if !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// Two who change one person: the second is told, and nothing of the first is
// lost. Figures follow the facts, and an NHS number is no reference.
func TestPersonIsChangedByOneAtATime(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx, v := t.Context(), w.refer(w.Ann, w.Garden, "R-1", "2026-01-05")
		w.refer(w.Ann, w.Garden, "R-2", "2026-01-05")
		in := app.PersonChange{Key: "k", Person: v.Person.ID, Version: 1, Facts: app.NewPerson{Reference: "R-10", Name: "Ann", BirthYear: 1961, Sex: "female"}}
		for range 2 { // sent twice, done once
			p, err := w.App.ChangePerson(ctx, w.Ann, in)
			if must(t, err); p.Reference != "R-10" || p.Name != "Ann" || p.BirthYear != 1961 || p.Revision != 2 {
				t.Errorf("changed: %+v", p)
			}
		}
		differ, err := w.App.CheckPairs(ctx, w.Ann, func(int) {})
		if must(t, err); len(differ) > 0 {
			t.Errorf("pairs of %v do not follow", differ)
		}
		for want, change := range map[string]app.PersonChange{
			"[version]":              {Version: 1, Facts: app.NewPerson{Reference: "R-11"}},
			"[reference]":            {Version: 2, Facts: app.NewPerson{Reference: "943 476 5919"}},
			"[reference birth_year]": {Version: 2, Facts: app.NewPerson{BirthYear: 1700}},
		} {
			change.Person = v.Person.ID
			if _, err := w.App.ChangePerson(ctx, w.Bo, change); fields(t, err) != want {
				t.Errorf("%+v: %v", change, err)
			}
		}
		_, err = w.App.ChangePerson(ctx, w.Bo, app.PersonChange{Person: v.Person.ID, Version: 2, Facts: app.NewPerson{Reference: "R-2"}})
		if !fault.Is(err, fault.PersonTaken) {
			t.Errorf("a reference that is taken: %v", err)
		}
		p, err := w.App.Person(ctx, w.Ann, v.Person.ID)
		if must(t, err); p.Reference != "R-10" || p.Revision != 2 {
			t.Errorf("after all that: %+v", p)
		}
	})
}

// What was said fits its legal basis, is never overwritten, and is nothing but
// “not asked” where nobody asked.
func TestPermissions(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx, id := t.Context(), w.refer(w.Ann, w.Garden, "R-1", "2026-01-05").Person.ID
		v, err := w.App.Permissions(ctx, w.Bo, id)
		must(t, err)
		for _, p := range scheme.Purposes() {
			if now := v.Said.Now(scheme.Purpose(p.Value)); now.State != scheme.NotAsked || v.Said.LeavesOut(now.Purpose) {
				t.Errorf("%s before anything was said: %+v", p.Value, now)
			}
		}
		for want, in := range map[string]app.NewPermission{
			"[on purpose state]": {},
			"[state]":            {Purpose: "research", Basis: "consent", State: "objected", On: "2026-01-06"},
			"[basis]":            {Purpose: "research", State: "given", On: "2026-01-06"},
			"[on]":               {Purpose: "research", Basis: "consent", State: "given", On: "2030-01-06"},
		} {
			in.Person = id
			if _, err := w.App.RecordPermission(ctx, w.Bo, in); fields(t, err) != want {
				t.Errorf("%+v: %v, want %s", in, err, want)
			}
		}
		for _, in := range []app.NewPermission{
			{Purpose: "national-opt-out", Basis: "consent", State: "objected", On: "2026-01-06"},
			{Purpose: "national-opt-out", State: "given", On: "2026-01-06"},
			{Purpose: "evaluation", Basis: "public-task", State: "given", On: "2026-01-06"},
		} {
			in.Person = id
			if _, err := w.App.RecordPermission(ctx, w.Bo, in); !fault.Is(err, fault.InputInvalid) {
				t.Errorf("%+v: %v", in, err)
			}
		}
		for _, s := range []struct {
			state   scheme.PermissionState
			on      string
			leftOut bool
		}{{"given", "2026-02-01", false}, {"withdrawn", "2026-03-01", true}, {"refused", "2026-01-06", true}, {"given", "2026-03-01", false}} {
			in := app.NewPermission{Person: id, Purpose: "research", Basis: "consent", State: s.state, On: s.on}
			if v, err = w.App.RecordPermission(ctx, w.Bo, in); err != nil || v.Said.LeavesOut(scheme.ForResearch) != s.leftOut {
				t.Errorf("%s on %s: %v, left out %v", s.state, s.on, err, !s.leftOut)
			}
		}
		v, err = w.App.RecordPermission(ctx, w.Bo, app.NewPermission{Person: id, Purpose: scheme.NationalOptOut, State: "objected", On: "2026-01-06"})
		if must(t, err); len(v.Said) != 5 || v.Said.LeavesOut(scheme.ForResearch) || !v.Said.LeavesOut(scheme.ForEvaluation) || v.Said.LeavesOut(scheme.ForCare) {
			t.Errorf("consent of one's own goes before the national opt-out, and care is not touched by it: %+v", v.Said)
		}
	})
}
