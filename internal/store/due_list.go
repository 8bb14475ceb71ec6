package store

import (
	"fmt"
	"slices"
	"strconv"

	"gorm.io/gorm/clause"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// dueTally is how many items of a due list have the same days.
type dueTally struct {
	DueOn      scheme.Day
	OpensOn    scheme.Day
	ClosesOn   scheme.Day
	RestsUntil scheme.Day
	Occasion   string
	Items      int
}

// dueTallies counts in the database, in the order of its indexes, and leaves it
// to scheme to say where each day's items stand: by place in scheme.Standings,
// then by day.
func (s *scope) dueTallies(q app.DueQuery) (places [][]dueTally, counts map[scheme.Standing]int, err error) {
	var rows []dueTally
	days := "due_on, opens_on, closes_on, rests_until, occasion"
	if err := s.dueOf(q).Select(days + ", COUNT(*) AS items").Group(days).Find(&rows).Error; err != nil {
		return nil, nil, failed("count what is due", err)
	}
	places, counts = make([][]dueTally, len(scheme.Standings())), map[scheme.Standing]int{}
	for _, t := range rows {
		d := scheme.Due{Occasion: scheme.Occasion(t.Occasion), Opens: t.OpensOn, On: t.DueOn, Closes: t.ClosesOn}
		of := d.Standing(q.Today)
		if place := slices.Index(scheme.Standings(), of); place >= 0 {
			counts[of] += t.Items
			places[place] = append(places[place], t)
		}
	}
	for _, one := range places {
		slices.SortStableFunc(one, func(a, b dueTally) int { return a.DueOn.DaysSince(b.DueOn) })
	}
	return places, counts, nil
}

// daysOfPage are the days on which the items of a page are due, so that no others
// are looked at: from the place and day of the mark on, until there are enough.
func daysOfPage(places [][]dueTally, q app.DueQuery, place int, from scheme.Day) (days []scheme.Day) {
	enough, at := q.Page.Limit, scheme.Day{}
	for i, one := range places {
		if i+1 < place || q.Standing != "" && scheme.Standings()[i] != q.Standing {
			continue
		}
		for _, t := range one {
			if i+1 == place && t.DueOn.Before(from) {
				continue
			}
			if t.DueOn != at && enough <= 0 {
				return days
			}
			if at = t.DueOn; !slices.Contains(days, at) {
				days = append(days, at)
			}
			if i+1 != place || t.DueOn != from {
				enough -= t.Items // of the mark's own day some are on the page before
			}
		}
	}
	return days
}

// listedRow is one line of a due list with the place of its standing.
type listedRow struct {
	Row   dueRow `gorm:"embedded"`
	Place int
}

// dueOrder is how a due list is sorted.
const dueOrder = "place, due_on, referral_id, measure_key, occasion"

// Due returns a page of a due list, first by standing, then by the day it is
// due, and how many items of the whole list stand where. It takes the same four
// queries however long the list is.
func (s *scope) Due(q app.DueQuery) (app.DueList, error) {
	places, counts, err := s.dueTallies(q)
	if err != nil {
		return app.DueList{}, err
	}
	lines, err := s.duePage(q, places)
	return app.DueList{Counts: counts, Lines: lines}, err
}

func (s *scope) duePage(q app.DueQuery, places [][]dueTally) ([]app.DueLine, error) {
	query := s.dueOf(q).Select("due_items.*, (?) AS place", standing(q.Today)).
		Order(dueOrder).Limit(q.Page.Limit)
	if q.Standing != "" {
		query = query.Where("(?) = ?", standing(q.Today), slices.Index(scheme.Standings(), q.Standing)+1)
	}
	place, from := 0, scheme.Day{}
	if q.Page.After != "" {
		at, err := s.place(dueOrder, q.Page.After)
		if err != nil {
			return nil, err
		}
		if place, from, err = standsAt(at); err != nil {
			return nil, err
		}
		is := standing(q.Today)
		query = query.Where("(?) > ? OR (?) = ? AND (due_on, referral_id, measure_key, occasion) > (?, ?, ?, ?)",
			is, place, is, place, from, at[2], at[3], at[4])
	}
	query = query.Where("due_on IN ?", append([]scheme.Day{q.Today}, daysOfPage(places, q, place, from)...))
	var rows []listedRow
	if err := query.Find(&rows).Error; err != nil {
		return nil, failed("list what is due", err)
	}
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.Row.ReferralID
	}
	heads, err := s.heads(distinct(ids))
	if err != nil {
		return nil, err
	}
	reasons, err := s.notDone(run{ids: distinct(ids)})
	if err != nil {
		return nil, err
	}
	all := make([]app.DueLine, len(rows))
	for i, r := range rows {
		head, ok := heads[r.Row.ReferralID]
		if !ok {
			return nil, fmt.Errorf("something is due of referral %s, which is not there", r.Row.ReferralID)
		}
		head.Due = r.Row.due()
		if head.Mark, err = s.mark(dueOrder, strconv.Itoa(r.Place), r.Row.DueOn.String(), r.Row.ReferralID, r.Row.MeasureKey, r.Row.Occasion); err != nil {
			return nil, err
		}
		head.Due.Why, head.Due.Attempts = scheme.Spell{NotDone: reasons[head.Referral]}.WhyNot(head.Due.Measure, head.Due.Occasion)
		all[i] = head
	}
	return all, nil
}

// standsAt is the standing, by its place from 1, and the day of a line's mark.
func standsAt(mark []string) (place int, on scheme.Day, err error) {
	if place, err = strconv.Atoi(mark[0]); err != nil {
		return 0, on, fmt.Errorf("read a place: %w", err)
	}
	if on, err = scheme.ParseDay(mark[1]); err != nil {
		return 0, on, fmt.Errorf("read a place: %w", err)
	}
	return place, on, nil
}

// Heads returns what a due list says of each of the referrals besides what is
// due.
func (s *scope) Heads(ids ...scheme.ReferralID) ([]app.DueLine, error) {
	wanted := distinct(texts(ids))
	if slices.IndexFunc(wanted, isNoID) >= 0 {
		return nil, missing()
	}
	found, err := s.heads(wanted)
	if err != nil {
		return nil, err
	}
	if len(found) < len(wanted) {
		return nil, missing()
	}
	all := make([]app.DueLine, len(wanted))
	for i, id := range wanted {
		all[i] = found[id]
	}
	return all, nil
}

// Underived returns open referrals of which nothing is kept as due. It walks all of
// an organisation, so it is asked only until Filled.
func (s *scope) Underived() (open []scheme.ReferralID, err error) {
	err = s.from("referrals").Where("ended_on IS NULL AND declined_on IS NULL").
		Where("NOT EXISTS (SELECT 1 FROM due_items d WHERE d.org_id = referrals.org_id AND d.referral_id = referrals.id)").
		Order("id").Pluck("id", &open).Error
	return open, failed("look for referrals without a due list", err)
}

// heads are what a due list says of referrals besides what is due.
func (s *scope) heads(ids []string) (map[string]app.DueLine, error) {
	var rows []struct {
		ID             string
		Reference      string
		SchemeID       string
		SchemeName     string
		PractitionerID *string
		Login          *string
	}
	err := s.from("referrals").Where("referrals.id IN ? AND referrals.ordinal > 0", ids).
		Joins("JOIN people ON people.org_id = referrals.org_id AND people.id = referrals.person_id").
		Joins("JOIN schemes ON schemes.org_id = referrals.org_id AND schemes.id = referrals.scheme_id").
		Joins(joinPractitioner).Joins("LEFT JOIN accounts ON accounts.id = keeper.account_id").
		Select("referrals.id, people.reference, referrals.scheme_id, schemes.name AS scheme_name, keeper.account_id AS practitioner_id, accounts.login").
		Find(&rows).Error
	if err != nil {
		return nil, failed("read referrals of a due list", err)
	}
	all := map[string]app.DueLine{}
	for _, r := range rows {
		all[r.ID] = app.DueLine{
			Referral: scheme.ReferralID(r.ID), Reference: r.Reference, Scheme: scheme.ID(r.SchemeID), SchemeName: r.SchemeName,
			Practitioner: scheme.AccountID(deref(r.PractitionerID)), Login: deref(r.Login),
		}
	}
	return all, nil
}

// Losses counts the people lost by the latest reason on record for not
// measuring them again: the same people as Transitions, those with a baseline
// whose window has closed and who neither died nor moved away.
func (s *scope) Losses(q app.PairQuery, key measure.Key) ([]scheme.Loss, error) {
	query, err := s.ofScheme(q)
	if err != nil {
		return nil, err
	}
	which := clause.Expr{SQL: "n.occasion = ?", Vars: []any{string(q.Occasion)}}
	if q.Occasion == scheme.FirstLast {
		which = clause.Expr{SQL: "n.occasion <> ?", Vars: []any{string(scheme.Baseline)}}
	}
	var c coder
	lost, stayed := place(&c, states(), scheme.BaselineOnly)+1, place(&c, exits(), scheme.Stayed)
	if c.err != nil {
		return nil, c.err
	}
	var rows []struct {
		Reason string
		People int
	}
	err = query.Where("ordinal = 1 AND state = ? AND exit = ? AND closes_on < ?", lost, stayed, q.Today).
		Select(`COALESCE((SELECT n.reason FROM not_done n WHERE n.org_id = outcome_pairs.org_id AND n.referral_id = outcome_pairs.referral_id
			AND n.measure_key = ? AND ? AND n.undone_at IS NULL ORDER BY n.id DESC LIMIT 1), '') AS reason, COUNT(*) AS people`, key, which).
		Group("reason").Find(&rows).Error
	if err != nil {
		return nil, failed("count reasons of people lost", err)
	}
	all := make([]scheme.Loss, len(rows))
	for i, r := range rows {
		all[i] = scheme.Loss{Reason: scheme.NotDoneReason(r.Reason), People: r.People}
	}
	return all, nil
}
