package store

import (
	"gorm.io/gorm"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/migrations"
)

// ofScheme begins a query of the pairs that q asks for.
func (s *scope) ofScheme(q app.PairQuery) (*gorm.DB, error) {
	schemeNo, seriesNo, err := s.ofQuery(q.Scheme, q.Series)
	if err != nil {
		return nil, err
	}
	var c coder
	query := s.from("outcome_pairs").
		Where("scheme_no = ? AND series_no = ? AND occasion = ?", schemeNo, seriesNo, c.occasion(q.Occasion))
	if c.err != nil {
		return query.Where("1 = 0"), nil // an occasion nobody can plan has no pairs
	}
	if q.Period.From != 0 {
		query = query.Where("period >= ?", int(q.Period.From))
	}
	if q.Period.To != 0 {
		query = query.Where("period <= ?", int(q.Period.To))
	}
	return query, nil
}

// Transitions counts in the database, where the rows are, and adds up in
// package scheme, where the rules are.
func (s *scope) Transitions(q app.PairQuery) (scheme.Transitions, error) {
	query, err := s.ofScheme(q)
	if err != nil {
		return scheme.Transitions{}, err
	}
	var tallies []struct {
		State      int
		Stage      scheme.Stage
		Exit       int
		Open       int
		BaseLevel  *measure.Level
		LaterLevel *measure.Level
		People     int
	}
	err = query.Where("ordinal = 1").
		Select("state, stage, exit, CASE WHEN closes_on >= ? THEN 1 ELSE 0 END AS open, base_level, later_level, COUNT(*) AS people", q.Today).
		Group("state, stage, exit, 4, base_level, later_level").Find(&tallies).Error
	if err != nil {
		return scheme.Transitions{}, failed("count transitions", err)
	}
	all := scheme.NewTransitions()
	var d decoder
	for _, t := range tallies {
		tally := scheme.Tally{
			State: at(&d, states(), t.State-1), Stage: t.Stage, Exit: at(&d, exits(), t.Exit),
			Open: t.Open == 1, People: t.People,
		}
		if t.BaseLevel != nil {
			tally.From = *t.BaseLevel
		}
		if t.LaterLevel != nil {
			tally.To = *t.LaterLevel
		}
		all.Add(tally)
	}
	return all, d.err
}

// EachPair streams: while fn runs, nothing else can be asked of this
// transaction.
func (s *scope) EachPair(q app.PairQuery, fn func(scheme.Pair) error) (err error) {
	query, err := s.ofScheme(q)
	if err != nil {
		return err
	}
	if err := s.patient(); err != nil {
		return err
	}
	rows, err := query.Order("referral_id").Rows()
	if err != nil {
		return failed("read pairs", err)
	}
	defer func() {
		if closed := rows.Close(); err == nil {
			err = failed("read pairs", closed)
		}
	}()
	for rows.Next() {
		var row pairRow
		if err := s.db.ScanRows(rows, &row); err != nil {
			return failed("read a pair", err)
		}
		p, err := s.numbers.widened(row)
		if err != nil {
			return err
		}
		if err := fn(p); err != nil {
			return err
		}
	}
	return failed("read pairs", rows.Err())
}

// patient lets the statements of this transaction run as long as their reader
// takes, such as somebody who downloads an export over a slow line.
func (s *scope) patient() error {
	if s.store.dialect.history == migrations.SQLite {
		return nil // has no such limit
	}
	return failed("wait longer", s.db.Exec("SET LOCAL statement_timeout = '15min'").Error)
}
