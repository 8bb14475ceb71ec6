package api

import (
	"context"
	"fmt"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

type newPlanBody struct {
	Follows       whole             `json:"follows" doc:"The newest version that you read" example:"1"`
	EffectiveFrom day               `json:"effective_from" doc:"It holds from this day; not before the version that it follows" example:"2026-04-01"`
	Primary       string            `json:"primary,omitempty" doc:"The series that is shown first; absent for what it was, where it is still collected" example:"swemwbs-metric"`
	Headline      string            `json:"headline,omitempty" doc:"The occasion that is shown first; likewise" example:"day-84"`
	Items         []newPlanItemBody `json:"items" nullable:"false" doc:"The whole plan: each measure at its baseline and at one later time or more"`
}

type newPlanItemBody struct {
	Measure    string `json:"measure" doc:"A key from the library" example:"swemwbs"`
	DueDays    whole  `json:"due_days" doc:"Days after the start; 0 makes it the baseline" example:"84"`
	BeforeDays whole  `json:"before_days" doc:"How many days earlier still count as on time" example:"28"`
	AfterDays  whole  `json:"after_days" doc:"How many days later still count as on time" example:"28"`
}

type planPath struct {
	ID      string `path:"id" doc:"The scheme's identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Version int    `path:"version" minimum:"1" doc:"The plan's version" example:"1"`
}

func (a *API) plans() {
	get(a, asked{id: "list-plans", path: "/schemes/{id}/plans", tag: "Schemes", right: app.SeeSchemes, summary: "Every version of a scheme's plan",
		about: "The first one first. A referral keeps the version that it was accepted under."},
		"query", func(ctx context.Context, by app.Actor, in *byID) (list[planBody], error) {
			found, err := a.app.Plans(ctx, by, scheme.ID(in.ID))
			body := func(p scheme.Plan) planBody { return planOf(scheme.ID(in.ID), p) }
			return listed(found, 0, body, nil), err
		})
	get(a, asked{id: "get-plan", path: "/schemes/{id}/plans/{version}", tag: "Schemes", right: app.SeeSchemes, summary: "One version of a scheme's plan"},
		"query", func(ctx context.Context, by app.Actor, in *planPath) (planBody, error) {
			found, err := a.app.Plan(ctx, by, scheme.ID(in.ID), in.Version)
			return planOf(scheme.ID(in.ID), found), err
		})
	post(a, asked{id: "create-plan", path: "/schemes/{id}/plans", tag: "Schemes", right: app.SetUpSchemes, summary: "Change a scheme's plan",
		about: "Adds a version that holds from a day on. Referrals that were accepted, or have started, keep the version they have; those that wait follow the one in force on the day they were received. " +
			"Windows of one measure may not overlap. Refused with 409 when there is a newer version than the one it follows."},
		func(b planBody) string { return fmt.Sprintf("/schemes/%s/plans/%d", b.Scheme, b.Version) },
		func(ctx context.Context, by app.Actor, in *change[newPlanBody]) (planBody, error) {
			made, err := a.app.AddPlan(ctx, by, in.Body.asked(in.Key, scheme.ID(in.ID)))
			return planOf(scheme.ID(in.ID), made), err
		})
}

func (b newPlanBody) asked(key string, of scheme.ID) app.NewPlan {
	n := app.NewPlan{
		Key: key, Scheme: of, Follows: int(b.Follows), EffectiveFrom: string(b.EffectiveFrom),
		Primary: measure.Series(b.Primary), Headline: scheme.Occasion(b.Headline),
	}
	for _, i := range b.Items {
		n.Items = append(n.Items, app.NewPlanItem{
			Measure: measure.Key(i.Measure), DueDays: int(i.DueDays), BeforeDays: int(i.BeforeDays), AfterDays: int(i.AfterDays),
		})
	}
	return n
}

func planOf(id scheme.ID, p scheme.Plan) planBody {
	b := planBody{
		Scheme: string(id), Version: p.Version, EffectiveFrom: day(p.EffectiveFrom.String()),
		Primary: string(p.Primary), Headline: string(p.Headline), Items: []planItemBody{},
	}
	for _, i := range p.Items {
		b.Items = append(b.Items, planItemBody{
			Measure: string(i.Measure), Occasion: string(i.Occasion),
			DueDays: i.DueDays, BeforeDays: i.BeforeDays, AfterDays: i.AfterDays,
		})
	}
	return b
}
