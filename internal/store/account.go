package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// accountRow is table accounts, migration 0001.
type accountRow struct {
	ID           string `gorm:"primaryKey"`
	Login        string
	PasswordHash string
	AddedAt      time.Time
}

func (accountRow) TableName() string { return "accounts" }

// membershipRow is table memberships, migration 0001.
type membershipRow struct {
	OrgID      string `gorm:"primaryKey"`
	AccountID  string `gorm:"primaryKey"`
	Role       string
	Profession string
	AllSchemes bool
}

func (membershipRow) TableName() string { return "memberships" }

// membershipSchemeRow is table membership_schemes, migration 0003.
type membershipSchemeRow struct {
	OrgID     string `gorm:"primaryKey"`
	AccountID string `gorm:"primaryKey"`
	SchemeID  string `gorm:"primaryKey"`
}

func (membershipSchemeRow) TableName() string { return "membership_schemes" }

// tokenRow is table api_tokens, migration 0001.
type tokenRow struct {
	TokenHash []byte `gorm:"primaryKey"`
	OrgID     string
	AccountID string
	Name      string
	AddedAt   time.Time
	ExpiresAt time.Time
}

func (tokenRow) TableName() string { return "api_tokens" }

// platform runs fn in one transaction outside any organisation.
func (s *Store) platform(ctx context.Context, fn func(*gorm.DB) error) error {
	return unavailable(s.write.WithContext(ctx).Transaction(fn))
}

func (s *Store) Login(ctx context.Context, login string) (app.Account, error) {
	return s.account(s.read.WithContext(ctx), "login = ?", login)
}

func (s *Store) Account(ctx context.Context, id scheme.AccountID) (app.Account, error) {
	if !isID(string(id)) {
		return app.Account{}, missing()
	}
	return s.account(s.read.WithContext(ctx), "id = ?", string(id))
}

func (s *Store) account(db *gorm.DB, where, value string) (app.Account, error) {
	var row accountRow
	if err := db.Where(where, value).Take(&row).Error; err != nil {
		return app.Account{}, failed("read an account", err)
	}
	var memberships []membershipRow
	if err := db.Where("account_id = ?", row.ID).Order("org_id").Find(&memberships).Error; err != nil {
		return app.Account{}, failed("read memberships", err)
	}
	var schemes []membershipSchemeRow
	if err := db.Where("account_id = ?", row.ID).Order("org_id, scheme_id").Find(&schemes).Error; err != nil {
		return app.Account{}, failed("read memberships", err)
	}
	a := app.Account{ID: scheme.AccountID(row.ID), Login: row.Login, PasswordHash: row.PasswordHash}
	for _, m := range memberships {
		of := app.Membership{
			Org: scheme.OrgID(m.OrgID), Role: app.Role(m.Role), Profession: m.Profession, AllSchemes: m.AllSchemes,
		}
		for _, sc := range schemes {
			if sc.OrgID == m.OrgID {
				of.Schemes = append(of.Schemes, scheme.ID(sc.SchemeID))
			}
		}
		a.Memberships = append(a.Memberships, of)
	}
	return a, nil
}

// AddAccount keeps a with its memberships, all or nothing.
func (s *Store) AddAccount(ctx context.Context, a app.Account) error {
	return s.platform(ctx, func(tx *gorm.DB) error { return s.addAccount(tx, a) })
}

func (s *Store) addAccount(tx *gorm.DB, a app.Account) error {
	row := accountRow{ID: string(a.ID), Login: a.Login, PasswordHash: a.PasswordHash, AddedAt: s.now()}
	done := tx.Clauses(unlessTaken("login")).Create(&row)
	if done.Error == nil && done.RowsAffected == 0 {
		return fault.New(fault.Conflict, fault.LoginTaken, "There is an account with this login already. Choose another one.").At("login")
	}
	if done.Error != nil {
		return failed("add an account", done.Error)
	}
	for _, m := range a.Memberships {
		if err := addMembership(tx, row.ID, m); err != nil {
			return err
		}
	}
	return nil
}

func addMembership(tx *gorm.DB, account string, m app.Membership) error {
	row := membershipRow{
		OrgID: string(m.Org), AccountID: account, Role: string(m.Role), Profession: m.Profession, AllSchemes: m.AllSchemes,
	}
	if err := tx.Create(&row).Error; err != nil {
		return failed("add a membership", err)
	}
	for _, id := range m.Schemes {
		if err := tx.Create(&membershipSchemeRow{OrgID: row.OrgID, AccountID: account, SchemeID: string(id)}).Error; err != nil {
			return failed("add a membership's scheme", err)
		}
	}
	return nil
}

func (s *Store) AddToken(ctx context.Context, t app.Token) error {
	row := tokenRow{
		TokenHash: t.Hash, OrgID: string(t.Org), AccountID: string(t.Account), Name: t.Name,
		AddedAt: s.now(), ExpiresAt: instant(t.Expires),
	}
	return failed("add a token", s.write.WithContext(ctx).Create(&row).Error)
}

func (s *Store) Token(ctx context.Context, hash []byte, now time.Time) (scheme.AccountID, scheme.OrgID, error) {
	var row tokenRow
	err := s.read.WithContext(ctx).Where("token_hash = ? AND expires_at > ?", hash, instant(now)).Take(&row).Error
	return scheme.AccountID(row.AccountID), scheme.OrgID(row.OrgID), failed("look up a token", err)
}
