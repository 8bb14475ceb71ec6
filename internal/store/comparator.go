package store

import (
	"encoding/json"
	"fmt"
	"time"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// comparatorRow is table comparators, migration 0029.
type comparatorRow struct {
	Owner
	SchemeID     string `gorm:"primaryKey"`
	Series       string `gorm:"primaryKey"`
	Version      int    `gorm:"primaryKey;autoIncrement:false"`
	Label        string
	Source       string
	Eligible     string
	FromDay      scheme.Day `gorm:"type:date"`
	UntilDay     scheme.Day `gorm:"type:date"`
	Weeks        int
	RandomSource string
	Cells        string
	Withdrawn    string
	ByAccount    string
	At           time.Time
}

func (comparatorRow) TableName() string { return "comparators" }

// Comparator returns one version; for 0 the newest, or an empty one.
func (s *scope) Comparator(of scheme.ID, series measure.Series, version int) (scheme.Comparator, error) {
	if !isID(string(of)) {
		return scheme.Comparator{}, missing()
	}
	query := s.from("comparators").Where("scheme_id = ? AND series = ?", of, series)
	if version > 0 {
		query = query.Where("version = ?", version)
	}
	var rows []comparatorRow
	if err := query.Order("version DESC").Limit(1).Find(&rows).Error; err != nil || len(rows) == 0 {
		return scheme.Comparator{}, failed("read a comparison group", err)
	}
	r := rows[0]
	c := scheme.Comparator{
		Series: series, Version: r.Version, Label: r.Label, Source: r.Source, Eligible: r.Eligible, Span: scheme.Span{First: r.FromDay, Last: r.UntilDay},
		Weeks: r.Weeks, RandomSource: r.RandomSource, Withdrawn: r.Withdrawn, By: scheme.AccountID(r.ByAccount), At: r.At.UTC(),
	}
	if err := json.Unmarshal([]byte(r.Cells), &c.Cells); err != nil {
		return scheme.Comparator{}, fmt.Errorf("cells of comparison group %s, version %d: %w", of, r.Version, err)
	}
	return c, nil
}

// AddComparator keeps one more version.
func (s *scope) AddComparator(of scheme.ID, c scheme.Comparator) error {
	cells, err := json.Marshal(c.Cells)
	if err != nil {
		return fmt.Errorf("encode cells: %w", err)
	}
	row := comparatorRow{
		SchemeID: string(of), Series: string(c.Series), Version: c.Version, Label: c.Label, Source: c.Source, Eligible: c.Eligible,
		FromDay: c.Span.First, UntilDay: c.Span.Last, Weeks: c.Weeks, RandomSource: c.RandomSource, Cells: string(cells),
		Withdrawn: c.Withdrawn, ByAccount: string(c.By), At: s.store.now(),
	}
	added, err := add(s.tenant, []*comparatorRow{&row}, unlessTaken("org_id", "scheme_id", "series", "version"))
	if err == nil && added == 0 {
		return stale()
	}
	return failed("add a comparison group", err)
}
