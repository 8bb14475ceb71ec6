package store

import (
	"crypto/hmac"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"cairn/internal/app"
	"cairn/internal/fault"
)

// idempotencyRow is table idempotency, migration 0007.
type idempotencyRow struct {
	Owner
	AccountID  string `gorm:"primaryKey"`
	Key        string `gorm:"primaryKey"`
	RequestMAC []byte `gorm:"column:request_mac"`
	Object     string
	ExpiresAt  time.Time
}

func (idempotencyRow) TableName() string { return "idempotency" }

// remembered is how long a request is known again: longer than a phone stays
// without a signal.
const remembered = 7 * 24 * time.Hour

// Claim inserts the key or finds it there. On PostgreSQL the insert waits for
// the transaction of a copy under way; on SQLite there is one writer.
func (s *scope) Claim(once app.Once) (object string, err error) {
	if once.Key == "" {
		return "", nil
	}
	now := s.store.now()
	row := idempotencyRow{AccountID: string(once.Account), Key: once.Key, ExpiresAt: now.Add(remembered), RequestMAC: s.macOf(once)}
	claimed, err := add(s.tenant, []*idempotencyRow{&row}, unlessAlive(now))
	if err != nil {
		return "", failed("claim a request", err)
	}
	if claimed > 0 {
		return "", nil
	}
	var first idempotencyRow
	if err := s.request(once).Take(&first).Error; err != nil {
		return "", failed("look up a request", err)
	}
	return first.madeBy(row.RequestMAC)
}

// Made returns what the request of that key made, or nothing.
func (s *scope) Made(once app.Once) (object string, err error) {
	var first []idempotencyRow
	if err := s.request(once).Where("expires_at > ?", s.store.now()).Limit(1).Find(&first).Error; err != nil || len(first) == 0 {
		return "", failed("look up a request", err)
	}
	return first[0].madeBy(s.macOf(once))
}

// madeBy is what a request made, if that is the one that is meant.
func (r idempotencyRow) madeBy(request []byte) (object string, err error) {
	if !hmac.Equal(r.RequestMAC, request) {
		return "", fault.New(fault.Conflict, fault.KeyReused, "This was sent before with other content, and that is kept. If you mean this as well, send it again under a new key.")
	}
	return r.Object, nil
}

func (s *scope) macOf(once app.Once) []byte {
	return mac(s.store.keys.request, s.org, string(once.Account), once.Act, string(once.Body))
}

// unlessAlive leaves a row of the same key, unless it has expired: then it is
// claimed anew.
func unlessAlive(now time.Time) clause.OnConflict {
	return clause.OnConflict{
		Columns:   named([]string{"org_id", "account_id", "key"}),
		DoUpdates: clause.AssignmentColumns([]string{"request_mac", "object", "expires_at"}),
		Where:     clause.Where{Exprs: []clause.Expression{clause.Expr{SQL: "idempotency.expires_at <= ?", Vars: []any{now}}}},
	}
}

// Settle records what the claimed request made.
func (s *scope) Settle(once app.Once, object string) error {
	if once.Key == "" {
		return nil
	}
	return changed("settle a request", s.request(once).Update("object", object))
}

func (s *scope) request(once app.Once) *gorm.DB {
	return s.from("idempotency").Where("account_id = ?", once.Account).Where(clause.Eq{Column: clause.Column{Name: "key"}, Value: once.Key})
}
