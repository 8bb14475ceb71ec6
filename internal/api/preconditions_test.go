package api_test

import (
	"net/http"
	"strings"
	"testing"
)

// Who has an answer is told so, and a change may name what it was made from by
// the ETag of what was read.
func TestConditions(t *testing.T) {
	w := onSQLite(t)
	path := "/activities/" + string(w.Plot.ID)
	read := w.do(request{as: "ann", path: path}).is(200)
	tag := read.header.Get("ETag")
	if !strings.HasPrefix(tag, `"v1-`) {
		t.Fatalf("ETag %s of version 1", tag)
	}
	asked := func(as, known string) answer {
		return w.do(request{as: as, path: path, header: map[string]string{"If-None-Match": known}})
	}
	if same := asked("ann", `"other", W/`+tag).is(http.StatusNotModified); same.header.Get("ETag") != tag {
		t.Errorf("304 with ETag %s", same.header.Get("ETag"))
	}
	asked("ann", `"other"`).is(200)
	asked("", tag).is(401)
	asked("cy", tag).is(404) // at Hilltop nobody learns that it is the same

	change := func(match string, body any, key string) answer {
		return w.do(request{as: "ann", path: path + "/changes", body: body, key: key, header: map[string]string{"If-Match": match}})
	}
	bare := m{"name": "Long plot", "category": "gardening"}
	whole := m{"name": "Long plot", "category": "gardening", "version": 1}
	for match, body := range map[string]any{
		"v1-ab": bare, "*": bare, `"1"`: bare, `"v1"`: bare, `"v1x-0"`: bare, `"v-1"`: bare, `W/"v1-ab"`: bare, tag + `, "v2-ab"`: bare, `"v1-`: bare, tag: whole,
	} {
		got := change(match, body, "").is(http.StatusUnprocessableEntity)
		if at := got.json()["errors"].([]any)[0].(m)["location"]; at != "header.If-Match" {
			t.Errorf("%s refused at %s", match, at)
		}
	}
	change(tag, "{", "").is(400)
	change(tag, "{}", "").is(http.StatusUnprocessableEntity)
	change(tag, bare, "k").is(201)
	change(tag, bare, "k").is(201) // sent again
	stale := change(tag, bare, "").is(http.StatusPreconditionFailed)
	if stale.json()["type"] != "/problems/version.stale" {
		t.Errorf("stale: %s", stale.body)
	}
	change("", whole, "").is(http.StatusConflict)
	if now := asked("ann", tag).is(200); !strings.HasPrefix(now.header.Get("ETag"), `"v2-`) {
		t.Errorf("ETag %s of version 2", now.header.Get("ETag"))
	}
	w.do(request{as: "ann", path: "/activities", body: bare, header: map[string]string{"If-Match": tag}}).is(http.StatusUnprocessableEntity)
}
