package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// importProbes ask for files that wait, which are their sender's, and for imports.
func importProbes() map[string]probe {
	file := func(rest string) func(place) string {
		return func(p place) string { return "/import-files/" + p.file + rest }
	}
	in := func(rest string) func(place) string {
		return func(p place) string { return "/imports/" + p.imported + rest }
	}
	return map[string]probe{
		"GET /imports":                        {right: "imports.make", open: true, path: func(place) string { return "/imports" }},
		"GET /imports/:id":                    {right: "imports.make", path: in("")},
		"GET /imports/:id/rows":               {right: "imports.make", path: in("/rows")},
		"GET /imports/:id/report":             {right: "imports.make", path: in("/report")},
		"GET /imports/:id/rejects":            {right: "imports.make", path: in("/rejects")},
		"GET /import-files":                   {right: "imports.make", open: true, path: func(place) string { return "/import-files" }},
		"GET /import-files/:id":               {right: "imports.make", path: file("")},
		"GET /import-files/:id/check":         {right: "imports.make", path: file("/check")},
		"GET /import-files/:id/progress":      {right: "imports.make", path: file("/progress")},
		"POST /import-files/:id/cancellation": {right: "imports.make", ok: http.StatusConflict, path: file("/cancellation"), body: func(place, int) m { return m{} }},
		"GET /import-files/:id/report":        {right: "imports.make", path: file("/report")},
		"GET /import-files/:id/rejects":       {right: "imports.make", path: file("/rejects")},
		"POST /import-files": {right: "imports.make", open: true, ok: http.StatusUnprocessableEntity, media: "text/csv", path: func(place) string { return "/import-files" }, body: func(place, int) m {
			return m{} // no table
		}},
		"POST /imports/:id/undoing": {right: "imports.make", ok: http.StatusUnprocessableEntity, path: in("/undoing"), body: func(place, int) m {
			return m{"reason": ""}
		}},
		"POST /import-files/:id/mapping": {right: "imports.make", ok: http.StatusUnprocessableEntity, path: file("/mapping"), body: func(place, int) m {
			return m{"version": 1, "mapping": m{ // it reads nothing
				"cairn_mapping": 1, "source": "", "fingerprint": "", "dates": "day-month-year", "sheets": []m{}, "scheme": "",
				"schemes": []m{}, "activities": []m{}, "occasions": []m{}, "measures": []m{}, "questions": []m{},
			}}
		}},
		"POST /import-files/:id/import": {right: "imports.make", ok: http.StatusConflict, path: file("/import"), body: func(place, int) m {
			return m{"version": 99}
		}},
		"POST /import-files/:id/removal": {right: "imports.make", ok: http.StatusConflict, path: file("/removal"), body: func(place, int) m {
			return m{"version": 99}
		}},
	}
}

// A program sends a file, says how it is read, checks it, brings it in, reads what
// became of every row and takes it back, as the pages do.
func TestImportOperations(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		csv := map[string]string{"Content-Type": "text/csv"}
		sheet := "Ref,Name,Scheme,Date,Stage,SWEMWBS raw\nI-1,Quincy Canary,Garden,05/01/2026,pre,20\nI-1,Quincy Canary,Garden,30/03/2026,post,26\nI-2,Bo Other,Gardne,05/01/2026,pre,19\nI-3,Cy Other,Garden,05/01/2026,pre,99\n"
		w.Join(app.NewUser{Login: "some", Org: w.Ann.Org, Role: app.Manager, Schemes: []scheme.ID{w.Garden.ID}})
		if said := w.do(request{as: "some", path: "/import-files?name=old.csv", body: sheet, header: csv}).is(http.StatusForbidden); !strings.Contains(said.body, "Ask a manager who sees all schemes") {
			t.Errorf("a manager of some schemes: %s", said.body)
		}
		w.do(request{as: "ann", path: "/import-files", body: "\xd0\xcf\x11\xe0", header: csv}).is(http.StatusUnprocessableEntity)
		w.do(request{as: "ann", path: "/import-files?colour=red", body: sheet, header: csv}).is(http.StatusUnprocessableEntity)
		sent := w.do(request{as: "ann", path: "/import-files?name=old.csv", body: sheet, header: csv}).is(http.StatusCreated)
		if strings.Contains(sent.body, "Canary") || !strings.Contains(sent.body, `"takes":"identity"`) {
			t.Errorf("%s", sent.body)
		}
		at := "/import-files/" + sent.id()
		if again := w.do(request{as: "ann", path: "/import-files?name=old.csv", body: sheet, header: csv}).is(http.StatusCreated); again.id() != sent.id() {
			t.Errorf("sent twice it is %s and %s", sent.id(), again.id())
		}
		var f struct {
			Version int
			Mapping m
		}
		must(t, json.Unmarshal([]byte(sent.body), &f))
		for _, v := range f.Mapping["schemes"].([]any) {
			if v := v.(m); v["says"] == "Gardne" {
				v["means"] = "Garden"
			}
		}
		w.do(request{as: "ann", path: at + "/mapping", body: m{"version": 99, "mapping": f.Mapping}}).is(http.StatusConflict)
		w.do(request{as: "ann", path: at + "/mapping", body: m{"version": f.Version, "mapping": m{}}}).is(http.StatusUnprocessableEntity)
		column := f.Mapping["sheets"].([]any)[0].(m)["columns"].([]any)[5].(m)
		stage, service := f.Mapping["occasions"].([]any)[0].(m), f.Mapping["schemes"].([]any)[0].(m)
		for place, one := range map[string]struct {
			of     m
			key    string
			put    any
			before any
		}{
			"occasions[0].means":        {stage, "means", "banana", stage["means"]},
			"occasions[0] of":           {stage, "means", strings.Repeat("x", 3000), stage["means"]},
			"schemes[0].means":          {service, "means", "Brand\nnew", service["means"]},
			"sheets[0].columns[5].occ":  {column, "occasion", "day--5", ""},
			"sheets[0].columns[5] of t": {column, "time", 100, 0},
		} {
			one.of[one.key] = one.put
			if said := w.do(request{as: "ann", path: at + "/mapping", body: m{"version": f.Version, "mapping": f.Mapping}}).is(http.StatusUnprocessableEntity); !strings.Contains(said.body, place) || !strings.Contains(said.body, "mapping.invalid") {
				t.Errorf("%s: %s", place, said.body)
			}
			one.of[one.key] = one.before
		}
		f.Mapping["cairn_mapping"] = 2
		if said := w.do(request{as: "ann", path: at + "/mapping", body: m{"version": f.Version, "mapping": f.Mapping}}).is(http.StatusUnprocessableEntity); !strings.Contains(said.body, "This mapping is of form 2, and 1 is read.") {
			t.Errorf("another form: %s", said.body)
		}
		f.Mapping["cairn_mapping"] = 1
		service["means"] = "=Brand new"
		could := w.do(request{as: "ann", path: at + "/mapping", body: m{"version": f.Version, "mapping": f.Mapping}}).is(http.StatusCreated)
		if said := w.do(request{as: "ann", path: at + "/check"}).is(http.StatusOK); !strings.Contains(said.body, `"new_schemes":["=Brand new"]`) {
			t.Errorf("%s", said.body)
		}
		must(t, json.Unmarshal([]byte(could.body), &f))
		for _, v := range f.Mapping["schemes"].([]any) {
			if v := v.(m); v["says"] == "Garden" {
				v["means"] = "Garden"
			}
		}
		mapped := w.do(request{as: "ann", path: at + "/mapping", body: m{"version": f.Version, "mapping": f.Mapping}, key: "map"}).is(http.StatusCreated)
		check := w.do(request{as: "ann", path: at + "/check"}).is(http.StatusOK)
		for _, want := range []string{`"rows":4`, `"accepted":3`, `"rejected":1`, `"review":0`, `"pairs_added":1,"not_paired":{"paired_already":0,"one_score":1,"some_without_date":0,"day_in_month":0}`, `"here_already":0`, `"new_schemes":[]`, `"referred_only":0`, `"other_order":0`, `"hidden_sheets":0`, `"hidden_rows":0`} {
			if !strings.Contains(check.body, want) {
				t.Errorf("%s is not in %s", want, check.body)
			}
		}
		if got := w.do(request{as: "ann", path: at + "/rejects?sheet=0"}).is(http.StatusOK); !strings.Contains(got.body, "I-3,Garden,05/01/2026,pre,99,5,rejected") || strings.Contains(got.body, "Other") {
			t.Errorf("%s", got.body)
		}
		w.do(request{as: "ann", path: at + "/rejects?sheet=7"}).is(http.StatusNotFound)
		must(t, json.Unmarshal([]byte(mapped.body), &f))
		if far := w.do(request{as: "ann", path: at + "/progress"}).is(http.StatusOK); !strings.Contains(far.body, `"under_way":false,"rows_read":0`) {
			t.Errorf("%s", far.body)
		}
		w.do(request{as: "ann", path: at + "/cancellation", body: m{}}).is(http.StatusConflict) // nothing is there to cancel
		done := w.do(request{as: "ann", path: at + "/import", body: m{"version": f.Version}}).is(http.StatusCreated)
		w.do(request{as: "ann", path: at + "/cancellation", body: m{}}).is(http.StatusConflict)
		w.do(request{as: "ann", path: at + "/progress"}).is(http.StatusConflict)
		twice := w.do(request{as: "ann", path: at + "/import", body: m{"version": f.Version}}).is(http.StatusCreated)
		if done.body != twice.body || !strings.Contains(done.body, `"added":3`) {
			t.Errorf("%s\n%s", done.body, twice.body)
		}
		w.do(request{as: "ann", path: at}).is(http.StatusConflict)
		in := strings.TrimPrefix(done.header.Get("Location"), "/api/v1")
		if rows := w.do(request{as: "ann", path: in + "/rows?after=2"}).is(http.StatusOK); !strings.Contains(rows.body, `"line":5,"outcome":"rejected"`) || strings.Contains(rows.body, `"line":4`) {
			t.Errorf("%s", rows.body)
		}
		first := w.do(request{as: "ann", path: in + "/rows?outcome=accepted&limit=2"}).is(http.StatusOK).json()
		rest := w.do(request{as: "ann", path: in + "/rows?outcome=accepted&limit=2&after=" + fmt.Sprint(first["next"])}).is(http.StatusOK)
		if len(first["items"].([]any)) != 2 || !strings.Contains(rest.body, `"line":4,"outcome":"accepted"`) || strings.Contains(rest.body, `"line":3`) || strings.Contains(rest.body, "rejected") || strings.Contains(rest.body, "next") {
			t.Errorf("accepted rows: %v and %s", first, rest.body)
		}
		w.do(request{as: "ann", path: in + "/rows?outcome=fine"}).is(http.StatusUnprocessableEntity)
		if left := w.do(request{as: "ann", path: in + "/rejects"}).is(http.StatusOK); !strings.Contains(left.body, "cairn_reason") || strings.Contains(left.body, "Other") {
			t.Errorf("%s", left.body)
		}
		if got := w.do(request{as: "ann", path: in}).is(http.StatusOK); strings.Contains(got.body, "withdrawn") {
			t.Errorf("before it is undone: %s", got.body)
		}
		one := w.Cells("SELECT assessments.id FROM assessments JOIN people ON people.id = assessments.person_id WHERE people.reference = 'I-2'")[0]
		w.do(request{as: "ann", path: "/assessments/" + one + "/withdrawal", body: m{"version": 1, "reason": "not hers"}}).is(http.StatusCreated)
		w.do(request{as: "ann", path: in + "/undoing", body: m{"reason": "The wrong file"}}).is(http.StatusCreated)
		if got := w.do(request{as: "ann", path: in}).is(http.StatusOK); !strings.Contains(got.body, `"state":"undone"`) || !strings.Contains(got.body, `"withdrawn":2,"withdrawn_before":1,"referrals_taken_back":1,"referrals_left":1`) {
			t.Errorf("%s", got.body)
		}

		left := w.do(request{as: "cy", path: "/import-files", body: "Ref,Scheme,Date,SWEMWBS raw\nI-1,,05/01/2026,20\nI-2,Walk,05/01/2026,20\n", header: csv}).is(http.StatusCreated)
		must(t, json.Unmarshal([]byte(left.body), &f))
		if f.Mapping["scheme"] != "Walk" || f.Mapping["schemes"].([]any)[0].(m)["means"] != "Walk" {
			t.Errorf("of one scheme nobody has to say which: %s", left.body)
		}
		f.Mapping["scheme"], f.Mapping["schemes"].([]any)[0].(m)["means"] = "", ""
		w.do(request{as: "cy", path: "/import-files/" + left.id() + "/mapping", body: m{"version": f.Version, "mapping": f.Mapping}}).is(http.StatusCreated)
		if check := w.do(request{as: "cy", path: "/import-files/" + left.id() + "/check"}).is(http.StatusOK); !strings.Contains(check.body, `"accepted":0`) || !strings.Contains(check.body, `"review":2`) {
			t.Errorf("rows that were left out are taken: %s", check.body)
		}
		other := w.do(request{as: "ann", path: "/import-files", body: sheet + fmt.Sprintln("I-4,,Garden,06/01/2026,pre,20"), header: csv}).is(http.StatusCreated)
		away := request{as: "ann", path: "/import-files/" + other.id() + "/removal", body: m{"version": other.json()["version"]}, key: "away"}
		if first, again := w.do(away).is(http.StatusCreated), w.do(away).is(http.StatusCreated); first.body != again.body {
			t.Errorf("removed twice: %s and %s", first.body, again.body)
		}
		away.body = m{"version": 99}
		w.do(away).is(http.StatusUnprocessableEntity)
		w.do(request{as: "ann", path: "/import-files/" + other.id()}).is(http.StatusNotFound)
	})
}

// Imports come in pages, the newest first, each on one of them.
func TestImportsComeInPages(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		var brought []string
		for i := range 3 {
			sent := w.do(request{as: "ann", path: "/import-files?name=one.csv", body: fmt.Sprintf("Ref,Scheme,Date,Stage,SWEMWBS raw\nP-%d,Garden,05/01/2026,pre,20\n", i), header: map[string]string{"Content-Type": "text/csv"}}).is(http.StatusCreated)
			brought = append(brought, w.do(request{as: "ann", path: "/import-files/" + sent.id() + "/import", body: m{"version": sent.json()["version"]}}).is(http.StatusCreated).id())
		}
		slices.Reverse(brought)
		w.do(request{as: "ann", path: "/imports?after=banana"}).is(http.StatusUnprocessableEntity)
		var listed []string
		for after := ""; ; {
			page := w.do(request{as: "ann", path: "/imports?limit=2" + after}).is(http.StatusOK).json()
			for _, one := range page["items"].([]any) {
				listed = append(listed, one.(m)["id"].(string))
			}
			if page["next"] == nil {
				break
			}
			after = "&after=" + page["next"].(string)
		}
		if !slices.Equal(listed, brought) {
			t.Errorf("listed %v, brought in %v", listed, brought)
		}
	})
}
