// Package fhir says our records in FHIR R4 (4.0.1), and reads questionnaire
// responses that other systems say in it.
//
// It is a pure mapping: it knows nothing of storage, rights or HTTP. It promises
// that the words of a measure go out only where its licence lets everybody have
// them, that a code of a terminology that is not ours stands only where the
// catalogue or the operator's own file has it, that no score becomes a float, and
// that nothing in what it reads is passed over without a word.
package fhir

import (
	"encoding/json"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// Version is the version of FHIR that is spoken.
const Version = "4.0.1"

// Base begins every name that is ours. It is a name and not an address: .example
// is nobody's, and docs/fhir.md says what stands behind each.
const Base = "https://cairn.example/fhir"

// The names of others.
const (
	loinc        = "http://loinc.org"
	snomed       = "http://snomed.info/sct"
	ucum         = "http://unitsofmeasure.org"
	categories   = "http://terminology.hl7.org/CodeSystem/observation-category"
	lowestValue  = "http://hl7.org/fhir/StructureDefinition/minValue"
	highestValue = "http://hl7.org/fhir/StructureDefinition/maxValue"
	ordinal      = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
)

// Names are what depends on whose service it is.
type Names struct {
	Root         string // the address of this service's FHIR
	Organisation scheme.OrgID
}

// own is the name of something that the organisation has and others may have
// under the same key.
func (n Names) own(kind string) string {
	return Base + "/organisation/" + string(n.Organisation) + "/" + kind
}

// ofMeasure is a name that goes with a measure: everybody's for what comes with
// the product, else the organisation's.
func (n Names) ofMeasure(key measure.Key, kind string) string {
	if measure.Shipped(key) {
		return Base + "/" + kind
	}
	return n.own(kind)
}

// Questionnaire is the canonical name of a measure.
func (n Names) Questionnaire(key measure.Key) string {
	return n.ofMeasure(key, "Questionnaire") + "/" + string(key)
}

// at is the address of a resource of this service.
func (n Names) at(kind, id string) string { return n.Root + "/" + kind + "/" + id }

func system(list string) string { return Base + "/CodeSystem/" + list }

func definition(name string) string { return Base + "/StructureDefinition/" + name }

// Data types, as far as they are used.
type (
	Coding struct {
		Extension []Extension `json:"extension,omitempty"`
		System    string      `json:"system,omitempty"`
		Code      string      `json:"code,omitempty"`
		Display   string      `json:"display,omitempty"`
	}
	Concept struct { // CodeableConcept
		Coding []Coding `json:"coding,omitempty"`
		Text   string   `json:"text,omitempty"`
	}
	Identifier struct {
		System string `json:"system,omitempty"`
		Value  string `json:"value,omitempty"`
	}
	Reference struct {
		Reference  string      `json:"reference,omitempty"`
		Type       string      `json:"type,omitempty"`
		Identifier *Identifier `json:"identifier,omitempty"`
		Display    string      `json:"display,omitempty"`
	}
	Quantity struct {
		Value  json.Number `json:"value"`
		Unit   string      `json:"unit,omitempty"`
		System string      `json:"system,omitempty"`
		Code   string      `json:"code,omitempty"`
	}
	Period struct {
		Start string `json:"start,omitempty"`
		End   string `json:"end,omitempty"`
	}
	Meta struct {
		VersionID string `json:"versionId,omitempty"`
	}
	Extension struct {
		URL          string      `json:"url"`
		ValueCode    string      `json:"valueCode,omitempty"`
		ValueString  string      `json:"valueString,omitempty"`
		ValueDate    string      `json:"valueDate,omitempty"`
		ValueInteger *int        `json:"valueInteger,omitempty"`
		ValueDecimal json.Number `json:"valueDecimal,omitempty"`
	}
)

// termed is a term of one of our lists; nil for what is not recorded.
func termed(list string, terms []scheme.Term, value string) []Concept {
	if value == "" {
		return nil
	}
	label := scheme.Label(terms, value)
	return []Concept{{Coding: []Coding{{System: system(list), Code: value, Display: label}}, Text: label}}
}

// say adds an extension of ours with a code, unless there is none.
func say(to []Extension, name, code string) []Extension {
	if code == "" {
		return to
	}
	return append(to, Extension{URL: definition(name), ValueCode: code})
}

// count adds an extension of ours with a number, unless it is not recorded.
func count(to []Extension, name string, n int) []Extension {
	if n == 0 {
		return to
	}
	return append(to, Extension{URL: definition(name), ValueInteger: &n})
}

func patient(id scheme.PersonID) *Reference {
	return &Reference{Reference: "Patient/" + string(id), Type: "Patient"}
}
