package store

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"gorm.io/gorm"

	"cairn/internal/fault"
	"cairn/internal/measure"
)

// RegisterMeasures makes the bundled definitions known to all.
func (s *Store) RegisterMeasures(ctx context.Context, defs []measure.Definition) error {
	return s.platform(ctx, func(tx *gorm.DB) error {
		if err := s.lockMeasures(tx); err != nil {
			return err
		}
		shelf, err := s.shelf(tx, nil)
		if err != nil {
			return err
		}
		return shelf.add(defs...)
	})
}

// atOnce is how many rows one statement writes.
const atOnce = 200

// A shelf is what one owner has of measures, read at once: a library of twenty
// is compared in three queries and put up in three more. Whoever holds one holds
// the lock of measures.
type shelf struct {
	store    *Store
	tx       *gorm.DB
	org      *string
	versions map[measureName]measureVersionRow
	series   map[measure.Series]seriesRow // the product's are in every owner's
	next     int                          // number of a new series

	newVersions []measureVersionRow
	newSeries   []seriesRow
	newScores   []scoreRow
}

// shelf reads what the organisation, or (nil) the product, has.
func (s *Store) shelf(tx *gorm.DB, org *string) (*shelf, error) {
	f := &shelf{store: s, tx: tx, org: org, versions: map[measureName]measureVersionRow{}, series: map[measure.Series]seriesRow{}}
	var versions []measureVersionRow
	if err := ownedBy(tx, org).Find(&versions).Error; err != nil {
		return nil, failed("look up measures", err)
	}
	for _, v := range versions {
		f.versions[measureName{measure.Key(v.MeasureKey), v.Version}] = v
	}
	var series []seriesRow
	seen := tx.Where("org_id IS NULL")
	if org != nil {
		seen = tx.Where("org_id IS NULL OR org_id = ?", *org)
	}
	if err := seen.Find(&series).Error; err != nil {
		return nil, failed("look up series", err)
	}
	for _, r := range series {
		if had, ok := f.series[r.Series]; ok && had.OrgID != nil {
			continue // see Measures
		}
		f.series[r.Series] = r
	}
	err := tx.Model(&seriesRow{}).Select("COALESCE(MAX(number), 0) + 1").Scan(&f.next).Error
	return f, failed("number a series", err)
}

// add keeps definitions. What is there already must say the same, in the words
// of this release: a field that the definition gained since is no change.
func (f *shelf) add(defs ...measure.Definition) error {
	for _, d := range defs {
		raw, err := json.Marshal(d)
		if err != nil {
			return fmt.Errorf("encode measure %s: %w", d.Key, err)
		}
		there, ok := f.versions[measureName{d.Key, d.Version}]
		if !ok {
			if err := f.put(d, string(raw)); err != nil {
				return err
			}
			continue
		}
		old, err := there.decoded()
		if err != nil {
			return err
		}
		same, err := json.Marshal(old)
		if err != nil {
			return fmt.Errorf("encode measure %s: %w", d.Key, err)
		}
		if string(same) != string(raw) {
			return measureChanged("Another definition of %s, version %d, is here already: its range, direction or decimals differ. Give yours another name, or bring it into another organisation.", d.Key, d.Version)
		}
	}
	if len(f.newVersions) == 0 {
		return nil
	}
	return f.write()
}

// write writes what was set aside.
func (f *shelf) write() error {
	if len(f.newSeries) > 0 { // none for a later version with the same scores
		if err := f.tx.CreateInBatches(f.newSeries, atOnce).Error; err != nil {
			return failed("add series", err)
		}
	}
	if err := f.tx.CreateInBatches(f.newVersions, atOnce).Error; err != nil {
		return failed("add measures", err)
	}
	return failed("add a measure's scores", f.tx.CreateInBatches(f.newScores, atOnce).Error)
}

// put sets one new version aside to be written.
func (f *shelf) put(d measure.Definition, definition string) error {
	id, err := newID()
	if err != nil {
		return err
	}
	digest := sha256.Sum256([]byte(definition))
	row := measureVersionRow{
		ID: id, OrgID: f.org, MeasureKey: string(d.Key), Version: d.Version,
		Definition: definition, SHA256: digest[:], AddedAt: f.store.now(),
	}
	f.versions[measureName{d.Key, d.Version}] = row
	f.newVersions = append(f.newVersions, row)
	for i, sc := range d.Scores {
		number, err := f.number(d.Key, sc)
		if err != nil {
			return err
		}
		one := scoreRow{MeasureVersionID: id, Position: i, SeriesNo: number, Kind: string(sc.Kind), Direction: sc.Direction, MinLevel: sc.Min, MaxLevel: sc.Max}
		if sc.Open {
			one.MinLevel, one.MaxLevel = measure.OpenRange()
		}
		if one.ID, err = newID(); err != nil {
			return err
		}
		f.newScores = append(f.newScores, one)
	}
	return nil
}

// number is the number of the score's series, a new one where it is the first
// of its name. A series belongs to one measure, or two measures would make the
// same pair, and keeps its decimals, or its levels could not be compared.
func (f *shelf) number(key measure.Key, sc measure.Score) (int, error) {
	there, ok := f.series[sc.Series]
	switch {
	case !ok:
		there = seriesRow{Number: f.next, OrgID: f.org, Series: sc.Series, MeasureKey: key, Decimals: sc.Decimals}
		f.series[sc.Series], f.newSeries = there, append(f.newSeries, there)
		f.next++
	case there.MeasureKey != key:
		return 0, measureChanged("The series %s belongs to the measure %s. Name yours differently.", sc.Series, there.MeasureKey)
	case there.Decimals != sc.Decimals:
		return 0, measureChanged("The series %s has %d decimals in an earlier version. Scores with %d need a series of their own.", sc.Series, there.Decimals, sc.Decimals)
	}
	return there.Number, nil
}

func measureChanged(format string, args ...any) *fault.Fault {
	return fault.New(fault.Conflict, fault.MeasureChanged, format, args...).At("measure")
}
