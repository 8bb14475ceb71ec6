package api

import (
	"context"

	"cairn/internal/app"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

type prescriptionBody struct {
	ID              string    `json:"id" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Referral        string    `json:"referral" doc:"The referral's identifier"`
	Activity        string    `json:"activity" doc:"The activity's identifier"`
	Category        category  `json:"category" example:"gardening"`
	OfferedOn       day       `json:"offered_on" example:"2026-01-16"`
	AcceptedOn      day       `json:"accepted_on,omitempty" example:"2026-01-16"`
	DeclinedOn      day       `json:"declined_on,omitempty" example:"2026-01-20"`
	FirstAttendedOn day       `json:"first_attended_on,omitempty" example:"2026-01-20"`
	EndedOn         day       `json:"ended_on,omitempty" example:"2026-04-20"`
	EndReason       endReason `json:"end_reason,omitempty"`
	Offered         int       `json:"sessions_offered" example:"8"`
	Attended        int       `json:"sessions_attended" example:"1"`
	Version         int       `json:"version" doc:"Of this record; send it with the next change" example:"1"`
}

type newPrescriptionBody struct {
	Referral        string `json:"referral" doc:"The referral's identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Activity        string `json:"activity" doc:"The activity's identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b12"`
	OfferedOn       day    `json:"offered_on" example:"2026-01-16"`
	AcceptedOn      day    `json:"accepted_on,omitempty" example:"2026-01-16"`
	FirstAttendedOn day    `json:"first_attended_on,omitempty" doc:"The first of these in a referral is its start" example:"2026-01-20"`
	Offered         whole  `json:"sessions_offered,omitempty" example:"8"`
	Attended        whole  `json:"sessions_attended,omitempty" example:"1"`
}

type prescriptionChangeBody struct {
	Version         whole     `json:"version" doc:"The version that you read" example:"1"`
	AcceptedOn      day       `json:"accepted_on,omitempty" example:"2026-01-16"`
	DeclinedOn      day       `json:"declined_on,omitempty" example:"2026-01-20"`
	FirstAttendedOn day       `json:"first_attended_on,omitempty" doc:"The first of these in a referral is its start" example:"2026-01-20"`
	EndedOn         day       `json:"ended_on,omitempty" example:"2026-04-20"`
	EndReason       endReason `json:"end_reason,omitempty" doc:"With ended_on"`
	Offered         whole     `json:"sessions_offered,omitempty" example:"8"`
	Attended        whole     `json:"sessions_attended,omitempty" example:"6"`
}

// A prescriptionChange is a change of what lies two steps down.
type prescriptionChange struct {
	ID           string `path:"id" doc:"The referral's identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Prescription string `path:"prescription" doc:"The prescription's identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Keyed
	Body prescriptionChangeBody
}

type prescriptionPath struct {
	ID           string `path:"id" doc:"The referral's identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Prescription string `path:"prescription" doc:"The prescription's identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
}

func (a *API) prescriptions() {
	get(a, asked{id: "list-prescriptions", path: "/referrals/{id}/prescriptions", tag: "Prescriptions", right: app.SeePeople, summary: "Prescriptions of a referral"},
		"query", func(ctx context.Context, by app.Actor, in *byID) (list[prescriptionBody], error) {
			v, err := a.app.Referral(ctx, by, scheme.ReferralID(in.ID))
			return listed(v.Prescriptions, 0, prescriptionOf, nil), err
		})
	get(a, asked{id: "get-prescription", path: "/referrals/{id}/prescriptions/{prescription}", tag: "Prescriptions", right: app.SeePeople, summary: "One prescription"},
		"query", func(ctx context.Context, by app.Actor, in *prescriptionPath) (prescriptionBody, error) {
			v, err := a.app.Referral(ctx, by, scheme.ReferralID(in.ID))
			if err != nil {
				return prescriptionBody{}, err
			}
			for _, p := range v.Prescriptions {
				if string(p.ID) == in.Prescription {
					return prescriptionOf(p), nil
				}
			}
			return prescriptionBody{}, server.NotThere()
		})
	posts(a, asked{id: "create-prescription", path: "/prescriptions", tag: "Prescriptions", right: app.RecordPeople, summary: "Prescribe an activity"},
		"create-prescriptions", "Prescribe many activities",
		func(b prescriptionBody) string { return "/referrals/" + b.Referral + "/prescriptions/" + b.ID },
		func(ctx context.Context, by app.Actor, in *creation[newPrescriptionBody]) (prescriptionBody, error) {
			b := in.Body
			made, err := a.app.AddPrescription(ctx, by, app.NewPrescription{
				Key: in.Key, Referral: scheme.ReferralID(b.Referral), Activity: scheme.ActivityID(b.Activity),
				OfferedOn: string(b.OfferedOn), AcceptedOn: string(b.AcceptedOn), FirstAttendedOn: string(b.FirstAttendedOn),
				Offered: int(b.Offered), Attended: int(b.Attended),
			})
			return prescriptionOf(made), err
		})
}

func (a *API) prescriptionChanges() {
	post(a, asked{id: "change-prescription", path: "/referrals/{id}/prescriptions/{prescription}/changes", tag: "Prescriptions", right: app.RecordPeople, summary: "Say what became of a prescription",
		about: "Says all of these as they are now; an absent day has not happened. The first attended day is the start, so windows and figures follow at once. Refused with 409 when somebody else changed it meanwhile."},
		func(b prescriptionBody) string { return "/referrals/" + b.Referral + "/prescriptions/" + b.ID },
		func(ctx context.Context, by app.Actor, in *prescriptionChange) (prescriptionBody, error) {
			b := in.Body
			now, err := a.app.ChangePrescription(ctx, by, app.PrescriptionChange{
				Key: in.Key, Referral: scheme.ReferralID(in.ID), Prescription: scheme.PrescriptionID(in.Prescription), Version: int(b.Version),
				AcceptedOn: string(b.AcceptedOn), DeclinedOn: string(b.DeclinedOn), FirstAttendedOn: string(b.FirstAttendedOn),
				EndedOn: string(b.EndedOn), EndReason: scheme.EndReason(b.EndReason), Offered: int(b.Offered), Attended: int(b.Attended),
			})
			return prescriptionOf(now), err
		})
}

func prescriptionOf(p scheme.Prescription) prescriptionBody {
	return prescriptionBody{
		ID: string(p.ID), Referral: string(p.Referral), Activity: string(p.Activity), Category: category(p.Category),
		OfferedOn: day(p.OfferedOn.String()), AcceptedOn: day(p.AcceptedOn.String()), DeclinedOn: day(p.DeclinedOn.String()),
		FirstAttendedOn: day(p.FirstAttendedOn.String()), EndedOn: day(p.EndedOn.String()), EndReason: endReason(p.EndReason),
		Offered: p.Offered, Attended: p.Attended, Version: p.Revision,
	}
}
