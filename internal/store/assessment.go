package store

import (
	"encoding/json"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// assessmentRow is table assessments, migrations 0005, 0016, 0034 and 0039.
type assessmentRow struct {
	Owner
	ID               string `gorm:"primaryKey"`
	PersonID         string
	ReferralID       string
	MeasureKey       string
	MeasureVersionID string
	OnDay            scheme.Day `gorm:"type:date"`
	Dated            string
	Moment           *string // of one that is not known to the day
	Rater            string
	Occasion         string
	State            string
	CurrentVersion   int
	Channel          string
	Helper           string
	Language         string
	Source           string
	Batch            string
	AddedAt          time.Time
}

func (assessmentRow) TableName() string { return "assessments" }

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

// States of an assessment.
const (
	live      = "live"
	withdrawn = "withdrawn"
)

// AddAssessment keeps the first version of a. Its scores come back in the order
// of the measure's definition.
func (s *scope) AddAssessment(a scheme.Assessment, trace app.Trace) error {
	err := s.addAssessments([]scheme.Assessment{a}, trace, func(there int, err error) error {
		if err == nil && there > 0 {
			return assessmentTwice(a)
		}
		return failed("add an assessment", err)
	})
	if err != nil {
		return err
	}
	a.Revision = 1
	return s.addVersions([]scheme.Revision{{Assessment: a, Act: scheme.Recorded, By: trace.By}})
}

// addAssessments adds what is said once of assessments, but for those of which
// there is a live one of the same person, measure, moment and rater. Of how many
// there is one is told to then, perhaps in two parts.
func (s *scope) addAssessments(all []scheme.Assessment, trace app.Trace, then func(there int, err error) error) error {
	var dated, undated []*assessmentRow
	now := s.store.now()
	for _, a := range all {
		version, err := s.version(measureName{a.Measure, a.Version})
		if err != nil {
			return err
		}
		row := &assessmentRow{
			ID: string(a.ID), PersonID: string(a.Person), ReferralID: string(a.Referral),
			MeasureKey: string(a.Measure), MeasureVersionID: version.id, OnDay: a.On, Dated: string(a.Dated), Moment: optional(a.Moment().Key()), Rater: string(a.Rater),
			Occasion: string(a.Occasion), State: live, CurrentVersion: 1, Channel: string(a.Channel),
			Helper: string(a.Helper), Language: string(a.Language), Source: trace.Source, Batch: trace.Batch, AddedAt: now,
		}
		if row.Moment == nil {
			dated = append(dated, row)
		} else {
			undated = append(undated, row)
		}
	}
	for _, of := range []struct {
		rows []*assessmentRow
		once clause.OnConflict
	}{
		{dated, unlessTakenWhere("state = 'live' AND dated = ''", "org_id", "person_id", "measure_key", "on_day", "rater")},
		{undated, unlessTakenWhere("state = 'live' AND moment IS NOT NULL", "org_id", "person_id", "measure_key", "moment", "rater")},
	} {
		err := addBehind(s.tenant, of.rows, func(added int64, err error) error { return then(len(of.rows)-int(added), err) }, of.once)
		if err != nil {
			return err
		}
	}
	return nil
}

// currentRow is an assessment with its current version.
type currentRow struct {
	Row            assessmentRow `gorm:"embedded"`
	MeasureVersion int
	Items          *string
	WordsOf        *string
	RiskAnswer     string
}

func (r currentRow) assessment() (scheme.Assessment, error) {
	a := scheme.Assessment{
		ID: scheme.AssessmentID(r.Row.ID), Person: scheme.PersonID(r.Row.PersonID),
		Referral: scheme.ReferralID(r.Row.ReferralID), Measure: measure.Key(r.Row.MeasureKey),
		Version: r.MeasureVersion, On: r.Row.OnDay, Dated: scheme.Dating(r.Row.Dated), Occasion: scheme.Occasion(r.Row.Occasion),
		Rater: measure.Rater(r.Row.Rater), Channel: scheme.Channel(r.Row.Channel), Helper: scheme.Helper(r.Row.Helper),
		Language: scheme.Language(r.Row.Language),
		Revision: r.Row.CurrentVersion, Withdrawn: r.Row.State == withdrawn, Words: sealedWords(r.WordsOf),
		RiskAnswer: scheme.RiskAnswer(r.RiskAnswer),
	}
	if r.Items == nil {
		return a, nil
	}
	if err := json.Unmarshal([]byte(*r.Items), &a.Responses); err != nil {
		return scheme.Assessment{}, fmt.Errorf("responses of assessment %s: %w", a.ID, err)
	}
	return a, nil
}

// current begins a query of assessments as they stand, oldest first.
func (s *scope) current() *gorm.DB {
	return s.from("assessments").
		Joins("JOIN measure_versions ON measure_versions.id = assessments.measure_version_id").
		Joins("JOIN assessment_versions ON assessment_versions.org_id = assessments.org_id" +
			" AND assessment_versions.assessment_id = assessments.id AND assessment_versions.version = assessments.current_version").
		Select("assessments.*, measure_versions.version AS measure_version, assessment_versions.items, assessment_versions.words_of, assessment_versions.risk_answer").
		Order("assessments.on_day, assessments.id")
}

// currentScore is one score of an assessment as it stands.
type currentScore struct {
	AssessmentID string
	Series       measure.Series
	Level        measure.Level
}

func (s *scope) currentScores() *gorm.DB {
	return s.from("assessments").
		Joins("JOIN assessment_scores ON assessment_scores.org_id = assessments.org_id" +
			" AND assessment_scores.assessment_id = assessments.id AND assessment_scores.version = assessments.current_version").
		Joins("JOIN scores ON scores.id = assessment_scores.score_id").
		Joins("JOIN series ON series.number = scores.series_no").
		Select("assessment_scores.assessment_id, series.series, assessment_scores.level").
		Order("scores.position")
}

// Assessment returns one as it stands, withdrawn ones too.
func (s *scope) Assessment(id scheme.AssessmentID) (scheme.Assessment, error) {
	if !isID(string(id)) {
		return scheme.Assessment{}, missing()
	}
	var row currentRow
	if err := s.current().Where("assessments.id = ?", id).Take(&row).Error; err != nil {
		return scheme.Assessment{}, failed("read an assessment", err)
	}
	var scores []currentScore
	if err := s.currentScores().Where("assessments.id = ?", id).Find(&scores).Error; err != nil {
		return scheme.Assessment{}, failed("read scores", err)
	}
	a, err := row.assessment()
	if err != nil {
		return scheme.Assessment{}, err
	}
	for _, sc := range scores {
		a.Scores = append(a.Scores, measure.Scored{Series: sc.Series, Level: sc.Level})
	}
	return a, s.addWords([]*scheme.Assessment{&a})
}

// assessments returns the live ones of the referrals in the run, oldest first.
func (s *scope) assessments(of run) (map[scheme.ReferralID][]scheme.Assessment, error) {
	var rows []currentRow
	if err := of.narrow(s.current().Where("assessments.state = 'live'"), "assessments.referral_id").Find(&rows).Error; err != nil {
		return nil, failed("read assessments", err)
	}
	var found []currentScore
	if err := of.narrow(s.currentScores().Where("assessments.state = 'live'"), "assessments.referral_id").Find(&found).Error; err != nil {
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
