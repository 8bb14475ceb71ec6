package store

import (
	"strconv"
	"time"

	"gorm.io/gorm"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// alertRow is table alerts, migration 0018.
type alertRow struct {
	Owner
	ID           string `gorm:"primaryKey"`
	Kind         string
	AssessmentID string
	Version      int
	Response     *int
	Batch        *string
	Line         int
	State        string
	Choice       string
	RaisedAt     time.Time
	Revision     int
}

func (alertRow) TableName() string { return "alerts" }

func (r alertRow) alert() scheme.Alert {
	return scheme.Alert{
		ID: scheme.AlertID(r.ID), Kind: scheme.AlertKind(r.Kind), Assessment: scheme.AssessmentID(r.AssessmentID), Version: r.Version,
		Response: r.Response, Batch: deref(r.Batch), Line: r.Line, State: scheme.AlertState(r.State), Choice: scheme.Choice(r.Choice),
		RaisedAt: r.RaisedAt.UTC(), Revision: r.Revision,
	}
}

// alertStepRow is table alert_steps, migration 0018.
type alertStepRow struct {
	Owner
	AlertID   string `gorm:"primaryKey"`
	Step      int    `gorm:"primaryKey;autoIncrement:false"`
	Choice    string
	ByAccount string
	At        time.Time
	Note      []byte
	NoteOf    *string
}

func (alertStepRow) TableName() string { return "alert_steps" }

// AddAlert keeps a and the mails about it, once.
func (s *scope) AddAlert(a scheme.Alert, mails []scheme.DueMail) error {
	row := alertRow{
		ID: string(a.ID), Kind: string(a.Kind), AssessmentID: string(a.Assessment), Version: a.Version, Response: a.Response,
		Batch: optional(a.Batch), Line: a.Line, State: string(a.State), RaisedAt: instant(a.RaisedAt), Revision: 1,
	}
	added, err := add(s.tenant, []*alertRow{&row}, unlessTaken("org_id", "assessment_id", "version", "kind"))
	if err != nil || added == 0 {
		return failed("raise an alert", err)
	}
	letters := make([]*letterRow, len(mails))
	for i, m := range mails {
		letters[i] = &letterRow{AlertID: row.ID, Step: string(m.Step), State: string(app.LetterWaits), NotBefore: instant(m.At)}
	}
	_, err = add(s.tenant, letters)
	return failed("keep mails of an alert", err)
}

// SaveAlert keeps where an alert stands and what was done about it.
func (s *scope) SaveAlert(a scheme.Alert, did scheme.AlertStep, about scheme.PersonID) error {
	done := s.at("alerts", string(a.ID)).Where("revision = ?", a.Revision-1).
		Updates(map[string]any{"state": string(a.State), "choice": string(a.Choice), "revision": a.Revision})
	if done.Error == nil && done.RowsAffected == 0 {
		return stale()
	}
	if done.Error != nil {
		return failed("save an alert", done.Error)
	}
	row := alertStepRow{AlertID: string(a.ID), Step: a.Revision, Choice: string(did.Choice), ByAccount: string(did.By), At: s.store.now()}
	if did.Note != "" {
		key, err := s.keyOf(string(about))
		if err != nil {
			return err
		}
		of := string(about)
		row.NoteOf, row.Note = &of, key.seal([]byte(did.Note), s.org, row.AlertID, strconv.Itoa(row.Step), alertNote)
	}
	if _, err := add(s.tenant, []*alertStepRow{&row}); err != nil {
		return failed("keep what was done about an alert", err)
	}
	return failed("drop mails of an alert", s.from("outbox").Where("alert_id = ? AND state = ?", a.ID, app.LetterWaits).
		Updates(map[string]any{"state": string(app.LetterDropped), "done_at": s.store.now()}).Error)
}

// alertNote is where notes are sealed for.
const alertNote = "alert_steps.note"

// AlertSteps returns what was done about an alert. A note about somebody who was
// erased stays closed, and empty.
func (s *scope) AlertSteps(id scheme.AlertID) ([]scheme.AlertStep, error) {
	if !isID(string(id)) {
		return nil, missing()
	}
	var rows []struct {
		Row        alertStepRow `gorm:"embedded"`
		WrappedKey []byte
	}
	err := s.from("alert_steps").Where("alert_steps.alert_id = ?", id).
		Joins("LEFT JOIN person_keys ON person_keys.org_id = alert_steps.org_id AND person_keys.person_id = alert_steps.note_of").
		Select("alert_steps.*, person_keys.wrapped_key").Order("alert_steps.step").Find(&rows).Error
	if err != nil {
		return nil, failed("read what was done about an alert", err)
	}
	orgKey, err := s.orgKey()
	if err != nil {
		return nil, err
	}
	all := make([]scheme.AlertStep, len(rows))
	for i, r := range rows {
		all[i] = scheme.AlertStep{Choice: scheme.Choice(r.Row.Choice), By: scheme.AccountID(r.Row.ByAccount), At: r.Row.At.UTC()}
		if r.Row.Note == nil || r.WrappedKey == nil {
			continue
		}
		key, err := orgKey.openKey(r.WrappedKey, s.org, deref(r.Row.NoteOf), "person_keys.wrapped_key")
		if err != nil {
			return nil, err
		}
		note, err := key.open(r.Row.Note, s.org, r.Row.AlertID, strconv.Itoa(r.Row.Step), alertNote)
		if err != nil {
			return nil, err
		}
		all[i].Note = string(note)
	}
	return all, nil
}

// alerts begins a query of alerts with whose they are.
func (s *scope) alerts(of app.AlertFilter) *gorm.DB {
	q := s.from("alerts").
		Joins("JOIN assessments ON assessments.org_id = alerts.org_id AND assessments.id = alerts.assessment_id").
		Joins("JOIN referrals ON referrals.org_id = alerts.org_id AND referrals.id = assessments.referral_id")
	if of.Schemes != nil {
		q = q.Where("referrals.scheme_id IN ?", of.Schemes)
	}
	for column, id := range map[string]string{"alerts.id": string(of.ID), "alerts.assessment_id": string(of.Assessment), "assessments.referral_id": string(of.Referral), "alerts.batch": of.Batch} {
		switch {
		case id != "" && !isID(id):
			q = q.Where("1 = 0")
		case id != "":
			q = q.Where(column+" = ?", id)
		}
	}
	if of.Kind != "" {
		q = q.Where("alerts.kind = ?", of.Kind)
	}
	if of.Holders != nil {
		q = q.Where("NOT EXISTS (SELECT 1 FROM referral_practitioners keeper WHERE keeper.org_id = referrals.org_id AND keeper.referral_id = referrals.id"+
			" AND keeper.until_day IS NULL AND keeper.account_id NOT IN ?)", of.Holders)
	}
	if of.Holder != "" {
		q = q.Where("EXISTS (SELECT 1 FROM referral_practitioners mine WHERE mine.org_id = referrals.org_id AND mine.referral_id = referrals.id"+
			" AND mine.until_day IS NULL AND mine.account_id = ?)", of.Holder)
	}
	switch of.Came {
	case app.CameAlone:
		q = q.Where("alerts.batch IS NULL")
	case app.CameImported:
		q = q.Where("alerts.batch IS NOT NULL")
	}
	if !of.Closed {
		q = q.Where("alerts.state <> 'closed'")
	}
	if of.Limit > 0 {
		q = q.Limit(of.Limit)
	}
	return q
}

// Alerts returns those of the filter, first come first.
func (s *scope) Alerts(of app.AlertFilter) ([]app.AlertLine, error) {
	var rows []struct {
		Row        alertRow `gorm:"embedded"`
		ReferralID string
		PersonID   string
		Reference  string
		SchemeID   string
		SchemeName string
		MeasureKey string
		Edition    int
		OnDay      scheme.Day `gorm:"type:date"`
		Dated      string
		Newest     int
		Stands     string
	}
	err := s.alerts(of).
		Joins("JOIN people ON people.org_id = alerts.org_id AND people.id = referrals.person_id").
		Joins("JOIN schemes ON schemes.org_id = alerts.org_id AND schemes.id = referrals.scheme_id").
		Joins("JOIN measure_versions ON measure_versions.id = assessments.measure_version_id").
		Select("alerts.*, assessments.referral_id, referrals.person_id, people.reference, referrals.scheme_id, schemes.name AS scheme_name, assessments.measure_key," +
			" measure_versions.version AS edition, assessments.on_day, assessments.dated, assessments.current_version AS newest, assessments.state AS stands").
		Order("alerts.id").Find(&rows).Error
	if err != nil {
		return nil, failed("list alerts", err)
	}
	all := make([]app.AlertLine, len(rows))
	for i, r := range rows {
		all[i] = app.AlertLine{
			Alert: r.Row.alert(), Referral: scheme.ReferralID(r.ReferralID), Person: scheme.PersonID(r.PersonID), Reference: r.Reference,
			Scheme: scheme.ID(r.SchemeID), SchemeName: r.SchemeName, Measure: measure.Key(r.MeasureKey), Edition: r.Edition,
			On: r.OnDay, Dated: scheme.Dating(r.Dated), Newest: r.Newest, Withdrawn: r.Stands == withdrawn,
		}
	}
	return all, nil
}

// AlertBatches counts the alerts of imports, the newest import first.
func (s *scope) AlertBatches(of app.AlertFilter) ([]app.AlertBatch, error) {
	of.Came, of.Closed, of.Limit = app.CameImported, true, 0
	var rows []struct {
		Batch, Kind, State string
		N                  int
		First              string
	}
	// The identifier of an alert holds when it was raised, and sorts by it.
	err := s.alerts(of).Select("CAST(alerts.batch AS TEXT) AS batch, alerts.kind, alerts.state, COUNT(*) AS n, MIN(CAST(alerts.id AS TEXT)) AS first").
		Group("CAST(alerts.batch AS TEXT), alerts.kind, alerts.state").Order("5 DESC").Find(&rows).Error
	if err != nil {
		return nil, failed("count alerts of imports", err)
	}
	var all []app.AlertBatch
	at := map[string]int{}
	for _, r := range rows {
		i, there := at[r.Batch]
		if !there {
			i, at[r.Batch] = len(all), len(all)
			all = append(all, app.AlertBatch{ID: r.Batch})
		}
		b := &all[i]
		b.At = madeAt(r.First)
		switch scheme.AlertKind(r.Kind) {
		case scheme.AnswerRaised:
			b.Raised += r.N
		case scheme.LeftOut:
			b.Unanswered += r.N
		case scheme.WordsToRead:
			b.Words += r.N
		}
		if r.State != string(scheme.AlertClosed) {
			b.Open += r.N
		}
	}
	return all, nil
}
