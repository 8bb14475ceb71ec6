package api

import (
	"context"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A paperFormBody is one form of a stack, known by the reference written on it.
type paperFormBody struct {
	Reference string           `json:"reference" doc:"The service's reference of somebody in this scheme" example:"G-1042"`
	Measure   string           `json:"measure" doc:"A key from the library" example:"swemwbs"`
	On        day              `json:"on" doc:"The day it was answered" example:"2026-01-20"`
	Occasion  string           `json:"occasion" doc:"baseline, day-N as the plan has it, waiting, end or later" example:"baseline"`
	Rater     rater            `json:"rater,omitempty" example:"self"`
	Channel   channel          `json:"channel,omitempty" example:"post"`
	Helper    helper           `json:"helper,omitempty" example:"nobody"`
	Language  language         `json:"language,omitempty" example:"en"`
	Items     map[string]whole `json:"items,omitempty" doc:"Responses by item key" example:"{\"satisfaction\":7,\"worthwhile\":8,\"happiness\":6,\"anxiety\":3}"`
	Digits    string           `json:"digits,omitempty" doc:"Instead of items: the responses as they are typed from paper" example:"3425341"`
	Series    string           `json:"series,omitempty" doc:"Which score it is" example:"swemwbs-raw"`
	Score     decimal          `json:"score,omitempty" doc:"One total instead of answers" example:"20"`
	Typing    typing           `json:"typing,omitempty" example:"check"`
}

type namesakesBody struct {
	Initials string   `json:"initials,omitempty" doc:"Of the first and the last name; absent where no name is kept" example:"A.B."`
	Shared   []string `json:"shared" nullable:"false" doc:"The references of others with the same"`
	Compared int      `json:"compared" doc:"How many others were looked at: those with a name and an open referral to the scheme" example:"37"`
	More     bool     `json:"more" doc:"There are more than were looked at"`
}

func (a *API) paperForms() {
	post(a, asked{id: "create-assessment-by-reference", path: "/schemes/{id}/assessments", tag: "Assessments", right: app.RecordPeople, summary: "Record one form of a stack",
		about: "As create-assessment, for somebody known by the reference on the form: on the referral to the scheme that was newest on that day. Refused at reference when nobody of the scheme has it."},
		func(b assessmentBody) string { return "/assessments/" + b.ID },
		func(ctx context.Context, by app.Actor, in *change[paperFormBody]) (assessmentBody, error) {
			b := in.Body
			made, err := a.app.RecordForm(ctx, by, app.PaperForm{
				Scheme: scheme.ID(in.ID), Reference: b.Reference,
				NewAssessment: app.NewAssessment{
					Key: in.Key, Measure: measure.Key(b.Measure), On: string(b.On), Occasion: scheme.Occasion(b.Occasion),
					Rater: measure.Rater(b.Rater), Channel: scheme.Channel(b.Channel), Helper: scheme.Helper(b.Helper), Language: scheme.Language(b.Language),
					Responses: responses(b.Items), Digits: b.Digits, Series: measure.Series(b.Series), Score: string(b.Score), Typing: app.Typing(b.Typing),
				},
			})
			return a.revised(ctx, by, made, err)
		})
	get(a, asked{id: "list-namesakes", path: "/referrals/{id}/namesakes", tag: "Referrals", right: app.SeePeople, summary: "Who could be taken for this person by their initials",
		about: "Compared with the people who have a name and an open referral to the same scheme, 500 at most, the newest first."},
		"query", func(ctx context.Context, by app.Actor, in *byID) (namesakesBody, error) {
			found, err := a.app.Namesakes(ctx, by, scheme.ReferralID(in.ID))
			return namesakesBody{found.Initials, append([]string{}, found.Shared...), found.Compared, found.More}, err
		})
}
