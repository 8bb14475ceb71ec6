package store

import (
	"encoding/json"
	"fmt"
	"strings"

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
	return apart(s.pairsOf([]int{schemeNo}, seriesNo, q.Occasion, q.Period), seriesNo, q.But), nil
}

// apart leaves out of pairs who was measured twice at another occasion.
func apart(query *gorm.DB, seriesNo int, but scheme.Occasion) *gorm.DB {
	if but == "" {
		return query
	}
	var c coder
	occasion, paired := c.occasion(but), 1+place(&c, states(), scheme.Paired)
	if c.err != nil {
		return query // nobody is measured at an occasion that nobody can plan
	}
	return query.Where(`NOT EXISTS (SELECT 1 FROM outcome_pairs elsewhere WHERE elsewhere.org_id = outcome_pairs.org_id
		AND elsewhere.referral_id = outcome_pairs.referral_id AND elsewhere.series_no = ? AND elsewhere.occasion = ? AND elsewhere.state = ?)`,
		seriesNo, occasion, paired)
}

// pairsOf begins a query of the pairs of schemes.
func (s *scope) pairsOf(schemeNos []int, seriesNo int, occasion scheme.Occasion, period scheme.Period) *gorm.DB {
	var c coder
	query := s.from("outcome_pairs").
		Where("outcome_pairs.scheme_no IN ? AND outcome_pairs.series_no = ? AND outcome_pairs.occasion = ?", schemeNos, seriesNo, c.occasion(occasion))
	if c.err != nil {
		return query.Where("1 = 0") // an occasion nobody can plan has no pairs
	}
	if period.From != 0 {
		query = query.Where("outcome_pairs.period >= ?", int(period.From))
	}
	if period.To != 0 {
		query = query.Where("outcome_pairs.period > 0 AND outcome_pairs.period <= ?", int(period.To)) // those of no day have period 0
	}
	return query
}

// Transitions counts in the database, where the rows are, and adds up in
// package scheme, where the rules are.
func (s *scope) Transitions(q app.PairQuery) (scheme.Transitions, error) {
	query, err := s.ofScheme(q)
	if err != nil {
		return scheme.Transitions{}, err
	}
	var rows []tallyRow
	if err := tallied(query, q.Today).Find(&rows).Error; err != nil {
		return scheme.Transitions{}, failed("count transitions", err)
	}
	all := scheme.NewTransitions()
	var d decoder
	for _, r := range rows {
		all.Add(r.tally(&d))
	}
	return all, d.err
}

// Sheets reads both answers of every pair in one query.
func (s *scope) Sheets(q app.PairQuery) ([]scheme.TwoSheets, error) {
	query, err := s.ofScheme(q)
	if err != nil {
		return nil, err
	}
	var c coder
	const sheet = "JOIN assessments %[1]s_a ON %[1]s_a.org_id = outcome_pairs.org_id AND %[1]s_a.id = outcome_pairs.%[1]s_id " +
		"JOIN assessment_versions %[1]s_v ON %[1]s_v.org_id = %[1]s_a.org_id AND %[1]s_v.assessment_id = %[1]s_a.id AND %[1]s_v.version = %[1]s_a.current_version"
	var rows []struct{ Base, Later *string }
	err = query.Where("outcome_pairs.ordinal = 1 AND outcome_pairs.state = ?", 1+place(&c, states(), scheme.Paired)).
		Joins(fmt.Sprintf(sheet, "base")).Joins(fmt.Sprintf(sheet, "later")).
		Select("base_v.items AS base, later_v.items AS later").Find(&rows).Error
	if err != nil {
		return nil, failed("read the answers behind pairs", err)
	}
	all := make([]scheme.TwoSheets, len(rows))
	for i, r := range rows {
		for _, one := range []struct {
			items *string
			into  *map[string]int
		}{{r.Base, &all[i].Base}, {r.Later, &all[i].Later}} {
			if one.items == nil {
				continue
			}
			if err := json.Unmarshal([]byte(*one.items), one.into); err != nil {
				return nil, fmt.Errorf("answers behind a pair: %w", err)
			}
		}
	}
	return all, c.err
}

// tallyRow is how many pairs stand alike.
type tallyRow struct {
	State      int
	Stage      scheme.Stage
	Exit       int
	Open       int
	BaseLevel  *measure.Level
	LaterLevel *measure.Level
	People     int
}

// tallied counts the first referrals among the pairs of query, apart by the
// columns in by as well.
func tallied(query *gorm.DB, today scheme.Day, by ...string) *gorm.DB {
	columns := strings.Join(append(by, "state", "stage", "exit"), ", ")
	return query.Where("ordinal = 1").
		Select(columns+", CASE WHEN closes_on >= ? THEN 1 ELSE 0 END AS open, base_level, later_level, COUNT(*) AS people", today).
		Group(fmt.Sprintf("%s, %d, base_level, later_level", columns, len(by)+4))
}

func (r tallyRow) tally(d *decoder) scheme.Tally {
	t := scheme.Tally{
		State: at(d, states(), r.State-1), Stage: r.Stage, Exit: at(d, exits(), r.Exit),
		Open: r.Open == 1, People: r.People,
	}
	if r.BaseLevel != nil {
		t.From = *r.BaseLevel
	}
	if r.LaterLevel != nil {
		t.To = *r.LaterLevel
	}
	return t
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

// narrowly has every statement of this transaction look its rows up one by one.
// What a transaction has added itself is in no statistics: a planner that knows
// nothing of a million new rows joins all of them to find five.
func (s *scope) narrowly() error {
	if s.store.dialect.history == migrations.SQLite {
		return nil // joins in no other way
	}
	for _, setting := range []string{"enable_seqscan", "enable_hashjoin", "enable_mergejoin"} {
		if err := s.db.Exec("SET LOCAL " + setting + " = off").Error; err != nil {
			return failed("look rows up one by one", err)
		}
	}
	return nil
}
