package contract

import (
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

// rowsForResearch asks for rows, has them approved and types the password for them;
// a scheme of few people then has no file, and says why.
func (s *service) rowsForResearch(ann *client.ClientWithResponses, scheme string) {
	s.t.Helper()
	t, ctx, ed := s.t, s.t.Context(), s.joins("ed@riverside.example", "researcher")
	choices, err := ed.ListProjectsWithResponse(ctx, &client.ListProjectsParams{})
	named := answered(t, "list-projects", choices.JSON200, choices.Body, choices.StatusCode(), err).Researchers
	asked, err := ed.CreateProjectWithResponse(ctx, &client.CreateProjectParams{IdempotencyKey: ptr("study")}, client.NewProject{
		Name: "Gardens", Purpose: "Whether gardening changes wellbeing within twelve weeks.", Schemes: []string{scheme},
		Users: []string{named[0].Id}, Traits: &[]client.NewProjectTraits{client.NewProjectTraitsQuarter}, Until: openapi.Date{Time: time.Now().AddDate(0, 1, 0)},
	})
	project := answered(t, "create-project", asked.JSON201, asked.Body, asked.StatusCode(), err)
	early, err := ed.ConfirmProjectDownloadWithResponse(ctx, project.Id, client.Password{Password: password})
	answered(t, "confirm-project-download, not approved", early.ApplicationproblemJSON409, early.Body, early.StatusCode(), err)
	decided, err := ann.DecideProjectWithResponse(ctx, project.Id, &client.DecideProjectParams{}, client.DecidedProject{Version: int(project.Version), Decision: client.Approve})
	answered(t, "decide-project", decided.JSON201, decided.Body, decided.StatusCode(), err)
	checked, err := ann.CheckProjectWithResponse(ctx, project.Id, &client.CheckProjectParams{})
	if got := answered(t, "check-project", checked.JSON200, checked.Body, checked.StatusCode(), err); got.Refused == nil || *got.Refused != client.Small {
		t.Errorf("a file of few people: %s", checked.Body)
	}
	wrong, err := ed.ConfirmProjectDownloadWithResponse(ctx, project.Id, client.Password{Password: "wrong"})
	answered(t, "confirm-project-download, wrong", wrong.ApplicationproblemJSON403, wrong.Body, wrong.StatusCode(), err)
	typed, err := ed.ConfirmProjectDownloadWithResponse(ctx, project.Id, client.Password{Password: password})
	ticket := answered(t, "confirm-project-download", typed.JSON200, typed.Body, typed.StatusCode(), err)
	file, err := ed.DownloadProjectWithResponse(ctx, project.Id, client.Taking{Ticket: ticket.Ticket})
	if said := answered(t, "download-project", file.ApplicationproblemJSON409, file.Body, file.StatusCode(), err); !strings.HasSuffix(said.Type, "/project.unsafe") {
		t.Errorf("no file of few people: %s", file.Body)
	}
}
