package api

import (
	"context"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

type practitionerBody struct {
	ID         string `json:"id" doc:"The account's identifier"`
	Login      string `json:"login" example:"bo"`
	Profession string `json:"profession,omitempty" example:"occupational therapist"`
}

type practitionersBody struct {
	Items []practitionerBody `json:"items" nullable:"false" doc:"By login"`
}

type handOverBody struct {
	To        string   `json:"to" doc:"The account that takes over" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	From      string   `json:"from,omitempty" doc:"The account whose whole caseload it is; not looked at where referrals are named" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b12"`
	Referrals []string `json:"referrals,omitempty" nullable:"false" doc:"These only, at most 10,000" example:"[\"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11\"]"`
}

type handedOverBody struct {
	To        string `json:"to" doc:"The account that took over"`
	Referrals int    `json:"referrals" doc:"How many"`
}

type coverBody struct {
	ID    string `json:"id" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Away  string `json:"away" doc:"The account that is away"`
	By    string `json:"by" doc:"The account that covers"`
	From  day    `json:"from" example:"2026-07-06"`
	Until day    `json:"until" doc:"The last day" example:"2026-07-17"`
}

type coversBody struct {
	Items []coverBody `json:"items" nullable:"false" doc:"By their first day"`
}

type newCoverBody struct {
	Away  string `json:"away" doc:"The account that is away" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	By    string `json:"by" doc:"The account that covers" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b12"`
	From  day    `json:"from" example:"2026-07-06"`
	Until day    `json:"until" doc:"The last day" example:"2026-07-17"`
}

type keeperBody struct {
	Account string `json:"account" doc:"The practitioner's account"`
	Login   string `json:"login" example:"bo"`
	From    day    `json:"from" example:"2026-01-05"`
	Until   day    `json:"until,omitempty" doc:"The day it was handed over; absent for whose it is now" example:"2026-03-02"`
}

type keepersBody struct {
	Items []keeperBody `json:"items" nullable:"false" doc:"The first one first"`
}

func (a *API) keepers() {
	get(a, asked{id: "list-referral-practitioners", path: "/referrals/{id}/practitioners", tag: "Caseload", right: app.SeePeople, summary: "Whose a referral was and is"},
		"query", func(ctx context.Context, by app.Actor, in *byID) (keepersBody, error) {
			all, err := a.app.Keepers(ctx, by, scheme.ReferralID(in.ID))
			b := keepersBody{Items: make([]keeperBody, len(all))}
			for i, k := range all {
				b.Items[i] = keeperBody{Account: string(k.Account), Login: k.Login, From: day(k.From.String()), Until: day(k.Until.String())}
			}
			return b, err
		})
	get(a, asked{id: "list-practitioners", path: "/practitioners", tag: "Caseload", right: app.SeePeople, summary: "Who can have referrals of their own"},
		"query", func(ctx context.Context, by app.Actor, _ *none) (practitionersBody, error) {
			all, err := a.app.Colleagues(ctx, by)
			b := practitionersBody{Items: make([]practitionerBody, len(all))}
			for i, c := range all {
				b.Items[i] = practitionerBody{ID: string(c.Account), Login: c.Login, Profession: c.Profession}
			}
			return b, err
		})
	post(a, asked{id: "hand-over", path: "/hand-overs", tag: "Caseload", right: app.RecordPeople, summary: "Hand referrals over to another practitioner",
		about: "A whole caseload, or the referrals that are named, from today on; whose they were stays on record. A practitioner gives what is theirs and takes what is nobody's, a manager moves any of the schemes they see. Whoever takes over must work in the scheme."},
		func(handedOverBody) string { return "/caseload" },
		func(ctx context.Context, by app.Actor, in *creation[handOverBody]) (handedOverBody, error) {
			move := app.HandOver{Key: in.Key, From: scheme.AccountID(in.Body.From), To: scheme.AccountID(in.Body.To)}
			for _, id := range in.Body.Referrals {
				move.Referrals = append(move.Referrals, scheme.ReferralID(id))
			}
			done, err := a.app.HandOver(ctx, by, move)
			return handedOverBody{To: string(done.To), Referrals: done.Referrals}, err
		})
	get(a, asked{id: "list-covers", path: "/covers", tag: "Caseload", right: app.SeePeople, summary: "Who stands in for whom, today and later"},
		"query", func(ctx context.Context, by app.Actor, _ *none) (coversBody, error) {
			all, err := a.app.Covers(ctx, by)
			b := coversBody{Items: make([]coverBody, len(all))}
			for i, c := range all {
				b.Items[i] = coverOf(c)
			}
			return b, err
		})
	post(a, asked{id: "create-cover", path: "/covers", tag: "Caseload", right: app.RecordPeople, summary: "Cover for somebody's leave",
		about: "From the first day to the last, what is due of whoever is away is also on the list of whoever covers, in the schemes where they work. A practitioner asks for their own leave, a manager for anybody's."},
		func(coverBody) string { return "/covers" },
		func(ctx context.Context, by app.Actor, in *creation[newCoverBody]) (coverBody, error) {
			b := in.Body
			c, err := a.app.AddCover(ctx, by, app.NewCover{
				Key: in.Key, Away: scheme.AccountID(b.Away), By: scheme.AccountID(b.By), From: string(b.From), Until: string(b.Until),
			})
			return coverOf(c), err
		})
	post(a, asked{id: "end-cover", path: "/covers/{id}/end", tag: "Caseload", right: app.RecordPeople, summary: "End a cover before its time"},
		func(none) string { return "/covers" },
		func(ctx context.Context, by app.Actor, in *change[none]) (none, error) {
			return none{}, a.app.EndCover(ctx, by, app.CoverEnd{Key: in.Key, ID: scheme.CoverID(in.ID)})
		})
}

func coverOf(c app.CoverView) coverBody {
	return coverBody{ID: string(c.ID), Away: string(c.Away), By: string(c.By), From: day(c.From.String()), Until: day(c.Until.String())}
}
