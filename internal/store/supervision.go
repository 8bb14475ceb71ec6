package store

import (
	"gorm.io/gorm"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// theirs are the identifiers of referrals that are somebody's now. Everything
// else is found by them, so that no other caseload is walked through.
func (s *scope) theirs(q app.SupervisionQuery) *gorm.DB {
	return s.from("referral_practitioners").Where("account_id = ? AND until_day IS NULL", q.Who).Select("referral_id")
}

// ever are those that are or once were.
func (s *scope) ever(q app.SupervisionQuery) *gorm.DB {
	return s.from("referral_practitioners").Where("account_id = ?", q.Who).Select("referral_id")
}

func inSchemes(query *gorm.DB, q app.SupervisionQuery) *gorm.DB {
	if q.Schemes == nil {
		return query
	}
	return query.Where("referrals.scheme_id IN ?", q.Schemes)
}

// while narrows records of referrals to the days on which those were somebody's.
// On the day of a hand-over a referral is whose it became.
func (s *scope) while(q app.SupervisionQuery, table string) *gorm.DB {
	query := s.from(table).Where(table+".referral_id IN (?)", s.ever(q)).
		Joins("JOIN referrals ON referrals.org_id = "+table+".org_id AND referrals.id = "+table+".referral_id").
		Joins("JOIN referral_practitioners mine ON mine.org_id = "+table+".org_id AND mine.referral_id = "+table+".referral_id"+
			" AND mine.from_day <= "+table+".on_day AND (mine.until_day IS NULL OR mine.until_day > "+table+".on_day)").
		Where("mine.account_id = ? AND "+table+".on_day BETWEEN ? AND ?", q.Who, q.Span.First, q.Span.Last)
	return inSchemes(query, q)
}

// Kept returns the referrals of a caseload with everything that a page of
// supervision looks at, and the names of their people.
func (s *scope) Kept(q app.SupervisionQuery, most int) ([]scheme.Spell, error) {
	var rows []spellRow
	err := inSchemes(s.spellsOfLists(), q).Where("referrals.id IN (?)", s.theirs(q)).
		Where("referrals.ended_on IS NULL AND referrals.declined_on IS NULL"+
			" OR COALESCE(referrals.ended_on, referrals.declined_on) BETWEEN ? AND ? OR referrals.id IN ?", q.Span.First, q.Span.Last, q.Also).
		Order("people.reference, referrals.id").Limit(most).Find(&rows).Error
	if err != nil {
		return nil, failed("read a caseload", err)
	}
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.Referral.ID
	}
	spells, err := s.spells(rows, run{ids: ids})
	if err != nil {
		return nil, err
	}
	people := make([]scheme.Person, len(spells))
	for i := range spells {
		people[i] = spells[i].Person
	}
	err = s.addNames(people)
	for i := range spells {
		spells[i].Person = people[i]
	}
	return spells, err
}

// Reached are open referrals with a contact that was attended, whoever made it.
func (s *scope) Reached(q app.SupervisionQuery) (map[scheme.ReferralID]bool, error) {
	var ids []scheme.ReferralID
	err := inSchemes(s.from("referrals"), q).Where("referrals.id IN (?)", s.theirs(q)).
		Where("referrals.ended_on IS NULL AND referrals.declined_on IS NULL").
		Where("EXISTS (SELECT 1 FROM contacts WHERE contacts.org_id = referrals.org_id AND contacts.referral_id = referrals.id"+
			" AND contacts.state = ? AND contacts.result = ?)", live, scheme.Attended).Pluck("referrals.id", &ids).Error
	all := make(map[scheme.ReferralID]bool, len(ids))
	for _, id := range ids {
		all[id] = true
	}
	return all, failed("read who was reached", err)
}

// Worked are the contacts of a span that were not withdrawn.
func (s *scope) Worked(q app.SupervisionQuery) ([]app.Worked, error) {
	var rows []struct{ PersonID, Result string }
	err := s.while(q, "contacts").Where("contacts.state = ?", live).
		Select("referrals.person_id, contacts.result").Find(&rows).Error
	all := make([]app.Worked, len(rows))
	for i, r := range rows {
		all[i] = app.Worked{Person: scheme.PersonID(r.PersonID), Outcome: scheme.Outcome(r.Result)}
	}
	return all, failed("read contacts of a practitioner", err)
}

// LeftUndone counts reasons of a span that were not taken back.
func (s *scope) LeftUndone(q app.SupervisionQuery) (map[scheme.NotDoneReason]int, error) {
	var rows []struct {
		Reason scheme.NotDoneReason
		Times  int
	}
	err := s.while(q, "not_done").Where("not_done.undone_at IS NULL").
		Select("not_done.reason, COUNT(*) AS times").Group("not_done.reason").Find(&rows).Error
	all := map[scheme.NotDoneReason]int{}
	for _, r := range rows {
		all[r.Reason] = r.Times
	}
	return all, failed("count what was not done", err)
}
