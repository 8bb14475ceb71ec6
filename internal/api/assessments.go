package api

import (
	"context"
	"fmt"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

type assessmentBody struct {
	ID       string            `json:"id" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Person   string            `json:"person" doc:"The person's identifier"`
	Referral string            `json:"referral" doc:"The referral's identifier"`
	Measure  string            `json:"measure" example:"swemwbs"`
	Edition  int               `json:"measure_version" example:"1"`
	Version  int               `json:"version" doc:"1 as first recorded; each correction, move and withdrawal counts on. Send it with the next of them." example:"1"`
	State    state             `json:"state" doc:"A withdrawn one is in no figure" example:"live"`
	On       day               `json:"on" doc:"The day it was answered" example:"2026-01-20"`
	Dated    dating            `json:"dated,omitempty" doc:"How well that day is known, where it was imported without one: month, and only its month is; order, and it is no day: of such scores it is known which occasion comes first by the plan, and not when any of them was. Absent: it is the day"`
	Occasion string            `json:"occasion" example:"baseline"`
	Rater    rater             `json:"rater" example:"self"`
	Channel  channel           `json:"channel,omitempty" example:"in-person"`
	Helper   helper            `json:"helper,omitempty" example:"nobody"`
	Language language          `json:"language,omitempty" example:"en"`
	Items    map[string]int    `json:"items,omitempty" doc:"Responses by item; absent where only a score was entered"`
	Words    map[string]string `json:"own_words,omitempty" doc:"What the person named, by place, in an individualised measure"`
	Risk     string            `json:"risk_answer,omitempty" doc:"Of a score alone: what was said of the question to act upon, in figures, or not-answered" example:"0"`
	Profile  string            `json:"profile,omitempty" doc:"Of a measure that is read so: the answers side by side, a hyphen for one that was left out" example:"21132"`
	Scores   []scoreBody       `json:"scores" nullable:"false"`
}

type scoreBody struct {
	Series string  `json:"series" example:"swemwbs-metric"`
	Score  decimal `json:"score" doc:"An exact decimal, in score points" example:"18.59"`
	Rated  int     `json:"rated,omitempty" doc:"Of how many of the person's own problems or goals the score is; absent for other scores, and where it was typed in as a number" example:"3"`
}

type newAssessmentBody struct {
	Referral string            `json:"referral" doc:"The referral's identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Measure  string            `json:"measure" doc:"A key from the library" example:"swemwbs"`
	On       day               `json:"on" doc:"The day it was answered, not the day it was typed in" example:"2026-01-20"`
	Occasion string            `json:"occasion" doc:"baseline, day-N as the plan has it, waiting, end or later; unstated is of scores that a file had without it" example:"baseline"`
	Rater    rater             `json:"rater,omitempty" doc:"Whose answer it is; absent for whom the measure is meant" example:"self"`
	Channel  channel           `json:"channel,omitempty" doc:"How it was taken" example:"in-person"`
	Helper   helper            `json:"helper,omitempty" doc:"Who helped" example:"nobody"`
	Language language          `json:"language,omitempty" doc:"The language it was taken in" example:"en"`
	Items    map[string]whole  `json:"items,omitempty" doc:"Responses by item key, for a measure entered item by item; unanswered ones absent" example:"{\"satisfaction\":7,\"worthwhile\":8,\"happiness\":6,\"anxiety\":3}"`
	Digits   string            `json:"digits,omitempty" doc:"Instead of items: the responses in the order of the form, as they are typed from paper; a hyphen for one that was left out. Spaces or commas may part them, and have to where an answer goes to 10" example:"3425341"`
	Words    map[string]string `json:"own_words,omitempty" doc:"In an individualised measure: what the person named, by place (problem-1); absent where it was named before. A problem keeps its words" example:"{\"problem-1\":\"Getting out of the house\"}"`
	Series   string            `json:"series,omitempty" doc:"Which score it is, where the measure has several that may be entered" example:"swemwbs-raw"`
	Score    decimal           `json:"score,omitempty" doc:"One total instead of items. Write it as it was given: it is kept exactly, never rounded. No exponents." example:"20"`
	Risk     string            `json:"risk_answer,omitempty" doc:"Beside a score of a measure with a question to act upon: the answer to it in figures, or not-answered. Absent is kept as not-answered, for somebody to follow up" example:"0"`
	Typing   typing            `json:"typing,omitempty" doc:"check: refuse what is unlikely with assessment.check, so that somebody looks again. confirmed: they have. Absent: take it as it comes" example:"check"`
}

func (a *API) assessments() {
	get(a, asked{id: "list-assessments", path: "/referrals/{id}/assessments", tag: "Assessments", right: app.SeePeople, summary: "Assessments of a referral",
		about: "Those that count. One that was withdrawn is read by its identifier."},
		"query", a.listAssessments)
	get(a, asked{id: "get-assessment", path: "/assessments/{id}", tag: "Assessments", right: app.SeePeople, summary: "One assessment, as it stands"},
		"query", func(ctx context.Context, by app.Actor, in *byID) (assessmentBody, error) {
			found, err := a.app.Assessment(ctx, by, scheme.AssessmentID(in.ID))
			if err != nil {
				return assessmentBody{}, err
			}
			return a.assessmentOf(ctx, by, found)
		})
	a.corrections()
	a.paperForms()
	posts(a, asked{id: "create-assessment", path: "/assessments", tag: "Assessments", right: app.RecordPeople, summary: "Record an assessment",
		about: "Item by item, or as one score. The server scores the items; a person, measure, day and rater come together once."}, "create-assessments", "Record assessments",
		func(b assessmentBody) string { return "/assessments/" + b.ID },
		func(ctx context.Context, by app.Actor, in *creation[newAssessmentBody]) (assessmentBody, error) {
			made, err := a.app.RecordAssessment(ctx, by, in.Body.asked(in.Key))
			if err != nil {
				return assessmentBody{}, err
			}
			return a.assessmentOf(ctx, by, made)
		})
}

func (b newAssessmentBody) asked(key string) app.NewAssessment {
	n := app.NewAssessment{
		Key: key, Referral: scheme.ReferralID(b.Referral), Measure: measure.Key(b.Measure), On: string(b.On),
		Occasion: scheme.Occasion(b.Occasion), Rater: measure.Rater(b.Rater), Channel: scheme.Channel(b.Channel),
		Helper: scheme.Helper(b.Helper), Series: measure.Series(b.Series), Score: string(b.Score),
		RiskAnswer: scheme.RiskAnswer(b.Risk),
	}
	n.Responses, n.Words = responses(b.Items), b.Words
	n.Language, n.Digits, n.Typing = scheme.Language(b.Language), b.Digits, app.Typing(b.Typing)
	return n
}

// responses are the items as app takes them; none are nil.
func responses(items map[string]whole) (all map[string]int) {
	for item, response := range items {
		if all == nil {
			all = map[string]int{}
		}
		all[item] = int(response)
	}
	return all
}

type assessmentsQuery struct {
	ID       string          `path:"id" doc:"The referral's identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Measure  string          `query:"measure" doc:"Of this measure only" example:"swemwbs"`
	Occasion string          `query:"occasion" doc:"Of this occasion only" example:"baseline"`
	Sort     assessmentOrder `query:"sort" doc:"By the day of answering; a hyphen turns it round. Absent: on" example:"on"`
}

func (a *API) listAssessments(ctx context.Context, by app.Actor, in *assessmentsQuery) (list[assessmentBody], error) {
	all := list[assessmentBody]{Items: []assessmentBody{}}
	v, err := a.app.Assessments(ctx, by, app.AssessmentsAsk{
		Referral: scheme.ReferralID(in.ID), Measure: measure.Key(in.Measure), Occasion: scheme.Occasion(in.Occasion), Order: app.Order(in.Sort),
	})
	if err != nil {
		return all, err
	}
	for _, found := range v.Assessments {
		b, err := bodyOf(found, v.Measures[found.Measure])
		if err != nil {
			return all, err
		}
		all.Items = append(all.Items, b)
	}
	return all, nil
}

func (a *API) assessmentOf(ctx context.Context, by app.Actor, found scheme.Assessment) (assessmentBody, error) {
	def, err := a.app.Measure(ctx, by, found.Measure)
	if err != nil {
		return assessmentBody{}, fmt.Errorf("measure of assessment %s: %w", found.ID, err)
	}
	return bodyOf(found, def)
}

func bodyOf(x scheme.Assessment, def measure.Definition) (assessmentBody, error) {
	b := assessmentBody{
		ID: string(x.ID), Person: string(x.Person), Referral: string(x.Referral), Measure: string(x.Measure), Edition: x.Version,
		Version: x.Revision, State: stateOf(x),
		On: day(x.On.String()), Dated: dating(x.Dated), Occasion: string(x.Occasion), Rater: rater(x.Rater), Channel: channel(x.Channel), Helper: helper(x.Helper), Language: language(x.Language),
		Items: x.Responses, Words: x.Words, Risk: string(x.RiskAnswer), Scores: []scoreBody{},
	}
	for _, s := range x.Scores {
		score, ok := def.Score(s.Series)
		if !ok {
			return assessmentBody{}, fmt.Errorf("assessment %s: measure %s has no series %s", x.ID, def.Key, s.Series)
		}
		rated, _ := def.Rated(score, x.Responses)
		b.Scores = append(b.Scores, scoreBody{Series: string(s.Series), Score: decimal(score.Text(s.Level)), Rated: rated})
	}
	b.Profile, _ = def.ProfileOf(x.Responses)
	return b, nil
}
