package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// results are the status, the made identifier and the place and code of the first
// mistake of each item.
func (a answer) results() (all []string, made []string) {
	a.t.Helper()
	for _, one := range a.is(200).json()["results"].([]any) {
		r := one.(m)
		said := fmt.Sprint(r["status"])
		if problem, refused := r["problem"].(m); refused {
			said += " " + strings.TrimPrefix(problem["type"].(string), "/problems/")
			if errors, placed := problem["errors"].([]any); placed {
				said += " " + fmt.Sprint(errors[0].(m)["location"])
			}
		} else {
			made = append(made, r["made"].(m)["id"].(string))
		}
		all = append(all, said)
	}
	return all, made
}

// What is wrong with one item keeps no other from being made, and the answer says
// of each what became of it.
func TestBulk(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		people := request{as: "ann", path: "/people/bulk", key: "people", body: m{"items": []m{
			{"reference": "RS-1"}, {"reference": 7}, {"reference": "RS-1"}, {"reference": "RS-2", "birth_year": 1700}, {"reference": "RS-3", "age": 7}, {"reference": "RS-4"}}}}
		first := w.do(people)
		said, made := first.results()
		if got, want := strings.Join(said, "; "), "201; 422 input.invalid body.items[1].reference; 409 person.taken body.items[2].reference; "+
			"422 input.invalid body.items[3].birth_year; 422 input.unknown-key body.items[4].age; 201"; got != want {
			t.Errorf("people:\n%s, want\n%s", got, want)
		}
		before := w.Rows()
		if again, same := w.do(people).results(); strings.Join(again, ";") != strings.Join(said, ";") || strings.Join(same, ";") != strings.Join(made, ";") {
			t.Errorf("sent again: %v %v", again, same)
		}
		if w.Rows() != before {
			t.Error("sent again, something was made")
		}

		referral := func(person, scheme string) m {
			return m{"person": person, "scheme": scheme, "received_on": "2026-01-05"}
		}
		said, referred := w.do(request{as: "ann", path: "/referrals/bulk", body: m{"items": []m{
			referral(made[0], string(w.Walk.ID)), referral(made[0], lost(1)), referral(made[0], string(w.Garden.ID)), referral(made[0], string(w.Garden.ID))}}}).results()
		if len(referred) != 1 || said[0] != "404 not-found body.items[0].scheme" || said[1] != "404 not-found body.items[1].scheme" || said[2] != "201" || !strings.HasPrefix(said[3], "409") {
			t.Errorf("referrals: %v", said)
		}
		score := func(on string, score any) m {
			return m{"referral": referred[0], "measure": "swemwbs", "on": on, "occasion": "later", "series": "swemwbs-raw", "score": score}
		}
		said, _ = w.do(request{as: "ann", path: "/assessments/bulk", body: m{"items": []m{score("2026-02-01", 20), score("2026-02-02", 99), score("2026-02-03", "twenty"), score("2026-02-04", 21)}}}).results()
		if got := strings.Join(said, "; "); got != "201; 422 score.out-of-range body.items[1].score; 422 input.invalid body.items[2].score; 201" {
			t.Errorf("assessments: %s", got)
		}
		contact := func(channel string) m {
			return m{"referral": referred[0], "channel": channel, "result": "no-answer"}
		}
		said, _ = w.do(request{as: "ann", path: "/contacts/bulk", body: m{"items": []m{contact("phone"), contact("pigeon"), contact("text")}}}).results()
		if got := strings.Join(said, "; "); got != "201; 422 input.invalid body.items[1].channel; 201" {
			t.Errorf("contacts: %s", got)
		}
		offered := func(referral string) m {
			return m{"referral": referral, "activity": string(w.Plot.ID), "offered_on": "2026-01-06"}
		}
		said, _ = w.do(request{as: "ann", path: "/prescriptions/bulk", body: m{"items": []m{offered(referred[0]), offered(lost(1))}}}).results()
		if got := strings.Join(said, "; "); got != "201; 404 not-found body.items[1].referral" {
			t.Errorf("prescriptions: %s", got)
		}

		for body, place := range map[string]string{`{}`: "body.items", `{"items": []}`: "body.items", `{"items": {}}`: "body.items", `{"items": [1]}`: "", `{"items": [{"reference": "RS-9"}], "draft": true}`: "body.draft",
			`{"items": [` + strings.Repeat(`{"reference": "RS-9"},`, 100) + `{"reference": "RS-9"}]}`: "body.items"} {
			got := w.do(request{as: "ann", path: "/people/bulk", body: body})
			if place == "" {
				if said, _ := got.results(); said[0] != "422 input.invalid body.items[0]" {
					t.Errorf("%s: %v", body, said)
				}
				continue
			}
			if at := got.is(http.StatusUnprocessableEntity).json()["errors"].([]any)[0].(m)["location"]; at != place {
				t.Errorf("%.60s refused at %v, want %s", body, at, place)
			}
			if body == `{"items": []}` {
				got.has("This list has at least 1 item.")
			}
			if len(body) > 1000 {
				got.has("This list has at most 100 items.")
			}
		}
		if strings.Contains(w.do(request{as: "ann", path: "/people?q=RS-9"}).body, "RS-9") {
			t.Error("a request that was refused as a whole made somebody")
		}
	})
}

// A key has one limit, whether one thing is sent or many; over it nothing is done.
func TestKeysHaveOneLimit(t *testing.T) {
	w := onSQLite(t)
	key := func(n int) string { return strings.Repeat("k", n) }
	w.do(request{as: "ann", path: "/people", key: key(200), body: m{"reference": "K-1"}}).is(201)
	many := func(first string) (all []m) {
		for i := range 100 {
			all = append(all, m{"reference": fmt.Sprint(first, i)})
		}
		return all
	}
	for range 2 {
		w.do(request{as: "ann", path: "/people/bulk", key: key(200), body: m{"items": many("K-1-")}}).is(200).has(`"made":100`)
	}
	before := w.Rows()
	for path, body := range map[string]m{"/people": {"reference": "K-2"}, "/people/bulk": {"items": many("K-2-")}} {
		p := w.do(request{as: "ann", path: path, key: key(201), body: body}).is(422).problem()
		if len(p.Errors) != 1 || p.Errors[0].Location != "header.Idempotency-Key" || p.Errors[0].Message != "Write at most 200 characters." {
			t.Errorf("%s: %+v", path, p.Errors)
		}
	}
	if w.Rows() != before {
		t.Error("something was made under a key that was refused")
	}
}

// What is none of the choices is refused with the choices.
func TestChoicesAreNamed(t *testing.T) {
	w := onSQLite(t)
	_, imported := w.filed(w.Ann, w.Garden, "F-1")
	for path, want := range map[string]string{
		"/exports/long?form=zip": "query.form: Choose one of: csv, xlsx, parquet.", "/exports/wide-open": "path.shape: Choose one of: long, wide, pairs, package.",
		"/imports/" + imported + "/rows?outcome=zzz": "query.outcome: Choose one of: accepted, rejected, duplicate, conflict, review.",
		"/exports/package?form=xlsx":                 "query.form: A package is a zip archive of CSV files and has no other form. Leave form out.",
	} {
		p := w.do(request{as: "ann", path: path}).is(422).problem()
		if got := p.Errors[0].Location + ": " + p.Errors[0].Message; len(p.Errors) != 1 || got != want {
			t.Errorf("%s: %s", path, got)
		}
	}
}
