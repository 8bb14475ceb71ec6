package api

import (
	"context"

	"cairn/internal/app"
	"cairn/internal/measure"
)

type measureBody struct {
	Key     string               `json:"key" example:"swemwbs"`
	Version int                  `json:"version" example:"1"`
	Name    string               `json:"name"`
	Short   string               `json:"short" doc:"As people say it"`
	About   string               `json:"about,omitempty"`
	Rater   rater                `json:"rater" doc:"Whose judgement it is meant to be"`
	Recall  string               `json:"recall,omitempty" doc:"The time it asks about"`
	Wording string               `json:"wording" enum:"bundled,operator_supplied,score_only" doc:"Where the words of the items may come from"`
	Licence licenceBody          `json:"licence"`
	Items   []itemBody           `json:"items" nullable:"false" doc:"In the order they are asked; none for a measure entered as a score"`
	Missing int                  `json:"missing_items" doc:"How many items may be left out"`
	Scores  []measureScoreBody   `json:"scores" nullable:"false"`
	Table   []conversionBodyItem `json:"table,omitempty" nullable:"false" doc:"Converts a raw score to a metric one, person by person"`
}

type licenceBody struct {
	Holder string `json:"holder,omitempty"`
	Terms  string `json:"terms"`
	Source string `json:"source" doc:"Where the terms were read"`
}

type itemBody struct {
	Key  string `json:"key" example:"anxiety"`
	Text string `json:"text,omitempty" doc:"Only where the licence lets us show it"`
	Min  int    `json:"min" doc:"Lowest response, score points" example:"0"`
	Max  int    `json:"max" doc:"Highest response, score points" example:"10"`
	Low  string `json:"low,omitempty" doc:"What the lowest response means"`
	High string `json:"high,omitempty" doc:"What the highest response means"`
}

type measureScoreBody struct {
	Series    string             `json:"series" doc:"Scores of one series may be compared" example:"swemwbs-metric"`
	Name      string             `json:"name"`
	Kind      string             `json:"kind" enum:"item,raw,metric,total"`
	Item      string             `json:"item,omitempty"`
	Better    string             `json:"better" enum:"higher,lower" doc:"Which way is better"`
	Decimals  int                `json:"decimals" example:"2"`
	Min       decimal            `json:"min,omitempty" doc:"Lowest score, score points; absent where the scale has no ends" example:"7"`
	Max       decimal            `json:"max,omitempty" doc:"Highest score, score points" example:"35"`
	Enter     bool               `json:"enter" doc:"May be entered as a number"`
	Reported  bool               `json:"reported" doc:"Is paired and shown"`
	Threshold *measure.Threshold `json:"threshold,omitempty" doc:"A published threshold for reliable change; absent where none is agreed"`
	Norm      *measure.Norm      `json:"norm,omitempty" doc:"The mean of a named population"`
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
			return listed(found, 0, measureOf, func(b measureBody) string { return b.Key }), err
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
		Wording: string(d.Wording), Licence: licenceBody(d.Licence), Items: []itemBody{}, Missing: d.MissingItems, Scores: []measureScoreBody{},
	}
	for _, i := range d.Items {
		item := itemBody(i)
		if d.Wording != measure.Bundled {
			item.Text = ""
		}
		b.Items = append(b.Items, item)
	}
	reported := map[measure.Series]bool{}
	for _, s := range d.Reported() {
		reported[s.Series] = true
	}
	for _, s := range d.Scores {
		b.Scores = append(b.Scores, scoreOf(s, reported[s.Series]))
	}
	b.Table = tableOf(d)
	return b
}

// scoreOf is one score; shown says whether it is paired and shown.
func scoreOf(s measure.Score, reported bool) measureScoreBody {
	b := measureScoreBody{
		Series: string(s.Series), Name: s.Name, Kind: string(s.Kind), Item: s.Item, Better: betterOf(s.Direction), Decimals: s.Decimals,
		Enter: s.Enter, Reported: reported, Threshold: s.Threshold, Norm: s.Norm,
	}
	if !s.Open {
		b.Min, b.Max = decimal(s.Text(s.Min)), decimal(s.Text(s.Max))
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
