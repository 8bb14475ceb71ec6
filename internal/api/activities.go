package api

import (
	"context"

	"cairn/internal/app"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

type activityBody struct {
	ID       string   `json:"id" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Name     string   `json:"name" example:"Tuesday allotment"`
	Category category `json:"category" example:"gardening"`
	Provider string   `json:"provider,omitempty" doc:"Who runs it" example:"Riverside Growers"`
}

type newActivityBody struct {
	Name     string   `json:"name" example:"Tuesday allotment"`
	Category category `json:"category" example:"gardening"`
	Provider string   `json:"provider,omitempty" doc:"Who runs it" example:"Riverside Growers"`
}

func (a *API) activities() {
	get(a, asked{id: "list-activities", path: "/activities", tag: "Activities", right: app.SeeSchemes, summary: "Activities, by name"},
		"query", func(ctx context.Context, by app.Actor, _ *none) (list[activityBody], error) {
			found, err := a.app.Activities(ctx, by)
			return listed(found, 0, activityOf, func(b activityBody) string { return b.ID }), err
		})
	get(a, asked{id: "get-activity", path: "/activities/{id}", tag: "Activities", right: app.SeeSchemes, summary: "One activity"},
		"query", func(ctx context.Context, by app.Actor, in *byID) (activityBody, error) {
			all, err := a.app.Activities(ctx, by)
			if err != nil {
				return activityBody{}, err
			}
			for _, x := range all {
				if string(x.ID) == in.ID {
					return activityOf(x), nil
				}
			}
			return activityBody{}, server.NotThere()
		})
	post(a, asked{id: "create-activity", path: "/activities", tag: "Activities", right: app.SetUpSchemes, summary: "Add an activity"},
		func(b activityBody) string { return "/activities/" + b.ID },
		func(ctx context.Context, by app.Actor, in *creation[newActivityBody]) (activityBody, error) {
			made, err := a.app.AddActivity(ctx, by, app.NewActivity{
				Key: in.Key, Name: in.Body.Name, Category: scheme.Category(in.Body.Category), Provider: in.Body.Provider,
			})
			return activityOf(made), err
		})
}

func activityOf(x scheme.Activity) activityBody {
	return activityBody{ID: string(x.ID), Name: x.Name, Category: category(x.Category), Provider: x.Provider}
}
