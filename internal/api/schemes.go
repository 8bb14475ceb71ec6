package api

import (
	"context"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

type schemeBody struct {
	ID      string   `json:"id" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Name    string   `json:"name" example:"Riverside Garden"`
	Plan    planBody `json:"plan" doc:"The measurement plan in force today"`
	Profile profile  `json:"profile" doc:"How much the scheme knows of who people are" example:"contact"`
	Version int      `json:"version" doc:"Of this record, which versions of the plan do not count in; send it with a change of the profile" example:"1"`
}

type planBody struct {
	Scheme        string         `json:"scheme" doc:"The scheme's identifier"`
	Version       int            `json:"version" example:"1"`
	EffectiveFrom day            `json:"effective_from,omitempty" example:"2026-01-01"`
	Primary       string         `json:"primary" doc:"The series that is shown first, set beforehand" example:"swemwbs-metric"`
	Headline      string         `json:"headline" doc:"The occasion that is shown first" example:"day-84"`
	Items         []planItemBody `json:"items" nullable:"false"`
}

type planItemBody struct {
	Measure    string `json:"measure" example:"swemwbs"`
	Occasion   string `json:"occasion" doc:"baseline, or day-N for N days after the start" example:"day-84"`
	DueDays    int    `json:"due_days" doc:"Days after the start; 0 for the baseline" example:"84"`
	BeforeDays int    `json:"before_days" doc:"How many days earlier still count as on time" example:"28"`
	AfterDays  int    `json:"after_days" doc:"How many days later still count as on time" example:"28"`
}

type newSchemeBody struct {
	Name      string   `json:"name" example:"Riverside Garden"`
	Measures  []string `json:"measures" nullable:"false" doc:"Keys from the library" example:"[\"swemwbs\",\"ons4\"]"`
	Primary   string   `json:"primary,omitempty" doc:"The series shown first; absent for the first measure's first" example:"swemwbs-metric"`
	Weeks     whole    `json:"weeks" doc:"When the follow-up is due, in weeks after the start, 4 to 104" example:"12"`
	StartedOn day      `json:"started_on" doc:"The plan holds from this day" example:"2026-01-01"`
	Profile   profile  `json:"profile,omitempty" doc:"How much the scheme knows of who people are: reference (the service's own reference and nothing else), contact (a name, and how to reach them), nhs (the NHS number too); absent for contact" example:"reference"`
}

func (a *API) schemes() {
	get(a, asked{id: "list-schemes", path: "/schemes", tag: "Schemes", right: app.SeeSchemes, summary: "Schemes, by name", about: "All schemes that you may see."},
		"query", func(ctx context.Context, by app.Actor, _ *none) (list[schemeBody], error) {
			found, err := a.app.Schemes(ctx, by)
			return listed(found, 0, schemeOf, nil), err
		})
	get(a, asked{id: "get-scheme", path: "/schemes/{id}", tag: "Schemes", right: app.SeeSchemes, summary: "One scheme"},
		"query", func(ctx context.Context, by app.Actor, in *byID) (schemeBody, error) {
			found, err := a.app.Scheme(ctx, by, scheme.ID(in.ID))
			return schemeOf(found), err
		})
	post(a, asked{id: "create-scheme", path: "/schemes", tag: "Schemes", right: app.SetUpSchemes, summary: "Set up a scheme",
		about: "With its first measurement plan: each measure at the baseline and at one fixed time after the start."},
		func(b schemeBody) string { return "/schemes/" + b.ID },
		func(ctx context.Context, by app.Actor, in *creation[newSchemeBody]) (schemeBody, error) {
			b := in.Body
			made, err := a.app.AddScheme(ctx, by, app.NewScheme{
				Key: in.Key, Name: b.Name, Measures: keys(b.Measures), Primary: measure.Series(b.Primary),
				Weeks: int(b.Weeks), StartedOn: string(b.StartedOn), Profile: scheme.Profile(b.Profile),
			})
			return schemeOf(made), err
		})
}

func keys(names []string) []measure.Key {
	all := make([]measure.Key, len(names))
	for i, n := range names {
		all[i] = measure.Key(n)
	}
	return all
}

func schemeOf(s scheme.Scheme) schemeBody {
	return schemeBody{ID: string(s.ID), Name: s.Name, Plan: planOf(s.ID, s.Plan), Profile: profile(s.Profile), Version: s.Revision}
}
