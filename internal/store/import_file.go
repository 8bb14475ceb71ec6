package store

import (
	"strconv"
	"time"

	"gorm.io/gorm/clause"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// importFileRow is table import_files, migrations 0035, 0044 and 0046.
type importFileRow struct {
	Owner
	ID        string `gorm:"primaryKey"`
	ByAccount string
	BatchID   *string
	LikeBatch *string
	Name      string // of a row that is not sealed
	FileSHA   string `gorm:"column:file_sha"`
	Size      int64
	Mapping   string // likewise
	Sealed    []byte
	SentAt    time.Time
	Version   int
	RowCount  int
}

func (importFileRow) TableName() string { return "import_files" }

// importPartRow is table import_parts, migration 0035.
type importPartRow struct {
	Owner
	FileID   string `gorm:"primaryKey"`
	What     int    `gorm:"primaryKey;autoIncrement:false"`
	Position int    `gorm:"primaryKey;autoIncrement:false"`
	Sealed   []byte
}

func (importPartRow) TableName() string { return "import_parts" }

// sealedPart is where parts are sealed for.
const sealedPart = "import_parts.sealed"

func (s *scope) placeOf(at app.ImportPart) []string {
	return []string{s.org, at.File, string(at.By), strconv.Itoa(at.What), strconv.Itoa(at.Position), sealedPart}
}

func (r importFileRow) file() app.ImportFile {
	return app.ImportFile{
		ID: r.ID, By: scheme.AccountID(r.ByAccount), Batch: deref(r.BatchID), Like: deref(r.LikeBatch), SHA: r.FileSHA,
		Size: r.Size, SentAt: r.SentAt.UTC(), Revision: r.Version, Rows: r.RowCount,
	}
}

// ImportFile faults with not-found.
func (s *scope) ImportFile(id string) (app.ImportFile, error) {
	var row importFileRow
	if err := s.at("import_files", id).Take(&row).Error; err != nil {
		return app.ImportFile{}, failed("read a file on its way in", err)
	}
	return s.file(row)
}

// ImportFiles returns those of an account that are not published.
func (s *scope) ImportFiles(of scheme.AccountID) (all []app.ImportFile, err error) {
	var rows []importFileRow
	err = s.from("import_files").Where("import_files.by_account = ? AND import_files.file_sha <> ''", of).
		Joins("LEFT JOIN import_batches ON import_batches.org_id = import_files.org_id AND import_batches.id = import_files.batch_id").
		Where("import_batches.state IS NULL OR import_batches.state = 'staging'").
		Order("import_files.sent_at DESC, import_files.id DESC").Select("import_files.*").Find(&rows).Error
	if err != nil {
		return nil, failed("read files on their way in", err)
	}
	for _, r := range rows {
		f, err := s.file(r)
		if err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	return all, nil
}

// FileOf returns the newest of an account that was staged as a batch.
func (s *scope) FileOf(batch string, of scheme.AccountID) (app.ImportFile, error) {
	var rows []importFileRow
	err := s.from("import_files").Where("batch_id = ? AND by_account = ?", batch, of).Order("id DESC").Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return app.ImportFile{}, failed("read the file of an import", err)
	}
	return s.file(rows[0])
}

// ImportPart opens one part.
func (s *scope) ImportPart(at app.ImportPart) ([]byte, error) {
	if !isID(at.File) {
		return nil, missing()
	}
	var rows []importPartRow
	err := s.from("import_parts").Where("file_id = ? AND what = ? AND position = ?", at.File, at.What, at.Position).Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return []byte{}, failed("read a part of a file", err)
	}
	key, err := s.orgKey()
	if err != nil {
		return nil, err
	}
	text, err := key.open(rows[0].Sealed, s.placeOf(at)...)
	if err != nil {
		return nil, missing() // sealed for somebody else
	}
	return text, nil
}

// AddImportFile keeps a new file.
func (s *scope) AddImportFile(f app.ImportFile) error {
	sealed, err := s.sealCalled(importWords{f.Name, f.Mapping}, "import_files", f.ID)
	if err != nil {
		return err
	}
	_, err = add(s.tenant, []*importFileRow{{
		ID: f.ID, ByAccount: string(f.By), BatchID: optional(f.Batch), LikeBatch: optional(f.Like), FileSHA: f.SHA,
		Size: f.Size, Sealed: sealed, SentAt: f.SentAt, Version: f.Revision,
	}})
	return failed("add a file on its way in", err)
}

// SaveImportFile keeps how far a file has come.
func (s *scope) SaveImportFile(f app.ImportFile) error {
	sealed, err := s.sealCalled(importWords{f.Name, f.Mapping}, "import_files", f.ID)
	if err != nil {
		return err
	}
	done := s.at("import_files", f.ID).Where("version = ?", f.Revision-1).Updates(map[string]any{
		"like_batch": optional(f.Like), "file_sha": f.SHA, "size": f.Size, "name": "", "mapping": "", "sealed": sealed, "version": f.Revision, "row_count": f.Rows,
	})
	if done.Error == nil && done.RowsAffected == 0 {
		return stale()
	}
	return failed("save a file on its way in", done.Error)
}

// StagedAs keeps as which batch a file is staged.
func (s *scope) StagedAs(id, batch string) error {
	return failed("keep what a file is staged as", s.at("import_files", id).Updates(map[string]any{"batch_id": batch}).Error)
}

// HasRows keeps how many rows a file has.
func (s *scope) HasRows(id string, rows int) error {
	return failed("keep how many rows a file has", s.at("import_files", id).Updates(map[string]any{"row_count": rows}).Error)
}

// AddImportPart seals one part.
func (s *scope) AddImportPart(at app.ImportPart, text []byte) error {
	key, err := s.orgKey()
	if err != nil {
		return err
	}
	again := clause.OnConflict{Columns: named([]string{"org_id", "file_id", "what", "position"}), DoUpdates: clause.AssignmentColumns([]string{"sealed"})}
	row := &importPartRow{FileID: at.File, What: at.What, Position: at.Position, Sealed: key.seal(text, s.placeOf(at)...)}
	_, err = add(s.tenant, []*importPartRow{row}, again)
	return failed("keep a part of a file", err)
}

// EndImportParts deletes what is behind a part, and that part.
func (s *scope) EndImportParts(at app.ImportPart) error {
	err := s.from("import_parts").Where("file_id = ? AND what = ? AND position >= ?", at.File, at.What, at.Position).Delete(&importPartRow{}).Error
	return failed("delete parts of a file", err)
}

// DropImportFile deletes a file with all its parts.
func (s *scope) DropImportFile(id string) error {
	if !isID(id) {
		return nil
	}
	if err := s.from("import_parts").Where("file_id = ?", id).Delete(&importPartRow{}).Error; err != nil {
		return failed("delete parts of a file", err)
	}
	return failed("delete a file", s.from("import_files").Where("id = ?", id).Delete(&importFileRow{}).Error)
}

// DropSent deletes what was sent of the files of a batch.
func (s *scope) DropSent(batch string) error {
	files := s.from("import_files").Where("batch_id = ?", batch).Select("id")
	err := s.from("import_parts").Where("what = ? AND file_id IN (?)", app.WhatWasSent, files).Delete(&importPartRow{}).Error
	return failed("delete a file that was published", err)
}

// expireFiles deletes every file that was sent before that.
func (s *scope) expireFiles(before time.Time) error {
	var ids []string
	if err := s.from("import_files").Where("sent_at < ?", before).Pluck("id", &ids).Error; err != nil {
		return failed("look for old files", err)
	}
	for _, id := range ids {
		if err := s.DropImportFile(id); err != nil {
			return err
		}
	}
	return nil
}
