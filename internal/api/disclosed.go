package api

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"cairn/internal/app"
	"cairn/internal/disclosure"
	"cairn/internal/server"
)

// exact is said of what only the people of a service see.
const exact = "Who sees it: practitioners and managers, of the schemes that are theirs. Nothing is rounded and no small number is hidden, so it is not for publication; whoever commissions is refused here and reads releases."

// rows is said of what is downloaded.
const rows = "Who may take it: managers. It has a row for each person, exact and under a pseudonym, and is never for publication: what may be published is a release."

// covered is said of rows for research.
const covered = "Who may: researchers whom an approved project names. Its rows are under pseudonyms made for the project, and what they say of people is made coarse or hidden until each description fits as many as the project says. They are personal data all the same, and never for publication."

// disclosed adds to the description who sees which numbers, and how those that
// leave a service come about: to each operation by its right and by what it answers
// with, so that none can be forgotten.
func disclosed(api *huma.OpenAPI) error {
	schemas := api.Components.Schemas
	for name, meaning := range disclosure.Meanings() {
		s := schemas.Map()["Shown"+name]
		if s == nil {
			return fmt.Errorf("api: there is no schema Shown%s", name)
		}
		s.Description = meaning
	}
	for _, path := range api.Paths {
		for _, op := range []*huma.Operation{path.Get, path.Post} {
			if op == nil {
				continue
			}
			if rule := ruleOf(op, schemas); rule != "" {
				op.Description = strings.TrimSpace(op.Description + "\n\n" + rule)
			}
		}
	}
	return nil
}

// ruleOf is what must be said of the numbers of an operation.
func ruleOf(op *huma.Operation, schemas huma.Registry) string {
	policy, _ := op.Metadata[policyKey].(server.Policy)
	switch {
	case policy.Right == app.SeeEvidence:
		return exact
	case policy.Right == app.ExportData:
		return rows
	case policy.Right == app.TakeProjects:
		return covered
	case policy.Right == app.ReadGranted, policy.Right == server.SignedIn, shows(op, schemas):
		return "Numbers that may leave a service. " + disclosure.Rules()
	}
	return ""
}

// shows reports whether an answer of the operation has numbers that passed
// disclosure control.
func shows(op *huma.Operation, schemas huma.Registry) bool {
	seen := map[string]bool{}
	var reaches func(*huma.Schema) bool
	reaches = func(s *huma.Schema) bool {
		switch {
		case s == nil || s.Ref != "" && seen[s.Ref]:
			return false
		case s.Ref != "":
			seen[s.Ref] = true
			return strings.HasSuffix(s.Ref, "/ShownCount") || reaches(schemas.SchemaFromRef(s.Ref))
		}
		return reaches(s.Items) || slices.ContainsFunc(s.AnyOf, reaches) || slices.ContainsFunc(slices.Collect(maps.Values(s.Properties)), reaches)
	}
	for _, answer := range op.Responses {
		for _, media := range answer.Content {
			if reaches(media.Schema) {
				return true
			}
		}
	}
	return false
}
