package api

import (
	"context"

	"cairn/internal/app"
	"cairn/internal/evidence"
	"cairn/internal/scheme"
)

type contributionBody struct {
	Scheme   string        `json:"scheme,omitempty" doc:"Absent where people of all your schemes are looked at"`
	Measure  string        `json:"measure,omitempty" doc:"Absent, as series is, where your schemes collect nothing that can be compared" example:"swemwbs"`
	Series   string        `json:"series,omitempty" example:"swemwbs-metric"`
	Occasion string        `json:"occasion,omitempty" example:"day-84"`
	Rule     rule          `json:"rule,omitempty" example:"plan"`
	Period   periodBody    `json:"period" doc:"Quarters in which the window of the occasion closed"`
	AsOf     day           `json:"as_of" doc:"Windows still open on this day are in no group" example:"2026-11-22"`
	View     string        `json:"view" enum:"internal" doc:"internal: exact and live, for the service itself; not for publication"`
	Landmark int           `json:"landmark_days" doc:"By how many days after the start a part counts" example:"28"`
	Groups   []groupBody   `json:"groups" nullable:"false" doc:"with: advised, assessed or led by the landmark; none: nobody had a part; later: a part began only after the landmark, and is in neither group"`
	Levels   []groupBody   `json:"levels" nullable:"false" doc:"By the strongest part, for description only"`
	Hands    handsBody     `json:"hands" doc:"Who stands behind the people whom the difference is made of: of several schemes, those of schemes with people of both groups"`
	Refused  []string      `json:"refused" nullable:"false" doc:"Why the two groups are not compared; empty where they are"`
	Apart    apartBody     `json:"difference" doc:"The later score of people with a therapist less that of people without, at the same baseline; its numbers are null where refused"`
	Within   *withinBody   `json:"within_schemes,omitempty" doc:"Of people in several schemes, who are compared with others of their own scheme; absent for one scheme"`
	Overlap  overlapBody   `json:"overlap" doc:"How alike the two groups began; null where nobody did"`
	Strata   []stratumBody `json:"strata" nullable:"false" doc:"Both groups by where people began; empty where refused"`
	Caution  string        `json:"caution" doc:"What a difference between groups is not"`
}

type handsBody struct {
	Therapists int `json:"therapists" doc:"Different occupational therapists, of those that are recorded" example:"4"`
	Named      int `json:"people_with_recorded" doc:"People with a therapist of whom it is recorded who it was" example:"120"`
	Holders    int `json:"practitioners" doc:"Different practitioners who had the people without a therapist" example:"5"`
	Held       int `json:"people_without_recorded" doc:"People without a therapist whose practitioner is recorded" example:"310"`
}

// apartBody is a difference; score points.
type apartBody struct {
	Estimate *float64 `json:"estimate" example:"0.4"`
	Low      *float64 `json:"ci_lo" doc:"95% interval by HC3" example:"-0.3"`
	High     *float64 `json:"ci_hi" example:"1.1"`
	Sentence string   `json:"sentence" doc:"The same in words"`
}

type withinBody struct {
	Schemes int `json:"schemes" doc:"With people of both groups measured twice" example:"4"`
	Outside int `json:"people_outside" doc:"Measured twice in schemes with people of one group alone, and in no difference" example:"12"`
}

type overlapBody struct {
	Without *float64 `json:"inside_without" doc:"Share of people without a therapist who began from the 5th to the 95th percentile of the others" example:"0.93"`
	With    *float64 `json:"inside_with" example:"0.91"`
	SMD     *float64 `json:"baseline_smd" doc:"Baseline with a therapist less without, pooled standard deviations" example:"-0.12"`
}

type stratumBody struct {
	Name    string           `json:"name" example:"7 to 19.5"`
	With    evidence.Finding `json:"with"`
	Without evidence.Finding `json:"without"`
}

func (a *API) contribution() {
	get(a, asked{id: "ot-contribution", path: "/ot-contribution", tag: "Evidence", right: app.SeeEvidence, summary: "People with and without an occupational therapist",
		about: "The internal view of your own schemes: exact and live. Groups are set 28 days after the start, and are compared at the same baseline only where they overlap and at least 3 therapists and 3 other practitioners stand behind them. A difference is associated with a part, and need not be caused by it."},
		"query", func(ctx context.Context, by app.Actor, in *AcrossQuery) (contributionBody, error) {
			v, err := a.app.Contribution(ctx, by, in.ask())
			if err != nil {
				return contributionBody{}, err
			}
			return contributionOf(v), nil
		})
}

func contributionOf(v app.ContributionView) contributionBody {
	of := figuresOf(v.EvidenceView)
	b := contributionBody{
		Scheme: string(v.Only.ID), Measure: string(v.Measure.Key), Series: of.Series, Occasion: of.Occasion, Rule: of.Rule,
		Period: of.Period, AsOf: of.AsOf, View: of.View, Landmark: scheme.Landmark, Groups: []groupBody{}, Levels: groupsOf(v.Groups),
		Hands:   handsBody{v.Hands.Therapists, v.Hands.Named, v.Hands.Holders, v.Hands.Held},
		Refused: append([]string{}, v.Sides.Refused...), Strata: []stratumBody{}, Caution: evidence.NotCausal,
	}
	if v.Score.Series == "" {
		return b
	}
	b.Groups = groupsOf([]app.ComparedGroup{v.With, v.Without, v.Later})
	o := v.Sides.Overlap
	b.Overlap = overlapBody{Without: o.Inside[0].P, With: o.Inside[1].P, SMD: o.SMD}
	diff, lo, hi := v.Sides.Difference()
	b.Apart = apartBody{diff, lo, hi, v.Sides.Sentence(evidence.TherapySides())}
	if w := v.Sides.Within; w != nil {
		b.Within = &withinBody{w.Schemes, w.Outside}
	}
	for _, part := range v.Sides.Strata {
		b.Strata = append(b.Strata, stratumBody{part.Name, part.Other, part.Reference})
	}
	return b
}
