package api

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"cairn/internal/app"
	"cairn/internal/evidence"
	"cairn/internal/scheme"
)

// A costKind is what money was spent on.
type costKind string

func (costKind) Schema(huma.Registry) *huma.Schema { return choice(scheme.CostKinds()) }

// A setUp is what becomes of what was spent once.
type setUp string

func (setUp) Schema(huma.Registry) *huma.Schema { return choice(evidence.SetUps()) }

type costBody struct {
	ID      string   `json:"id" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Scheme  string   `json:"scheme" doc:"The scheme's identifier"`
	Kind    costKind `json:"kind" example:"staff"`
	Pounds  string   `json:"pounds" doc:"Pounds and pence" example:"12500.00"`
	From    quarter  `json:"from" example:"2026-Q1"`
	To      quarter  `json:"to" example:"2026-Q4"`
	Source  string   `json:"source" doc:"Where the amount comes from" example:"Budget report, May 2026"`
	Note    string   `json:"note,omitempty" example:"Two link workers and a part-time occupational therapist"`
	Removed bool     `json:"removed" doc:"Kept, and counted nowhere"`
	Version int      `json:"version" doc:"Of this line; send it with the next change" example:"1"`
}

type costsBody struct {
	Items    []costBody `json:"items" nullable:"false" doc:"By their first quarter; removed ones last"`
	Warnings []string   `json:"warnings" nullable:"false" doc:"Lines of one kind over the same quarters, which may be the same money twice"`
}

type newCostBody struct {
	Kind   costKind `json:"kind" example:"staff"`
	Pounds string   `json:"pounds" doc:"Pounds and pence as people type them; a comma stands before three digits only. £0 says that nothing was spent" example:"12,500.00"`
	From   quarter  `json:"from" doc:"The first quarter that it is for; of set-up, that it serves" example:"2026-Q1"`
	To     quarter  `json:"to,omitempty" doc:"The last quarter; absent for the first" example:"2026-Q4"`
	Source string   `json:"source" doc:"Where the amount comes from" example:"Budget report, May 2026"`
	Note   string   `json:"note,omitempty" example:"Two link workers and a part-time occupational therapist"`
}

type costChangeBody struct {
	Version whole    `json:"version" doc:"The version that you read" example:"1"`
	Kind    costKind `json:"kind" example:"staff"`
	Pounds  string   `json:"pounds" doc:"Pounds and pence as people type them" example:"12,500.00"`
	From    quarter  `json:"from" example:"2026-Q1"`
	To      quarter  `json:"to,omitempty" doc:"The last quarter; absent for the first" example:"2026-Q4"`
	Source  string   `json:"source" doc:"Where the amount comes from" example:"Budget report, May 2026"`
	Note    string   `json:"note,omitempty" example:"Two link workers and a part-time occupational therapist"`
	Removed bool     `json:"removed,omitempty" doc:"Keep the line, and count it nowhere"`
}

type valueQuery struct {
	ID       string  `path:"id" doc:"The scheme's identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Measure  string  `query:"measure" doc:"A series, or the key of a measure with one reported score; absent for the plan's primary score" example:"ons4-satisfaction"`
	Occasion string  `query:"occasion" doc:"A follow-up of the plan; absent for its headline" example:"day-84"`
	From     quarter `query:"from" doc:"First quarter of people and costs; absent for all" example:"2025-Q1"`
	To       quarter `query:"to" doc:"Last quarter of people and costs; absent for the present one" example:"2025-Q4"`
	Rule     rule    `query:"rule" doc:"By which two scores become a pair; absent for plan" example:"plan"`
	SetUp    setUp   `query:"set_up" doc:"What becomes of set-up costs; absent for apart" example:"apart"`
	Caused   string  `query:"caused" doc:"Per cent of the change that you suppose the scheme caused, 0 to 100; with weeks" example:"25"`
	Weeks    string  `query:"weeks" doc:"For how many weeks you suppose that it lasts, 1 to 520; with caused" example:"26"`
}

type valueAnswerBody struct {
	FiguresBody
	Sentence string           `json:"sentence"`
	Value    evidence.Value   `json:"value" doc:"Pounds, and what they are for each kind of person; what cannot be had is null, with its reason under why"`
	LeftOut  []string         `json:"left_out" nullable:"false" doc:"What the costs do not hold"`
	Trend    string           `json:"trend,omitempty" doc:"How running costs went, up or down"`
	Cautions []string         `json:"cautions" nullable:"false"`
	Wellby   *evidence.Wellby `json:"wellby" doc:"What the change of life satisfaction would be worth if; null, with its reason under wellby_why, where nothing was supposed or nothing can be said"`
	Why      string           `json:"wellby_why,omitempty"`
	If       string           `json:"wellby_sentence,omitempty" doc:"It in words, with every if"`
	Ifs      []string         `json:"wellby_cautions" nullable:"false" doc:"To be printed wherever the value is"`
}

func (a *API) costs() {
	get(a, asked{id: "list-costs", path: "/schemes/{id}/costs", tag: "Costs", right: app.SetCosts, summary: "What a scheme costs, line by line"},
		"query", func(ctx context.Context, by app.Actor, in *byID) (costsBody, error) {
			v, err := a.app.Costs(ctx, by, scheme.ID(in.ID))
			b := costsBody{Items: []costBody{}, Warnings: []string{}}
			for _, c := range append(v.Lines, v.Removed...) {
				b.Items = append(b.Items, costBodyOf(c))
			}
			for _, o := range v.Overlaps {
				b.Warnings = append(b.Warnings, evidence.OverlapSentence(o))
			}
			return b, err
		})
	get(a, asked{id: "get-cost", path: "/costs/{id}", tag: "Costs", right: app.SetCosts, summary: "One line"},
		"query", func(ctx context.Context, by app.Actor, in *byID) (costBody, error) {
			v, err := a.app.Cost(ctx, by, scheme.CostID(in.ID))
			return costBodyOf(v.Cost), err
		})
	post(a, asked{id: "create-cost", path: "/schemes/{id}/costs", tag: "Costs", right: app.SetCosts, summary: "Add a line",
		about: "One kind of money over a run of quarters, each of which has the same share of it. Lines of one kind over the same quarters are all counted, and the list warns of them."},
		func(b costBody) string { return "/costs/" + b.ID },
		func(ctx context.Context, by app.Actor, in *change[newCostBody]) (costBody, error) {
			v, err := a.app.AddCost(ctx, by, app.NewCost{Key: in.Key, Scheme: scheme.ID(in.ID), CostLine: in.Body.line()})
			return costBodyOf(v.Cost), err
		})
	post(a, asked{id: "change-cost", path: "/costs/{id}/changes", tag: "Costs", right: app.SetCosts, summary: "Change or remove a line",
		about: "Says the whole of it as it is now. A removed line is kept and counted nowhere. Refused with 409 when somebody else changed it meanwhile."},
		func(b costBody) string { return "/costs/" + b.ID },
		func(ctx context.Context, by app.Actor, in *change[costChangeBody]) (costBody, error) {
			v, err := a.app.ChangeCost(ctx, by, app.CostChange{
				Key: in.Key, Cost: scheme.CostID(in.ID), Version: int(in.Body.Version), CostLine: in.Body.line(), Removed: in.Body.Removed,
			})
			return costBodyOf(v.Cost), err
		})
	get(a, asked{id: "get-value", path: "/schemes/{id}/value", tag: "Evidence", right: app.SeeEvidence, summary: "What people cost, and what a change would be worth if",
		about: "The internal view: exact and live. A value of life satisfaction is given only under what the reader supposes, and never as one ratio."},
		"query", func(ctx context.Context, by app.Actor, in *valueQuery) (valueAnswerBody, error) {
			v, err := a.app.Value(ctx, by, app.ValueAsk{EvidenceAsk: in.asked(), SetUp: string(in.SetUp), Caused: in.Caused, Weeks: in.Weeks})
			if err != nil {
				return valueAnswerBody{}, err
			}
			return valueAnswerOf(v), nil
		})
}

func (b newCostBody) line() app.CostLine {
	return app.CostLine{Kind: scheme.CostKind(b.Kind), Pounds: b.Pounds, From: string(b.From), To: string(b.To), Source: b.Source, Note: b.Note}
}

func (b costChangeBody) line() app.CostLine {
	return newCostBody{Kind: b.Kind, Pounds: b.Pounds, From: b.From, To: b.To, Source: b.Source, Note: b.Note}.line()
}

func (in valueQuery) asked() app.EvidenceAsk {
	return EvidenceQuery{ID: in.ID, Measure: in.Measure, Occasion: in.Occasion, Pairing: Pairing{in.From, in.To, in.Rule}}.ask()
}

func costBodyOf(c scheme.Cost) costBody {
	return costBody{
		ID: string(c.ID), Scheme: string(c.Scheme), Kind: costKind(c.Kind), Pounds: c.Amount.Pounds(), From: quarter(c.Over.From.String()),
		To: quarter(c.Over.To.String()), Source: c.Source, Note: c.Note, Removed: c.Removed, Version: c.Revision,
	}
}

func valueAnswerOf(v app.ValueView) valueAnswerBody {
	b := valueAnswerBody{
		FiguresBody: figuresOf(v.EvidenceView), Sentence: v.Value.Sentence(), Value: v.Value, LeftOut: v.Value.LeftOut(), Trend: v.Value.Trend(),
		Cautions: v.Value.Cautions(), Wellby: v.Wellby, Why: v.Why, Ifs: []string{},
	}
	if v.Wellby != nil {
		b.If, b.Ifs = v.Wellby.Sentence(), evidence.WellbyCautions()
	}
	return b
}
