package store

import (
	"strconv"

	"cairn/internal/app"
	"cairn/internal/scheme"
	"cairn/migrations"
)

// landmark is the SQL of the day by which involvement counts: so many days after
// the start, which is that of scheme.Referral.Started.
func (s *scope) landmark() string {
	const start = `COALESCE((SELECT MIN(first_attended_on) FROM prescriptions
		WHERE prescriptions.org_id = referrals.org_id AND prescriptions.referral_id = referrals.id), accepted_on, received_on)`
	days := strconv.Itoa(scheme.Landmark)
	if s.store.dialect.history == migrations.SQLite {
		return "date(" + start + ", '+" + days + " days')"
	}
	return "(" + start + " + " + days + ")"
}

// Hands counts the people whom TransitionsBy pairs, and who stands behind them,
// in a statement for each side. Of somebody who was handed over, the one counts
// whose the referral was at the landmark, or else who had it first after that.
func (s *scope) Hands(q app.GroupQuery) (h scheme.Hands, err error) {
	if len(q.Schemes) == 0 {
		return h, nil
	}
	var schemeNos []int
	var seriesNo int
	for _, id := range q.Schemes {
		no, series, err := s.ofQuery(id, q.Series)
		if err != nil {
			return h, err
		}
		schemeNos, seriesNo = append(schemeNos, no), series
	}
	var c coder
	with := []int{}
	for _, t := range scheme.OTLevels() {
		if scheme.OTLevel(t.Value).Involved() {
			with = append(with, c.term(scheme.OTGroups(), t.Value))
		}
	}
	none := c.term(scheme.OTGroups(), string(scheme.OTNone))
	paired := 1 + place(&c, states(), scheme.Paired)
	if c.err != nil {
		return h, c.err
	}
	for _, side := range []struct {
		groups       []int
		join, behind string
		who, people  *int
	}{
		{with, `JOIN ot_involvements part ON part.org_id = outcome_pairs.org_id AND part.referral_id = outcome_pairs.referral_id
			AND part.level <> 'none' AND part.on_day <= ` + s.landmark(), "part.therapist_id", &h.Therapists, &h.Named},
		{[]int{none}, `JOIN referral_practitioners keeper ON keeper.org_id = outcome_pairs.org_id AND keeper.referral_id = outcome_pairs.referral_id
			AND keeper.position = (SELECT MIN(held.position) FROM referral_practitioners held WHERE held.org_id = outcome_pairs.org_id
				AND held.referral_id = outcome_pairs.referral_id AND (held.until_day IS NULL OR held.until_day > ` + s.landmark() + `))`,
			"keeper.account_id", &h.Holders, &h.Held},
	} {
		err = s.pairsOf(schemeNos, seriesNo, q.Occasion, q.Period).
			Where("outcome_pairs.ordinal = 1 AND outcome_pairs.state = ? AND exit = 0 AND closes_on < ? AND ot IN ?", paired, q.Today, side.groups).
			Joins("JOIN referrals ON referrals.org_id = outcome_pairs.org_id AND referrals.id = outcome_pairs.referral_id").
			Joins(side.join).
			Select("COUNT(DISTINCT "+side.behind+"), COUNT(DISTINCT CASE WHEN "+side.behind+" IS NOT NULL THEN outcome_pairs.referral_id END)").
			Row().Scan(side.who, side.people)
		if err != nil {
			return h, failed("count who stands behind groups", err)
		}
	}
	return h, nil
}
