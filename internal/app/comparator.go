package app

import (
	"context"
	"fmt"

	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// ComparatorView is a scheme's people beside those they are compared with. It is
// the internal view: exact and live.
type ComparatorView struct {
	EvidenceView
	Imported scheme.Comparator // the newest version, withdrawn ones too
	Against  []evidence.Against
}

// Compares reports whether a group may be brought in for the score: the goals of
// one person cannot be held against those of others, and what is told as a
// distribution has no mean to compare.
func (v ComparatorView) Compares() bool {
	return v.Measure.Own == nil && v.Score.Summary != measure.Distribution
}

// Comparator holds the people of one of the actor's schemes against a group from
// elsewhere.
func (a *App) Comparator(ctx context.Context, by Actor, ask EvidenceAsk) (v ComparatorView, err error) {
	if err := by.mayIn(SeeEvidence, ask.Scheme); err != nil {
		return ComparatorView{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		query, view, err := a.query(r, ask)
		if err != nil {
			return err
		}
		table, err := r.Transitions(query)
		if err != nil {
			return err
		}
		timing, err := timed(r, query)
		if err != nil {
			return err
		}
		v = ComparatorView{EvidenceView: view}
		v.Finding = evidence.Of(v.Score, table)
		if v.Imported, err = r.Comparator(query.Scheme, query.Series, 0); err != nil {
			return err
		}
		v.Against = v.against(v.Imported, evidence.MeasuredOf(table, timing))
		return nil
	})
	if err != nil {
		return ComparatorView{}, fmt.Errorf("comparators of scheme %s: %w", ask.Scheme, err)
	}
	return v, nil
}

// timed is when the people of q who were measured twice were measured.
func timed(r Reader, q PairQuery) (*scheme.Measuring, error) {
	timing := scheme.NewMeasuring(q.Period, q.Today)
	return timing, r.Passages(q, func(p scheme.Passage) error {
		timing.Add(p)
		return nil
	})
}

// against is every comparison there is: with the group that was brought in.
func (v EvidenceView) against(c scheme.Comparator, own evidence.Measured) (all []evidence.Against) {
	if v.Measure.Own != nil || v.Score.Summary == measure.Distribution {
		return nil
	}
	if c.Stands() {
		days := float64(7 * c.Weeks)
		group := evidence.ComparisonGroup{
			Name: c.Label, Source: c.Source, Eligible: c.Eligible, Random: c.RandomSource,
			Measured: evidence.Measured{Table: c.Table(), Span: c.Span, Between: &days},
		}
		all = append(all, evidence.NewAgainst(v.Score, group, own, evidence.SideNames{Reference: "in the comparison group", Other: "in the scheme"}))
	}
	return all
}
