package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

const fhirNames = "https://cairn.example/fhir"

// fhir asks for something in FHIR.
func (w *town) fhir(as, path string) answer {
	w.T.Helper()
	a := w.do(request{as: as, path: "/fhir" + path})
	if got := a.header.Get("Content-Type"); got != "application/fhir+json" {
		w.T.Fatalf("%s is %q: %s", path, got, a.body)
	}
	return a
}

// An assessment and its referral go out as they were recorded, whatever is done to
// them later shows, and words under a licence stay.
func TestFHIR(t *testing.T) {
	w := onSQLite(t)
	const secret = "Words under a licence"
	var items []m
	for i := range 7 {
		items = append(items, m{"key": fmt.Sprintf("item-%d", i+1), "text": fmt.Sprintf("%s %d", secret, i)})
	}
	w.do(request{as: "ann", path: "/measures/swemwbs/words", body: m{"licence": m{"reference": "L-1", "by": "Ann", "on": "2026-01-01"}, "items": items}}).is(201)
	at := w.places()["own"]
	taken := w.do(request{as: "ann", path: "/assessments", body: m{"referral": at.referral, "measure": "swemwbs", "on": "2026-03-02", "occasion": "later", "digits": "3333333", "channel": "phone"}}).is(201).id()

	said := w.fhir("ann", "/QuestionnaireResponse/"+taken).is(200)
	for _, want := range []string{
		`"status":"completed"`, `"authored":"2026-03-02"`, `"reference":"Patient/` + at.person + `"`, `"reference":"ServiceRequest/` + at.referral + `"`,
		`"linkId":"item-7"`, `"valueInteger":3`, fhirNames + `/Questionnaire/swemwbs|`, `"url":"` + fhirNames + `/StructureDefinition/channel","valueCode":"phone"`,
	} {
		if !strings.Contains(said.body, want) {
			t.Errorf("a response without %s: %s", want, said.body)
		}
	}
	scores := w.fhir("ann", "/Observation?patient=Patient/"+at.person).is(200).body
	for _, want := range []string{`"value":19.25`, `"value":21,`, `"code":"swemwbs-metric"`, `"system":"http://unitsofmeasure.org"`, `"id":"` + taken + `.1"`, `"status":"final"`} {
		if !strings.Contains(scores, want) {
			t.Errorf("observations without %s: %s", want, scores)
		}
	}
	for _, path := range []string{"/Questionnaire", "/Questionnaire/swemwbs", "/QuestionnaireResponse/" + taken, "/QuestionnaireResponse?patient=" + at.person} {
		if body := w.fhir("ann", path).is(200).body; strings.Contains(body, secret) || !strings.Contains(body, "wording is licensed") {
			t.Errorf("%s gives away words, or does not say why it has none", path)
		}
	}
	if body := w.fhir("ed", "/Questionnaire/phq9?_format=json").is(200).body; !strings.Contains(body, "Little interest") || !strings.Contains(body, `"code":"44261-6"`) {
		t.Errorf("a measure that everybody may have, without words or codes: %s", body)
	}
	if body := w.fhir("ann", "/ServiceRequest/"+at.referral).is(200).body; !strings.Contains(body, `"authoredOn":"2026-01-05"`) || !strings.Contains(body, `"status":"active"`) {
		t.Errorf("a referral: %s", body)
	}

	w.do(request{as: "ann", path: "/assessments/" + taken + "/corrections", body: m{"version": 1, "on": "2026-03-02", "occasion": "later", "digits": "4444444", "reason": "Typed wrong"}}).is(201)
	if body := w.fhir("ann", "/QuestionnaireResponse/"+taken).is(200).body; !strings.Contains(body, `"status":"amended"`) || !strings.Contains(body, `"versionId":"2"`) {
		t.Errorf("corrected: %s", body)
	}
	for path, place := range map[string]string{
		"/Observation": "query.patient input.invalid", "/Observation?patient=" + at.person + "&code=x": "query.code input.unknown-key",
		"/Questionnaire?title=x": "query.title input.unknown-key", "/Questionnaire?_format=xml": "query._format input.unknown-key",
	} {
		if got := w.fhir("ann", path).is(422).outcome(); got != place {
			t.Errorf("%s: %s", path, got)
		}
	}
	w.fhir("cy", "/QuestionnaireResponse/"+taken).is(404).outcome()
	w.fhir("ann", "/Observation/"+taken+".9").is(404).outcome()
	w.fhir("ann", "/nothing").is(404).outcome()
}

// A handed is what became of one entry.
type handed struct {
	status, location, said string
}

// batch sends responses and returns what became of each.
func (w *town) batch(as string, responses ...m) (all []handed) {
	w.T.Helper()
	a := w.do(request{as: as, path: "/fhir", body: batchOf(responses...), header: map[string]string{"Content-Type": "application/fhir+json"}}).is(200)
	var b struct {
		Type  string
		Entry []struct {
			Response struct {
				Status, Location string
				Outcome          json.RawMessage
			}
		}
	}
	must(w.T, json.Unmarshal([]byte(a.body), &b))
	if b.Type != "batch-response" || len(b.Entry) != len(responses) {
		w.T.Fatalf("%d entries answered with %s", len(responses), a.body)
	}
	for _, e := range b.Entry {
		h := handed{status: e.Response.Status[:3], location: e.Response.Location}
		if e.Response.Outcome != nil {
			h.said = issues(w.T.Fatalf, e.Response.Outcome)
		}
		all = append(all, h)
	}
	return all
}

// atOnce sends copies of a batch of one together and counts what became of them.
func (w *town) atOnce(copies int, body m) map[string]int {
	w.T.Helper()
	said := make(chan string, copies)
	for range copies {
		r := request{as: "ann", path: "/fhir", body: body, header: map[string]string{"Content-Type": "application/fhir+json"}}.made(w.T, w.Tokens)
		go func() {
			got := httptest.NewRecorder()
			w.stack.ServeHTTP(got, r)
			_, status, _ := strings.Cut(got.Body.String(), `"status":"`)
			status, _, _ = strings.Cut(status, `"`)
			said <- status
		}()
	}
	all := map[string]int{}
	for range copies {
		all[<-said]++
	}
	return all
}

// answered is a response to the PHQ-9 as another system sends it.
func (p place) answered(identifier, on string, last int) m {
	var items []m
	for i := range 9 {
		items = append(items, m{"linkId": fmt.Sprintf("item-%d", i+1), "answer": []m{{"valueInteger": 1}}})
	}
	items[8]["answer"] = []m{{"valueCoding": m{"system": fhirNames + "/Questionnaire/phq9/answers", "code": fmt.Sprint(last)}}}
	return m{
		"resourceType": "QuestionnaireResponse", "status": "completed", "identifier": m{"system": "https://other.example", "value": identifier},
		"questionnaire": fhirNames + "/Questionnaire/phq9", "subject": m{"reference": "Patient/" + p.person}, "basedOn": []m{{"reference": "ServiceRequest/" + p.referral}},
		"authored": on + "T23:30:00-08:00", "item": items,
	}
}

// put is the response with an element of another value; nil takes it away.
func put(r m, name string, value any) m { return with(r, m{name: value}) }

// Responses come in once for each identifier, with the rights, the rules and the
// alerts of one that is recorded here, each by itself.
func TestFHIRBatch(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		all := w.places()
		own, other := all["own"], all["other"]
		alerts := len(w.do(request{as: "ann", path: "/alerts"}).is(200).json()["items"].([]any))

		sent := own.answered("r-1", "2026-02-01", 2)
		first := w.batch("ann", sent, put(sent, "encounter", m{"reference": "Encounter/1"}), own.answered("r-2", "2026-02-02", 0))
		if first[0].status != "201" || first[1].status != "200" || first[2].status != "201" || first[0].location != first[1].location {
			t.Fatalf("a batch: %v", first)
		}
		if first[1].said != "QuestionnaireResponse.encounter informational" {
			t.Errorf("what was passed over: %q", first[1].said)
		}
		kept := w.do(request{as: "ann", path: "/assessments/" + strings.TrimPrefix(first[0].location, "QuestionnaireResponse/")}).is(200)
		if b := kept.json(); b["on"] != "2026-02-01" || b["occasion"] != "baseline" && b["occasion"] != "later" || !strings.Contains(kept.body, `"score":10`) {
			t.Errorf("kept as %s", kept.body)
		}
		if now := len(w.do(request{as: "ann", path: "/alerts"}).is(200).json()["items"].([]any)); now != alerts+1 {
			t.Errorf("%d alerts after an answer to act upon, %d before", now, alerts)
		}

		if got := w.atOnce(16, batchOf(own.answered("r-0", "2026-02-20", 0))); got["201 Created"] != 1 || got["200 OK"] != 15 {
			t.Errorf("sixteen copies at once: %v", got)
		}

		before := w.Rows()
		places := map[string]m{
			"422 QuestionnaireResponse.itm input.unknown-key":                            put(sent, "itm", []m{}),
			"422 QuestionnaireResponse.modifierExtension input.unknown-key":              put(sent, "modifierExtension", []m{{"url": "https://x.example"}}),
			"422 QuestionnaireResponse.status input.invalid":                             put(sent, "status", "in-progress"),
			"422 QuestionnaireResponse.identifier input.invalid":                         put(sent, "identifier", nil),
			"422 QuestionnaireResponse.authored day.impossible":                          put(sent, "authored", "2026-02"),
			"422 QuestionnaireResponse.authored day.future":                              own.answered("r-3", "2029-01-01", 0),
			"404 QuestionnaireResponse.questionnaire measure.unknown":                    put(sent, "questionnaire", "https://cairn.example/fhir/organisation/"+string(w.Ann.Org)+"/Questionnaire/nothing"),
			"409 QuestionnaireResponse.questionnaire measure.changed":                    put(sent, "questionnaire", fhirNames+"/Questionnaire/phq9|99"),
			"422 QuestionnaireResponse.item[8].answer[0].valueCoding score.out-of-range": own.answered("r-4", "2026-02-04", 7),
			"422 QuestionnaireResponse.item[0].linkId input.invalid":                     put(sent, "item", []m{{"answer": []m{{"valueInteger": 1}}}}),
			"422 QuestionnaireResponse.item[0].answer[0].valueInteger input.invalid":     put(sent, "item", []m{{"linkId": "item-1", "answer": []m{{"valueInteger": "1"}}}}),
			"422 QuestionnaireResponse.item assessment.items":                            put(put(sent, "identifier", m{"system": "s", "value": "r-5"}), "item", []m{{"linkId": "item-1", "answer": []m{{"valueInteger": 1}}}}),
			"422 QuestionnaireResponse.identifier idempotency.reused":                    own.answered("r-1", "2026-02-01", 3),
			"409 QuestionnaireResponse.authored assessment.twice":                        own.answered("r-6", "2026-02-01", 2),
			"404 QuestionnaireResponse.basedOn not-found":                                put(sent, "basedOn", []m{{"reference": "ServiceRequest/" + other.referral}}),
			"404 QuestionnaireResponse.subject not-found":                                put(sent, "subject", m{"reference": "Patient/" + all["foreign"].person}),
			"404 QuestionnaireResponse.identifier not-found":                             put(own.answered("r", "2026-02-07", 0), "identifier", m{"system": fhirNames + "/organisation/" + string(w.Ann.Org) + "/assessment", "value": lost(1)}),
			"422 QuestionnaireResponse.extension[0].valueCode input.invalid":             put(own.answered("r-8", "2026-02-08", 0), "extension", []m{{"url": fhirNames + "/StructureDefinition/channel", "valueCode": "owl"}}),
			"422 QuestionnaireResponse.extension[0].url input.unknown-key":               put(sent, "extension", []m{{"url": fhirNames + "/StructureDefinition/mood", "valueCode": "owl"}}),
			"422 QuestionnaireResponse.source input.invalid":                             put(sent, "source", m{"reference": "Patient/" + other.person}),
		}
		for want, response := range places {
			if got := w.batch("ann", response)[0]; got.status+" "+got.said != want {
				t.Errorf("%s %s, want %s", got.status, got.said, want)
			}
		}
		if now := w.Rows(); now != before {
			t.Errorf("what was refused left something:\n%s\nbefore:\n%s", now, before)
		}
		// Foreign, another's and missing look alike.
		for login, p := range map[string]place{"bo": other, "cy": own} {
			theirs, none := w.batch(login, p.answered("x", "2026-02-09", 0))[0], w.batch(login, all["missing"].answered("x", "2026-02-09", 0))[0]
			if theirs != none || theirs.status != "404" {
				t.Errorf("by %s: %v, and of nobody %v", login, theirs, none)
			}
		}
		for _, body := range []any{m{"resourceType": "Bundle", "type": "transaction", "entry": []m{{}}}, m{"resourceType": "Patient"}, m{"resourceType": "Bundle", "type": "batch"}, "{", "[]"} {
			a := w.do(request{as: "ann", path: "/fhir", body: body, header: map[string]string{"Content-Type": "application/fhir+json"}})
			if a.status != 422 && a.status != 400 {
				t.Errorf("%v: %d", body, a.status)
			}
			a.outcome()
		}
		w.do(request{as: "ann", path: "/fhir", body: batchOf(sent)}).is(http.StatusUnsupportedMediaType).outcome()
		// What people did here since stands, and is no reason to keep it twice.
		w.do(request{as: "ann", path: "/assessments/" + kept.id() + "/withdrawal", body: m{"version": 1, "reason": "Of somebody else"}}).is(201)
		if got := w.batch("ann", sent)[0]; got.status != "200" {
			t.Errorf("sent again after it was withdrawn: %v", got)
		}
	})
}
