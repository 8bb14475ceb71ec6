// Package api is the programming interface under /api/v1: typed operations, and
// the OpenAPI document made from their types.
//
// It decides nothing: rights, rules and figures are app's, statuses are
// server's. It knows JSON and nothing of storage or pages. It promises that a
// body with a field nobody reads is refused, that one answer says everything
// that is wrong with a request and where, that a score passes through it without
// becoming a float, and that no value that was sent comes back in a refusal of
// its form.
package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/server"
)

// prefix is where every operation is.
const prefix = "/api/v1"

// An API answers programs.
type API struct {
	app    *app.App
	server *server.Server
	huma   huma.API
	paper  Sheets
}

// Register adds every operation, the OpenAPI document and its page to the
// server. paper are the pages, which print.
func Register(s *server.Server, a *app.App, paper Sheets) error {
	adopt()
	api := &API{app: a, server: s, paper: paper}
	adapter := &adapter{server: s}
	config := document()
	adapter.schemas = config.Components.Schemas
	api.huma = huma.NewAPI(config, adapter)

	api.schemes()
	api.profiles()
	api.plans()
	api.activities()
	api.people()
	api.finding()
	api.merges()
	api.personChanges()
	api.records()
	api.trails()
	api.referrals()
	api.referralChanges()
	api.referralCourse()
	api.prescriptions()
	api.prescriptionChanges()
	api.contacts()
	api.registers()
	api.assessments()
	api.measures()
	api.newMeasures()
	api.safety()
	api.caseload()
	api.keepers()
	api.supervision()
	api.quality()
	api.evidence()
	api.compare()
	api.releases()
	api.granted()
	api.publishedOf()
	api.published()
	api.sheets()
	api.contribution()
	api.costs()
	api.comparator()
	api.waitAllocation()
	api.exports()
	api.imports()
	api.projects()
	api.projectFiles()
	api.fhir()
	if err := describe(api.huma.OpenAPI()); err != nil {
		return err
	}
	api.serveDocument()
	return nil
}

// describe adds to the document what no type can say.
func describe(doc *huma.OpenAPI) error {
	for name, properties := range map[string][]string{
		"Finding":     {"rci_fixed_sd", "rci_baseline_sd", "reliable_published", "bands"},
		"Together":    {"pooled_mean_change", "pooled_smcr", "funnel_mean_change", "funnel_completion", "funnel_reliably_improved", "completion_by_scheme"},
		"Pooled":      {"fixed", "DL", "REML", "PM"},
		"Pool":        {"fixed", "DL", "REML", "PM"},
		"Part":        {"completion", "adjusted"},
		"ValueAnswer": {"wellby"},
	} {
		if err := mayBeNull(doc.Components.Schemas, name, properties...); err != nil {
			return err
		}
	}
	if err := disclosed(doc); err != nil {
		return err
	}
	if err := exampled(doc); err != nil {
		return err
	}
	describeRefusals(doc)
	return nil
}

// document is the part of the OpenAPI document that is not made from types.
func document() huma.Config {
	c := huma.DefaultConfig("Cairn", "1")
	c.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", nameOf)
	c.Info.Description = "Outcome measures and evidence for social prescribing. " +
		"Every answer is of one organisation: the one that the token or the session is for. " +
		"Days are calendar days, scores are exact decimal numbers, quarters are written 2026-Q1. " +
		"What is changed keeps its versions: a change names the version it was made from. " +
		"A create or change that is sent again with the same Idempotency-Key is answered as the first time. " +
		"Refusals are problem+json: `type` is an address that says what the code means, `errors` lists everything to mend."
	c.Info.License = &huma.License{Name: "MIT", Identifier: "MIT"}
	c.Servers = []*huma.Server{{URL: prefix}}
	c.Tags = []*huma.Tag{
		{Name: "Schemes", Description: "Commissioned services, each with its measurement plan"},
		{Name: "Activities", Description: "What can be prescribed"},
		{Name: "People", Description: "People referred, by the service's own reference"},
		{Name: "Referrals", Description: "One person entering one scheme"},
		{Name: "Prescriptions", Description: "Activities prescribed within a referral"},
		{Name: "Contacts", Description: "Working contacts with a person, and tries at them"},
		{Name: "Registers", Description: "Who came to a group session"},
		{Name: "Assessments", Description: "One measure, one person, one day"},
		{Name: "Caseload", Description: "What is due, why something was not done, and whose referrals are"},
		{Name: "Measures", Description: "The library of outcome measures"},
		{Name: "Safety", Description: "Answers that a service must act upon, and what it does about them"},
		{Name: "Costs", Description: "What schemes cost, line by line"},
		{Name: "Evidence", Description: "What a scheme's paired scores say"},
		{Name: "Imports", Description: "Spreadsheets of scores: sent, looked at, brought in, taken back"},
		{Name: "Exports", Description: "Rows under pseudonyms, for work inside the service"},
		{Name: "Research", Description: "Projects that may have rows for research, and their files"},
		{Name: "Releases", Description: "Figures that may leave a service: prepared, audited, published, granted"},
	}
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"bearer":  {Type: "http", Scheme: "bearer", Description: "A token from `cairn user token`, sent as Authorization: Bearer"},
		"session": {Type: "apiKey", In: "cookie", Name: "cairn", Description: "The session of somebody signed in at the pages; called __Host-cairn where the service is reached by https"},
	}
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = "", "", ""
	c.CreateHooks = nil
	speaks := huma.Format{Marshal: write, Unmarshal: read}
	c.Formats = map[string]huma.Format{"application/json": speaks, "application/problem+json": speaks}
	return c
}

// nameOf calls the schema of newPersonBody NewPerson, and what comes out of
// disclosure control by a name of its own, since evidence has the exact ones.
func nameOf(t reflect.Type, hint string) string {
	name := strings.ReplaceAll(huma.DefaultSchemaNamer(t, hint), "Body", "")
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if strings.HasSuffix(t.PkgPath(), "/disclosure") {
		return "Shown" + name
	}
	if strings.HasSuffix(t.PkgPath(), "/intake") {
		return "Mapping" + strings.TrimPrefix(name, "Mapping")
	}
	return name
}

// encoded is an answer as it goes out.
func encoded(v any) ([]byte, error) {
	var out bytes.Buffer
	err := write(&out, v)
	return out.Bytes(), err
}

// serveDocument serves the OpenAPI document in both spellings, written when they
// are first asked for, and a page that reads it.
func (a *API) serveDocument() {
	a.spelt("/openapi.json", "application/vnd.oai.openapi+json", func() ([]byte, error) {
		return json.MarshalIndent(a.huma.OpenAPI(), "", "  ")
	})
	a.spelt("/openapi.yaml", "application/vnd.oai.openapi", a.huma.OpenAPI().YAML)
	a.server.Route(http.MethodGet, "/api/docs", describes(), a.docs)
}

func describes() server.Policy {
	return server.Policy{Right: server.Public, Why: "describes the interface, the same for everybody, and holds no data"}
}

// spelt serves one spelling of the document.
func (a *API) spelt(path, kind string, spell func() ([]byte, error)) {
	text := sync.OnceValues(spell)
	a.server.Route(http.MethodGet, prefix+path, describes(), func(c *gin.Context) error {
		body, err := text()
		if err != nil {
			return fmt.Errorf("api: encode the OpenAPI document: %w", err)
		}
		c.Data(http.StatusOK, kind, body)
		return nil
	})
}

// mayBeNull says in a schema that some of its objects are null where there is
// nothing to tell, which the types cannot say.
func mayBeNull(schemas huma.Registry, name string, properties ...string) error {
	s := schemas.Map()[name]
	if s == nil {
		return fmt.Errorf("api: there is no schema %s", name)
	}
	for _, p := range properties {
		of := s.Properties[p]
		if of == nil {
			return fmt.Errorf("api: schema %s has no property %s", name, p)
		}
		s.Properties[p] = &huma.Schema{AnyOf: []*huma.Schema{of, {Type: "null"}}}
	}
	s.PrecomputeMessages()
	return nil
}

// write encodes an answer. What is in it cannot end a script: < and > go out
// escaped.
func write(w io.Writer, v any) error { return json.NewEncoder(w).Encode(v) }
