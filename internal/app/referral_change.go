package app

import (
	"context"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// A ReferralChange is what became of a referral: all of its days as they are
// now, empty for what has not happened.
type ReferralChange struct {
	Key        string               `json:"-"`
	Referral   scheme.ReferralID    `json:"referral"`
	Version    int                  `json:"version"` // of the referral, as it was read
	AcceptedOn string               `json:"accepted_on"`
	DeclinedOn string               `json:"declined_on"`
	Declined   scheme.DeclineReason `json:"decline_reason"`
	EndedOn    string               `json:"ended_on"`
	EndReason  scheme.EndReason     `json:"end_reason"`
}

// edit is one change of a referral that was read as version. change returns the
// referral as it is to be and notes what is wrong with that; keep writes what
// SaveReferral does not.
type edit struct {
	id      scheme.ReferralID
	version int
	change  func(v ReferralView, wrong *fault.List) scheme.Referral
	keep    func(w Writer, now scheme.Referral) error
}

// ChangeReferral accepts, declines, ends or reopens a referral, and makes its
// pairs follow: acceptance is the start of whoever has not attended anything, and
// whoever died or moved away is not lost. The first acceptance settles the plan.
// An end ends a pause; within 90 days of its end a referral may be open again.
func (a *App) ChangeReferral(ctx context.Context, by Actor, in ReferralChange) (ReferralView, error) {
	if err := by.may(RecordPeople); err != nil {
		return ReferralView{}, err
	}
	return a.editReferral(ctx, writing{by, "referral.change", in.Key, in}, edit{in.Referral, in.Version, in.check,
		func(w Writer, now scheme.Referral) error { return w.SavePauses(now.ID, now.Pauses) }})
}

// editReferral makes one change of a referral, unless it is not as it was read,
// and makes plan and pairs follow.
func (a *App) editReferral(ctx context.Context, wr writing, e edit) (ReferralView, error) {
	object, err := a.create(ctx, wr, func(w Writer) (string, error) {
		before, err := a.viewReferral(w, wr.actor, e.id)
		if err != nil {
			return "", err
		}
		if err := w.HoldSchemes(before.Scheme.ID); err != nil {
			return "", err
		}
		v, err := a.held(w, wr.actor, e.id)
		if err != nil {
			return "", err
		}
		if e.version != v.Referral.Revision {
			return "", staleRecord()
		}
		var wrong fault.List
		now := e.change(v, &wrong)
		if err := wrong.Err(); err != nil {
			return "", err
		}
		if err := replan(w, v, &now); err != nil {
			return "", err
		}
		if err := w.SaveReferral(now); err != nil {
			return "", err
		}
		if err := e.keep(w, now); err != nil {
			return "", err
		}
		return string(e.id), a.repair(w, e.id)
	})
	if err != nil {
		return ReferralView{}, err
	}
	return a.Referral(ctx, wr.actor, scheme.ReferralID(object))
}

// replan gives a referral the plan of its first acceptance; while it waits, of
// the day it was received.
func replan(r Reader, before ReferralView, now *scheme.Referral) error {
	under := now.AcceptedOn
	switch {
	case before.Referral.Accepted():
		return nil
	case under.IsZero() && before.Waiting() && now.ReceivedOn != before.Referral.ReceivedOn:
		under = now.ReceivedOn
	case under.IsZero():
		return nil
	}
	plans, err := r.Plans(now.Scheme)
	if err != nil {
		return err
	}
	now.Plan = scheme.InForce(plans, under).ID
	return nil
}

// check returns the referral as it is to be, and notes what is wrong with that.
func (in ReferralChange) check(v ReferralView, wrong *fault.List) scheme.Referral {
	now := v.Referral
	if now.AcceptedOn = readDay(wrong, "accepted_on", in.AcceptedOn); !now.AcceptedOn.IsZero() {
		now.Acceptance = scheme.StandIn{}
	}
	now.DeclinedOn, now.Declined = readDay(wrong, "declined_on", in.DeclinedOn), in.Declined
	now.EndedOn, now.EndReason = ending(wrong, v.Today, in.EndedOn, in.EndReason)
	notAfter(wrong, "accepted_on", now.AcceptedOn, v.Today)
	notAfter(wrong, "declined_on", now.DeclinedOn, v.Today)
	choose(wrong, "decline_reason", string(in.Declined), scheme.DeclineReasons())
	if in.DeclinedOn == "" && in.Declined != "" {
		wrong.Add(fault.New(fault.Invalid, fault.DayImpossible, "Enter the day it was declined, or leave the reason empty.").At("declined_on"))
	}
	if in.DeclinedOn != "" && in.Declined == "" && v.Referral.DeclinedOn.IsZero() {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Choose why it was declined.").At("decline_reason"))
	}
	inOrder(wrong, now)
	accepted := now.AcceptedOn
	if accepted.IsZero() {
		accepted = now.Acceptance.On
	}
	notBoth(wrong, accepted, now.DeclinedOn)
	if now.Open() && !v.Referral.Open() {
		now.ReopenedOn = v.Today
		if !v.Referral.MayReopen(v.Today) {
			wrong.Add(tooLate(v.Referral))
		}
	}
	now.Pauses = pausesOf(now)
	return now
}

// inOrder notes days of a referral that lie before what they must follow.
func inOrder(wrong *fault.List, r scheme.Referral) {
	notBefore(wrong, "accepted_on", r.AcceptedOn, r.ReceivedOn, "the day the referral was received")
	notBefore(wrong, "declined_on", r.DeclinedOn, r.ReceivedOn, "the day the referral was received")
	notBefore(wrong, "ended_on", r.EndedOn, r.ReceivedOn, "the day the referral was received")
	notBefore(wrong, "ended_on", r.EndedOn, r.AcceptedOn, "the day it was accepted")
}

// pausesOf are those of the referral as it is to be: after its end there is none.
func pausesOf(now scheme.Referral) (kept []scheme.Pause) {
	for _, p := range now.Pauses {
		if closed := now.Closed(); !now.Open() {
			if p.From.After(closed) {
				continue
			}
			if p.Until.IsZero() || p.Until.After(closed) {
				p.Until = closed
			}
		}
		kept = append(kept, p)
	}
	return kept
}

func tooLate(r scheme.Referral) *fault.Fault {
	return fault.New(fault.Invalid, fault.ReferralReopen, "This referral was closed on %s, more than %d days ago, so it stays closed. If the person is back, register a new referral for them under the same reference.",
		r.Closed().Long(), scheme.ReopenDays).At("ended_on")
}
