package app

import (
	"context"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// A PrescriptionChange is what became of a prescription: all of its days as they
// are now, empty for what has not happened.
type PrescriptionChange struct {
	Key             string                `json:"-"`
	Referral        scheme.ReferralID     `json:"referral"`
	Prescription    scheme.PrescriptionID `json:"prescription"`
	Version         int                   `json:"version"` // of the prescription, as it was read
	AcceptedOn      string                `json:"accepted_on"`
	DeclinedOn      string                `json:"declined_on"`
	FirstAttendedOn string                `json:"first_attended_on"`
	EndedOn         string                `json:"ended_on"`
	EndReason       scheme.EndReason      `json:"end_reason"`
	Offered         int                   `json:"sessions_offered"`
	Attended        int                   `json:"sessions_attended"`
}

// ending reads how something ended: a day and a reason, or neither.
func ending(wrong *fault.List, today scheme.Day, on string, reason scheme.EndReason) (scheme.Day, scheme.EndReason) {
	day := readDay(wrong, "ended_on", on)
	notAfter(wrong, "ended_on", day, today)
	choose(wrong, "end_reason", string(reason), scheme.EndReasons())
	if on != "" && reason == "" {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Choose how it ended.").At("end_reason"))
	}
	if on == "" && reason != "" {
		wrong.Add(fault.New(fault.Invalid, fault.DayImpossible, "Enter the day it ended, or leave the reason empty.").At("ended_on"))
	}
	return day, reason
}

func notBoth(wrong *fault.List, accepted, declined scheme.Day) {
	if !accepted.IsZero() && !declined.IsZero() {
		wrong.Add(fault.New(fault.Invalid, fault.DayOrder, "It was accepted or declined, not both. If somebody accepted and stopped, enter the day it ended.").At("declined_on"))
	}
}

// staleRecord is for a record without a history of its own. Who changed it may
// well be the reader, in another window.
func staleRecord() *fault.Fault {
	return fault.New(fault.Conflict, fault.Stale, "This was changed after you opened it, by somebody else or in another window. Your change is not saved yet. Look at what is there now, and save yours if it still holds.").At("version")
}

// ChangePrescription keeps what became of a prescription, and makes the pairs of
// its referral follow: the first attended day is the start.
func (a *App) ChangePrescription(ctx context.Context, by Actor, in PrescriptionChange) (scheme.Prescription, error) {
	if err := by.may(RecordPeople); err != nil {
		return scheme.Prescription{}, err
	}
	object, err := a.create(ctx, writing{by, "prescription.change", in.Key, in}, func(w Writer) (string, error) {
		v, err := a.held(w, by, in.Referral)
		if err != nil {
			return "", err
		}
		now, err := in.check(v)
		if err != nil {
			return "", err
		}
		was, _ := v.prescription(in.Prescription)
		if now, err = retold(w, was, now); err != nil {
			return "", err
		}
		if err := w.SavePrescription(now); err != nil {
			return "", err
		}
		return string(in.Prescription), a.repair(w, in.Referral)
	})
	if err != nil {
		return scheme.Prescription{}, err
	}
	return a.prescription(ctx, by, in.Referral, scheme.PrescriptionID(object))
}

// check returns the prescription as it is to be, or every fault in that.
func (in PrescriptionChange) check(v ReferralView) (scheme.Prescription, error) {
	now, ok := v.prescription(in.Prescription)
	switch {
	case !ok:
		return now, notThere()
	case in.Version != now.Revision:
		return now, staleRecord()
	}
	var wrong fault.List
	now.AcceptedOn = readDay(&wrong, "accepted_on", in.AcceptedOn)
	now.DeclinedOn = readDay(&wrong, "declined_on", in.DeclinedOn)
	now.FirstAttendedOn = readDay(&wrong, "first_attended_on", in.FirstAttendedOn)
	now.EndedOn, now.EndReason = ending(&wrong, v.Today, in.EndedOn, in.EndReason)
	now.Offered, now.Attended = in.Offered, in.Attended
	checkDays(&wrong, now, v.Today)
	notAfter(&wrong, "declined_on", now.DeclinedOn, v.Today)
	notBefore(&wrong, "declined_on", now.DeclinedOn, now.OfferedOn, "the day it was offered")
	notBefore(&wrong, "ended_on", now.EndedOn, now.OfferedOn, "the day it was offered")
	notBefore(&wrong, "ended_on", now.EndedOn, now.FirstAttendedOn, "the first attended day")
	notBoth(&wrong, now.AcceptedOn, now.DeclinedOn)
	return now, wrong.Err()
}
