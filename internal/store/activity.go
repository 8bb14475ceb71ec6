package store

import (
	"errors"
	"fmt"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// activityRow is table activities, migrations 0003 and 0014.
type activityRow struct {
	Owner
	ID       string `gorm:"primaryKey"`
	Name     string
	Category string
	Provider string
	Version  int

	OfferedUntil scheme.Day `gorm:"type:date"`
}

func (activityRow) TableName() string { return "activities" }

func (r activityRow) activity() scheme.Activity {
	return scheme.Activity{
		ID: scheme.ActivityID(r.ID), Name: r.Name, Category: scheme.Category(r.Category), Provider: r.Provider,
		OfferedUntil: r.OfferedUntil, Revision: r.Version,
	}
}

func (s *scope) Activities() ([]scheme.Activity, error) {
	var rows []activityRow
	if err := s.from("activities").Find(&rows).Error; err != nil {
		return nil, failed("list activities", err)
	}
	all := make([]scheme.Activity, len(rows))
	for i, r := range rows {
		all[i] = r.activity()
	}
	slices.SortFunc(all, func(a, b scheme.Activity) int { return byName(a.Name, b.Name) })
	return all, nil
}

func (s *scope) Activity(id scheme.ActivityID) (scheme.Activity, error) {
	var row activityRow
	err := s.at("activities", string(id)).Take(&row).Error
	return row.activity(), failed("read an activity", err)
}

// AddActivity keeps a as one that is offered.
func (s *scope) AddActivity(a scheme.Activity) error {
	row := activityRow{ID: string(a.ID), Name: a.Name, Category: string(a.Category), Provider: a.Provider, OfferedUntil: a.OfferedUntil, Version: 1}
	added, err := add(s.tenant, []*activityRow{&row}, unlessTaken("org_id", "name"))
	if err != nil {
		return failed("add an activity", err)
	}
	if added == 0 {
		return activityTaken()
	}
	return nil
}

func activityTaken() *fault.Fault {
	return fault.New(fault.Conflict, fault.ActivityTaken, "You have an activity of that name already. Choose another name.").At("name")
}

// SaveActivity looks for the name first: the unique index would say so too, but
// in an error that ends the transaction.
func (s *scope) SaveActivity(a scheme.Activity) error {
	if !isID(string(a.ID)) {
		return missing()
	}
	var others int64
	err := s.from("activities").Where("name = ? AND id <> ?", a.Name, a.ID).Count(&others).Error
	if err != nil {
		return failed("look for the name of an activity", err)
	}
	if others > 0 {
		return activityTaken()
	}
	err = s.onlyOf(a.Revision, "save an activity", s.at("activities", string(a.ID)), map[string]any{
		"name": a.Name, "category": string(a.Category), "provider": a.Provider, "offered_until": a.OfferedUntil,
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) { // taken since we looked
		return activityTaken()
	}
	return err
}

// HoldActivities keeps activities as they are until this write ends; any number
// of writes may hold one.
func (s *scope) HoldActivities(ids ...scheme.ActivityID) error {
	return s.lock("activities", texts(ids), "SHARE")
}

// LockActivity waits for whoever holds the activity, and makes others wait who
// would prescribe it. Then it locks everybody to whom it is prescribed. Where a
// merge gave a referral to somebody else meanwhile, the write has to begin again.
func (s *scope) LockActivity(id scheme.ActivityID) error {
	if err := s.lock("activities", []string{string(id)}, "UPDATE"); err != nil {
		return err
	}
	before, err := s.takers(id)
	if err != nil {
		return err
	}
	now, err := s.takers(id)
	if err == nil && !slices.Equal(before, now) {
		return fmt.Errorf("lock people of an activity: %w", app.ErrAgain)
	}
	return err
}

// takers locks those to whom an activity is prescribed, in order.
func (s *scope) takers(id scheme.ActivityID) (people []string, err error) {
	theirs := s.from("prescriptions").
		Joins("JOIN referrals ON referrals.org_id = prescriptions.org_id AND referrals.id = prescriptions.referral_id").
		Where("prescriptions.activity_id = ?", id).Select("referrals.person_id")
	err = s.from("people").Where("people.id IN (?)", theirs).Order("people.id").
		Clauses(clause.Locking{Strength: "UPDATE"}).Pluck("people.id", &people).Error
	return people, failed("wait for other changes of people", err)
}

// Begun calls fn for the referrals in runs of a constant number of queries.
func (s *scope) Begun(id scheme.ActivityID, fn func(scheme.Spell) error) error {
	var ids []string
	err := s.from("prescriptions").Where("activity_id = ? AND first_attended_on IS NOT NULL", id).
		Distinct("referral_id").Order("referral_id").Pluck("referral_id", &ids).Error
	if err != nil {
		return failed("look for who attended an activity", err)
	}
	for part := range slices.Chunk(ids, rowsAtOnce) {
		of := run{ids: part}
		var rows []spellRow
		if err := of.narrow(s.spellsOfLists(), "referrals.id").Order("referrals.id").Find(&rows).Error; err != nil {
			return failed("read referrals", err)
		}
		spells, err := s.spells(rows, of)
		if err != nil {
			return err
		}
		for _, spell := range spells {
			if err := fn(spell); err != nil {
				return err
			}
		}
	}
	return nil
}
