package store

import (
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"fmt"
	"time"

	"cairn/internal/scheme"
)

// projectRow is table projects, migration 0036.
type projectRow struct {
	Owner
	ID         string `gorm:"primaryKey"`
	Name       string
	Purpose    string
	Measure    string
	PeriodFrom int
	PeriodTo   int
	Traits     string
	UntilDay   scheme.Day `gorm:"type:date"`
	State      string
	Fewest     int
	WhyFewer   string
	Note       string
	AskedAt    time.Time
	AskedBy    string
	DecidedAt  *time.Time
	DecidedBy  *string
	EndedAt    *time.Time
	EndedBy    *string
	Version    int
}

func (projectRow) TableName() string { return "projects" }

// projectSchemeRow is table project_schemes, migration 0036.
type projectSchemeRow struct {
	Owner
	ProjectID string `gorm:"primaryKey"`
	SchemeID  string `gorm:"primaryKey"`
}

func (projectSchemeRow) TableName() string { return "project_schemes" }

// projectUserRow is table project_users, migration 0036.
type projectUserRow struct {
	Owner
	ProjectID string `gorm:"primaryKey"`
	AccountID string `gorm:"primaryKey"`
}

func (projectUserRow) TableName() string { return "project_users" }

func (r projectRow) project() (scheme.Project, error) {
	p := scheme.Project{
		ID: scheme.ProjectID(r.ID), Name: r.Name, Purpose: r.Purpose, Measure: r.Measure,
		Period: scheme.Period{From: scheme.Quarter(r.PeriodFrom), To: scheme.Quarter(r.PeriodTo)}, Until: r.UntilDay,
		State: scheme.ProjectState(r.State), Fewest: r.Fewest, Why: r.WhyFewer, Note: r.Note, Revision: r.Version,
		Asked: deed(&r.AskedAt, &r.AskedBy), Decided: deed(r.DecidedAt, r.DecidedBy), Ended: deed(r.EndedAt, r.EndedBy),
	}
	if err := json.Unmarshal([]byte(r.Traits), &p.Traits); err != nil {
		return scheme.Project{}, fmt.Errorf("traits of project %s: %w", r.ID, err)
	}
	return p, nil
}

// Projects returns all, the newest first.
func (s *scope) Projects() ([]scheme.Project, error) {
	var rows []projectRow
	if err := s.from("projects").Order("id DESC").Find(&rows).Error; err != nil {
		return nil, failed("list projects", err)
	}
	return s.projects(rows)
}

// Project returns one.
func (s *scope) Project(id scheme.ProjectID) (scheme.Project, error) {
	var row projectRow
	if err := s.at("projects", string(id)).Take(&row).Error; err != nil {
		return scheme.Project{}, failed("read a project", err)
	}
	all, err := s.projects([]projectRow{row})
	if err != nil {
		return scheme.Project{}, err
	}
	return all[0], nil
}

// projects puts schemes and users to rows, with a query for each kind.
func (s *scope) projects(rows []projectRow) ([]scheme.Project, error) {
	all, at, ids := make([]scheme.Project, len(rows)), map[string]int{}, make([]string, len(rows))
	for i, r := range rows {
		p, err := r.project()
		if err != nil {
			return nil, err
		}
		all[i], at[r.ID], ids[i] = p, i, r.ID
	}
	var schemes []projectSchemeRow
	if err := s.from("project_schemes").Where("project_id IN ?", ids).Order("project_id, scheme_id").Find(&schemes).Error; err != nil {
		return nil, failed("read schemes of projects", err)
	}
	for _, r := range schemes {
		p := &all[at[r.ProjectID]]
		p.Schemes = append(p.Schemes, scheme.ID(r.SchemeID))
	}
	var users []projectUserRow
	if err := s.from("project_users").Where("project_id IN ?", ids).Order("project_id, account_id").Find(&users).Error; err != nil {
		return nil, failed("read users of projects", err)
	}
	for _, r := range users {
		p := &all[at[r.ProjectID]]
		p.Users = append(p.Users, scheme.AccountID(r.AccountID))
	}
	return all, nil
}

// AddProject keeps a project that was asked for.
func (s *scope) AddProject(p scheme.Project) error {
	traits, err := json.Marshal(append([]string{}, p.Traits...))
	if err != nil {
		return fmt.Errorf("encode traits: %w", err)
	}
	row := projectRow{
		ID: string(p.ID), Name: p.Name, Purpose: p.Purpose, Measure: p.Measure, PeriodFrom: int(p.Period.From), PeriodTo: int(p.Period.To),
		Traits: string(traits), UntilDay: p.Until, State: string(p.State), Fewest: p.Fewest, AskedAt: instant(p.Asked.At), AskedBy: string(p.Asked.By), Version: 1,
	}
	if _, err := add(s.tenant, []*projectRow{&row}); err != nil {
		return failed("add a project", err)
	}
	schemes := make([]*projectSchemeRow, len(p.Schemes))
	for i, id := range p.Schemes {
		schemes[i] = &projectSchemeRow{ProjectID: row.ID, SchemeID: string(id)}
	}
	if _, err := add(s.tenant, schemes); err != nil {
		return failed("add schemes of a project", err)
	}
	users := make([]*projectUserRow, len(p.Users))
	for i, id := range p.Users {
		users[i] = &projectUserRow{ProjectID: row.ID, AccountID: string(id)}
	}
	_, err = add(s.tenant, users)
	return failed("add users of a project", err)
}

// SaveProject keeps what may change.
func (s *scope) SaveProject(p scheme.Project) error {
	return s.onlyOf(p.Revision, "save a project", s.at("projects", string(p.ID)), map[string]any{
		"state": string(p.State), "fewest": p.Fewest, "why_fewer": p.Why, "note": p.Note,
		"decided_at": done(p.Decided.At), "decided_by": optional(string(p.Decided.By)),
		"ended_at": done(p.Ended.At), "ended_by": optional(string(p.Ended.By)),
	})
}

// ProjectNames are HMACs, cut to 128 bits, under a key derived for the project.
func (s *scope) ProjectNames(id scheme.ProjectID) (func(scheme.ID, scheme.PersonID) string, error) {
	key, err := hkdf.Key(sha256.New, s.store.keys.request, framed(s.org, string(id)), "cairn project names 1", keySize)
	if err != nil {
		return nil, fmt.Errorf("derive a key: %w", err)
	}
	letters := base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)
	return func(in scheme.ID, who scheme.PersonID) string {
		return "p" + letters.EncodeToString(mac(key, string(in), string(who))[:16])
	}, nil
}
