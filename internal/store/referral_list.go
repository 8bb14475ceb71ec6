package store

import (
	"fmt"

	"gorm.io/gorm"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// referralOrder is how a page is sorted, and where the next one begins: by a column,
// and by identifier where that is equal.
func referralOrder(o app.Order) (column, order, onward string) {
	column = "referrals.received_on"
	if o == app.ByReference || o == app.ReferenceLast {
		column = "people.reference"
	}
	if o == "" || o.Falling() {
		return column, column + " DESC, referrals.id DESC", "(" + column + ", referrals.id) < (?, ?)"
	}
	return column, column + ", referrals.id", "(" + column + ", referrals.id) > (?, ?)"
}

// Referrals returns a page of a list, newest first by the day of receipt unless
// another order is asked for.
func (s *scope) Referrals(of app.ReferralFilter, page app.Page) ([]app.ReferralLine, error) {
	column, order, onward := referralOrder(page.Order)
	query := s.from("referrals").Where("referrals.ordinal > 0").
		Joins("JOIN people ON people.org_id = referrals.org_id AND people.id = referrals.person_id").
		Joins("JOIN schemes ON schemes.org_id = referrals.org_id AND schemes.id = referrals.scheme_id").
		Joins(joinPractitioner).
		Select("referrals.*, people.reference, schemes.name AS scheme_name, keeper.account_id AS keeper_id").
		Order(order).Limit(page.Limit)
	if of.Schemes != nil {
		query = query.Where("referrals.scheme_id IN ?", of.Schemes)
	}
	query = narrowed(query, of)
	if page.After != "" {
		place, err := s.place(order, page.After)
		if err != nil {
			return nil, err
		}
		from := any(place[0])
		if column == "referrals.received_on" {
			if from, err = scheme.ParseDay(place[0]); err != nil {
				return nil, fmt.Errorf("read a place: %w", err)
			}
		}
		query = query.Where(onward, from, place[1])
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
		key := r.Row.ReceivedOn.String()
		if column == "people.reference" {
			key = r.Reference
		}
		var err error
		if all[i].Mark, err = s.mark(order, key, r.Row.ID); err != nil {
			return nil, err
		}
	}
	return all, s.course(run{ids: ids}, referrals)
}

// narrowed leaves the referrals of a filter, whose schemes are looked at elsewhere.
func narrowed(query *gorm.DB, of app.ReferralFilter) *gorm.DB {
	switch {
	case of.Person != "" && !isID(string(of.Person)):
		query = query.Where("1 = 0")
	case of.Person != "":
		query = query.Where("referrals.person_id = ?", of.Person)
	}
	if of.Holder != "" {
		query = query.Where("keeper.account_id = ? AND referrals.ended_on IS NULL AND referrals.declined_on IS NULL", of.Holder)
	}
	switch of.State {
	case app.OpenReferral:
		query = query.Where("referrals.ended_on IS NULL AND referrals.declined_on IS NULL")
	case app.ClosedReferral:
		query = query.Where("(referrals.ended_on IS NOT NULL OR referrals.declined_on IS NOT NULL)")
	}
	if of.Source != "" {
		query = query.Where("referrals.source = ?", of.Source)
	}
	if !of.From.IsZero() {
		query = query.Where("referrals.received_on >= ? AND referrals.received_dated = ''", of.From)
	}
	if !of.To.IsZero() {
		query = query.Where("referrals.received_on <= ? AND referrals.received_dated = ''", of.To)
	}
	return query
}
