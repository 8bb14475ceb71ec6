package store

import (
	"encoding/json"
	"fmt"
	"time"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// importBatchRow is table import_batches, migrations 0034 and 0044.
type importBatchRow struct {
	Owner
	ID          string `gorm:"primaryKey"`
	Source      string // of a row that is not sealed
	FileSHA     string `gorm:"column:file_sha"`
	MappingSHA  string `gorm:"column:mapping_sha"`
	Mapping     string // likewise
	Sealed      []byte
	State       string
	Staged      int
	Outcomes    string
	People      int
	Added       int
	Already     int
	Reason      string
	ByAccount   string
	BegunAt     time.Time
	PublishedAt *time.Time
	Version     int
}

func (importBatchRow) TableName() string { return "import_batches" }

func (r importBatchRow) batch() (app.ImportBatch, error) {
	b := app.ImportBatch{
		ID: r.ID, FileSHA: r.FileSHA, MappingSHA: r.MappingSHA, State: app.ImportState(r.State),
		Staged: r.Staged, People: r.People, Added: r.Added, Already: r.Already, Reason: r.Reason, By: scheme.AccountID(r.ByAccount),
		BegunAt: r.BegunAt.UTC(), Revision: r.Version,
	}
	if r.PublishedAt != nil {
		b.PublishedAt = r.PublishedAt.UTC()
	}
	if err := json.Unmarshal([]byte(r.Outcomes), &b.Outcomes); err != nil {
		return app.ImportBatch{}, fmt.Errorf("outcomes of import %s: %w", r.ID, err)
	}
	return b, nil
}

func rowOfBatch(b app.ImportBatch) (importBatchRow, error) {
	outcomes, err := json.Marshal(b.Outcomes)
	if err != nil {
		return importBatchRow{}, fmt.Errorf("encode outcomes: %w", err)
	}
	row := importBatchRow{
		ID: b.ID, FileSHA: b.FileSHA, MappingSHA: b.MappingSHA, State: string(b.State),
		Staged: b.Staged, Outcomes: string(outcomes), People: b.People, Added: b.Added, Already: b.Already, Reason: b.Reason,
		ByAccount: string(b.By), BegunAt: b.BegunAt, Version: b.Revision,
	}
	if !b.PublishedAt.IsZero() {
		row.PublishedAt = &b.PublishedAt
	}
	return row, nil
}
