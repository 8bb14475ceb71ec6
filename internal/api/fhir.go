package api

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/exchange/fhir"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// fhirRoot is where FHIR is spoken. Its CapabilityStatement describes it, and not
// the OpenAPI document.
const fhirRoot = prefix + "/fhir"

// A tell answers one read in FHIR.
type tell func(ctx context.Context, by app.Actor, in telling) (any, error)

// A telling is what is asked for.
type telling struct {
	fhir.Names
	id      string          // in the address
	patient scheme.PersonID // whose records
	self    string          // the whole address
}

func (a *API) fhir() {
	a.server.OnProblemUnder(fhirRoot, sayOutcome)
	a.tells("/metadata", server.Policy{Right: server.Public, Why: "describes the interface, the same for everybody, and holds no data"}, a.capability)
	measures, people := server.Policy{Right: app.SeeMeasures}, server.Policy{Right: app.SeePeople}
	a.tells("/Questionnaire", measures, a.questionnaires)
	a.tells("/Questionnaire/:id", measures, a.questionnaire)
	a.tells("/CodeSystem", measures, a.codeSystems)
	a.tells("/CodeSystem/:id", measures, a.codeSystem)
	a.tells("/QuestionnaireResponse", people, a.responsesOf)
	a.tells("/QuestionnaireResponse/:id", people, a.response)
	a.tells("/Observation", people, a.observationsOf)
	a.tells("/Observation/:id", people, a.observation)
	a.tells("/ServiceRequest", people, a.requestsOf)
	a.tells("/ServiceRequest/:id", people, a.request)
	a.tells("/Patient/:id", people, a.patient)
	a.server.Route(http.MethodPost, fhirRoot, server.Policy{Right: app.RecordPeople}, a.batch)
}

// ofPatient are the searches that need to know whose records.
func ofPatient(path string) bool {
	return slices.Contains([]string{"/QuestionnaireResponse", "/Observation", "/ServiceRequest"}, path)
}

// tells adds one read.
func (a *API) tells(path string, policy server.Policy, answer tell) {
	a.server.Route(http.MethodGet, fhirRoot+path, policy, func(c *gin.Context) error {
		in := telling{Names: a.names(c), id: c.Param("id"), self: a.server.Root(c.Request) + c.Request.URL.Path}
		if err := in.query(c.Request.URL.RawQuery, path); err != nil {
			return err
		}
		if in.patient != "" {
			server.About(c.Request.Context(), string(in.patient))
		}
		made, err := answer(c.Request.Context(), server.ActorOf(c.Request.Context()), in)
		if err != nil {
			return err
		}
		if err := a.server.Opened(c.Request.Context()); err != nil {
			return err
		}
		return sendFHIR(c, http.StatusOK, made)
	})
}

func (a *API) names(c *gin.Context) fhir.Names {
	return fhir.Names{Root: a.server.Root(c.Request) + fhirRoot, Organisation: server.ActorOf(c.Request.Context()).Org}
}

// query reads the parameters: the patient where one is needed, and the form of the
// answer, which is JSON.
func (in *telling) query(raw, path string) error {
	all, err := url.ParseQuery(raw)
	if err != nil {
		return wrongForm("The query of this address cannot be read. Write every part as name=value, joined by &.").At("query")
	}
	for name, values := range all {
		switch {
		case len(values) > 1:
			return wrongForm("This parameter is there more than once. Send it once.").At("query." + clip(name))
		case name == "_format" && strings.Contains(values[0], "json"):
		case name == "patient" && ofPatient(path):
			in.patient = scheme.PersonID(strings.TrimPrefix(values[0], "Patient/"))
			in.self += "?" + url.Values{"patient": {string(in.patient)}}.Encode()
		default:
			return unknown().At("query." + clip(name))
		}
	}
	if in.patient == "" && ofPatient(path) {
		return wrongForm("Say whose records: ?patient= and the person's identifier.").At("query.patient")
	}
	return nil
}

func sendFHIR(c *gin.Context, status int, made any) error {
	body, err := encoded(made)
	if err != nil {
		return err
	}
	c.Data(status, fhir.Media, body)
	return nil
}

// sayOutcome says a problem as FHIR does.
func sayOutcome(c *gin.Context, p server.Problem) {
	if err := sendFHIR(c, p.Status, outcomeOf(p, func(place string) string { return place })); err != nil {
		c.Status(p.Status)
	}
}

// outcomeOf is a problem as an OperationOutcome; place says where each thing lies.
func outcomeOf(p server.Problem, place func(string) string) *fhir.Outcome {
	kind, ok := map[int]string{
		http.StatusUnauthorized: "login", http.StatusForbidden: "forbidden", http.StatusNotFound: "not-found", http.StatusConflict: "conflict",
		http.StatusMethodNotAllowed: "not-supported", http.StatusUnsupportedMediaType: "not-supported", http.StatusRequestEntityTooLarge: "too-long",
		http.StatusBadRequest: "structure", http.StatusUnprocessableEntity: "invalid", http.StatusServiceUnavailable: "transient", http.StatusInsufficientStorage: "no-store",
	}[p.Status]
	if !ok {
		kind = "exception"
	}
	if len(p.Errors) == 0 {
		return fhir.Issues(fhir.Wrong(kind, strings.TrimPrefix(p.Type, "/problems/"), p.Detail, ""))
	}
	var all []fhir.Issue
	for _, e := range p.Errors {
		all = append(all, fhir.Wrong(kind, string(e.Code), e.Message, place(e.Location)))
	}
	return fhir.Issues(all...)
}

func (a *API) capability(_ context.Context, _ app.Actor, in telling) (any, error) {
	return in.Capability(a.app.Software()), nil
}

func (a *API) questionnaires(ctx context.Context, by app.Actor, in telling) (any, error) {
	defs, err := a.app.Measures(ctx, by)
	all := make([]fhir.Questionnaire, len(defs))
	for i, def := range defs {
		all[i] = in.Of(def)
	}
	return fhir.Found(in.Names, in.self, all), err
}

func (a *API) questionnaire(ctx context.Context, by app.Actor, in telling) (any, error) {
	def, err := a.app.Measure(ctx, by, measure.Key(in.id))
	if err != nil {
		return nil, err
	}
	return in.Of(def), nil
}

func (a *API) codeSystems(ctx context.Context, by app.Actor, in telling) (any, error) {
	defs, err := a.app.Measures(ctx, by)
	return fhir.Found(in.Names, in.self, in.CodeSystems(defs)), err
}

func (a *API) codeSystem(ctx context.Context, by app.Actor, in telling) (any, error) {
	defs, err := a.app.Measures(ctx, by)
	if err != nil {
		return nil, err
	}
	return only(in.CodeSystems(defs), func(c fhir.CodeSystem) bool { return c.ID == in.id })
}

// only is the one that is meant.
func only[T any](all []T, meant func(T) bool) (any, error) {
	i := slices.IndexFunc(all, meant)
	if i < 0 {
		return nil, server.NotThere()
	}
	return all[i], nil
}

// takenOf are the assessments of a dossier.
func takenOf(d app.Dossier) (all []fhir.Taken) {
	for _, spell := range d.Spells {
		for _, x := range spell.Assessments {
			all = append(all, fhir.Taken{Assessment: x, Measure: d.Measure(x)})
		}
	}
	return all
}

func (a *API) responsesOf(ctx context.Context, by app.Actor, in telling) (any, error) {
	d, err := a.app.Dossier(ctx, by, in.patient)
	all := []fhir.Response{}
	for _, t := range takenOf(d) {
		all = append(all, in.Response(t))
	}
	return fhir.Found(in.Names, in.self, all), err
}

func (a *API) response(ctx context.Context, by app.Actor, in telling) (any, error) {
	found, def, err := a.app.Taken(ctx, by, scheme.AssessmentID(in.id))
	if err != nil {
		return nil, err
	}
	return in.Response(fhir.Taken{Assessment: found, Measure: def}), nil
}

func (a *API) observationsOf(ctx context.Context, by app.Actor, in telling) (any, error) {
	d, err := a.app.Dossier(ctx, by, in.patient)
	all := []fhir.Observation{}
	for _, t := range takenOf(d) {
		all = append(all, in.Observations(t)...)
	}
	return fhir.Found(in.Names, in.self, all), err
}

func (a *API) observation(ctx context.Context, by app.Actor, in telling) (any, error) {
	id, _, _ := strings.Cut(in.id, ".")
	found, def, err := a.app.Taken(ctx, by, scheme.AssessmentID(id))
	if err != nil {
		return nil, err
	}
	return only(in.Observations(fhir.Taken{Assessment: found, Measure: def}), func(o fhir.Observation) bool { return o.ID == in.id })
}

// requestsIn are the referrals of a dossier, with what was prescribed in them.
func requestsIn(d app.Dossier, names fhir.Names) []fhir.ServiceRequest {
	all := []fhir.ServiceRequest{}
	for _, spell := range d.Spells {
		all = append(all, names.Requests(fhir.Referred{Spell: spell, SchemeName: d.Schemes[spell.Referral.Scheme], Activities: d.Activities, Today: d.Today})...)
	}
	return all
}

func (a *API) requestsOf(ctx context.Context, by app.Actor, in telling) (any, error) {
	d, err := a.app.Dossier(ctx, by, in.patient)
	return fhir.Found(in.Names, in.self, requestsIn(d, in.Names)), err
}

func (a *API) request(ctx context.Context, by app.Actor, in telling) (any, error) {
	id, _, _ := strings.Cut(in.id, ".")
	d, err := a.app.DossierOf(ctx, by, scheme.ReferralID(id))
	if err != nil {
		return nil, err
	}
	return only(requestsIn(d, in.Names), func(r fhir.ServiceRequest) bool { return r.ID == in.id })
}

func (a *API) patient(ctx context.Context, by app.Actor, in telling) (any, error) {
	p, err := a.app.Person(ctx, by, scheme.PersonID(in.id))
	if err != nil {
		return nil, err
	}
	return in.Person(p), nil
}
