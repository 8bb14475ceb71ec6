package api_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

var update = flag.Bool("update", false, "write the committed OpenAPI document anew")

const golden = "testdata/openapi.json"

// A document is the OpenAPI document as its readers have it.
type document struct {
	OpenAPI    string                          `json:"openapi"`
	Servers    []struct{ URL string }          `json:"servers"`
	Paths      map[string]map[string]operation `json:"paths"`
	Components struct {
		Schemas map[string]map[string]any `json:"schemas"`
	} `json:"components"`
}

type operation struct {
	OperationID string                `json:"operationId"`
	Summary     string                `json:"summary"`
	Security    []map[string][]string `json:"security"`
	Parameters  []struct {
		Name, In string
		Schema   map[string]any
		Example  any
		Examples map[string]any
	} `json:"parameters"`
	RequestBody *struct {
		Content map[string]struct {
			Schema  map[string]any
			Example json.RawMessage
		} `json:"content"`
	} `json:"requestBody"`
	Responses map[string]struct {
		Description string
		Content     map[string]struct{ Schema map[string]any } `json:"content"`
	} `json:"responses"`
}

// The committed document is what programs are written against: a change to it
// is seen before it is made. Run with -update to make it.
func TestDocumentIsTheCommittedOne(t *testing.T) {
	w := onSQLite(t)
	got := w.do(request{path: "/openapi.json"}).is(200)
	if *update {
		must(t, os.MkdirAll(filepath.Dir(golden), 0o755))
		must(t, os.WriteFile(golden, []byte(got.body+"\n"), 0o644))
	}
	want, err := os.ReadFile(golden)
	must(t, err)
	if got.body+"\n" != string(want) {
		t.Errorf("the OpenAPI document is not the committed one. See what changed with -update and git diff %s.", golden)
	}
	if kind := got.header.Get("Content-Type"); kind != "application/vnd.oai.openapi+json" {
		t.Errorf("content type %s", kind)
	}

	var fromJSON, fromYAML any
	must(t, json.Unmarshal([]byte(got.body), &fromJSON))
	spelled := w.do(request{path: "/openapi.yaml"}).is(200)
	must(t, yaml.Unmarshal([]byte(spelled.body), &fromYAML))
	a, err := json.Marshal(fromJSON)
	must(t, err)
	b, err := json.Marshal(fromYAML)
	must(t, err)
	if !bytes.Equal(a, b) {
		t.Error("the document in YAML says something else than in JSON")
	}
}

// What must hold of every operation and every body.
func TestDocumentLaws(t *testing.T) {
	doc := onSQLite(t).document()
	if doc.OpenAPI[:4] != "3.1." || doc.Servers[0].URL != "/api/v1" {
		t.Errorf("OpenAPI %s at %v", doc.OpenAPI, doc.Servers)
	}
	var files, once []string
	for path, methods := range doc.Paths {
		for method, op := range methods {
			name := strings.ToUpper(method) + " " + path
			if len(op.Security) != 2 {
				t.Errorf("%s is open: security %v", name, op.Security)
			}
			if op.Summary == "" || op.OperationID == "" {
				t.Errorf("%s has no summary or no name", name)
			}
			for _, status := range []string{"401", "403", "404", "422", "503", "507"} {
				if _, ok := op.Responses[status].Content["application/problem+json"]; !ok {
					t.Errorf("%s does not document a problem with %s", name, status)
				}
			}
			for status, said := range op.Responses {
				if status >= "4" && !strings.Contains(said.Description, "`") {
					t.Errorf("%s documents a problem with %s and no code: %s", name, status, said.Description)
				}
			}
			for _, p := range op.Parameters {
				if p.In != "header" && p.Example == nil && len(p.Examples) == 0 && len(doc.withoutExample("", p.Schema)) > 0 {
					t.Errorf("%s: %s has no example", name, p.Name)
				}
			}
			if op.RequestBody != nil && op.RequestBody.Content["application/json"].Schema != nil {
				for _, at := range doc.withoutExample("body", op.RequestBody.Content["application/json"].Schema) {
					t.Errorf("%s: %s has no example", name, at)
				}
			}
			if method == "post" && op.RequestBody != nil && op.RequestBody.Content["application/octet-stream"].Schema != nil {
				// A file, which waits until something is made of it: sent again, it
				// waits twice, and counts nowhere.
				files = append(files, name)
				continue
			}
			if method == "post" {
				if op.RequestBody == nil || op.RequestBody.Content["application/json"].Schema["$ref"] == nil {
					t.Errorf("%s takes no JSON", name)
				}
				if !op.takes("header", "Idempotency-Key") {
					once = append(once, name)
				}
			}
		}
	}
	if !slices.Equal(files, []string{"POST /import-files"}) {
		t.Errorf("%v take a file, and with it no Idempotency-Key", files)
	}
	// A ticket is a secret of which only the hash is kept: the answer that a key
	// would give again is not there to be given. And a file goes out once for a
	// ticket, which a key beside it would undo.
	if slices.Sort(once); !slices.Equal(once, []string{"POST /projects/{id}/file", "POST /projects/{id}/tickets"}) {
		t.Errorf("%v take no Idempotency-Key", once)
	}
	for name, s := range doc.Components.Schemas {
		if s["additionalProperties"] != false {
			t.Errorf("schema %s lets fields in that nobody reads", name)
		}
		if strings.HasPrefix(name, "New") {
			for field, of := range s["properties"].(m) {
				if field != strings.ToLower(field) {
					t.Errorf("%s.%s is not snake case", name, field)
				}
				if of := of.(m); of["examples"] == nil && of["type"] == "integer" {
					t.Errorf("%s.%s has no example", name, field)
				}
			}
		}
	}
}

// refused is the code of a refusal; empty for one of several codes.
func (a answer) refused() string {
	var p struct{ Type string }
	if a.status < http.StatusBadRequest || json.Unmarshal([]byte(a.body), &p) != nil {
		return ""
	}
	code, _ := strings.CutPrefix(p.Type, "/problems/")
	if code == "input.invalid" {
		return ""
	}
	return code
}

// mistakes are the codes of all that was wrong with a request.
func (a answer) mistakes() (all []string) {
	var p problem
	if a.status < http.StatusBadRequest || json.Unmarshal([]byte(a.body), &p) != nil {
		return nil
	}
	for _, e := range p.Errors {
		all = append(all, string(e.Code))
	}
	return all
}

// names reports whether the operation documents a code. Of several mistakes some may
// have the code of another refusal than the first, which decides the status.
func (op operation) names(code string) bool {
	for status, said := range op.Responses {
		if status >= "4" && strings.Contains(said.Description, "`"+code+"`") {
			return true
		}
	}
	return false
}

// withoutExample are the places of a body that say neither by an example nor by
// what they may be what could be sent there.
func (d document) withoutExample(at string, s map[string]any, seen ...string) (all []string) {
	if ref, _ := s["$ref"].(string); ref != "" {
		if slices.Contains(seen, ref) {
			return nil
		}
		seen = append(slices.Clone(seen), ref)
		s = d.Components.Schemas[strings.TrimPrefix(ref, "#/components/schemas/")]
	}
	if s["examples"] != nil || s["enum"] != nil || s["default"] != nil || s["type"] == "boolean" {
		return nil
	}
	properties, _ := s["properties"].(m)
	for name, of := range properties {
		all = append(all, d.withoutExample(at+"."+name, of.(m), seen...)...)
	}
	if items, ok := s["items"].(m); ok {
		return append(all, d.withoutExample(at+"[]", items, seen...)...)
	}
	if len(properties) == 0 && s["type"] != "object" {
		all = append(all, at)
	}
	return all
}

func (op operation) takes(in, name string) bool {
	for _, p := range op.Parameters {
		if p.In == in && p.Name == name {
			return true
		}
	}
	return false
}

func (w *town) document() document {
	w.T.Helper()
	var d document
	must(w.T, json.Unmarshal([]byte(w.do(request{path: "/openapi.json"}).is(200).body), &d))
	return d
}

// matchesDocument holds every answer of every test against the document: its
// status is one that the operation has, and its body is of that schema.
func (w *town) matchesDocument(r *http.Request, a answer) {
	w.T.Helper()
	if strings.HasPrefix(r.URL.Path, "/api/v1/openapi.") {
		return
	}
	doc, err := committed()
	must(w.T, err)
	op, ok := doc.find(r)
	if !ok {
		return // an address that is none
	}
	response, ok := op.Responses[strconv.Itoa(a.status)]
	if !ok {
		w.T.Errorf("%s answers %d, which it does not document: %s", op.OperationID, a.status, a.body)
		return
	}
	if a.status == http.StatusNotModified {
		if a.body != "" {
			w.T.Errorf("%s answers 304 with %s", op.OperationID, a.body)
		}
		return
	}
	if code := a.refused(); code != "" && !strings.Contains(response.Description, "`"+code+"`") {
		w.T.Errorf("%s answers %d with %s, which it does not document: %s", op.OperationID, a.status, code, response.Description)
	}
	for _, code := range a.mistakes() {
		if !op.names(code) {
			w.T.Errorf("%s answers %d with a mistake of %s, which it does not document: %s", op.OperationID, a.status, code, response.Description)
		}
	}
	if stated := response.Content[a.header.Get("Content-Type")].Schema; stated["format"] == "binary" {
		return // a file
	}
	var body any
	dec := json.NewDecoder(strings.NewReader(a.body))
	dec.UseNumber()
	must(w.T, dec.Decode(&body))
	kind, _, _ := strings.Cut(a.header.Get("Content-Type"), ";")
	schema, ok := response.Content[kind]
	if !ok {
		w.T.Errorf("%s answers %d as %s, which it does not document", op.OperationID, a.status, kind)
		return
	}
	for _, complaint := range doc.complaints("body", schema.Schema, body) {
		w.T.Errorf("%s, %d: %s", op.OperationID, a.status, complaint)
	}
}
