package store

import (
	"time"

	"cairn/internal/scheme"
)

// waitAllocationRow is table wait_allocations, migration 0031.
type waitAllocationRow struct {
	Owner
	SchemeID     string `gorm:"primaryKey"`
	Version      int    `gorm:"primaryKey;autoIncrement:false"`
	RandomSource string
	ByAccount    string
	At           time.Time
}

func (waitAllocationRow) TableName() string { return "wait_allocations" }

// WaitAllocation returns one version; for 0 the newest, or an empty one.
func (s *scope) WaitAllocation(of scheme.ID, version int) (scheme.WaitAllocation, error) {
	if !isID(string(of)) {
		return scheme.WaitAllocation{}, missing()
	}
	query := s.from("wait_allocations").Where("scheme_id = ?", of)
	if version > 0 {
		query = query.Where("version = ?", version)
	}
	var rows []waitAllocationRow
	if err := query.Order("version DESC").Limit(1).Find(&rows).Error; err != nil || len(rows) == 0 {
		return scheme.WaitAllocation{}, failed("read who decided who waited", err)
	}
	r := rows[0]
	return scheme.WaitAllocation{Version: r.Version, RandomSource: r.RandomSource, By: scheme.AccountID(r.ByAccount), At: r.At.UTC()}, nil
}

// AddWaitAllocation keeps one more version.
func (s *scope) AddWaitAllocation(of scheme.ID, a scheme.WaitAllocation) error {
	row := waitAllocationRow{SchemeID: string(of), Version: a.Version, RandomSource: a.RandomSource, ByAccount: string(a.By), At: s.store.now()}
	added, err := add(s.tenant, []*waitAllocationRow{&row}, unlessTaken("org_id", "scheme_id", "version"))
	if err == nil && added == 0 {
		return stale()
	}
	return failed("add who decided who waited", err)
}
