package app

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"cairn/internal/evidence"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

func byService(a, b GrantedLine) int {
	return cmp.Or(
		strings.Compare(strings.ToLower(a.Cover.Organisation), strings.ToLower(b.Cover.Organisation)),
		strings.Compare(strings.ToLower(a.Cover.Scheme), strings.ToLower(b.Cover.Scheme)),
		cmp.Compare(b.Period.To, a.Period.To), cmp.Compare(b.Number, a.Number),
	)
}

// GrantedAsk says what granted releases are compared by. Empty fields take what
// most of them lead with, and the newest release of each scheme.
type GrantedAsk struct {
	Series   measure.Series
	Occasion scheme.Occasion
	Period   string // "2026-Q1 2026-Q2": both ends of a period that somebody released
}

// A GrantedScheme scheme is one line of a comparison.
type GrantedScheme struct {
	GrantedLine
	Figure *ReleasedFigure // nil where its release has none of that score and time
	Pooled bool            // it is part of what all say together
	Label  string          // its name in a picture: the scheme's, with whose it is where another has the same
}

// Name is the scheme with whose it is.
func (c GrantedScheme) Name() string { return c.Cover.Scheme + " (" + c.Cover.Organisation + ")" }

// A GrantedComparison shows granted releases beside each other. What all say together
// is worked out from what is shown of each, and from nothing else.
type GrantedComparison struct {
	Ask       GrantedAsk // as it was answered
	Score     ReleasedScore
	Lines     []GrantedScheme
	Pooled    evidence.Pooled
	Scores    []ReleasedScore
	Occasions []scheme.Occasion
	Periods   []scheme.Period
}

// CompareGranted shows the standing releases that were granted to the actor's
// organisation beside each other, in the order of their names.
func (a *App) CompareGranted(ctx context.Context, by Actor, ask GrantedAsk) (c GrantedComparison, err error) {
	all, err := a.Granted(ctx, by)
	if err != nil {
		return c, err
	}
	standing := slices.DeleteFunc(all, func(l GrantedLine) bool { return l.State != scheme.ReleasePublished })
	if err := c.choices(standing, ask); err != nil {
		return c, err
	}
	chosen := newestOf(standing, c.Ask.Period)
	if len(chosen) == 0 {
		return c, nil
	}
	var ids []scheme.ReleaseID
	read := map[scheme.OrgID][]scheme.ReleaseID{}
	for _, l := range chosen {
		ids = append(ids, l.ID)
		read[l.Owner] = append(read[l.Owner], l.ID)
	}
	figures, err := a.grantedFigures(ctx, by, ids)
	if err != nil {
		return c, fmt.Errorf("compare releases: %w", err)
	}
	for _, l := range chosen {
		line := GrantedScheme{GrantedLine: l}
		i := slices.IndexFunc(figures[l.ID], func(f ReleasedFigure) bool {
			return f.Question.Series == c.Ask.Series && f.Occasion == c.Ask.Occasion
		})
		if i >= 0 {
			line.Figure = &figures[l.ID][i]
		}
		c.Lines = append(c.Lines, line)
	}
	c.label()
	c.pool()
	for _, owner := range slices.Sorted(maps.Keys(read)) {
		if err := a.noteReading(ctx, by, owner, read[owner]); err != nil {
			return c, err
		}
	}
	return c, nil
}

func (a *App) grantedFigures(ctx context.Context, by Actor, ids []scheme.ReleaseID) (map[scheme.ReleaseID][]ReleasedFigure, error) {
	rows, err := a.store.GrantedFigures(ctx, by.Org, ids...)
	if err != nil {
		return nil, err
	}
	read, err := figuresOf(rows)
	all := map[scheme.ReleaseID][]ReleasedFigure{}
	for i, f := range read {
		all[rows[i].Release] = append(all[rows[i].Release], f)
	}
	return all, err
}

// choices are what can be compared, and what the ask comes to.
func (c *GrantedComparison) choices(standing []GrantedLine, ask GrantedAsk) error {
	leads := map[GrantedAsk]int{}
	for _, l := range standing {
		for _, s := range l.Cover.Scores {
			if !slices.ContainsFunc(c.Scores, func(o ReleasedScore) bool { return o.Score.Series == s.Score.Series }) {
				c.Scores = append(c.Scores, s)
			}
		}
		if !slices.Contains(c.Occasions, l.Cover.Headline) {
			c.Occasions = append(c.Occasions, l.Cover.Headline)
		}
		if !slices.Contains(c.Periods, l.Period) {
			c.Periods = append(c.Periods, l.Period)
		}
		leads[GrantedAsk{Series: l.Cover.Primary, Occasion: l.Cover.Headline}]++
	}
	slices.SortFunc(c.Periods, func(a, b scheme.Period) int { return cmp.Or(cmp.Compare(b.To, a.To), cmp.Compare(b.From, a.From)) })
	c.Ask = ask
	var most GrantedAsk
	for _, l := range standing { // in order, so that a tie is always settled alike
		lead := GrantedAsk{Series: l.Cover.Primary, Occasion: l.Cover.Headline}
		if leads[lead] > leads[most] {
			most = lead
		}
	}
	c.Ask.Series, c.Ask.Occasion = cmp.Or(ask.Series, most.Series), cmp.Or(ask.Occasion, most.Occasion)
	if len(standing) == 0 {
		return nil // there is nothing to refuse an ask by
	}
	return c.known()
}

// known faults for an ask that nothing was released of.
func (c *GrantedComparison) known() error {
	var wrong fault.List
	i := slices.IndexFunc(c.Scores, func(s ReleasedScore) bool { return s.Score.Series == c.Ask.Series })
	if i < 0 {
		wrong.Add(fault.New(fault.Invalid, fault.MeasureUnknown, "None of the releases granted to you has a score “%.60s”.", c.Ask.Series).At("series"))
	} else {
		c.Score = c.Scores[i]
	}
	if !slices.Contains(c.Occasions, c.Ask.Occasion) {
		wrong.Add(fault.New(fault.Invalid, fault.OccasionUnknown, "None of the releases granted to you has a follow-up “%.40s”.", c.Ask.Occasion).At("occasion"))
	}
	if c.Ask.Period != "" && !slices.ContainsFunc(c.Periods, func(p scheme.Period) bool { return PeriodKey(p) == c.Ask.Period }) {
		wrong.Add(fault.New(fault.Invalid, fault.PeriodInvalid, "None of the releases granted to you is of that period.").At("period"))
	}
	return wrong.Err()
}

// PeriodKey is a period as an address holds it.
func PeriodKey(p scheme.Period) string { return p.From.String() + " " + p.To.String() }

// newestOf is the newest standing release of each scheme, of one period unless it
// is empty. Lines come by scheme, the newest first.
func newestOf(standing []GrantedLine, period string) (chosen []GrantedLine) {
	for _, l := range standing {
		if period != "" && PeriodKey(l.Period) != period {
			continue
		}
		if n := len(chosen); n > 0 && chosen[n-1].Owner == l.Owner && chosen[n-1].Scheme == l.Scheme {
			continue
		}
		chosen = append(chosen, l)
	}
	return chosen
}

// label names the schemes as shortly as they can be told apart by.
func (c *GrantedComparison) label() {
	schemes := map[string]int{}
	for _, l := range c.Lines {
		schemes[l.Cover.Scheme]++
	}
	for i, l := range c.Lines {
		if c.Lines[i].Label = l.Cover.Scheme; schemes[l.Cover.Scheme] > 1 {
			c.Lines[i].Label = l.Name()
		}
	}
}

// Times are the periods of what is compared, each once, in the order of the lines.
func (c GrantedComparison) Times() (all []scheme.Period) {
	for _, l := range c.Lines {
		if l.Figure != nil && !slices.Contains(all, l.Period) {
			all = append(all, l.Period)
		}
	}
	return all
}

// pool works out what the schemes say together, from the means, standard
// deviations and numbers that are shown. Each one's own interval is its release's.
func (c *GrantedComparison) pool() {
	var in []evidence.Estimate
	for i, l := range c.Lines {
		variance, ok := l.variance()
		if !ok {
			c.Pooled.Excluded = append(c.Pooled.Excluded, l.Label)
			continue
		}
		c.Lines[i].Pooled = true
		in = append(in, evidence.Estimate{Study: l.Label, Value: *l.Figure.Change.Mean, Variance: variance})
		c.Pooled.Schemes = append(c.Pooled.Schemes, l.Label)
		c.Pooled.Y, c.Pooled.V = append(c.Pooled.Y, *l.Figure.Change.Mean), append(c.Pooled.V, variance)
		c.Pooled.Ends = append(c.Pooled.Ends, evidence.Range{l.Figure.Change.Lo, l.Figure.Change.Hi})
	}
	c.Pooled.Pool, _ = evidence.PoolOf(in)
}

// variance is that of the shown mean change, score points squared; ok is false
// where too little is shown to know it, or no interval.
func (c GrantedScheme) variance() (v float64, ok bool) {
	if c.Figure == nil {
		return 0, false
	}
	f := c.Figure
	if f.Change.Mean == nil || f.Change.SD == nil || f.Change.Lo == nil || f.Change.Hi == nil || !f.Flow.Paired.Known() || *f.Change.SD == 0 {
		return 0, false
	}
	return *f.Change.SD * *f.Change.SD / float64(*f.Flow.Paired.N), true
}
