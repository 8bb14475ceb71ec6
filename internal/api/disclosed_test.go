package api_test

import (
	"net/http"
	"strings"
	"testing"

	"cairn/internal/app"
)

// The description says of every operation with figures who sees them, and of those
// for others how small numbers are kept back.
func TestDisclosureRulesAreDescribed(t *testing.T) {
	w := onSQLite(t)
	paths := w.do(request{path: "/openapi.json"}).is(200).json()["paths"].(m)
	said := func(route string) string {
		get, _ := paths[route].(m)[strings.ToLower(http.MethodGet)].(m)
		about, _ := get["description"].(string)
		return about
	}
	exact := 0
	for _, row := range w.server.Policies() {
		path, isAPI := strings.CutPrefix(row.Path, "/api/v1")
		if !isAPI || row.Method != http.MethodGet || row.Right != app.SeeEvidence {
			continue
		}
		exact++
		if about := said(strings.NewReplacer(":id", "{id}", ":figure", "{figure}").Replace(path)); !strings.Contains(about, "not for publication") {
			t.Errorf("%s does not say who sees it: %q", path, about)
		}
	}
	taken, _ := paths["/projects/{id}/file"].(m)["post"].(m)["description"].(string)
	if !strings.Contains(taken, "personal data all the same, and never for publication") {
		t.Errorf("a file for research does not say who may have it: %q", taken)
	}
	if exact < 4 {
		t.Errorf("only %d operations were looked at", exact)
	}
	for route, wanted := range map[string]bool{
		"/releases/{id}/figures": true, "/granted-releases/{id}": true, "/granted-comparison": true, "/people": false, "/schemes/{id}/evidence": false,
	} {
		if about := said(route); strings.Contains(about, "Fewer than 10 people, none included, are never shown") != wanted {
			t.Errorf("%s says %q", route, about)
		}
	}
}
