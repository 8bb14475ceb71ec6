package api

import (
	"context"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// ReferralBody is a referral as lists show it. It is exported because huma reads
// embedded fields of exported types only.
type ReferralBody struct {
	ID         string      `json:"id" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Person     string      `json:"person" doc:"The person's identifier"`
	Reference  string      `json:"reference" doc:"The person's reference" example:"RS-0042"`
	Scheme     string      `json:"scheme" doc:"The scheme's identifier"`
	SchemeName string      `json:"scheme_name" example:"Riverside Garden"`
	Ordinal    int         `json:"ordinal" doc:"1 for the person's first referral to the scheme; figures count first referrals. Below 0: it came by an import that was undone, and is in no list and no figure" example:"1"`
	Source     source      `json:"source,omitempty" example:"general-practice"`
	Practice   string      `json:"practice,omitempty" doc:"The GP practice, by name or code" example:"Mill Lane Surgery"`
	Reasons    []reason    `json:"reasons,omitempty" nullable:"false" doc:"Why the person was referred" example:"[\"loneliness\"]"`
	ReceivedOn day         `json:"received_on,omitempty" doc:"Absent where a file brought the referral without it" example:"2026-01-12"`
	Month      string      `json:"received_month,omitempty" doc:"Of a referral that was imported with the month alone" example:"2026-01"`
	AcceptedOn day         `json:"accepted_on,omitempty" doc:"Absent while it is not accepted, and where that day is not on record" example:"2026-01-15"`
	Unrecorded []string    `json:"not_recorded,omitempty" nullable:"false" enum:"received_on,accepted_on" doc:"Days of what has happened that are not on record, as after an import. They are in no wait"`
	DeclinedOn day         `json:"declined_on,omitempty" example:"2026-01-20"`
	Declined   declined    `json:"decline_reason,omitempty"`
	EndedOn    day         `json:"ended_on,omitempty" example:"2026-04-20"`
	EndReason  endReason   `json:"end_reason,omitempty"`
	ReopenedOn day         `json:"reopened_on,omitempty" doc:"The last day on which it was opened again after an end or a decline"`
	Pauses     []pauseBody `json:"pauses,omitempty" nullable:"false" doc:"Times in which nothing is asked of the person, by day. Windows do not move"`
	Version    int         `json:"version" doc:"Of this record; send it with the next change" example:"1"`
}

// referralViewBody is one referral with what its records come to.
type referralViewBody struct {
	ReferralBody
	Start day               `json:"start,omitempty" doc:"The day that windows are counted from: first attended, else accepted, else received; where a file said neither of these, its first baseline, else its first score, counted back by the plan where the file says that it was taken later. Absent where no day is known: then nothing is due and no score counts by the plan" example:"2026-01-20"`
	Stage string            `json:"stage" enum:"referred,accepted,started" doc:"How far it has come"`
	OT    []involvementBody `json:"ot" nullable:"false" doc:"The occupational therapist's part, by day"`
}

type involvementBody struct {
	Level     otLevel `json:"level" example:"assessed"`
	On        day     `json:"on" example:"2026-01-15"`
	Therapist string  `json:"therapist,omitempty" doc:"Which occupational therapist, by their identifier among the practitioners; kept with advised, assessed and led" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b14"`
}

type pauseBody struct {
	From  day `json:"from" example:"2026-02-01"`
	Until day `json:"until,omitempty" doc:"Its last day; absent while nobody knows" example:"2026-02-14"`
}

type newReferralBody struct {
	Person     string   `json:"person" doc:"The person's identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Scheme     string   `json:"scheme" doc:"The scheme's identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b12"`
	Source     source   `json:"source,omitempty" doc:"Who referred" example:"general-practice"`
	Practice   string   `json:"practice,omitempty" doc:"The GP practice, by name or code" example:"Mill Lane Surgery"`
	Reasons    []reason `json:"reasons,omitempty" nullable:"false" doc:"Why the person is referred; several may be given" example:"[\"loneliness\"]"`
	ReceivedOn day      `json:"received_on" example:"2026-01-12"`
	AcceptedOn day      `json:"accepted_on,omitempty" example:"2026-01-15"`
	OT         otLevel  `json:"ot,omitempty" doc:"The occupational therapist's part, from acceptance on" example:"assessed"`
	Therapist  string   `json:"therapist,omitempty" doc:"Which occupational therapist, by their identifier among the practitioners; kept with advised, assessed and led" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b14"`
}

type referralChangeBody struct {
	Version    whole     `json:"version" doc:"The version that you read" example:"1"`
	AcceptedOn day       `json:"accepted_on,omitempty" example:"2026-01-15"`
	DeclinedOn day       `json:"declined_on,omitempty" example:"2026-01-20"`
	Declined   declined  `json:"decline_reason,omitempty" doc:"With declined_on"`
	EndedOn    day       `json:"ended_on,omitempty" example:"2026-04-20"`
	EndReason  endReason `json:"end_reason,omitempty" doc:"With ended_on"`
}

type referralQuery struct {
	Scheme string        `query:"scheme" doc:"Of this scheme only" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Person string        `query:"person" doc:"Of this person only, by identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	State  referralState `query:"state" doc:"open, or closed: ended or declined. Absent: both" example:"open"`
	Source source        `query:"source" doc:"Who referred" example:"general-practice"`
	From   day           `query:"received_from" doc:"Received on this day or later; without those whose day is not on record" example:"2026-01-01"`
	To     day           `query:"received_to" doc:"Received on this day or earlier; likewise" example:"2026-03-31"`
	Sort   referralOrder `query:"sort" doc:"A hyphen turns it round. Absent: the newest first" example:"-received_on"`
	Paged
}

func (a *API) referrals() {
	get(a, asked{id: "list-referrals", path: "/referrals", tag: "Referrals", right: app.SeePeople, summary: "Referrals, newest first",
		about: "Of one scheme, or of all that you may see. What is equal in the order is sorted by identifier, so that no page shares a line with another; keep sort and filters as they are from page to page."},
		"query", func(ctx context.Context, by app.Actor, in *referralQuery) (list[ReferralBody], error) {
			found, err := a.app.Referrals(ctx, by, app.ReferralsAsk{
				Scheme: scheme.ID(in.Scheme), Person: scheme.PersonID(in.Person), State: app.ReferralState(in.State), Source: scheme.Source(in.Source),
				From: string(in.From), To: string(in.To), Page: app.Page{After: in.After, Limit: in.Limit, Order: app.Order(in.Sort)},
			})
			return listed(found, in.Limit, lineOf, func(l app.ReferralLine) string { return l.Mark }), err
		})
	get(a, asked{id: "get-referral", path: "/referrals/{id}", tag: "Referrals", right: app.SeePeople, summary: "One referral"},
		"query", func(ctx context.Context, by app.Actor, in *byID) (referralViewBody, error) {
			found, err := a.app.Referral(ctx, by, scheme.ReferralID(in.ID))
			return referralOf(found), err
		})
	posts(a, asked{id: "create-referral", path: "/referrals", tag: "Referrals", right: app.RecordPeople, summary: "Refer a person to a scheme",
		about: "A person has one open referral to a scheme at a time."}, "create-referrals", "Refer people to schemes",
		func(b referralViewBody) string { return "/referrals/" + b.ID },
		func(ctx context.Context, by app.Actor, in *creation[newReferralBody]) (referralViewBody, error) {
			b := in.Body
			made, err := a.app.AddReferral(ctx, by, app.NewReferral{
				Key: in.Key, Person: scheme.PersonID(b.Person), Scheme: scheme.ID(b.Scheme), Source: scheme.Source(b.Source),
				ReceivedOn: string(b.ReceivedOn), AcceptedOn: string(b.AcceptedOn), OT: scheme.OTLevel(b.OT), Therapist: scheme.AccountID(b.Therapist),
				Practice: b.Practice, Reasons: reasons(b.Reasons),
			})
			return referralOf(made), err
		})
}

func (a *API) referralChanges() {
	post(a, asked{id: "change-referral", path: "/referrals/{id}/changes", tag: "Referrals", right: app.RecordPeople, summary: "Accept, decline, end or reopen a referral",
		about: "Says all of these days as they are now; an absent one has not happened. Windows and figures follow at once. The first acceptance settles which version of the plan the referral keeps. An end ends a pause. What was closed may be opened again for 90 days; after that the person is referred anew. Refused with 409 when somebody else changed it meanwhile."},
		func(b referralViewBody) string { return "/referrals/" + b.ID },
		func(ctx context.Context, by app.Actor, in *change[referralChangeBody]) (referralViewBody, error) {
			b := in.Body
			now, err := a.app.ChangeReferral(ctx, by, app.ReferralChange{
				Key: in.Key, Referral: scheme.ReferralID(in.ID), Version: int(b.Version), AcceptedOn: string(b.AcceptedOn),
				DeclinedOn: string(b.DeclinedOn), Declined: scheme.DeclineReason(b.Declined), EndedOn: string(b.EndedOn), EndReason: scheme.EndReason(b.EndReason),
			})
			return referralOf(now), err
		})
}

func lineOf(l app.ReferralLine) ReferralBody {
	r := l.Referral
	line := ReferralBody{
		ID: string(r.ID), Person: string(r.Person), Reference: l.Reference, Scheme: string(r.Scheme), SchemeName: l.SchemeName,
		Ordinal: r.Ordinal, Source: source(r.Source), ReceivedOn: day(r.ReceivedOn.String()), AcceptedOn: day(r.AcceptedOn.String()),
		DeclinedOn: day(r.DeclinedOn.String()), EndedOn: day(r.EndedOn.String()), EndReason: endReason(r.EndReason), Version: r.Revision,
		Practice: r.Practice, Declined: declined(r.Declined), ReopenedOn: day(r.ReopenedOn.String()),
	}
	if r.Receipt.Dated == scheme.ToTheMonth {
		line.Month = r.Receipt.On.Month().String()
	}
	if r.ReceivedOn.IsZero() {
		line.Unrecorded = append(line.Unrecorded, "received_on")
	}
	if r.AcceptedOn.IsZero() && r.Accepted() {
		line.Unrecorded = append(line.Unrecorded, "accepted_on")
	}
	for _, why := range r.Reasons {
		line.Reasons = append(line.Reasons, reason(why))
	}
	for _, p := range r.Pauses {
		line.Pauses = append(line.Pauses, pauseBody{From: day(p.From.String()), Until: day(p.Until.String())})
	}
	return line
}

func referralOf(v app.ReferralView) referralViewBody {
	b := referralViewBody{
		ReferralBody: lineOf(app.ReferralLine{Referral: v.Referral, Reference: v.Person.Reference, SchemeName: v.Scheme.Name}),
		Start:        day(v.Start().String()), Stage: stageOf(v.Stage), OT: []involvementBody{},
	}
	for _, i := range v.Referral.OT {
		b.OT = append(b.OT, involvementBody{Level: otLevel(i.Level), On: day(i.On.String()), Therapist: string(i.Therapist)})
	}
	return b
}

func stageOf(s scheme.Stage) string {
	switch s {
	case scheme.StageStarted:
		return "started"
	case scheme.StageAccepted:
		return "accepted"
	}
	return "referred"
}
