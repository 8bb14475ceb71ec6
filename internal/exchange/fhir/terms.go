package fhir

import (
	"maps"
	"slices"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A CodeSystem is one of our lists, with what each of its codes means.
type CodeSystem struct {
	ResourceType  string    `json:"resourceType"`
	ID            string    `json:"id"`
	URL           string    `json:"url"`
	Name          string    `json:"name"` // for programs
	Title         string    `json:"title"`
	Status        string    `json:"status"`
	CaseSensitive bool      `json:"caseSensitive"`
	Content       string    `json:"content"`
	Count         int       `json:"count"`
	Concept       []Meaning `json:"concept"`
}

// A Meaning is one code.
type Meaning struct {
	Code       string `json:"code"`
	Display    string `json:"display"`
	Definition string `json:"definition,omitempty"`
}

// lists are those of our lists that go out as codes, by the end of their name.
func lists() map[string]struct {
	title string
	terms []scheme.Term
} {
	return map[string]struct {
		title string
		terms []scheme.Term
	}{
		"request":           {"What is asked for", requests()},
		"referral-source":   {"Who referred", scheme.Sources()},
		"referral-reason":   {"Why somebody was referred", scheme.Reasons()},
		"decline-reason":    {"Why a referral was declined", scheme.DeclineReasons()},
		"end-reason":        {"Why a referral or an activity ended", scheme.EndReasons()},
		"activity-category": {"What kind of activity it is", scheme.Categories()},
		"ot-part":           {"The occupational therapist's part", scheme.OTLevels()},
		"ethnic-group":      {"Ethnic group, as the census of 2021 has it", scheme.Ethnicities()},
		extChannel:          {"How an assessment was taken", scheme.Channels()},
		extHelper:           {"Who helped with it", scheme.Helpers()},
		extLanguage:         {"The language it was taken in", scheme.Languages()},
		extOccasion: {"Why it was taken; day-84 and its like are 84 days after the start", []scheme.Term{
			{Value: string(scheme.Waiting), Label: scheme.Waiting.Label()}, {Value: string(scheme.Baseline), Label: scheme.Baseline.Label()},
			{Value: string(scheme.End), Label: scheme.End.Label()}, {Value: string(scheme.Later), Label: scheme.Later.Label()},
			{Value: string(scheme.Unstated), Label: scheme.Unstated.Label()},
		}},
	}
}

// CodeSystems are all that resources of this service name: the lists, and the
// measures and scores that come with the product.
func (n Names) CodeSystems(library []measure.Definition) (all []CodeSystem) {
	of := lists()
	for _, id := range slices.Sorted(maps.Keys(of)) {
		meanings := make([]Meaning, len(of[id].terms))
		for i, t := range of[id].terms {
			meanings[i] = Meaning{Code: t.Value, Display: t.Label}
		}
		all = append(all, listed(id, of[id].title, meanings))
	}
	var measures, series []Meaning
	for _, def := range library {
		if !measure.Shipped(def.Key) {
			continue
		}
		measures = append(measures, Meaning{Code: string(def.Key), Display: def.Short, Definition: def.Name})
		for _, sc := range def.Scores {
			series = append(series, Meaning{Code: string(sc.Series), Display: def.Titled(sc), Definition: def.Name + ": " + sc.Name + ", " + sc.Better()})
		}
	}
	return append(all, listed("measure", "Outcome measures", measures), listed("score", "Scores that may be compared with each other", series))
}

func listed(id, title string, meanings []Meaning) CodeSystem {
	c := CodeSystem{
		ResourceType: "CodeSystem", ID: id, URL: system(id), Name: programName(measure.Key(id)), Title: title, Status: "active",
		CaseSensitive: true, Content: "complete", Count: len(meanings), Concept: meanings,
	}
	if id == extOccasion {
		c.Content = "fragment"
	}
	return c
}
