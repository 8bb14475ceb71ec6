package app

import (
	"context"
	"fmt"
	"slices"

	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// ComparatorView is a scheme's people beside those they are compared with. It is
// the internal view: exact and live.
type ComparatorView struct {
	EvidenceView
	Imported scheme.Comparator     // the newest version, withdrawn ones too
	Wait     scheme.WaitAllocation // of version 0 where nothing is on record
	Against  []evidence.Against
}

// Waits reports whether people who waited are among those compared with.
func (v ComparatorView) Waits() bool {
	return slices.ContainsFunc(v.Against, func(x evidence.Against) bool { return x.Group.Both != nil })
}

// Compares reports whether a group may be brought in for the score: the goals of
// one person cannot be held against those of others, and what is told as a
// distribution has no mean to compare.
func (v ComparatorView) Compares() bool {
	return v.Measure.Own == nil && v.Score.Summary != measure.Distribution
}

// Comparator holds the people of one of the actor's schemes against a group from
// elsewhere and against those who waited.
func (a *App) Comparator(ctx context.Context, by Actor, ask EvidenceAsk) (v ComparatorView, err error) {
	if err := by.mayIn(SeeEvidence, ask.Scheme); err != nil {
		return ComparatorView{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		query, view, err := a.found(r, ask)
		if err != nil {
			return err
		}
		v = ComparatorView{EvidenceView: view}
		return v.compare(r, query)
	})
	if err != nil {
		return ComparatorView{}, fmt.Errorf("comparators of scheme %s: %w", ask.Scheme, err)
	}
	return v, nil
}

// measured are the people of q who began within the days, of a zero span all, and
// when they were measured.
func measured(r Reader, q PairQuery, within scheme.Span) (evidence.Measured, error) {
	timing := scheme.NewMeasuring(q.Period, q.Today, within)
	err := r.Passages(q, func(p scheme.Passage) error {
		timing.Add(p)
		return nil
	})
	return evidence.MeasuredOf(timing), err
}

// compare reads every comparison there is: with the group that was brought in,
// and with the scheme's own people while they waited.
func (v *ComparatorView) compare(r Reader, q PairQuery) (err error) {
	if v.Imported, err = r.Comparator(q.Scheme, q.Series, 0); err != nil {
		return err
	}
	if v.Wait, err = r.WaitAllocation(q.Scheme, 0); err != nil || !v.Compares() {
		return err
	}
	if c := v.Imported; c.Stands() {
		own, err := measured(r, q, c.Span)
		if err != nil {
			return err
		}
		days := float64(7 * c.Weeks)
		group := evidence.ComparisonGroup{
			Name: c.Label, Source: c.Source, Eligible: c.Eligible, Random: c.RandomSource, Begun: c.Lost() > 0,
			Measured: evidence.Measured{Table: c.Table(), Span: c.Span, Between: &days},
		}
		v.Against = append(v.Against, evidence.NewAgainst(v.Score, group, own, evidence.SideNames{Reference: "in the comparison group", Other: "in the scheme"}))
	}
	return v.waited(r, q)
}

// waited sets the scheme's people who were measured twice while they waited beside
// those who were not and began in the same dates. Whoever is in the first is left
// out of the second, whatever the period, so that the two are of different people.
// There is none where nobody was measured twice while waiting.
func (v *ComparatorView) waited(r Reader, q PairQuery) error {
	while, after := q, q
	while.Occasion, after.But = scheme.Waiting, scheme.Waiting
	waiting, err := measured(r, while, scheme.Span{})
	if err != nil || waiting.Table.Flow.Paired == 0 {
		return err
	}
	since, err := measured(r, after, waiting.Span)
	if err != nil {
		return err
	}
	v.Against = append(v.Against, evidence.NewWaiting(v.Score, evidence.Waited{
		While: waiting, After: since, Both: v.Finding.Counts.Paired - since.Table.Flow.Paired - since.Outside, Random: v.Wait.RandomSource,
	}))
	return nil
}
