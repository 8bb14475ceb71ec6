package store

import (
	"fmt"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// Locks of a write, in the order in which every write takes them: its
// idempotency key, schemes, people, pairs, audit. Where several of one kind are
// locked, it is in the order of their identifiers, so that no two writes wait
// for each other in a ring. On SQLite there is one writer, and these only look
// whether the rows are there.

// LockPeople makes other writes about these people wait.
func (s *scope) LockPeople(ids ...scheme.PersonID) error {
	return s.lock("people", texts(ids), "UPDATE")
}

// LockPeopleOf is LockPeople for whoever those referrals are of. Where a merge
// gave one to somebody else meanwhile, the write has to begin again.
func (s *scope) LockPeopleOf(referrals ...scheme.ReferralID) error {
	people, err := s.peopleOf(referrals)
	if err != nil {
		return err
	}
	if err := s.lock("people", people, "UPDATE"); err != nil {
		return err
	}
	now, err := s.peopleOf(referrals)
	if err == nil && !slices.Equal(people, now) {
		return fmt.Errorf("lock people of referrals: %w", app.ErrAgain)
	}
	return err
}

// peopleOf are the people of referrals, each once, in order.
func (s *scope) peopleOf(referrals []scheme.ReferralID) ([]string, error) {
	ids := distinct(texts(referrals))
	var rows []referralRow
	if slices.IndexFunc(ids, isNoID) >= 0 {
		return nil, missing()
	}
	if err := s.from("referrals").Where("id IN ?", ids).Select("id", "person_id").Find(&rows).Error; err != nil {
		return nil, failed("look up people of referrals", err)
	}
	if len(rows) < len(ids) {
		return nil, missing()
	}
	people := make([]string, len(rows))
	for i, r := range rows {
		people[i] = r.PersonID
	}
	return distinct(people), nil
}

// HoldSchemes keeps the plans of these schemes as they are until this write
// ends; any number of writes may hold one.
func (s *scope) HoldSchemes(ids ...scheme.ID) error { return s.lock("schemes", texts(ids), "SHARE") }

// LockScheme waits for whoever holds the scheme, and makes others wait. Rows that
// refer to it can be added meanwhile.
func (s *scope) LockScheme(id scheme.ID) error {
	return s.lock("schemes", []string{string(id)}, "NO KEY UPDATE")
}

// LockProjects makes other downloads of the organisation wait, since each file is
// held against those of other projects. It is taken before the audit, by writes that
// lock nothing else.
func (s *scope) LockProjects() error {
	var found []string
	err := s.from("projects").Order("id").Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Pluck("id", &found).Error
	return failed("wait for other downloads", err)
}

// LockAccount makes other tries of an account's password wait. It is taken as
// LockProjects is.
func (s *scope) LockAccount(id scheme.AccountID) error {
	found := s.db.Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Where("id = ?", string(id)).Select("id").Take(&accountRow{})
	return failed("wait for other tries of a password", found.Error)
}

func (s *scope) lock(table string, ids []string, strength string) error {
	ids = distinct(ids)
	if len(ids) == 0 {
		return nil
	}
	if slices.IndexFunc(ids, isNoID) >= 0 {
		return missing()
	}
	var found []string
	err := s.from(table).Where(s.oneOf("id", ids)).Order("id").Clauses(clause.Locking{Strength: strength}).Pluck("id", &found).Error
	if err == nil && len(found) < len(ids) {
		err = gorm.ErrRecordNotFound
	}
	return failed("wait for other changes in "+table, err)
}

func isNoID(text string) bool { return !isID(text) }

// distinct are the texts in order, each once.
func distinct(all []string) []string { return slices.Compact(slices.Sorted(slices.Values(all))) }

func texts[T ~string](ids []T) []string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = string(id)
	}
	return all
}
