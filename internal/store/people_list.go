package store

import (
	"strings"

	"gorm.io/gorm"

	"cairn/internal/app"
)

// listed begins a query of the people in lists: an import made nobody else of whom
// nothing is left since it was undone.
func (s *scope) listed() *gorm.DB {
	return s.from("people").Where("(people.batch IS NULL OR EXISTS (SELECT 1 FROM referrals made" +
		" WHERE made.org_id = people.org_id AND made.person_id = people.id AND made.ordinal > 0))")
}

// FindPeople passes over those who were merged into others. A beginning is a range
// of the index of references: the last code point stands after everything.
func (s *scope) FindPeople(of app.PeopleFilter, page app.Page) ([]app.PersonLine, error) {
	column := "people.reference"
	if page.Order == app.FirstAdded || page.Order == app.LastAdded {
		column = "people.id" // identifiers are in order of making
	}
	onward, order := " > ?", column
	if page.Order.Falling() {
		onward, order = " < ?", column+" DESC"
	}
	query := s.listed().
		Where("NOT EXISTS (SELECT 1 FROM person_merges WHERE person_merges.org_id = people.org_id AND person_merges.person_id = people.id)")
	if page.After != "" {
		place, err := s.place(order, page.After)
		if err != nil {
			return nil, err
		}
		query = query.Where(column+onward, place[0])
	}
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
		const theirs = "SELECT 1 FROM referrals r WHERE r.org_id = people.org_id AND r.person_id = people.id AND r.ordinal > 0"
		seen, in := "NOT EXISTS ("+theirs+")", []any(nil)
		if len(of.Schemes) > 0 {
			seen, in = "("+seen+" OR EXISTS ("+theirs+" AND r.scheme_id IN ?))", []any{of.Schemes}
		}
		query = query.Where(seen, in...)
	}
	var rows []personRow
	if err := query.Order(order).Limit(page.Limit).Find(&rows).Error; err != nil {
		return nil, failed("find people", err)
	}
	all := make([]app.PersonLine, len(rows))
	for i, r := range rows {
		key := r.ID
		if column == "people.reference" {
			key = r.Reference
		}
		mark, err := s.mark(order, key)
		if err != nil {
			return nil, err
		}
		all[i] = app.PersonLine{Person: r.person(), Mark: mark}
	}
	return all, nil
}
