package api

import (
	"context"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

type registerBody struct {
	Scheme   string     `json:"scheme" doc:"The scheme's identifier"`
	Activity string     `json:"activity" doc:"The activity's identifier"`
	On       day        `json:"on" example:"2026-01-16"`
	Version  int        `json:"version" doc:"Of the register; send it with the next save. 0: it was never saved" example:"1"`
	Lines    []lineBody `json:"lines" nullable:"false" doc:"Who has the activity prescribed on that day, by reference, and whoever was marked"`
}

type lineBody struct {
	Prescription string `json:"prescription" doc:"The prescription's identifier"`
	Referral     string `json:"referral" doc:"The referral's identifier"`
	Reference    string `json:"reference" doc:"The person's" example:"RGR-0012"`
	Name         string `json:"name,omitempty" doc:"Absent where the service works by reference alone"`
	Result       mark   `json:"result,omitempty" doc:"Absent: left open" example:"attended"`
}

type saveRegisterBody struct {
	Activity string     `json:"activity" doc:"The activity's identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b12"`
	On       day        `json:"on" example:"2026-01-16"`
	Version  whole      `json:"version" doc:"The version that you read; 0 for a register never saved" example:"0"`
	Marks    []markBody `json:"marks" nullable:"false" doc:"Whoever is not named is left open"`
}

type markBody struct {
	Prescription string `json:"prescription" doc:"The prescription's identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b13"`
	Result       mark   `json:"result" example:"attended"`
}

type sessionBody struct {
	Activity string `json:"activity" doc:"The activity's identifier"`
	On       day    `json:"on" example:"2026-01-16"`
	Version  int    `json:"version" example:"1"`
}

type registerPath struct {
	ID       string `path:"id" doc:"The scheme's identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Activity string `path:"activity" doc:"The activity's identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	On       string `path:"on" doc:"The day, as 2026-01-16" example:"2026-01-16"`
}

func (a *API) registers() {
	get(a, asked{id: "list-registers", path: "/schemes/{id}/registers", tag: "Registers", right: app.SeePeople, summary: "Registers of group sessions, newest first",
		about: "The newest 50 of a scheme."},
		"query", func(ctx context.Context, by app.Actor, in *byID) (list[sessionBody], error) {
			found, err := a.app.Sessions(ctx, by, scheme.ID(in.ID))
			return listed(found, 0, func(s scheme.Session) sessionBody {
				return sessionBody{string(s.Activity), day(s.On.String()), s.Revision}
			}, nil), err
		})
	get(a, asked{id: "get-register", path: "/schemes/{id}/registers/{activity}/{on}", tag: "Registers", right: app.SeePeople, summary: "One register, saved or not yet",
		about: "Everybody of the scheme who has the activity prescribed on that day and neither declined nor ended it before."},
		"query", func(ctx context.Context, by app.Actor, in *registerPath) (registerBody, error) {
			v, err := a.app.GroupRegister(ctx, by, app.RegisterAsk{Scheme: scheme.ID(in.ID), Activity: scheme.ActivityID(in.Activity), On: in.On})
			return registerOf(v), err
		})
	post(a, asked{id: "save-register", path: "/schemes/{id}/registers", tag: "Registers", right: app.RecordPeople, summary: "Save who came to a group session",
		about: "Says the whole register; saved again it counts nothing twice. Sessions are counted on each prescription, and the first attended day, the start and the figures follow at once. Refused with 409 when somebody else saved it meanwhile."},
		func(b registerBody) string {
			return "/schemes/" + b.Scheme + "/registers/" + b.Activity + "/" + string(b.On)
		},
		func(ctx context.Context, by app.Actor, in *change[saveRegisterBody]) (registerBody, error) {
			b := in.Body
			save := app.Register{
				Key: in.Key, Version: int(b.Version),
				RegisterAsk: app.RegisterAsk{Scheme: scheme.ID(in.ID), Activity: scheme.ActivityID(b.Activity), On: string(b.On)},
			}
			for _, m := range b.Marks {
				save.Marks = append(save.Marks, app.MarkEntry{Prescription: scheme.PrescriptionID(m.Prescription), Mark: scheme.Mark(m.Result)})
			}
			v, err := a.app.SaveRegister(ctx, by, save)
			return registerOf(v), err
		})
}

func registerOf(v app.RegisterView) registerBody {
	b := registerBody{
		Scheme: string(v.Session.Scheme), Activity: string(v.Session.Activity), On: day(v.Session.On.String()), Version: v.Session.Revision,
		Lines: make([]lineBody, len(v.Lines)),
	}
	for i, l := range v.Lines {
		b.Lines[i] = lineBody{
			Prescription: string(l.Prescription.ID), Referral: string(l.Prescription.Referral),
			Reference: l.Person.Reference, Name: l.Person.Name, Result: mark(l.Mark),
		}
	}
	return b
}
