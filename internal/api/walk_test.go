package api_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// A walk is through one list. What move does to the line that the second page begins
// after changes its place in the list, or takes it away.
type walk struct {
	path  string
	named func(line m) string
	move  func(line m)
}

// lines reads a list page by page, two lines at a time, and has the last line of the
// first page changed before it goes on.
func (w *town) lines(of walk, move func(m)) (seen []string) {
	w.T.Helper()
	next := ""
	for n := range 40 {
		got := w.do(request{as: "ann", path: of.path + "limit=2" + next}).is(200).json()
		items := got["items"].([]any)
		for _, item := range items {
			seen = append(seen, of.named(item.(m)))
		}
		after, more := got["next"].(string)
		if !more {
			return seen
		}
		if n == 0 {
			move(items[len(items)-1].(m))
		}
		next = "&after=" + after
	}
	w.T.Fatalf("%s has no end", of.path)
	return nil
}

// Whatever becomes of the line that `next` was made at, every other line is on one page
// and no other, in every order that a list has.
func TestPagesGoOnWhateverBecomesOfTheirLastLine(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		for i := range 7 {
			w.referral("ann", w.Garden, fmt.Sprintf("RS-%d", 3*i%7), fmt.Sprintf("2026-02-0%d", 1+i/2*2%7))
		}
		turn := 0
		rename := func(person any, falling bool) {
			turn++
			begins := map[bool]string{true: "A", false: "Z"}[falling]
			at := fmt.Sprint("/people/", person)
			now := w.do(request{as: "ann", path: at}).is(200).json()
			w.do(request{as: "ann", path: at + "/changes", body: m{"version": now["version"], "reference": fmt.Sprint(begins, turn)}}).is(201)
		}
		redate := func(referral any, falling bool) {
			on := map[bool]string{true: "2026-01-02", false: "2026-02-28"}[falling]
			at := fmt.Sprint("/referrals/", referral)
			now := w.do(request{as: "ann", path: at}).is(200).json()
			now = w.do(request{as: "ann", path: at + "/changes", body: m{"version": now["version"], "accepted_on": "2026-03-01"}}).is(201).json()
			w.do(request{as: "ann", path: at + "/details", body: m{"version": now["version"], "received_on": on}}).is(201)
		}
		decline := func(line m) {
			w.do(request{as: "ann", path: "/not-done", body: m{"referral": line["referral"], "measure": line["measure"], "occasion": line["occasion"], "reason": "declined"}}).is(201)
		}
		byID := func(line m) string { return fmt.Sprint(line["id"]) }
		item := func(line m) string { return fmt.Sprint(line["referral"], line["measure"], line["occasion"]) }
		var walks []walk
		for _, sort := range []string{"reference", "-reference", "added", "-added"} {
			walks = append(walks, walk{"/people?sort=" + sort + "&", byID, func(line m) { rename(line["id"], strings.HasPrefix(sort, "-")) }})
		}
		for _, sort := range []string{"received_on", "-received_on", "reference", "-reference"} {
			walks = append(walks, walk{"/referrals?sort=" + sort + "&", byID, func(line m) {
				redate(line["id"], strings.HasPrefix(sort, "-"))
				rename(line["person"], strings.HasPrefix(sort, "-"))
			}})
		}
		walks = append(walks, walk{"/caseload?whose=teams&", item, decline})
		for _, of := range walks {
			var moved string
			whole := w.lines(of, func(m) {})
			seen := w.lines(of, func(line m) { moved = of.named(line); of.move(line) })
			others := func(all []string) string {
				return strings.Join(slices.Sorted(slices.Values(slices.DeleteFunc(all, func(id string) bool { return id == moved }))), " ")
			}
			if got, want := others(seen), others(whole); got != want || len(whole) < 7 {
				t.Errorf("%s: saw %s\nof %s", of.path, got, want)
			}
		}
	})
}

// What is no `next` of the list is refused alike by every list, and says what to do.
func TestWhatIsNoPlaceInAList(t *testing.T) {
	w := onSQLite(t)
	for _, reference := range []string{"RS-1", "RS-2"} {
		w.referral("ann", w.Garden, reference, "2026-01-05")
	}
	_, imported := w.filed(w.Ann, w.Garden, "F-1")
	person := w.person("ann", "RS-3")
	of := map[string]string{}
	for _, path := range []string{"/people?limit=1", "/referrals?limit=1", "/caseload?whose=teams&limit=1"} {
		of[path] = w.do(request{as: "ann", path: path}).is(200).json()["next"].(string)
		if again := w.do(request{as: "ann", path: path}).is(200).json()["next"].(string); again != of[path] {
			t.Errorf("%s goes on after %s and %s", path, of[path], again)
		}
	}
	for _, path := range []string{"/people?", "/referrals?", "/caseload?whose=teams&", "/imports?", "/imports/" + imported + "/rows?"} {
		bad := []string{"abc", "%00", "-1", "1.2026-01-05", "1e3", "AA", strings.Repeat("A", 3000)}
		if !strings.HasPrefix(path, "/imports?") {
			bad = append(bad, person)
		}
		for name, next := range of {
			if strings.HasPrefix(name, path) {
				w.do(request{as: "ann", path: path + "after=" + next}).is(200)
				bad = append(bad, next[1:], next[:len(next)-1], next+"A")
				continue
			}
			bad = append(bad, next)
		}
		for _, after := range bad {
			p := w.do(request{as: "ann", path: path + "after=" + after}).is(422).problem()
			if len(p.Errors) != 1 || p.Errors[0].Location != "query.after" || p.Errors[0].Message != "This is no place in this list. Start again from the first page." {
				t.Errorf("%safter=%.60s: %+v", path, after, p.Errors)
			}
		}
	}
	for _, sorted := range []string{"&sort=-reference", "&sort=added"} {
		w.do(request{as: "ann", path: "/people?after=" + of["/people?limit=1"] + sorted}).is(422)
	}
	for path, next := range of {
		if strings.Contains(next, "RS-") {
			t.Errorf("%s puts a reference into the address: %s", path, next)
		}
	}
}
