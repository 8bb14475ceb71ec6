package contract

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"strings"
	"time"

	openapi "github.com/oapi-codegen/runtime/types"

	"cairn/contract/client"
)

const password = "kettle orbit lantern"

// joins gives somebody an account and is the client of their programs.
func (s *service) joins(login, role string) *client.ClientWithResponses {
	s.t.Helper()
	s.cairn(password+"\n", "user", "add", login, "--organisation", "Riverside", "--role", role, "--all-schemes", "--password-file", "-")
	return s.as(strings.TrimSpace(s.cairn("", "user", "token", login)))
}

// asksForRows is an approved project of ed's about a scheme.
func (s *service) asksForRows(ann, ed *client.ClientWithResponses, scheme string) *client.Project {
	s.t.Helper()
	t, ctx := s.t, s.t.Context()
	choices, err := ed.ListProjectsWithResponse(ctx, &client.ListProjectsParams{})
	named := answered(t, "list-projects", choices.JSON200, choices.Body, choices.StatusCode(), err).Researchers
	asked, err := ed.CreateProjectWithResponse(ctx, &client.CreateProjectParams{IdempotencyKey: &scheme}, client.NewProject{
		Name: "Gardens", Purpose: "Whether gardening changes wellbeing within twelve weeks.", Schemes: []string{scheme},
		Users: []string{named[0].Id}, Traits: &[]client.NewProjectTraits{client.NewProjectTraitsQuarter}, Until: openapi.Date{Time: time.Now().AddDate(0, 1, 0)},
	})
	project := answered(t, "create-project", asked.JSON201, asked.Body, asked.StatusCode(), err)
	early, err := ed.ConfirmProjectDownloadWithResponse(ctx, project.Id, client.Password{Password: password})
	answered(t, "confirm-project-download, not approved", early.ApplicationproblemJSON409, early.Body, early.StatusCode(), err)
	decided, err := ann.DecideProjectWithResponse(ctx, project.Id, &client.DecideProjectParams{}, client.DecidedProject{Version: int(project.Version), Decision: client.Approve})
	return answered(t, "decide-project", decided.JSON201, decided.Body, decided.StatusCode(), err)
}

// ticket types the password for a download.
func (s *service) ticket(ed *client.ClientWithResponses, project string) client.Taking {
	s.t.Helper()
	typed, err := ed.ConfirmProjectDownloadWithResponse(s.t.Context(), project, client.Password{Password: password})
	return client.Taking{Ticket: answered(s.t, "confirm-project-download", typed.JSON200, typed.Body, typed.StatusCode(), err).Ticket}
}

// fileForResearch takes the rows of a scheme: one file for one ticket, the one in
// the log.
func (s *service) fileForResearch(ann, ed *client.ClientWithResponses, scheme string) {
	s.t.Helper()
	t, ctx := s.t, s.t.Context()
	project := s.asksForRows(ann, ed, scheme).Id
	ticket := s.ticket(ed, project)
	file, err := ed.DownloadProjectWithResponse(ctx, project, ticket)
	must(t, err)
	sum := sha256.Sum256(file.Body)
	if got := file.HTTPResponse.Header; file.StatusCode() != http.StatusOK || got.Get("Content-Type") != "application/zip" || got.Get("Repr-Digest") != "sha-256=:"+base64.StdEncoding.EncodeToString(sum[:])+":" {
		t.Fatalf("the file: %d %v %.300s", file.StatusCode(), got, file.Body)
	}
	twice, err := ed.DownloadProjectWithResponse(ctx, project, ticket)
	answered(t, "download-project, again", twice.ApplicationproblemJSON409, twice.Body, twice.StatusCode(), err)
	log, err := ann.GetProjectWithResponse(ctx, project, &client.GetProjectParams{})
	sent := *answered(t, "get-project", log.JSON200, log.Body, log.StatusCode(), err).Files
	if len(sent) != 1 || sent[0].Sha256 != hex.EncodeToString(sum[:]) || sent[0].People < 10 {
		t.Fatalf("the log: %s", log.Body)
	}
	noted, err := ann.NoteProjectCopyDeletedWithResponse(ctx, project, sent[0].Id, &client.NoteProjectCopyDeletedParams{}, client.None{})
	answered(t, "note-project-copy-deleted", noted.JSON201, noted.Body, noted.StatusCode(), err)
}

// rowsForResearch asks for rows, has them approved and types the password for them;
// a scheme of few people then has no file, and says why.
func (s *service) rowsForResearch(ann, ed *client.ClientWithResponses, scheme string) {
	s.t.Helper()
	t, ctx := s.t, s.t.Context()
	project := s.asksForRows(ann, ed, scheme)
	checked, err := ann.CheckProjectWithResponse(ctx, project.Id, &client.CheckProjectParams{})
	if got := answered(t, "check-project", checked.JSON200, checked.Body, checked.StatusCode(), err); got.Refused == nil || *got.Refused != client.Small {
		t.Errorf("a file of few people: %s", checked.Body)
	}
	wrong, err := ed.ConfirmProjectDownloadWithResponse(ctx, project.Id, client.Password{Password: "wrong"})
	answered(t, "confirm-project-download, wrong", wrong.ApplicationproblemJSON403, wrong.Body, wrong.StatusCode(), err)
	file, err := ed.DownloadProjectWithResponse(ctx, project.Id, s.ticket(ed, project.Id))
	if said := answered(t, "download-project", file.ApplicationproblemJSON409, file.Body, file.StatusCode(), err); !strings.HasSuffix(said.Type, "/project.unsafe") {
		t.Errorf("no file of few people: %s", file.Body)
	}
}
