package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// organisationRow is table organisations, migrations 0001 and 0021.
type organisationRow struct {
	ID         string `gorm:"primaryKey"`
	Name       string
	TimeZone   string
	Kind       string
	WrappedKey []byte
	AddedAt    time.Time
	DueFilled  bool
}

func (organisationRow) TableName() string { return "organisations" }

func (r organisationRow) organisation() scheme.Organisation {
	return scheme.Organisation{
		ID: scheme.OrgID(r.ID), Name: r.Name, TimeZone: r.TimeZone, Kind: scheme.OrganisationKind(r.Kind),
	}
}

// organisation reads the organisation's own row, the one table of tenants that
// is not narrowed by org_id.
func (t tenant) organisation(row *organisationRow) error {
	return failed("read the organisation", t.db.Where("id = ?", t.org).Take(row).Error)
}

func (s *scope) Organisation() (scheme.Organisation, error) {
	var row organisationRow
	if err := s.organisation(&row); err != nil {
		return scheme.Organisation{}, err
	}
	return row.organisation(), nil
}

// Organisations returns all, by name.
func (s *Store) Organisations(ctx context.Context) ([]scheme.Organisation, error) {
	var rows []organisationRow
	if err := s.read.WithContext(ctx).Find(&rows).Error; err != nil {
		return nil, failed("list organisations", err)
	}
	all := make([]scheme.Organisation, len(rows))
	for i, r := range rows {
		all[i] = r.organisation()
	}
	slices.SortFunc(all, func(a, b scheme.Organisation) int { return byName(a.Name, b.Name) })
	return all, nil
}

// Unfilled returns those whose referrals may be older than due lists are.
func (s *Store) Unfilled(ctx context.Context) ([]scheme.Organisation, error) {
	var rows []organisationRow
	if err := s.read.WithContext(ctx).Where("due_filled = ?", false).Order("id").Find(&rows).Error; err != nil {
		return nil, failed("look for organisations without due lists", err)
	}
	all := make([]scheme.Organisation, len(rows))
	for i, r := range rows {
		all[i] = r.organisation()
	}
	return all, nil
}

// Filled marks that an organisation has its due lists.
func (s *Store) Filled(ctx context.Context, id scheme.OrgID) error {
	return changed("mark due lists as filled", s.write.WithContext(ctx).Model(&organisationRow{}).Where("id = ?", id).Update("due_filled", true))
}

// AddOrganisation keeps o and makes its key. It faults, at "name", for a name
// that another organisation has.
func (s *Store) AddOrganisation(ctx context.Context, o scheme.Organisation) error {
	return s.platform(ctx, func(tx *gorm.DB) error { return s.addOrganisation(tx, o) })
}

// Found keeps the first organisation and its first account, all or nothing.
func (s *Store) Found(ctx context.Context, o scheme.Organisation, a app.Account) error {
	return s.platform(ctx, func(tx *gorm.DB) error {
		if err := s.lockFoundation(tx); err != nil {
			return err
		}
		var there int64
		if err := tx.Model(&organisationRow{}).Count(&there).Error; err != nil {
			return failed("count organisations", err)
		}
		if there > 0 {
			return app.SetUpDone()
		}
		if err := s.addOrganisation(tx, o); err != nil {
			return err
		}
		return s.addAccount(tx, a)
	})
}

func (s *Store) addOrganisation(tx *gorm.DB, o scheme.Organisation) error {
	_, wrapped, err := s.keys.wrap.newKey(string(o.ID), "organisations.wrapped_key")
	if err != nil {
		return err
	}
	row := organisationRow{
		ID: string(o.ID), Name: o.Name, TimeZone: o.TimeZone, Kind: string(o.Kind),
		WrappedKey: wrapped, AddedAt: s.now(), DueFilled: true,
	}
	done := tx.Clauses(unlessTaken("name")).Create(&row)
	if done.Error == nil && done.RowsAffected == 0 {
		return fault.New(fault.Conflict, fault.InputInvalid, "There is an organisation of that name already.").At("name")
	}
	return failed("add an organisation", done.Error)
}

// byName orders names as people look them up, the same on both databases.
func byName(a, b string) int {
	if d := strings.Compare(strings.ToLower(a), strings.ToLower(b)); d != 0 {
		return d
	}
	return strings.Compare(a, b)
}
