package app_test

import (
	"reflect"
	"slices"
	"strconv"

	"pgregory.net/rapid"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// answered is what somebody may have answered: one of few totals, so that people
// answer alike.
func (h *history) answered(a *mAssessment) (series measure.Series, items map[string]int) {
	a.text = strconv.Itoa(rapid.IntRange(7, 10).Draw(h.T, "score"))
	a.waiting = rapid.IntRange(0, 2).Draw(h.T, "waiting") == 0
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

func (a *mAssessment) occasion() scheme.Occasion {
	if a.waiting {
		return scheme.Waiting
	}
	return scheme.Later
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
		Referral: r.id, Measure: a.measure, On: a.on.String(), Occasion: a.occasion(), Series: series, Score: a.text, Responses: items,
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
	case now.on == a.on && now.waiting == a.waiting && reflect.DeepEqual(now.levels, a.levels):
		codes = []fault.Code{fault.InputInvalid} // nothing to correct
	case h.twin(a.in.of, a.measure, now.on, a) != nil:
		codes = []fault.Code{fault.AssessmentTwice}
	}
	if _, made := sent(h, func(key string) (scheme.Assessment, error) {
		return h.app.CorrectAssessment(h.ctx, h.by, app.Correction{
			Key: key, Assessment: a.id, Version: version, Reason: "typed wrong", On: now.on.String(), Occasion: now.occasion(),
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
