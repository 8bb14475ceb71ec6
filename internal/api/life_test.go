package api_test

import (
	"fmt"
	"strings"
	"testing"

	"cairn/internal/scheme"
)

// The main job through the API alone: a scheme, people, prescriptions, a
// baseline and a follow-up each, and what the scheme's page says of them.
func TestMainJob(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		made := w.do(request{as: "ann", path: "/schemes", body: m{
			"name": "Riverside Walks", "measures": []string{"swemwbs", "ons4"}, "primary": "swemwbs-metric", "weeks": 12, "started_on": "2024-01-01",
		}}).is(201)
		walks := scheme.Scheme{ID: scheme.ID(made.id())}
		if at := made.header.Get("Location"); at != "/api/v1/schemes/"+string(walks.ID) {
			t.Errorf("Location %q", at)
		}
		follow(t, w, "ann", made)
		act := w.do(request{as: "ann", path: "/activities", body: m{"name": "Monday walk", "category": "nature", "provider": "Walkers"}}).is(201)
		follow(t, w, "ann", act)

		// Raw totals: 20 is 18.59 and 25 is 22.35 on the converted scale.
		for i := range 4 {
			id := w.referral("ann", walks, fmt.Sprintf("RW-%d", i), "2025-01-10")
			p := w.do(request{as: "ann", path: "/prescriptions", body: m{
				"referral": id, "activity": act.id(), "offered_on": "2025-01-12", "first_attended_on": "2025-01-20",
				"sessions_offered": 8, "sessions_attended": 1,
			}}).is(201)
			follow(t, w, "ann", p)
			follow(t, w, "ann", w.do(request{as: "ann", path: "/assessments", body: m{
				"referral": id, "measure": "swemwbs", "on": "2025-01-20", "occasion": "baseline", "series": "swemwbs-raw", "score": 20,
			}}).is(201))
			if i == 3 {
				continue // not seen again
			}
			w.do(request{as: "ann", path: "/assessments", body: m{
				"referral": id, "measure": "swemwbs", "on": "2025-04-14", "occasion": "day-84", "series": "swemwbs-raw", "score": 25 - i,
			}}).is(201)
		}
		got := w.do(request{as: "ann", path: "/schemes/" + string(walks.ID) + "/evidence?from=2025-Q1&to=2025-Q4"}).is(200).json()
		said := m{"series": "swemwbs-metric", "direction": "higher", "occasion": "day-84", "rule": "plan", "as_of": "2026-06-30", "view": "internal"}
		for name, want := range said {
			if got[name] != want {
				t.Errorf("%s is %v, want %v", name, got[name], want)
			}
		}
		flow, counts := got["flow"].(m), got["finding"].(m)["counts"].(m)
		if fmt.Sprintf("%v %v %v", flow["referred"], flow["due"], flow["paired"]) != "4 4 3" || fmt.Sprint(counts["n_lost"]) != "1" {
			t.Errorf("flow %v, counts %v", flow, counts)
		}
		// (22.35 + 21.54 + 20.73)/3 - 18.59 = 2.95
		if mean := fmt.Sprint(got["finding"].(m)["change"].(m)["mean"]); !strings.HasPrefix(mean, "2.95") && !strings.HasPrefix(mean, "2.9499") {
			t.Errorf("mean change %s, want 2.95", mean)
		}
		if sentence := fmt.Sprint(got["sentence"]); !strings.Contains(sentence, "3 of 4") || !strings.Contains(sentence, "Riverside Walks") {
			t.Errorf("sentence %q", sentence)
		}
	})
}

// follow reads back what was made, at its Location: the same body.
func follow(t *testing.T, w *town, as string, made answer) {
	t.Helper()
	path, ok := strings.CutPrefix(made.header.Get("Location"), "/api/v1")
	if !ok {
		t.Fatalf("Location %q", made.header.Get("Location"))
	}
	if again := w.do(request{as: as, path: path}).is(200); again.body != made.body {
		t.Errorf("made %s\nread %s", made.body, again.body)
	}
}

// A score is kept as it was written and no float touches it; responses are
// scored here, whatever a sender thinks they come to.
func TestScoresAreExact(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.referral("bo", w.Garden, "RS-1", "2026-01-05")
		for score, want := range map[string]string{"18.59": "18.59", "19.250": "19.25", "7": "7", "35.00": "35"} {
			day := map[string]string{"18.59": "2026-01-06", "19.250": "2026-01-07", "7": "2026-01-08", "35.00": "2026-01-09"}[score]
			got := w.do(request{as: "bo", path: "/assessments", body: fmt.Sprintf(
				`{"referral":%q,"measure":"swemwbs","on":%q,"occasion":"later","series":"swemwbs-metric","score":%s}`, id, day, score)}).is(201)
			if !strings.Contains(got.body, `"scores":[{"series":"swemwbs-metric","score":`+want+`}]`) {
				t.Errorf("score %s came back as %s", score, got.body)
			}
		}
		got := w.do(request{as: "bo", path: "/assessments", body: m{
			"referral": id, "measure": "ons4", "on": "2026-01-06", "occasion": "baseline", "channel": "phone", "helper": "nobody",
			"items": m{"satisfaction": 6, "worthwhile": 7, "happiness": 5, "anxiety": 4},
		}}).is(201)
		follow(t, w, "bo", got)
		if !strings.Contains(got.body, `{"series":"ons4-anxiety","score":4}`) {
			t.Errorf("four items gave %s", got.body)
		}
		all := w.do(request{as: "bo", path: "/referrals/" + id + "/assessments"}).is(200).json()["items"].([]any)
		if len(all) != 5 {
			t.Errorf("%d assessments are listed, want 5", len(all))
		}
	})
}

// Long lists come in pages that together hold everything once, and no address
// carries a person's reference.
func TestPages(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		for i := range 5 {
			w.referral("ann", w.Garden, fmt.Sprintf("RS-%d", i), fmt.Sprintf("2026-01-0%d", i+1))
		}
		for _, path := range []string{"/people?limit=2", "/referrals?limit=2&scheme=" + string(w.Garden.ID)} {
			var seen []string
			next := ""
			for page := 0; ; page++ {
				got := w.do(request{as: "ann", path: path + next}).is(200).json()
				for _, item := range got["items"].([]any) {
					seen = append(seen, item.(m)["reference"].(string))
				}
				after, more := got["next"].(string)
				if !more {
					break
				}
				if page > 5 || strings.Contains(after, "RS-") {
					t.Fatalf("%s goes on after %q", path, after)
				}
				next = "&after=" + after
			}
			if fmt.Sprint(seen) != "[RS-0 RS-1 RS-2 RS-3 RS-4]" && fmt.Sprint(seen) != "[RS-4 RS-3 RS-2 RS-1 RS-0]" {
				t.Errorf("%s gave %v", path, seen)
			}
		}
		w.do(request{as: "ann", path: "/people?after=" + string(w.Garden.ID)}).is(422).problem()
		w.do(request{as: "ann", path: "/people?limit=0"}).is(422).problem()
		w.do(request{as: "ann", path: "/people?limit=many"}).is(422).problem()
	})
}
