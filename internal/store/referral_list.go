package store

import (
	"cairn/internal/app"
	"cairn/internal/scheme"
)

// Referrals returns a page of a list, newest first by the day of receipt.
func (s *scope) Referrals(of app.ReferralFilter, page app.Page) ([]app.ReferralLine, error) {
	query := s.from("referrals").
		Joins("JOIN people ON people.org_id = referrals.org_id AND people.id = referrals.person_id").
		Joins("JOIN schemes ON schemes.org_id = referrals.org_id AND schemes.id = referrals.scheme_id").
		Joins(joinPractitioner).
		Select("referrals.*, people.reference, schemes.name AS scheme_name, keeper.account_id AS keeper_id").
		Order("referrals.received_on DESC, referrals.id DESC").Limit(page.Limit)
	if of.Schemes != nil {
		query = query.Where("referrals.scheme_id IN ?", of.Schemes)
	}
	if of.Person != "" {
		query = query.Where("referrals.person_id = ?", of.Person)
	}
	if of.Holder != "" {
		query = query.Where("keeper.account_id = ? AND referrals.ended_on IS NULL AND referrals.declined_on IS NULL", of.Holder)
	}
	if page.After != "" {
		var last referralRow
		cursor := s.at("referrals", page.After)
		if of.Schemes != nil {
			cursor = cursor.Where("referrals.scheme_id IN ?", of.Schemes)
		}
		if err := cursor.Take(&last).Error; err != nil {
			return nil, failed("find the page", err)
		}
		query = query.Where("(referrals.received_on, referrals.id) < (?, ?)", last.ReceivedOn, last.ID)
	}
	var rows []struct {
		Row        referralRow `gorm:"embedded"`
		Reference  string
		SchemeName string
		KeeperID   *string
	}
	if err := query.Find(&rows).Error; err != nil {
		return nil, failed("list referrals", err)
	}
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.Row.ID
	}
	all, referrals := make([]app.ReferralLine, len(rows)), make([]*scheme.Referral, len(rows))
	for i, r := range rows {
		all[i] = app.ReferralLine{Referral: r.Row.referral(), Reference: r.Reference, SchemeName: r.SchemeName}
		referrals[i] = &all[i].Referral
		all[i].Referral.Practitioner = scheme.AccountID(deref(r.KeeperID))
	}
	return all, s.course(run{ids: ids}, referrals)
}
