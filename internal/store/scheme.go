package store

import (
	"slices"
	"time"

	"gorm.io/gorm/clause"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// schemeRow is table schemes, migrations 0003 and 0012.
type schemeRow struct {
	Owner
	ID      string `gorm:"primaryKey"`
	Number  int
	Name    string
	Version int
	AddedAt time.Time
	Profile string
}

func (schemeRow) TableName() string { return "schemes" }

func (s *scope) Schemes(day scheme.Day) ([]scheme.Scheme, error) {
	var rows []schemeRow
	if err := s.from("schemes").Find(&rows).Error; err != nil {
		return nil, failed("list schemes", err)
	}
	return s.withPlans(rows, day)
}

func (s *scope) Scheme(id scheme.ID, day scheme.Day) (scheme.Scheme, error) {
	var row schemeRow
	if err := s.at("schemes", string(id)).Take(&row).Error; err != nil {
		return scheme.Scheme{}, failed("read a scheme", err)
	}
	all, err := s.withPlans([]schemeRow{row}, day)
	if err != nil {
		return scheme.Scheme{}, err
	}
	return all[0], nil
}

// withPlans adds to each scheme the plan in force on day, in two queries
// whatever their number.
func (s *scope) withPlans(rows []schemeRow, day scheme.Day) ([]scheme.Scheme, error) {
	all := make([]scheme.Scheme, len(rows))
	ids := make([]string, len(rows))
	for i, r := range rows {
		all[i] = scheme.Scheme{ID: scheme.ID(r.ID), Name: r.Name, Profile: scheme.Profile(r.Profile), Revision: r.Version}
		ids[i] = r.ID
	}
	plans, err := s.inForce(ids, day)
	if err != nil {
		return nil, err
	}
	for i := range all {
		all[i].Plan = plans[all[i].ID]
	}
	slices.SortFunc(all, func(a, b scheme.Scheme) int { return byName(a.Name, b.Name) })
	return all, nil
}

// AddScheme keeps s and its first plan.
func (s *scope) AddScheme(sc scheme.Scheme) error {
	// Numbers are handed out one after the other: the organisation's row is the
	// queue.
	lock := s.db.Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Where("id = ?", s.org).Select("id").Take(&organisationRow{})
	if lock.Error != nil {
		return failed("wait for other schemes", lock.Error)
	}
	row := schemeRow{ID: string(sc.ID), Name: sc.Name, Version: 1, AddedAt: s.store.now(), Profile: string(sc.Profile)}
	if err := s.from("schemes").Select("COALESCE(MAX(number), 0) + 1").Scan(&row.Number).Error; err != nil {
		return failed("number a scheme", err)
	}
	added, err := add(s.tenant, []*schemeRow{&row}, unlessTaken("org_id", "name"))
	if err != nil {
		return failed("add a scheme", err)
	}
	if added == 0 {
		return fault.New(fault.Conflict, fault.SchemeNameTaken, "You have a scheme of that name already. Choose another name.").At("name")
	}
	s.forget()
	return s.AddPlan(sc.ID, sc.Plan)
}

// SaveScheme keeps what may change about a scheme besides its plan. It faults
// with version.stale when sc is not of the revision that is there.
func (s *scope) SaveScheme(sc scheme.Scheme) error {
	return s.onlyOf(sc.Revision, "save a scheme", s.at("schemes", string(sc.ID)), map[string]any{"profile": string(sc.Profile)})
}
