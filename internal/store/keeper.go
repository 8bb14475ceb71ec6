package store

import (
	"slices"
	"strings"
	"time"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// keeperRow is table referral_practitioners, migration 0015.
type keeperRow struct {
	Owner
	ReferralID string `gorm:"primaryKey"`
	Position   int    `gorm:"primaryKey;autoIncrement:false"`
	AccountID  string
	FromDay    scheme.Day `gorm:"type:date"`
	UntilDay   scheme.Day `gorm:"type:date"`
}

func (keeperRow) TableName() string { return "referral_practitioners" }

// joinPractitioner adds, as keeper, whose a referral is now.
const joinPractitioner = `LEFT JOIN referral_practitioners keeper ON keeper.org_id = referrals.org_id
	AND keeper.referral_id = referrals.id AND keeper.until_day IS NULL`

// Keepers returns whose a referral was and is, the first one first.
func (s *scope) Keepers(id scheme.ReferralID) ([]scheme.Keeper, error) {
	if !isID(string(id)) {
		return nil, missing()
	}
	var rows []keeperRow
	if err := s.from("referral_practitioners").Where("referral_id = ?", id).Order("position").Find(&rows).Error; err != nil {
		return nil, failed("read whose a referral was", err)
	}
	all := make([]scheme.Keeper, len(rows))
	for i, r := range rows {
		all[i] = scheme.Keeper{Account: scheme.AccountID(r.AccountID), From: r.FromDay, Until: r.UntilDay}
	}
	return all, nil
}

// Assign makes referrals somebody's from a day on, with what is due of them.
// Those that are theirs already stay as they are. The caller has locked the
// people.
func (s *scope) Assign(ids []scheme.ReferralID, to scheme.AccountID, on scheme.Day) error {
	for batch := range slices.Chunk(distinct(texts(ids)), rowsAtOnce) {
		if err := s.assign(batch, string(to), on); err != nil {
			return err
		}
	}
	return nil
}

func (s *scope) assign(ids []string, to string, on scheme.Day) error {
	var last []keeperRow
	err := s.from("referral_practitioners").Where("referral_id IN ?", ids).
		Where("NOT EXISTS (SELECT 1 FROM referral_practitioners later WHERE later.org_id = referral_practitioners.org_id AND later.referral_id = referral_practitioners.referral_id AND later.position > referral_practitioners.position)").
		Find(&last).Error
	if err != nil {
		return failed("read whose referrals are", err)
	}
	next := map[string]int{}
	for _, id := range ids {
		next[id] = 1
	}
	for _, r := range last {
		next[r.ReferralID] = r.Position + 1
		if r.AccountID == to && r.UntilDay.IsZero() {
			delete(next, r.ReferralID)
		}
	}
	var rows []*keeperRow
	var moved []string
	for _, id := range ids {
		if position, moves := next[id]; moves {
			moved = append(moved, id)
			rows = append(rows, &keeperRow{ReferralID: id, Position: position, AccountID: to, FromDay: on})
		}
	}
	if len(rows) == 0 {
		return nil
	}
	ended := s.from("referral_practitioners").Where("referral_id IN ? AND until_day IS NULL", moved).Update("until_day", on)
	if ended.Error != nil {
		return failed("end whose referrals were", ended.Error)
	}
	if _, err := add(s.tenant, rows); err != nil {
		return failed("assign referrals", err)
	}
	return failed("assign what is due", s.from("due_items").Where("referral_id IN ?", moved).Update("practitioner_id", to).Error)
}

// Colleagues returns who can have referrals of their own, by login.
func (s *scope) Colleagues() ([]app.Colleague, error) {
	var rows []struct {
		AccountID  string
		Login      string
		Profession string
		AllSchemes bool
	}
	err := s.from("memberships").Joins("JOIN accounts ON accounts.id = memberships.account_id").
		Where("memberships.role IN ?", []app.Role{app.Practitioner, app.Manager}).
		Select("memberships.account_id, accounts.login, memberships.profession, memberships.all_schemes").Find(&rows).Error
	if err != nil {
		return nil, failed("list colleagues", err)
	}
	var schemes []membershipSchemeRow
	if err := s.from("membership_schemes").Find(&schemes).Error; err != nil {
		return nil, failed("list colleagues", err)
	}
	all := make([]app.Colleague, len(rows))
	for i, r := range rows {
		all[i] = app.Colleague{Account: scheme.AccountID(r.AccountID), Login: r.Login, Profession: r.Profession, AllSchemes: r.AllSchemes}
		for _, of := range schemes {
			if of.AccountID == r.AccountID {
				all[i].Schemes = append(all[i].Schemes, scheme.ID(of.SchemeID))
			}
		}
	}
	slices.SortFunc(all, func(a, b app.Colleague) int { return strings.Compare(a.Login, b.Login) })
	return all, nil
}

// coverRow is table covers, migration 0015.
type coverRow struct {
	Owner
	ID       string `gorm:"primaryKey"`
	AwayID   string
	CoverID  string
	FromDay  scheme.Day `gorm:"type:date"`
	UntilDay scheme.Day `gorm:"type:date"`
	AddedAt  time.Time
	EndedAt  *time.Time
}

func (coverRow) TableName() string { return "covers" }

// Covers returns those that stand on a day or later, by their first day.
func (s *scope) Covers(from scheme.Day) ([]scheme.Cover, error) {
	var rows []coverRow
	if err := s.from("covers").Where("until_day >= ? AND ended_at IS NULL", from).Order("from_day, id").Find(&rows).Error; err != nil {
		return nil, failed("list covers", err)
	}
	all := make([]scheme.Cover, len(rows))
	for i, r := range rows {
		all[i] = scheme.Cover{ID: scheme.CoverID(r.ID), Away: scheme.AccountID(r.AwayID), By: scheme.AccountID(r.CoverID), From: r.FromDay, Until: r.UntilDay}
	}
	return all, nil
}

// AddCover keeps a cover.
func (s *scope) AddCover(c scheme.Cover) error {
	row := coverRow{ID: string(c.ID), AwayID: string(c.Away), CoverID: string(c.By), FromDay: c.From, UntilDay: c.Until, AddedAt: s.store.now()}
	_, err := add(s.tenant, []*coverRow{&row})
	return failed("add a cover", err)
}

// EndCover takes a cover back; it faults with not-found for one that is taken
// back already.
func (s *scope) EndCover(id scheme.CoverID) error {
	return changed("end a cover", s.at("covers", string(id)).Where("ended_at IS NULL").Update("ended_at", s.store.now()))
}
