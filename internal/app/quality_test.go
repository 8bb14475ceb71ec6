package app_test

import (
	"fmt"
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// What was due and recorded, by scheme and by caseload, without a score and in
// order of the alphabet. The day is 30 June 2026; whoever started on 5 January
// was due on 30 March, in time until 27 April.
func TestQuality(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		record := func(in app.NewAssessment) {
			t.Helper()
			_, err := w.App.RecordAssessment(ctx, w.Ann, in)
			must(t, err)
		}
		good := w.refer(w.Ann, w.Garden, "G-1", "2026-01-05")
		first, later := raw(good, "2026-01-06", 9), raw(good, "2026-04-02", 33) // three days late, and a jump
		later.Channel, later.Helper = "phone", "family"
		record(first)
		record(later)
		items := map[string]int{"satisfaction": 5, "worthwhile": 5, "happiness": 5}
		record(app.NewAssessment{Referral: good.Referral.ID, Measure: "ons4", On: "2026-01-05", Occasion: scheme.Baseline, Responses: items})
		proxy := raw(good, "2026-04-03", 20)
		proxy.Rater = "proxy"
		record(proxy)

		w.refer(w.Ann, w.Garden, "G-2", "2026-01-05") // nothing
		dead := w.refer(w.Ann, w.Choir, "C-1", "2026-01-05")
		record(raw(dead, "2026-01-05", 20))
		w.refer(w.Ann, w.Choir, "C-2", "2026-06-25") // nothing due yet
		w.refer(w.Ann, w.Choir, "C-3", "2024-01-05") // due more than a year ago
		w.refer(w.Cy, w.Walk, "W-1", "2026-01-05")   // another organisation's

		q, err := w.App.Quality(ctx, w.Ann)
		must(t, err)
		var got []string
		for _, line := range q.Schemes {
			timing, _ := line.Timing()
			got = append(got, fmt.Sprintf("%s %d/%d %d/%d %v %v", line.Name, line.Baselines, line.BaselinesDue, line.FollowUps, line.FollowUpsDue, timing, line.Modes))
		}
		want := "[Choir 1/2 0/2 {0 0 0} {0 0 0 0} Garden 2/4 1/4 {3 3 3} {1 1 1 0}]"
		if fmt.Sprint(got) != want {
			t.Errorf("%v, want %s", got, want)
		}
		if len(q.Practitioners) == 0 || q.Practitioners[len(q.Practitioners)-1].BaselinesDue == 0 {
			t.Errorf("caseloads: %+v", q.Practitioners)
		}
		if q.ItemsMissing.All != 1 || q.ItemsMissing.Listed[0].Items != 1 || q.ItemsMissing.Listed[0].Reference != "G-1" {
			t.Errorf("items left out: %+v", q.ItemsMissing)
		}
		if q.Jumps.All != 1 || q.Jumps.Listed[0].On.String() != "2026-04-02" || q.Proxies.All != 1 || q.Entries != 5 {
			t.Errorf("jumps %+v, proxies %+v, of %d", q.Jumps, q.Proxies, q.Entries)
		}
		if q.Twice.All != 0 || len(q.Twice.Listed) != 0 {
			t.Errorf("nobody is here twice, and %+v", q.Twice)
		}
		if len(q.Chase) == 0 || q.Chase[0].Reference == "W-1" {
			t.Errorf("to chase: %+v", q.Chase)
		}
		for role, who := range map[string]app.Actor{"a practitioner": w.Bo, "nobody": {Org: w.Ann.Org}} {
			if _, err := w.App.Quality(ctx, who); !fault.Is(err, fault.NotAllowed) && !fault.Is(err, fault.SignInNeeded) {
				t.Errorf("%s: %v", role, err)
			}
		}
		few := w.Join(app.NewUser{Login: "flo", Org: w.Ann.Org, Role: app.Manager, Schemes: []scheme.ID{w.Choir.ID}})
		for _, reference := range []string{"g1", "w 1", "K-9", "k-09"} {
			_, err := w.App.AddPerson(ctx, w.Ann, app.NewPerson{Reference: reference})
			must(t, err)
		}
		q, err = w.App.Quality(ctx, w.Ann)
		must(t, err)
		if q.Twice.All != 2 || references(q.Twice.Listed[0].People) != "[G-1 g1]" || references(q.Twice.Listed[1].People) != "[K-09 K-9]" && references(q.Twice.Listed[1].People) != "[K-9 k-09]" {
			t.Errorf("here twice: %+v", q.Twice)
		}
		q, err = w.App.Quality(ctx, few)
		must(t, err)
		if len(q.Schemes) != 1 || q.Schemes[0].Name != "Choir" || q.Entries != 1 || q.ItemsMissing.All != 0 || q.Twice.All != 1 {
			t.Errorf("a manager of the choir sees %+v, %d entries", q.Schemes, q.Entries)
		}
	})
}
