package app_test

import (
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
)

// Who may do what, written down a second time on purpose: P practitioner,
// M manager, A administrator, R researcher, C commissioner.
func TestPolicy(t *testing.T) {
	want := map[app.Right]string{
		app.SeeSchemes: "PMA", app.SetUpSchemes: "MA", app.SeePeople: "PM", app.RecordPeople: "PM", app.SeeEvidence: "PM", app.SeeMeasures: "PMARC",
	}
	letters := map[app.Role]string{app.Practitioner: "P", app.Manager: "M", app.Administrator: "A", app.Researcher: "R", app.Commissioner: "C"}
	if len(app.Rights()) != len(want) || len(app.Roles()) != len(letters) {
		t.Fatalf("%d rights and %d roles: this table knows %d and %d", len(app.Rights()), len(app.Roles()), len(want), len(letters))
	}
	for _, right := range app.Rights() {
		for _, role := range app.Roles() {
			actor := app.Actor{Account: "somebody", Role: role}
			if got := actor.May(right); got != strings.Contains(want[right], letters[role]) {
				t.Errorf("%s %s: %v", role, right, got)
			}
			if (actor.Needs(right) == nil) != actor.May(right) {
				t.Errorf("%s %s: Needs and May disagree", role, right)
			}
			if err := (app.Actor{Role: role}).Needs(right); !fault.Is(err, fault.SignInNeeded) {
				t.Errorf("nobody signed in, %s: %v", right, err)
			}
		}
	}
}

func TestCommissionerSeesNoFigures(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		for _, role := range []app.Role{app.Commissioner, app.Researcher, app.Administrator} {
			who := w.join(app.NewUser{Login: string(role), Org: w.ann.Org, Role: role, AllSchemes: true})
			if _, err := w.app.Evidence(t.Context(), who, app.EvidenceAsk{Scheme: w.garden.ID}); !fault.Is(err, fault.NotAllowed) {
				t.Errorf("%s: %v", role, err)
			}
		}
	})
}

func TestSignInRefusesAlike(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		_, wrong := w.app.SignIn(ctx, "ann", "another password")
		_, nobody := w.app.SignIn(ctx, "nobody", "three unrelated words")
		if !fault.Is(wrong, fault.SignInRefused) || wrong.Error() != nobody.Error() {
			t.Errorf("%v and %v", wrong, nobody)
		}
		if acc, err := w.app.SignIn(ctx, " ANN ", "three unrelated words"); err != nil || acc.Login != "ann" {
			t.Errorf("the control: %v %v", acc, err)
		}
	})
}

func TestSetUpWorksOnce(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		in := app.NewService{Code: "open sesame", Name: "Third", TimeZone: "Europe/London", Login: "dee", Password: "three unrelated words"}
		if err := w.app.SetUp(t.Context(), in); !fault.Is(err, fault.SetUpDone) {
			t.Errorf("an installation with organisations: %v", err)
		}
	})
}
