package app_test

import (
	"fmt"

	"pgregory.net/rapid"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
	kit "cairn/internal/testkit/town"
)

// day is one of so few days that they meet, and long enough before today.
func (h *history) day(what string) scheme.Day {
	return first().Plus(7 * rapid.IntRange(0, 20).Draw(h.T, what))
}

func first() scheme.Day {
	d, _ := scheme.ParseDay("2026-01-05")
	return d
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
	if codes == nil && !r.open() && now.open() && scheme.DayOf(kit.Noon()).DaysSince(r.ended) > 90 {
		codes = []fault.Code{fault.ReferralReopen}
	}
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

// pause pauses a referral, or says what part an occupational therapist had: the
// model has never heard of either.
func (h *history) pause() {
	r := rapid.SampledFrom(h.referrals).Draw(h.T, "referral")
	version, codes := h.stale(r.version)
	from := r.received.Plus(rapid.IntRange(0, 20).Draw(h.T, "from"))
	until := from.Plus(rapid.IntRange(0, 60).Draw(h.T, "until"))
	if codes == nil && !r.open() && until.After(r.ended) {
		codes = []fault.Code{fault.DayOrder}
	}
	if _, made := sent(h, func(key string) (app.ReferralView, error) {
		return h.app.PauseReferral(h.ctx, h.by, app.ReferralPauses{
			Key: key, Referral: r.id, Version: version, Pauses: []app.NewPause{{From: from.String(), Until: until.String()}},
		})
	}, codes...); made {
		r.version++
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
	if p.marked { // what was typed is told apart from what registers say, by tests of its own
		h.takeRegister()
		return
	}
	on := h.attendance(p)
	version, codes := h.stale(p.version)
	if _, made := sent(h, func(key string) (scheme.Prescription, error) {
		return h.app.ChangePrescription(h.ctx, h.by, app.PrescriptionChange{Key: key, Referral: r.id, Prescription: p.id, Version: version, FirstAttendedOn: on.String()})
	}, codes...); made {
		p.attended, p.version = on, p.version+1
	}
}
