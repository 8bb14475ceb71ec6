package api

import (
	"context"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

type supervisionQuery struct {
	Practitioner string `query:"practitioner" doc:"The account; absent for one's own. A colleague's is for managers" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Period       string `query:"period" doc:"A quarter or a month; absent for the quarter that holds today" example:"2026-Q2"`
}

type supervisionBody struct {
	Practitioner practitionerBody `json:"practitioner"`
	Period       string           `json:"period" example:"2026-Q2"`
	From         day              `json:"from" doc:"The first day of the period" example:"2026-04-01"`
	To           day              `json:"to" doc:"The last day of the period" example:"2026-06-30"`
	AsOf         day              `json:"as_of" example:"2026-06-30"`
	Only         []string         `json:"only,omitempty" nullable:"false" doc:"Names of the schemes counted, where you do not see all"`
	Caseload     openBody         `json:"caseload" doc:"As it is today"`
	Due          dueCountsBody    `json:"due" doc:"As it is today"`
	NotDone      []tallyBody      `json:"not_done" nullable:"false" doc:"Why something due was not taken, in the period"`
	Seen         int              `json:"people_reached" doc:"People with a contact in the period that they came to or answered"`
	Contacts     []tallyBody      `json:"contacts" nullable:"false" doc:"What became of the contacts of the period"`
	Ended        []tallyBody      `json:"ended" nullable:"false" doc:"Why referrals ended in the period"`
	Declined     []tallyBody      `json:"declined" nullable:"false" doc:"Why referrals were declined in the period"`
	Talk         []supervisedBody `json:"to_talk_about" nullable:"false" doc:"Reliably worse, or with an alert that is not closed; by reference"`
	Others       []supervisedBody `json:"others" nullable:"false" doc:"The other open referrals, by reference"`
	Closed       []supervisedBody `json:"closed" nullable:"false" doc:"The others that were closed in the period, by reference"`
}

type openBody struct {
	Open    int `json:"open" doc:"Open referrals"`
	Paused  int `json:"paused" doc:"Of those"`
	Waiting int `json:"waiting" doc:"Of those, not paused: nobody has reached the person yet"`
}

type tallyBody struct {
	What  string `json:"what,omitempty" doc:"Absent where none is recorded" example:"no-answer"`
	Times int    `json:"times" example:"2"`
}

type supervisedBody struct {
	Referral  string  `json:"referral" doc:"The referral's identifier"`
	Reference string  `json:"reference" doc:"The person's reference" example:"RS-0042"`
	Initials  string  `json:"initials,omitempty" doc:"Absent where the scheme knows no names" example:"A.B."`
	Scheme    string  `json:"scheme" doc:"The scheme's identifier"`
	Score     string  `json:"score,omitempty" doc:"The score that the scheme puts first" example:"SWEMWBS (converted)"`
	Verdict   verdict `json:"verdict" doc:"Between the first score of the referral and its last on a later day, by the rule that counts people in the scheme's figures" example:"reliably_better"`
	Moved     string  `json:"moved,omitempty" doc:"How far; absent where nothing is compared" example:"3.1 points better"`
	Alerts    int     `json:"alerts" doc:"Not closed"`
	Paused    bool    `json:"paused"`
	Waiting   bool    `json:"waiting"`
	ClosedOn  day     `json:"closed_on,omitempty" doc:"Absent while it is open" example:"2026-06-01"`
}

func (a *API) supervision() {
	get(a, asked{id: "get-supervision", path: "/supervision", tag: "Caseload", right: app.SeeSupervision, summary: "What one practitioner brings to supervision",
		about: "The caseload today, what was done in a quarter or a month, and how each person's main measure went. It is of one practitioner alone: it compares nobody and ranks nobody. Its numbers are exact, and not for publication."},
		"query", func(ctx context.Context, by app.Actor, in *supervisionQuery) (supervisionBody, error) {
			v, err := a.app.Supervision(ctx, by, app.SupervisionAsk{Who: scheme.AccountID(in.Practitioner), Period: in.Period})
			if err != nil {
				return supervisionBody{}, err
			}
			return supervisionOf(v), nil
		})
}

func supervisionOf(v app.Supervision) supervisionBody {
	return supervisionBody{
		Practitioner: practitionerBody{ID: string(v.Who.Account), Login: v.Who.Login, Profession: v.Who.Profession},
		Period:       v.Period, From: dayOf(v.Span.First), To: dayOf(v.Span.Last), AsOf: dayOf(v.Today), Only: v.Only,
		Caseload: openBody{v.Open, v.Paused, v.Waiting}, Due: dueCountsOf(v.Due), NotDone: tallies(v.NotDone), Seen: v.Seen,
		Contacts: tallies(v.Contacts), Ended: tallies(v.Ends), Declined: tallies(v.Declines),
		Talk: supervisedOf(v.Talk), Others: supervisedOf(v.Others), Closed: supervisedOf(v.Closed),
	}
}

func tallies(all []app.Tallied) []tallyBody {
	bodies := make([]tallyBody, len(all))
	for i, t := range all {
		bodies[i] = tallyBody{t.Value, t.Times}
	}
	return bodies
}

func supervisedOf(all []app.Supervised) []supervisedBody {
	bodies := make([]supervisedBody, len(all))
	for i, s := range all {
		bodies[i] = supervisedBody{
			Referral: string(s.Referral.ID), Reference: s.Reference, Initials: s.Initials, Scheme: string(s.Referral.Scheme),
			Score: s.Main, Verdict: verdict(s.Reading.Verdict), Alerts: s.Alerts, Paused: s.Paused, Waiting: s.Waiting,
			ClosedOn: dayOf(s.Referral.Closed()),
		}
		if s.Reading.Later != nil {
			bodies[i].Moved = s.Reading.Moved()
		}
	}
	return bodies
}
