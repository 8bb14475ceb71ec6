package api

import (
	"context"

	"cairn/internal/app"
	"cairn/internal/measure"
)

type newMeasureBody struct {
	Of        string    `json:"of,omitempty" doc:"The key of your own measure that this is the next version of; absent for a new one" example:"garden-joy"`
	Follows   whole     `json:"follows,omitempty" doc:"With of: the newest version that you read" example:"1"`
	Short     string    `json:"short" doc:"As people say it; a new measure's key is made of it" example:"Garden joy"`
	Name      string    `json:"name" example:"Joy in the garden"`
	About     string    `json:"about,omitempty" doc:"One sentence" example:"How much joy somebody takes in a garden."`
	Recall    string    `json:"recall,omitempty" doc:"The time it asks about" example:"last week"`
	Rater     rater     `json:"rater" doc:"Whose judgement it is"`
	Better    string    `json:"better" enum:"higher,lower" doc:"Which way is better"`
	Questions []string  `json:"questions,omitempty" nullable:"false" doc:"In their order; absent where only a score is entered" example:"[\"I enjoy being in the garden\",\"I look forward to it\"]"`
	Reversed  []whole   `json:"reversed,omitempty" nullable:"false" doc:"Numbers, from 1, of the questions whose lowest answer counts as the highest" example:"[2]"`
	LeftOut   whole     `json:"left_out,omitempty" doc:"How many questions may be left out; the person's own mean stands for them" example:"0"`
	Lowest    decimal   `json:"lowest" doc:"The lowest number of each answer, or of the score where there are no questions" example:"0"`
	Highest   decimal   `json:"highest" doc:"The highest number" example:"4"`
	Low       string    `json:"low,omitempty" doc:"What the lowest answer means" example:"never"`
	High      string    `json:"high,omitempty" doc:"What the highest answer means" example:"always"`
	Rule      string    `json:"rule,omitempty" enum:"sum,mean" doc:"How the answers make the score; sum where it is absent"`
	Decimals  whole     `json:"decimals,omitempty" doc:"Of a mean, and of a score without questions" example:"0"`
	Terms     string    `json:"terms" doc:"What lets you use it" example:"Our own words."`
	Source    string    `json:"source" doc:"Who wrote it, or where it is published" example:"written by the allotment group"`
	Licence   grantBody `json:"licence,omitzero" doc:"Needed where there are questions"`
}

type grantBody struct {
	Reference string `json:"reference" doc:"Of the licence" example:"our own words"`
	By        string `json:"by" doc:"Who confirmed that it covers this use" example:"Ann Bell"`
}

type newWordsBody struct {
	Licence licensedBody   `json:"licence" doc:"Your licence, and who confirmed it"`
	Ways    []string       `json:"ways,omitempty" nullable:"false" enum:"paper,screen,read_aloud" doc:"How the licence lets you ask; absent to keep what the measure says"`
	Intro   string         `json:"intro,omitempty" doc:"How the form begins" example:"How have you been?"`
	Items   []itemWordBody `json:"items" nullable:"false" doc:"Every item of the measure, word for word"`
	Options []answerBody   `json:"options,omitempty" nullable:"false" doc:"Every answer, or none"`
}

type licensedBody struct {
	Reference string `json:"reference" example:"W-1234"`
	By        string `json:"by" doc:"Who confirmed that it covers this use" example:"Ann Bell"`
	On        day    `json:"on" doc:"On which day" example:"2026-11-22"`
}

type itemWordBody struct {
	Key  string `json:"key" example:"item-1"`
	Text string `json:"text" example:"Question 1, as your licence words it"`
}

type answerBody struct {
	Value whole  `json:"value" example:"1"`
	Text  string `json:"text" example:"The lowest answer, as your licence words it"`
}

// ofMeasure is a request about the words of one measure.
type ofMeasure[B any] struct {
	Of string `path:"key" doc:"The measure's key" example:"who5"`
	Keyed
	Body B
}

func (a *API) newMeasures() {
	at := func(b measureBody) string { return "/measures/" + b.Key }
	post(a, asked{id: "create-measure", path: "/measures", tag: "Measures", right: app.SetUpSchemes, summary: "Add a measure of your own, or a version of one",
		about: "Questions whose answers are added up or whose mean is taken, or a score alone; anything else is written as a file and added with cairn measure add. " +
			"A version whose score is made another way has a series of its own, so that the two are never compared. Refused with 409 when there is a newer version than the one it follows."},
		at, func(ctx context.Context, by app.Actor, in *creation[newMeasureBody]) (measureBody, error) {
			made, err := a.app.MakeMeasure(ctx, by, in.Body.asked(in.Key))
			return measureOf(made), err
		})
	look(a, asked{id: "preview-measure", path: "/measures/preview", tag: "Measures", right: app.SetUpSchemes, summary: "See a measure of your own before it is kept",
		about: "Answers what create-measure would, and keeps nothing: its items, and the series, range and direction of its score. What is wrong with it is said as it would be then."},
		func(ctx context.Context, by app.Actor, in *creation[newMeasureBody]) (measureBody, error) {
			made, err := a.app.PreviewMeasure(ctx, by, in.Body.asked(""))
			return measureOf(made), err
		})
	post(a, asked{id: "supply-words", path: "/measures/{key}/words", tag: "Measures", right: app.SetUpSchemes, summary: "Bring the licensed words of a measure in",
		about: "For measures whose wording is operator_supplied. The words are shown to your organisation alone. Scores stay of the same series. The same words again change nothing."},
		at, func(ctx context.Context, by app.Actor, in *ofMeasure[newWordsBody]) (measureBody, error) {
			made, err := a.app.SupplyWords(ctx, by, app.NewWords{Key: in.Key, Words: in.Body.words(measure.Key(in.Of))})
			return measureOf(made), err
		})
	post(a, asked{id: "withdraw-words", path: "/measures/{key}/words/withdrawal", tag: "Measures", right: app.SetUpSchemes, summary: "Take the licensed words of a measure away",
		about: "When a licence ends. What was recorded stays, and answers are entered by item number or as a score from then on."},
		at, func(ctx context.Context, by app.Actor, in *ofMeasure[none]) (measureBody, error) {
			made, err := a.app.WithdrawWords(ctx, by, app.EndOfWords{Key: in.Key, Measure: measure.Key(in.Of)})
			return measureOf(made), err
		})
}

func (b newMeasureBody) asked(key string) app.NewMeasure {
	d := measure.Draft{
		Name: b.Name, Short: b.Short, About: b.About, Recall: b.Recall, Rater: measure.Rater(b.Rater), Questions: b.Questions, LeftOut: int(b.LeftOut),
		Lowest: string(b.Lowest), Highest: string(b.Highest), Low: b.Low, High: b.High, Rule: measure.Rule(b.Rule), Decimals: int(b.Decimals), Terms: b.Terms, Source: b.Source,
		Confirmed: measure.Confirmation{Reference: b.Licence.Reference, By: b.Licence.By},
	}
	switch b.Better {
	case "higher":
		d.Direction = measure.HigherIsBetter
	case "lower":
		d.Direction = measure.LowerIsBetter
	}
	for _, n := range b.Reversed {
		d.Reversed = append(d.Reversed, int(n))
	}
	return app.NewMeasure{Key: key, Of: measure.Key(b.Of), Follows: int(b.Follows), Draft: d}
}

func (b newWordsBody) words(of measure.Key) measure.Words {
	w := measure.Words{
		Of: of, Intro: b.Intro, Items: map[string]string{}, Options: map[int]string{},
		Licence: measure.Confirmation{Reference: b.Licence.Reference, By: b.Licence.By, On: string(b.Licence.On)},
	}
	for _, way := range b.Ways {
		w.Presentation.Ways = append(w.Presentation.Ways, measure.Way(way))
	}
	for _, it := range b.Items {
		w.Items[it.Key] = it.Text
	}
	for _, o := range b.Options {
		w.Options[int(o.Value)] = o.Text
	}
	return w
}
