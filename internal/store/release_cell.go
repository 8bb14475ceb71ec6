package store

import (
	"cairn/internal/scheme"
)

// cellRow is how many pairs stand alike in everything.
type cellRow struct {
	Group    groupRow `gorm:"embedded"`
	SeriesNo int
	Occasion int
}

// Cells counts in the database everything that figures of a scheme and a period
// are made of.
func (s *scope) Cells(of scheme.ID, in scheme.Period, today scheme.Day) ([]scheme.Cell, error) {
	n, err := s.numbered()
	if err != nil {
		return nil, err
	}
	number, ok := n.scheme[of]
	if !ok {
		return nil, missing()
	}
	columns := []string{"series_no", "occasion", "period"}
	for _, t := range scheme.TraitDimensions() {
		columns = append(columns, column(scheme.Dimension(t.Value)))
	}
	var rows []cellRow
	query := s.from("outcome_pairs").Where("scheme_no = ? AND period BETWEEN ? AND ?", number, int(in.From), int(in.To))
	if err := tallied(query, today, columns...).Find(&rows).Error; err != nil {
		return nil, failed("count cells", err)
	}
	all := make([]scheme.Cell, len(rows))
	var d decoder
	for i, r := range rows {
		g := r.Group
		all[i] = scheme.Cell{
			Tally: g.Tally.tally(&d), Series: n.seriesOf[r.SeriesNo], Occasion: d.occasion(r.Occasion), Quarter: scheme.Quarter(g.Period),
			Traits: scheme.Traits{
				Age: d.term(scheme.AgeBands(), g.Age), Sex: scheme.Sex(d.term(scheme.Sexes(), g.Sex)),
				Ethnicity: scheme.Ethnicity(d.term(scheme.Ethnicities(), g.Ethnicity)), Deprivation: g.Deprivation,
				Source: scheme.Source(d.term(scheme.Sources(), g.Source)), Category: d.category(g.Category),
				OT: scheme.OTLevel(d.term(scheme.OTGroups(), g.OT)),
			},
		}
	}
	return all, d.err
}
