package app

import (
	"context"
	"fmt"

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
		query := v.groupQuery(v.By)
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

// contribute makes the two groups, and those who are in neither.
func (v *ContributionView) contribute(groups []Group) {
	v.Groups = v.compared(v.By, groups)
	without, with, later := scheme.NewTransitions(), scheme.NewTransitions(), scheme.NewTransitions()
	for _, g := range groups {
		switch level := scheme.OTLevel(g.Of[0]); {
		case level.Involved():
			with.Merge(g.Table)
		case level == scheme.OTLate:
			later.Merge(g.Table)
		default:
			without.Merge(g.Table)
		}
	}
	few := evidence.TooFewHands(v.Hands, without.Flow.Paired, with.Flow.Paired)
	v.Sides = evidence.NewSides(v.Score, without, with, evidence.TherapySides(), few...)
	v.Without = ComparedGroup{Value: string(scheme.OTNone), Label: "Without an occupational therapist", Finding: v.Sides.Reference}
	v.With = ComparedGroup{Value: "with", Label: "With an occupational therapist", Finding: v.Sides.Other}
	v.Later = ComparedGroup{Value: string(scheme.OTLate), Label: scheme.Label(scheme.OTGroups(), string(scheme.OTLate)), Finding: evidence.Of(v.Score, later)}
}
