package store

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"cairn/internal/scheme"
	"cairn/migrations"
)

// mergeRow is table person_merges, migration 0009.
type mergeRow struct {
	Owner
	PersonID string `gorm:"primaryKey"`
	IntoID   string
	At       time.Time
}

func (mergeRow) TableName() string { return "person_merges" }

// MergePeople gives every record of u.Lose to u.Keep, but for what is left of imports
// that were undone. The row of Lose stays, with its reference and its sealed name, and
// leads to Keep from now on. The caller
// holds both and has withdrawn the twins.
func (s *scope) MergePeople(u scheme.Union) error {
	if err := s.LockPeople(u.Keep, u.Lose); err != nil {
		return err
	}
	if err := s.putOff(); err != nil {
		return err
	}
	var theirs []string
	if err := s.from("referrals").Where("person_id = ? AND ordinal > 0", u.Lose).Pluck("id", &theirs).Error; err != nil {
		return failed("read referrals", err)
	}
	// Numbers that far below zero are nobody's, so that no two are alike on the way.
	order := inOrder(u.Ordinals)
	for i, r := range order {
		if err := s.renumber(r, math.MinInt32+i); err != nil {
			return err
		}
	}
	if len(theirs) > 0 {
		kept := map[string]any{"person_id": string(u.Keep), "version": gorm.Expr("version + 1")}
		if err := s.from("referrals").Where("id IN ?", theirs).Updates(kept).Error; err != nil {
			return failed("move referrals", err)
		}
		if err := s.from("assessments").Where("referral_id IN ?", theirs).Update("person_id", string(u.Keep)).Error; err != nil {
			return failed("move assessments", err)
		}
	}
	for _, r := range order {
		if err := s.renumber(r, u.Ordinals[r]); err != nil {
			return err
		}
	}
	if err := s.from("person_merges").Where("into_id = ?", u.Lose).Update("into_id", string(u.Keep)).Error; err != nil {
		return failed("shorten a chain of merges", err)
	}
	_, err := add(s.tenant, []*mergeRow{{PersonID: string(u.Lose), IntoID: string(u.Keep), At: s.store.now()}})
	return failed("merge people", err)
}

func inOrder(ordinals map[scheme.ReferralID]int) []scheme.ReferralID {
	all := make([]scheme.ReferralID, 0, len(ordinals))
	for id := range ordinals {
		all = append(all, id)
	}
	slices.SortFunc(all, func(a, b scheme.ReferralID) int {
		return cmp.Or(ordinals[a]-ordinals[b], strings.Compare(string(a), string(b)))
	})
	return all
}

func (s *scope) renumber(id scheme.ReferralID, ordinal int) error {
	return changed("renumber a referral", s.at("referrals", string(id)).Update("ordinal", ordinal))
}

// putOff has references between an assessment, its referral and its person
// looked at when the transaction ends: two statements change them.
func (s *scope) putOff() error {
	statement := "SET CONSTRAINTS assessments_org_id_referral_id_person_id_fkey DEFERRED"
	if s.store.dialect.history == migrations.SQLite {
		statement = "PRAGMA defer_foreign_keys = ON"
	}
	return failed("put references off", s.db.Exec(statement).Error)
}

// merged reports whether somebody was merged into somebody else.
func (s *scope) merged(id scheme.PersonID) (bool, error) {
	var n int64
	err := s.from("person_merges").Where("person_id = ?", id).Count(&n).Error
	return n > 0, failed("look for a merge", err)
}

// aliases are the references that lead to a person, by reference.
func (s *scope) aliases(id scheme.PersonID) (all []string, err error) {
	err = s.from("person_merges").Where("person_merges.into_id = ?", id).
		Joins("JOIN people ON people.org_id = person_merges.org_id AND people.id = person_merges.person_id").
		Order("people.reference").Pluck("people.reference", &all).Error
	if len(all) == 0 {
		all = nil
	}
	return all, failed("read other references of a person", err)
}

// FormerReferences are the references that lead to somebody, with their own.
func (s *scope) FormerReferences() (map[string]string, error) {
	var rows []struct{ Was, Now string }
	err := s.from("person_merges").
		Joins("JOIN people ON people.org_id = person_merges.org_id AND people.id = person_merges.person_id").
		Joins("JOIN people AS kept ON kept.org_id = person_merges.org_id AND kept.id = person_merges.into_id").
		Select("people.reference AS was, kept.reference AS now").Find(&rows).Error
	all := make(map[string]string, len(rows))
	for _, r := range rows {
		all[r.Was] = r.Now
	}
	return all, failed("read former references", err)
}
