package store

import (
	"encoding/json"
	"fmt"
	"time"

	"gorm.io/gorm"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// Changes returns the acts on one record that wrote something, the newest first.
func (s *scope) Changes(of string, limit int) ([]app.Deed, error) {
	return s.deeds(s.from("audit").Where("audit.object = ? AND audit.act NOT LIKE 'open %'", of), limit)
}

// Openings returns who opened any of those records, the newest first.
func (s *scope) Openings(of []string, limit int) ([]app.Deed, error) {
	return s.deeds(s.from("audit").Where("audit.object IN ? AND audit.act LIKE 'open %'", of), limit)
}

// deeds opens of what was written only which fields a change came to.
func (s *scope) deeds(query *gorm.DB, limit int) ([]app.Deed, error) {
	var rows []struct {
		ID         string
		At         time.Time
		Actor      *string
		Act        string
		Ciphertext []byte
	}
	err := query.Joins("LEFT JOIN audit_payloads ON audit_payloads.org_id = audit.org_id AND audit_payloads.audit_id = audit.id").
		Select("audit.id, audit.at, audit.actor, audit.act, audit_payloads.ciphertext").Order("audit.id DESC").Limit(limit).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, failed("read the audit of a record", err)
	}
	key, err := s.orgKey()
	if err != nil {
		return nil, err
	}
	all := make([]app.Deed, len(rows))
	for i, r := range rows {
		all[i] = app.Deed{At: r.At.UTC(), By: scheme.AccountID(deref(r.Actor)), Act: r.Act}
		if len(r.Ciphertext) == 0 {
			continue
		}
		raw, err := key.open(r.Ciphertext, s.org, r.ID, payloadColumn)
		if err != nil {
			return nil, fmt.Errorf("payload of audit row %s: %w", r.ID, err)
		}
		var said struct {
			Changed []string `json:"changed"`
		}
		if json.Unmarshal(raw, &said) == nil { // other acts may hold something else there
			all[i].Changed = said.Changed
		}
	}
	return all, nil
}
