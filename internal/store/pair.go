package store

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm/clause"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// pairRow is table outcome_pairs, migration 0006; codes are of pair_codes.go.
type pairRow struct {
	Owner
	ReferralID   string `gorm:"primaryKey"`
	SchemeNo     int
	SeriesNo     int `gorm:"primaryKey;autoIncrement:false"`
	Occasion     int `gorm:"primaryKey;autoIncrement:false"`
	Period       int
	Ordinal      int
	State        int
	Stage        scheme.Stage
	Exit         int
	ClosesOn     scheme.Day `gorm:"type:date"`
	BaseLevel    *measure.Level
	LaterLevel   *measure.Level
	BaseID       *string
	LaterID      *string
	BaseOn       scheme.Day `gorm:"type:date"`
	LaterOn      scheme.Day `gorm:"type:date"`
	BaseChannel  int
	BaseHelper   int
	LaterChannel int
	LaterHelper  int
	Age          int
	Sex          int
	Ethnicity    int
	Deprivation  int
	Source       int
	Category     int
	OT           int `gorm:"column:ot"`
}

func (pairRow) TableName() string { return "outcome_pairs" }

// narrowed makes the row of a pair.
func (n *numbers) narrowed(p scheme.Pair) (*pairRow, error) {
	schemeNo, ok := n.scheme[p.Scheme]
	if !ok {
		return nil, missing()
	}
	seriesNo, ok := n.series[p.Series]
	if !ok {
		return nil, fmt.Errorf("pair of referral %s: no series %s", p.Referral, p.Series)
	}
	var c coder
	t := p.Traits
	row := &pairRow{
		ReferralID: string(p.Referral), SchemeNo: schemeNo, SeriesNo: seriesNo,
		Occasion: c.occasion(p.Occasion), Period: int(p.Closes.Quarter()), Ordinal: p.Ordinal,
		State: place(&c, states(), p.State) + 1, Stage: p.Stage, Exit: place(&c, exits(), p.Exit), ClosesOn: closing(p.Closes),
		Age: c.term(scheme.AgeBands(), t.Age), Sex: c.term(scheme.Sexes(), string(t.Sex)),
		Ethnicity: c.term(scheme.Ethnicities(), string(t.Ethnicity)), Deprivation: t.Deprivation,
		Source: c.term(scheme.Sources(), string(t.Source)), Category: c.category(t.Category),
		OT: c.term(scheme.OTGroups(), string(t.OT)),
	}
	row.BaseLevel, row.BaseID, row.BaseOn, row.BaseChannel, row.BaseHelper = c.point(p.Base)
	row.LaterLevel, row.LaterID, row.LaterOn, row.LaterChannel, row.LaterHelper = c.point(p.Later)
	if c.err != nil {
		return nil, fmt.Errorf("pair of referral %s: %w", p.Referral, c.err)
	}
	return row, nil
}

// noWindow stands in closes_on for no day: a pair of it lies in no quarter and is
// never open.
func noWindow() scheme.Day {
	return scheme.DayOf(time.Date(scheme.EarliestYear, 1, 1, 0, 0, 0, 0, time.UTC))
}

func closing(on scheme.Day) scheme.Day {
	if on.IsZero() {
		return noWindow()
	}
	return on
}

func window(closes scheme.Day) scheme.Day {
	if closes == noWindow() {
		return scheme.Day{}
	}
	return closes
}

func (c *coder) point(p *scheme.Point) (level *measure.Level, id *string, on scheme.Day, channel, helper int) {
	if p == nil {
		return nil, nil, scheme.Day{}, 0, 0
	}
	of := p.Level
	return &of, optional(string(p.Assessment)), p.On,
		c.term(scheme.Channels(), string(p.Channel)), c.term(scheme.Helpers(), string(p.Helper))
}

// widened is narrowed backward.
func (n *numbers) widened(r pairRow) (scheme.Pair, error) {
	var d decoder
	p := scheme.Pair{
		Referral: scheme.ReferralID(r.ReferralID), Scheme: n.schemeOf[r.SchemeNo], Ordinal: r.Ordinal,
		Series: n.seriesOf[r.SeriesNo], Occasion: d.occasion(r.Occasion), State: at(&d, states(), r.State-1),
		Closes: window(r.ClosesOn), Stage: r.Stage, Exit: at(&d, exits(), r.Exit),
		Traits: scheme.Traits{
			Age: d.term(scheme.AgeBands(), r.Age), Sex: scheme.Sex(d.term(scheme.Sexes(), r.Sex)),
			Ethnicity: scheme.Ethnicity(d.term(scheme.Ethnicities(), r.Ethnicity)), Deprivation: r.Deprivation,
			Source: scheme.Source(d.term(scheme.Sources(), r.Source)), Category: d.category(r.Category),
			OT: scheme.OTLevel(d.term(scheme.OTGroups(), r.OT)),
		},
	}
	if r.BaseLevel != nil {
		p.Base = d.point(*r.BaseLevel, r.BaseID, r.BaseOn, r.BaseChannel, r.BaseHelper)
	}
	if r.LaterLevel != nil {
		p.Later = d.point(*r.LaterLevel, r.LaterID, r.LaterOn, r.LaterChannel, r.LaterHelper)
	}
	if d.err != nil {
		return scheme.Pair{}, fmt.Errorf("pair of referral %s: %w", r.ReferralID, d.err)
	}
	return p, nil
}

func (d *decoder) point(level measure.Level, id *string, on scheme.Day, channel, helper int) *scheme.Point {
	return &scheme.Point{
		Assessment: scheme.AssessmentID(deref(id)), On: on, Level: level,
		Channel: scheme.Channel(d.term(scheme.Channels(), channel)), Helper: scheme.Helper(d.term(scheme.Helpers(), helper)),
	}
}

// SavePairs makes the stored pairs of the referral exactly these, in two
// statements and in the order of the key, so that two writers never wait for
// each other in a ring.
func (s *scope) SavePairs(id scheme.ReferralID, pairs []scheme.Pair) error {
	rows, err := s.pairRows(id, pairs)
	if err != nil {
		return err
	}
	others := s.from("outcome_pairs").Where("referral_id = ?", id)
	for _, r := range rows {
		others = others.Where("NOT (series_no = ? AND occasion = ?)", r.SeriesNo, r.Occasion)
	}
	if err := others.Delete(&pairRow{}).Error; err != nil {
		return failed("delete pairs", err)
	}
	_, err = add(s.tenant, rows, replace())
	return failed("save pairs", err)
}

// pairRows are the rows of a referral's pairs, in the order of the key.
func (s *scope) pairRows(id scheme.ReferralID, pairs []scheme.Pair) ([]*pairRow, error) {
	n, err := s.numbered()
	if err != nil {
		return nil, err
	}
	rows := make([]*pairRow, len(pairs))
	for i, p := range pairs {
		if p.Referral != id {
			return nil, fmt.Errorf("a pair of referral %s among those of %s", p.Referral, id)
		}
		if rows[i], err = n.narrowed(p); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(rows, func(a, b *pairRow) int {
		if d := a.SeriesNo - b.SeriesNo; d != 0 {
			return d
		}
		return a.Occasion - b.Occasion
	})
	return rows, nil
}

// replace overwrites a row of the same key.
func replace() clause.OnConflict {
	columns := strings.Fields(`scheme_no period ordinal state stage exit closes_on base_level later_level
		base_id later_id base_on later_on base_channel base_helper later_channel later_helper
		age sex ethnicity deprivation source category ot`)
	return clause.OnConflict{
		Columns:   named([]string{"org_id", "referral_id", "series_no", "occasion"}),
		DoUpdates: clause.AssignmentColumns(columns),
	}
}

// PairsOf returns the stored pairs of one referral, by series and occasion.
func (s *scope) PairsOf(id scheme.ReferralID) ([]scheme.Pair, error) {
	if err := s.at("referrals", string(id)).Select("id").Take(&referralRow{}).Error; err != nil {
		return nil, failed("read a referral", err)
	}
	n, err := s.numbered()
	if err != nil {
		return nil, err
	}
	var rows []pairRow
	if err := s.from("outcome_pairs").Where("referral_id = ?", id).Order("series_no, occasion").Find(&rows).Error; err != nil {
		return nil, failed("read pairs", err)
	}
	var pairs []scheme.Pair
	for _, r := range rows {
		p, err := n.widened(r)
		if err != nil {
			return nil, err
		}
		pairs = append(pairs, p)
	}
	return pairs, nil
}
