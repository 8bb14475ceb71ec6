package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// grantRow is table release_grants, migration 0023.
type grantRow struct {
	Owner
	ID        string `gorm:"primaryKey"`
	SchemeID  string
	ReleaseID *string
	ToOrg     string
	FromDay   scheme.Day `gorm:"type:date"`
	UntilDay  scheme.Day `gorm:"type:date"`
	GrantedAt time.Time
	GrantedBy string
	RevokedAt *time.Time
	RevokedBy *string
}

func (grantRow) TableName() string { return "release_grants" }

// Grants returns those of a scheme, the newest first.
func (s *scope) Grants(of scheme.ID) ([]scheme.Grant, error) {
	if !isID(string(of)) {
		return nil, missing()
	}
	var rows []grantRow
	if err := s.from("release_grants").Where("scheme_id = ?", string(of)).Order("id DESC").Find(&rows).Error; err != nil {
		return nil, failed("list grants", err)
	}
	all := make([]scheme.Grant, len(rows))
	for i, r := range rows {
		all[i] = scheme.Grant{
			ID: scheme.GrantID(r.ID), Scheme: scheme.ID(r.SchemeID), Release: scheme.ReleaseID(deref(r.ReleaseID)), To: scheme.OrgID(r.ToOrg),
			From: r.FromDay, Until: r.UntilDay, Granted: deed(&r.GrantedAt, &r.GrantedBy), Revoked: deed(r.RevokedAt, r.RevokedBy),
		}
	}
	return all, nil
}

// AddGrant keeps a grant.
func (s *scope) AddGrant(g scheme.Grant) error {
	row := grantRow{
		ID: string(g.ID), SchemeID: string(g.Scheme), ReleaseID: optional(string(g.Release)), ToOrg: string(g.To),
		FromDay: g.From, UntilDay: g.Until, GrantedAt: instant(g.Granted.At), GrantedBy: string(g.Granted.By),
	}
	_, err := add(s.tenant, []*grantRow{&row})
	return failed("grant a release", err)
}

// RevokeGrant ends a grant; it faults with not-found for one that is revoked
// already.
func (s *scope) RevokeGrant(g scheme.Grant) error {
	return changed("revoke a grant", s.at("release_grants", string(g.ID)).Where("revoked_at IS NULL").
		Updates(map[string]any{"revoked_at": instant(g.Revoked.At), "revoked_by": string(g.Revoked.By)}))
}

// policyRow is table disclosure_policies, migration 0023.
type policyRow struct {
	Owner
	Version   int `gorm:"primaryKey;autoIncrement:false"`
	Threshold int
	Reason    string
	ByAccount string
	At        time.Time
}

func (policyRow) TableName() string { return "disclosure_policies" }

// DisclosurePolicy returns the newest, or the product's own.
func (s *scope) DisclosurePolicy() (scheme.DisclosurePolicy, error) {
	var rows []policyRow
	if err := s.from("disclosure_policies").Order("version DESC").Limit(1).Find(&rows).Error; err != nil || len(rows) == 0 {
		return scheme.DisclosurePolicy{Threshold: scheme.Threshold}, failed("read the threshold", err)
	}
	r := rows[0]
	return scheme.DisclosurePolicy{Version: r.Version, Threshold: r.Threshold, Reason: r.Reason, By: deed(&r.At, &r.ByAccount)}, nil
}

// AddDisclosurePolicy keeps one more version.
func (s *scope) AddDisclosurePolicy(p scheme.DisclosurePolicy) error {
	row := policyRow{Version: p.Version, Threshold: p.Threshold, Reason: p.Reason, ByAccount: string(p.By.By), At: instant(p.By.At)}
	added, err := add(s.tenant, []*policyRow{&row}, unlessTaken("org_id", "version"))
	if err == nil && added == 0 {
		return stale()
	}
	return failed("set the threshold", err)
}

// grantedTo begins a query of what an organisation was granted. It is the one
// place where rows of an organisation are reached from another, by a grant of
// their owner's, and only rows of what was published.
func (s *Store) grantedTo(ctx context.Context, to scheme.OrgID) *gorm.DB {
	q := s.read.WithContext(ctx).Table("release_grants").
		Joins(`JOIN releases ON releases.org_id = release_grants.org_id AND releases.scheme_id = release_grants.scheme_id
			AND (release_grants.release_id IS NULL OR release_grants.release_id = releases.id)`).
		Joins("JOIN organisations ON organisations.id = releases.org_id").
		Where("release_grants.revoked_at IS NULL AND releases.state NOT IN ('prepared', 'audited')")
	if !isID(string(to)) {
		return q.Where("1 = 0")
	}
	return q.Where("release_grants.to_org = ?", string(to))
}

// GrantedTo returns what was granted to an organisation, the longest grant of a
// release first.
func (s *Store) GrantedTo(ctx context.Context, to scheme.OrgID) ([]app.GrantedRelease, error) {
	var rows []struct {
		Row      releaseRow `gorm:"embedded"`
		GrantID  string
		FromDay  scheme.Day `gorm:"type:date"`
		UntilDay scheme.Day `gorm:"type:date"`
		TimeZone string
	}
	err := s.grantedTo(ctx, to).
		Select("releases.*, release_grants.id AS grant_id, release_grants.from_day, release_grants.until_day, organisations.time_zone").
		Order("releases.published_at DESC, releases.id, CASE WHEN release_grants.until_day IS NULL THEN 0 ELSE 1 END, release_grants.until_day DESC").
		Find(&rows).Error
	if err != nil {
		return nil, failed("list granted releases", err)
	}
	all := make([]app.GrantedRelease, len(rows))
	for i, r := range rows {
		all[i] = app.GrantedRelease{
			Release: r.Row.release(), Owner: scheme.OrgID(r.Row.OrgID), Zone: r.TimeZone,
			Grant: scheme.GrantID(r.GrantID), From: r.FromDay, Until: r.UntilDay,
		}
	}
	return all, nil
}

// GrantedFigures returns the figures of everybody in granted releases.
func (s *Store) GrantedFigures(ctx context.Context, to scheme.OrgID, ids ...scheme.ReleaseID) ([]scheme.ReleasedFigure, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	granted := s.grantedTo(ctx, to).Select("1").
		Where("releases.org_id = release_figures.org_id AND releases.id = release_figures.release_id AND NOT releases.figures_gone")
	return figuresOf(s.read.WithContext(ctx).Table("release_figures").
		Where("release_figures.release_id IN ? AND release_figures.filter_key = ''", texts(ids)).
		Where("EXISTS (?)", granted))
}

// PublicRelease returns whose public release that is.
func (s *Store) PublicRelease(ctx context.Context, id scheme.ReleaseID) (scheme.OrgID, error) {
	if !isID(string(id)) {
		return "", missing()
	}
	var row releaseRow
	err := s.read.WithContext(ctx).Where("id = ? AND public_at IS NOT NULL AND state NOT IN ('prepared', 'audited')", string(id)).
		Select("org_id").Take(&row).Error
	return scheme.OrgID(row.OrgID), failed("look for a public release", err)
}
