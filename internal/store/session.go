package store

import (
	"context"
	"crypto/sha256"
	"time"

	"github.com/alexedwards/scs/v2"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"cairn/internal/scheme"
)

// sessionRow is table sessions, migration 0001.
type sessionRow struct {
	TokenHash []byte `gorm:"primaryKey"`
	AccountID *string
	OrgID     *string
	Data      []byte
	LastSeen  time.Time
	ExpiresAt time.Time
}

func (sessionRow) TableName() string { return "sessions" }

// What the values of a session are called that say whose it is. Both hold a
// string; a session without them is nobody's yet.
const (
	sessionAccount = "account"
	sessionOrg     = "org"
)

// Sessions keep the sessions of scs. They hash tokens themselves, so that no
// setting elsewhere can put a token that works into the database.
type Sessions struct{ store *Store }

var _ scs.CtxStore = Sessions{}

func (s *Store) Sessions() Sessions { return Sessions{s} }

func hashed(token string) []byte {
	digest := sha256.Sum256([]byte(token))
	return digest[:]
}

// FindCtx returns the data of a session that has not expired.
func (s Sessions) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	var row sessionRow
	query := s.store.read.WithContext(ctx).Where("token_hash = ? AND expires_at > ?", hashed(token), s.store.now()).Limit(1).Find(&row)
	return row.Data, query.RowsAffected == 1, failed("look up a session", query.Error)
}

// CommitCtx keeps the session, with the account and organisation it names, so
// that all sessions of an account can be found and ended.
func (s Sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	_, values, err := scs.GobCodec{}.Decode(data)
	if err != nil {
		return failed("read a session", err)
	}
	row := sessionRow{
		TokenHash: hashed(token), Data: data, LastSeen: s.store.now(), ExpiresAt: instant(expiry),
		AccountID: textOf(values, sessionAccount), OrgID: textOf(values, sessionOrg),
	}
	done := s.store.write.WithContext(ctx).Clauses(clause.OnConflict{
		Columns:   named([]string{"token_hash"}),
		DoUpdates: clause.AssignmentColumns([]string{"account_id", "org_id", "data", "last_seen", "expires_at"}),
	}).Create(&row)
	return failed("keep a session", done.Error)
}

func textOf(values map[string]any, name string) *string {
	text, _ := values[name].(string)
	return optional(text)
}

// DeleteCtx ends a session; one that is not there is ended already.
func (s Sessions) DeleteCtx(ctx context.Context, token string) error {
	done := s.store.write.WithContext(ctx).Where("token_hash = ?", hashed(token)).Delete(&sessionRow{})
	return failed("end a session", done.Error)
}

// Find, Commit and Delete are what scs calls where it has no context.
func (s Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

func (s Sessions) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

func (s Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

// RevokeSessions ends every session of the account.
func (s *Store) RevokeSessions(ctx context.Context, account scheme.AccountID) error {
	if !isID(string(account)) {
		return missing()
	}
	done := s.write.WithContext(ctx).Where("account_id = ?", string(account)).Delete(&sessionRow{})
	return failed("end sessions", done.Error)
}

// ForgetExpired deletes sessions and remembered requests that have expired, and
// files that were on their way in for too long.
func (s *Store) ForgetExpired(ctx context.Context) error {
	now := s.now()
	err := s.platform(ctx, func(tx *gorm.DB) error {
		return failed("forget sessions", tx.Where("expires_at <= ?", now).Delete(&sessionRow{}).Error)
	})
	if err != nil {
		return err
	}
	all, err := s.Organisations(ctx)
	if err != nil {
		return err
	}
	for _, o := range all {
		_, err := s.once(ctx, o.ID, s.writing(), func(sc *scope) error {
			if err := sc.from("idempotency").Where("expires_at <= ?", now).Delete(&idempotencyRow{}).Error; err != nil {
				return failed("forget requests", err)
			}
			return sc.ExpireImports()
		})
		if err != nil {
			return err
		}
	}
	return nil
}
