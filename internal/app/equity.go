package app

import (
	"context"
	"fmt"
	"slices"

	"cairn/internal/evidence"
	"cairn/internal/scheme"
)

// EquityView is who takes part, who is measured again and who changes, apart by
// what is known of people. It is the internal view: exact and live.
type EquityView struct {
	EvidenceView // the same question of everybody
	Parts        []EquityPart
}

// An EquityPart is the groups by one trait. Those of whom it is not recorded are
// one of them.
type EquityPart struct {
	By       scheme.Dimension
	Label    string
	Groups   []ComparedGroup // in the trait's own order; nobody's are left out
	Together evidence.Together
	// Adjusted asks whether the groups differ at the same baseline; nil with Why.
	Adjusted *evidence.Comparison
	Why      string
}

// EquityTraits are what equity is looked at by.
func EquityTraits() []scheme.Term {
	return slices.DeleteFunc(scheme.TraitDimensions(), func(t scheme.Term) bool {
		switch scheme.Dimension(t.Value) {
		case scheme.ByAge, scheme.BySex, scheme.ByEthnicity, scheme.ByDeprivation:
			return false
		}
		return true
	})
}

// Equity splits the figures of one of the actor's schemes by what is known of
// people: one query a trait.
func (a *App) Equity(ctx context.Context, by Actor, ask EvidenceAsk) (v EquityView, err error) {
	if err := by.mayIn(SeeEvidence, ask.Scheme); err != nil {
		return EquityView{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		query, view, err := a.query(r, ask)
		if err != nil {
			return err
		}
		v = EquityView{EvidenceView: view}
		table := scheme.NewTransitions()
		for _, term := range EquityTraits() {
			trait := scheme.Dimension(term.Value)
			groups, err := r.TransitionsBy(GroupQuery{
				Schemes: []scheme.ID{query.Scheme}, Series: query.Series, Occasion: query.Occasion,
				Period: query.Period, Today: query.Today, By: []scheme.Dimension{trait},
			})
			if err != nil {
				return err
			}
			if len(v.Parts) == 0 { // everybody is in one group of each trait
				for _, g := range groups {
					table.Merge(g.Table)
				}
			}
			v.Parts = append(v.Parts, view.equity(trait, groups))
		}
		v.Finding = evidence.Of(v.Score, table)
		return nil
	})
	if err != nil {
		return EquityView{}, fmt.Errorf("equity of scheme %s: %w", ask.Scheme, err)
	}
	return v, nil
}

// equity is one trait's part. The reference is the largest group, since some
// must be and no group is the norm.
func (v EvidenceView) equity(by scheme.Dimension, groups []Group) EquityPart {
	p := EquityPart{By: by, Label: scheme.Label(scheme.TraitDimensions(), string(by))}
	p.Groups = (&CompareView{EvidenceView: v}).compared(by, groups)
	p.Together = evidence.Across(findings(p.Groups))
	tables := map[string]scheme.Transitions{}
	largest, most := "", -1
	for _, g := range groups {
		label := scheme.Label(by.Groups(), g.Of[0])
		tables[label] = g.Table
		if n := g.Table.Flow.Paired; n > most || n == most && label < largest {
			largest, most = label, n
		}
	}
	c, err := evidence.Compare(v.Score, largest, tables)
	if err != nil {
		p.Why = err.Error()
		return p
	}
	p.Adjusted = &c
	return p
}
