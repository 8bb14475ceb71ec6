package store

import (
	"strconv"
	"strings"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// groupRow is how many pairs of one group stand alike. The columns of dimensions
// that were not asked for stay 0.
type groupRow struct {
	Tally       tallyRow `gorm:"embedded"`
	SchemeNo    int
	Period      int
	Age         int
	Sex         int
	Ethnicity   int
	Deprivation int
	Source      int
	Category    int
	OT          int `gorm:"column:ot"`
}

// column is where a dimension is kept.
func column(d scheme.Dimension) string {
	if d == scheme.ByScheme {
		return "scheme_no"
	}
	return string(d)
}

// group is the row's value in a dimension.
func (r groupRow) group(d scheme.Dimension, n *numbers, dec *decoder) string {
	switch d {
	case scheme.ByScheme:
		return string(n.schemeOf[r.SchemeNo])
	case scheme.ByPeriod:
		return scheme.Quarter(r.Period).String()
	case scheme.ByAge:
		return dec.term(scheme.AgeBands(), r.Age)
	case scheme.BySex:
		return dec.term(scheme.Sexes(), r.Sex)
	case scheme.ByEthnicity:
		return dec.term(scheme.Ethnicities(), r.Ethnicity)
	case scheme.ByDeprivation:
		if r.Deprivation == 0 {
			return ""
		}
		return strconv.Itoa(r.Deprivation)
	case scheme.BySource:
		return dec.term(scheme.Sources(), r.Source)
	case scheme.ByCategory:
		return string(dec.category(r.Category))
	case scheme.ByOT:
		return dec.term(scheme.OTGroups(), r.OT)
	}
	dec.unknown(0)
	return ""
}

// TransitionsBy is Transitions with more columns to count apart by.
func (s *scope) TransitionsBy(q app.GroupQuery) ([]app.Group, error) {
	if len(q.Schemes) == 0 {
		return nil, nil
	}
	var schemeNos []int
	var seriesNo int
	for _, id := range q.Schemes {
		no, series, err := s.ofQuery(id, q.Series)
		if err != nil {
			return nil, err
		}
		schemeNos, seriesNo = append(schemeNos, no), series
	}
	var columns []string
	for _, d := range q.By {
		columns = append(columns, column(d))
	}
	var rows []groupRow
	if err := tallied(s.pairsOf(schemeNos, seriesNo, q.Occasion, q.Period), q.Today, columns...).Find(&rows).Error; err != nil {
		return nil, failed("count transitions of groups", err)
	}
	return grouped(q, rows, &s.numbers)
}

func grouped(q app.GroupQuery, rows []groupRow, n *numbers) ([]app.Group, error) {
	var d decoder
	place := map[string]int{}
	var groups []app.Group
	for _, r := range rows {
		of := make([]string, len(q.By))
		for i, by := range q.By {
			of[i] = r.group(by, n, &d)
		}
		key := strings.Join(of, "\x00")
		i, ok := place[key]
		if !ok {
			i = len(groups)
			place[key] = i
			groups = append(groups, app.Group{Of: of, Table: scheme.NewTransitions()})
		}
		groups[i].Table.Add(r.Tally.tally(&d))
	}
	return groups, d.err
}
