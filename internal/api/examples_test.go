package api_test

import (
	"encoding/json"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/scheme"
	kit "cairn/internal/testkit/town"
)

// What the examples write for what the story makes.
const (
	garden       = "0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11" // the scheme
	allotment    = "0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b12"
	somebody     = "0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b13"
	somebodyElse = "0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b14"
	theirTwin    = "0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b15"
	referred     = "0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b21"
	alsoReferred = "0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b22"
	groupPlace   = "0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b31" // a prescription
	manager      = "0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b41"
	therapist    = "0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b42"
	researcher   = "0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b43"
	council      = "0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b51"
	ticket       = "XQ2K7PZJ4M6A"
)

// Every example is of its schema, with no field that nobody reads, and no operation
// that takes JSON is without one.
func TestExamplesAreOfTheirSchemas(t *testing.T) {
	doc, read := onSQLite(t).document(), 0
	for _, methods := range doc.Paths {
		for _, op := range methods {
			if op.RequestBody == nil || op.RequestBody.Content["application/json"].Schema == nil {
				continue
			}
			read++
			var body any
			dec := json.NewDecoder(strings.NewReader(string(op.RequestBody.Content["application/json"].Example)))
			dec.UseNumber()
			must(t, dec.Decode(&body))
			for _, complaint := range doc.complaints("body", op.RequestBody.Content["application/json"].Schema, body) {
				t.Errorf("the example of %s: %s", op.OperationID, complaint)
			}
		}
	}
	if n := len(written(t)); read != n {
		t.Errorf("%d operations take JSON, and %d bodies are written", read, n)
	}
}

// written are the operations that have an example, in its order.
func written(t *testing.T) (all []string) {
	t.Helper()
	file, err := os.Open("examples.json")
	must(t, err)
	defer file.Close()
	dec := json.NewDecoder(file)
	_, err = dec.Token()
	must(t, err)
	for dec.More() {
		name, err := dec.Token()
		must(t, err)
		var body json.RawMessage
		must(t, dec.Decode(&body))
		all = append(all, name.(string))
	}
	return all
}

// A story sends the examples one after the other, as they are but for identifiers and
// a ticket, which are those of what it made.
type story struct {
	*town
	doc  document
	made map[string]string // by what the examples write for it
	told []string          // operations
}

// Every example is sent, in the order in which they are written, and is done: none
// contradicts itself, and none names a version that is not there by then.
func TestExamplesAreOneStory(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		s := &story{town: w, doc: w.document(), made: map[string]string{}}
		s.settingUp()
		s.people()
		s.referring()
		s.prescribing()
		s.asking()
		s.costing()
		s.importing()
		s.researching()
		s.releasing()
		if all := written(t); !slices.Equal(s.told, all) {
			t.Errorf("sent %v\nof %v", s.told, all)
		}
	})
}

// tell sends the example of an operation to its address, with those identifiers in
// it, and demands that all of it is done.
func (s *story) tell(as, id string, at ...string) answer {
	s.T.Helper()
	var path, body string
	for p, methods := range s.doc.Paths {
		if op := methods["post"]; op.OperationID == id {
			path, body = p, string(op.RequestBody.Content["application/json"].Example)
		}
	}
	for _, one := range at {
		before, rest, _ := strings.Cut(path, "{")
		_, after, _ := strings.Cut(rest, "}")
		path = before + one + after
	}
	for wrote, is := range s.made {
		body = strings.ReplaceAll(body, wrote, is)
	}
	s.told = append(s.told, id)
	got := s.do(request{as: as, path: path, body: body})
	if got.status != http.StatusOK && got.status != http.StatusCreated || strings.HasSuffix(path, "/bulk") && strings.Contains(got.body, `"problem"`) {
		s.T.Fatalf("the example of %s is answered with %d: %s", id, got.status, got.body)
	}
	return got
}

// account is somebody's identifier.
func (s *story) account(login string) string {
	s.T.Helper()
	found, err := s.App.Login(s.T.Context(), login)
	must(s.T, err)
	return string(found.ID)
}

// item is the identifier of the first line of a list.
func (s *story) item(path string) string {
	s.T.Helper()
	all, _ := s.do(request{as: "ann", path: path}).is(200).json()["items"].([]any)
	if len(all) == 0 {
		s.T.Fatalf("%s is empty", path)
	}
	return all[0].(m)["id"].(string)
}

func (s *story) settingUp() {
	s.T.Helper()
	s.Join(app.NewUser{Login: "hal", Org: s.Ann.Org, Role: app.Practitioner, Profession: "occupational therapist", AllSchemes: true})
	s.Join(app.NewUser{Login: "meg", Org: s.Ann.Org, Role: app.Manager, AllSchemes: true})
	s.made[manager], s.made[therapist], s.made[researcher] = s.account("ann"), s.account("hal"), s.account("ed")
	s.tell("ann", "create-measure")
	s.tell("ann", "preview-measure")
	s.tell("ann", "supply-words", "who5")
	s.tell("ann", "withdraw-words", "who5")
	s.tell("ann", "set-protocol")
	s.made[garden] = s.tell("ann", "create-scheme").id()
	s.tell("ann", "change-profile", s.made[garden])
	s.tell("ann", "create-plan", s.made[garden])
	s.made[allotment] = s.tell("ann", "create-activity").id()
	s.tell("ann", "change-activity", s.made[allotment])
}

func (s *story) people() {
	s.T.Helper()
	s.made[somebody] = s.tell("ann", "create-person").id()
	s.tell("ann", "change-person", s.made[somebody])
	s.tell("ann", "find-person")
	s.tell("ann", "search-people")
	s.tell("ann", "change-care", s.made[somebody])
	s.tell("ann", "record-permission", s.made[somebody])
	_, both := s.tell("ann", "create-people").results()
	s.made[somebodyElse], s.made[theirTwin] = both[0], both[1]
	s.tell("ann", "merge-people", s.made[somebodyElse])
}

func (s *story) referring() {
	s.T.Helper()
	s.made[referred] = s.tell("ann", "create-referral").id()
	s.tell("ann", "describe-referral", s.made[referred])
	s.tell("ann", "pause-referral", s.made[referred])
	s.tell("ann", "involve-therapist", s.made[referred])
	_, all := s.tell("ann", "create-referrals").results()
	s.made[alsoReferred] = all[0]
	s.tell("ann", "hand-over")
	s.tell("ann", "end-cover", s.tell("ann", "create-cover").id())
}

func (s *story) prescribing() {
	s.T.Helper()
	s.tell("hal", "change-prescription", s.made[referred], s.tell("hal", "create-prescription").id())
	_, all := s.tell("hal", "create-prescriptions").results()
	s.made[groupPlace] = all[0]
	s.tell("hal", "save-register", s.made[garden])
	s.tell("hal", "change-contact", s.made[referred], s.tell("hal", "create-contact").id())
	_, all = s.tell("hal", "create-contacts").results()
	s.tell("hal", "withdraw-contact", s.made[alsoReferred], all[0])
}

func (s *story) asking() {
	s.T.Helper()
	s.tell("hal", "correct-assessment", s.tell("hal", "create-assessment").id())
	s.tell("hal", "create-assessment-by-reference", s.made[garden])
	_, all := s.tell("hal", "create-assessments").results()
	s.tell("hal", "answer-alert", s.item("/alerts"))
	s.tell("hal", "move-assessment", all[0])
	s.tell("hal", "withdraw-assessment", all[0])
	s.tell("hal", "undo-not-done", s.tell("hal", "create-not-done").id())
	s.tell("hal", "change-referral", s.made[referred])
}

func (s *story) costing() {
	s.T.Helper()
	s.tell("ann", "change-cost", s.tell("ann", "create-cost", s.made[garden]).id())
	s.tell("ann", "add-comparator", s.made[garden])
	s.tell("ann", "withdraw-comparator", s.made[garden])
	s.tell("ann", "record-wait-allocation", s.made[garden])
}

// file sends a spreadsheet, which is no JSON and has no example.
func (s *story) file(rows string) string {
	s.T.Helper()
	return s.do(request{as: "ann", path: "/import-files?name=scores.csv", body: rows, header: map[string]string{"Content-Type": "text/csv"}}).is(201).id()
}

func (s *story) importing() {
	s.T.Helper()
	file := s.file("Ref,Name,Scheme,Date,Stage,SWEMWBS raw,PHQ-9\n" +
		"I-1,Quincy Other,Riverside Gardne,05/01/2026,pre,20,14\nI-1,Quincy Other,Riverside Gardne,30/03/2026,post,26,9\n")
	s.tell("ann", "map-import-file", file)
	_, err := s.App.BeginImport(s.T.Context(), s.Ann, app.ImportBatch{Source: "scores.csv", FileSHA: "f", MappingSHA: "m", Mapping: "{}", File: file})
	must(s.T, err) // it stops there
	s.tell("ann", "cancel-import-file", file)
	done := s.tell("ann", "import-file", file).id()
	s.tell("ann", "close-alert-review", s.item("/alert-reviews"))
	s.tell("ann", "undo-import", done)
	s.tell("ann", "remove-import-file", s.file("Ref,Scheme,Date,SWEMWBS raw\nI-2,Riverside Garden,05/01/2026,21\n"))
}

func (s *story) researching() {
	s.T.Helper()
	from, err := scheme.ParseDay("2026-01-05")
	must(s.T, err)
	people := kit.Many("RS", 120, from)
	for i := range people {
		people[i].On, people[i].After = from, 24 // alike, so that rows of them may go out
	}
	s.Crowd(s.Ann, scheme.Scheme{ID: scheme.ID(s.made[garden])}, people...)
	project := s.tell("ann", "create-project").id()
	s.tell("meg", "decide-project", project)
	s.made[ticket], _ = s.tell("ed", "confirm-project-download", project).json()["ticket"].(string)
	s.tell("ed", "download-project", project)
	files := s.do(request{as: "ann", path: "/projects/" + project}).is(200).json()["files"].([]any)
	s.tell("ann", "note-project-copy-deleted", project, files[0].(m)["id"].(string))
	s.tell("ann", "end-project", project)
}

func (s *story) releasing() {
	s.T.Helper()
	s.tell("ann", "set-threshold")
	release := s.tell("ann", "prepare-release").id()
	s.tell("ann", "audit-release", release)
	s.tell("ann", "publish-release", release)
	s.made[council] = s.item("/commissioners")
	grant := s.tell("ann", "create-grant", release).id()
	s.tell("ann", "open-release", release)
	s.tell("ann", "revoke-grant", release, grant)
	s.tell("ann", "withdraw-release", release)
}
