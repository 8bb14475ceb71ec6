package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// A file that is run again brings nothing back that people corrected, moved to
// somebody else, withdrew, or merged.
func TestLoadLeavesWhatWasMended(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		in := w.file(w.Garden, 6)
		for i := range in { // each on days of their own
			for j := range in[i].Assessments {
				in[i].Assessments[j].On = in[i].Assessments[j].On.Plus(i)
			}
		}
		_, err := w.App.Load(ctx, w.Ann, in, func(int) {})
		must(t, err)
		spells := map[string]scheme.Spell{}
		must(t, w.Store.Read(ctx, w.Ann.Org, func(r app.Reader) error {
			return r.Spells(func(s scheme.Spell) error { spells[s.Person.Reference] = s; return nil })
		}))
		of := func(i, k int) scheme.AssessmentID { return spells[fmt.Sprintf("F-%03d", i)].Assessments[k].ID }
		_, err = w.App.CorrectAssessment(ctx, w.Ann, app.Correction{Assessment: of(0, 1), Version: 1, Reason: "another day", On: "2026-04-20", Occasion: scheme.Later, Series: "swemwbs-raw", Score: "30"})
		must(t, err)
		_, err = w.App.MoveAssessment(ctx, w.Ann, app.Move{Assessment: of(1, 1), Version: 1, Reason: "the other one's", Referral: spells["F-002"].Referral.ID, Occasion: scheme.Later})
		must(t, err)
		_, err = w.App.WithdrawAssessment(ctx, w.Ann, app.Withdrawal{Assessment: of(3, 0), Version: 1, Reason: "a practice entry"})
		must(t, err)
		four := spells["F-004"].Referral
		_, err = w.App.ChangeReferral(ctx, w.Ann, app.ReferralChange{Referral: four.ID, Version: 1, AcceptedOn: four.AcceptedOn.String(), EndedOn: "2026-06-01", EndReason: "planned"})
		must(t, err)
		_, err = w.App.MergePeople(ctx, w.Ann, app.Merge{Keep: spells["F-005"].Person.ID, Other: four.Person, Reason: "registered twice"})
		must(t, err)
		before := w.content()
		again, err := w.App.Load(ctx, w.Ann, in, func(int) {})
		must(t, err)
		if again.People != 0 || again.Added != 0 || again.Already != 12 || len(again.Refused) != 0 {
			t.Errorf("again: %+v", again)
		}
		if after := w.content(); recorded(after) != recorded(before) {
			t.Errorf("something was brought back:\n%s\nbefore:\n%s", after, before)
		}
	})
}

// recorded is content without its first line, in which the audit is counted.
func recorded(content string) string {
	_, rest, _ := strings.Cut(content, "\n")
	return rest
}

// A plan that changes moves the windows of those who wait, and of nobody who was
// accepted or has started; who is accepted later gets the plan of that day.
func TestPlanReachesThoseWhoWait(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		accepted := w.refer(w.Ann, w.Garden, "R-1", "2026-05-05")
		waiting := func(reference, received string) app.ReferralView {
			in := registration(w.Garden, reference, received)
			in.Referral.AcceptedOn = ""
			v, err := w.App.Register(ctx, w.Ann, in)
			must(t, err)
			return v
		}
		waits, before, started := waiting("R-2", "2026-05-05"), waiting("R-3", "2026-03-31"), waiting("R-4", "2026-05-05")
		_, err := w.App.AddPrescription(ctx, w.Ann, app.NewPrescription{Referral: started.Referral.ID, Activity: w.Plot.ID, OfferedOn: "2026-05-06", FirstAttendedOn: "2026-05-07"})
		must(t, err)
		plan, err := w.App.AddPlan(ctx, w.Ann, app.NewPlan{Scheme: w.Garden.ID, Follows: 1, EffectiveFrom: "2026-04-01", Items: []app.NewPlanItem{
			{Measure: "swemwbs", BeforeDays: 14, AfterDays: 7}, {Measure: "swemwbs", DueDays: 56, BeforeDays: 14, AfterDays: 14}}})
		must(t, err)
		if plan.Version != 2 || plan.Primary != "swemwbs-metric" || plan.Headline != "day-56" {
			t.Errorf("the plan: %+v", plan)
		}
		versions := func() (all []int) {
			for _, v := range []app.ReferralView{accepted, waits, before, started} {
				now, err := w.App.Referral(ctx, w.Ann, v.Referral.ID)
				must(t, err)
				all = append(all, now.Plan.Version)
			}
			return all
		}
		if got := fmt.Sprint(versions()); got != "[1 2 1 1]" {
			t.Errorf("accepted, waiting, waiting since before, started: plans %s", got)
		}
		_, err = w.App.ChangeReferral(ctx, w.Ann, app.ReferralChange{Referral: before.Referral.ID, Version: 1, AcceptedOn: "2026-04-01"})
		must(t, err)
		if got := fmt.Sprint(versions()); got != "[1 2 2 1]" {
			t.Errorf("once it is accepted: plans %s", got)
		}
		differ, err := w.App.CheckPairs(ctx, w.Ann, func(int) {})
		must(t, err)
		if len(differ) > 0 {
			t.Errorf("pairs of %v differ", differ)
		}
		_, err = w.App.AddPlan(ctx, w.Ann, app.NewPlan{Scheme: w.Garden.ID, Follows: 1, EffectiveFrom: "2026-05-01"})
		if !fault.Is(err, fault.Stale) {
			t.Errorf("a plan that follows an old one: %v", err)
		}
		if _, err = w.App.AddPlan(ctx, w.Bo, app.NewPlan{Scheme: w.Garden.ID, Follows: 2}); !fault.Is(err, fault.NotAllowed) {
			t.Errorf("by a practitioner: %v", err)
		}
	})
}

// What was measured under an earlier version of the plan can still be asked for,
// and is not what is shown first.
func TestEarlierPlansKeepTheirFigures(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		v := w.refer(w.Ann, w.Garden, "R-1", "2026-01-05")
		for on, score := range map[string]int{"2026-01-05": 20, "2026-03-30": 27} {
			_, err := w.App.RecordAssessment(ctx, w.Ann, raw(v, on, score))
			must(t, err)
		}
		_, err := w.App.AddPlan(ctx, w.Ann, app.NewPlan{Scheme: w.Garden.ID, Follows: 1, EffectiveFrom: "2026-04-01", Primary: "ons4-anxiety", Items: []app.NewPlanItem{
			{Measure: "ons4", BeforeDays: 14, AfterDays: 7}, {Measure: "ons4", DueDays: 56, BeforeDays: 14, AfterDays: 14}}})
		must(t, err)
		now, err := w.App.Evidence(ctx, w.Ann, app.EvidenceAsk{Scheme: w.Garden.ID})
		must(t, err)
		if now.Score.Series != "ons4-anxiety" || fmt.Sprint(now.Occasions) != "[day-56 day-84]" || now.Finding.Counts.Paired != 0 {
			t.Errorf("shown first: %s of %v", now.Score.Series, now.Occasions)
		}
		old, err := w.App.Evidence(ctx, w.Ann, app.EvidenceAsk{Scheme: w.Garden.ID, Measure: "swemwbs"})
		must(t, err)
		if old.Occasion != "day-84" || old.Finding.Counts.Paired != 1 {
			t.Errorf("under the plan before: %s, %+v", old.Occasion, old.Finding.Counts)
		}
	})
}

// What both held alike counts once, and what the later entry was the baseline of
// is waited for again.
func TestMergeAsksAgain(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		one, two := w.refer(w.Ann, w.Garden, "R-1", "2026-01-05"), w.refer(w.Ann, w.Choir, "R-2", "2026-01-05")
		baselines := func() (due []bool) {
			for _, v := range []app.ReferralView{one, two} {
				must(t, w.Store.Read(ctx, w.Ann.Org, func(r app.Reader) error {
					all, err := r.DueOf(v.Referral.ID)
					due = append(due, slices.ContainsFunc(all, func(d scheme.Due) bool { return d.Measure == "swemwbs" && d.Occasion == scheme.Baseline }))
					return err
				}))
			}
			return due
		}
		for _, v := range []app.ReferralView{one, two} {
			must(t, second(w.App.RecordAssessment(ctx, w.Ann, raw(v, "2026-01-05", 20))))
		}
		if due := baselines(); due[0] || due[1] {
			t.Fatalf("due before: %v", due)
		}
		must(t, second(w.App.MergePeople(ctx, w.Ann, app.Merge{Keep: one.Person.ID, Other: two.Person.ID, Reason: "registered twice"})))
		if due := baselines(); due[0] || !due[1] {
			t.Errorf("due afterwards: %v", due)
		}
	})
}

// Contradictions are all named and nothing is merged; once they are mended the
// merge goes through, and a baseline of one pairs with a follow-up of the other.
func TestMergeNamesContradictions(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		one, two := w.refer(w.Ann, w.Garden, "R-1", "2026-01-05"), w.refer(w.Ann, w.Garden, "R-2", "2026-01-05")
		record := func(v app.ReferralView, on string, score int) scheme.Assessment {
			a, err := w.App.RecordAssessment(ctx, w.Ann, raw(v, on, score))
			must(t, err)
			return a
		}
		record(one, "2026-01-05", 20)
		twin := record(two, "2026-01-05", 20)
		record(one, "2026-02-05", 22)
		wrong := record(two, "2026-02-05", 23)
		merge := func() error {
			return second(w.App.MergePeople(ctx, w.Ann, app.Merge{Keep: one.Person.ID, Other: two.Person.ID, Reason: "registered twice"}))
		}
		before := w.content()
		all, _ := fault.All(merge())
		if len(all) != 2 || all[0].Code != fault.ReferralOpen || all[1].Code != fault.PersonMerge || all[0].Field != "other" {
			t.Fatalf("named: %v", all)
		}
		if w.content() != before {
			t.Error("something was merged")
		}
		_, err := w.App.ChangeReferral(ctx, w.Ann, app.ReferralChange{Referral: two.Referral.ID, Version: 1, AcceptedOn: "2026-01-05", EndedOn: "2026-06-01", EndReason: "planned"})
		must(t, err)
		_, err = w.App.WithdrawAssessment(ctx, w.Ann, app.Withdrawal{Assessment: wrong.ID, Version: 1, Reason: "misread"})
		must(t, err)
		must(t, merge())
		now, err := w.App.Assessment(ctx, w.Ann, twin.ID)
		must(t, err)
		said, err := w.App.AssessmentVersions(ctx, w.Ann, twin.ID)
		must(t, err)
		if !now.Withdrawn || now.Person != one.Person.ID || said[1].Reason != "merged duplicate" {
			t.Errorf("the later twin: %+v, %+v", now, said)
		}
		if err := merge(); !fault.Is(err, fault.PersonMerge) {
			t.Errorf("once more: %v", err)
		}
		known := registration(w.Choir, "R-2", "2026-06-02")
		known.Known = true
		if v, err := w.App.Register(ctx, w.Ann, known); err != nil || v.Person.ID != one.Person.ID {
			t.Errorf("the other reference leads to %s, %v", v.Person.Reference, err)
		}
		known.Known = false
		if _, err := w.App.Register(ctx, w.Ann, known); !fault.Is(err, fault.PersonTaken) {
			t.Errorf("the other reference is free: %v", err)
		}
	})
}

// Whoever does not see every scheme of both people merges nothing, and moves
// nothing to where they do not work.
func TestMendingNeedsRights(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		garden, choir := w.refer(w.Ann, w.Garden, "R-1", "2026-01-05"), w.refer(w.Ann, w.Choir, "R-2", "2026-01-05")
		a, err := w.App.RecordAssessment(ctx, w.Bo, raw(garden, "2026-01-05", 20))
		must(t, err)
		some := w.Join(app.NewUser{Login: "some", Org: w.Ann.Org, Role: app.Manager, Schemes: []scheme.ID{w.Garden.ID}})
		for name, c := range map[string]struct {
			err  error
			code fault.Code
		}{
			"a practitioner merges": {second(w.App.MergePeople(ctx, w.Bo, app.Merge{Keep: garden.Person.ID, Other: choir.Person.ID, Reason: "x"})), fault.NotAllowed},
			"half a view":           {second(w.App.MergePeople(ctx, some, app.Merge{Keep: garden.Person.ID, Other: choir.Person.ID, Reason: "x"})), fault.NotFound},
			"the other half":        {second(w.App.MergePeople(ctx, some, app.Merge{Keep: choir.Person.ID, Other: garden.Person.ID, Reason: "x"})), fault.NotFound},
			"moves out of sight":    {second(w.App.MoveAssessment(ctx, w.Bo, app.Move{Assessment: a.ID, Version: 1, Reason: "x", Referral: choir.Referral.ID})), fault.NotFound},
			"another organisation":  {second(w.App.WithdrawAssessment(ctx, w.Cy, app.Withdrawal{Assessment: a.ID, Version: 1, Reason: "x"})), fault.NotFound},
		} {
			if !fault.Is(c.err, c.code) {
				t.Errorf("%s: %v, want %s", name, c.err, c.code)
			}
		}
	})
}
