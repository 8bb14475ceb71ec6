package app_test

import (
	"strings"
	"sync"
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// attended refers somebody who came to the Plot on that day.
func (w *town) attended(to scheme.Scheme, reference, on string) scheme.ReferralID {
	w.T.Helper()
	id := w.refer(w.Ann, to, reference, on).Referral.ID
	_, err := w.App.AddPrescription(w.T.Context(), w.Ann, app.NewPrescription{Referral: id, Activity: w.Plot.ID, OfferedOn: on, FirstAttendedOn: on})
	must(w.T, err)
	return id
}

// categories are those of the stored pairs of a referral, each once.
func (w *town) categories(id scheme.ReferralID) string {
	w.T.Helper()
	var said []string
	must(w.T, w.Store.Read(w.T.Context(), w.Ann.Org, func(r app.Reader) error {
		pairs, err := r.PairsOf(id)
		said = nil
		for _, p := range pairs {
			if c := string(p.Traits.Category); len(said) == 0 || said[len(said)-1] != c {
				said = append(said, c)
			}
		}
		return err
	}))
	return strings.Join(said, " ")
}

// A corrected category reaches the pairs of everybody who came, of whatever
// scheme, and of nobody else; a rebuild finds nothing to mend.
func TestCategoryIsCorrected(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		came, also := w.attended(w.Garden, "R-1", "2026-01-05"), w.attended(w.Choir, "R-2", "2026-01-05")
		only := w.refer(w.Ann, w.Garden, "R-3", "2026-01-05").Referral.ID
		_, err := w.App.AddPrescription(ctx, w.Ann, app.NewPrescription{Referral: only, Activity: w.Plot.ID, OfferedOn: "2026-01-06"})
		must(t, err)
		change := app.ActivityChange{Activity: w.Plot.ID, Version: 1, Name: "Allotment", Category: "nature"}
		_, err = w.App.ChangeActivity(ctx, w.Ann, change)
		if fields(t, err) != "[reason]" || w.categories(came) != "gardening" {
			t.Errorf("without a reason: %v, %s", err, w.categories(came))
		}
		change.Reason = "entered wrong"
		now, err := w.App.ChangeActivity(ctx, w.Ann, change)
		if must(t, err); now.Category != "nature" || now.Revision != 2 {
			t.Errorf("kept %+v", now)
		}
		if got := w.categories(came) + w.categories(also) + w.categories(only); got != "naturenature" {
			t.Errorf("pairs say %s", got)
		}
		differ, err := w.App.CheckPairs(ctx, w.Ann, func(int) {})
		if must(t, err); len(differ) > 0 {
			t.Errorf("a rebuild would change %v", differ)
		}
		_, err = w.App.ChangeActivity(ctx, w.Ann, change)
		if !fault.Is(err, fault.Stale) {
			t.Errorf("stale: %v", err)
		}
	})
}

// What is stopped is prescribed no more after its last day; who has it keeps it,
// and a register of it can be taken.
func TestStoppedActivity(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		old := w.attended(w.Garden, "R-1", "2026-01-05")
		_, err := w.App.ChangeActivity(ctx, w.Ann, app.ActivityChange{Activity: w.Plot.ID, Version: 1, Name: "Plot", Category: "gardening", OfferedUntil: "2026-03-01"})
		must(t, err)
		other := w.refer(w.Ann, w.Garden, "R-2", "2026-01-05").Referral.ID
		for on, want := range map[string]string{"2026-03-02": "[offered_on]", "2026-03-01": "[]"} {
			_, err := w.App.AddPrescription(ctx, w.Bo, app.NewPrescription{Referral: other, Activity: w.Plot.ID, OfferedOn: on})
			if got := fields(t, err); got != want {
				t.Errorf("offered on %s: %s, want %s", on, got, want)
			}
		}
		v, err := w.App.Referral(ctx, w.Ann, old)
		if must(t, err); v.Activities[v.Prescriptions[0].Activity].Name != "Plot" {
			t.Errorf("who had it has %+v", v.Prescriptions)
		}
		reg, err := w.App.GroupRegister(ctx, w.Ann, app.RegisterAsk{Scheme: w.Garden.ID, Activity: w.Plot.ID, On: "2026-04-01"})
		if must(t, err); len(reg.Lines) != 2 {
			t.Errorf("a register of %d", len(reg.Lines))
		}
		for want, in := range map[string]app.ActivityChange{
			"[name category]":      {},
			"[offered_until name]": {Name: strings.Repeat("x", 201), Category: "gardening", OfferedUntil: "1 May"},
			"[category]":           {Name: "Plot", Category: "golf"},
		} {
			in.Activity, in.Version = w.Plot.ID, 2
			_, err := w.App.ChangeActivity(ctx, w.Ann, in)
			if got := fields(t, err); len(got) != len(want) {
				t.Errorf("%+v: %s, want %s", in, got, want)
			}
		}
		_, err = w.App.AddActivity(ctx, w.Ann, app.NewActivity{Name: "Choir", Category: "arts"})
		must(t, err)
		_, err = w.App.ChangeActivity(ctx, w.Ann, app.ActivityChange{Activity: w.Plot.ID, Version: 2, Name: "Choir", Category: "gardening"})
		if !fault.Is(err, fault.ActivityTaken) {
			t.Errorf("a name that another has: %v", err)
		}
		_, err = w.App.ChangeActivity(ctx, w.Bo, app.ActivityChange{Activity: w.Plot.ID, Version: 2, Name: "Plot", Category: "gardening"})
		if !fault.Is(err, fault.NotAllowed) {
			t.Errorf("by a practitioner: %v", err)
		}
		_, err = w.App.ChangeActivity(ctx, w.Cy, app.ActivityChange{Activity: w.Plot.ID, Version: 2, Name: "Plot", Category: "gardening"})
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("by another organisation: %v", err)
		}
	})
}

// Whoever comes to an activity while its category is corrected is counted under
// the category that stands in the end.
func TestCategoryCorrectedWhileTheyCome(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		var ids []scheme.ReferralID
		for _, reference := range []string{"R-1", "R-2", "R-3", "R-4"} {
			ids = append(ids, w.refer(w.Ann, w.Garden, reference, "2026-01-05").Referral.ID)
		}
		var all sync.WaitGroup
		said := make(chan error, 2*len(ids))
		for i, id := range ids {
			all.Go(func() {
				_, err := w.App.AddPrescription(ctx, w.Ann, app.NewPrescription{Referral: id, Activity: w.Plot.ID, OfferedOn: "2026-01-06", FirstAttendedOn: "2026-01-06"})
				said <- err
			})
			all.Go(func() {
				_, err := w.App.ChangeActivity(ctx, w.Ann, app.ActivityChange{
					Activity: w.Plot.ID, Version: i + 1, Name: "Allotment", Category: []scheme.Category{"nature", "arts"}[i%2], Reason: "wrong",
				})
				if fault.Is(err, fault.Stale) {
					err = nil
				}
				said <- err
			})
		}
		all.Wait()
		for range cap(said) {
			must(t, <-said)
		}
		differ, err := w.App.CheckPairs(ctx, w.Ann, func(int) {})
		if must(t, err); len(differ) > 0 {
			t.Errorf("pairs of %v are not what a rebuild makes", differ)
		}
	})
}
