package store

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm/clause"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// DueCounts is how many items of a due list stand where.
func (s *scope) DueCounts(q app.DueQuery) (map[scheme.Standing]int, error) {
	var tallies []struct {
		Place int
		Items int
	}
	err := s.dueOf(q).Select("(?) AS place, COUNT(*) AS items", standing(q.Today)).Group("place").Find(&tallies).Error
	if err != nil {
		return nil, failed("count what is due", err)
	}
	all := map[scheme.Standing]int{}
	var d decoder
	for _, t := range tallies {
		all[at(&d, scheme.Standings(), t.Place-1)] = t.Items
	}
	return all, d.err
}

// listedRow is one line of a due list with the place of its standing.
type listedRow struct {
	Row   dueRow `gorm:"embedded"`
	Place int
}

// mark names a line, so that the next page begins after it.
func (r listedRow) mark() string {
	return strings.Join([]string{strconv.Itoa(r.Place), r.Row.DueOn.String(), r.Row.ReferralID, r.Row.MeasureKey, r.Row.Occasion}, ".")
}

func readMark(text string) (place int, rest []any, err error) {
	parts := strings.SplitN(text, ".", 5)
	lost := fault.New(fault.Invalid, fault.InputInvalid, "There is no such page. Begin at the first.").At("after")
	if len(parts) != 5 || !isID(parts[2]) {
		return 0, nil, lost
	}
	place, err = strconv.Atoi(parts[0])
	on, dayErr := scheme.ParseDay(parts[1])
	if err != nil || dayErr != nil {
		return 0, nil, lost
	}
	return place, []any{on, parts[2], parts[3], parts[4]}, nil
}

// Due returns a page of a due list: first by standing, then by the day it is
// due. It takes the same three queries however long the list is.
func (s *scope) Due(q app.DueQuery) ([]app.DueLine, error) {
	query := s.dueOf(q).Select("due_items.*, (?) AS place", standing(q.Today)).
		Order("place, due_on, referral_id, measure_key, occasion").Limit(q.Page.Limit)
	if q.Standing != "" {
		query = query.Where("(?) = ?", standing(q.Today), slices.Index(scheme.Standings(), q.Standing)+1)
	}
	if q.Page.After != "" {
		place, rest, err := readMark(q.Page.After)
		if err != nil {
			return nil, err
		}
		is := standing(q.Today)
		query = query.Where("(?) > ? OR (?) = ? AND (due_on, referral_id, measure_key, occasion) > (?, ?, ?, ?)",
			append([]any{is, place, is, place}, rest...)...)
	}
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
		head.Due, head.Mark = r.Row.due(), r.mark()
		head.Due.Why, head.Due.Attempts = scheme.Spell{NotDone: reasons[head.Referral]}.WhyNot(head.Due.Measure, head.Due.Occasion)
		all[i] = head
	}
	return all, nil
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

// Underived returns open referrals where nothing at all is kept as due.
func (s *scope) Underived() (open []scheme.ReferralID, err error) {
	err = s.from("referrals").Where("ended_on IS NULL AND declined_on IS NULL").
		Where("NOT EXISTS (SELECT 1 FROM due_items d WHERE d.org_id = ?)", s.org).
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
	err := s.from("referrals").Where("referrals.id IN ?", ids).
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
