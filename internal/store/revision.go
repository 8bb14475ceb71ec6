package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// assessmentVersionRow is table assessment_versions, migrations 0005, 0009,
// 0011, 0016, 0018 and 0039.
type assessmentVersionRow struct {
	Owner
	AssessmentID     string `gorm:"primaryKey"`
	Version          int    `gorm:"primaryKey;autoIncrement:false"`
	Items            *string
	Reason           string
	ByAccount        *string
	At               time.Time
	Act              string
	ReferralID       *string
	FromID           *string
	MeasureVersionID *string
	OnDay            scheme.Day `gorm:"type:date"`
	Dated            string
	Occasion         string
	Channel          string
	Helper           string
	Language         string
	OwnWords         []byte
	WordsOf          *string
	RiskAnswer       string
}

func (assessmentVersionRow) TableName() string { return "assessment_versions" }

// Revise adds a version and makes it the current one. Where the moment or the
// person is another one it looks for a twin first, because the unique index
// would say so in an error that ends the transaction.
func (s *scope) Revise(r scheme.Revision) error {
	if err := s.stillOnce(r); err != nil {
		return err
	}
	version, err := s.version(measureName{r.Measure, r.Assessment.Version})
	if err != nil {
		return err
	}
	state := live
	if r.Withdrawn {
		state = withdrawn
	}
	done := s.at("assessments", string(r.ID)).Where("current_version = ? AND state = ?", r.Revision-1, live).Updates(map[string]any{
		"person_id": string(r.Person), "referral_id": string(r.Referral), "measure_version_id": version.id, "on_day": r.On, "dated": string(r.Dated), "moment": optional(r.Moment().Key()),
		"occasion": string(r.Occasion), "channel": string(r.Channel), "helper": string(r.Helper), "language": string(r.Language),
		"state": state, "current_version": r.Revision,
	})
	if done.Error == nil && done.RowsAffected == 0 {
		return stale()
	}
	if done.Error != nil {
		return failed("revise an assessment", done.Error)
	}
	return s.addVersions([]scheme.Revision{r})
}

// stillOnce faults with assessment.twice when another live assessment has the
// measure, moment and rater that r would have for its person.
func (s *scope) stillOnce(r scheme.Revision) error {
	if r.Withdrawn || !isID(string(r.ID)) {
		return nil
	}
	query := s.from("assessments").Where("person_id = ? AND measure_key = ? AND rater = ? AND state = 'live'", r.Person, r.Measure, r.Rater)
	if r.Dated == scheme.ToTheDay {
		query = query.Where("on_day = ? AND dated = ''", r.On)
	} else {
		query = query.Where("moment = ?", r.Moment().Key())
	}
	var others int64
	err := query.Where("id <> ?", r.ID).Count(&others).Error
	if err == nil && others > 0 {
		return assessmentTwice(r.Assessment)
	}
	return failed("look for another assessment of the moment", err)
}

func assessmentTwice(a scheme.Assessment) *fault.Fault {
	if a.Dated != scheme.ToTheDay {
		return fault.New(fault.Conflict, fault.AssessmentTwice,
			"This measure is already recorded for this person as “%s”, on %s. Look which of the two is right.", a.Occasion.Label(), a.Day()).At("occasion")
	}
	return fault.New(fault.Conflict, fault.AssessmentTwice,
		"This measure is already recorded for this person on %s. Check the date, and the person.", a.On.Long()).At("on")
}

// addVersions adds what assessments say after one act each, with their scores.
func (s *scope) addVersions(all []scheme.Revision) error {
	versions, now := make([]*assessmentVersionRow, len(all)), s.store.now()
	var scores []*assessmentScoreRow
	for i, r := range all {
		version, err := s.version(measureName{r.Measure, r.Assessment.Version})
		if err != nil {
			return err
		}
		if versions[i], err = s.rowOfVersion(r, version); err != nil {
			return err
		}
		versions[i].At = now
		for _, sc := range r.Scores {
			of, ok := version.scores[sc.Series]
			if !ok {
				return fmt.Errorf("measure %s, version %d, has no score %s", r.Measure, r.Assessment.Version, sc.Series)
			}
			scores = append(scores, &assessmentScoreRow{
				AssessmentID: string(r.ID), Version: r.Revision, ScoreID: of.ID,
				Level: sc.Level, MinLevel: of.MinLevel, MaxLevel: of.MaxLevel,
			})
		}
	}
	if err := addBehind(s.tenant, versions, noting("add an assessment's version")); err != nil {
		return err
	}
	return addBehind(s.tenant, scores, func(_ int64, err error) error {
		if errors.Is(err, gorm.ErrCheckConstraintViolated) {
			return fault.New(fault.Invalid, fault.ScoreRange, "%s cannot give this score. Check what you typed.", all[0].Measure).At("score").Because(err)
		}
		return failed("add an assessment's scores", err)
	})
}

func (s *scope) rowOfVersion(r scheme.Revision, version measureVersion) (*assessmentVersionRow, error) {
	row := &assessmentVersionRow{
		AssessmentID: string(r.ID), Version: r.Revision, Reason: r.Reason, ByAccount: optional(string(r.By)),
		Act: string(r.Act), ReferralID: optional(string(r.Referral)), FromID: optional(string(r.From)), MeasureVersionID: &version.id, OnDay: r.On, Dated: string(r.Dated),
		Occasion: string(r.Occasion), Channel: string(r.Channel), Helper: string(r.Helper), Language: string(r.Language), RiskAnswer: string(r.RiskAnswer),
	}
	if r.Responses != nil {
		raw, err := json.Marshal(r.Responses)
		if err != nil {
			return nil, fmt.Errorf("encode responses: %w", err)
		}
		items := string(raw)
		row.Items = &items
	}
	return row, s.sealWords(row, r.Assessment)
}

// Revisions returns every version of an assessment, the first one first.
func (s *scope) Revisions(id scheme.AssessmentID) ([]scheme.Revision, error) {
	if err := s.at("assessments", string(id)).Select("id").Take(&assessmentRow{}).Error; err != nil {
		return nil, failed("read an assessment", err)
	}
	return s.revisions([]string{string(id)})
}

// Changed returns every version of the assessments that were recorded for a
// person and corrected, moved or withdrawn since. For most people that is
// nothing, found in two steps along indexes.
func (s *scope) Changed(person scheme.PersonID) ([]scheme.Revision, error) {
	if !isID(string(person)) {
		return nil, missing()
	}
	return s.changed([]scheme.PersonID{person})
}

// ChangedOfAll is Changed for some hundreds of people.
func (s *scope) ChangedOfAll(people []scheme.PersonID) (map[scheme.PersonID][]scheme.Revision, error) {
	all := map[scheme.PersonID][]scheme.Revision{}
	if len(people) == 0 {
		return all, nil
	}
	versions, err := s.changed(people)
	for _, v := range versions {
		all[v.Person] = append(all[v.Person], v)
	}
	return all, err
}

func (s *scope) changed(people []scheme.PersonID) ([]scheme.Revision, error) {
	theirs := s.from("referrals").Select("id").Where("ordinal > 0").Where(s.oneOf("person_id", people))
	var changed, gone []string
	err := s.from("assessments").Where("referral_id IN (?) AND current_version > 1", theirs).Pluck("id", &changed).Error
	if err == nil {
		err = s.from("assessment_versions").Where("from_id IN (?)", theirs).Pluck("assessment_id", &gone).Error
	}
	if err != nil {
		return nil, failed("look for what was changed", err)
	}
	return s.revisions(append(changed, gone...))
}

// versionRow is a version with what it has from its assessment, and whose its
// referral is.
type versionRow struct {
	Row            assessmentVersionRow `gorm:"embedded"`
	MeasureVersion int
	MeasureKey     string
	Rater          string
	PersonID       string
}

// revisions reads all versions of those assessments.
func (s *scope) revisions(ids []string) ([]scheme.Revision, error) {
	if len(ids) == 0 {
		return []scheme.Revision{}, nil
	}
	var rows []versionRow
	err := s.from("assessment_versions").Where("assessment_versions.assessment_id IN ?", ids).
		Joins("JOIN assessments ON assessments.org_id = assessment_versions.org_id AND assessments.id = assessment_versions.assessment_id").
		Joins("JOIN referrals ON referrals.org_id = assessment_versions.org_id AND referrals.id = assessment_versions.referral_id").
		Joins("JOIN measure_versions ON measure_versions.id = assessment_versions.measure_version_id").
		Select("assessment_versions.*, measure_versions.version AS measure_version, assessments.measure_key, assessments.rater, referrals.person_id").
		Order("assessment_versions.assessment_id, assessment_versions.version").Find(&rows).Error
	if err != nil {
		return nil, failed("read an assessment's versions", err)
	}
	var found []struct {
		AssessmentID string
		Version      int
		Series       measure.Series
		Level        measure.Level
	}
	err = s.from("assessment_scores").Where("assessment_scores.assessment_id IN ?", ids).
		Joins("JOIN scores ON scores.id = assessment_scores.score_id").Joins("JOIN series ON series.number = scores.series_no").
		Select("assessment_scores.assessment_id, assessment_scores.version, series.series, assessment_scores.level").
		Order("scores.position").Find(&found).Error
	if err != nil {
		return nil, failed("read scores", err)
	}
	all, worded := make([]scheme.Revision, len(rows)), make([]*scheme.Assessment, len(rows))
	for i, r := range rows {
		if all[i], err = r.revision(); err != nil {
			return nil, err
		}
		worded[i] = &all[i].Assessment
		for _, sc := range found {
			if sc.AssessmentID == r.Row.AssessmentID && sc.Version == r.Row.Version {
				all[i].Scores = append(all[i].Scores, measure.Scored{Series: sc.Series, Level: sc.Level})
			}
		}
	}
	return all, s.addWords(worded)
}

func (r versionRow) revision() (scheme.Revision, error) {
	v := scheme.Revision{
		Act: scheme.Act(r.Row.Act), From: scheme.ReferralID(deref(r.Row.FromID)), Reason: r.Row.Reason, By: scheme.AccountID(deref(r.Row.ByAccount)), At: r.Row.At.UTC(),
		Assessment: scheme.Assessment{
			ID: scheme.AssessmentID(r.Row.AssessmentID), Person: scheme.PersonID(r.PersonID), Measure: measure.Key(r.MeasureKey),
			Rater: measure.Rater(r.Rater), Referral: scheme.ReferralID(deref(r.Row.ReferralID)), Version: r.MeasureVersion,
			On: r.Row.OnDay, Dated: scheme.Dating(r.Row.Dated), Occasion: scheme.Occasion(r.Row.Occasion), Channel: scheme.Channel(r.Row.Channel), Helper: scheme.Helper(r.Row.Helper), Language: scheme.Language(r.Row.Language),
			Revision: r.Row.Version, Withdrawn: scheme.Act(r.Row.Act) == scheme.Withdrawn, Words: sealedWords(r.Row.WordsOf),
			RiskAnswer: scheme.RiskAnswer(r.Row.RiskAnswer),
		},
	}
	if r.Row.Items == nil {
		return v, nil
	}
	if err := json.Unmarshal([]byte(*r.Row.Items), &v.Responses); err != nil {
		return scheme.Revision{}, fmt.Errorf("responses of assessment %s: %w", v.ID, err)
	}
	return v, nil
}
