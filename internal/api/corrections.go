package api

import (
	"context"
	"fmt"
	"time"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A revisionBody is one version of an assessment.
type revisionBody struct {
	Act    act       `json:"act" doc:"What made this version" example:"corrected"`
	Reason string    `json:"reason,omitempty" doc:"Why, in the words of whoever did it"`
	By     string    `json:"by,omitempty" doc:"The account that did it"`
	At     time.Time `json:"at" example:"2026-01-21T09:30:00Z"`
	From   string    `json:"from,omitempty" doc:"Of a move: the referral it was of before, where you may see it"`
	// What it says from this version on.
	Version  int               `json:"version" example:"2"`
	Referral string            `json:"referral,omitempty" doc:"The referral it is of, where you may see it"`
	Edition  int               `json:"measure_version" example:"1"`
	On       day               `json:"on" example:"2026-01-20"`
	Dated    dating            `json:"dated,omitempty" doc:"How well that day is known, as of an assessment. Absent: it is the day"`
	Occasion string            `json:"occasion" example:"baseline"`
	Channel  channel           `json:"channel,omitempty" example:"in-person"`
	Helper   helper            `json:"helper,omitempty" example:"nobody"`
	Language language          `json:"language,omitempty" example:"en"`
	Items    map[string]int    `json:"items,omitempty"`
	Words    map[string]string `json:"own_words,omitempty"`
	Risk     string            `json:"risk_answer,omitempty"`
	Profile  string            `json:"profile,omitempty" doc:"Of a measure that is read so: the answers side by side"`
	Scores   []scoreBody       `json:"scores" nullable:"false"`
}

type correctionBody struct {
	Version  whole             `json:"version" doc:"The version that you read" example:"1"`
	Reason   string            `json:"reason" doc:"Why, in a few words" example:"Typed the score of another form"`
	On       day               `json:"on" doc:"The day it was answered" example:"2026-01-20"`
	Occasion string            `json:"occasion" doc:"baseline, day-N as the plan has it, waiting, end or later; unstated is of scores that a file had without it" example:"baseline"`
	Channel  channel           `json:"channel,omitempty" example:"in-person"`
	Helper   helper            `json:"helper,omitempty" example:"nobody"`
	Language language          `json:"language,omitempty" example:"en"`
	Items    map[string]whole  `json:"items,omitempty" doc:"Responses by item key" example:"{\"satisfaction\":7,\"worthwhile\":8,\"happiness\":6,\"anxiety\":3}"`
	Digits   string            `json:"digits,omitempty" doc:"Instead of items: the responses as they are typed from paper" example:"3425341"`
	Words    map[string]string `json:"own_words,omitempty" doc:"What the person named, by place; absent: as it stands" example:"{\"problem-1\":\"Getting out of the house\"}"`
	Series   string            `json:"series,omitempty" doc:"Which score it is, where the measure has several that may be entered" example:"swemwbs-raw"`
	Score    decimal           `json:"score,omitempty" doc:"One total instead of items" example:"20"`
	Risk     string            `json:"risk_answer,omitempty" doc:"Beside a score: what was said of the question to act upon; absent: as it was" example:"0"`
}

type moveBody struct {
	Version  whole  `json:"version" doc:"The version that you read" example:"1"`
	Reason   string `json:"reason" doc:"Why, in a few words" example:"Recorded for the wrong person"`
	Referral string `json:"referral" doc:"The referral that it belongs to, of the same person or of another" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Occasion string `json:"occasion,omitempty" doc:"What it was taken for there; absent for what it was" example:"baseline"`
}

type withdrawalBody struct {
	Version whole  `json:"version" doc:"The version that you read" example:"1"`
	Reason  string `json:"reason" doc:"Why, in a few words" example:"Answered by somebody else"`
}

func (a *API) corrections() {
	get(a, asked{id: "list-assessment-versions", path: "/assessments/{id}/versions", tag: "Assessments", right: app.SeePeople, summary: "Every version of an assessment",
		about: "The first one first, the one that stands last. Versions are only ever added: nothing that was recorded is overwritten."},
		"query", a.listRevisions)
	get(a, asked{id: "list-withdrawn-assessments", path: "/referrals/{id}/assessments/withdrawn", tag: "Assessments", right: app.SeePeople, summary: "What was withdrawn from a referral",
		about: "Newest first, each with the reason. They are in no figure; what one said is read by its identifier."},
		"query", func(ctx context.Context, by app.Actor, in *byID) (list[withdrawnBody], error) {
			gone, err := a.app.WithdrawnFrom(ctx, by, scheme.ReferralID(in.ID))
			return listed(gone, 0, withdrawnOf, nil), err
		})
	at := func(b assessmentBody) string { return "/assessments/" + b.ID }
	post(a, asked{id: "correct-assessment", path: "/assessments/{id}/corrections", tag: "Assessments", right: app.RecordPeople, summary: "Correct an assessment",
		about: "Adds a version that says the whole of what should have been recorded; the measure, whose answer it is and the person stay. " +
			"Figures follow at once. Refused with 409 when the version is not the one that stands, saying what changed meanwhile."},
		at, func(ctx context.Context, by app.Actor, in *change[correctionBody]) (assessmentBody, error) {
			b := in.Body
			made, err := a.app.CorrectAssessment(ctx, by, app.Correction{
				Key: in.Key, Assessment: scheme.AssessmentID(in.ID), Version: int(b.Version), Reason: b.Reason, On: string(b.On),
				Occasion: scheme.Occasion(b.Occasion), Channel: scheme.Channel(b.Channel), Helper: scheme.Helper(b.Helper),
				Language: scheme.Language(b.Language), Digits: b.Digits, Responses: responses(b.Items), Words: b.Words, Series: measure.Series(b.Series), Score: string(b.Score),
				RiskAnswer: scheme.RiskAnswer(b.Risk),
			})
			return a.revised(ctx, by, made, err)
		})
	post(a, asked{id: "move-assessment", path: "/assessments/{id}/move", tag: "Assessments", right: app.RecordPeople, summary: "Move an assessment to another referral",
		about: "For one that was recorded for the wrong person or on the wrong referral. The figures of both referrals follow at once. " +
			"Refused with 409 when that person has the measure of that day already."},
		at, func(ctx context.Context, by app.Actor, in *change[moveBody]) (assessmentBody, error) {
			b := in.Body
			made, err := a.app.MoveAssessment(ctx, by, app.Move{
				Key: in.Key, Assessment: scheme.AssessmentID(in.ID), Version: int(b.Version), Reason: b.Reason,
				Referral: scheme.ReferralID(b.Referral), Occasion: scheme.Occasion(b.Occasion),
			})
			return a.revised(ctx, by, made, err)
		})
	post(a, asked{id: "withdraw-assessment", path: "/assessments/{id}/withdrawal", tag: "Assessments", right: app.RecordPeople, summary: "Withdraw an assessment",
		about: "For one that should not have been recorded. It leaves every figure at once and stays readable; another of the same measure, day and rater can be recorded."},
		at, func(ctx context.Context, by app.Actor, in *change[withdrawalBody]) (assessmentBody, error) {
			b := in.Body
			made, err := a.app.WithdrawAssessment(ctx, by, app.Withdrawal{
				Key: in.Key, Assessment: scheme.AssessmentID(in.ID), Version: int(b.Version), Reason: b.Reason,
			})
			return a.revised(ctx, by, made, err)
		})
}

// revised is the answer to a change of an assessment.
func (a *API) revised(ctx context.Context, by app.Actor, made scheme.Assessment, err error) (assessmentBody, error) {
	if err != nil {
		return assessmentBody{}, err
	}
	return a.assessmentOf(ctx, by, made)
}

func (a *API) listRevisions(ctx context.Context, by app.Actor, in *byID) (list[revisionBody], error) {
	all := list[revisionBody]{Items: []revisionBody{}}
	found, err := a.app.AssessmentVersions(ctx, by, scheme.AssessmentID(in.ID))
	if err != nil || len(found) == 0 {
		return all, err
	}
	def, err := a.app.Measure(ctx, by, found[0].Measure)
	if err != nil {
		return all, fmt.Errorf("measure of assessment %s: %w", in.ID, err)
	}
	for _, r := range found {
		b, err := bodyOf(r.Assessment, def)
		if err != nil {
			return all, err
		}
		all.Items = append(all.Items, revisionBody{
			Act: act(r.Act), Reason: r.Reason, By: string(r.By), At: r.At, From: string(r.From),
			Version: b.Version, Referral: b.Referral, Edition: b.Edition, On: b.On, Dated: b.Dated, Occasion: b.Occasion,
			Channel: b.Channel, Helper: b.Helper, Language: b.Language, Items: b.Items, Words: b.Words, Risk: b.Risk, Profile: b.Profile, Scores: b.Scores,
		})
	}
	return all, nil
}

func stateOf(x scheme.Assessment) state {
	if x.Withdrawn {
		return "withdrawn"
	}
	return "live"
}
