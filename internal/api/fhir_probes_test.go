package api_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/exchange/fhir"
)

// fhirProbes ask what is said in FHIR, in the same table as everything else.
func fhirProbes() map[string]probe {
	of := func(kind string, id func(place) string) func(place) string {
		return func(p place) string { return "/fhir/" + kind + "/" + id(p) }
	}
	about := func(kind string) func(place) string {
		return func(p place) string { return "/fhir/" + kind + "?patient=" + p.person }
	}
	library := func(path string) func(place) string { return func(place) string { return "/fhir/" + path } }
	return map[string]probe{
		"GET /fhir/Questionnaire":             {right: app.SeeMeasures, open: true, path: library("Questionnaire")},
		"GET /fhir/Questionnaire/:id":         {right: app.SeeMeasures, open: true, path: library("Questionnaire/ons4")},
		"GET /fhir/CodeSystem":                {right: app.SeeMeasures, open: true, path: library("CodeSystem")},
		"GET /fhir/CodeSystem/:id":            {right: app.SeeMeasures, open: true, path: library("CodeSystem/score")},
		"GET /fhir/QuestionnaireResponse":     {right: app.SeePeople, path: about("QuestionnaireResponse")},
		"GET /fhir/QuestionnaireResponse/:id": {right: app.SeePeople, path: of("QuestionnaireResponse", func(p place) string { return p.assessment })},
		"GET /fhir/Observation":               {right: app.SeePeople, path: about("Observation")},
		"GET /fhir/Observation/:id":           {right: app.SeePeople, path: of("Observation", func(p place) string { return p.assessment + ".1" })},
		"GET /fhir/ServiceRequest":            {right: app.SeePeople, path: about("ServiceRequest")},
		"GET /fhir/ServiceRequest/:id":        {right: app.SeePeople, path: of("ServiceRequest", func(p place) string { return p.referral + ".1" })},
		"GET /fhir/Patient/:id":               {right: app.SeePeople, path: of("Patient", func(p place) string { return p.person })},
		// TestFHIRBatch says what becomes of another's entries.
		"POST /fhir": {right: app.RecordPeople, open: true, ok: http.StatusOK, media: "application/fhir+json", path: func(place) string { return "/fhir" }, body: func(place, int) m {
			return batchOf(m{"resourceType": "QuestionnaireResponse"})
		}},
	}
}

// batchOf is a Bundle of responses.
func batchOf(responses ...m) m {
	all := make([]m, len(responses))
	for i, r := range responses {
		all[i] = m{"resource": r, "request": m{"method": "POST", "url": "QuestionnaireResponse"}}
	}
	return m{"resourceType": "Bundle", "type": "batch", "entry": all}
}

// outcome is what a refusal in FHIR says, each thing as its place and its sentence.
func (a answer) outcome() string {
	a.t.Helper()
	if got := a.header.Get("Content-Type"); got != "application/fhir+json" {
		a.t.Fatalf("a refusal in FHIR with content type %q: %d %s", got, a.status, a.body)
	}
	return issues(a.t.Fatalf, []byte(a.body))
}

func issues(fatal func(string, ...any), raw []byte) string {
	var said struct {
		ResourceType string `json:"resourceType"`
		Issue        []struct {
			Severity, Code string
			Details        struct {
				Text   string
				Coding []struct{ System, Code string }
			}
			Expression []string
		}
	}
	if err := json.Unmarshal(raw, &said); err != nil || said.ResourceType != "OperationOutcome" || len(said.Issue) == 0 {
		fatal("no outcome: %v %s", err, raw)
	}
	var all []string
	for _, i := range said.Issue {
		code := i.Code
		if len(i.Details.Coding) > 0 {
			code = i.Details.Coding[0].Code
		}
		all = append(all, strings.Join(i.Expression, " ")+" "+code)
	}
	return strings.Join(all, "\n")
}

// The CapabilityStatement offers what the table above asks for, and nothing else.
func TestCapabilityIsTheRoutes(t *testing.T) {
	offered := map[string]bool{}
	for _, rest := range (fhir.Names{}).Capability("test").Rest {
		for _, i := range rest.Interaction {
			offered[map[string]string{"batch": "POST /fhir"}[i.Code]] = true
		}
		for _, r := range rest.Resource {
			for _, i := range r.Interaction {
				offered["GET /fhir/"+r.Type+map[string]string{"read": "/:id", "search-type": ""}[i.Code]] = true
			}
		}
	}
	routes := map[string]bool{}
	for route := range fhirProbes() {
		routes[route] = true
	}
	if !maps.Equal(offered, routes) {
		t.Errorf("offered %v\nthere are %v", slices.Sorted(maps.Keys(offered)), slices.Sorted(maps.Keys(routes)))
	}
}
