package store

import (
	"time"

	"cairn/internal/scheme"
)

// prescriptionRow is table prescriptions, migrations 0004 and 0014. The category is the
// activity's.
type prescriptionRow struct {
	Owner
	ID              string `gorm:"primaryKey"`
	ReferralID      string
	ActivityID      string
	OfferedOn       scheme.Day `gorm:"type:date"`
	AcceptedOn      scheme.Day `gorm:"type:date"`
	DeclinedOn      scheme.Day `gorm:"type:date"`
	FirstAttendedOn scheme.Day `gorm:"type:date"`
	EndedOn         scheme.Day `gorm:"type:date"`
	EndReason       string
	OfferedN        int        // sessions
	AttendedN       int        // sessions
	ToldFirstOn     scheme.Day `gorm:"type:date"`
	ToldOffered     int        // sessions
	ToldAttended    int        // sessions
	Version         int
	AddedAt         time.Time
}

func (prescriptionRow) TableName() string { return "prescriptions" }

func (r prescriptionRow) prescription(category string) scheme.Prescription {
	return scheme.Prescription{
		ID: scheme.PrescriptionID(r.ID), Referral: scheme.ReferralID(r.ReferralID),
		Activity: scheme.ActivityID(r.ActivityID), Category: scheme.Category(category),
		OfferedOn: r.OfferedOn, AcceptedOn: r.AcceptedOn, DeclinedOn: r.DeclinedOn,
		FirstAttendedOn: r.FirstAttendedOn, EndedOn: r.EndedOn, EndReason: scheme.EndReason(r.EndReason),
		Offered: r.OfferedN, Attended: r.AttendedN, Revision: r.Version,
		Told: scheme.Dose{First: r.ToldFirstOn, Offered: r.ToldOffered, Attended: r.ToldAttended},
	}
}

// AddPrescription keeps p, of which no register can say anything yet.
func (s *scope) AddPrescription(p scheme.Prescription) error {
	_, err := add(s.tenant, []*prescriptionRow{s.rowOfPrescription(p)})
	return failed("add a prescription", err)
}

func (s *scope) rowOfPrescription(p scheme.Prescription) *prescriptionRow {
	return &prescriptionRow{
		ID: string(p.ID), ReferralID: string(p.Referral), ActivityID: string(p.Activity),
		OfferedOn: p.OfferedOn, AcceptedOn: p.AcceptedOn, DeclinedOn: p.DeclinedOn,
		FirstAttendedOn: p.FirstAttendedOn, EndedOn: p.EndedOn, EndReason: string(p.EndReason),
		OfferedN: p.Offered, AttendedN: p.Attended,
		ToldFirstOn: p.FirstAttendedOn, ToldOffered: p.Offered, ToldAttended: p.Attended, Version: 1, AddedAt: s.store.now(),
	}
}

// SavePrescription keeps what may change about a prescription: its days, its
// sessions and how it ended. It faults with version.stale when p is not of the
// revision that is there.
func (s *scope) SavePrescription(p scheme.Prescription) error {
	return s.onlyOf(p.Revision, "save a prescription", s.at("prescriptions", string(p.ID)), map[string]any{
		"offered_on": p.OfferedOn, "accepted_on": p.AcceptedOn, "declined_on": p.DeclinedOn,
		"first_attended_on": p.FirstAttendedOn, "ended_on": p.EndedOn, "end_reason": string(p.EndReason),
		"offered_n": p.Offered, "attended_n": p.Attended,
		"told_first_on": p.Told.First, "told_offered": p.Told.Offered, "told_attended": p.Told.Attended,
	})
}

// prescriptions returns those of the referrals in the run, in order of entry.
func (s *scope) prescriptions(of run) (map[scheme.ReferralID][]scheme.Prescription, error) {
	var rows []struct {
		Row      prescriptionRow `gorm:"embedded"`
		Category string
	}
	query := s.from("prescriptions").
		Joins("JOIN activities ON activities.org_id = prescriptions.org_id AND activities.id = prescriptions.activity_id").
		Select("prescriptions.*, activities.category").Order("prescriptions.id")
	if err := of.narrow(query, "prescriptions.referral_id").Find(&rows).Error; err != nil {
		return nil, failed("read prescriptions", err)
	}
	all := map[scheme.ReferralID][]scheme.Prescription{}
	for _, r := range rows {
		id := scheme.ReferralID(r.Row.ReferralID)
		all[id] = append(all[id], r.Row.prescription(r.Category))
	}
	return all, nil
}
