package api

import (
	"context"

	"cairn/internal/app"
	"cairn/internal/measure"
)

type measureBody struct {
	Key          string               `json:"key" example:"swemwbs"`
	Version      int                  `json:"version" example:"2"`
	Name         string               `json:"name"`
	Short        string               `json:"short" doc:"As people say it"`
	About        string               `json:"about,omitempty"`
	Rater        rater                `json:"rater" doc:"Whose judgement it is meant to be"`
	Recall       string               `json:"recall,omitempty" doc:"The time it asks about"`
	MinAge       *measure.MinAge      `json:"min_age,omitempty" doc:"The lowest age it is for, in years; absent where none was found"`
	Presentation measure.Presentation `json:"presentation" doc:"How it may be put before people"`
	Wording      string               `json:"wording" enum:"bundled,operator_supplied,score_only" doc:"Where the words of the items may come from"`
	Licence      measure.Licence      `json:"licence" doc:"The terms, and where they were read"`
	Intro        string               `json:"intro,omitempty" doc:"Read before the items"`
	Items        []itemBody           `json:"items" nullable:"false" doc:"In the order they are asked; none for a measure entered as a score"`
	Own          *measure.Own         `json:"own,omitempty" doc:"What an individualised measure asks the person to name; the ratings of it stand among the items"`
	Missing      int                  `json:"missing_items" doc:"How many items may be left out"`
	Scores       []measureScoreBody   `json:"scores" nullable:"false"`
	Table        []conversionBodyItem `json:"table,omitempty" nullable:"false" doc:"Converts a raw score to a metric one, person by person"`
	Risk         *measure.Risk        `json:"risk,omitempty" doc:"The item whose answer a service must act upon"`
	Codes        []measure.Code       `json:"codes,omitempty" nullable:"false" doc:"Names in other terminologies"`
}

type itemBody struct {
	Key      string       `json:"key" example:"anxiety"`
	Text     string       `json:"text,omitempty" doc:"Only where the licence lets us show it"`
	Name     string       `json:"name,omitempty" doc:"What it is about, in our words"`
	Min      int          `json:"min" doc:"Lowest response x 10^decimals" example:"0"`
	Max      int          `json:"max" doc:"Highest response x 10^decimals" example:"10"`
	Decimals int          `json:"decimals" doc:"A response is sent as a whole number: 35 is 3.5 where this is 1" example:"0"`
	Step     int          `json:"step" doc:"Between responses x 10^decimals" example:"1"`
	Low      string       `json:"low,omitempty" doc:"What the lowest response means"`
	High     string       `json:"high,omitempty" doc:"What the highest response means"`
	Reverse  bool         `json:"reverse" doc:"The lowest response counts as the highest"`
	Options  []optionBody `json:"options,omitempty" nullable:"false" doc:"The responses in words or with points of their own; absent where each is its number and no more"`
	Place    int          `json:"place,omitempty" doc:"Which of the person's own problems it rates, from 1"`
	Rating   string       `json:"rating,omitempty" doc:"What it rates of that problem"`
}

type optionBody struct {
	Value  int    `json:"value"`
	Text   string `json:"text,omitempty"`
	Points *int   `json:"points,omitempty" doc:"What it counts for; absent: its value"`
}

type measureScoreBody struct {
	Series    string               `json:"series" doc:"Scores of one series may be compared" example:"swemwbs-metric"`
	Name      string               `json:"name"`
	Kind      string               `json:"kind" enum:"item,raw,metric,total"`
	Item      string               `json:"item,omitempty"`
	Rule      string               `json:"rule,omitempty" enum:"sum,mean,gas" doc:"How a raw score is made; absent: a sum"`
	Items     []string             `json:"items,omitempty" nullable:"false" doc:"Of a subscale: the items it is made of"`
	Rating    string               `json:"rating,omitempty" doc:"Of an individualised measure: the rating it is made of"`
	Missing   *measure.Missing     `json:"missing,omitempty" doc:"When it can be made although items were left out; absent where every item is needed"`
	From      string               `json:"from,omitempty" doc:"Of a metric score: the raw series it is converted from"`
	Times     int                  `json:"times,omitempty" doc:"Of a metric score: what the raw one is multiplied by; absent where a table converts it"`
	Summary   string               `json:"summary,omitempty" enum:"distribution" doc:"How answers of many people are told; absent: by their mean"`
	Better    string               `json:"better" enum:"higher,lower" doc:"Which way is better"`
	Decimals  int                  `json:"decimals" example:"2"`
	Min       decimal              `json:"min,omitempty" doc:"Lowest score, score points; absent where the scale has no ends" example:"7"`
	Max       decimal              `json:"max,omitempty" doc:"Highest score, score points" example:"35"`
	Enter     bool                 `json:"enter" doc:"May be entered as a number"`
	Reported  bool                 `json:"reported" doc:"Is paired and shown"`
	Threshold *measure.Threshold   `json:"threshold,omitempty" doc:"A published threshold for reliable change, in score points; absent where none is agreed"`
	Also      []measure.Threshold  `json:"also,omitempty" nullable:"false" doc:"Other published thresholds, which are not applied"`
	Retest    *measure.Reliability `json:"reliability,omitempty" doc:"Test-retest reliability"`
	Retests   []measure.Retest     `json:"retests,omitempty" nullable:"false" doc:"How well two scores of people to whom nothing was done went together; makes no threshold"`
	Norm      *measure.Norm        `json:"norm,omitempty" doc:"The mean of a named population"`
	Norms     []measure.Norm       `json:"norms,omitempty" nullable:"false" doc:"Of further populations"`
	Bands     []bandsBody          `json:"bands,omitempty" nullable:"false" doc:"Published names for parts of the scale"`
}

type bandsBody struct {
	About     string            `json:"about" doc:"What they tell apart"`
	From      []scoreBandBody   `json:"from" nullable:"false" doc:"Lowest first; a band ends below the next one"`
	Source    string            `json:"source"`
	Certainty measure.Certainty `json:"certainty,omitempty"`
}

type scoreBandBody struct {
	Score decimal `json:"score" doc:"The lowest score of the band, score points" example:"10"`
	Name  string  `json:"name" example:"moderate"`
}

type conversionBodyItem struct {
	Raw    decimal `json:"raw" example:"20"`
	Metric decimal `json:"metric" example:"18.59"`
}

type byKey struct {
	Key string `path:"key" doc:"The measure's key" example:"swemwbs"`
}

func (a *API) measures() {
	get(a, asked{id: "list-measures", path: "/measures", tag: "Measures", right: app.SeeMeasures, summary: "The library, by key",
		about: "Bundled measures and your organisation's own, each in its newest version."},
		"query", func(ctx context.Context, by app.Actor, _ *none) (list[measureBody], error) {
			found, err := a.app.Measures(ctx, by)
			return listed(found, 0, measureOf, nil), err
		})
	get(a, asked{id: "get-measure", path: "/measures/{key}", tag: "Measures", right: app.SeeMeasures, summary: "One measure"},
		"query", func(ctx context.Context, by app.Actor, in *byKey) (measureBody, error) {
			found, err := a.app.Measure(ctx, by, measure.Key(in.Key))
			return measureOf(found), err
		})
}

func measureOf(d measure.Definition) measureBody {
	b := measureBody{
		Key: string(d.Key), Version: d.Version, Name: d.Name, Short: d.Short, About: d.About, Rater: rater(d.Rater), Recall: d.Recall,
		MinAge: d.MinAge, Presentation: d.Presentation, Wording: string(d.Wording), Licence: d.Licence, Intro: d.Intro, Own: d.Own,
		Items: []itemBody{}, Missing: d.MissingItems, Scores: []measureScoreBody{}, Table: tableOf(d), Risk: d.Risk, Codes: d.Codes,
	}
	for _, i := range d.Items {
		b.Items = append(b.Items, itemOf(d, i))
	}
	reported := map[measure.Series]bool{}
	for _, s := range d.Reported() {
		reported[s.Series] = true
	}
	for _, s := range d.Scores {
		b.Scores = append(b.Scores, scoreOf(s, reported[s.Series]))
	}
	return b
}

func itemOf(d measure.Definition, i measure.Item) itemBody {
	b := itemBody{
		Key: i.Key, Text: i.Text, Name: i.Name, Min: i.Min, Max: i.Max, Decimals: i.Decimals, Step: max(i.Step, 1), Low: i.Low, High: i.High,
		Reverse: i.Reverse, Place: i.Place, Rating: i.Rating,
	}
	for _, o := range d.Answers(i) {
		if o.Text != "" || o.Points != nil {
			b.Options = append(b.Options, optionBody(o))
		}
	}
	return b
}

// scoreOf is one score; reported says whether it is paired and shown.
func scoreOf(s measure.Score, reported bool) measureScoreBody {
	b := measureScoreBody{
		Series: string(s.Series), Name: s.Name, Kind: string(s.Kind), Item: s.Item, Rule: string(s.Rule), Items: s.Items, Rating: s.Rating,
		Missing: s.Missing, From: string(s.From), Times: s.Times, Summary: string(s.Summary), Better: betterOf(s.Direction), Decimals: s.Decimals,
		Enter: s.Enter, Reported: reported, Threshold: s.Threshold, Also: s.Also, Retest: s.Reliability, Retests: s.Retests, Norm: s.Norm, Norms: s.Norms,
	}
	if !s.Open {
		b.Min, b.Max = decimal(s.Text(s.Min)), decimal(s.Text(s.Max))
	}
	for _, bands := range s.Bands {
		to := bandsBody{About: bands.About, From: []scoreBandBody{}, Source: bands.Source, Certainty: bands.Certainty}
		for _, band := range bands.From {
			to.From = append(to.From, scoreBandBody{decimal(s.Text(band.Level)), band.Name})
		}
		b.Bands = append(b.Bands, to)
	}
	return b
}

func betterOf(d measure.Direction) string {
	if d == measure.LowerIsBetter {
		return "lower"
	}
	return "higher"
}

// tableOf writes the conversion in score points; its two columns are levels of
// the raw and the metric score.
func tableOf(d measure.Definition) []conversionBodyItem {
	var raw, metric measure.Score
	for _, s := range d.Scores {
		switch s.Kind {
		case measure.KindRaw:
			raw = s
		case measure.KindMetric:
			metric = s
		}
	}
	var rows []conversionBodyItem
	for _, c := range d.Table {
		rows = append(rows, conversionBodyItem{Raw: decimal(raw.Text(c.Raw)), Metric: decimal(metric.Text(c.Metric))})
	}
	return rows
}
