package store

import (
	"encoding/json"
	"fmt"
	"time"

	"gorm.io/gorm"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/migrations"
)

// measureVersionRow is table measure_versions, migration 0002.
type measureVersionRow struct {
	ID         string `gorm:"primaryKey"`
	OrgID      *string
	MeasureKey string
	Version    int
	Definition string
	SHA256     []byte `gorm:"column:sha256"`
	AddedAt    time.Time
}

func (measureVersionRow) TableName() string { return "measure_versions" }

// scoreRow is table scores, migration 0002.
type scoreRow struct {
	ID               string `gorm:"primaryKey"`
	MeasureVersionID string
	Position         int
	SeriesNo         int
	Kind             string
	Direction        measure.Direction
	MinLevel         measure.Level
	MaxLevel         measure.Level
}

func (scoreRow) TableName() string { return "scores" }

// cached is where its definition stands in memory: under what it says, too, since
// licensed words are taken out of it when the licence ends.
func (r measureVersionRow) cached() string { return r.ID + string(r.SHA256) }

// measureName names one version of a measure.
type measureName struct {
	key     measure.Key
	version int
}

// measureVersion is what recording needs of one.
type measureVersion struct {
	id     string
	sha256 []byte // of the definition
	scores map[measure.Series]scoreRow
}

// Measures returns the newest version of every bundled measure and of the
// organisation's own. An own one goes before a bundled one of the same key that
// came with a later release of the product, because its records are that one's.
func (s *scope) Measures() (map[measure.Key]measure.Definition, error) {
	var rows []measureVersionRow
	err := s.visible("measure_versions").Select("id", "org_id", "measure_key", "version", "sha256").
		Order("measure_key, version").Find(&rows).Error
	if err != nil {
		return nil, failed("list measures", err)
	}
	newest := map[measure.Key]measureVersionRow{}
	for _, r := range rows {
		if had, ok := newest[measure.Key(r.MeasureKey)]; ok && had.OrgID != nil && r.OrgID == nil {
			continue
		}
		newest[measure.Key(r.MeasureKey)] = r
	}
	all := make(map[measure.Key]measure.Definition, len(newest))
	for key, r := range newest {
		if all[key], err = s.definition(r); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Definition returns one version of a measure, which need not be the newest.
func (s *scope) Definition(key measure.Key, version int) (measure.Definition, error) {
	found, err := s.version(measureName{key, version})
	if err != nil {
		return measure.Definition{}, err
	}
	return s.definition(measureVersionRow{ID: found.id, SHA256: found.sha256})
}

// definition reads one version from memory where it can.
func (s *scope) definition(of measureVersionRow) (measure.Definition, error) {
	if known, ok := s.store.definitions.Load(of.cached()); ok {
		return known.(measure.Definition), nil
	}
	var row measureVersionRow
	if err := s.visible("measure_versions").Where("id = ?", of.ID).Take(&row).Error; err != nil {
		return measure.Definition{}, failed("read a measure", err)
	}
	d, err := row.decoded()
	if err != nil {
		return measure.Definition{}, err
	}
	s.store.definitions.Store(row.cached(), d)
	return d, nil
}

func (r measureVersionRow) decoded() (measure.Definition, error) {
	var d measure.Definition
	if err := json.Unmarshal([]byte(r.Definition), &d); err != nil {
		return measure.Definition{}, fmt.Errorf("definition of measure %s, version %d: %w", r.MeasureKey, r.Version, err)
	}
	return d, nil
}

// version looks up one version of a measure and its scores.
func (s *scope) version(name measureName) (measureVersion, error) {
	if known, ok := s.measures[name]; ok {
		return known, nil
	}
	var found []struct {
		Score  scoreRow `gorm:"embedded"`
		Series measure.Series
		OrgID  *string
		SHA256 []byte `gorm:"column:sha256"`
	}
	err := s.visible("measure_versions").
		Select("scores.*, series.series, measure_versions.org_id, measure_versions.sha256").
		Joins("JOIN scores ON scores.measure_version_id = measure_versions.id").
		Joins("JOIN series ON series.number = scores.series_no").
		Where("measure_versions.measure_key = ? AND measure_versions.version = ?", name.key, name.version).
		Find(&found).Error
	if err != nil {
		return measureVersion{}, failed("look up a measure", err)
	}
	v := measureVersion{scores: map[measure.Series]scoreRow{}}
	own := false
	for _, f := range found {
		if f.OrgID != nil && !own { // see Measures
			own, v.scores = true, map[measure.Series]scoreRow{}
		}
		if own == (f.OrgID != nil) {
			v.id, v.sha256, v.scores[f.Series] = f.Score.MeasureVersionID, f.SHA256, f.Score
		}
	}
	if v.id == "" {
		return measureVersion{}, fault.New(fault.Invalid, fault.MeasureUnknown, "There is no measure of that name here. Choose one from the library.").At("measure")
	}
	if s.measures == nil {
		s.measures = map[measureName]measureVersion{}
	}
	s.measures[name] = v
	return v, nil
}

// AddMeasure keeps the organisation's own definition.
func (s *scope) AddMeasure(d measure.Definition) error {
	var bundled int64
	err := s.db.Model(&measureVersionRow{}).Where("org_id IS NULL AND measure_key = ?", d.Key).Count(&bundled).Error
	if err != nil {
		return failed("look for a bundled measure", err)
	}
	if bundled > 0 {
		return measureChanged("%s comes with the product. Give your own measure another key.", d.Key)
	}
	return s.keepMeasure(d)
}

// SupplyWords keeps a measure of the library with the organisation's own words.
// Its scores are of the same series as the product's.
func (s *scope) SupplyWords(d measure.Definition) error { return s.keepMeasure(d) }

func (s *scope) keepMeasure(d measure.Definition) error {
	s.forget()
	return s.store.register(s.db, &s.org, d)
}

// register keeps one definition of an organisation.
func (s *Store) register(tx *gorm.DB, org *string, d measure.Definition) error {
	if err := s.lockMeasures(tx); err != nil {
		return err
	}
	shelf, err := s.shelf(tx, org)
	if err != nil {
		return err
	}
	return shelf.add(d)
}

// lockMeasures lets one transaction at a time hand out numbers.
func (s *Store) lockMeasures(tx *gorm.DB) error { return s.oneAtATime(tx, 1) }

// lockFoundation lets one transaction at a time make the first organisation.
func (s *Store) lockFoundation(tx *gorm.DB) error { return s.oneAtATime(tx, 2) }

// oneAtATime makes other transactions that ask for the same number wait until
// this one ends.
func (s *Store) oneAtATime(tx *gorm.DB, number int64) error {
	if s.dialect.history == migrations.SQLite {
		return nil // one writer
	}
	const ours = 0x6361_6972_6e00 // "cairn": any range nobody else uses
	return failed("wait for another transaction", tx.Exec("SELECT pg_advisory_xact_lock(?)", ours+number).Error)
}

// ownedBy narrows to the rows of one owner.
func ownedBy(tx *gorm.DB, org *string) *gorm.DB {
	if org == nil {
		return tx.Where("org_id IS NULL")
	}
	return tx.Where("org_id = ?", *org)
}
