package store

import (
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
