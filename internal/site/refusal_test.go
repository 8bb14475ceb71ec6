package site_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"cairn/internal/server"
)

// refused is one mistake: where it is made, what is typed, and the field that
// answers. The same mistake goes to the API, where there is one.
type refused struct {
	name  string
	path  string // of the page, %R the referral, %S the scheme
	typed form
	field string // of the page
	api   string // path after /api/v1
	body  map[string]any
}

func answers(extra form) form {
	return form{"measure": "ons4", "occasion": "baseline", "items.satisfaction": "4"}.and(on("on", "12", "1")).and(extra)
}

func mistakes() []refused {
	entry := "/referrals/%R/assessments/new"
	score := form{"measure": "swemwbs", "occasion": "baseline", "series": "swemwbs-raw", "score": "21"}.and(on("on", "12", "1"))
	sent := func(m, occasion, day string, more map[string]any) map[string]any {
		all := map[string]any{"referral": "%R", "measure": m, "occasion": occasion, "on": day}
		for k, v := range more {
			all[k] = v
		}
		return all
	}
	raw := func(score float64) map[string]any { return map[string]any{"series": "swemwbs-raw", "score": score} }
	return []refused{
		{"a score out of range", entry, score.and(form{"score": "36"}), "score", "/assessments", sent("swemwbs", "baseline", "2026-01-12", raw(36))},
		{"a score that is no number", entry, score.and(form{"score": "twenty"}), "score", "", nil},
		{"a raw total with decimals", entry, score.and(form{"score": "20.5"}), "score", "/assessments", sent("swemwbs", "baseline", "2026-01-12", raw(20.5))},
		{"a converted score off the table", entry, score.and(form{"series": "swemwbs-metric", "score": "19.3"}), "score", "/assessments",
			sent("swemwbs", "baseline", "2026-01-12", map[string]any{"series": "swemwbs-metric", "score": 19.3})},
		{"nobody said which score", entry, form{"measure": "swemwbs", "occasion": "baseline", "score": "21"}.and(on("on", "12", "1")), "series", "/assessments",
			sent("swemwbs", "baseline", "2026-01-12", map[string]any{"score": 21})},
		{"a response out of range", entry, answers(form{"items.satisfaction": "11"}), "items.satisfaction", "/assessments",
			sent("ons4", "baseline", "2026-01-12", map[string]any{"items": map[string]any{"satisfaction": 11}})},
		{"nothing answered", entry, answers(form{"items.satisfaction": ""}), "items.satisfaction", "/assessments",
			sent("ons4", "baseline", "2026-01-12", map[string]any{"items": map[string]any{}})},
		{"a future day", entry, answers(on("on", "1", "7")), "on", "/assessments",
			sent("ons4", "baseline", "2026-07-01", map[string]any{"items": map[string]any{"satisfaction": 4}})},
		{"no score", entry, score.and(form{"score": ""}), "score", "", nil},
		{"a second live assessment", entry, answers(on("on", "13", "1")), "on", "/assessments",
			sent("ons4", "baseline", "2026-01-13", map[string]any{"items": map[string]any{"satisfaction": 4}})},
		{"an NHS number as reference", "/schemes/%S/referrals/new", registration("943 476 5919"), "reference", "/people", map[string]any{"reference": "943 476 5919"}},
		{"a reference in use", "/schemes/%S/referrals/new", registration("G-1"), "reference", "", nil},
		{"a year of birth that is none", "/schemes/%S/referrals/new", registration("G-9").and(form{"birth_year": "long ago"}), "birth_year", "/people",
			map[string]any{"reference": "G-9", "birth_year": 1}},
		{"more sessions attended than offered", "/referrals/%R/prescriptions/new", form{"activity": "%A", "sessions_offered": "2", "sessions_attended": "3"}.and(on("offered_on", "5", "1")),
			"sessions_attended", "/prescriptions", map[string]any{"referral": "%R", "activity": "%A", "offered_on": "2026-01-05", "sessions_offered": 2, "sessions_attended": 3}},
		{"an activity without a category", "/activities", form{"name": "Choir"}, "category", "/activities", map[string]any{"name": "Choir", "category": ""}},
		{"a cost with a comma that is none", "/schemes/%S/costs", form{"kind": "staff", "pounds": "12500,50", "from": "2026-Q1", "source": "books"}, "pounds", "/schemes/%S/costs",
			map[string]any{"kind": "staff", "pounds": "12500,50", "from": "2026-Q1", "source": "books"}},
		{"a cost below nothing", "/schemes/%S/costs", form{"kind": "staff", "pounds": "-5", "from": "2026-Q1", "source": "books"}, "pounds", "/schemes/%S/costs",
			map[string]any{"kind": "staff", "pounds": "-5", "from": "2026-Q1", "source": "books"}},
		{"a cost from nowhere", "/schemes/%S/costs", form{"kind": "staff", "pounds": "5", "from": "2026-Q1"}, "source", "/schemes/%S/costs",
			map[string]any{"kind": "staff", "pounds": "5", "from": "2026-Q1", "source": ""}},
		{"quarters backward", "/schemes/%S/costs", form{"kind": "staff", "pounds": "5", "from": "2026-Q2", "to": "2026-Q1", "source": "books"}, "from", "/schemes/%S/costs",
			map[string]any{"kind": "staff", "pounds": "5", "from": "2026-Q2", "to": "2026-Q1", "source": "books"}},
		{"weeks that make no plan", "/schemes/new", form{"name": "New", "measures": "ons4", "weeks": "2"}.and(on("started_on", "1", "6")), "weeks", "/schemes",
			map[string]any{"name": "New", "measures": []string{"ons4"}, "weeks": 2, "started_on": "2026-06-01"}},
		{"a scheme's name in use", "/schemes/new", form{"name": "Garden", "measures": "ons4", "weeks": "12"}.and(on("started_on", "1", "6")), "name", "/schemes",
			map[string]any{"name": "Garden", "measures": []string{"ons4"}, "weeks": 12, "started_on": "2026-06-01"}},
	}
}

// fillIn puts identifiers into a path, a form or a body.
func (w *town) fillIn(text, referral string) string {
	return strings.NewReplacer("%R", referral, "%S", string(w.Garden.ID), "%A", string(w.Plot.ID)).Replace(text)
}

// A mistake is told at its field, in the words and with the status of the API;
// nothing is saved, and what was typed is still there.
func TestMistakesAreToldAtTheirField(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ann := w.signedIn("ann")
		referral := string(w.referral("G-1"))
		ann.fill("/referrals/"+referral+"/assessments/new?measure=ons4&occasion=baseline", answers(on("on", "13", "1"))).is(http.StatusOK)
		before := w.rows()
		for _, m := range mistakes() {
			typed := form{}
			for k, v := range m.typed {
				typed[k] = w.fillIn(v, referral)
			}
			page := ann.post(w.fillIn(m.path, referral), typed)
			if page.status < 400 || page.status >= 500 {
				t.Errorf("%s: status %d", m.name, page.status)
				continue
			}
			sentence := page.wrong(m.field)
			if links := page.links(); sentence == "" || len(links) != 1 || links[0] != m.field {
				t.Errorf("%s: %q at %s, summary leads to %v: %s", m.name, sentence, m.field, links, page.text())
			}
			if page.id(m.field).Data == "" {
				t.Errorf("%s: the summary leads to a control that is not there", m.name)
			}
			for name, value := range typed {
				if name != m.field && name != "measure" && name != "occasion" && page.typed(name) != value {
					t.Errorf("%s: %s was typed as %q and is %q now", m.name, name, value, page.typed(name))
				}
			}
			if m.api != "" {
				w.sameFromTheAPI(m, page, sentence, referral)
			}
		}
		if after := w.rows(); after != before {
			t.Errorf("a refused form wrote something:\n%s\nbefore\n%s", after, before)
		}
	})
}

func (w *town) sameFromTheAPI(m refused, page seen, sentence, referral string) {
	w.T.Helper()
	raw, err := json.Marshal(m.body)
	must(w.T, err)
	r := httptest.NewRequestWithContext(w.T.Context(), http.MethodPost, "/api/v1"+w.fillIn(m.api, referral), strings.NewReader(w.fillIn(string(raw), referral)))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+w.Tokens["ann"])
	got := httptest.NewRecorder()
	w.stack.ServeHTTP(got, r)
	var p server.Problem
	must(w.T, json.NewDecoder(bytes.NewReader(got.Body.Bytes())).Decode(&p))
	if p.Detail != sentence || p.Status != page.status {
		w.T.Errorf("%s: the API says %d %q, the page %d %q", m.name, p.Status, p.Detail, page.status, sentence)
	}
}

// A date is told as it was typed, in three boxes, and at the box to mend.
func TestADateThatIsNone(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ann := w.signedIn("ann")
		path := "/referrals/" + string(w.referral("G-1")) + "/assessments/new"
		for _, c := range []struct{ day, month, year, box, says string }{
			{"31", "2", "2026", "on", "31/2/2026 is not a date that exists."},
			{"7", "13", "2026", "on", "7/13/2026 is not a date that exists."},
			{"7", "3", "26", "on-year", "Enter the year in four digits."},
			{"7", "March", "2026", "on-month", "Enter day, month and year in digits"},
			{"7.", "3", "2026", "on", "Enter day, month and year in digits"},
			{"7", "", "2026", "on-month", "Enter the day, the month and the year."},
			{"7", "3", "1826", "on-year", "Enter a year from 1900 to 2200."},
			{"", "", "", "on", "Enter a date."},
		} {
			page := ann.post(path, answers(form{"on-day": c.day, "on-month": c.month, "on-year": c.year})).is(http.StatusUnprocessableEntity)
			if said := page.wrong("on"); !strings.HasPrefix(said, c.says) {
				t.Errorf("%s %s %s: %q, want %q", c.day, c.month, c.year, said, c.says)
			}
			if links := page.links(); len(links) != 1 || links[0] != c.box || page.id(c.box).Data != "input" {
				t.Errorf("%s %s %s: the summary leads to %v, want %s", c.day, c.month, c.year, links, c.box)
			}
			if page.typed("on-day") != c.day || page.typed("on-month") != c.month || page.typed("on-year") != c.year {
				t.Errorf("%s %s %s is not there any more", c.day, c.month, c.year)
			}
		}
		if said := ann.post(path, form{"measure": "swemwbs", "occasion": "baseline", "series": "swemwbs-raw", "score": " "}.and(on("on", "12", "1"))).wrong("score"); said != "Enter the score." {
			t.Errorf("no score: %q", said)
		}
	})
}

// Everything that is wrong is told at once, in the order of the page.
func TestEveryMistakeAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		bo := w.signedIn("bo")
		page := bo.post("/schemes/"+string(w.Garden.ID)+"/referrals/new", form{"reference": "", "birth_year": "3000", "name": "Cy"}).is(http.StatusUnprocessableEntity)
		if got := strings.Join(page.links(), " "); got != "reference received_on birth_year" {
			t.Errorf("the summary leads to %q", got)
		}
		if page.typed("name") != "Cy" || !has(page.id("birth_year").Parent.Parent.Parent, "open") {
			t.Error("the optional part with a mistake in it stays open")
		}
		if got := bo.get("/schemes/" + string(w.Garden.ID) + "/evidence?measure=phq9&from=spring&rule=lowest").is(http.StatusUnprocessableEntity); len(got.links()) != 3 || strings.Contains(got.text(), "Who is in these figures") {
			t.Errorf("three filters are wrong, %v are told, and no figure may be shown", got.links())
		}
	})
}
