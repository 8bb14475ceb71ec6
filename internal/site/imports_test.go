package site_test

import (
	"net/http"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// A sheet as a service has it, with what is wrong with it.
const oldSheet = "Ref,Name,Service,Date,Stage,SWEMWBS,Notes\n" +
	"S-1,Quincy Canary,Garden,05/01/2026,pre,20,sang again\nS-1,Quincy Canary,Garden,30/03/2026,post,26,\n" +
	"S-2,Ann Other,Gardne,05/01/2026,pre,19,\nS-3,Bo Other,Garden,31/02/2026,pre,19,\nS-4,Cy Other,Garden,06/01/2026,sometime,22,\n"

// stoppedImport begins the import of a file, and leaves it.
func stoppedImport(t *testing.T, w *town, file string) {
	t.Helper()
	f, err := w.App.ImportFile(t.Context(), w.Ann, file)
	must(t, err)
	_, err = w.App.BeginImport(t.Context(), w.Ann, app.ImportBatch{Source: f.Name, FileSHA: f.SHA, MappingSHA: "m", Mapping: "{}", File: f.ID})
	must(t, err)
}

// A manager brings a file in step by step, corrects what was not taken, and takes
// it back; nobody else finds the pages, and no name is on any of them.
func TestImportPages(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ann, bo, cy := w.signedIn("ann"), w.signedIn("bo"), w.signedIn("cy")
		bo.get("/imports").is(http.StatusForbidden)
		bo.get("/caseload").silent(`href="/imports"`)
		w.Join(app.NewUser{Login: "some", Org: w.Ann.Org, Role: app.Manager, Schemes: []scheme.ID{w.Garden.ID}})
		some := w.signedIn("some")
		some.get("/imports").is(http.StatusForbidden).says("You see some schemes only", "Ask a manager who sees all schemes")
		some.get("/caseload").is(http.StatusOK).silent(`href="/imports"`)
		ann.get("/imports").is(http.StatusOK).says("Nothing yet.", "Bring in a spreadsheet")
		ann.post("/imports/new", form{}).is(http.StatusBadRequest)
		ann.send("/imports/new", form{}, "file", "").is(http.StatusUnprocessableEntity).says("There is a problem", "The file is empty.")
		ann.send("/imports/new", form{}, "file", "\xd0\xcf\x11\xe0").is(http.StatusUnprocessableEntity).says("save it as “Excel Workbook (.xlsx)”")
		ann.send("/imports/new", form{}, "other", oldSheet).is(http.StatusUnprocessableEntity).says("Choose a file.")
		ann.send("/imports/new", form{}, "file", strings.Repeat("x", 51<<20)).is(http.StatusRequestEntityTooLarge).says("more than 50 MB")
		if got := w.Cells("SELECT COUNT(*) FROM import_files"); got[0] != "0" {
			t.Errorf("%s refused files are kept", got[0])
		}

		columns := ann.send("/imports/new", form{}, "file", oldSheet).is(http.StatusOK).
			says("What the columns are", "5 columns are read", "It seems to say who somebody is", "It seems to hold people’s own words", "SWEMWBS (raw total)").silent("Canary", "sang again")
		file := columns.at
		cy.get(file).is(http.StatusNotFound)
		ann.get("/imports").says("Not finished", "scores.csv")

		ann.get(file+"/columns/0/4").is(http.StatusOK).says("Whether a score is before or after", "Stage")
		ann.get(file + "/columns/0/99").is(http.StatusNotFound)
		ann.fill(file+"/columns/0/0", form{"takes": "nothing"}).is(http.StatusUnprocessableEntity).says("has 0 columns of references")
		ann.fill(file+"/columns/0/6", form{"takes": "nothing"}).is(http.StatusOK).says("somebody said so")
		ann.post(file+"/columns/0/6", form{"takes": "nothing", "version": "1"}).is(http.StatusConflict).says("changed after you opened it")

		ann.get(file+"/questions").is(http.StatusOK).says("Which score is in the columns of SWEMWBS?", "100% of the numbers are scores of it", "How are dates of numbers written?", "Rows that name no scheme")
		ann.fill(file+"/questions", form{"question-1": "swemwbs-raw", "dates": "sideways", "scheme": ""}).is(http.StatusUnprocessableEntity).says("There is a problem", "The mapping's dates are “sideways”")
		words := ann.fill(file+"/questions", form{"question-1": "swemwbs-raw", "dates": "day-month-year", "scheme": ""}).is(http.StatusOK)
		words.says("Words that are not known here", "Gardne", "sometime").silent("Canary")
		check := ann.fill(file+"/words", form{"scheme-2": "Garden", "occasion-3": ""}).is(http.StatusOK)
		check.says("3 of 5 rows would be taken whole", "Line 5", "There is no such date", "Line 6", "occasion is not known", "New pairs", "Bring in 3 scores").silent("Canary", "S-4")
		if said := ann.get(file + "/report").is(http.StatusOK).source; !strings.Contains(said, "5,rejected,") || strings.Contains(said, "Canary") {
			t.Errorf("%s", said)
		}
		if said := ann.get(file + "/rejects/0").is(http.StatusOK).source; !strings.Contains(said, "S-3,Garden,31/02/2026,pre,19,5,rejected") || strings.Contains(said, "Other") {
			t.Errorf("%s", said)
		}
		ann.get(file + "/rejects/7").is(http.StatusNotFound)
		ann.post(file+"/check", form{"version": "1"}).is(http.StatusConflict).says("changed after you looked at it")
		ann.get(file+"/progress").is(http.StatusOK).says("It is not being brought in now", "Go on with it").silent("Cancel the import")
		cy.get(file + "/progress").is(http.StatusNotFound)
		ann.post(file+"/cancel", form{}).is(http.StatusConflict).says("there is nothing to cancel")
		stoppedImport(t, w, strings.TrimPrefix(file, "/imports/files/"))
		ann.get(file+"/progress").is(http.StatusOK).says("It is not being brought in now", "Cancel the import")
		ann.post(file+"/cancel", form{}).is(http.StatusOK).says("The import is cancelled", "scores.csv")
		done := ann.fill(file+"/check", form{}).is(http.StatusOK).says("The scores are in.", "3 scores added", "2 people are new here", "2 rows were not taken whole", "Rows to correct")
		batch := strings.SplitN(done.at, "?", 2)[0]
		rejects := ann.get(batch + "/rejects/0").is(http.StatusOK).source
		if !strings.Contains(rejects, "31/02/2026") || strings.Contains(rejects, "Other") {
			t.Errorf("%s", rejects)
		}
		if said := ann.get(batch + "/report").is(http.StatusOK).source; !strings.Contains(said, "line,outcome,reason,sheet\n2,accepted,") {
			t.Errorf("%s", said)
		}
		ann.get(file + "/rejects/0").is(http.StatusConflict).says("brought in already")
		if on := ann.get(file + "/check").is(http.StatusOK).at; on != batch {
			t.Errorf("a file that is in leads to %s", on)
		}
		if on := ann.get(file + "/progress").is(http.StatusOK).at; on != batch {
			t.Errorf("how far a file is that is in leads to %s", on)
		}
		ann.post(file+"/cancel", form{}).is(http.StatusConflict).says("published")
		if on := ann.post(file+"/check", form{"version": "1"}).is(http.StatusOK).at; !strings.HasPrefix(on, batch) {
			t.Errorf("pressed again it leads to %s", on)
		}
		ann.get("/imports").says("scores.csv", "3 scores added").silent("Not finished", "First page")
		ann.get("/imports?after="+strings.TrimPrefix(batch, "/imports/")).says("Nothing older.", "First page").silent("scores.csv")
		cy.get(batch).is(http.StatusNotFound)

		mended := strings.NewReplacer("31/02", "03/02", "sometime", "pre").Replace(rejects)
		again := ann.send("/imports/new", form{}, "file", mended).is(http.StatusOK).says("A file with the same columns came in before", "5 columns are read")
		ann.fill(again.at+"/check", form{}).is(http.StatusOK).says("2 scores added").silent("not taken whole")

		same := ann.send("/imports/new", form{}, "file", strings.Replace(oldSheet, "20,sang", "20,rang", 1)+"S-1,,Garden,30/03/2026,post,27,\n").is(http.StatusOK)
		ann.get(same.at+"/check").is(http.StatusOK).says("Here already", "nothing is added or changed", "1 with a pair already, by what is here").silent("Bring in 3 scores")
		ann.post(same.at+"/forget", form{}).is(http.StatusOK)
		ann.post(batch, form{"reason": ""}).is(http.StatusUnprocessableEntity).says("Say why")
		one := w.Cells("SELECT id FROM assessments WHERE batch = '" + strings.TrimPrefix(batch, "/imports/") + "' ORDER BY id")[0]
		_, err := w.App.WithdrawAssessment(t.Context(), w.Ann, app.Withdrawal{Assessment: scheme.AssessmentID(one), Version: 1, Reason: "not hers"})
		must(t, err)
		ann.post(batch, form{"reason": "the <wrong> file"}).is(http.StatusOK).says("The import is undone.", "2 scores were withdrawn", "1 that it had added was withdrawn by somebody before, and is left as it was", "1 referral that it had made stays, because", "is in no list and no figure any more", "the <wrong> file").silent("Undo this import", "here before")

		left := cy.send("/imports/new", form{}, "file", "Ref,Date,SWEMWBS\nL-1,05/01/2026,20\nL-2,05/01/2026,25\nL-3,05/01/2026,30\n").is(http.StatusOK).at
		cy.get(left + "/check").is(http.StatusOK).says("Bring in 3 scores")
		cy.fill(left+"/questions", form{"question-1": "swemwbs-raw", "dates": "day-month-year", "scheme": ""}).is(http.StatusOK).says("0 of 3 rows would be taken whole").silent("Bring in")
		cy.fill(left+"/questions", form{"question-1": "unknown", "dates": "day-month-year", "scheme": "Walk"}).is(http.StatusOK).says("0 of 3 rows would be taken whole", "nobody said which score").silent("Bring in")
		cy.fill(left+"/questions", form{"question-1": "swemwbs-raw", "dates": "day-month-year", "scheme": "Walk"}).is(http.StatusOK).says("Bring in 3 scores")
		thrown := ann.send("/imports/new", form{}, "file", oldSheet).is(http.StatusOK)
		ann.post(thrown.at+"/forget", form{}).is(http.StatusOK).says("The file is deleted.")
		ann.get(thrown.at).is(http.StatusNotFound)
	})
}
