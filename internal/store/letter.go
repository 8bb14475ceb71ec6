package store

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// letterRow is table outbox, migration 0018.
type letterRow struct {
	Owner
	AlertID   string `gorm:"primaryKey"`
	Step      string `gorm:"primaryKey"`
	State     string
	NotBefore time.Time
	Attempts  int
	DoneAt    *time.Time
}

func (letterRow) TableName() string { return "outbox" }

func (r letterRow) letter() app.Letter {
	l := app.Letter{
		Alert: scheme.AlertID(r.AlertID), Step: scheme.MailStep(r.Step), State: app.LetterState(r.State),
		NotDue: r.NotBefore.UTC(), Attempts: r.Attempts,
	}
	if r.DoneAt != nil {
		l.DoneAt = r.DoneAt.UTC()
	}
	return l
}

// Letters returns the mails about an alert, in the order in which they are due.
func (s *scope) Letters(id scheme.AlertID) ([]app.Letter, error) {
	if !isID(string(id)) {
		return nil, missing()
	}
	var rows []letterRow
	err := s.from("outbox").Where("alert_id = ?", id).Order("not_before, step").Find(&rows).Error
	all := make([]app.Letter, len(rows))
	for i, r := range rows {
		all[i] = r.letter()
	}
	return all, failed("read mails of an alert", err)
}

// ClaimLetter takes the mail that is due first. Of two servers that want the same
// one, the attempt is counted for one of them only; the other looks again.
func (s *scope) ClaimLetter(now, until time.Time) (app.Letter, bool, error) {
	for {
		var rows []letterRow
		err := s.from("outbox").Where("state = ? AND not_before <= ?", app.LetterWaits, instant(now)).Order("not_before, alert_id, step").Limit(1).Find(&rows).Error
		if err != nil || len(rows) == 0 {
			return app.Letter{}, false, failed("look for mail", err)
		}
		row := rows[0]
		done := s.letterAt(row.letter()).Where("attempts = ?", row.Attempts).
			Updates(map[string]any{"attempts": row.Attempts + 1, "not_before": instant(until)})
		if done.Error != nil {
			return app.Letter{}, false, failed("claim a mail", done.Error)
		}
		if done.RowsAffected == 1 {
			row.Attempts++
			return row.letter(), true, nil
		}
	}
}

// SettleLetter keeps what became of a claimed mail. One that was dropped
// meanwhile stays dropped, unless it went out.
func (s *scope) SettleLetter(l app.Letter) error {
	to := map[string]any{"state": string(l.State), "not_before": instant(l.NotDue)}
	if !l.DoneAt.IsZero() {
		to["done_at"] = instant(l.DoneAt)
	}
	q := s.letterAt(l)
	if l.State == app.LetterSent {
		q = s.from("outbox").Where("alert_id = ? AND step = ?", l.Alert, l.Step)
	}
	return failed("settle a mail", q.Updates(to).Error)
}

// letterAt begins a query of one mail that waits.
func (s *scope) letterAt(l app.Letter) *gorm.DB {
	return s.from("outbox").Where("alert_id = ? AND step = ? AND state = ?", l.Alert, l.Step, app.LetterWaits)
}

// madeAt is the instant that a UUIDv7 holds, which is in milliseconds.
func madeAt(id string) time.Time {
	of, err := uuid.Parse(id)
	if err != nil {
		return time.Time{}
	}
	seconds, nanos := of.Time().UnixTime()
	return time.Unix(seconds, nanos).UTC()
}

// protocolRow is table protocols, migration 0018.
type protocolRow struct {
	Owner
	Version   int `gorm:"primaryKey;autoIncrement:false"`
	Body      string
	Phones    string
	LeadID    string
	DeputyID  *string
	Minutes   int
	ByAccount string
	At        time.Time
}

func (protocolRow) TableName() string { return "protocols" }

// Protocol returns the newest, or an empty one.
func (s *scope) Protocol() (scheme.Protocol, error) {
	var rows []protocolRow
	if err := s.from("protocols").Order("version DESC").Limit(1).Find(&rows).Error; err != nil || len(rows) == 0 {
		return scheme.Protocol{}, failed("read the protocol", err)
	}
	r := rows[0]
	p := scheme.Protocol{
		Version: r.Version, Text: r.Body, Lead: scheme.AccountID(r.LeadID), Deputy: scheme.AccountID(deref(r.DeputyID)),
		Minutes: r.Minutes, By: scheme.AccountID(r.ByAccount), At: r.At.UTC(),
	}
	if err := json.Unmarshal([]byte(r.Phones), &p.Phones); err != nil {
		return scheme.Protocol{}, fmt.Errorf("phones of protocol %d: %w", r.Version, err)
	}
	return p, nil
}

// AddProtocol keeps one more version.
func (s *scope) AddProtocol(p scheme.Protocol) error {
	phones, err := json.Marshal(p.Phones)
	if err != nil {
		return fmt.Errorf("encode phones: %w", err)
	}
	row := protocolRow{
		Version: p.Version, Body: p.Text, Phones: string(phones), LeadID: string(p.Lead), DeputyID: optional(string(p.Deputy)),
		Minutes: p.Minutes, ByAccount: string(p.By), At: s.store.now(),
	}
	added, err := add(s.tenant, []*protocolRow{&row}, unlessTaken("org_id", "version"))
	if err == nil && added == 0 {
		return stale()
	}
	return failed("add a protocol", err)
}

// Members returns everybody with a login in the organisation.
func (s *scope) Members() ([]app.Member, error) {
	var rows []struct {
		AccountID, Login, Role string
		AllSchemes             bool
	}
	err := s.from("memberships").Joins("JOIN accounts ON accounts.id = memberships.account_id").
		Select("memberships.account_id, accounts.login, memberships.role, memberships.all_schemes").Order("accounts.login").Find(&rows).Error
	all := make([]app.Member, len(rows))
	for i, r := range rows {
		all[i] = app.Member{Account: scheme.AccountID(r.AccountID), Login: r.Login, Role: app.Role(r.Role), AllSchemes: r.AllSchemes}
	}
	return all, failed("read members", err)
}
