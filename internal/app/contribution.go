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
	Hands   scheme.Hands  // behind the people who are compared
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
		parts := partsOf(groups)
		query.Schemes = behind(parts)
		if v.Hands, err = r.Hands(query); err != nil {
			return err
		}
		v.describe(groups)
		v.contribute(parts)
		return nil
	})
	if err != nil {
		return ContributionView{}, fmt.Errorf("contribution of occupational therapists: %w", err)
	}
	return v, nil
}

// partsOf are the people of both sides in every scheme, without those whose part
// began too late to be on either.
func partsOf(groups []Group) map[scheme.ID]evidence.Part {
	parts := map[scheme.ID]evidence.Part{}
	for _, g := range groups {
		of, level := scheme.ID(g.Of[0]), scheme.OTLevel(g.Of[1])
		if level == scheme.OTLate {
			continue
		}
		part, met := parts[of]
		if !met {
			part = evidence.Part{Reference: scheme.NewTransitions(), Other: scheme.NewTransitions()}
		}
		if level.Involved() {
			part.Other.Merge(g.Table)
		} else {
			part.Reference.Merge(g.Table)
		}
		parts[of] = part
	}
	return parts
}

// behind are the schemes whose people are compared: who works in another one does
// not stand behind the figure. One scheme alone is looked at whatever it has.
func behind(parts map[scheme.ID]evidence.Part) (all []scheme.ID) {
	for _, of := range slices.Sorted(maps.Keys(parts)) {
		if len(parts) == 1 || parts[of].Both() {
			all = append(all, of)
		}
	}
	return all
}

// describe makes the groups by how much of a part there was, and those who are on
// neither side.
func (v *ContributionView) describe(groups []Group) {
	levels, later := map[string]Group{}, scheme.NewTransitions()
	for _, g := range groups {
		level := g.Of[1]
		if _, met := levels[level]; !met {
			levels[level] = Group{Of: g.Of[1:], Table: scheme.NewTransitions()}
		}
		all := levels[level].Table
		all.Merge(g.Table)
		levels[level] = Group{Of: g.Of[1:], Table: all}
		if scheme.OTLevel(level) == scheme.OTLate {
			later.Merge(g.Table)
		}
	}
	v.Groups = v.compared(v.By, slices.Collect(maps.Values(levels)))
	v.Later = ComparedGroup{Value: string(scheme.OTLate), Label: scheme.Label(scheme.OTGroups(), string(scheme.OTLate)), Finding: evidence.Of(v.Score, later)}
}

// contribute sets the two sides beside each other, and compares them unless
// something speaks against it.
func (v *ContributionView) contribute(parts map[scheme.ID]evidence.Part) {
	without, with := 0, 0
	for _, of := range behind(parts) {
		without += parts[of].Reference.Flow.Paired
		with += parts[of].Other.Flow.Paired
	}
	var all []evidence.Part
	for _, of := range slices.Sorted(maps.Keys(parts)) {
		all = append(all, parts[of])
	}
	v.Sides = evidence.NewSidesWithin(v.Score, all, evidence.TherapySides(), evidence.TooFewHands(v.Hands, without, with)...)
	v.Without = ComparedGroup{Value: string(scheme.OTNone), Label: "Without an occupational therapist", Finding: v.Sides.Reference}
	v.With = ComparedGroup{Value: "with", Label: "With an occupational therapist", Finding: v.Sides.Other}
}
