package app

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"cairn/internal/evidence"
	"cairn/internal/scheme"
)

// ContributionView is what happened to people with and without an occupational
// therapist's part by the landmark. It is the internal view: exact and live.
// Groups are the levels of involvement, for description only.
type ContributionView struct {
	CompareView
	Without ComparedGroup // nobody had a part
	With    ComparedGroup // advised, assessed or led
	Later   ComparedGroup // a part began only after the landmark: in neither group
	Hands   scheme.Hands
	Sides   evidence.Sides
}

// Contribution sets people with an occupational therapist beside people without
// one, in the actor's schemes or in one of them, and compares them at the same
// baseline unless something speaks against it. What ask.By says is not looked
// at. It asks the store for as much however many schemes there are.
func (a *App) Contribution(ctx context.Context, by Actor, ask CompareAsk) (v ContributionView, err error) {
	if err := by.may(SeeEvidence); err != nil {
		return ContributionView{}, err
	}
	ask.By = ""
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		view, err := a.sideBySide(r, by, ask)
		if err != nil {
			return err
		}
		v = ContributionView{CompareView: view}
		v.By = scheme.ByOT
		if v.Score.Series == "" {
			return nil
		}
		query := v.groupQuery(scheme.ByScheme, v.By)
		groups, err := r.TransitionsBy(query)
		if err != nil {
			return err
		}
		if v.Hands, err = r.Hands(query); err != nil {
			return err
		}
		v.contribute(groups)
		return nil
	})
	if err != nil {
		return ContributionView{}, fmt.Errorf("contribution of occupational therapists: %w", err)
	}
	return v, nil
}

// contribute makes the two groups of every scheme, and those who are in neither.
func (v *ContributionView) contribute(groups []Group) {
	levels, schemes := map[string]Group{}, map[string]evidence.Part{}
	later, without, with := scheme.NewTransitions(), 0, 0
	for _, g := range groups {
		of, level := g.Of[0], scheme.OTLevel(g.Of[1])
		if _, met := levels[g.Of[1]]; !met {
			levels[g.Of[1]] = Group{Of: g.Of[1:], Table: scheme.NewTransitions()}
		}
		all := levels[g.Of[1]].Table
		all.Merge(g.Table)
		levels[g.Of[1]] = Group{Of: g.Of[1:], Table: all}
		if level == scheme.OTLate {
			later.Merge(g.Table)
			continue
		}
		part, met := schemes[of]
		if !met {
			part = evidence.Part{Reference: scheme.NewTransitions(), Other: scheme.NewTransitions()}
		}
		if level.Involved() {
			part.Other.Merge(g.Table)
			with += g.Table.Flow.Paired
		} else {
			part.Reference.Merge(g.Table)
			without += g.Table.Flow.Paired
		}
		schemes[of] = part
	}
	v.Groups = v.compared(v.By, slices.Collect(maps.Values(levels)))
	var parts []evidence.Part
	for _, of := range slices.Sorted(maps.Keys(schemes)) {
		parts = append(parts, schemes[of])
	}
	v.Sides = evidence.NewSidesWithin(v.Score, parts, evidence.TherapySides(), evidence.TooFewHands(v.Hands, without, with)...)
	v.Without = ComparedGroup{Value: string(scheme.OTNone), Label: "Without an occupational therapist", Finding: v.Sides.Reference}
	v.With = ComparedGroup{Value: "with", Label: "With an occupational therapist", Finding: v.Sides.Other}
	v.Later = ComparedGroup{Value: string(scheme.OTLate), Label: scheme.Label(scheme.OTGroups(), string(scheme.OTLate)), Finding: evidence.Of(v.Score, later)}
}
