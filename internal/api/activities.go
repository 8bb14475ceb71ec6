package api

import (
	"context"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

type activityBody struct {
	ID       string   `json:"id" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Name     string   `json:"name" example:"Tuesday allotment"`
	Category category `json:"category" example:"gardening"`
	Provider string   `json:"provider,omitempty" doc:"Who runs it" example:"Riverside Growers"`
	Until    day      `json:"offered_until,omitempty" doc:"The last day it was offered; absent while it goes on" example:"2026-06-30"`
	Version  int      `json:"version" doc:"Of this record; send it with the next change" example:"1"`
}

type activityChangeBody struct {
	Version  whole    `json:"version" doc:"The version that you read" example:"1"`
	Name     string   `json:"name" example:"Tuesday allotment"`
	Category category `json:"category" example:"gardening"`
	Provider string   `json:"provider,omitempty" doc:"Who runs it" example:"Riverside Growers"`
	Until    day      `json:"offered_until,omitempty" doc:"The last day it is offered; absent while it goes on" example:"2026-06-30"`
	Reason   string   `json:"reason,omitempty" doc:"Why the category was wrong: needed to correct it once somebody attended" example:"Entered as arts by mistake"`
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
			return listed(found, 0, activityOf, nil), err
		})
	get(a, asked{id: "get-activity", path: "/activities/{id}", tag: "Activities", right: app.SeeSchemes, summary: "One activity"},
		"query", func(ctx context.Context, by app.Actor, in *byID) (activityBody, error) {
			found, err := a.app.Activity(ctx, by, scheme.ActivityID(in.ID))
			return activityOf(found.Activity), err
		})
	post(a, asked{id: "create-activity", path: "/activities", tag: "Activities", right: app.SetUpSchemes, summary: "Add an activity"},
		func(b activityBody) string { return "/activities/" + b.ID },
		func(ctx context.Context, by app.Actor, in *creation[newActivityBody]) (activityBody, error) {
			made, err := a.app.AddActivity(ctx, by, app.NewActivity{
				Key: in.Key, Name: in.Body.Name, Category: scheme.Category(in.Body.Category), Provider: in.Body.Provider,
			})
			return activityOf(made), err
		})
	post(a, asked{id: "change-activity", path: "/activities/{id}/changes", tag: "Activities", right: app.SetUpSchemes, summary: "Change or stop an activity",
		about: "Says the whole of it as it is now. One that is stopped is prescribed no more after its last day and stays where it was prescribed. Another category is a correction: figures that are split by it follow at once, for everybody who attended. " +
			"If the activity itself became another one, stop it and add the new one. Refused with 409 when somebody else changed it meanwhile."},
		func(b activityBody) string { return "/activities/" + b.ID },
		func(ctx context.Context, by app.Actor, in *change[activityChangeBody]) (activityBody, error) {
			b := in.Body
			now, err := a.app.ChangeActivity(ctx, by, app.ActivityChange{
				Key: in.Key, Activity: scheme.ActivityID(in.ID), Version: int(b.Version), Name: b.Name,
				Category: scheme.Category(b.Category), Provider: b.Provider, OfferedUntil: string(b.Until), Reason: b.Reason,
			})
			return activityOf(now), err
		})
}

func activityOf(x scheme.Activity) activityBody {
	return activityBody{
		ID: string(x.ID), Name: x.Name, Category: category(x.Category), Provider: x.Provider, Until: day(x.OfferedUntil.String()), Version: x.Revision,
	}
}
