package api_test

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/testkit/attack"
	kit "cairn/internal/testkit/town"
)

// Four releases of one year, between which one person comes, one late score is
// typed in and one score is withdrawn, are read by whoever they are granted to,
// through the API, and attacked. What the attacker is sure of is never true; of
// exact numbers with small ones left out, the control, it is.
func TestAttackOnGrantedReleases(t *testing.T) {
	w := onSQLite(t)
	from, err := scheme.ParseDay("2025-02-01")
	must(t, err)
	people := kit.Many("R", 84, from)
	for i := range people {
		people[i].Channels, people[i].Helper = [3]scheme.Channel{"", "in-person", "in-person"}, "nobody"
		if i%4 == 1 { // few enough to be lost in the rounding, and enough to be told
			people[i].Channels[2] = "phone"
		}
		if i%9 == 5 {
			people[i].Helper = "deliverer"
		}
	}
	w.Crowd(w.Ann, w.Garden, people...)
	board, err := w.App.Login(t.Context(), "fi")
	must(t, err)
	may := w.do(request{as: "ann", path: "/commissioners"}).is(http.StatusOK)
	if want := fmt.Sprintf(`{"items":[{"id":"%s","name":"Board"}]}`, board.Memberships[0].Org); strings.TrimSpace(may.body) != want {
		t.Errorf("who can be let in: %s, want %s", may.body, want)
	}
	_, err = w.App.GrantRelease(t.Context(), w.Ann, app.NewGrant{Scheme: w.Garden.ID, To: board.Memberships[0].Org})
	must(t, err)

	var shown, exact [][]json.RawMessage
	var known attack.Known
	release := func() {
		exact = append(exact, w.suppressed())
		shown = append(shown, w.releasedNow())
		known = append(known, w.measuredTwice(exact[len(exact)-1]))
	}
	release()
	w.tellsHowScoresWereTaken(shown[0])
	w.Crowd(w.Ann, w.Garden, kit.Somebody{Reference: "NEW", Sex: "female", On: from.Plus(9), Before: 8, After: 34})
	release()
	late := people[3]
	late.After = 35
	w.Crowd(w.Ann, w.Garden, late)
	release()
	var one scheme.AssessmentID
	for _, id := range w.Cells("SELECT id FROM assessments WHERE occasion = 'day-84' ORDER BY id LIMIT 1") {
		one = scheme.AssessmentID(id)
	}
	_, err = w.App.WithdrawAssessment(t.Context(), w.Ann, app.Withdrawal{Assessment: one, Version: 1, Reason: "Another person's form."})
	must(t, err)
	release()

	single := w.scoresOf()
	rounded, suppression := attack.Rounded(), attack.Suppressed()
	rounded.Levels, suppression.Levels = converted(t), converted(t)
	if sure := sureOf(t, rounded, shown, known, single); len(sure) > 0 {
		t.Errorf("recovered from the releases: %v", sure)
	}
	if sure := sureOf(t, suppression, exact, known, single); len(sure) == 0 {
		t.Error("the control gave nothing away, so the attack proves nothing")
	} else {
		t.Logf("the control, suppression only, gave away %d", len(sure))
	}
}

// tellsHowScoresWereTaken makes sure that what is attacked holds all that a
// release tells besides the scores.
func (w *town) tellsHowScoresWereTaken(release []json.RawMessage) {
	w.T.Helper()
	var everybody struct {
		Taken struct {
			Channel struct {
				Percent *float64
				Of      struct{ N *float64 }
			} `json:"channel_changed"`
			Deliverer struct {
				People struct{ Under float64 }
			} `json:"deliverer_helped"`
			Between struct{ Median *float64 } `json:"between_scores"`
		}
		Remarks []m
		Board   []string
	}
	for _, raw := range release {
		if everybody.Taken.Channel.Of.N == nil && strings.Contains(string(raw), `"channel_changed"`) {
			must(w.T, json.Unmarshal(raw, &everybody))
		}
	}
	t := everybody.Taken
	if t.Channel.Of.N == nil || *t.Channel.Of.N != 70 || t.Channel.Percent == nil || t.Deliverer.People.Under != 10 || t.Between.Median == nil || *t.Between.Median != 85 {
		w.T.Errorf("how scores were taken: %+v", t)
	}
	if len(everybody.Remarks) != 12 || len(everybody.Board) != 3 {
		w.T.Errorf("remarks %v, for a board %q", everybody.Remarks, everybody.Board)
	}
}

// converted are the metric scores that SWEMWBS has, points.
func converted(t *testing.T) (all []float64) {
	t.Helper()
	library, err := measure.Catalogue()
	must(t, err)
	for _, d := range library {
		if d.Key == "swemwbs" {
			for _, c := range d.Table {
				all = append(all, c.Metric.Points(2))
			}
		}
	}
	return all
}

// releasedNow publishes what there is now and reads it as the board does.
func (w *town) releasedNow() (bodies []json.RawMessage) {
	w.T.Helper()
	made := w.do(request{as: "ann", path: "/releases", body: m{"scheme": string(w.Garden.ID), "within": "2025-Q1", "grain": "year"}}).is(201)
	for _, step := range []string{"audit", "publication"} {
		made = w.do(request{as: "ann", path: "/releases/" + made.id() + "/" + step, body: m{"version": made.json()["version"]}}).is(201)
	}
	read := w.do(request{as: "fi", path: "/granted-releases/" + made.id()}).is(200)
	again := httptest.NewRecorder()
	w.stack.ServeHTTP(again, request{as: "fi", path: "/granted-releases/" + made.id(), header: map[string]string{"If-None-Match": read.header.Get("ETag")}}.made(w.T, w.Tokens))
	if again.Code != http.StatusNotModified || again.Body.Len() > 0 {
		w.T.Errorf("asked again: %d %s", again.Code, again.Body)
	}
	for _, f := range read.json()["figures"].([]any) {
		figure := f.(m)
		figure["question"] = m{
			"scheme": string(w.Garden.ID), "series": figure["series"], "occasion": figure["occasion"],
			"from": figure["from"], "to": figure["to"], "filters": figure["filters"],
		}
		raw, err := json.Marshal(figure)
		must(w.T, err)
		bodies = append(bodies, raw)
	}
	if len(bodies) < 10 {
		w.T.Fatalf("only %d figures were read", len(bodies))
	}
	return bodies
}

// suppressed is what a report would say that leaves small numbers out and rounds
// nothing: the exact figures of everybody, with means of two decimals.
func (w *town) suppressed() (bodies []json.RawMessage) {
	w.T.Helper()
	got := w.do(request{as: "ann", path: "/schemes/" + string(w.Garden.ID) + "/evidence?measure=swemwbs-raw&from=2025-Q1&to=2025-Q4"})
	if got.status != 200 {
		got = w.do(request{as: "ann", path: "/schemes/" + string(w.Garden.ID) + "/evidence?measure=swemwbs-metric&from=2025-Q1&to=2025-Q4"}).is(200)
	}
	all := got.json()
	finding, flow := all["finding"].(m), all["flow"].(m)
	number := func(v any) float64 { f, err := v.(json.Number).Float64(); must(w.T, err); return f }
	count := func(n float64) m {
		if n < 10 {
			return m{"n": nil, "under": 10}
		}
		return m{"n": n}
	}
	summary := func(of string) m {
		s := finding[of].(m)
		return m{"mean": math.Round(number(s["mean"])*100) / 100, "sd": math.Round(number(s["sd"])*100) / 100}
	}
	paired, due := number(flow["paired"]), number(flow["due"])
	raw, err := json.Marshal(m{
		"question": m{"scheme": string(w.Garden.ID), "series": all["series"], "occasion": all["occasion"], "from": "2025-Q1", "to": "2025-Q4", "filters": []m{}},
		"policy":   m{"threshold": 10}, "scale": m{"direction": 1, "decimals": number(all["decimals"]), "lowest": 7, "highest": 35, "unit": 0.1},
		"flow":   m{"paired": count(paired), "due": count(due), "referred": count(number(flow["referred"])), "lost": count(due - paired)},
		"before": summary("baseline_paired"), "after": summary("followup_paired"), "change": summary("change"), "lost": m{},
	})
	must(w.T, err)
	return []json.RawMessage{raw}
}

// measuredTwice tells the attacker how many people each figure is of.
func (w *town) measuredTwice(exact []json.RawMessage) map[string]int {
	w.T.Helper()
	known := map[string]int{}
	for _, raw := range exact {
		var b struct {
			Question struct{ Series, Occasion, From, To string }
			Flow     map[string]struct{ N *float64 }
		}
		must(w.T, json.Unmarshal(raw, &b))
		q := b.Question
		known[fmt.Sprintf("%s|%s|%s|%s|%s", w.Garden.ID, q.Series, q.Occasion, q.From, q.To)] = int(*b.Flow["paired"].N)
	}
	return known
}

// scoresOf are the scores that anybody has, in points.
func (w *town) scoresOf() (all []float64) {
	w.T.Helper()
	for _, text := range w.Cells("SELECT DISTINCT level FROM assessment_scores") {
		var level float64
		_, err := fmt.Sscan(text, &level)
		must(w.T, err)
		all = append(all, level, level/100) // raw totals, and metric ones of two decimals
	}
	return all
}

// sureOf are what the attacker claims and could be right about: any small count,
// and a score that somebody has.
func sureOf(t *testing.T, rules attack.Rules, bodies [][]json.RawMessage, known attack.Known, single []float64) (sure []attack.Claim) {
	t.Helper()
	counts, err := rules.Counts(bodies, 1)
	must(t, err)
	for _, c := range counts {
		if c.Value >= 1 && c.Value < 10 {
			sure = append(sure, c)
		}
	}
	waits, err := rules.Waits(bodies, known)
	must(t, err)
	sure = append(sure, waits...)
	scores, err := rules.Scores(bodies, known)
	must(t, err)
	for _, c := range scores {
		if slices.ContainsFunc(single, func(s float64) bool { return math.Abs(s-c.Value) < 1e-6 }) {
			sure = append(sure, c)
		}
	}
	return sure
}
