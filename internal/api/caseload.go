package api

import (
	"context"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

type dueBody struct {
	Referral     string   `json:"referral" doc:"The referral's identifier"`
	Reference    string   `json:"reference" doc:"The person's reference" example:"RS-0042"`
	Scheme       string   `json:"scheme" doc:"The scheme's identifier"`
	SchemeName   string   `json:"scheme_name" example:"Riverside Garden"`
	Measure      string   `json:"measure" example:"swemwbs"`
	Occasion     string   `json:"occasion" example:"day-84"`
	Standing     standing `json:"standing" doc:"overdue: its day has passed, still on time; this-week; baseline-missing; coming-up: its window is open or opens within two weeks; passed: outside its time, and can still be recorded" example:"overdue"`
	DueOn        day      `json:"due_on" example:"2026-06-29"`
	EarlyOn      day      `json:"answered_early_on,omitempty" doc:"The day one was answered before its time, where that is all there is; one in time still counts" example:"2026-05-01"`
	OnTimeFrom   day      `json:"on_time_from" example:"2026-06-01"`
	OnTimeUntil  day      `json:"on_time_until" example:"2026-07-27"`
	Attempts     int      `json:"attempts" doc:"No answer, so often" example:"1"`
	Practitioner string   `json:"practitioner,omitempty" doc:"The account whose referral it is; absent while it is nobody's"`
}

type dueCountsBody struct {
	Overdue         int `json:"overdue"`
	ThisWeek        int `json:"this_week"`
	BaselineMissing int `json:"baseline_missing"`
	ComingUp        int `json:"coming_up"`
	Passed          int `json:"passed"`
}

type caseloadBody struct {
	AsOf   day           `json:"as_of" example:"2026-06-30"`
	Counts dueCountsBody `json:"counts" doc:"Of the whole list, whatever standing was asked for"`
	Items  []dueBody     `json:"items" nullable:"false" doc:"By standing, then by the day it is due"`
	Next   string        `json:"next,omitempty" doc:"Send this as after for the next page; absent on the last"`
}

type caseloadQuery struct {
	Whose    whose    `query:"whose" doc:"mine: one's own and what one covers today; teams: of all the schemes one sees. Absent: mine" example:"mine"`
	Standing standing `query:"standing" doc:"Only these; absent for all" example:"overdue"`
	Paged
}

type notDoneBody struct {
	ID         string        `json:"id" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Referral   string        `json:"referral" doc:"The referral's identifier"`
	Measure    string        `json:"measure" example:"swemwbs"`
	Occasion   string        `json:"occasion" example:"day-84"`
	Reason     notDoneReason `json:"reason" example:"no-answer"`
	Attempt    int           `json:"attempt,omitempty" doc:"Of no-answer, from 1; the third takes the item off the list" example:"1"`
	On         day           `json:"on" example:"2026-06-30"`
	ComeBackOn day           `json:"come_back_on,omitempty" doc:"On the list again from this day; absent where it is off for good" example:"2026-07-01"`
	Undone     bool          `json:"undone" doc:"Taken back as a slip: kept, and counts no more"`
}

type newNotDoneBody struct {
	Referral   string        `json:"referral" doc:"The referral's identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Measure    string        `json:"measure" example:"swemwbs"`
	Occasion   string        `json:"occasion" doc:"One of the referral's plan" example:"day-84"`
	Reason     notDoneReason `json:"reason" example:"come-back"`
	ComeBackOn day           `json:"come_back_on,omitempty" doc:"From tomorrow on, within a year; needed for come-back, allowed for every reason" example:"2026-07-07"`
}

func (a *API) caseload() {
	get(a, asked{id: "list-due", path: "/caseload", tag: "Caseload", right: app.SeePeople, summary: "What is due, by standing and by day",
		about: "From the measurement plans of open referrals that are not paused. What is recorded or closed is not on it, nor what somebody comes back to on a later day."},
		"query", func(ctx context.Context, by app.Actor, in *caseloadQuery) (caseloadBody, error) {
			v, err := a.app.Caseload(ctx, by, app.CaseloadAsk{
				Whose: app.Whose(in.Whose), Standing: scheme.Standing(in.Standing), Page: app.Page{After: in.After, Limit: in.Limit},
			})
			return caseloadOf(v), err
		})
	get(a, asked{id: "get-not-done", path: "/not-done/{id}", tag: "Caseload", right: app.SeePeople, summary: "Why something due was not done"},
		"query", func(ctx context.Context, by app.Actor, in *byID) (notDoneBody, error) {
			n, err := a.app.NotDone(ctx, by, scheme.NotDoneID(in.ID))
			return notDoneOf(n), err
		})
	post(a, asked{id: "create-not-done", path: "/not-done", tag: "Caseload", right: app.RecordPeople, summary: "Say why something due is not done",
		about: "With a day to come back on, and after the first and second time without an answer, it is on the list again from then; else it leaves the list. Evidence splits the people lost by the latest of these reasons. Refused with 409 where it was recorded or closed meanwhile."},
		notDoneAt, func(ctx context.Context, by app.Actor, in *creation[newNotDoneBody]) (notDoneBody, error) {
			b := in.Body
			n, err := a.app.CloseDue(ctx, by, app.NewNotDone{
				Key: in.Key, Referral: scheme.ReferralID(b.Referral), Measure: measure.Key(b.Measure), Occasion: scheme.Occasion(b.Occasion),
				Reason: scheme.NotDoneReason(b.Reason), ComeBackOn: string(b.ComeBackOn),
			})
			return notDoneOf(n), err
		})
	post(a, asked{id: "undo-not-done", path: "/not-done/{id}/undo", tag: "Caseload", right: app.RecordPeople, summary: "Take such a reason back",
		about: "It stays on record and counts no more; what was due is due again. Twice is once."},
		notDoneAt, func(ctx context.Context, by app.Actor, in *change[none]) (notDoneBody, error) {
			n, err := a.app.UndoClose(ctx, by, app.Undoing{Key: in.Key, ID: scheme.NotDoneID(in.ID)})
			return notDoneOf(n), err
		})
}

func notDoneAt(b notDoneBody) string { return "/not-done/" + b.ID }

func notDoneOf(n scheme.NotDone) notDoneBody {
	return notDoneBody{
		ID: string(n.ID), Referral: string(n.Referral), Measure: string(n.Measure), Occasion: string(n.Occasion),
		Reason: notDoneReason(n.Reason), Attempt: n.Attempt, On: day(n.On.String()), ComeBackOn: day(n.ComeBack.String()), Undone: n.Undone,
	}
}

func caseloadOf(v app.CaseloadView) caseloadBody {
	b := caseloadBody{AsOf: day(v.Today.String()), Items: make([]dueBody, len(v.Lines)), Next: v.Next, Counts: dueCountsOf(v.Counts)}
	for i, l := range v.Lines {
		b.Items[i] = dueBody{
			Referral: string(l.Referral), Reference: l.Reference, Scheme: string(l.Scheme), SchemeName: l.SchemeName,
			Measure: string(l.Due.Measure), Occasion: string(l.Due.Occasion), Standing: standing(l.Due.Standing(v.Today)),
			DueOn: day(l.Due.On.String()), OnTimeFrom: day(l.Due.Opens.String()), OnTimeUntil: day(l.Due.Closes.String()),
			Attempts: l.Due.Attempts, Practitioner: string(l.Practitioner), EarlyOn: day(l.Due.Early.String()),
		}
	}
	return b
}

func dueCountsOf(counts map[scheme.Standing]int) dueCountsBody {
	return dueCountsBody{
		Overdue: counts[scheme.Overdue], ThisWeek: counts[scheme.ThisWeek], BaselineMissing: counts[scheme.BaselineMissing],
		ComingUp: counts[scheme.ComingUp], Passed: counts[scheme.TooLate],
	}
}
