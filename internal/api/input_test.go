package api_test

import (
	"fmt"
	"io"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"cairn/internal/fault"
)

// A mistake is a request that is refused, and how.
type mistake struct {
	name   string
	path   string
	body   any
	header map[string]string
	status int
	errors []string // location and code of each, in any order
	says   string   // part of a sentence that says what to do
}

// with is a good assessment with some fields changed; nil takes one away.
func with(good m, changes m) m {
	bad := m{}
	for k, v := range good {
		bad[k] = v
	}
	for k, v := range changes {
		bad[k] = v
		if v == nil {
			delete(bad, k)
		}
	}
	return bad
}

// canary stands where a value should be and must not come back.
const canary = "CANARY-4471"

func mistakes(referral string) []mistake {
	good := m{"referral": referral, "measure": "swemwbs", "on": "2026-01-06", "occasion": "baseline", "series": "swemwbs-raw", "score": 20}
	items := with(good, m{"measure": "ons4", "series": nil, "score": nil, "items": m{"satisfaction": 6, "worthwhile": 7, "happiness": 5, "anxiety": 4}})
	to := "/assessments"
	return []mistake{
		{name: "a score out of range", path: to, body: with(good, m{"score": 36}), status: 422, errors: []string{"body.score score.out-of-range"}, says: "35"},
		{name: "a response out of range", path: to, body: with(items, m{"items": m{"satisfaction": 11, "worthwhile": 7, "happiness": 5, "anxiety": -1}}), status: 422,
			errors: []string{"body.items.satisfaction score.out-of-range", "body.items.anxiety score.out-of-range"}},
		{name: "an item that is none", path: to, body: with(items, m{"items": m{"satisfaction": 1, "worthwhile": 1, "happiness": 1, "anxiety": 1, "joy": 3}}), status: 422,
			errors: []string{"body.items.joy input.unknown-key"}},
		{name: "a score with decimals it cannot have", path: to, body: with(good, m{"score": 20.5}), status: 422, errors: []string{"body.score score.decimals"}},
		{name: "a converted score that no raw one gives", path: to, body: with(good, m{"series": "swemwbs-metric", "score": 18.6}), status: 422, errors: []string{"body.score score.not-on-table"}},
		{name: "an unknown measure", path: to, body: with(good, m{"measure": "phq"}), status: 422, errors: []string{"body.measure measure.unknown"}, says: "list of measures"},
		{name: "a future date", path: to, body: with(good, m{"on": "2026-07-01"}), status: 422, errors: []string{"body.on day.future"}, says: "today"},
		{name: "a day that is none", path: to, body: with(good, m{"on": "2026-02-30"}), status: 422, errors: []string{"body.on day.impossible"}, says: "year-month-day"},
		{name: "an occasion outside the plan", path: to, body: with(good, m{"occasion": "day-30"}), status: 422, errors: []string{"body.occasion occasion.unknown"}},
		{name: "the second that day", path: to, body: with(good, m{"on": "2026-01-05", "score": 21}), status: 409, errors: []string{"body.on assessment.twice"}},
		{name: "score and items", path: to, body: with(items, m{"score": 20}), status: 422, errors: []string{"body.score input.invalid"}},

		{name: "an unknown field", path: to, body: with(good, m{"scroe": 20}), status: 422, errors: []string{"body.scroe input.unknown-key"}, says: "spelling"},
		{name: "a field in another case", path: to, body: with(good, m{"on": nil, "On": "2026-01-06"}), status: 422, errors: []string{"body.On input.unknown-key", "body.on input.invalid"}},
		{name: "a text for a number", path: to, body: with(good, m{"score": canary}), status: 422, errors: []string{"body.score input.invalid"}, says: "without quotes"},
		{name: "a number for a text", path: to, body: with(good, m{"measure": 7}), status: 422, errors: []string{"body.measure input.invalid"}, says: "in quotes"},
		{name: "a score with an exponent", path: to, body: `{"referral":"` + referral + `","measure":"swemwbs","on":"2026-01-06","occasion":"baseline","series":"swemwbs-raw","score":2e1}`,
			status: 422, errors: []string{"body.score input.invalid"}, says: "without an exponent"},
		{name: "an item with an exponent", path: to, body: `{"referral":"` + referral + `","measure":"ons4","on":"2026-01-06","occasion":"baseline","items":{"satisfaction":1e0}}`,
			status: 422, errors: []string{"body.items.satisfaction input.invalid"}, says: "without an exponent"},
		{name: "a number beyond any float", path: to, body: `{"referral":"` + referral + `","measure":"swemwbs","on":"2026-01-06","occasion":"baseline","series":"swemwbs-raw","score":1E400}`,
			status: 422, errors: []string{"body.score input.invalid"}, says: "without an exponent"},
		{name: "half an item", path: to, body: with(items, m{"items": m{"satisfaction": 6.5}}), status: 422, errors: []string{"body.items.satisfaction input.invalid"}, says: "whole number"},
		{name: "a list for an object", path: to, body: []string{canary}, status: 422, errors: []string{"body input.invalid"}},
		{name: "a field twice", path: to, body: `{"referral":"` + referral + `","measure":"swemwbs","on":"2026-01-06","occasion":"baseline","series":"swemwbs-raw","score":20,"score":21}`,
			status: 422, errors: []string{"body.score input.invalid"}, says: "once"},
		{name: "everything at once", path: to + "?draft=1", body: with(good, m{"measure": nil, "on": "2030-01-01", "scroe": canary, "channel": 3, "occasion": "baseline"}), status: 422,
			errors: []string{"query.draft input.unknown-key", "body.scroe input.unknown-key", "body.channel input.invalid", "body.measure input.invalid", "body.on day.future"}},
		{name: "form and content at once", path: to, body: with(good, m{"score": 99, "on": "2030-01-01", "scroe": canary}), status: 422,
			errors: []string{"body.scroe input.unknown-key", "body.on day.future", "body.score score.out-of-range"}},

		{name: "not JSON", path: to, body: `{"referral": ` + canary, status: 400, errors: []string{"body input.unreadable"}},
		{name: "something after the JSON", path: to, body: `{} {}`, status: 400, errors: []string{"body input.unreadable"}},
		{name: "nothing", path: to, body: ``, status: 400, errors: []string{"body input.unreadable"}},
		{name: "not UTF-8", path: to, body: "{\"measure\":\"\xff\"}", status: 400, errors: []string{"body input.unreadable"}, says: "UTF-8"},
		{name: "nested without end", path: to, body: strings.Repeat("[", 100_000), status: 400, errors: []string{"body input.unreadable"}},
		{name: "a form", path: to, body: "measure=swemwbs", header: map[string]string{"Content-Type": "application/x-www-form-urlencoded"}, status: 415,
			errors: []string{"header.Content-Type input.media-type"}, says: "application/json"},
		{name: "a text", path: to, body: `{}`, header: map[string]string{"Content-Type": "text/plain"}, status: 415, errors: []string{"header.Content-Type input.media-type"}},
		{name: "another charset", path: to, body: `{}`, header: map[string]string{"Content-Type": "application/json; charset=iso-8859-1"}, status: 415, errors: []string{"header.Content-Type input.media-type"}},
		{name: "over one megabyte", path: to, body: `{"measure":"` + strings.Repeat("x", 1<<20) + `"}`, status: 413},
		{name: "a key too long", path: to, body: good, header: map[string]string{"Idempotency-Key": strings.Repeat("k", 201)}, status: 422, errors: []string{"header.Idempotency-Key input.invalid"}},

		{name: "an NHS number as a reference", path: "/people", body: m{"reference": "943 476 5919"}, status: 422, errors: []string{"body.reference person.reference"}, says: "own reference"},
		{name: "a day of birth as a reference", path: "/people", body: m{"reference": "JB 12/03/1950"}, status: 422, errors: []string{"body.reference person.reference"}, says: "date of birth"},
		{name: "a National Insurance number as a reference", path: "/people", body: m{"reference": "AB 12 34 56 C"}, status: 422, errors: []string{"body.reference person.reference"}, says: "National Insurance number"},
		{name: "a reference in use", path: "/people", body: m{"reference": "RS-1"}, status: 409, errors: []string{"body.reference person.taken"}},
		{name: "choices that are none", path: "/people", body: m{"reference": "RS-9", "sex": "f", "deprivation": 6, "birth_year": 1e300}, status: 422,
			errors: []string{"body.sex input.invalid", "body.deprivation input.invalid", "body.birth_year input.invalid"}},
		{name: "a character that cannot be kept", path: "/people", body: m{"reference": "RS-9\x00"}, status: 422, errors: []string{"body.reference input.invalid"}},
		{name: "half of a character", path: "/people", body: `{"reference":"RS-9","name":"\ud83d \ufffd \\\\ufffd"}`, status: 422, errors: []string{"body.name input.invalid"}, says: "half of a character"},
		{name: "nobody to refer", path: "/referrals", body: m{"person": lost(1), "scheme": lost(2), "received_on": "2026-01-05"}, status: 404, errors: []string{"body.scheme not-found", "body.person not-found"}},
	}
}

// Every line of bad input is refused at its place with what to do, and leaves
// every table of the database as it was.
func TestBadInput(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.referral("ann", w.Garden, "RS-1", "2026-01-05")
		w.do(request{as: "ann", path: "/assessments", body: m{
			"referral": id, "measure": "swemwbs", "on": "2026-01-05", "occasion": "baseline", "series": "swemwbs-raw", "score": 20}}).is(201)
		before := w.Rows()
		for _, x := range mistakes(id) {
			got := w.do(request{as: "ann", path: x.path, body: x.body, header: x.header})
			if got.status != x.status {
				t.Errorf("%s: status %d, want %d: %s", x.name, got.status, x.status, got.body)
				continue
			}
			p := got.problem()
			if found := places(p); x.errors != nil && !sameSet(found, x.errors) {
				t.Errorf("%s: %v, want %v", x.name, found, x.errors)
			}
			if !strings.Contains(got.body, x.says) {
				t.Errorf("%s: %q is not in %s", x.name, x.says, got.body)
			}
			if strings.Contains(got.body, canary) {
				t.Errorf("%s: what was sent came back: %s", x.name, got.body)
			}
			if after := w.Rows(); after != before {
				t.Fatalf("%s: something was kept:\n%s\nbefore:\n%s", x.name, after, before)
			}
		}
		// The control: what is refused above is kept when it is right.
		w.do(request{as: "ann", path: "/people", body: `{"reference":"RS-9","name":"\ud83d\ude00 \ufffd"}`}).is(201)
		before = w.Rows()
		w.do(request{as: "ann", path: "/assessments", body: m{
			"referral": id, "measure": "swemwbs", "on": "2026-01-06", "occasion": "baseline", "series": "swemwbs-raw", "score": 20}}).is(201)
		if w.Rows() == before {
			t.Error("counting rows would not notice a new assessment")
		}
	})
}

func places(p problem) (all []string) {
	for _, e := range p.Errors {
		all = append(all, e.Location+" "+string(e.Code))
	}
	return all
}

func sameSet(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// A query is judged like a body: by name and by content.
func TestBadQueries(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		at := "/schemes/" + string(w.Garden.ID) + "/evidence?"
		for query, want := range map[string][]string{
			"measure=phq":                     {"query.measure measure.unknown"},
			"measure=ons4":                    {"query.measure measure.ambiguous"},
			"occasion=day-30":                 {"query.occasion occasion.unknown"},
			"from=2025-13":                    {"query.from period.invalid"},
			"from=2025-Q4&to=2025-Q1":         {"query.from period.invalid"},
			"rule=lowest":                     {"query.rule input.invalid"},
			"sort=name":                       {"query.sort input.unknown-key"},
			"Measure=ons4":                    {"query.Measure input.unknown-key"},
			"a;b":                             {"query input.invalid"},
			"from=2025-Q1&from=2026-Q1":       {"query.from input.invalid"},
			"rule=plan&rule=plan&x=1&x=2":     {"query.rule input.invalid", "query.x input.unknown-key"},
			"from=x&to=y&rule=z&sort=name%00": {"query.from period.invalid", "query.to period.invalid", "query.rule input.invalid", "query.sort input.unknown-key"},
		} {
			got := w.do(request{as: "ann", path: at + query})
			if got.status != 422 {
				t.Errorf("%s: %d %s\n%s", query, got.status, got.body, w.Log)
				continue
			}
			if found := places(got.problem()); !sameSet(found, want) {
				t.Errorf("%s: %v, want %v", query, found, want)
			}
		}
		for query, says := range map[string]string{
			"limit=201": "Write a number of at most 200.", "limit=0": "Write a number of at least 1.", "limit=few": "Write this as a whole number.",
		} {
			got := w.do(request{as: "ann", path: "/people?" + query}).is(422).problem()
			if found := places(got); !sameSet(found, []string{"query.limit input.invalid"}) || got.Detail != says {
				t.Errorf("%s: %v %q, want %q", query, found, got.Detail, says)
			}
		}
	})
}

// A later score without a baseline is valid: counted, never paired.
func TestFollowUpWithoutBaseline(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.referral("bo", w.Garden, "RS-1", "2025-01-05")
		w.do(request{as: "bo", path: "/assessments", body: m{
			"referral": id, "measure": "swemwbs", "on": "2025-03-30", "occasion": "day-84", "series": "swemwbs-raw", "score": 20}}).is(201)
		got := w.do(request{as: "bo", path: "/schemes/" + string(w.Garden.ID) + "/evidence"}).is(200).json()
		flow := got["flow"].(m)
		if said := fmt.Sprintf("%v %v %v", flow["followup_only"], flow["followed_up"], flow["paired"]); said != "1 1 0" {
			t.Errorf("followup_only, followed_up, paired are %s", said)
		}
		around := got["around"].(m)
		journey := around["journey"].(m)
		if said := fmt.Sprint(journey["contacted"], journey["seen"], journey["days_to_contact"].(m)["median"], journey["left"].([]any)[2]); said != "<nil> <nil> <nil> map[people:1 why:followup_only]" {
			t.Errorf("contacts that nobody recorded, and who left: %s", said)
		}
		if runs := around["runs"].([]any); len(runs) != 4 || runs[0].(m)["limits"] != nil || runs[0].(m)["grain"] != "quarter" || len(runs[0].(m)["points"].([]any)) != 5 {
			t.Errorf("%v", runs)
		}
		if finding := got["finding"].(m); finding["change"].(m)["mean"] != nil || len(finding["reasons"].(m)) == 0 {
			t.Errorf("a change of nobody: %v", finding["change"])
		}
	})
}

// A body that does not say its length is cut off at the same limit.
func TestLongBodyWithoutLength(t *testing.T) {
	w := onSQLite(t)
	r := request{as: "ann", path: "/people", body: m{}}.made(t, w.Tokens)
	r.Body, r.ContentLength = io.NopCloser(io.MultiReader(strings.NewReader(`{"reference":"`), strings.NewReader(strings.Repeat("x", 2<<20)))), -1
	got := httptest.NewRecorder()
	w.stack.ServeHTTP(got, r)
	a := answer{t, got.Code, got.Header(), got.Body.String()}
	if p := a.is(413).problem(); p.Type != "/problems/"+string(fault.InputTooLarge) || !strings.Contains(p.Detail, "POST /api/v1/import-files") {
		t.Errorf("type %s", p.Type)
	}
}
