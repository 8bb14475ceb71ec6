package extract

import (
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A Pairs lays pairs out with a row for each.
type Pairs struct {
	x        scheme.Extract
	decimals map[measure.Series]int
	quarters map[scheme.Quarter]string
	row      []Cell
}

// NewPairs lays out what x is of.
func NewPairs(x scheme.Extract) *Pairs {
	p := &Pairs{x: x, decimals: map[measure.Series]int{}, quarters: map[scheme.Quarter]string{}}
	for _, sc := range x.Scores {
		p.decimals[sc.Series] = sc.Decimals
	}
	return p
}

// Columns are what Row fills, in order.
func (p *Pairs) Columns() []Column {
	times := p.x.FollowUps
	if p.x.Rule == scheme.ByFirstLast {
		times = []scheme.Occasion{scheme.FirstLast}
	}
	windowed, dayless := true, "" // the plan has nobody without a window
	if p.x.Rule == scheme.ByFirstLast {
		windowed, dayless = false, "; empty where no day is known to count it from, and the row is in no quarter"
	}
	most := decimals(p.x.Scores)
	columns := append(who(p.x),
		Column{Name: "measure", About: "Which score: numbers of one name can be compared with each other.", Values: series(p.x.Scores), Always: true},
		Column{Name: "timepoint", About: "The follow-up that the pair is of.", Values: occasions(times), Always: true},
		Column{Name: "rule", About: "How the two scores were chosen.", Values: rules(), Always: true},
		Column{Name: "state", About: "What there is of the pair.", Values: pairStates(), Always: true},
		Column{Name: "baseline", Kind: KindScore, Unit: "score points", About: "The first score.", Decimals: most},
		Column{Name: "later", Kind: KindScore, Unit: "score points", About: "The later score.", Decimals: most},
		Column{Name: "change", Kind: KindScore, Unit: "score points", About: "Later minus baseline, whichever way is better.", Decimals: most},
		Column{Name: "days", Kind: KindWhole, Unit: "days", About: "From the first score to the later one; empty where either day is not known."},
		Column{Name: "period", About: "The quarter in which the window of the follow-up closes" + dayless + ".", Always: windowed},
		Column{Name: "closes_on", Kind: KindDate, About: "The last day on which the later score counts" + dayless + ".", Always: windowed},
		Column{Name: "in_figures", Kind: KindYes, About: "Whether figures of the day of this export count the row: a first referral whose window has closed, of somebody who neither died nor moved away before a pair was made.", Values: yesNo(), Always: true},
		Column{Name: "baseline_on", Kind: KindDate, About: "The day of the first score; empty where it is not known."},
		Column{Name: "later_on", Kind: KindDate, About: "The day of the later score; empty where it is not known."},
		prefixed(channels(), "baseline_", "The first score. "), prefixed(helpers(), "baseline_", "The first score. "),
		prefixed(channels(), "later_", "The later score. "), prefixed(helpers(), "later_", "The later score. "),
		Column{Name: "stage", About: "How far the referral came.", Values: stages(), Always: true},
		Column{Name: "exit", About: "Whether the person died or moved away before the window closed.", Values: exits()},
	)
	if p.x.Rule == scheme.ByFirstLast { // the plan pairs no others than those of a known day
		columns = append(columns, dated("baseline_", "The first score. ")...)
		columns = append(columns, dated("later_", "The later score. ")...)
	}
	return append(columns, traits()...)
}

func rules() []scheme.Term {
	return []scheme.Term{
		{Value: string(scheme.ByPlan), Label: "The score nearest to the due day, within its window"},
		{Value: string(scheme.ByFirstLast), Label: "The first score and the last one"},
	}
}

func pairStates() []scheme.Term {
	return []scheme.Term{
		{Value: string(scheme.Enrolled), Label: "Neither score"}, {Value: string(scheme.BaselineOnly), Label: "A first score and no later one"},
		{Value: string(scheme.Paired), Label: "Both scores"}, {Value: string(scheme.FollowupOnly), Label: "A later score and no first one: never paired"},
	}
}

func exits() []scheme.Term {
	return []scheme.Term{{Value: string(scheme.ExitDied), Label: "Died"}, {Value: string(scheme.ExitMoved), Label: "Moved away"}}
}

func yesNo() []scheme.Term {
	return []scheme.Term{{Value: "yes", Label: "Yes"}, {Value: "no", Label: "No"}}
}

// Row lays one pair out; it is good until the next.
func (p *Pairs) Row(of scheme.ExtractPair) []Cell {
	pair, places := of.Pair, p.decimals[of.Pair.Series]
	rule := scheme.ByPlan
	if pair.Occasion == scheme.FirstLast {
		rule = scheme.ByFirstLast
	}
	counts := No()
	if pair.Counts(p.x.Today) && pair.Exit == scheme.Stayed {
		counts = Yes()
	}
	var base, later, change, days Cell
	var first, second scheme.Point
	if pair.Base != nil {
		first, base = *pair.Base, Score(pair.Base.Level, places)
	}
	if pair.Later != nil {
		second, later = *pair.Later, Score(pair.Later.Level, places)
	}
	if pair.State == scheme.Paired {
		change = Score(second.Level-first.Level, places)
		if first.Dated == scheme.ToTheDay && second.Dated == scheme.ToTheDay {
			days = Whole(pair.Days())
		}
	}
	baseOn, baseHow, baseMonth := putDay(first.On, first.Dated)
	laterOn, laterHow, laterMonth := putDay(second.On, second.Dated)
	period := Cell{}
	if !pair.Closes.IsZero() {
		q := pair.Closes.Quarter()
		if p.quarters[q] == "" {
			p.quarters[q] = q.String()
		}
		period = Text(p.quarters[q])
	}
	p.row = append(p.row[:0],
		Text(of.Scheme), Text(of.Key), Whole(pair.Ordinal), Text(pair.Series), Text(pair.Occasion), Text(rule), Text(pair.State),
		base, later, change, days, period, Date(pair.Closes), counts,
		baseOn, laterOn, Text(first.Channel), Text(first.Helper), Text(second.Channel), Text(second.Helper),
		stage(pair.Stage), Text(pair.Exit))
	if p.x.Rule == scheme.ByFirstLast {
		p.row = append(p.row, baseHow, baseMonth, laterHow, laterMonth)
	}
	p.row = putTraits(p.row, pair.Traits)
	return p.row
}
