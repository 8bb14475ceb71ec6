package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// ReferralDetails is where a referral came from and why: all of it as it is now,
// empty for what is not recorded.
type ReferralDetails struct {
	Key        string            `json:"-"`
	Referral   scheme.ReferralID `json:"referral"`
	Version    int               `json:"version"` // of the referral, as it was read
	ReceivedOn string            `json:"received_on"`
	Source     scheme.Source     `json:"source"`
	Practice   string            `json:"practice"`
	Reasons    []scheme.Reason   `json:"reasons"`
}

// ReferralPauses are all pauses of a referral as they are now.
type ReferralPauses struct {
	Key      string            `json:"-"`
	Referral scheme.ReferralID `json:"referral"`
	Version  int               `json:"version"` // of the referral, as it was read
	Pauses   []NewPause        `json:"pauses"`
}

// NewPause is a time in which nothing is asked of the person.
type NewPause struct {
	From  string `json:"from"`  // YYYY-MM-DD
	Until string `json:"until"` // its last day; empty while nobody knows
}

// ReferralInvolvements is the whole of the occupational therapist's part as it is
// now.
type ReferralInvolvements struct {
	Key      string            `json:"-"`
	Referral scheme.ReferralID `json:"referral"`
	Version  int               `json:"version"` // of the referral, as it was read
	OT       []NewInvolvement  `json:"ot"`
}

// NewInvolvement is the occupational therapist's part from a day on.
type NewInvolvement struct {
	Level     scheme.OTLevel   `json:"level"`
	On        string           `json:"on"`        // YYYY-MM-DD
	Therapist scheme.AccountID `json:"therapist"` // one of Therapists; empty where it is not known who
}

// DescribeReferral keeps where a referral came from and why. Another day of
// receipt moves the windows of somebody who has not been accepted.
func (a *App) DescribeReferral(ctx context.Context, by Actor, in ReferralDetails) (ReferralView, error) {
	if err := by.may(RecordPeople); err != nil {
		return ReferralView{}, err
	}
	return a.editReferral(ctx, writing{by, "referral.describe", in.Key, in}, edit{in.Referral, in.Version, in.check,
		func(w Writer, now scheme.Referral) error { return w.SaveReasons(now.ID, now.Reasons) }})
}

// PauseReferral keeps when nothing is asked of a person. Windows and pairs stay
// as they are.
func (a *App) PauseReferral(ctx context.Context, by Actor, in ReferralPauses) (ReferralView, error) {
	if err := by.may(RecordPeople); err != nil {
		return ReferralView{}, err
	}
	return a.editReferral(ctx, writing{by, "referral.pause", in.Key, in}, edit{in.Referral, in.Version, in.check,
		func(w Writer, now scheme.Referral) error { return w.SavePauses(now.ID, now.Pauses) }})
}

// InvolveTherapist keeps what part an occupational therapist had, and from when.
// Figures count the strongest part by 28 days after the start.
func (a *App) InvolveTherapist(ctx context.Context, by Actor, in ReferralInvolvements) (ReferralView, error) {
	if err := by.may(RecordPeople); err != nil {
		return ReferralView{}, err
	}
	var before []scheme.Involvement
	return a.editReferral(ctx, writing{by, "referral.involve", in.Key, in}, edit{in.Referral, in.Version,
		func(v ReferralView, wrong *fault.List) scheme.Referral {
			before = v.Referral.OT
			return in.check(v, wrong)
		},
		func(w Writer, now scheme.Referral) error {
			if err := in.whose(w, before); err != nil {
				return err
			}
			return w.SaveInvolvements(now.ID, now.OT)
		}})
}

// whose faults with a therapist who is none. Those who are on record already
// stay, also after they left.
func (in ReferralInvolvements) whose(r Reader, before []scheme.Involvement) error {
	for i, one := range in.OT {
		if slices.ContainsFunc(before, func(b scheme.Involvement) bool { return b.Therapist == one.Therapist }) {
			continue
		}
		if err := isTherapist(r, one.Therapist, fmt.Sprintf("ot[%d].therapist", i)); err != nil {
			return err
		}
	}
	return nil
}

func (in ReferralDetails) check(v ReferralView, wrong *fault.List) scheme.Referral {
	read := needDay
	if !v.Referral.Receipt.On.IsZero() {
		read = readDay // it may stay unknown
	}
	now := v.Referral.WithReceipt(read(wrong, "received_on", in.ReceivedOn))
	notAfter(wrong, "received_on", now.ReceivedOn, v.Today)
	for _, later := range []struct {
		day  scheme.Day
		what string
	}{{now.AcceptedOn, "the day it was accepted"}, {now.DeclinedOn, "the day it was declined"}, {now.EndedOn, "the day it ended"}} {
		if !later.day.IsZero() && now.ReceivedOn.After(later.day) {
			wrong.Add(fault.New(fault.Invalid, fault.DayOrder, "%s lies after %s (%s). Check both dates.", now.ReceivedOn.Long(), later.what, later.day.Long()).At("received_on"))
		}
	}
	choose(wrong, "source", string(in.Source), scheme.Sources())
	now.Source, now.Practice, now.Reasons = in.Source, practiceOf(wrong, in.Practice), reasonsOf(wrong, in.Reasons)
	return now
}

// practiceOf is the GP practice as it is kept.
func practiceOf(wrong *fault.List, text string) string {
	text = strings.TrimSpace(text)
	short(wrong, "practice", text)
	if scheme.HoldsNHSNumber(text) {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "This holds what looks like an NHS number. Enter the name or the code of the practice.").At("practice"))
	}
	return text
}

// reasonsOf are the reasons as they are kept: each once, in the order of the
// list.
func reasonsOf(wrong *fault.List, all []scheme.Reason) (kept []scheme.Reason) {
	for i, r := range all {
		if r == "" || !scheme.Known(scheme.Reasons(), string(r)) {
			wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "“%.40s” is not one of the choices.", r).At(fmt.Sprintf("reasons[%d]", i)))
		}
	}
	for _, t := range scheme.Reasons() {
		if slices.Contains(all, scheme.Reason(t.Value)) {
			kept = append(kept, scheme.Reason(t.Value))
		}
	}
	return kept
}

func (in ReferralPauses) check(v ReferralView, wrong *fault.List) scheme.Referral {
	now := v.Referral
	now.Pauses = nil
	for i, p := range in.Pauses {
		at := fmt.Sprintf("pauses[%d].", i)
		made := scheme.Pause{From: needDay(wrong, at+"from", p.From), Until: readDay(wrong, at+"until", p.Until)}
		notAfter(wrong, at+"from", made.From, v.Today)
		notBefore(wrong, at+"from", made.From, now.ReceivedOn, "the day the referral was received")
		notBefore(wrong, at+"until", made.Until, made.From, "the first day of the pause")
		if closed := now.Closed(); !closed.IsZero() && (made.Until.IsZero() || made.Until.After(closed)) {
			wrong.Add(fault.New(fault.Invalid, fault.DayOrder, "The referral was closed on %s, and no pause goes on after that. Reopen it first.", closed.Long()).At(at + "until"))
		}
		for _, x := range now.Pauses {
			if x.Holds(made.From) || made.Holds(x.From) {
				wrong.Add(fault.New(fault.Invalid, fault.DayOrder, "This overlaps the pause from %s. Change that one, or choose other days.", x.From.Long()).At(at + "from"))
			}
		}
		now.Pauses = append(now.Pauses, made)
	}
	slices.SortFunc(now.Pauses, func(a, b scheme.Pause) int { return a.From.DaysSince(b.From) })
	return now
}

func (in ReferralInvolvements) check(v ReferralView, wrong *fault.List) scheme.Referral {
	now := v.Referral
	now.OT = nil
	for i, one := range in.OT {
		at := fmt.Sprintf("ot[%d].", i)
		made := scheme.Involvement{Level: one.Level, On: needDay(wrong, at+"on", one.On)}
		choose(wrong, at+"level", string(one.Level), scheme.OTLevels())
		if one.Level == "" {
			wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Choose the occupational therapist's part.").At(at + "level"))
		}
		notAfter(wrong, at+"on", made.On, v.Today)
		notBefore(wrong, at+"on", made.On, now.ReceivedOn, "the day the referral was received")
		if one.Level.Involved() {
			made.Therapist = one.Therapist
		}
		if another(now.OT, made) {
			wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Another occupational therapist is on record for this part on %s, and one is kept for a part and a day. Take that out first if it is wrong, or say what this one did on a day of its own.", made.On.Long()).At(at + "therapist"))
		}
		now.OT = withPart(now.OT, made)
	}
	return now
}

// another reports whether that part on that day is somebody else's already: to put
// a name over it would lose the first one.
func another(all []scheme.Involvement, made scheme.Involvement) bool {
	return made.Therapist != "" && slices.ContainsFunc(all, func(i scheme.Involvement) bool {
		return i.Level == made.Level && i.On == made.On && i.Therapist != "" && i.Therapist != made.Therapist
	})
}

// withPart adds a part. One of the same kind and day is there once: said again
// with a therapist, it is theirs.
func withPart(all []scheme.Involvement, made scheme.Involvement) []scheme.Involvement {
	i := slices.IndexFunc(all, func(i scheme.Involvement) bool { return i.Level == made.Level && i.On == made.On })
	switch {
	case i < 0:
		return append(all, made)
	case made.Therapist != "":
		all[i].Therapist = made.Therapist
	}
	return all
}
