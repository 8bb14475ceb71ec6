package store

import (
	"fmt"
	"time"

	"gorm.io/gorm"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// referralRow is table referrals, migrations 0004, 0012, 0038 and 0045.
type referralRow struct {
	Owner
	ID         string `gorm:"primaryKey"`
	PersonID   string
	SchemeID   string
	PlanID     string
	Ordinal    int
	Source     string
	ReceivedOn scheme.Day `gorm:"type:date"`
	AcceptedOn scheme.Day `gorm:"type:date"`
	DeclinedOn scheme.Day `gorm:"type:date"`
	EndedOn    scheme.Day `gorm:"type:date"`
	EndReason  string
	Version    int
	AddedAt    time.Time

	Practice      string
	DeclineReason string
	ReopenedOn    scheme.Day `gorm:"type:date"`

	ReceivedDated string
	AcceptedDated string

	Batch *string
}

func (referralRow) TableName() string { return "referrals" }

func (r referralRow) referral() scheme.Referral {
	one := scheme.Referral{
		ID: scheme.ReferralID(r.ID), Person: scheme.PersonID(r.PersonID), Scheme: scheme.ID(r.SchemeID),
		Plan: scheme.PlanID(r.PlanID), Ordinal: r.Ordinal, Source: scheme.Source(r.Source),
		DeclinedOn: r.DeclinedOn,
		EndedOn:    r.EndedOn, EndReason: scheme.EndReason(r.EndReason), Revision: r.Version,
		Practice: r.Practice, Declined: scheme.DeclineReason(r.DeclineReason), ReopenedOn: r.ReopenedOn,
	}
	one.ReceivedOn, one.Receipt = recorded(r.ReceivedOn, r.ReceivedDated)
	one.AcceptedOn, one.Acceptance = recorded(r.AcceptedOn, r.AcceptedDated)
	return one
}

// recorded is a day that is on record, or else what stands in for it; kept is that
// backward.
func recorded(on scheme.Day, dated string) (scheme.Day, scheme.StandIn) {
	if dated == string(scheme.ToTheDay) {
		return on, scheme.StandIn{}
	}
	return scheme.Day{}, scheme.StandIn{On: on, Dated: scheme.Dating(dated)}
}

func kept(on scheme.Day, or scheme.StandIn) (scheme.Day, string) {
	if !on.IsZero() {
		return on, string(scheme.ToTheDay)
	}
	return or.On, string(or.Dated)
}

// AddReferral keeps r with its reasons, its pauses, what of the occupational
// therapist's part it carries, and whose it is from the day it was received.
func (s *scope) AddReferral(r scheme.Referral) error {
	// The person's row is the queue for ordinals.
	if err := s.LockPeople(r.Person); err != nil {
		return err
	}
	switch gone, err := s.merged(r.Person); {
	case err != nil:
		return err
	case gone:
		return fmt.Errorf("refer somebody who was merged: %w", app.ErrAgain)
	}
	row := s.rowOfReferral(r)
	err := s.from("referrals").Where("person_id = ? AND scheme_id = ? AND ordinal > 0", row.PersonID, row.SchemeID).
		Select("COALESCE(MAX(ordinal), 0) + 1").Scan(&row.Ordinal).Error
	if err != nil {
		return failed("count earlier referrals", err)
	}
	open := unlessTakenWhere("ended_on IS NULL AND declined_on IS NULL", "org_id", "person_id", "scheme_id")
	added, err := add(s.tenant, []*referralRow{&row}, open)
	if err != nil {
		return failed("add a referral", err)
	}
	if added == 0 {
		return referralOpen()
	}
	return s.addCourse(r)
}

func (s *scope) rowOfReferral(r scheme.Referral) referralRow {
	row := referralRow{
		ID: string(r.ID), PersonID: string(r.Person), SchemeID: string(r.Scheme), PlanID: string(r.Plan),
		Source: string(r.Source), DeclinedOn: r.DeclinedOn,
		EndedOn: r.EndedOn, EndReason: string(r.EndReason), Version: 1, AddedAt: s.store.now(),
		Practice: r.Practice, DeclineReason: string(r.Declined), ReopenedOn: r.ReopenedOn, Batch: optional(r.Batch),
	}
	row.ReceivedOn, row.ReceivedDated = kept(r.ReceivedOn, r.Receipt)
	row.AcceptedOn, row.AcceptedDated = kept(r.AcceptedOn, r.Acceptance)
	return row
}

// addCourse keeps what a new referral has several of, and whose it is.
func (s *scope) addCourse(r scheme.Referral) error {
	if err := s.addReasons(r.ID, r.Reasons); err != nil {
		return err
	}
	if err := s.addPauses(r.ID, r.Pauses); err != nil {
		return err
	}
	if r.Practitioner != "" {
		if err := s.Assign([]scheme.ReferralID{r.ID}, r.Practitioner, r.Since()); err != nil {
			return err
		}
	}
	return s.addInvolvements(r.ID, r.OT)
}

func referralOpen() *fault.Fault {
	return fault.New(fault.Conflict, fault.ReferralOpen, "This person has an open referral to this scheme already. Record on that one.").At("scheme")
}

// SaveReferral keeps what may change about a referral: its days, where it came
// from, how it was declined or ended, and the version of its scheme's plan. It faults with version.stale
// when r is not of the revision that is there.
func (s *scope) SaveReferral(r scheme.Referral) error {
	if err := s.stillOne(r); err != nil {
		return err
	}
	row := s.rowOfReferral(r)
	return s.onlyOf(r.Revision, "save a referral", s.at("referrals", string(r.ID)), map[string]any{
		"plan_id": string(r.Plan), "source": string(r.Source), "received_on": row.ReceivedOn, "accepted_on": row.AcceptedOn,
		"received_dated": row.ReceivedDated, "accepted_dated": row.AcceptedDated,
		"declined_on": r.DeclinedOn, "ended_on": r.EndedOn, "end_reason": string(r.EndReason),
		"practice": r.Practice, "decline_reason": string(r.Declined), "reopened_on": r.ReopenedOn,
	})
}

// Restart is SaveReferral for days that nobody recorded and that were worked out
// again: nobody has worked with the referral by that.
func (s *scope) Restart(r scheme.Referral) error {
	if err := s.SaveReferral(r); err != nil {
		return err
	}
	err := s.at("referrals", string(r.ID)).Updates(map[string]any{"restarts": gorm.Expr("restarts + 1")}).Error
	return failed("count a start that was worked out again", err)
}

// onlyOf changes a row if it is of that revision, and counts it on.
func (s *scope) onlyOf(revision int, act string, row *gorm.DB, to map[string]any) error {
	row = row.Session(&gorm.Session{})
	to["version"] = revision + 1
	done := row.Where("version = ?", revision).Updates(to)
	if done.Error != nil || done.RowsAffected > 0 {
		return failed(act, done.Error)
	}
	var there int64
	if err := row.Count(&there).Error; err != nil {
		return failed(act, err)
	}
	if there == 0 {
		return failed(act, gorm.ErrRecordNotFound)
	}
	return stale()
}

func stale() *fault.Fault {
	return fault.New(fault.Conflict, fault.Stale, "This was changed after you opened it, by somebody else or in another window. Your change is not saved yet. Look at what is there now, and save yours if it still holds.").At("version")
}

// stillOne faults with referral.open when r is open again beside another open
// referral of the person. The unique index would say so too, but as an error
// that ends the transaction.
func (s *scope) stillOne(r scheme.Referral) error {
	if !r.EndedOn.IsZero() || !r.DeclinedOn.IsZero() || !isID(string(r.ID)) {
		return nil
	}
	var others int64
	err := s.from("referrals").
		Where("person_id = (SELECT person_id FROM referrals me WHERE me.org_id = ? AND me.id = ?)", s.org, r.ID).
		Where("scheme_id = (SELECT scheme_id FROM referrals me WHERE me.org_id = ? AND me.id = ?)", s.org, r.ID).
		Where("id <> ? AND ended_on IS NULL AND declined_on IS NULL", r.ID).Count(&others).Error
	if err == nil && others > 0 {
		return referralOpen()
	}
	return failed("look for another open referral", err)
}
