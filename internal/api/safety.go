package api

import (
	"context"
	"time"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// An alertBody is one thing that somebody has to look at.
type alertBody struct {
	ID         string     `json:"id" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Version    int        `json:"version" doc:"Counts on with each answer. Send it with the next one." example:"1"`
	Kind       alertKind  `json:"kind" doc:"answer: the question was answered at or above the level to act upon. unanswered: it was left out, or not asked beside a score; that is not a zero. words: something in the person's own words that nobody has read" example:"answer"`
	State      alertState `json:"state" doc:"open: nobody has said that they have it. held: somebody has. closed: somebody wrote down what was done" example:"open"`
	Choice     choiceMade `json:"choice,omitempty" doc:"What was said last" example:"dealing"`
	RaisedAt   time.Time  `json:"raised_at" example:"2026-01-20T09:30:00Z"`
	Assessment string     `json:"assessment" doc:"The assessment's identifier"`
	Edition    int        `json:"assessment_version" doc:"The version of it that raised this" example:"1"`
	Referral   string     `json:"referral" doc:"The referral's identifier"`
	Person     string     `json:"person" doc:"The person's identifier"`
	Measure    string     `json:"measure" example:"phq9"`
	On         day        `json:"on" doc:"The day it was answered" example:"2026-01-20"`
	Dated      dating     `json:"dated,omitempty" doc:"How well that day is known, as of an assessment. Absent: it is the day"`
	Question   string     `json:"question,omitempty" doc:"Where the question stands on the form" example:"question 9"`
	Asks       string     `json:"asks,omitempty" doc:"What it asks about"`
	Response   *int       `json:"response,omitempty" doc:"The answer in figures; absent where there is none" example:"1"`
	Answer     string     `json:"answer,omitempty" doc:"The answer as the form words it"`
	Now        string     `json:"answer_now,omitempty" doc:"What stands since, where the record was corrected"`
	Words      []string   `json:"own_words,omitempty"`
	Review     string     `json:"review,omitempty" doc:"The review list of an import that it is on"`
	Line       int        `json:"line,omitempty" doc:"The line of the imported file"`
	Deeds      []deedBody `json:"deeds,omitempty" doc:"What was done about it, in order; of a single alert only"`
}

type deedBody struct {
	Choice choiceMade `json:"choice" example:"passed"`
	By     string     `json:"by" doc:"The account that said so"`
	At     time.Time  `json:"at" example:"2026-01-20T09:35:00Z"`
	Note   string     `json:"note,omitempty"`
}

type alertAnswerBody struct {
	Version whole      `json:"version" doc:"The version that you read" example:"1"`
	Choice  choiceMade `json:"choice" doc:"dealing: dealing with it now. passed: passed to somebody. known: already known. closed: over, with what was done" example:"passed"`
	Note    string     `json:"note,omitempty" doc:"To whom it was passed, or what was done; needed with passed and closed" example:"The duty nurse"`
}

type protocolBody struct {
	Version     int         `json:"version" doc:"0: none is recorded" example:"1"`
	Text        string      `json:"text" doc:"What people do"`
	Phones      []phoneBody `json:"phones" nullable:"false"`
	Lead        string      `json:"lead,omitempty" doc:"The account that is told first"`
	Deputy      string      `json:"deputy,omitempty" doc:"The account that is told next"`
	Minutes     int         `json:"minutes" doc:"Until the next one is told" example:"30"`
	ConfirmedBy string      `json:"confirmed_by,omitempty" doc:"The account that confirmed it"`
	ConfirmedAt *time.Time  `json:"confirmed_at,omitempty"`
	Mails       bool        `json:"sends_mail" doc:"Whether this installation sends mail; without, alerts are shown in Cairn only"`
}

type phoneBody struct {
	Name   string `json:"name" example:"Duty desk"`
	Number string `json:"number" example:"01632 960 001"`
}

type newProtocolBody struct {
	Follows whole       `json:"follows" doc:"The version that you read; 0 for the first" example:"0"`
	Text    string      `json:"text" doc:"What people do, 20 to 4000 characters" example:"The practitioner stays with the person and rings the duty doctor."`
	Phones  []phoneBody `json:"phones" nullable:"false" doc:"Whom to ring, 1 to 6"`
	Lead    string      `json:"lead" doc:"The account that is told first: a practitioner or manager who sees every scheme" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Deputy  string      `json:"deputy,omitempty" doc:"The account that is told next" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Minutes whole       `json:"minutes" doc:"Until the next one is told, 5 to 1440" example:"30"`
}

type reviewBody struct {
	ID         string      `json:"id"`
	At         time.Time   `json:"at"`
	Raised     int         `json:"answers" doc:"Answers at or above the level to act upon" example:"3"`
	Unanswered int         `json:"unanswered" example:"12"`
	Words      int         `json:"words" example:"0"`
	Open       int         `json:"open" doc:"Lines that are not closed" example:"15"`
	Lines      []alertBody `json:"lines,omitempty" doc:"Of a single review: the first 100 that are not closed"`
}

type closureBody struct {
	Note string `json:"note" doc:"What was done about these lines" example:"Looked up in the old notes, each was followed up then"`
}

func (a *API) safety() {
	get(a, asked{id: "list-alerts", path: "/alerts", tag: "Safety", right: app.SeeSafety, summary: "What waits for somebody",
		about: "Everything of your schemes that is not closed: answers to act upon first, then what was left out, then own words to read. What an import brought is on its review list."},
		"query", func(ctx context.Context, by app.Actor, _ *none) (list[alertBody], error) {
			v, err := a.app.Safety(ctx, by)
			all := append(append(v.Answers, v.Left...), v.Words...)
			return listed(all, 0, alertOf, nil), err
		})
	get(a, asked{id: "get-alert", path: "/alerts/{id}", tag: "Safety", right: app.SeeSafety, summary: "One alert, with what was done about it"},
		"query", func(ctx context.Context, by app.Actor, in *byID) (alertBody, error) {
			v, err := a.app.Alert(ctx, by, scheme.AlertID(in.ID))
			return alertOf(v), err
		})
	post(a, asked{id: "answer-alert", path: "/alerts/{id}/answers", tag: "Safety", right: app.AnswerSafety, summary: "Say what is done about an alert",
		about: "Kept with who said it and when. An alert stays listed until it is closed, and whoever would be told next is not told any more once somebody has it."},
		func(b alertBody) string { return "/alerts/" + b.ID },
		func(ctx context.Context, by app.Actor, in *change[alertAnswerBody]) (alertBody, error) {
			v, err := a.app.AnswerAlert(ctx, by, app.AlertAnswer{
				Key: in.Key, Alert: scheme.AlertID(in.ID), Version: int(in.Body.Version), Choice: scheme.Choice(in.Body.Choice), Note: in.Body.Note,
			})
			return alertOf(v), err
		})
	a.protocol()
	a.reviews()
}

func (a *API) protocol() {
	get(a, asked{id: "get-protocol", path: "/protocol", tag: "Safety", right: app.SeeProtocol, summary: "What your organisation does about an answer to act upon"},
		"query", func(ctx context.Context, by app.Actor, _ *none) (protocolBody, error) {
			v, err := a.app.Protocol(ctx, by)
			return a.protocolOf(v), err
		})
	post(a, asked{id: "set-protocol", path: "/protocol", tag: "Safety", right: app.SetProtocol, summary: "Record the protocol",
		about: "Adds a version. Whoever sends it confirms it, by name and time."},
		func(protocolBody) string { return "/protocol" },
		func(ctx context.Context, by app.Actor, in *creation[newProtocolBody]) (protocolBody, error) {
			b := in.Body
			asked := app.ProtocolChange{
				Key: in.Key, Version: int(b.Follows), Text: b.Text, Lead: scheme.AccountID(b.Lead), Deputy: scheme.AccountID(b.Deputy), Minutes: int(b.Minutes),
			}
			for _, p := range b.Phones {
				asked.Phones = append(asked.Phones, scheme.Phone(p))
			}
			v, err := a.app.SetProtocol(ctx, by, asked)
			return a.protocolOf(v), err
		})
}

func (a *API) reviews() {
	get(a, asked{id: "list-alert-reviews", path: "/alert-reviews", tag: "Safety", right: app.SeeSafety, summary: "Review lists of imports",
		about: "One for each imported file that holds something to look at, the newest first."},
		"query", func(ctx context.Context, by app.Actor, _ *none) (list[reviewBody], error) {
			v, err := a.app.Safety(ctx, by)
			return listed(v.Imports, 0, func(b app.AlertBatch) reviewBody { return reviewOf(b, nil) }, nil), err
		})
	get(a, asked{id: "get-alert-review", path: "/alert-reviews/{id}", tag: "Safety", right: app.SeeSafety, summary: "One review list, line by line"},
		"query", func(ctx context.Context, by app.Actor, in *byID) (reviewBody, error) {
			of, lines, err := a.app.Import(ctx, by, in.ID)
			return reviewOf(of, lines), err
		})
	post(a, asked{id: "close-alert-review", path: "/alert-reviews/{id}/closure", tag: "Safety", right: app.AnswerSafety, summary: "Close what is left of a review list"},
		func(b reviewBody) string { return "/alert-reviews/" + b.ID },
		func(ctx context.Context, by app.Actor, in *change[closureBody]) (reviewBody, error) {
			if err := a.app.ReviewImport(ctx, by, app.ImportReview{Key: in.Key, Batch: in.ID, Note: in.Body.Note}); err != nil {
				return reviewBody{}, err
			}
			of, lines, err := a.app.Import(ctx, by, in.ID)
			return reviewOf(of, lines), err
		})
}

func alertOf(v app.AlertView) alertBody {
	b := alertBody{
		ID: string(v.ID), Version: v.Revision, Kind: alertKind(v.Kind), State: alertState(v.State), Choice: choiceMade(v.Choice), RaisedAt: v.RaisedAt.UTC(),
		Assessment: string(v.Assessment), Edition: v.Version, Referral: string(v.Referral), Person: string(v.Person), Measure: string(v.Measure),
		On: day(v.On.String()), Dated: dating(v.Dated), Response: v.Response, Answer: v.Answer, Now: v.AnswerNow, Words: v.Words, Review: v.Batch, Line: v.Line,
	}
	if v.Kind != scheme.WordsToRead {
		b.Question, b.Asks = v.Question, v.Asks
	}
	for _, d := range v.Deeds {
		b.Deeds = append(b.Deeds, deedBody{Choice: choiceMade(d.Choice), By: string(d.By), At: d.At.UTC(), Note: d.Note})
	}
	return b
}

func (a *API) protocolOf(v app.ProtocolView) protocolBody {
	b := protocolBody{
		Version: v.Version, Text: v.Text, Phones: []phoneBody{}, Lead: string(v.Lead), Deputy: string(v.Deputy), Minutes: v.Minutes,
		ConfirmedBy: string(v.By), Mails: a.app.SendsMail(),
	}
	for _, p := range v.Phones {
		b.Phones = append(b.Phones, phoneBody(p))
	}
	if v.Recorded() {
		at := v.At.UTC()
		b.ConfirmedAt = &at
	}
	return b
}

func reviewOf(of app.AlertBatch, lines []app.AlertView) reviewBody {
	b := reviewBody{ID: of.ID, At: of.At.UTC(), Raised: of.Raised, Unanswered: of.Unanswered, Words: of.Words, Open: of.Open}
	for _, l := range lines {
		b.Lines = append(b.Lines, alertOf(l))
	}
	return b
}
