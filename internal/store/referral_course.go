package store

import (
	"cmp"
	"slices"

	"cairn/internal/scheme"
)

// reasonRow is table referral_reasons, migration 0012.
type reasonRow struct {
	Owner
	ReferralID string `gorm:"primaryKey"`
	Reason     string `gorm:"primaryKey"`
}

func (reasonRow) TableName() string { return "referral_reasons" }

// pauseRow is table referral_pauses, migration 0012.
type pauseRow struct {
	Owner
	ReferralID string     `gorm:"primaryKey"`
	FromDay    scheme.Day `gorm:"primaryKey;type:date"`
	UntilDay   scheme.Day `gorm:"type:date"`
}

func (pauseRow) TableName() string { return "referral_pauses" }

// involvementRow is table ot_involvements, migrations 0004 and 0027.
type involvementRow struct {
	Owner
	ReferralID  string     `gorm:"primaryKey"`
	OnDay       scheme.Day `gorm:"primaryKey;type:date"`
	Level       string     `gorm:"primaryKey"`
	TherapistID *string
}

func (involvementRow) TableName() string { return "ot_involvements" }

// SaveReasons makes the reasons for a referral exactly these.
func (s *scope) SaveReasons(id scheme.ReferralID, all []scheme.Reason) error {
	if err := s.from("referral_reasons").Where("referral_id = ?", id).Delete(&reasonRow{}).Error; err != nil {
		return failed("take reasons away", err)
	}
	return s.addReasons(id, all)
}

func (s *scope) addReasons(id scheme.ReferralID, all []scheme.Reason) error {
	rows := make([]*reasonRow, len(all))
	for n, r := range all {
		rows[n] = &reasonRow{ReferralID: string(id), Reason: string(r)}
	}
	_, err := add(s.tenant, rows, unlessTaken("org_id", "referral_id", "reason"))
	return failed("add reasons", err)
}

// SavePauses makes the pauses of a referral exactly these.
func (s *scope) SavePauses(id scheme.ReferralID, all []scheme.Pause) error {
	if err := s.from("referral_pauses").Where("referral_id = ?", id).Delete(&pauseRow{}).Error; err != nil {
		return failed("take pauses away", err)
	}
	return s.addPauses(id, all)
}

func (s *scope) addPauses(id scheme.ReferralID, all []scheme.Pause) error {
	rows := make([]*pauseRow, len(all))
	for n, p := range all {
		rows[n] = &pauseRow{ReferralID: string(id), FromDay: p.From, UntilDay: p.Until}
	}
	_, err := add(s.tenant, rows)
	return failed("add pauses", err)
}

// SaveInvolvements makes the occupational therapist's part in a referral exactly
// this.
func (s *scope) SaveInvolvements(id scheme.ReferralID, all []scheme.Involvement) error {
	if err := s.from("ot_involvements").Where("referral_id = ?", id).Delete(&involvementRow{}).Error; err != nil {
		return failed("take involvements away", err)
	}
	return s.addInvolvements(id, all)
}

// AddInvolvement keeps the occupational therapist's part from a day on; the
// same again is no change.
func (s *scope) AddInvolvement(id scheme.ReferralID, i scheme.Involvement) error {
	return s.addInvolvements(id, []scheme.Involvement{i})
}

func (s *scope) addInvolvements(id scheme.ReferralID, all []scheme.Involvement) error {
	rows := make([]*involvementRow, len(all))
	for n, i := range all {
		rows[n] = &involvementRow{ReferralID: string(id), OnDay: i.On, Level: string(i.Level)}
		if i.Therapist != "" {
			who := string(i.Therapist)
			rows[n].TherapistID = &who
		}
	}
	_, err := add(s.tenant, rows, unlessTaken("org_id", "referral_id", "on_day", "level"))
	return failed("add an involvement", err)
}

// involvements returns those of the referrals in the run, by day, the weaker
// part first.
func (s *scope) involvements(of run) (map[scheme.ReferralID][]scheme.Involvement, error) {
	var rows []involvementRow
	if err := of.narrow(s.from("ot_involvements"), "ot_involvements.referral_id").
		Order("on_day, CASE level WHEN 'none' THEN 0 WHEN 'advised' THEN 1 WHEN 'assessed' THEN 2 ELSE 3 END").
		Find(&rows).Error; err != nil {
		return nil, failed("read involvements", err)
	}
	all := map[scheme.ReferralID][]scheme.Involvement{}
	for _, r := range rows {
		id := scheme.ReferralID(r.ReferralID)
		i := scheme.Involvement{Level: scheme.OTLevel(r.Level), On: r.OnDay}
		if r.TherapistID != nil {
			i.Therapist = scheme.AccountID(*r.TherapistID)
		}
		all[id] = append(all[id], i)
	}
	return all, nil
}

// course adds to referrals what is kept in tables of its own, in a constant
// number of queries: reasons, pauses, the occupational therapist's part.
func (s *scope) course(of run, all []*scheme.Referral) error {
	involvements, err := s.involvements(of)
	if err != nil {
		return err
	}
	var reasons []reasonRow
	if err := of.narrow(s.from("referral_reasons"), "referral_reasons.referral_id").Find(&reasons).Error; err != nil {
		return failed("read reasons", err)
	}
	var pauses []pauseRow
	if err := of.narrow(s.from("referral_pauses"), "referral_pauses.referral_id").Order("from_day").Find(&pauses).Error; err != nil {
		return failed("read pauses", err)
	}
	why, rests := map[scheme.ReferralID][]scheme.Reason{}, map[scheme.ReferralID][]scheme.Pause{}
	for _, r := range reasons {
		id := scheme.ReferralID(r.ReferralID)
		why[id] = append(why[id], scheme.Reason(r.Reason))
	}
	for _, p := range pauses {
		id := scheme.ReferralID(p.ReferralID)
		rests[id] = append(rests[id], scheme.Pause{From: p.FromDay, Until: p.UntilDay})
	}
	listed := scheme.Reasons()
	for _, r := range all {
		r.OT, r.Pauses, r.Reasons = involvements[r.ID], rests[r.ID], why[r.ID]
		slices.SortFunc(r.Reasons, func(a, b scheme.Reason) int {
			return cmp.Compare(scheme.Code(listed, string(a)), scheme.Code(listed, string(b)))
		})
	}
	return nil
}
