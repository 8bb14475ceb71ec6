package store

import (
	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// collectedRow is one measure of one referral at one follow-up, out of its pairs.
type collectedRow struct {
	ReferralID   string
	SchemeID     string
	AccountID    *string
	MeasureKey   string
	Occasion     int
	DueDays      int
	AfterDays    int
	BaseDays     int // the last day of the baseline's window, after the start
	Exit         int
	ClosesOn     scheme.Day `gorm:"type:date"`
	BaseOn       scheme.Day `gorm:"type:date"`
	LaterOn      scheme.Day `gorm:"type:date"`
	BaseChannel  int
	BaseHelper   int
	LaterChannel int
	LaterHelper  int
}

// Collected returns what was due of accepted referrals and what came of it, with
// windows that close on or after a day. A measure of several scores counts once:
// whichever of them there is.
func (s *scope) Collected(q app.QualityQuery) ([]scheme.Collected, error) {
	query := s.from("outcome_pairs").
		Joins("JOIN schemes ON schemes.org_id = outcome_pairs.org_id AND schemes.number = outcome_pairs.scheme_no").
		Joins("JOIN series ON series.number = outcome_pairs.series_no").
		Joins("JOIN referrals ON referrals.org_id = outcome_pairs.org_id AND referrals.id = outcome_pairs.referral_id").
		Joins("JOIN plan_items item ON item.org_id = referrals.org_id AND item.plan_id = referrals.plan_id"+
			" AND item.measure_key = series.measure_key AND item.occasion = 'day-' || outcome_pairs.occasion").
		Joins("JOIN plan_items base ON base.org_id = referrals.org_id AND base.plan_id = referrals.plan_id"+
			" AND base.measure_key = series.measure_key AND base.occasion = ?", string(scheme.Baseline)).
		Joins(joinPractitioner).
		Where("outcome_pairs.occasion > 0 AND outcome_pairs.stage >= ? AND outcome_pairs.closes_on >= ?", scheme.StageAccepted, q.Since)
	if q.Schemes != nil {
		query = query.Where("schemes.id IN ?", q.Schemes)
	}
	const one = "outcome_pairs.referral_id, schemes.id, keeper.account_id, series.measure_key, outcome_pairs.occasion," +
		" item.due_days, item.after_days, base.due_days, base.after_days"
	var rows []collectedRow
	err := query.Group(one).Order("outcome_pairs.referral_id, series.measure_key, outcome_pairs.occasion").
		Select("outcome_pairs.referral_id, schemes.id AS scheme_id, keeper.account_id, series.measure_key, outcome_pairs.occasion," +
			" item.due_days, item.after_days, base.due_days + base.after_days AS base_days, MAX(exit) AS exit, MAX(closes_on) AS closes_on," +
			" MAX(base_on) AS base_on, MAX(later_on) AS later_on, MAX(base_channel) AS base_channel, MAX(base_helper) AS base_helper," +
			" MAX(later_channel) AS later_channel, MAX(later_helper) AS later_helper").
		Find(&rows).Error
	if err != nil {
		return nil, failed("read what was due and recorded", err)
	}
	all, d := make([]scheme.Collected, len(rows)), decoder{}
	for i, r := range rows {
		all[i] = r.collected(&d)
	}
	return all, d.err
}

func (r collectedRow) collected(d *decoder) scheme.Collected {
	taken := func(on scheme.Day, channel, helper int) scheme.Taken {
		return scheme.Taken{On: on, Channel: scheme.Channel(d.term(scheme.Channels(), channel)), Helper: scheme.Helper(d.term(scheme.Helpers(), helper))}
	}
	due := r.ClosesOn.Plus(-r.AfterDays)
	return scheme.Collected{
		Referral: scheme.ReferralID(r.ReferralID), Scheme: scheme.ID(r.SchemeID), Practitioner: scheme.AccountID(deref(r.AccountID)),
		Measure: measure.Key(r.MeasureKey), Occasion: d.occasion(r.Occasion), Exit: at(d, exits(), r.Exit),
		BaselineCloses: due.Plus(r.BaseDays - r.DueDays), Due: due, Closes: r.ClosesOn,
		Base: taken(r.BaseOn, r.BaseChannel, r.BaseHelper), Later: taken(r.LaterOn, r.LaterChannel, r.LaterHelper),
	}
}

// Entries returns the live assessments answered on or after a day, those of one
// person, measure and rater beside each other, oldest first. Own words stay
// sealed.
func (s *scope) Entries(q app.QualityQuery) ([]app.Entered, error) {
	var rows []struct {
		Row       currentRow `gorm:"embedded"`
		SchemeID  string
		Reference string
	}
	const belongs = "JOIN referrals ON referrals.org_id = assessments.org_id AND referrals.id = assessments.referral_id"
	query := s.current().Joins(belongs).
		Joins("JOIN people ON people.org_id = assessments.org_id AND people.id = assessments.person_id").
		Where("assessments.state = 'live' AND assessments.on_day >= ?", q.Since).
		Select("assessments.*, measure_versions.version AS measure_version, assessment_versions.items, assessment_versions.words_of, referrals.scheme_id, people.reference")
	scores := s.currentScores().Joins(belongs).Where("assessments.state = 'live' AND assessments.on_day >= ?", q.Since)
	if q.Schemes != nil {
		query, scores = query.Where("referrals.scheme_id IN ?", q.Schemes), scores.Where("referrals.scheme_id IN ?", q.Schemes)
	}
	if err := query.Find(&rows).Error; err != nil {
		return nil, failed("read what was recorded", err)
	}
	var found []currentScore
	if err := scores.Find(&found).Error; err != nil {
		return nil, failed("read scores", err)
	}
	of := map[string][]measure.Scored{}
	for _, sc := range found {
		of[sc.AssessmentID] = append(of[sc.AssessmentID], measure.Scored{Series: sc.Series, Level: sc.Level})
	}
	all := make([]app.Entered, len(rows))
	for i, r := range rows {
		a, err := r.Row.assessment()
		if err != nil {
			return nil, err
		}
		a.Scores = of[string(a.ID)]
		all[i] = app.Entered{Assessment: a, Scheme: scheme.ID(r.SchemeID), Reference: r.Reference}
	}
	return all, nil
}

// Reasons counts why measures that were due were not taken, by scheme, on or
// after a day.
func (s *scope) Reasons(q app.QualityQuery) ([]app.ReasonCount, error) {
	query := s.from("not_done").
		Joins("JOIN referrals ON referrals.org_id = not_done.org_id AND referrals.id = not_done.referral_id").
		Where("not_done.undone_at IS NULL AND not_done.on_day >= ?", q.Since)
	if q.Schemes != nil {
		query = query.Where("referrals.scheme_id IN ?", q.Schemes)
	}
	var rows []struct {
		SchemeID string
		Reason   string
		Times    int
	}
	err := query.Group("referrals.scheme_id, not_done.reason").Order("referrals.scheme_id, not_done.reason").
		Select("referrals.scheme_id, not_done.reason, COUNT(*) AS times").Find(&rows).Error
	if err != nil {
		return nil, failed("count reasons", err)
	}
	all := make([]app.ReasonCount, len(rows))
	for i, r := range rows {
		all[i] = app.ReasonCount{Scheme: scheme.ID(r.SchemeID), Reason: scheme.NotDoneReason(r.Reason), Times: r.Times}
	}
	return all, nil
}
