package store

import (
	"cairn/internal/app"
	"cairn/internal/scheme"
)

// Uptakes counts what was prescribed to the people whom Transitions counts, in
// the order of the activities' names. Prescriptions that stand alike are one row.
func (s *scope) Uptakes(q app.PairQuery) ([]scheme.Uptake, error) {
	pairs, err := s.ofScheme(q)
	if err != nil {
		return nil, err
	}
	var rows []struct {
		ID        string
		Name      string
		Category  string
		Started   bool
		Declined  bool
		Ended     bool
		EndReason string
		OfferedN  int
		AttendedN int
		Times     int
	}
	const alike = `activities.id, activities.name, activities.category, first_attended_on IS NOT NULL, declined_on IS NOT NULL,
		ended_on IS NOT NULL, end_reason, offered_n, attended_n`
	err = pairs.Where("outcome_pairs.ordinal = 1 AND outcome_pairs.closes_on < ?", q.Today).
		Joins("JOIN prescriptions ON prescriptions.org_id = outcome_pairs.org_id AND prescriptions.referral_id = outcome_pairs.referral_id").
		Joins("JOIN activities ON activities.org_id = prescriptions.org_id AND activities.id = prescriptions.activity_id").
		Select(`activities.id, activities.name, activities.category, first_attended_on IS NOT NULL AS started, declined_on IS NOT NULL AS declined,
			ended_on IS NOT NULL AS ended, end_reason, offered_n, attended_n, COUNT(*) AS times`).
		Group(alike).Order("activities.name, activities.id").Find(&rows).Error
	if err != nil {
		return nil, failed("count what was prescribed", err)
	}
	all := make([]scheme.Uptake, len(rows))
	for i, r := range rows {
		all[i] = scheme.Uptake{
			Activity: scheme.ActivityID(r.ID), Name: r.Name, Category: scheme.Category(r.Category),
			Started: r.Started, Declined: r.Declined, Ended: r.Ended, EndReason: scheme.EndReason(r.EndReason),
			Offered: r.OfferedN, Attended: r.AttendedN, Times: r.Times,
		}
	}
	return all, nil
}
