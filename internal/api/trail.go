package api

import (
	"context"
	"time"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// personDeedBody is one line of the audit about a person, without what was
// written.
type personDeedBody struct {
	At      time.Time `json:"at" example:"2026-01-21T09:30:00Z"`
	Account string    `json:"account,omitempty" doc:"Who; absent for the command line"`
	Login   string    `json:"login,omitempty" doc:"Their login; absent where there is no such account any more" example:"ann"`
	Act     string    `json:"act" doc:"What was done; of an opening, the pattern of the page or operation" example:"person.change"`
	Changed []string  `json:"changed,omitempty" doc:"Which details a change came to" example:"[\"sex\"]"`
}

func (a *API) trails() {
	get(a, asked{id: "list-person-changes", path: "/people/{id}/changes", tag: "People", right: app.SeePeople, summary: "Who changed a person's record",
		about: "The newest 50, newest first. What was written is not in it."},
		"query", func(ctx context.Context, by app.Actor, in *byID) (list[personDeedBody], error) {
			t, err := a.app.Trail(ctx, by, scheme.PersonID(in.ID))
			return listed(t.Changes, 0, personDeedOf, nil), err
		})
	get(a, asked{id: "list-person-openings", path: "/people/{id}/openings", tag: "People", right: app.SeeTrail, summary: "Who opened a person's pages",
		about: "For service managers: the newest 50 openings of pages and operations about the person and their referrals, newest first. Asking for this is an opening, too, and in the next answer."},
		"query", func(ctx context.Context, by app.Actor, in *byID) (list[personDeedBody], error) {
			found, err := a.app.Openings(ctx, by, scheme.PersonID(in.ID))
			return listed(found, 0, personDeedOf, nil), err
		})
}

func personDeedOf(d app.Deed) personDeedBody {
	return personDeedBody{At: d.At, Account: string(d.By), Login: d.Login, Act: d.Act, Changed: d.Changed}
}
