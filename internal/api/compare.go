package api

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"cairn/internal/app"
	"cairn/internal/evidence"
	"cairn/internal/scheme"
)

// AcrossQuery is one question of people of all schemes, or of one of them.
type AcrossQuery struct {
	Scheme   string `query:"scheme" doc:"People of one scheme only; absent for all of your schemes" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Measure  string `query:"measure" doc:"A series, or the key of a measure with one reported score; absent for the score that is primary in most schemes" example:"swemwbs-metric"`
	Occasion string `query:"occasion" doc:"A follow-up of the plans; absent for the most usual headline" example:"day-84"`
	Pairing
}

func (in AcrossQuery) ask() app.CompareAsk {
	return app.CompareAsk{
		Scheme: scheme.ID(in.Scheme), Measure: in.Measure, Occasion: in.Occasion,
		From: string(in.From), To: string(in.To), Rule: string(in.Rule),
	}
}

// CompareQuery is the same, in groups.
type CompareQuery struct {
	By dimension `query:"by" doc:"What makes the groups; absent for schemes" example:"source"`
	AcrossQuery
}

func (in CompareQuery) ask() app.CompareAsk {
	ask := in.AcrossQuery.ask()
	ask.By = string(in.By)
	return ask
}

// A dimension is what makes groups that are compared.
type dimension string

func (dimension) Schema(huma.Registry) *huma.Schema { return choice(app.Comparable()) }

// A trait is what is known of people, by which equity is looked at.
type trait string

func (trait) Schema(huma.Registry) *huma.Schema { return choice(app.EquityTraits()) }

type compareBody struct {
	By        dimension         `json:"by" example:"scheme"`
	Scheme    string            `json:"scheme,omitempty" doc:"Absent where people of all your schemes are compared"`
	Measure   string            `json:"measure,omitempty" doc:"Absent, as series is, where your schemes collect nothing that can be compared" example:"swemwbs"`
	Series    string            `json:"series,omitempty" example:"swemwbs-metric"`
	Occasion  string            `json:"occasion,omitempty" example:"day-84"`
	Rule      rule              `json:"rule,omitempty" example:"plan"`
	Period    periodBody        `json:"period" doc:"Quarters in which the window of the occasion closed"`
	AsOf      day               `json:"as_of" doc:"Windows still open on this day are in no group" example:"2026-11-22"`
	View      string            `json:"view" enum:"internal" doc:"internal: exact and live, for the service itself; not for publication"`
	Groups    []groupBody       `json:"groups" nullable:"false" doc:"In their own order and never by result"`
	Apart     []apartGroupBody  `json:"stand_apart" nullable:"false" doc:"The groups that have no part in what groups say together; those of too few measured twice have one in the test of who was measured again and, where 20 were due, in its funnel; pooled_mean_change names them under excluded"`
	Together  evidence.Together `json:"together" doc:"What the other groups say together, under the names of docs/statistics.md; what cannot be had is null, with its reason under reasons"`
	LeftOut   []string          `json:"schemes_left_out" nullable:"false" doc:"Names of schemes in which nobody was due by this question; empty where schemes are not the groups"`
	NotCausal string            `json:"caution" doc:"What a difference between groups is not"`
}

// apartGroupBody is a group that is not pooled.
type apartGroupBody struct {
	Value string `json:"value" example:"several"`
	Label string `json:"label" example:"Several kinds"`
	Why   string `json:"why" enum:"few,several,not_recorded" doc:"few: fewer than 20 people measured twice; several: its people are of several groups; not_recorded: it is not known of which" example:"several"`
}

// groupBody is some of the people.
type groupBody struct {
	Value   string           `json:"value" doc:"Of what makes the groups: a scheme's identifier, a quarter, or a value of that list; empty where it is not recorded" example:"self"`
	Label   string           `json:"label" example:"Self-referral"`
	Flow    flowBody         `json:"flow"`
	Finding evidence.Finding `json:"finding"`
}

type equityBody struct {
	FiguresBody
	Parts   []partBody `json:"parts" nullable:"false" doc:"One for age, sex, ethnic group and deprivation"`
	Caution string     `json:"caution"`
}

type partBody struct {
	By         trait                       `json:"by" example:"age"`
	Groups     []groupBody                 `json:"groups" nullable:"false" doc:"In the trait's own order; people of whom it is not recorded are a group"`
	Completion *evidence.CompletionByGroup `json:"completion" doc:"Whether the share measured again differs; null where that cannot be tested"`
	Adjusted   *evidence.Comparison        `json:"adjusted" doc:"Later scores at the same baseline, against the largest group; null where that cannot be had"`
}

func (a *API) compare() {
	get(a, asked{id: "compare", path: "/compare", tag: "Evidence", right: app.SeeEvidence, summary: "Schemes, or groups of their people, side by side",
		about: "The internal view of your own schemes: exact and live. Nothing is ranked, and a difference is not what a scheme caused. Scores of a person's own goals are not compared across schemes."},
		"query", func(ctx context.Context, by app.Actor, in *CompareQuery) (compareBody, error) {
			v, err := a.app.Compare(ctx, by, in.ask())
			if err != nil {
				return compareBody{}, err
			}
			return compareOf(v), nil
		})
	get(a, asked{id: "get-equity", path: "/schemes/{id}/equity", tag: "Evidence", right: app.SeeEvidence, summary: "Who takes part, is measured again and changes, by what is known of people",
		about: "The internal view: exact and live."},
		"query", func(ctx context.Context, by app.Actor, in *EvidenceQuery) (equityBody, error) {
			v, err := a.app.Equity(ctx, by, in.ask())
			if err != nil {
				return equityBody{}, err
			}
			return equityOf(v), nil
		})
}

func compareOf(v app.CompareView) compareBody {
	of, apart := figuresOf(v.EvidenceView), []apartGroupBody{}
	for _, g := range v.Groups {
		if g.Apart != app.Within {
			apart = append(apart, apartGroupBody{g.Value, g.Label, string(g.Apart)})
		}
	}
	return compareBody{
		By: dimension(v.By), Scheme: string(v.Only.ID), Measure: string(v.Measure.Key), Series: of.Series, Occasion: of.Occasion,
		Rule: of.Rule, Period: of.Period, AsOf: of.AsOf, View: of.View, Groups: groupsOf(v.Groups), Apart: apart, Together: v.Together,
		LeftOut: append([]string{}, v.Without...), NotCausal: evidence.NotCausal,
	}
}

func equityOf(v app.EquityView) equityBody {
	b := equityBody{FiguresBody: figuresOf(v.EvidenceView), Parts: []partBody{}, Caution: evidence.NotCausal}
	for _, p := range v.Parts {
		b.Parts = append(b.Parts, partBody{By: trait(p.By), Groups: groupsOf(p.Groups), Completion: p.Together.CompletionByScheme, Adjusted: p.Adjusted})
	}
	return b
}

func groupsOf(groups []app.ComparedGroup) []groupBody {
	all := []groupBody{}
	for _, g := range groups {
		all = append(all, groupBody{Value: g.Value, Label: g.Label, Flow: flowOf(g.Finding.Flow), Finding: g.Finding})
	}
	return all
}
