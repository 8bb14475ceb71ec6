package app_test

import (
	"slices"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
	kit "cairn/internal/testkit/town"
)

func (w *town) contribution(by app.Actor, of scheme.ID) app.ContributionView {
	w.T.Helper()
	v, err := w.App.Contribution(w.T.Context(), by, app.CompareAsk{Scheme: of, Measure: "swemwbs-metric", By: "scheme"})
	must(w.T, err)
	return v
}

// Groups are set at the landmark and compared only where at least three
// therapists and three practitioners stand behind them; who came later counts
// neither as a group nor as a therapist, and whom somebody was handed to later
// does not count either. Nor does a therapist of a scheme where everybody sees
// one: nobody of it is in the figure.
func TestContribution(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		hal, jo, kit3 := w.therapist("hal").Account, w.therapist("jo").Account, w.therapist("kit").Account
		w.Therapy(w.Garden, []scheme.AccountID{hal, jo}, []scheme.AccountID{hal, w.Ann.Account, w.Bo.Account})
		held, err := w.App.Referrals(t.Context(), w.Ann, app.ReferralsAsk{Scheme: w.Garden.ID, Page: app.Page{Limit: 200}})
		must(t, err)
		without := held[slices.IndexFunc(held, func(l app.ReferralLine) bool { return strings.HasSuffix(l.Reference, "WITHOUT-00") })]
		_, err = w.App.HandOver(t.Context(), w.Ann, app.HandOver{To: kit3, Referrals: []scheme.ReferralID{without.Referral.ID}})
		must(t, err)

		v := w.contribution(w.Ann, "")
		if v.Hands != (scheme.Hands{Therapists: 2, Named: kit.Sides, Holders: 3, Held: kit.Sides}) {
			t.Errorf("hands: %+v", v.Hands)
		}
		if len(v.Sides.Refused) != 1 || !strings.HasPrefix(v.Sides.Refused[0], "Only 2 occupational therapists are on record") || v.Sides.Compared != nil {
			t.Errorf("refused: %q, compared %v", v.Sides.Refused, v.Sides.Compared)
		}
		for name, g := range map[string]struct {
			app.ComparedGroup
			n int
		}{"with": {v.With, kit.Sides}, "without": {v.Without, kit.Sides}, "later": {v.Later, 1}} {
			if g.Finding.Counts.Paired != g.n {
				t.Errorf("%s: %d people", name, g.Finding.Counts.Paired)
			}
		}
		if got := labels(v.Groups); got != "None, Led, Only later than 28 days after the start" {
			t.Errorf("levels: %s", got)
		}

		w.OnlyTherapy(w.Choir, []scheme.AccountID{kit3})
		v = w.contribution(w.Ann, "")
		if v.With.Finding.Counts.Paired != 2*kit.Sides || v.Sides.Within.Outside != kit.Sides {
			t.Errorf("with: %d people, %d of them in a scheme of one side", v.With.Finding.Counts.Paired, v.Sides.Within.Outside)
		}
		if v.Hands != (scheme.Hands{Therapists: 2, Named: kit.Sides, Holders: 3, Held: kit.Sides}) || len(v.Sides.Refused) != 1 ||
			!strings.HasPrefix(v.Sides.Refused[0], "Only 2 occupational therapists are on record") {
			t.Errorf("in two schemes: refused %q, hands %+v", v.Sides.Refused, v.Hands)
		}

		led := held[slices.IndexFunc(held, func(l app.ReferralLine) bool { return strings.HasSuffix(l.Reference, "WITH-05") })]
		view, err := w.App.Referral(t.Context(), w.Ann, led.Referral.ID)
		must(t, err)
		_, err = w.involved(view, app.NewInvolvement{Level: "led", On: "2026-02-02", Therapist: kit3})
		must(t, err)
		if v = w.contribution(w.Ann, ""); len(v.Sides.Refused) != 0 || v.Hands.Therapists != 3 || v.Hands.Named != kit.Sides {
			t.Errorf("in two schemes with three therapists: refused %q, hands %+v", v.Sides.Refused, v.Hands)
		}
		v = w.contribution(w.Bo, w.Garden.ID)
		diff, lo, _ := v.Sides.Difference()
		if len(v.Sides.Refused) != 0 || v.Hands.Therapists != 3 || diff == nil || *diff < 1 || *lo <= 0 {
			t.Fatalf("refused %q, hands %+v, difference %v from %v", v.Sides.Refused, v.Hands, diff, lo)
		}
		people := 0
		for _, s := range v.Sides.Strata {
			people += s.Reference.Counts.Paired + s.Other.Counts.Paired
		}
		if people != 2*kit.Sides {
			t.Errorf("%d people in the strata", people)
		}
	})
}

// Nobody recorded, nobody there, and what is not one's own.
func TestContributionThatIsRefused(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.Therapy(w.Garden, nil, nil)
		said := strings.Join(w.contribution(w.Ann, "").Sides.Refused, " ")
		for _, want := range []string{"It is not recorded which practitioner worked", "It is not recorded which occupational therapist worked with any of the 24 people"} {
			if !strings.Contains(said, want) {
				t.Errorf("%q does not say %q", said, want)
			}
		}
		choir := w.contribution(w.Ann, w.Choir.ID)
		if len(choir.Groups) != 0 || choir.Sides.Compared != nil || len(choir.Sides.Refused) != 2 || strings.Contains(strings.Join(choir.Sides.Refused, ""), "recorded which") {
			t.Errorf("nobody: %+v %q", choir.Groups, choir.Sides.Refused)
		}
		for name, id := range map[string]scheme.ID{"Choir": w.Choir.ID, "Hilltop's": w.Walk.ID, "nobody's": "nowhere"} {
			if _, err := w.App.Contribution(t.Context(), w.Bo, app.CompareAsk{Scheme: id}); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s scheme: %v", name, err)
			}
		}
		if _, err := w.App.Contribution(t.Context(), app.Actor{Account: w.Ann.Account, Org: w.Ann.Org, Role: app.Administrator}, app.CompareAsk{}); !fault.Is(err, fault.NotAllowed) {
			t.Errorf("an administrator: %v", err)
		}
	})
}
