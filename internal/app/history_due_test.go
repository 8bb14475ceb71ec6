package app_test

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	kit "cairn/internal/testkit/town"
)

// An mReason is why something was not done, as the model keeps it.
type mReason struct {
	id       scheme.NotDoneID
	measure  measure.Key
	occasion scheme.Occasion
	reason   scheme.NotDoneReason
	comeBack scheme.Day
	undone   bool
}

// takeRegister says of everybody who is on the register of a day whether they came.
// The model keeps only who came when; whom the register is of, it takes as read.
func (h *history) takeRegister() {
	r := rapid.SampledFrom(h.referrals).Draw(h.T, "referral")
	if len(r.given) == 0 {
		h.prescribe()
	}
	on := r.received.Plus(rapid.IntRange(0, 30).Draw(h.T, "on"))
	ask := app.RegisterAsk{Scheme: r.in.id, Activity: h.plot, On: on.String()}
	v, err := h.app.GroupRegister(h.ctx, h.by, ask)
	h.must(err)
	in := app.Register{RegisterAsk: ask}
	version, codes := h.stale(v.Session.Revision)
	in.Version = version
	marks := map[scheme.PrescriptionID]scheme.Mark{}
	for _, l := range v.Lines {
		mark := rapid.SampledFrom([]scheme.Mark{scheme.MarkAttended, scheme.MarkAttended, scheme.MarkMissed, scheme.MarkNotExpected, ""}).Draw(h.T, "mark")
		if marks[l.Prescription.ID] = mark; mark != "" {
			in.Marks = append(in.Marks, app.MarkEntry{Prescription: l.Prescription.ID, Mark: mark})
		}
	}
	if _, made := sent(h, func(key string) (app.RegisterView, error) {
		in.Key = key
		return h.app.SaveRegister(h.ctx, h.by, in)
	}, codes...); !made {
		return
	}
	for _, r := range h.referrals {
		for _, p := range r.given {
			if mark, there := marks[p.id]; there {
				p.came = slices.DeleteFunc(p.came, func(d scheme.Day) bool { return d == v.Session.On })
				p.marked = true
				if mark == scheme.MarkAttended {
					p.came = append(p.came, v.Session.On)
				}
			}
		}
	}
}

// leaveUndone says why an item of somebody's plan is not done.
func (h *history) leaveUndone() {
	r := rapid.SampledFrom(h.referrals).Draw(h.T, "referral")
	it := rapid.SampledFrom(r.in.plans[r.plan].Items).Draw(h.T, "item")
	n := &mReason{measure: it.Measure, occasion: it.Occasion}
	n.reason = rapid.SampledFrom([]scheme.NotDoneReason{"declined", scheme.ComeBack, scheme.NobodyAnswered, scheme.NobodyAnswered}).Draw(h.T, "reason")
	today := scheme.DayOf(kit.Noon())
	last, tries := r.whyNot(it)
	switch {
	case n.reason == scheme.ComeBack:
		n.comeBack = today.Plus(9)
	case n.reason == scheme.NobodyAnswered && tries < 2:
		n.comeBack = today.Plus(1)
	}
	var codes []fault.Code
	if h.taken(r, it) || last != nil && last.comeBack.IsZero() {
		codes = []fault.Code{fault.DueSettled}
	}
	in := app.NewNotDone{Referral: r.id, Measure: n.measure, Occasion: n.occasion, Reason: n.reason}
	if n.reason == scheme.ComeBack {
		in.ComeBackOn = n.comeBack.String()
	}
	got, made := sent(h, func(key string) (scheme.NotDone, error) {
		in.Key = key
		return h.app.CloseDue(h.ctx, h.by, in)
	}, codes...)
	if made {
		n.id = got.ID
		r.reasons = append(r.reasons, n)
	}
}

// undo takes a reason back, which may have been taken back before.
func (h *history) undo() {
	r := rapid.SampledFrom(h.referrals).Draw(h.T, "referral")
	if len(r.reasons) == 0 {
		h.leaveUndone()
		return
	}
	n := rapid.SampledFrom(r.reasons).Draw(h.T, "reason")
	sent(h, func(key string) (scheme.NotDone, error) {
		return h.app.UndoClose(h.ctx, h.by, app.Undoing{Key: key, ID: n.id})
	})
	n.undone = true
}

// whyNot is the last reason that counts, and how often nobody answered.
func (r *mReferral) whyNot(it scheme.PlanItem) (last *mReason, tries int) {
	for _, n := range r.reasons {
		if n.undone || n.measure != it.Measure || n.occasion != it.Occasion {
			continue
		}
		last = n
		if n.reason == scheme.NobodyAnswered {
			tries++
		}
	}
	return last, tries
}

// taken reports whether anything that counts was recorded within the window.
func (m *model) taken(r *mReferral, it scheme.PlanItem) bool {
	start, _ := r.start()
	return slices.ContainsFunc(m.assessments, func(a *mAssessment) bool {
		n := a.on.DaysSince(start) - it.DueDays
		return a.in == r && a.measure == it.Measure && !a.withdrawn && n >= -it.BeforeDays && n <= it.AfterDays
	})
}

// due is what is left to do of a referral, one line an item.
func (m *model) due(r *mReferral) (all []string) {
	if !r.open() {
		return nil
	}
	start, _ := r.start()
	for _, it := range r.in.plans[r.plan].Items {
		last, _ := r.whyNot(it)
		if m.taken(r, it) || last != nil && last.comeBack.IsZero() {
			continue
		}
		on, rests := start.Plus(it.DueDays), scheme.Day{}
		if last != nil {
			rests = last.comeBack
		}
		all = append(all, dueLine(scheme.Due{
			Measure: it.Measure, Occasion: it.Occasion, Opens: on.Plus(-it.BeforeDays), On: on, Closes: on.Plus(it.AfterDays), Why: scheme.NotDone{ComeBack: rests},
		}))
	}
	slices.Sort(all)
	return all
}

func dueLine(d scheme.Due) string {
	return fmt.Sprintf("%s %s on %s, from %s to %s, rests until %q", d.Measure, d.Occasion, d.On, d.Opens, d.Closes, d.Why.ComeBack)
}

// compareDue holds what is stored as due of a referral against the model's.
func (h *history) compareDue(r app.Reader, of *mReferral) error {
	h.Helper()
	stored, err := r.DueOf(of.id)
	if err != nil {
		return err
	}
	var lines []string
	for _, d := range stored {
		lines = append(lines, dueLine(d))
	}
	if slices.Sort(lines); !slices.Equal(lines, h.due(of)) {
		h.Fatalf("after %d acts, due of referral %s:\nstored %q\nwant   %q", h.acts, of.id, lines, h.due(of))
	}
	return nil
}
