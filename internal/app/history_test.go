package app_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	kit "cairn/internal/testkit/town"
)

// histories is how many random histories each database sees: CAIRN_HISTORIES, or
// a few where nobody asked for more.
func histories(t *testing.T) {
	t.Helper()
	n := "24"
	if asked := os.Getenv("CAIRN_HISTORIES"); asked != "" {
		n = asked
	}
	if _, err := strconv.Atoi(n); err != nil {
		t.Fatalf("CAIRN_HISTORIES is %q and no number", n)
	}
	must(t, flag.Set("rapid.checks", n))
	must(t, flag.Set("rapid.nofailfile", "true"))
}

// Whatever is registered, recorded, corrected, moved, withdrawn, merged and
// planned anew, in any order and sent any number of times: after each act the
// stored pairs are what a model without any rule of ours makes of what is
// recorded, and the tables that figures come from count them.
func TestAnyHistoryKeepsItsPairs(t *testing.T) {
	histories(t)
	kit.Each(t, func(t *testing.T, w *kit.Town) {
		must(t, w.App.Prepare(t.Context()))
		n := 0
		rapid.Check(t, func(rt *rapid.T) {
			n++
			h := begin(rt, w, n)
			for range rapid.IntRange(4, 18).Draw(rt, "acts") {
				h.act()
				h.compare()
			}
			h.finish()
		})
	})
}

// A history is one organisation on its way, beside its model.
type history struct {
	*rapid.T
	ctx   context.Context
	app   *app.App
	store app.Store
	by    app.Actor
	plot  scheme.ActivityID
	acts  int
	sent  int
	past  []func() // requests that went through, sent again
	model
}

func begin(rt *rapid.T, w *kit.Town, n int) *history {
	h := &history{T: rt, ctx: w.T.Context(), app: w.App, store: w.Store}
	org, err := w.App.AddOrganisation(h.ctx, scheme.Organisation{Name: fmt.Sprint("History ", n), TimeZone: "Europe/London", Kind: scheme.Provider})
	h.must(err)
	h.by = app.AtTerminal(org, "demo")
	act, err := w.App.AddActivity(h.ctx, h.by, app.NewActivity{Name: "Allotment", Category: "gardening"})
	h.must(err)
	h.plot = act.ID
	h.defs = map[measure.Key]measure.Definition{}
	for _, key := range []measure.Key{"swemwbs", "ons4"} {
		h.defs[key], err = w.App.Measure(h.ctx, h.by, key)
		h.must(err)
	}
	for _, name := range []string{"Riverside", "Hilltop"} {
		s, err := w.App.AddScheme(h.ctx, h.by, app.NewScheme{Name: name, Measures: []measure.Key{"swemwbs"}, Weeks: 4, StartedOn: "2026-01-01"})
		h.must(err)
		h.schemes = append(h.schemes, &mScheme{s.ID, []scheme.Plan{s.Plan}})
	}
	for range 3 {
		h.register()
	}
	return h
}

func (h *history) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatalf("after %d acts: %v", h.acts, err)
	}
}

// act does one thing that can be done.
func (h *history) act() {
	h.acts++
	doing := map[string]func(){
		"register": h.register, "refer": h.referAgain, "change": h.changeReferral, "prescribe": h.prescribe,
		"attend": h.attend, "record": h.record, "correct": h.correct, "move": h.move, "withdraw": h.withdraw,
		"plan": h.plan, "merge": h.mergeTwo, "again": h.again,
	}
	names := []string{"record", "record", "record", "record", "register", "refer", "change", "prescribe", "attend", "correct", "correct", "move", "move", "withdraw", "plan", "merge", "merge", "again", "again"}
	doing[rapid.SampledFrom(names).Draw(h.T, "act")]()
}

// day is one of so few days that they meet, and long enough before today.
func (h *history) day(what string) scheme.Day {
	return first().Plus(7 * rapid.IntRange(0, 20).Draw(h.T, what))
}

func first() scheme.Day {
	d, _ := scheme.ParseDay("2026-01-05")
	return d
}

// sent sends a request once, or twice under one key, and demands the same answer
// again. It reports whether the request went through; codes are the faults that
// the model expects of it.
func sent[T any](h *history, ask func(key string) (T, error), codes ...fault.Code) (T, bool) {
	h.Helper()
	key := ""
	h.sent++
	if rapid.IntRange(0, 2).Draw(h.T, "again") == 0 {
		key = fmt.Sprint("request ", h.sent)
	}
	got, err := ask(key)
	if len(codes) == 0 {
		h.must(err)
	} else {
		h.faults(err, codes)
	}
	if key != "" {
		again, repeated := ask(key)
		a, _ := json.Marshal(got)
		b, _ := json.Marshal(again)
		if string(a) != string(b) || fmt.Sprint(err) != fmt.Sprint(repeated) {
			h.Fatalf("the same request again: %s %v, and first %s %v", b, repeated, a, err)
		}
	}
	if key != "" && err == nil {
		h.past = append(h.past, func() { h.sameAnswer(got, func() (any, error) { return ask(key) }) })
	}
	return got, len(codes) == 0
}

// again sends an earlier request once more.
func (h *history) again() {
	if len(h.past) > 0 {
		rapid.SampledFrom(h.past).Draw(h.T, "request")()
	}
}

// sameAnswer demands the answer that a request had: the version that it made,
// where there are versions. Whose an assessment's referral is a merge may change.
func (h *history) sameAnswer(first any, ask func() (any, error)) {
	h.Helper()
	got, err := ask()
	h.must(err)
	switch was := first.(type) {
	case scheme.Assessment:
		now := got.(scheme.Assessment)
		now.Person = was.Person
		got = now
	case scheme.Plan:
	default:
		return
	}
	if !reflect.DeepEqual(first, got) {
		h.Fatalf("the same request later: %+v, and first %+v", got, first)
	}
}

func (h *history) faults(err error, codes []fault.Code) {
	h.Helper()
	all, accident := fault.All(err)
	var said []fault.Code
	for _, f := range all {
		said = append(said, f.Code)
	}
	slices.Sort(said)
	slices.Sort(codes)
	if accident != nil || !slices.Equal(said, codes) {
		h.Fatalf("after %d acts: %v, want %v", h.acts, err, codes)
	}
}

func (h *history) register() {
	to := rapid.SampledFrom(h.schemes).Draw(h.T, "scheme")
	p := &mPerson{reference: fmt.Sprintf("P-%d", len(h.people))}
	r := h.referral(p, to)
	in := app.NewRegistration{Person: app.NewPerson{Reference: p.reference, Name: "Somebody"}, Referral: asked(r)}
	v, _ := sent(h, func(key string) (app.ReferralView, error) {
		in.Referral.Key = key
		return h.app.Register(h.ctx, h.by, in)
	})
	p.id, r.id, r.ordinal = v.Person.ID, v.Referral.ID, 1
	h.people, h.referrals = append(h.people, p), append(h.referrals, r)
}

func (h *history) referral(p *mPerson, to *mScheme) *mReferral {
	r := &mReferral{of: p, in: to, received: first().Plus(7 * rapid.IntRange(0, 14).Draw(h.T, "received")), version: 1}
	under := r.received
	if rapid.Bool().Draw(h.T, "accepted") {
		r.accepted = r.received.Plus(rapid.IntRange(0, 10).Draw(h.T, "wait"))
		under = r.accepted
	}
	r.plan = to.inForce(under)
	return r
}

func asked(r *mReferral) app.NewReferral {
	return app.NewReferral{Person: r.of.id, Scheme: r.in.id, ReceivedOn: r.received.String(), AcceptedOn: r.accepted.String()}
}

// referAgain refers somebody, who may have been merged into somebody else since.
func (h *history) referAgain() {
	p := rapid.SampledFrom(h.people).Draw(h.T, "person")
	kept := p
	if p.into != nil {
		kept = p.into
	}
	to := rapid.SampledFrom(h.schemes).Draw(h.T, "scheme")
	r := h.referral(p, to)
	var codes []fault.Code
	for _, x := range h.theirs(kept, to) {
		r.ordinal = max(r.ordinal, x.ordinal)
		if x.open() {
			codes = []fault.Code{fault.ReferralOpen}
		}
	}
	in := asked(r)
	v, made := sent(h, func(key string) (app.ReferralView, error) {
		in.Key = key
		return h.app.AddReferral(h.ctx, h.by, in)
	}, codes...)
	if made {
		r.id, r.of, r.ordinal = v.Referral.ID, kept, r.ordinal+1
		h.referrals = append(h.referrals, r)
	}
}

// stale is a version that is not the one there, now and then.
func (h *history) stale(version int) (int, []fault.Code) {
	if rapid.IntRange(0, 9).Draw(h.T, "stale") == 0 {
		return version + 1, []fault.Code{fault.Stale}
	}
	return version, nil
}

// changeReferral accepts, ends or reopens one.
func (h *history) changeReferral() {
	r := rapid.SampledFrom(h.referrals).Draw(h.T, "referral")
	now := *r
	if rapid.Bool().Draw(h.T, "accepts") {
		now.accepted = r.received.Plus(rapid.IntRange(0, 20).Draw(h.T, "wait"))
	}
	now.ended, now.died = scheme.Day{}, false
	if rapid.Bool().Draw(h.T, "ends") {
		now.ended, now.died = r.received.Plus(rapid.IntRange(21, 60).Draw(h.T, "stay")), rapid.Bool().Draw(h.T, "dies")
	}
	version, codes := h.stale(r.version)
	for _, x := range h.theirs(r.of, r.in) {
		if codes == nil && x != r && x.open() && now.open() {
			codes = []fault.Code{fault.ReferralOpen}
		}
	}
	reason := scheme.EndReason("")
	if now.died {
		reason = scheme.EndDied
	} else if !now.ended.IsZero() {
		reason = "planned"
	}
	if _, made := sent(h, func(key string) (app.ReferralView, error) {
		return h.app.ChangeReferral(h.ctx, h.by, app.ReferralChange{
			Key: key, Referral: r.id, Version: version, AcceptedOn: now.accepted.String(), EndedOn: now.ended.String(), EndReason: reason,
		})
	}, codes...); made {
		if r.accepted.IsZero() && !now.accepted.IsZero() {
			now.plan = r.in.inForce(now.accepted)
		}
		now.version++
		*r = now
	}
}

// end ends a referral.
func (h *history) end(r *mReferral) {
	on := r.received.Plus(30)
	_, err := h.app.ChangeReferral(h.ctx, h.by, app.ReferralChange{Referral: r.id, Version: r.version, AcceptedOn: r.accepted.String(), EndedOn: on.String(), EndReason: "planned"})
	h.must(err)
	r.ended, r.version = on, r.version+1
}

func (h *history) prescribe() {
	r := rapid.SampledFrom(h.referrals).Draw(h.T, "referral")
	p := &mPrescription{offered: r.received.Plus(rapid.IntRange(0, 7).Draw(h.T, "offered")), version: 1}
	p.attended = h.attendance(p)
	in := app.NewPrescription{Referral: r.id, Activity: h.plot, OfferedOn: p.offered.String(), FirstAttendedOn: p.attended.String()}
	v, _ := sent(h, func(key string) (scheme.Prescription, error) {
		in.Key = key
		return h.app.AddPrescription(h.ctx, h.by, in)
	})
	p.id = v.ID
	r.given = append(r.given, p)
}

func (h *history) attendance(p *mPrescription) scheme.Day {
	if rapid.Bool().Draw(h.T, "attends") {
		return p.offered.Plus(rapid.IntRange(0, 25).Draw(h.T, "after"))
	}
	return scheme.Day{}
}

// attend changes the first attended day of a prescription, or takes it back.
func (h *history) attend() {
	r := rapid.SampledFrom(h.referrals).Draw(h.T, "referral")
	if len(r.given) == 0 {
		h.prescribe()
		return
	}
	p := rapid.SampledFrom(r.given).Draw(h.T, "prescription")
	on := h.attendance(p)
	version, codes := h.stale(p.version)
	if _, made := sent(h, func(key string) (scheme.Prescription, error) {
		return h.app.ChangePrescription(h.ctx, h.by, app.PrescriptionChange{Key: key, Referral: r.id, Prescription: p.id, Version: version, FirstAttendedOn: on.String()})
	}, codes...); made {
		p.attended, p.version = on, p.version+1
	}
}

// answered is what somebody may have answered: one of few totals, so that people
// answer alike.
func (h *history) answered(a *mAssessment) (series measure.Series, items map[string]int) {
	a.text = strconv.Itoa(rapid.IntRange(7, 10).Draw(h.T, "score"))
	var scores []measure.Scored
	var err error
	if def := h.defs[a.measure]; def.ByItems() {
		n, _ := strconv.Atoi(a.text)
		items = map[string]int{}
		for _, it := range def.Items {
			items[it.Key] = n
		}
		scores, err = def.FromItems(items)
		a.text = ""
	} else {
		series = "swemwbs-raw"
		scores, err = def.FromScore(series, a.text)
	}
	h.must(err)
	a.levels = map[measure.Series]measure.Level{}
	for _, sc := range scores {
		a.levels[sc.Series] = sc.Level
	}
	return series, items
}

func (h *history) record() {
	r := rapid.SampledFrom(h.referrals).Draw(h.T, "referral")
	a := &mAssessment{in: r, measure: rapid.SampledFrom([]measure.Key{"swemwbs", "swemwbs", "ons4"}).Draw(h.T, "measure"), on: h.day("on"), version: 1}
	series, items := h.answered(a)
	var codes []fault.Code
	if h.twin(r.of, a.measure, a.on, nil) != nil {
		codes = []fault.Code{fault.AssessmentTwice}
	}
	in := app.NewAssessment{
		Referral: r.id, Measure: a.measure, On: a.on.String(), Occasion: scheme.Later, Series: series, Score: a.text, Responses: items,
	}
	got, made := sent(h, func(key string) (scheme.Assessment, error) {
		in.Key = key
		return h.app.RecordAssessment(h.ctx, h.by, in)
	}, codes...)
	if made {
		a.id = got.ID
		h.assessments = append(h.assessments, a)
	}
}

// one is some assessment with the version to name and the faults that follow
// from it; without any, somebody records one instead.
func (h *history) one() (a *mAssessment, version int, codes []fault.Code) {
	if len(h.assessments) == 0 {
		h.record()
		return nil, 0, nil
	}
	a = rapid.SampledFrom(h.assessments).Draw(h.T, "assessment")
	version, codes = h.stale(a.version)
	if a.withdrawn {
		codes = []fault.Code{fault.AssessmentGone}
	}
	return a, version, codes
}

func (h *history) correct() {
	a, version, codes := h.one()
	if a == nil {
		return
	}
	now := *a
	now.on = h.day("on")
	series, items := h.answered(&now)
	switch {
	case codes != nil:
	case now.on == a.on && reflect.DeepEqual(now.levels, a.levels):
		codes = []fault.Code{fault.InputInvalid} // nothing to correct
	case h.twin(a.in.of, a.measure, now.on, a) != nil:
		codes = []fault.Code{fault.AssessmentTwice}
	}
	if _, made := sent(h, func(key string) (scheme.Assessment, error) {
		return h.app.CorrectAssessment(h.ctx, h.by, app.Correction{
			Key: key, Assessment: a.id, Version: version, Reason: "typed wrong", On: now.on.String(), Occasion: scheme.Later,
			Series: series, Score: now.text, Responses: items,
		})
	}, codes...); made {
		now.version++
		*a = now
	}
}

func (h *history) move() {
	a, version, codes := h.one()
	if a == nil {
		return
	}
	to := rapid.SampledFrom(h.referrals).Draw(h.T, "to")
	switch {
	case codes != nil:
	case to == a.in:
		codes = []fault.Code{fault.InputInvalid}
	case h.twin(to.of, a.measure, a.on, a) != nil:
		codes = []fault.Code{fault.AssessmentTwice}
	}
	if _, made := sent(h, func(key string) (scheme.Assessment, error) {
		return h.app.MoveAssessment(h.ctx, h.by, app.Move{Key: key, Assessment: a.id, Version: version, Reason: "the other one's", Referral: to.id})
	}, codes...); made {
		a.in, a.version = to, a.version+1
	}
}

func (h *history) withdraw() {
	a, version, codes := h.one()
	if a == nil {
		return
	}
	if _, made := sent(h, func(key string) (scheme.Assessment, error) {
		return h.app.WithdrawAssessment(h.ctx, h.by, app.Withdrawal{Key: key, Assessment: a.id, Version: version, Reason: "a practice entry"})
	}, codes...); made {
		a.withdrawn, a.version = true, a.version+1
	}
}

// plan gives a scheme another plan: other windows, and sometimes another measure.
func (h *history) plan() {
	s := rapid.SampledFrom(h.schemes).Draw(h.T, "scheme")
	last := s.plans[len(s.plans)-1]
	from := last.EffectiveFrom.Plus(7 * rapid.IntRange(0, 12).Draw(h.T, "from"))
	in := app.NewPlan{Scheme: s.id, Follows: last.Version, EffectiveFrom: from.String()}
	for _, key := range rapid.SampledFrom([][]measure.Key{{"swemwbs"}, {"swemwbs", "ons4"}, {"ons4"}}).Draw(h.T, "measures") {
		due := rapid.IntRange(20, 60).Draw(h.T, "due")
		in.Items = append(in.Items, app.NewPlanItem{Measure: key, DueDays: due, BeforeDays: rapid.IntRange(0, 9).Draw(h.T, "before"), AfterDays: rapid.IntRange(0, 9).Draw(h.T, "after")},
			app.NewPlanItem{Measure: key, BeforeDays: rapid.IntRange(0, 30).Draw(h.T, "early"), AfterDays: rapid.IntRange(0, 10).Draw(h.T, "late")},
			app.NewPlanItem{Measure: key, DueDays: due + 20, BeforeDays: rapid.IntRange(0, 10).Draw(h.T, "before"), AfterDays: 30})
	}
	made, _ := sent(h, func(key string) (scheme.Plan, error) {
		in.Key = key
		return h.app.AddPlan(h.ctx, h.by, in)
	})
	s.plans = append(s.plans, made)
	h.follow(s)
}

// mergeTwo merges any two; now and then one with itself, and with both open in
// one scheme.
func (h *history) mergeTwo() {
	keep := rapid.SampledFrom(h.alone()).Draw(h.T, "keep")
	others := slices.DeleteFunc(h.alone(), func(p *mPerson) bool { return p == keep && rapid.IntRange(0, 9).Draw(h.T, "itself") > 0 })
	if len(others) == 0 {
		return
	}
	lose := rapid.SampledFrom(others).Draw(h.T, "lose")
	for _, r := range h.theirs(lose, nil) {
		if keep != lose && r.open() && rapid.IntRange(0, 3).Draw(h.T, "ends") > 0 {
			h.end(r)
		}
	}
	codes := h.merge(keep, lose)
	got, made := sent(h, func(key string) (scheme.Person, error) {
		return h.app.MergePeople(h.ctx, h.by, app.Merge{Key: key, Keep: keep.id, Other: lose.id, Reason: "registered twice"})
	}, codes...)
	if made && (got.ID != keep.id || got.Reference != keep.reference || !slices.Contains(got.Aliases, lose.reference)) {
		h.Fatalf("merged into %+v, want %s also known as %s", got, keep.reference, lose.reference)
	}
}

// compare holds every stored pair against the model's.
func (h *history) compare() {
	h.Helper()
	h.must(h.store.Read(h.ctx, h.by.Org, func(r app.Reader) error {
		for _, of := range h.referrals {
			pairs, err := r.PairsOf(of.id)
			if err != nil {
				return err
			}
			var stored []row
			for _, p := range pairs {
				stored = append(stored, rowOf(p))
			}
			if want := h.rows(of); !slices.Equal(sorted(stored), want) {
				h.Fatalf("after %d acts, referral %s:\nstored %v\nwant   %v", h.acts, of.id, stored, want)
			}
		}
		return nil
	}))
}

// finish looks at the whole: the tables behind the figures, the check that the
// product has of itself, who is found under which reference, and versions.
func (h *history) finish() {
	h.Helper()
	today := h.day("today")
	h.must(h.store.Read(h.ctx, h.by.Org, func(r app.Reader) error {
		for _, s := range h.schemes {
			for _, q := range h.questions(s) {
				q.Today = today
				got, err := r.Transitions(q)
				if err != nil {
					return err
				}
				if want := h.table(s, q.Series, q.Occasion, today); !reflect.DeepEqual(got, want) {
					h.Fatalf("%s %s on %s: counted %+v, want %+v", q.Series, q.Occasion, today, got, want)
				}
			}
		}
		for _, p := range h.people {
			kept := p
			if p.into != nil {
				kept = p.into
			}
			if found, err := r.PersonByReference(p.reference); err != nil || found.ID != kept.id {
				h.Fatalf("%s leads to %s, %v; want %s", p.reference, found.ID, err, kept.id)
			}
		}
		for _, a := range h.assessments {
			all, err := r.Revisions(a.id)
			if err != nil || len(all) != a.version || all[a.version-1].Withdrawn != a.withdrawn || all[a.version-1].Person != a.in.of.id {
				h.Fatalf("versions of %+v: %+v, %v", a, all, err)
			}
		}
		return nil
	}))
	differ, err := h.app.CheckPairs(h.ctx, h.by, func(int) {})
	h.must(err)
	if len(differ) > 0 {
		h.Fatalf("the product's own check finds %v", differ)
	}
}

// questions are what may be asked of a scheme under any of its plans.
func (h *history) questions(s *mScheme) (all []app.PairQuery) {
	seen := map[app.PairQuery]bool{}
	for _, p := range s.plans {
		for _, it := range p.Items {
			for _, sc := range h.defs[it.Measure].Reported() {
				for _, occasion := range []scheme.Occasion{it.Occasion, scheme.FirstLast} {
					if q := (app.PairQuery{Scheme: s.id, Series: sc.Series, Occasion: occasion}); !seen[q] {
						seen[q] = true
						all = append(all, q)
					}
				}
			}
		}
	}
	return all
}
