package store

import (
	"time"

	"cairn/internal/scheme"
)

// permissionRow is table permissions, migration 0013.
type permissionRow struct {
	Owner
	ID        string `gorm:"primaryKey"`
	PersonID  string
	Purpose   string
	Basis     string
	State     string
	OnDay     scheme.Day `gorm:"type:date"`
	ByAccount string
	At        time.Time
}

func (permissionRow) TableName() string { return "permissions" }

func (r permissionRow) permission() scheme.Permission {
	return scheme.Permission{
		ID: r.ID, Purpose: scheme.Purpose(r.Purpose), Basis: scheme.Basis(r.Basis), State: scheme.PermissionState(r.State),
		On: r.OnDay, By: scheme.AccountID(r.ByAccount), At: r.At.UTC(),
	}
}

// Permissions are everything that a person said, the oldest first.
func (s *scope) Permissions(person scheme.PersonID) (scheme.Permissions, error) {
	if err := s.at("people", string(person)).Select("id").Take(&personRow{}).Error; err != nil {
		return nil, failed("look for a person", err)
	}
	var rows []permissionRow
	err := s.from("permissions").Where("person_id = ?", person).Order("on_day, id").Find(&rows).Error
	if err != nil {
		return nil, failed("read permissions", err)
	}
	all := make(scheme.Permissions, len(rows))
	for i, r := range rows {
		all[i] = r.permission()
	}
	return all, nil
}

// AddPermission adds what a person said to what they said before.
func (s *scope) AddPermission(person scheme.PersonID, p scheme.Permission) error {
	if !isID(string(person)) || !isID(p.ID) {
		return missing()
	}
	_, err := add(s.tenant, []*permissionRow{{
		ID: p.ID, PersonID: string(person), Purpose: string(p.Purpose), Basis: string(p.Basis), State: string(p.State),
		OnDay: p.On, ByAccount: string(p.By), At: s.store.now(),
	}})
	return failed("add a permission", err)
}

// UniteCare makes what was said by lose said by keep, who is the same person. Words
// are sealed anew, since each key opens what is of one record.
func (s *scope) UniteCare(keep, lose scheme.PersonID) error {
	if err := s.from("permissions").Where("person_id = ?", lose).Update("person_id", string(keep)).Error; err != nil {
		return failed("move permissions", err)
	}
	said, err := s.Cares([]scheme.PersonID{keep, lose})
	if err != nil {
		return err
	}
	theirs, there := said[lose]
	all := said[keep].With(theirs)
	if !there || all.Same(said[keep]) {
		return nil
	}
	return s.SaveCare(keep, all)
}

// LeftOut are the referrals to a scheme whose person is left out of what serves
// that purpose.
func (s *scope) LeftOut(of scheme.ID, purpose scheme.Purpose) (map[scheme.ReferralID]bool, error) {
	var rows []struct {
		Row        permissionRow `gorm:"embedded"`
		ReferralID string
	}
	err := s.from("permissions").
		Joins("JOIN referrals ON referrals.org_id = permissions.org_id AND referrals.person_id = permissions.person_id").
		Where("referrals.scheme_id = ? AND referrals.ordinal > 0 AND permissions.purpose IN ?", of, []scheme.Purpose{purpose, scheme.NationalOptOut}).
		Select("permissions.*, referrals.id AS referral_id").Find(&rows).Error
	if err != nil {
		return nil, failed("look for those to leave out", err)
	}
	said := map[scheme.ReferralID]scheme.Permissions{}
	for _, r := range rows {
		id := scheme.ReferralID(r.ReferralID)
		said[id] = append(said[id], r.Row.permission())
	}
	out := map[scheme.ReferralID]bool{}
	for id, all := range said {
		if all.LeavesOut(purpose) {
			out[id] = true
		}
	}
	return out, nil
}
