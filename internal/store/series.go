package store

import (
	"gorm.io/gorm"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// seriesRow is table series, migration 0002.
type seriesRow struct {
	Number     int `gorm:"primaryKey;autoIncrement:false"`
	OrgID      *string
	Series     measure.Series
	MeasureKey measure.Key
	Decimals   int
}

func (seriesRow) TableName() string { return "series" }

// seriesNumber is the number of the score's series, a new one where it is the
// first of its name. A series belongs to one measure, or two measures would
// make the same pair, and keeps its decimals, or its levels could not be
// compared. The caller holds the lock of measures.
func seriesNumber(tx *gorm.DB, org *string, key measure.Key, sc measure.Score) (int, error) {
	var there seriesRow
	found := tx.Where("series = ? AND (org_id IS NULL OR org_id = ?)", sc.Series, deref(org)).Limit(1)
	if org == nil {
		found = tx.Where("series = ? AND org_id IS NULL", sc.Series).Limit(1)
	}
	if found = found.Find(&there); found.Error != nil {
		return 0, failed("look up a series", found.Error)
	}
	if found.RowsAffected == 0 {
		return addSeries(tx, seriesRow{OrgID: org, Series: sc.Series, MeasureKey: key, Decimals: sc.Decimals})
	}
	switch {
	case there.MeasureKey != key:
		return 0, measureChanged("The series %s belongs to the measure %s. Name yours differently.", sc.Series, there.MeasureKey)
	case there.Decimals != sc.Decimals:
		return 0, measureChanged("The series %s has %d decimals in an earlier version. Scores with %d need a series of their own.", sc.Series, there.Decimals, sc.Decimals)
	}
	return there.Number, nil
}

func addSeries(tx *gorm.DB, row seriesRow) (int, error) {
	if err := tx.Model(&seriesRow{}).Select("COALESCE(MAX(number), 0) + 1").Scan(&row.Number).Error; err != nil {
		return 0, failed("number a series", err)
	}
	return row.Number, failed("add a series", tx.Create(&row).Error)
}

// numbers are the short numbers of narrow rows, both ways.
type numbers struct {
	series   map[measure.Series]int
	seriesOf map[int]measure.Series
	scheme   map[scheme.ID]int
	schemeOf map[int]scheme.ID
}

// numbered reads the numbers that this organisation sees, once.
func (s *scope) numbered() (*numbers, error) {
	n := &s.numbers
	if n.series != nil {
		return n, nil
	}
	var series []seriesRow
	// An own series last, so that it wins over a bundled one that came later.
	if err := s.visible("series").Order("CASE WHEN org_id IS NULL THEN 0 ELSE 1 END").Find(&series).Error; err != nil {
		return nil, failed("number the series", err)
	}
	var schemes []schemeRow
	if err := s.from("schemes").Select("id", "number").Find(&schemes).Error; err != nil {
		return nil, failed("number the schemes", err)
	}
	*n = numbers{
		series: make(map[measure.Series]int, len(series)), seriesOf: make(map[int]measure.Series, len(series)),
		scheme: make(map[scheme.ID]int, len(schemes)), schemeOf: make(map[int]scheme.ID, len(schemes)),
	}
	for _, r := range series {
		n.series[r.Series], n.seriesOf[r.Number] = r.Number, r.Series
	}
	for _, r := range schemes {
		n.scheme[scheme.ID(r.ID)], n.schemeOf[r.Number] = r.Number, scheme.ID(r.ID)
	}
	return n, nil
}

// forget makes the next look-up read again, after this transaction added
// something with a number.
func (s *scope) forget() { s.numbers, s.measures = numbers{}, nil }

// ofQuery are the numbers of a scheme and a series that somebody asked for.
func (s *scope) ofQuery(id scheme.ID, series measure.Series) (schemeNo, seriesNo int, err error) {
	n, err := s.numbered()
	if err != nil {
		return 0, 0, err
	}
	schemeNo, ok := n.scheme[id]
	if !ok {
		return 0, 0, missing()
	}
	seriesNo, ok = n.series[series]
	if !ok {
		return 0, 0, fault.New(fault.Invalid, fault.MeasureUnknown, "There is no score “%.40s” here. Choose one from the library.", series).At("measure")
	}
	return schemeNo, seriesNo, nil
}
