package api

import (
	"cairn/internal/app"
	"cairn/internal/evidence"
)

type levelBody struct {
	Level    int      `json:"level" minimum:"0" maximum:"4" doc:"0 not yet, 1 described, 2 measured twice, 3 compared, 4 replicated; the direction of the result never moves it" example:"2"`
	Name     string   `json:"name" enum:"not yet,described,measured twice,compared,replicated" example:"measured twice"`
	Sentence string   `json:"sentence"`
	Bearing  string   `json:"bearing" enum:"nothing_yet,unclear,for_better,by_itself,unweighed,too_few_left,for_worse" doc:"Which way the result points, beside the level; by_itself: for the better, and regression to the mean could give as much; unweighed: for the better, and it is not known how much comes by itself"`
	Held     []string `json:"held" nullable:"false" doc:"What was there"`
	Failed   []string `json:"failed" nullable:"false" doc:"What was not"`
	Raise    []string `json:"would_raise" nullable:"false" doc:"What would lead to the next level"`
}

type claimsBody struct {
	May    []string `json:"may" nullable:"false" doc:"What may be claimed, bad news too"`
	MayNot []string `json:"may_not" nullable:"false" doc:"What may not"`
}

type remarkBody struct {
	Topic string `json:"topic" example:"Late baselines"`
	Says  string `json:"says"`
	Minds bool   `json:"bears_on_trust" doc:"It bears on how far the figures can be trusted"`
}

func levelOf(v app.EvidenceView) levelBody {
	l := v.Level()
	return levelBody{
		Level: l.Number, Name: l.Name, Sentence: l.Sentence(), Bearing: string(v.Finding.Bearing()),
		Held: listOf(l.Held), Failed: listOf(l.Failed), Raise: listOf(l.Raise),
	}
}

func claimsOf(v app.EvidenceView) claimsBody {
	c := v.Claims()
	return claimsBody{May: listOf(c.May), MayNot: listOf(c.MayNot)}
}

func remarksOf(said []evidence.Remark) []remarkBody {
	all := []remarkBody{}
	for _, r := range said {
		all = append(all, remarkBody{r.Topic, r.Says, r.Minds})
	}
	return all
}

// listOf is never null.
func listOf(all []string) []string { return append([]string{}, all...) }
