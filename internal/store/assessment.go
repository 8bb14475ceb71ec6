package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// assessmentRow is table assessments, migration 0005.
type assessmentRow struct {
	Owner
	ID               string `gorm:"primaryKey"`
	PersonID         string
	ReferralID       string
	MeasureKey       string
	MeasureVersionID string
	OnDay            scheme.Day `gorm:"type:date"`
	Rater            string
	Occasion         string
	State            string
	CurrentVersion   int
	Channel          string
	Helper           string
	Source           string
	Batch            string
	AddedAt          time.Time
}

func (assessmentRow) TableName() string { return "assessments" }

// assessmentVersionRow is table assessment_versions, migration 0005.
type assessmentVersionRow struct {
	Owner
	AssessmentID string `gorm:"primaryKey"`
	Version      int    `gorm:"primaryKey;autoIncrement:false"`
	Items        *string
	Reason       string
	ByAccount    *string
	At           time.Time
}

func (assessmentVersionRow) TableName() string { return "assessment_versions" }

// assessmentScoreRow is table assessment_scores, migration 0005.
type assessmentScoreRow struct {
	Owner
	AssessmentID string `gorm:"primaryKey"`
	Version      int    `gorm:"primaryKey;autoIncrement:false"`
	ScoreID      string `gorm:"primaryKey"`
	Level        measure.Level
	MinLevel     measure.Level
	MaxLevel     measure.Level
}

func (assessmentScoreRow) TableName() string { return "assessment_scores" }

const live = "live"

// AddAssessment keeps the first version of a. Its scores come back in the order
// of the measure's definition.
func (s *scope) AddAssessment(a scheme.Assessment, trace app.Trace) error {
	version, err := s.version(measureName{a.Measure, a.Version})
	if err != nil {
		return err
	}
	row := assessmentRow{
		ID: string(a.ID), PersonID: string(a.Person), ReferralID: string(a.Referral),
		MeasureKey: string(a.Measure), MeasureVersionID: version.id, OnDay: a.On, Rater: string(a.Rater),
		Occasion: string(a.Occasion), State: live, CurrentVersion: 1, Channel: string(a.Channel),
		Helper: string(a.Helper), Source: trace.Source, Batch: trace.Batch, AddedAt: s.store.now(),
	}
	once := unlessTakenWhere("state = 'live'", "org_id", "person_id", "measure_key", "on_day", "rater")
	added, err := add(s.tenant, []*assessmentRow{&row}, once)
	if err != nil {
		return failed("add an assessment", err)
	}
	if added == 0 {
		return fault.New(fault.Conflict, fault.AssessmentTwice,
			"This measure is already recorded for this person on %s. Check the date, and the person.", a.On.Long()).At("on")
	}
	return s.addFirstVersion(a, version, trace)
}

func (s *scope) addFirstVersion(a scheme.Assessment, version measureVersion, trace app.Trace) error {
	first := assessmentVersionRow{
		AssessmentID: string(a.ID), Version: 1, ByAccount: optional(string(trace.By)), At: s.store.now(),
	}
	if a.Responses != nil {
		raw, err := json.Marshal(a.Responses)
		if err != nil {
			return fmt.Errorf("encode responses: %w", err)
		}
		items := string(raw)
		first.Items = &items
	}
	if _, err := add(s.tenant, []*assessmentVersionRow{&first}); err != nil {
		return failed("add an assessment's version", err)
	}
	rows := make([]*assessmentScoreRow, len(a.Scores))
	for i, sc := range a.Scores {
		of, ok := version.scores[sc.Series]
		if !ok {
			return fmt.Errorf("measure %s, version %d, has no score %s", a.Measure, a.Version, sc.Series)
		}
		rows[i] = &assessmentScoreRow{
			AssessmentID: string(a.ID), Version: 1, ScoreID: of.ID,
			Level: sc.Level, MinLevel: of.MinLevel, MaxLevel: of.MaxLevel,
		}
	}
	_, err := add(s.tenant, rows)
	if errors.Is(err, gorm.ErrCheckConstraintViolated) {
		return fault.New(fault.Invalid, fault.ScoreRange, "%s cannot give this score. Check what you typed.", a.Measure).At("score").Because(err)
	}
	return failed("add an assessment's scores", err)
}

// liveRow is a live assessment with its version.
type liveRow struct {
	Row            assessmentRow `gorm:"embedded"`
	MeasureVersion int
	Items          *string
}

func (r liveRow) assessment() (scheme.Assessment, error) {
	a := scheme.Assessment{
		ID: scheme.AssessmentID(r.Row.ID), Person: scheme.PersonID(r.Row.PersonID),
		Referral: scheme.ReferralID(r.Row.ReferralID), Measure: measure.Key(r.Row.MeasureKey),
		Version: r.MeasureVersion, On: r.Row.OnDay, Occasion: scheme.Occasion(r.Row.Occasion),
		Rater: measure.Rater(r.Row.Rater), Channel: scheme.Channel(r.Row.Channel), Helper: scheme.Helper(r.Row.Helper),
	}
	if r.Items == nil {
		return a, nil
	}
	if err := json.Unmarshal([]byte(*r.Items), &a.Responses); err != nil {
		return scheme.Assessment{}, fmt.Errorf("responses of assessment %s: %w", a.ID, err)
	}
	return a, nil
}

func (s *scope) live() *gorm.DB {
	return s.from("assessments").
		Joins("JOIN measure_versions ON measure_versions.id = assessments.measure_version_id").
		Joins("JOIN assessment_versions ON assessment_versions.org_id = assessments.org_id" +
			" AND assessment_versions.assessment_id = assessments.id AND assessment_versions.version = assessments.current_version").
		Select("assessments.*, measure_versions.version AS measure_version, assessment_versions.items").
		Where("assessments.state = 'live'").Order("assessments.on_day, assessments.id")
}

// liveScore is one score of a live assessment.
type liveScore struct {
	AssessmentID string
	Series       measure.Series
	Level        measure.Level
}

func (s *scope) liveScores() *gorm.DB {
	return s.from("assessments").
		Joins("JOIN assessment_scores ON assessment_scores.org_id = assessments.org_id" +
			" AND assessment_scores.assessment_id = assessments.id AND assessment_scores.version = assessments.current_version").
		Joins("JOIN scores ON scores.id = assessment_scores.score_id").
		Joins("JOIN series ON series.number = scores.series_no").
		Select("assessment_scores.assessment_id, series.series, assessment_scores.level").
		Where("assessments.state = 'live'").Order("scores.position")
}

func (s *scope) Assessment(id scheme.AssessmentID) (scheme.Assessment, error) {
	if !isID(string(id)) {
		return scheme.Assessment{}, missing()
	}
	var row liveRow
	if err := s.live().Where("assessments.id = ?", id).Take(&row).Error; err != nil {
		return scheme.Assessment{}, failed("read an assessment", err)
	}
	var scores []liveScore
	if err := s.liveScores().Where("assessments.id = ?", id).Find(&scores).Error; err != nil {
		return scheme.Assessment{}, failed("read scores", err)
	}
	a, err := row.assessment()
	for _, sc := range scores {
		a.Scores = append(a.Scores, measure.Scored{Series: sc.Series, Level: sc.Level})
	}
	return a, err
}

// assessments returns the live ones of the referrals in the run, oldest first.
func (s *scope) assessments(of run) (map[scheme.ReferralID][]scheme.Assessment, error) {
	var rows []liveRow
	if err := of.narrow(s.live(), "assessments.referral_id").Find(&rows).Error; err != nil {
		return nil, failed("read assessments", err)
	}
	var found []liveScore
	if err := of.narrow(s.liveScores(), "assessments.referral_id").Find(&found).Error; err != nil {
		return nil, failed("read scores", err)
	}
	scores := map[string][]measure.Scored{}
	for _, sc := range found {
		scores[sc.AssessmentID] = append(scores[sc.AssessmentID], measure.Scored{Series: sc.Series, Level: sc.Level})
	}
	all := map[scheme.ReferralID][]scheme.Assessment{}
	for _, r := range rows {
		a, err := r.assessment()
		if err != nil {
			return nil, err
		}
		a.Scores = scores[r.Row.ID]
		all[a.Referral] = append(all[a.Referral], a)
	}
	return all, nil
}
