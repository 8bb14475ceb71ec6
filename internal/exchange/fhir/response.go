package fhir

import (
	"encoding/json"
	"strconv"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A Taken is one assessment with the version of the measure that was asked.
type Taken struct {
	scheme.Assessment
	Measure measure.Definition
}

// A Response is a QuestionnaireResponse: one administration of one measure.
type Response struct {
	ResourceType  string      `json:"resourceType"`
	ID            string      `json:"id"`
	Meta          *Meta       `json:"meta,omitempty"`
	Extension     []Extension `json:"extension,omitempty"`
	Identifier    *Identifier `json:"identifier,omitempty"`
	BasedOn       []Reference `json:"basedOn,omitempty"`
	Questionnaire string      `json:"questionnaire"`
	Status        string      `json:"status"`
	Subject       *Reference  `json:"subject"`
	Authored      string      `json:"authored,omitempty"`
	Source        *Reference  `json:"source,omitempty"`
	Item          []Answered  `json:"item,omitempty"`
}

// An Answered is one item with what was answered.
type Answered struct {
	LinkID string     `json:"linkId"`
	Text   string     `json:"text,omitempty"`
	Answer []Answer   `json:"answer,omitempty"`
	Item   []Answered `json:"item,omitempty"`
}

// An Answer has one of these.
type Answer struct {
	Integer *int        `json:"valueInteger,omitempty"`
	Decimal json.Number `json:"valueDecimal,omitempty"`
	String  string      `json:"valueString,omitempty"`
	Coding  *Coding     `json:"valueCoding,omitempty"`
}

// Extensions of ours on a response.
const (
	extOccasion = "occasion"
	extChannel  = "channel"
	extHelper   = "helper"
	extLanguage = "language"
	extRisk     = "risk-answer"
	extDated    = "dated"
)

// Response says an assessment. Answers go out as they were given; a score stands
// there only where no answers were, since Observations have every score.
func (n Names) Response(t Taken) Response {
	r := Response{
		ResourceType: "QuestionnaireResponse", ID: string(t.ID), Meta: &Meta{VersionID: strconv.Itoa(t.Revision)},
		Identifier:    &Identifier{System: n.own("assessment"), Value: string(t.ID)},
		BasedOn:       []Reference{{Reference: "ServiceRequest/" + string(t.Referral), Type: "ServiceRequest"}},
		Questionnaire: n.Questionnaire(t.Assessment.Measure) + "|" + strconv.Itoa(t.Version), Status: status(t.Assessment, "completed"),
		Subject: patient(t.Person), Authored: answeredOn(t.Assessment), Source: judge(t.Rater, t.Person),
	}
	r.Extension = say(r.Extension, extOccasion, string(t.Occasion))
	r.Extension = say(r.Extension, extChannel, string(t.Channel))
	r.Extension = say(r.Extension, extHelper, string(t.Helper))
	r.Extension = say(r.Extension, extLanguage, string(t.Language))
	r.Extension = say(r.Extension, extRisk, string(t.RiskAnswer))
	r.Extension = say(r.Extension, extDated, string(t.Dated))
	for i, it := range t.Measure.Items {
		if it.Place > 0 && (i == 0 || t.Measure.Items[i-1].Place != it.Place) {
			key := t.Measure.Own.WordsKey(it.Place)
			if words := t.Words[key]; words != "" {
				r.Item = append(r.Item, Answered{LinkID: key, Answer: []Answer{{String: words}}})
			}
		}
		if response, answered := t.Responses[it.Key]; answered {
			r.Item = append(r.Item, Answered{LinkID: it.Key, Text: worded(t.Measure, i), Answer: []Answer{n.said(t.Measure, it, response)}})
		}
	}
	if t.Responses == nil {
		r.Item = append(r.Item, Answered{LinkID: scores, Item: scored(t)})
	}
	return r
}

// said is one answer, in the manner in which the Questionnaire asks for it.
func (n Names) said(def measure.Definition, it measure.Item, response int) Answer {
	switch kindOf(def, it) {
	case "decimal":
		return Answer{Decimal: json.Number(it.Response(response))}
	case "choice":
		for _, o := range def.Answers(it) {
			if o.Value == response {
				coding := n.answer(def, o)
				return Answer{Coding: &coding}
			}
		}
	}
	return Answer{Integer: &response}
}

// scored are the scores of somebody whose answers are not here.
func scored(t Taken) (all []Answered) {
	for _, s := range t.Scores {
		if sc, ok := t.Measure.Score(s.Series); ok {
			all = append(all, Answered{LinkID: scoreLink + string(s.Series), Answer: []Answer{{Decimal: json.Number(sc.Text(s.Level))}}})
		}
	}
	return all
}

// status is how an assessment stands, in the words that FHIR has for both
// responses and observations; sound is the word for one as it was first recorded.
func status(a scheme.Assessment, sound string) string {
	switch {
	case a.Withdrawn:
		return "entered-in-error"
	case a.Revision > 1:
		return "amended"
	}
	return sound
}

// answeredOn is the day as far as it is known.
func answeredOn(a scheme.Assessment) string {
	switch a.Dated {
	case scheme.ToTheMonth:
		return a.On.String()[:len("2026-01")]
	case scheme.ByOrder:
		return ""
	}
	return a.On.String()
}

// judge is whose answer it is.
func judge(by measure.Rater, person scheme.PersonID) *Reference {
	switch by {
	case measure.Self:
		return patient(person)
	case measure.Clinician:
		return &Reference{Type: "Practitioner", Display: by.Label()}
	}
	return &Reference{Type: "RelatedPerson", Display: by.Label()}
}

// An Observation is one score of one administration.
type Observation struct {
	ResourceType string      `json:"resourceType"`
	ID           string      `json:"id"`
	Meta         *Meta       `json:"meta,omitempty"`
	BasedOn      []Reference `json:"basedOn,omitempty"`
	Status       string      `json:"status"`
	Category     []Concept   `json:"category"`
	Code         Concept     `json:"code"`
	Subject      *Reference  `json:"subject"`
	Effective    string      `json:"effectiveDateTime,omitempty"`
	Performer    []Reference `json:"performer,omitempty"`
	Value        Quantity    `json:"valueQuantity"`
	DerivedFrom  []Reference `json:"derivedFrom"`
}

// Observations says the scores of an assessment, each under the assessment's
// identifier and its place in that version of the measure, from 1. They say
// nothing of what a score means for the person.
func (n Names) Observations(t Taken) (all []Observation) {
	for place, sc := range t.Measure.Scores {
		for _, s := range t.Scores {
			if s.Series != sc.Series {
				continue
			}
			all = append(all, Observation{
				ResourceType: "Observation", ID: string(t.ID) + "." + strconv.Itoa(place+1), Meta: &Meta{VersionID: strconv.Itoa(t.Revision)},
				BasedOn: []Reference{{Reference: "ServiceRequest/" + string(t.Referral), Type: "ServiceRequest"}},
				Status:  status(t.Assessment, "final"), Category: []Concept{{Coding: []Coding{{System: categories, Code: "survey", Display: "Survey"}}}},
				Code:    Concept{Coding: n.scoreCodes(t.Measure, sc), Text: t.Measure.Titled(sc)},
				Subject: patient(t.Person), Effective: answeredOn(t.Assessment), Performer: []Reference{*judge(t.Rater, t.Person)},
				Value:       Quantity{Value: json.Number(sc.Text(s.Level)), Unit: "score points", System: ucum, Code: "{score}"},
				DerivedFrom: []Reference{{Reference: "QuestionnaireResponse/" + string(t.ID), Type: "QuestionnaireResponse"}},
			})
		}
	}
	return all
}
