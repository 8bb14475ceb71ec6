package app_test

import (
	"fmt"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// names are whom a search found, with the names that it shows.
func names(all []scheme.Person) string {
	var said []string
	for _, p := range all {
		said = append(said, strings.TrimSpace(p.Reference+" "+p.Name))
	}
	return fmt.Sprint(said)
}

// One field finds somebody by reference, by NHS number and by name, as far as the
// schemes of whoever looks keep these, and says nothing of anybody else.
func TestSearchPeople(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		_, err := w.App.ChangeProfile(ctx, w.Ann, app.ProfileChange{Scheme: w.Garden.ID, Version: 1, Profile: scheme.ByNHSNumber})
		must(t, err)
		add := func(to scheme.Scheme, reference, name, number string) app.ReferralView {
			in := registration(to, reference, "2026-01-05")
			in.Person.Name, in.Person.NHSNumber = name, number
			v, err := w.App.Register(ctx, w.Ann, in)
			must(t, err)
			return v
		}
		add(w.Garden, "RS-1", "Ann O'Neill-Smith", "999 000 0018")
		add(w.Garden, "RS-10", "Bo Anders", "")
		add(w.Garden, "ANN-7", "Cy Moss", "")
		left := add(w.Garden, "RS-11", "Ann Gone", "")
		add(w.Choir, "RS-2", "Ann Other", "")
		_, err = w.App.ChangeReferral(ctx, w.Ann, app.ReferralChange{Referral: left.Referral.ID, Version: 1, AcceptedOn: "2026-01-05", EndedOn: "2026-02-01", EndReason: "planned"})
		must(t, err)
		for _, c := range []struct{ text, want string }{
			{" rs-1 ", "[RS-1]"}, {"RS-", "[RS-1 RS-10 RS-11]"}, {"RS-2", "[]"}, {"RS-99", "[]"},
			{"9990000018", "[RS-1]"}, {"999-000-0018", "[RS-1]"}, {"943 476 5919", "[]"}, {"999 000 0019", "[]"},
			{"oneill", "[RS-1 Ann O'Neill-Smith]"}, {"smith, ANN", "[RS-1 Ann O'Neill-Smith]"}, {"ann", "[ANN-7 RS-1 Ann O'Neill-Smith]"},
			{"ann ann", "[]"}, {"neill", "[]"}, {"gone", "[]"}, {"other", "[]"}, {"an", "[ANN-7 RS-1 Ann O'Neill-Smith RS-10 Bo Anders]"}, {"%", "[]"}, {"--", "[]"},
		} {
			got, err := w.App.SearchPeople(ctx, w.Bo, c.text)
			if must(t, err); names(got.People) != c.want {
				t.Errorf("%q finds %s, want %s", c.text, names(got.People), c.want)
			}
			if got.Mistyped != (c.text == "999 000 0019") || got.Number != (len(c.text) > 9 && !got.Mistyped && c.text[0] == '9') {
				t.Errorf("%q: %+v", c.text, got)
			}
		}
		for _, text := range []string{"", " ", "NHS 999 000 0018", "a\x00b", strings.Repeat("x", 65)} {
			if _, err := w.App.SearchPeople(ctx, w.Bo, text); fields(t, err) != "[q]" || strings.Contains(fmt.Sprint(err), "0018") {
				t.Errorf("%q: %v", text, err)
			}
		}
		if got, err := w.App.SearchPeople(ctx, w.Cy, "999 000 0018"); err != nil || len(got.People) > 0 {
			t.Errorf("another organisation: %+v %v", got, err)
		}
		researcher := w.Bo
		researcher.Role = app.Researcher
		if _, err := w.App.SearchPeople(ctx, researcher, "RS-1"); !fault.Is(err, fault.NotAllowed) {
			t.Errorf("a researcher: %v", err)
		}
	})
}

// A scheme that works by reference alone finds nobody by what it does not know,
// also where another scheme of the organisation does.
func TestSearchPeople_ByReferenceAlone(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		turn := func(version int, to scheme.Profile) {
			_, err := w.App.ChangeProfile(ctx, w.Ann, app.ProfileChange{Scheme: w.Garden.ID, Version: version, Profile: to})
			must(t, err)
		}
		turn(1, scheme.ByNHSNumber)
		in := registration(w.Garden, "RS-1", "2026-01-05")
		in.Person.NHSNumber = "999 000 0018"
		v, err := w.App.Register(ctx, w.Ann, in)
		must(t, err)
		_, err = w.App.AddReferral(ctx, w.Ann, app.NewReferral{Person: v.Person.ID, Scheme: w.Choir.ID, ReceivedOn: "2026-01-05"})
		must(t, err)
		look := func(want string) {
			t.Helper()
			for _, text := range []string{"999 000 0018", "canary"} {
				got, err := w.App.SearchPeople(ctx, w.Bo, text)
				if must(t, err); references(got.People) != want || want == "[]" && got.Opened > 0 {
					t.Errorf("%q finds %+v, want %s", text, got, want)
				}
			}
			_, err := w.App.FindByNumber(ctx, w.Bo, "999 000 0018")
			if fault.Is(err, fault.NotFound) != (want == "[]") {
				t.Errorf("by number: %v", err)
			}
		}
		look("[RS-1]")
		turn(2, scheme.ByReference)
		look("[]")
	})
}
