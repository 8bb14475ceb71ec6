package store

import (
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A pairScan reads rows of extractPairColumns into one pair again and again: a
// million rows make no garbage but their identifiers.
type pairScan struct {
	numbers *numbers
	into    []any

	person, referral                                                    string
	schemeNo, seriesNo, occasion, ordinal                               int
	state, stage, exit                                                  int
	closes                                                              scheme.Day
	baseLevel, laterLevel                                               *int64
	baseOn, laterOn                                                     scheme.Day
	baseChannel, baseHelper, laterChannel, laterHelper                  int
	age, sex, ethnicity, deprivation, source, category, ot              int
	p                                                                   scheme.Pair
	base, later                                                         scheme.Point
	occasions                                                           map[int]scheme.Occasion
	ages, sexes, ethnicities, sources, categories, groups, ways, helped []scheme.Term
}

func newPairScan(n *numbers) *pairScan {
	s := &pairScan{
		numbers: n, occasions: map[int]scheme.Occasion{},
		ages: scheme.AgeBands(), sexes: scheme.Sexes(), ethnicities: scheme.Ethnicities(), sources: scheme.Sources(),
		categories: scheme.Categories(), groups: scheme.OTGroups(), ways: scheme.Channels(), helped: scheme.Helpers(),
	}
	s.into = []any{
		&s.person, &s.referral, &s.schemeNo, &s.seriesNo, &s.occasion, &s.ordinal,
		&s.state, &s.stage, &s.exit, &s.closes, &s.baseLevel, &s.laterLevel, &s.baseOn, &s.laterOn,
		&s.baseChannel, &s.baseHelper, &s.laterChannel, &s.laterHelper,
		&s.age, &s.sex, &s.ethnicity, &s.deprivation, &s.source, &s.category, &s.ot,
	}
	return s
}

// pair is what was read last.
func (s *pairScan) pair() (scheme.PersonID, *scheme.Pair, error) {
	var d decoder
	occasion, known := s.occasions[s.occasion]
	if !known {
		occasion = d.occasion(s.occasion)
		s.occasions[s.occasion] = occasion
	}
	s.p = scheme.Pair{
		Referral: scheme.ReferralID(s.referral), Scheme: s.numbers.schemeOf[s.schemeNo], Ordinal: s.ordinal,
		Series: s.numbers.seriesOf[s.seriesNo], Occasion: occasion, State: at(&d, states(), s.state-1),
		Closes: s.closes, Stage: scheme.Stage(s.stage), Exit: at(&d, exits(), s.exit),
		Traits: scheme.Traits{
			Age: d.term(s.ages, s.age), Sex: scheme.Sex(d.term(s.sexes, s.sex)),
			Ethnicity: scheme.Ethnicity(d.term(s.ethnicities, s.ethnicity)), Deprivation: s.deprivation,
			Source: scheme.Source(d.term(s.sources, s.source)), OT: scheme.OTLevel(d.term(s.groups, s.ot)),
		},
	}
	if s.category == several {
		s.p.Traits.Category = scheme.Several
	} else {
		s.p.Traits.Category = scheme.Category(d.term(s.categories, s.category))
	}
	if s.baseLevel != nil {
		s.base = s.point(&d, *s.baseLevel, s.baseOn, [2]int{s.baseChannel, s.baseHelper})
		s.p.Base = &s.base
	}
	if s.laterLevel != nil {
		s.later = s.point(&d, *s.laterLevel, s.laterOn, [2]int{s.laterChannel, s.laterHelper})
		s.p.Later = &s.later
	}
	return scheme.PersonID(s.person), &s.p, d.err
}

func (s *pairScan) point(d *decoder, level int64, on scheme.Day, taken [2]int) scheme.Point {
	return scheme.Point{
		Level: measure.Level(level), On: on,
		Channel: scheme.Channel(d.term(s.ways, taken[0])), Helper: scheme.Helper(d.term(s.helped, taken[1])),
	}
}
