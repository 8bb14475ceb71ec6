package app

import (
	"context"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// NewPrescription is one activity prescribed within a referral.
type NewPrescription struct {
	Key             string            `json:"-"`
	Referral        scheme.ReferralID `json:"referral"`
	Activity        scheme.ActivityID `json:"activity"`
	OfferedOn       string            `json:"offered_on"`
	AcceptedOn      string            `json:"accepted_on"`
	FirstAttendedOn string            `json:"first_attended_on"`
	Offered         int               `json:"sessions_offered"`
	Attended        int               `json:"sessions_attended"`
}

// AddPrescription prescribes an activity within a referral.
func (a *App) AddPrescription(ctx context.Context, by Actor, in NewPrescription) (scheme.Prescription, error) {
	if err := by.may(RecordPeople); err != nil {
		return scheme.Prescription{}, err
	}
	object, err := a.create(ctx, writing{by, "prescription.add", in.Key, in}, func(w Writer) (string, error) {
		if err := w.HoldActivities(in.Activity); err != nil && !fault.Is(err, fault.NotFound) {
			return "", err
		}
		v, err := a.held(w, by, in.Referral)
		if err != nil {
			return "", atField(err, "referral")
		}
		p, err := in.check(v)
		if err != nil {
			return "", err
		}
		if p.ID, err = newID[scheme.PrescriptionID](); err != nil {
			return "", err
		}
		if err := w.AddPrescription(p); err != nil {
			return "", err
		}
		return string(p.ID), a.repair(w, in.Referral)
	})
	if err != nil {
		return scheme.Prescription{}, err
	}
	return a.prescription(ctx, by, in.Referral, scheme.PrescriptionID(object))
}

func (a *App) prescription(ctx context.Context, by Actor, in scheme.ReferralID, id scheme.PrescriptionID) (scheme.Prescription, error) {
	v, err := a.Referral(ctx, by, in)
	if err != nil {
		return scheme.Prescription{}, err
	}
	if p, ok := v.prescription(id); ok {
		return p, nil
	}
	return scheme.Prescription{}, notThere()
}

func (v ReferralView) prescription(id scheme.PrescriptionID) (scheme.Prescription, bool) {
	for _, p := range v.Prescriptions {
		if p.ID == id {
			return p, true
		}
	}
	return scheme.Prescription{}, false
}

func (in NewPrescription) check(v ReferralView) (scheme.Prescription, error) {
	var wrong fault.List
	act, ok := v.Activities[in.Activity]
	if !ok {
		wrong.Add(fault.New(fault.Invalid, fault.NotFound, "Choose an activity from the list.").At("activity"))
	}
	p := scheme.Prescription{
		Referral: in.Referral, Activity: act.ID, Category: act.Category,
		Offered: in.Offered, Attended: in.Attended,
	}
	p.OfferedOn = needDay(&wrong, "offered_on", in.OfferedOn)
	p.AcceptedOn = readDay(&wrong, "accepted_on", in.AcceptedOn)
	p.FirstAttendedOn = readDay(&wrong, "first_attended_on", in.FirstAttendedOn)
	notAfter(&wrong, "offered_on", p.OfferedOn, v.Today)
	notBefore(&wrong, "offered_on", p.OfferedOn, v.Referral.ReceivedOn, "the day the referral was received")
	if !act.OfferedOn(p.OfferedOn) {
		wrong.Add(fault.New(fault.Invalid, fault.DayOrder, "%s was last offered on %s. Check the day, or choose another activity.", act.Name, act.OfferedUntil.Long()).At("offered_on"))
	}
	checkDays(&wrong, p, v.Today)
	return p, wrong.Err()
}

// checkDays notes days and sessions of a prescription that cannot be.
func checkDays(wrong *fault.List, p scheme.Prescription, today scheme.Day) {
	notAfter(wrong, "accepted_on", p.AcceptedOn, today)
	notAfter(wrong, "first_attended_on", p.FirstAttendedOn, today)
	notBefore(wrong, "accepted_on", p.AcceptedOn, p.OfferedOn, "the day it was offered")
	notBefore(wrong, "first_attended_on", p.FirstAttendedOn, p.OfferedOn, "the day it was offered")
	if p.Offered < 0 || p.Offered > 1000 {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Enter 0 to 1000 sessions.").At("sessions_offered"))
	}
	if p.Attended < 0 || p.Attended > p.Offered && p.Offered > 0 {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Sessions attended cannot be more than sessions offered.").At("sessions_attended"))
	}
}
