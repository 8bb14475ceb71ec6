package api_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// pages reads a list page by page and returns one field of every line.
func (w *town) pages(path, field string, limit int) (seen []string) {
	w.T.Helper()
	next := ""
	for range 20 {
		got := w.do(request{as: "ann", path: fmt.Sprintf("%s&limit=%d%s", path, limit, next)}).is(200).json()
		for _, item := range got["items"].([]any) {
			seen = append(seen, item.(m)[field].(string))
		}
		after, more := got["next"].(string)
		if !more {
			return seen
		}
		next = "&after=" + after
	}
	w.T.Fatalf("%s has no end", path)
	return nil
}

// Under each order the pages of a list hold everybody once, in that order, however
// small they are and whatever is equal; a filter narrows them, and what a list does
// not have is refused with what it has.
func TestListsAreSortedAndNarrowed(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		days := map[string]string{"RS-4": "2026-01-02", "RS-0": "2026-01-03", "RS-3": "2026-01-02", "rs-1": "2026-01-03", "RS-2": "2026-01-02"}
		added := []string{"RS-4", "RS-0", "RS-3", "rs-1", "RS-2"}
		ids := map[string]string{}
		for _, reference := range added {
			ids[reference] = w.referral("ann", w.Garden, reference, days[reference])
		}
		byName := []string{"RS-0", "RS-2", "RS-3", "RS-4", "rs-1"}
		byDay := []string{"RS-4", "RS-3", "RS-2", "RS-0", "rs-1"} // in order of adding where they are equal
		turned := func(all []string) []string {
			back := slices.Clone(all)
			slices.Reverse(back)
			return back
		}
		garden := "/referrals?scheme=" + string(w.Garden.ID)
		for path, want := range map[string][]string{
			"/people?sort=reference": byName, "/people?sort=-reference": turned(byName), "/people?sort=added": added, "/people?sort=-added": turned(added),
			"/people?q=RS-&sort=-added": {"RS-2", "rs-1", "RS-3", "RS-0", "RS-4"},
			garden + "&sort=reference":  byName, garden + "&sort=-reference": turned(byName), garden + "&sort=received_on": byDay, garden + "&sort=-received_on": turned(byDay),
			garden + "&received_from=2026-01-03": {"rs-1", "RS-0"}, garden + "&received_to=2026-01-02&sort=reference": {"RS-2", "RS-3", "RS-4"},
			garden + "&state=open&sort=reference": byName, garden + "&state=closed": nil, garden + "&source=self&sort=reference": byName, garden + "&source=police": nil,
			garden + "&person=" + lost(1): nil, garden + "&person=nobody": nil,
		} {
			for _, limit := range []int{1, 2, 200} {
				if got := w.pages(path, "reference", limit); !slices.Equal(got, want) {
					t.Errorf("%s by %d: %v, want %v", path, limit, got, want)
				}
			}
		}
		taken := "/referrals/" + ids["RS-0"] + "/assessments?"
		for _, on := range []string{"2026-01-09", "2026-01-07", "2026-01-08"} {
			w.do(request{as: "ann", path: "/assessments", body: m{"referral": ids["RS-0"], "measure": "swemwbs", "on": on, "occasion": "later", "series": "swemwbs-raw", "score": 20}}).is(201)
		}
		for query, want := range map[string][]string{
			"measure=swemwbs": {"2026-01-07", "2026-01-08", "2026-01-09"}, "sort=-on": {"2026-01-09", "2026-01-08", "2026-01-07"}, "measure=ons4": nil, "occasion=baseline": nil,
		} {
			var got []string
			for _, item := range w.do(request{as: "ann", path: taken + query}).is(200).json()["items"].([]any) {
				got = append(got, item.(m)["on"].(string))
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s: %v, want %v", query, got, want)
			}
		}
		for path, says := range map[string]string{
			"/people?sort=name":      "query.sort: Choose one of: reference, -reference, added, -added.",
			"/people?sex=female":     "query.sex: this address takes q, sort, after, limit.",
			garden + "&sort=ordinal": "query.sort: Choose one of: -received_on, received_on, reference, -reference.",
			garden + "&state=gone":   "query.state: open, closed.", garden + "&source=owl": "query.source: general-practice, pharmacy",
			garden + "&received_from=x": "query.received_from", garden + "&received_from=2026-02-01&received_to=2026-01-01": "query.received_to",
			garden + "&ended=x":    "query.ended: this address takes scheme, person, state, source, received_from, received_to, sort, after, limit.",
			taken + "sort=measure": "query.sort: Choose one of: on, -on.", taken + "measure=owl": "query.measure", taken + "rater=self": "query.rater: this address takes measure, occasion, sort.",
			"/activities?sort=name": "query.sort: leave it out",
		} {
			place, sentence, _ := strings.Cut(says, ": ")
			p := w.do(request{as: "ann", path: path}).is(422).problem()
			if len(p.Errors) != 1 || p.Errors[0].Location != place || !strings.Contains(p.Errors[0].Message, sentence) {
				t.Errorf("%s: %+v, want %s", path, p.Errors, says)
			}
		}
	})
}

// docs/api.md says which lists come in pages; a list that does not takes no limit.
func TestListsInPagesAreThoseOfTheDocument(t *testing.T) {
	raw, err := os.ReadFile("testdata/openapi.json")
	must(t, err)
	var document struct {
		Paths map[string]map[string]struct {
			Parameters []struct{ Name string }
		}
	}
	must(t, json.Unmarshal(raw, &document))
	var paged []string
	for path, operations := range document.Paths {
		for _, p := range operations["get"].Parameters {
			if p.Name == "limit" {
				paged = append(paged, path)
			}
		}
	}
	slices.Sort(paged)
	if want := []string{"/caseload", "/imports", "/imports/{id}/rows", "/people", "/referrals"}; !slices.Equal(paged, want) {
		t.Errorf("in pages come %v, and docs/api.md says %v", paged, want)
	}
	said, err := os.ReadFile("../../docs/api.md")
	must(t, err)
	if !strings.Contains(string(said), "- **Lists** of people, referrals, a caseload and imports come in pages") || !strings.Contains(string(said), "All other lists, such as those of schemes") {
		t.Error("docs/api.md does not say which lists come in pages")
	}
}
