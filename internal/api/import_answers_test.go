package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// Nothing that is sent of a mapping is dropped without a word: an answer is one of
// those that the question has, a question one that is asked, and the fingerprint the
// one that was read. What can be answered is said.
func TestAnswersOfAMapping(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		sheet := "Ref,Scheme,Date,WEMWBS,SWEMWBS\nI-1,Garden,05/01/2026,20,20\nI-2,Garden,05/01/2026,25,21\nI-3,Garden,05/01/2026,30,22\n"
		sent := w.do(request{as: "ann", path: "/import-files?name=a.csv", body: sheet, header: map[string]string{"Content-Type": "text/csv"}}).is(http.StatusCreated)
		at := "/import-files/" + sent.id() + "/mapping"
		var f struct {
			Version int
			Mapping m
		}
		must(t, json.Unmarshal([]byte(sent.body), &f))
		asked := f.Mapping["questions"].([]any)
		if len(asked) != 2 {
			t.Fatalf("%v", asked)
		}
		first := asked[0].(m)
		choice := first["choices"].([]any)[0].(m)
		for _, one := range []struct {
			name   string
			of     m
			key    string
			put    any
			at     string
			saying []string
		}{
			{"rubbish", first, "answer", "rubbish", "body.mapping.questions[0].answer", []string{"“rubbish” is no answer", "“" + choice["series"].(string) + "” (" + choice["says"].(string) + ")", " or "}},
			{"another question's", first, "answer", "phq9", "body.mapping.questions[0].answer", []string{"“phq9” is no answer"}},
			{"an unknown question", first, "key", "weather", "body.mapping.questions[0].key", []string{"“weather”", "“" + first["key"].(string) + "”"}},
			{"another fingerprint", f.Mapping, "fingerprint", "0123456789abcdef", "body.mapping.fingerprint", []string{f.Mapping["fingerprint"].(string)}},
		} {
			before := one.of[one.key]
			one.of[one.key] = one.put
			said := w.do(request{as: "ann", path: at, body: m{"version": f.Version, "mapping": f.Mapping}}).is(http.StatusUnprocessableEntity)
			for _, want := range append(one.saying, one.at, "mapping.invalid") {
				if !strings.Contains(said.body, want) {
					t.Errorf("%s: %q is not in %s", one.name, want, said.body)
				}
			}
			one.of[one.key] = before
		}
		first["answer"] = choice["series"]
		column := f.Mapping["sheets"].([]any)[0].(m)["columns"].([]any)[4].(m)
		for _, key := range []string{"measure", "series", "asked", "why"} {
			delete(column, key)
		}
		column["takes"] = "nothing" // its question is not asked any more
		body := m{"version": f.Version, "mapping": f.Mapping}
		done := w.do(request{as: "ann", path: at, body: body, key: "answers"}).is(http.StatusCreated)
		if !strings.Contains(done.body, `"answer":"`+choice["series"].(string)+`"`) {
			t.Errorf("%s", done.body)
		}
		if again := w.do(request{as: "ann", path: at, body: body, key: "answers"}).is(http.StatusCreated); again.body != done.body {
			t.Errorf("sent again: %s", again.body)
		}
	})
}
