package api

import (
	"context"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

type qualityReportBody struct {
	Since    day                 `json:"since" doc:"The first day looked at" example:"2025-11-22"`
	Today    day                 `json:"today" example:"2026-11-22"`
	Schemes  []qualityOfBody     `json:"schemes" nullable:"false" doc:"By name"`
	Caseload []qualityOfBody     `json:"caseloads" nullable:"false" doc:"By the practitioner's login; what is nobody's comes last. In no order of merit"`
	Entries  int                 `json:"entries" doc:"How many assessments were looked at"`
	Missing  qualityListBody     `json:"items_missing" doc:"Items were left out"`
	Jumps    qualityListBody     `json:"jumps" doc:"More than half of a scale away from the entry before"`
	Proxies  qualityListBody     `json:"proxies" doc:"Answered by somebody who knows the person; never paired with the person's own answers"`
	Twice    qualityTwiceBody    `json:"duplicates" doc:"People whose references are alike, or who have the same name and year of birth. The operation list-duplicates lists up to 100 groups, preview-merge says what merging two would do"`
	Reasons  []qualityReasonBody `json:"reasons" nullable:"false" doc:"Why something due was not done"`
	Chase    []qualityDueBody    `json:"chase" nullable:"false" doc:"What is due and not recorded, what can still be in time first, then by due date; 20 at most"`
}

type qualityOfBody struct {
	ID             string `json:"id,omitempty" doc:"Of the scheme or the account; absent for what is nobody's"`
	Name           string `json:"name,omitempty"`
	BaselinesDue   int    `json:"baselines_due" doc:"Their window has closed"`
	Baselines      int    `json:"baselines" doc:"Of those, recorded in time"`
	FollowUpsDue   int    `json:"follow_ups_due" doc:"Their window has closed; without people who died or moved away"`
	FollowUps      int    `json:"follow_ups" doc:"Of those, recorded in time"`
	MedianDaysOff  *int   `json:"median_days_off,omitempty" doc:"Days from the day a follow-up was due to the day it was taken, the middle one; below zero is early"`
	Pairs          int    `json:"pairs" doc:"With both scores"`
	OtherChannel   int    `json:"other_channel" doc:"Of the pairs: taken in another way the second time"`
	OtherHelper    int    `json:"other_helper" doc:"Of the pairs: helped by others the second time"`
	ChannelUnknown int    `json:"channel_unknown" doc:"Of the pairs: the way of either is not recorded"`
}

type qualityListBody struct {
	All    int                `json:"all" doc:"How many there are"`
	Newest []qualityEntryBody `json:"newest" nullable:"false" doc:"20 at most"`
}

type qualityTwiceBody struct {
	All    int              `json:"all" doc:"How many groups there are"`
	Groups []duplicatesBody `json:"groups" nullable:"false" doc:"20 at most, by reference"`
}

type qualityEntryBody struct {
	Referral string `json:"referral"`
	Measure  string `json:"measure" example:"swemwbs"`
	On       day    `json:"on" example:"2026-10-02"`
	Dated    dating `json:"dated,omitempty" doc:"How well that day is known, as of an assessment. Absent: it is the day"`
	Items    int    `json:"items,omitempty" doc:"How many were left out"`
}

type qualityReasonBody struct {
	Scheme string `json:"scheme"`
	Reason string `json:"reason" example:"no-answer"`
	Times  int    `json:"times"`
}

type qualityDueBody struct {
	Referral     string `json:"referral"`
	Measure      string `json:"measure" example:"swemwbs"`
	Occasion     string `json:"occasion" example:"day-84"`
	Due          day    `json:"due" example:"2026-10-02"`
	Closes       day    `json:"closes" doc:"The last day that counts as on time" example:"2026-10-30"`
	Scheme       string `json:"scheme"`
	Practitioner string `json:"practitioner,omitempty" doc:"Absent while it is nobody's"`
}

func (a *API) quality() {
	get(a, asked{id: "get-quality", path: "/quality", tag: "Caseload", right: app.SeeQuality, summary: "How well things are recorded",
		about: "For managers: what was due and what was recorded in the last 365 days, by scheme and by caseload, and entries to look at again. " +
			"It is for work inside the organisation: its numbers are exact, small ones too. It holds no score, and ranks nobody."},
		"query", func(ctx context.Context, by app.Actor, _ *none) (qualityReportBody, error) {
			found, err := a.app.Quality(ctx, by)
			return qualityBodyOf(found), err
		})
}

func qualityBodyOf(q app.Quality) qualityReportBody {
	b := qualityReportBody{
		Since: day(q.Since.String()), Today: day(q.Today.String()), Schemes: qualitiesOf(q.Schemes), Caseload: qualitiesOf(q.Practitioners),
		Entries: q.Entries, Missing: findingsOf(q.ItemsMissing), Jumps: findingsOf(q.Jumps), Proxies: findingsOf(q.Proxies),
		Twice: qualityTwiceBody{All: q.Twice.All, Groups: []duplicatesBody{}}, Reasons: []qualityReasonBody{}, Chase: []qualityDueBody{},
	}
	for _, group := range q.Twice.Listed {
		b.Twice.Groups = append(b.Twice.Groups, duplicatesOf(group))
	}
	for _, r := range q.Reasons {
		b.Reasons = append(b.Reasons, qualityReasonBody{string(r.Scheme), string(r.Reason), r.Times})
	}
	for _, d := range q.Chase {
		b.Chase = append(b.Chase, qualityDueBody{
			Referral: string(d.Referral), Measure: string(d.Due.Measure), Occasion: string(d.Due.Occasion), Due: dayOf(d.Due.On), Closes: dayOf(d.Due.Closes),
			Scheme: string(d.Scheme), Practitioner: string(d.Practitioner),
		})
	}
	return b
}

func dayOf(d scheme.Day) day { return day(d.String()) }

func qualitiesOf(all []app.QualityOf) []qualityOfBody {
	bodies := []qualityOfBody{}
	for _, q := range all {
		b := qualityOfBody{
			ID: q.ID, Name: q.Name, BaselinesDue: q.BaselinesDue, Baselines: q.Baselines, FollowUpsDue: q.FollowUpsDue, FollowUps: q.FollowUps,
			Pairs: q.Pairs, OtherChannel: q.Channel, OtherHelper: q.Helper, ChannelUnknown: q.Unknown,
		}
		if t, ok := q.Timing(); ok {
			b.MedianDaysOff = &t.Median
		}
		bodies = append(bodies, b)
	}
	return bodies
}

func findingsOf(f app.Findings) qualityListBody {
	b := qualityListBody{All: f.All, Newest: []qualityEntryBody{}}
	for _, one := range f.Listed {
		b.Newest = append(b.Newest, qualityEntryBody{string(one.Referral), string(one.Measure), dayOf(one.On), dating(one.Dated), one.Items})
	}
	return b
}
