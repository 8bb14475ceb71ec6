package store

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"cairn/internal/app"
	"cairn/migrations"
)

// importRowRow is table import_rows, migration 0034.
type importRowRow struct {
	Owner
	BatchID   string `gorm:"primaryKey"`
	Position  int    `gorm:"primaryKey;autoIncrement:false"`
	Sheet     string
	Line      int
	Outcome   string
	Reason    string
	Reference *string
	Scores    *string
}

func (importRowRow) TableName() string { return "import_rows" }

// ImportBatch faults with not-found.
func (s *scope) ImportBatch(id string) (app.ImportBatch, error) {
	if !isID(id) {
		return app.ImportBatch{}, missing()
	}
	var row importBatchRow
	if err := s.at("import_batches", id).Take(&row).Error; err != nil {
		return app.ImportBatch{}, failed("read an import", err)
	}
	return s.batch(row)
}

// ImportOf returns the batch of a file and a mapping, or an empty one.
func (s *scope) ImportOf(file, mapping string) (app.ImportBatch, error) {
	var rows []importBatchRow
	err := s.from("import_batches").Where("file_sha = ? AND mapping_sha = ? AND state IN ('staging', 'published')", file, mapping).Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return app.ImportBatch{}, failed("look for an import", err)
	}
	return s.batch(rows[0])
}

// ImportBatches returns the newest.
func (s *scope) ImportBatches(page app.Page) (all []app.ImportBatch, err error) {
	var rows []importBatchRow
	q := s.from("import_batches").Order("id DESC").Limit(page.Limit)
	if page.After != "" {
		if !isID(page.After) {
			return nil, app.NoPlace()
		}
		q = q.Where("id < ?", page.After)
	}
	if err := q.Find(&rows).Error; err != nil {
		return nil, failed("read imports", err)
	}
	for _, r := range rows {
		b, err := s.batch(r)
		if err != nil {
			return nil, err
		}
		all = append(all, b)
	}
	return all, nil
}

// AddImport keeps a new batch.
func (s *scope) AddImport(b app.ImportBatch) error {
	row, err := rowOfBatch(b)
	if err != nil {
		return err
	}
	if row.Sealed, err = s.sealCalled(importWords{b.Source, b.Mapping}, "import_batches", b.ID); err != nil {
		return err
	}
	added, err := add(s.tenant, []*importBatchRow{&row}, unlessTakenWhere("state IN ('staging', 'published')", "org_id", "file_sha", "mapping_sha"))
	if err == nil && added == 0 {
		return stale()
	}
	return failed("add an import", err)
}

// SaveImport keeps how far a batch has come.
func (s *scope) SaveImport(b app.ImportBatch) error {
	row, err := rowOfBatch(b)
	if err != nil {
		return err
	}
	done := s.at("import_batches", b.ID).Where("version = ?", b.Revision-1).Updates(map[string]any{
		"state": row.State, "staged": row.Staged, "outcomes": row.Outcomes, "people": row.People, "added": row.Added,
		"already": row.Already, "reason": row.Reason, "published_at": row.PublishedAt, "version": row.Version,
	})
	if done.Error == nil && done.RowsAffected == 0 {
		return stale()
	}
	return failed("save an import", done.Error)
}

// StageRows keeps rows; those that are there already stay as they are.
func (s *scope) StageRows(id string, rows []app.ImportRow) error {
	kept := make([]*importRowRow, len(rows))
	for i, r := range rows {
		row := importRowRow{BatchID: id, Position: r.Position, Sheet: r.Sheet, Line: r.Line, Outcome: r.Outcome, Reason: r.Reason}
		if len(r.Scores) > 0 {
			raw, err := json.Marshal(r.Scores)
			if err != nil {
				return fmt.Errorf("encode scores: %w", err)
			}
			text := string(raw)
			row.Reference, row.Scores = &r.Reference, &text
		}
		kept[i] = &row
	}
	_, err := add(s.tenant, kept, unlessTaken("org_id", "batch_id", "position"))
	return failed("stage rows", err)
}

func (r importRowRow) row() (app.ImportRow, error) {
	out := app.ImportRow{Position: r.Position, Sheet: r.Sheet, Line: r.Line, Outcome: r.Outcome, Reason: r.Reason, Reference: deref(r.Reference)}
	if r.Scores == nil {
		return out, nil
	}
	if err := json.Unmarshal([]byte(*r.Scores), &out.Scores); err != nil {
		return app.ImportRow{}, fmt.Errorf("scores of row %d of import %s: %w", r.Position, r.BatchID, err)
	}
	return out, nil
}

// ImportRows returns what became of rows.
func (s *scope) ImportRows(ask app.ImportRowsAsk) ([]app.ImportRow, error) {
	var rows []importRowRow
	of := s.from("import_rows").Where("batch_id = ? AND position >= ?", ask.Batch, ask.From)
	if ask.Outcome != "" {
		of = of.Where("outcome = ?", ask.Outcome)
	}
	if err := of.Order("position").Limit(ask.Most).Find(&rows).Error; err != nil {
		return nil, failed("read rows of an import", err)
	}
	return mapped(rows)
}

// ImportRowsBut returns what became of rows that have another outcome.
func (s *scope) ImportRowsBut(id string, outcomes []string, most int) ([]app.ImportRow, error) {
	var rows []importRowRow
	if err := s.from("import_rows").Where("batch_id = ? AND outcome NOT IN ?", id, outcomes).Order("position").Limit(most).Find(&rows).Error; err != nil {
		return nil, failed("read rows of an import", err)
	}
	return mapped(rows)
}

// ImportRowsAt returns the rows at those positions.
func (s *scope) ImportRowsAt(id string, positions []int) ([]app.ImportRow, error) {
	var rows []importRowRow
	if err := s.from("import_rows").Where("batch_id = ?", id).Where(s.oneOf("position", positions)).Order("position").Find(&rows).Error; err != nil {
		return nil, failed("read refused rows of an import", err)
	}
	return mapped(rows)
}

func mapped(rows []importRowRow) (all []app.ImportRow, err error) {
	for _, r := range rows {
		one, err := r.row()
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// StagedPeople returns the staged rows of the next people: so many that there are
// at least the rows that are asked for, and all of everybody's.
func (s *scope) StagedPeople(id, after string, rows int) ([]app.ImportRow, error) {
	next := s.from("import_rows").Where("batch_id = ? AND reference > ?", id, after)
	var last []string
	err := next.Session(&gorm.Session{}).Order("reference, position").Offset(rows-1).Limit(1).Pluck("reference", &last).Error
	if err != nil {
		return nil, failed("read staged people", err)
	}
	if len(last) > 0 {
		next = next.Where("reference <= ?", last[0])
	}
	found, err := next.Order("reference, position").Select("position, line, reference, scores").Rows()
	if err != nil {
		return nil, failed("read staged rows", err)
	}
	defer found.Close()
	var all []app.ImportRow
	for found.Next() {
		r := importRowRow{BatchID: id}
		if err := found.Scan(&r.Position, &r.Line, &r.Reference, &r.Scores); err != nil {
			return nil, failed("read a staged row", err)
		}
		one, err := r.row()
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, failed("read staged rows", found.Err())
}

// SettleRows forgets what the rows say. Those that were refused alike are told so
// by the hundred.
func (s *scope) SettleRows(id string, refused []app.RefusedRow) error {
	type told struct{ outcome, reason string }
	alike := map[told][]int{}
	for _, r := range refused {
		as := told{r.Outcome, r.Reason}
		alike[as] = append(alike[as], r.Position)
	}
	for as, positions := range alike {
		for some := range slices.Chunk(positions, 500) {
			query := s.from("import_rows").Where("batch_id = ?", id).Where(s.oneOf("position", some))
			if err := query.Updates(map[string]any{"outcome": as.outcome, "reason": as.reason}).Error; err != nil {
				return failed("say why rows were refused", err)
			}
		}
	}
	err := s.from("import_rows").Where("batch_id = ?", id).Updates(map[string]any{"reference": nil, "scores": nil}).Error
	return failed("forget staged rows", err)
}

// LockStaged locks everybody here whom a staged row names, in the order of
// every write. What follows in this transaction may take its time.
func (s *scope) LockStaged(id string) error {
	if s.store.dialect.history == migrations.SQLite {
		return nil // has one writer
	}
	if err := s.patient(); err != nil {
		return err
	}
	var ids []string
	named := s.from("import_rows").Where("batch_id = ? AND reference IS NOT NULL", id).Select("reference")
	err := s.from("people").Where("people.reference IN (?)", named).Order("people.id").Clauses(clause.Locking{Strength: "UPDATE"}).Pluck("people.id", &ids).Error
	if err != nil {
		return failed("wait for other changes in people", err)
	}
	return s.narrowly()
}

// Withdrawn counts what a batch added and is withdrawn, by whether its reason
// begins like that one.
func (s *scope) Withdrawn(batch, reason string) (like, others int, err error) {
	if err := s.patient(); err != nil {
		return 0, 0, err
	}
	err = s.from("assessments").Where("assessments.batch = ? AND assessments.state = 'withdrawn'", batch).
		Joins("JOIN assessment_versions ON assessment_versions.org_id = assessments.org_id"+
			" AND assessment_versions.assessment_id = assessments.id AND assessment_versions.version = assessments.current_version").
		Select("COALESCE(SUM(CASE WHEN SUBSTR(assessment_versions.reason, 1, ?) = ? THEN 1 ELSE 0 END), 0), COUNT(*)", len(reason), reason).
		Row().Scan(&like, &others)
	return like, others - like, failed("count what is withdrawn of an import", err)
}

// DropStaged forgets what was staged of a batch.
func (s *scope) DropStaged(id string) error {
	if err := s.from("import_rows").Where("batch_id = ?", id).Delete(&importRowRow{}).Error; err != nil {
		return failed("forget staged rows", err)
	}
	files := s.from("import_files").Where("batch_id = ?", id).Select("id")
	err := s.from("import_parts").Where("what <> ? AND file_id IN (?)", app.WhatWasSent, files).Delete(&importPartRow{}).Error
	if err != nil {
		return failed("forget rows that were not taken", err)
	}
	err = s.from("import_files").Where("batch_id = ?", id).Updates(map[string]any{"batch_id": nil}).Error
	return failed("forget what a file was staged as", err)
}

// ExpireImports forgets what was staged or sent a week ago.
func (s *scope) ExpireImports() error {
	old := s.store.now().Add(-app.ImportFileDays * 24 * time.Hour)
	var ids []string
	of := s.from("import_files").Where("sent_at < ? AND batch_id IS NOT NULL", old).Select("batch_id")
	if err := s.from("import_batches").Where("state = 'staging' AND (begun_at < ? OR id IN (?))", old, of).Pluck("id", &ids).Error; err != nil {
		return failed("look for old imports", err)
	}
	for _, id := range ids {
		if err := s.DropStaged(id); err != nil {
			return err
		}
		if err := s.at("import_batches", id).Updates(map[string]any{"state": "expired", "version": gorm.Expr("version + 1")}).Error; err != nil {
			return failed("expire old imports", err)
		}
	}
	if err := s.expireFiles(old); err != nil {
		return err
	}
	return s.sealKept()
}
