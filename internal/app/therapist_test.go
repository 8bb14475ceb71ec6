package app_test

import (
	"fmt"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// therapist is an occupational therapist of Ann's organisation, all schemes.
func (w *town) therapist(login string) app.Actor {
	return w.Join(app.NewUser{Login: login, Org: w.Ann.Org, Role: app.Practitioner, Profession: "Senior Occupational Therapist", AllSchemes: true})
}

// involved says whose part it was, one of each kind on each day.
func (w *town) involved(v app.ReferralView, parts ...app.NewInvolvement) (app.ReferralView, error) {
	w.T.Helper()
	return w.App.InvolveTherapist(w.T.Context(), w.Ann, app.ReferralInvolvements{Referral: v.Referral.ID, Version: v.Referral.Revision, OT: parts})
}

// A part is somebody's, who is an occupational therapist here; it need not be
// known whose, can be said later, and no part at all is nobody's.
func TestWhichTherapist(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		hal := w.therapist("hal").Account
		v := w.refer(w.Ann, w.Garden, "G-1", "2026-01-05")
		advised, led := app.NewInvolvement{Level: "advised", On: "2026-01-06"}, app.NewInvolvement{Level: "led", On: "2026-02-01", Therapist: hal}
		v, err := w.involved(v, advised, led, app.NewInvolvement{Level: "none", On: "2026-01-05", Therapist: hal})
		must(t, err)
		if got := fmt.Sprint(v.Referral.OT); got != fmt.Sprintf("[{none 2026-01-05 } {advised 2026-01-06 } {led 2026-02-01 %s}]", hal) {
			t.Errorf("kept as %s", got)
		}
		named := advised
		named.Therapist = hal
		v, err = w.involved(v, advised, led, named)
		must(t, err)
		if ot := v.Referral.OT; len(ot) != 2 || ot[0].Therapist != hal || ot[1].Therapist != hal {
			t.Errorf("said again with a name: %v", ot)
		}
		jo := w.therapist("jo").Account
		second := app.NewInvolvement{Level: "advised", On: "2026-01-06", Therapist: jo}
		_, err = w.involved(v, named, second)
		if all, _ := fault.All(err); len(all) != 1 || all[0].Field != "ot[1].therapist" || !strings.Contains(all[0].Detail, "Another occupational therapist is on record for this part on 6 January 2026") {
			t.Errorf("a second one for the same part and day: %v", err)
		}
		if _, err = w.involved(v, named, named); err != nil {
			t.Errorf("the same one said twice: %v", err)
		}
		v, err = w.App.Referral(t.Context(), w.Ann, v.Referral.ID)
		must(t, err)
		own := second
		own.On = "2026-01-07"
		v, err = w.involved(v, named, own, led)
		must(t, err)
		if ot := v.Referral.OT; len(ot) != 3 || ot[0].Therapist != hal || ot[1].Therapist != jo {
			t.Errorf("on a day of its own: %v", ot)
		}
		for name, who := range map[string]scheme.AccountID{"a manager": w.Ann.Account, "a practitioner of no profession": w.Bo.Account, "somebody of Hilltop": w.Cy.Account, "nobody": "x"} {
			_, err := w.involved(v, advised, app.NewInvolvement{Level: "led", On: "2026-02-01", Therapist: who})
			if all, _ := fault.All(err); len(all) != 1 || all[0].Field != "ot[1].therapist" {
				t.Errorf("%s: %v", name, err)
			}
			in := registration(w.Garden, "G-2", "2026-01-05")
			in.Referral.OT, in.Referral.Therapist = "led", who
			if _, err := w.App.Register(t.Context(), w.Ann, in); fault.Is(err, fault.NotFound) == false {
				t.Errorf("registered with %s: %v", name, err)
			}
		}
		in := registration(w.Garden, "G-3", "2026-01-05")
		in.Referral.OT, in.Referral.Therapist = "assessed", hal
		made, err := w.App.Register(t.Context(), w.Ann, in)
		must(t, err)
		if ot := made.Referral.OT; len(ot) != 1 || ot[0].Therapist != hal {
			t.Errorf("registered with %v", ot)
		}
		in = registration(w.Garden, "G-4", "2026-01-05")
		in.Referral.Therapist = hal // the form's default, where no part was ticked
		made, err = w.App.Register(t.Context(), w.Ann, in)
		must(t, err)
		if len(made.Referral.OT) != 0 {
			t.Errorf("a therapist without a part: %v", made.Referral.OT)
		}
	})
}
