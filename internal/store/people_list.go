package store

import (
	"strings"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// FindPeople passes over those who were merged into others. A beginning is a range
// of the index of references: the last code point stands after everything.
func (s *scope) FindPeople(of app.PeopleFilter, page app.Page) ([]scheme.Person, error) {
	query := s.from("people").Where("people.reference > ?", page.After).
		Where("NOT EXISTS (SELECT 1 FROM person_merges WHERE person_merges.org_id = people.org_id AND person_merges.person_id = people.id)")
	if len(of.Begins) > 0 {
		var ranges []string
		var ends []any
		for _, begin := range of.Begins {
			ranges = append(ranges, "people.reference BETWEEN ? AND ?")
			ends = append(ends, begin, begin+"\U0010FFFF")
		}
		query = query.Where("("+strings.Join(ranges, " OR ")+")", ends...)
	}
	if of.Schemes != nil {
		const theirs = "SELECT 1 FROM referrals r WHERE r.org_id = people.org_id AND r.person_id = people.id"
		seen, in := "NOT EXISTS ("+theirs+")", []any(nil)
		if len(of.Schemes) > 0 {
			seen, in = "("+seen+" OR EXISTS ("+theirs+" AND r.scheme_id IN ?))", []any{of.Schemes}
		}
		query = query.Where(seen, in...)
	}
	var rows []personRow
	if err := query.Order("people.reference").Limit(page.Limit).Find(&rows).Error; err != nil {
		return nil, failed("find people", err)
	}
	all := make([]scheme.Person, len(rows))
	for i, r := range rows {
		all[i] = r.person()
	}
	return all, nil
}
