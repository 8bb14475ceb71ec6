package store

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"time"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// auditRow is table audit, migration 0007.
type auditRow struct {
	Owner
	ID            string `gorm:"primaryKey"`
	At            time.Time
	Actor         *string
	Act           string
	Object        string
	RequestID     string
	PayloadDigest []byte
	RowMAC        []byte `gorm:"column:row_mac"`
}

func (auditRow) TableName() string { return "audit" }

// mac is the HMAC over all other columns.
func (r auditRow) mac(key []byte) []byte {
	return mac(key, r.OrgID, r.ID, r.At.UTC().Format(time.RFC3339Nano), deref(r.Actor), r.Act, r.Object, r.RequestID, string(r.PayloadDigest))
}

// auditPayloadRow is table audit_payloads, migration 0007.
type auditPayloadRow struct {
	Owner
	AuditID    string `gorm:"primaryKey"`
	Ciphertext []byte
}

func (auditPayloadRow) TableName() string { return "audit_payloads" }

const payloadColumn = "audit_payloads.ciphertext"

// Audit adds one row and, apart, what changed, where anything did.
func (s *scope) Audit(e app.Entry) error {
	id, err := newID()
	if err != nil {
		return err
	}
	if e.Payload == nil {
		return s.addAudit(id, e, nil)
	}
	raw, err := json.Marshal(e.Payload)
	if err != nil {
		return fmt.Errorf("encode what changed: %w", err)
	}
	key, err := s.orgKey()
	if err != nil {
		return err
	}
	sealed := key.seal(raw, s.org, id, payloadColumn)
	if err := s.addAudit(id, e, sealed); err != nil {
		return err
	}
	_, err = add(s.tenant, []*auditPayloadRow{{AuditID: id, Ciphertext: sealed}})
	return failed("add to the audit", err)
}

// addAudit adds the row of what is sealed, which may be nothing.
func (s *scope) addAudit(id string, e app.Entry, sealed []byte) error {
	digest := sha256.Sum256(sealed)
	row := auditRow{
		ID: id, At: s.store.now(), Actor: optional(string(e.Actor)), Act: e.Act,
		Object: e.Object, RequestID: e.RequestID, PayloadDigest: digest[:],
	}
	row.stamp(s.org)
	row.RowMAC = row.mac(s.store.keys.audit)
	_, err := add(s.tenant, []*auditRow{&row})
	return failed("add to the audit", err)
}

// VerifyAudit checks every row of the organisation's audit, and every payload
// that is still there against its row. It returns how many rows there are and
// the identifiers of those that somebody altered.
func (s *Store) VerifyAudit(ctx context.Context, org scheme.OrgID) (rows int, altered []string, err error) {
	_, err = s.once(ctx, org, s.reading(), func(sc *scope) error {
		found, err := sc.from("audit").
			Joins("LEFT JOIN audit_payloads ON audit_payloads.org_id = audit.org_id AND audit_payloads.audit_id = audit.id").
			Select("audit.*, audit_payloads.ciphertext").Order("audit.id").Rows()
		if err != nil {
			return failed("read the audit", err)
		}
		defer found.Close()
		for found.Next() {
			var r struct {
				Row        auditRow `gorm:"embedded"`
				Ciphertext []byte
			}
			if err := sc.db.ScanRows(found, &r); err != nil {
				return failed("read the audit", err)
			}
			rows++
			digest := sha256.Sum256(r.Ciphertext)
			if !hmac.Equal(r.Row.RowMAC, r.Row.mac(s.keys.audit)) ||
				r.Ciphertext != nil && !hmac.Equal(digest[:], r.Row.PayloadDigest) {
				altered = append(altered, r.Row.ID)
			}
		}
		return failed("read the audit", found.Err())
	})
	return rows, altered, err
}
