package contract

import (
	"fmt"
	"net/http"
	"strings"

	"cairn/contract/client"
)

// oldScores are people of a scheme measured twice, as a service has them, and what
// is wrong with the sheet: a spelling, and a score that cannot be.
func oldScores(people int) string {
	var sheet strings.Builder
	sheet.WriteString("Ref,Name,Service,Date,Stage,SWEMWBS raw\n")
	for i := range people {
		fmt.Fprintf(&sheet, "OLD-%03d,Quincy Canary,Choir,05/01/2026,pre,%d\nOLD-%03d,Quincy Canary,Choirr,30/03/2026,post,%d\n", i, 10+i%20, i, 12+i%20)
	}
	sheet.WriteString("OLD-900,Bo Other,Choir,05/01/2026,pre,99\n")
	return sheet.String()
}

// imported sends a sheet of old scores, says how it is read, looks at what would
// become of it and at what became of it, as a program does.
func (s *service) imported(c *client.ClientWithResponses, people int) (scheme string) {
	s.t.Helper()
	t, ctx := s.t, s.t.Context()
	made, err := c.CreateSchemeWithResponse(ctx, &client.CreateSchemeParams{}, client.NewScheme{Name: "Choir", Measures: []string{"swemwbs"}, StartedOn: day(t, "2026-01-01"), Weeks: 12})
	scheme = answered(t, "create-scheme", made.JSON201, made.Body, made.StatusCode(), err).Id
	sent, err := c.SendImportFileWithBodyWithResponse(ctx, &client.SendImportFileParams{Name: ptr("old.csv")}, "text/csv", strings.NewReader(oldScores(people)))
	file := answered(t, "send-import-file", sent.JSON201, sent.Body, sent.StatusCode(), err)
	for i, v := range *file.Mapping.Schemes {
		if v.Says == "Choirr" {
			(*file.Mapping.Schemes)[i].Means = "Choir"
		}
	}
	mapped, err := c.MapImportFileWithResponse(ctx, file.Id, &client.MapImportFileParams{IdempotencyKey: ptr("map")}, client.NewMapping{Version: int(file.Version), Mapping: file.Mapping})
	read := answered(t, "map-import-file", mapped.JSON201, mapped.Body, mapped.StatusCode(), err)
	if len(read.OpenQuestions) > 0 || strings.Contains(string(mapped.Body), "Canary") {
		t.Errorf("how the file is read: %s", mapped.Body)
	}
	dry, err := c.CheckImportFileWithResponse(ctx, file.Id, &client.CheckImportFileParams{})
	if got := answered(t, "check-import-file", dry.JSON200, dry.Body, dry.StatusCode(), err); got.Outcomes["accepted"] != int64(2*people) || got.Outcomes["rejected"] != 1 || got.PairsAdded != int64(people) {
		t.Errorf("the dry run: %s", dry.Body)
	}
	waits, err := c.ProgressImportFileWithResponse(ctx, file.Id, &client.ProgressImportFileParams{})
	if got := answered(t, "progress-import-file", waits.JSON200, waits.Body, waits.StatusCode(), err); got.UnderWay || got.RowsRead != 0 {
		t.Errorf("before it is brought in: %s", waits.Body)
	}
	stopped, err := c.CancelImportFileWithResponse(ctx, file.Id, &client.CancelImportFileParams{}, client.None{})
	answered(t, "cancel-import-file, with nothing to cancel", stopped.ApplicationproblemJSON409, stopped.Body, stopped.StatusCode(), err)
	stale, err := c.ImportFileWithResponse(ctx, file.Id, &client.ImportFileParams{}, client.BringIn{Version: int(file.Version)})
	answered(t, "import-file, by another mapping", stale.ApplicationproblemJSON409, stale.Body, stale.StatusCode(), err)
	done, err := c.ImportFileWithResponse(ctx, file.Id, &client.ImportFileParams{}, client.BringIn{Version: int(read.Version)})
	batch := answered(t, "import-file", done.JSON201, done.Body, done.StatusCode(), err)
	if batch.Added != int64(2*people) || batch.State != client.BroughtStatePublished || done.HTTPResponse.Header.Get("Location") != "/api/v1/imports/"+batch.Id {
		t.Errorf("brought in: %s", done.Body)
	}
	late, err := c.CancelImportFileWithResponse(ctx, file.Id, &client.CancelImportFileParams{}, client.None{})
	answered(t, "cancel-import-file, too late", late.ApplicationproblemJSON409, late.Body, late.StatusCode(), err)
	s.accounted(c, batch.Id, 2*people+1)
	return scheme
}

// accounted reads what became of each row of an import, page by page and as files.
func (s *service) accounted(c *client.ClientWithResponses, batch string, rows int) {
	s.t.Helper()
	t, ctx, seen := s.t, s.t.Context(), 0
	ask := &client.ListImportRowsParams{Limit: ptr(int64(30))}
	for more := true; more; more = ask.After != nil {
		page, err := c.ListImportRowsWithResponse(ctx, batch, ask)
		found := answered(t, "list-import-rows", page.JSON200, page.Body, page.StatusCode(), err)
		seen += len(found.Items)
		ask.After = found.Next
	}
	if seen != rows {
		t.Errorf("%d rows are accounted for of %d", seen, rows)
	}
	bad, err := c.ListImportRowsWithResponse(ctx, batch, &client.ListImportRowsParams{Outcome: ptr(client.ListImportRowsParamsOutcomeRejected)})
	if got := answered(t, "list-import-rows, rejected", bad.JSON200, bad.Body, bad.StatusCode(), err); len(got.Items) != 1 || got.Items[0].Line != int64(rows+1) {
		t.Errorf("rejected: %s", bad.Body)
	}
	report, err := c.ReportImportWithResponse(ctx, batch)
	must(t, err)
	rejects, err := c.RejectsImportWithResponse(ctx, batch, &client.RejectsImportParams{})
	must(t, err)
	if strings.Count(string(report.Body), "\n") != rows+1 || !strings.Contains(string(rejects.Body), "OLD-900,Choir,05/01/2026,pre,99,") || strings.Contains(string(rejects.Body), "Other") {
		t.Errorf("report %d: %.200s\nrejects %d: %s", report.StatusCode(), report.Body, rejects.StatusCode(), rejects.Body)
	}
}

// undone sends a file like the newest import, deletes it, and takes that import
// back.
func (s *service) undone(c *client.ClientWithResponses) {
	s.t.Helper()
	t, ctx := s.t, s.t.Context()
	all, err := c.ListImportsWithResponse(ctx, &client.ListImportsParams{})
	newest := answered(t, "list-imports", all.JSON200, all.Body, all.StatusCode(), err).Items[0]
	again, err := c.SendImportFileWithBodyWithResponse(ctx, &client.SendImportFileParams{}, "text/csv", strings.NewReader(oldScores(2)))
	file := answered(t, "send-import-file", again.JSON201, again.Body, again.StatusCode(), err)
	if file.Like == nil || *file.Like != newest.Id {
		t.Errorf("a file of the same columns: %s", again.Body)
	}
	gone, err := c.RemoveImportFileWithResponse(ctx, file.Id, &client.RemoveImportFileParams{}, client.BringIn{Version: int(file.Version)})
	answered(t, "remove-import-file", gone.JSON201, gone.Body, gone.StatusCode(), err)
	missing, err := c.GetImportFileWithResponse(ctx, file.Id, &client.GetImportFileParams{})
	if answered(t, "get-import-file, removed", missing.ApplicationproblemJSON404, missing.Body, missing.StatusCode(), err); missing.StatusCode() != http.StatusNotFound {
		t.Errorf("a removed file: %s", missing.Body)
	}
	back, err := c.UndoImportWithResponse(ctx, newest.Id, &client.UndoImportParams{IdempotencyKey: ptr("undo")}, client.ImportUndo{Reason: "The wrong file"})
	if got := answered(t, "undo-import", back.JSON201, back.Body, back.StatusCode(), err); got.State != client.BroughtStateUndone {
		t.Errorf("undone: %s", back.Body)
	}
}
