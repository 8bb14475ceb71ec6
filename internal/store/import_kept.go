package store

import (
	"gorm.io/gorm"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// EachScore calls fn for every score that is here, and for what was before it was
// changed.
func (s *scope) EachScore(never string, fn func(app.KeptScore) error) error {
	if err := s.patient(); err != nil {
		return err
	}
	now := keptScores(s.from("assessments").Where("assessments.state = 'live'").
		Joins("JOIN assessment_scores ON assessment_scores.org_id = assessments.org_id" +
			" AND assessment_scores.assessment_id = assessments.id AND assessment_scores.version = assessments.current_version").
		Joins("JOIN referrals ON referrals.org_id = assessments.org_id AND referrals.id = assessments.referral_id")).
		Select("people.reference, schemes.name, assessments.measure_key, assessments.occasion, assessments.dated, assessments.on_day, series.series, assessment_scores.level, 1 = 0, referrals.ended_on, referrals.declined_on")
	if err := s.eachKept(now, fn); err != nil {
		return err
	}
	undone := s.from("assessment_versions").Where("act = 'withdrawn' AND SUBSTR(reason, 1, ?) = ?", len(never), never).Select("assessment_id")
	before := keptScores(s.from("assessments").Where("assessments.current_version > 1 AND assessments.id NOT IN (?)", undone).
		Joins("JOIN assessment_versions ON assessment_versions.org_id = assessments.org_id AND assessment_versions.assessment_id = assessments.id").
		Joins("JOIN assessment_scores ON assessment_scores.org_id = assessments.org_id" +
			" AND assessment_scores.assessment_id = assessments.id AND assessment_scores.version = assessment_versions.version").
		Joins("JOIN referrals ON referrals.org_id = assessments.org_id AND referrals.id = assessment_versions.referral_id")).
		Select("people.reference, schemes.name, assessments.measure_key, assessment_versions.occasion, assessment_versions.dated, assessment_versions.on_day, series.series, assessment_scores.level, 1 = 1, referrals.ended_on, referrals.declined_on")
	return s.eachKept(before, fn)
}

// keptScores are scores with whose they are, of a query that has the referral.
func keptScores(query *gorm.DB) *gorm.DB {
	return query.Joins("JOIN people ON people.org_id = referrals.org_id AND people.id = referrals.person_id").
		Joins("JOIN schemes ON schemes.org_id = referrals.org_id AND schemes.id = referrals.scheme_id").
		Joins("JOIN scores ON scores.id = assessment_scores.score_id").
		Joins("JOIN series ON series.number = scores.series_no")
}

func (s *scope) eachKept(query *gorm.DB, fn func(app.KeptScore) error) (err error) {
	rows, err := query.Rows()
	if err != nil {
		return failed("read scores", err)
	}
	defer func() {
		if closed := rows.Close(); err == nil {
			err = failed("read scores", closed)
		}
	}()
	for rows.Next() {
		var one app.KeptScore
		var of scheme.Referral
		if err := rows.Scan(&one.Reference, &one.Scheme, &one.Measure, &one.Occasion, &one.Dated, &one.On, &one.Series, &one.Level, &one.Before, &of.EndedOn, &of.DeclinedOn); err != nil {
			return failed("read a score", err)
		}
		one.Closed = of.Closed()
		if err := fn(one); err != nil {
			return err
		}
	}
	return failed("read scores", rows.Err())
}
