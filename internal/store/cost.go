package store

import (
	"time"

	"cairn/internal/scheme"
)

// costRow is table cost_lines, migration 0026.
type costRow struct {
	Owner
	ID          string `gorm:"primaryKey"`
	SchemeID    string
	Kind        string
	FromQuarter int
	ToQuarter   int
	Pence       int64
	Source      string
	Note        string
	Removed     bool
	Version     int
	AddedAt     time.Time
}

func (costRow) TableName() string { return "cost_lines" }

func (r costRow) cost() scheme.Cost {
	return scheme.Cost{
		ID: scheme.CostID(r.ID), Scheme: scheme.ID(r.SchemeID), Kind: scheme.CostKind(r.Kind),
		Over:   scheme.Period{From: scheme.Quarter(r.FromQuarter), To: scheme.Quarter(r.ToQuarter)},
		Amount: scheme.Pence(r.Pence), Source: r.Source, Note: r.Note, Removed: r.Removed, Revision: r.Version,
	}
}

// Costs returns every line of a scheme, removed ones too, by its first quarter and
// then in order of entry.
func (s *scope) Costs(of scheme.ID) ([]scheme.Cost, error) {
	if !isID(string(of)) {
		return nil, missing()
	}
	var rows []costRow
	if err := s.from("cost_lines").Where("scheme_id = ?", string(of)).Order("from_quarter, id").Find(&rows).Error; err != nil {
		return nil, failed("list what a scheme costs", err)
	}
	all := make([]scheme.Cost, len(rows))
	for i, r := range rows {
		all[i] = r.cost()
	}
	return all, nil
}

// Cost returns one line as it stands, a removed one too.
func (s *scope) Cost(id scheme.CostID) (scheme.Cost, error) {
	var row costRow
	if err := s.at("cost_lines", string(id)).Take(&row).Error; err != nil {
		return scheme.Cost{}, failed("read a cost", err)
	}
	return row.cost(), nil
}

// AddCost keeps c as its first version.
func (s *scope) AddCost(c scheme.Cost) error {
	row := costRow{
		ID: string(c.ID), SchemeID: string(c.Scheme), Kind: string(c.Kind), FromQuarter: int(c.Over.From), ToQuarter: int(c.Over.To),
		Pence: int64(c.Amount), Source: c.Source, Note: c.Note, Removed: c.Removed, Version: 1, AddedAt: s.store.now(),
	}
	_, err := add(s.tenant, []*costRow{&row})
	return failed("add a cost", err)
}

// SaveCost keeps c; whose it is stays as it was.
func (s *scope) SaveCost(c scheme.Cost) error {
	return s.onlyOf(c.Revision, "save a cost", s.at("cost_lines", string(c.ID)), map[string]any{
		"kind": string(c.Kind), "from_quarter": int(c.Over.From), "to_quarter": int(c.Over.To), "pence": int64(c.Amount),
		"source": c.Source, "note": c.Note, "removed": c.Removed,
	})
}
