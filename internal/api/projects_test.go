package api_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"cairn/internal/app"
	"cairn/internal/scheme"
	kit "cairn/internal/testkit/town"
)

// projectOf is a project that a researcher of the organisation asked for.
func (w *town) projectOf(by app.Actor, in scheme.Scheme) string {
	w.T.Helper()
	ctx := w.T.Context()
	login := map[string]string{"ann": "ed", "cy": "hy"}[by.Login]
	if login == "hy" {
		w.Join(app.NewUser{Login: login, Org: by.Org, Role: app.Researcher, AllSchemes: true})
	}
	account, err := w.App.Login(ctx, login)
	must(w.T, err)
	asks, err := w.App.Actor(ctx, account.ID, by.Org)
	must(w.T, err)
	v, err := w.App.AskProject(ctx, asks, app.NewProject{
		Name: "Study", Purpose: "Whether it changes wellbeing within twelve weeks.", Schemes: []scheme.ID{in.ID}, Users: []scheme.AccountID{asks.Account}, Until: "2026-12-31",
	})
	must(w.T, err)
	return string(v.ID)
}

// projectProbes asks every operation about projects, of which nobody has decided.
func projectProbes() map[string]probe {
	at := func(rest string) func(place) string {
		return func(p place) string { return "/projects/" + p.project + rest }
	}
	send := func(body m) func(place, int) m { return func(place, int) m { return body } }
	all := func(place) string { return "/projects" }
	return map[string]probe{
		"GET /projects":           {right: app.SeeProjects, open: true, path: all},
		"GET /projects/:id":       {right: app.SeeProjects, path: at("")},
		"GET /projects/:id/check": {right: app.SeeProjects, path: at("/check")},
		"POST /projects": {right: app.AskProjects, open: true, ok: http.StatusUnprocessableEntity, path: all,
			body: send(m{"name": "Study", "purpose": "too short", "schemes": []string{}, "users": []string{}, "until": "2026-12-31"})},
		"POST /projects/:id/decision":             {right: app.DecideProjects, ok: http.StatusConflict, path: at("/decision"), body: send(m{"version": 99, "decision": "approve"})},
		"POST /projects/:id/end":                  {right: app.DecideProjects, ok: http.StatusConflict, path: at("/end"), body: send(m{"version": 99, "reason": "over"})},
		"POST /projects/:id/files/:file/deletion": {right: app.DecideProjects, ok: http.StatusNotFound, path: at("/files/" + lost(18) + "/deletion"), body: send(m{})},
		"POST /projects/:id/tickets":              {right: app.TakeProjects, ok: http.StatusConflict, path: at("/tickets"), body: send(m{"password": kit.Password})},
		"POST /projects/:id/file":                 {right: app.TakeProjects, ok: http.StatusConflict, path: at("/file"), body: send(m{"ticket": "guess"})},
	}
}

// unzipped is all that is in an archive.
func unzipped(t *testing.T, file string) string {
	t.Helper()
	archive, err := zip.NewReader(strings.NewReader(file), int64(len(file)))
	must(t, err)
	var all bytes.Buffer
	for _, f := range archive.File {
		from, err := f.Open()
		must(t, err)
		_, err = io.Copy(&all, from)
		must(t, err)
	}
	return all.String()
}

// A study is a project over HTTP: each step is asked for at its address, and is
// answered with the status that is wanted.
type study struct {
	*town
	at string
}

func (s study) step(as, rest string, body m, status int) answer {
	s.T.Helper()
	return s.do(request{as: as, path: s.at + rest, body: body}).is(status)
}

// refused is a step that is answered with a code.
func (s study) refused(as, rest string, body m, status int, code string) {
	s.T.Helper()
	if got := s.step(as, rest, body, status); !strings.Contains(got.body, code) {
		s.T.Errorf("%s by %s is refused without %s: %s", rest, as, code, got.body)
	}
}

func (s study) ticket(as string) m {
	s.T.Helper()
	return m{"ticket": s.step(as, "/tickets", m{"password": password}, http.StatusOK).json()["ticket"]}
}

// A manager asks, another approves, a password gives one file to one researcher,
// and every way around any of it is refused.
func TestProjects(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		start, err := scheme.ParseDay("2026-01-05")
		must(t, err)
		var people []kit.Somebody
		for i := range 40 {
			people = append(people, kit.Somebody{Reference: fmt.Sprint("CANARY-", i), Sex: []scheme.Sex{"female", "male"}[i%2], On: start, Before: 10 + i%20, After: 20})
		}
		w.Crowd(w.Ann, w.Garden, people...)
		w.Join(app.NewUser{Login: "meg", Org: w.Ann.Org, Role: app.Manager, AllSchemes: true})
		w.Join(app.NewUser{Login: "ida", Org: w.Ann.Org, Role: app.Researcher, AllSchemes: true})
		s := w.asked()
		approve := m{"version": 1, "decision": "approve"}
		if early := w.do(request{as: "ed", path: s.at + "/check"}).is(http.StatusOK); strings.Contains(early.body, "counts") || strings.Contains(early.body, "40") {
			t.Errorf("a researcher counts people before anybody approved: %s", early.body)
		}
		s.refused("ann", "/decision", approve, http.StatusForbidden, "account.forbidden")
		s.refused("ed", "/tickets", m{"password": password}, http.StatusConflict, "project.state")
		s.refused("meg", "/decision", m{"version": 1, "decision": "approve", "fewest": 5}, http.StatusUnprocessableEntity, "body.reason")
		s.refused("meg", "/decision", m{"version": 3, "decision": "approve"}, http.StatusConflict, "version.stale")
		if said := s.step("meg", "/decision", approve, http.StatusCreated).json(); said["state"] != "approved" || said["decided_by"] != "meg" || fmt.Sprint(said["version"]) != "2" {
			t.Errorf("approved: %v", said)
		}
		s.refused("meg", "/decision", m{"version": 2, "decision": "refuse", "reason": "x"}, http.StatusConflict, "project.state")
		for _, login := range []string{"ed", "meg"} {
			if got := w.do(request{as: login, path: s.at + "/check"}).is(http.StatusOK).json(); fmt.Sprint(got["counts"].(m)["people"], got["refused"], got["coarser"].(m)["quarter"]) != "40<nil>0" {
				t.Errorf("the check by %s: %v", login, got)
			}
		}
		sha := s.taken()
		s.over(sha)
		if said := w.Log.String(); strings.Contains(said, password) || strings.Contains(said, "CANARY") || !strings.Contains(said, "route=/api/v1/projects/:id/file") {
			t.Error("the log holds a secret, or nothing")
		}
	})
}

// asked is Ann's project for ed, whom the list names: sent twice, there once.
func (w *town) asked() study {
	w.T.Helper()
	choices := w.do(request{as: "ann", path: "/projects"}).is(http.StatusOK).json()
	var ed string
	for _, r := range choices["researchers"].([]any) {
		if r.(m)["login"] == "ed" {
			ed = r.(m)["id"].(string)
		}
	}
	body := m{
		"name": "Gardens", "purpose": "Whether gardening changes wellbeing within twelve weeks.", "schemes": []string{string(w.Garden.ID)},
		"users": []string{ed}, "traits": []string{"quarter", "sex"}, "from": "2026-Q1", "until": "2026-12-31",
	}
	made := w.do(request{as: "ann", path: "/projects", body: body, key: "study"}).is(http.StatusCreated)
	again := w.do(request{as: "ann", path: "/projects", body: body, key: "study"}).is(http.StatusCreated)
	if again.id() != made.id() || made.header.Get("Location") != "/api/v1/projects/"+made.id() {
		w.T.Errorf("asked twice: %s and %s at %s", made.body, again.body, made.header.Get("Location"))
	}
	said := made.json()
	if got := fmt.Sprintf("%v %v %v %v %v %v", said["schemes"], said["users"], said["traits"], said["from"], said["to"], said["asked_by"]); got !=
		fmt.Sprintf("[map[id:%s name:Garden]] [map[id:%s login:ed]] [quarter sex] 2026-Q1 <nil> ann", w.Garden.ID, ed) {
		w.T.Errorf("asked for %s", got)
	}
	wrong := w.do(request{as: "ann", path: "/projects", body: with(body, m{"until": "2028-01-01", "traits": []string{"name"}, "purpose": "it"})}).is(http.StatusUnprocessableEntity).problem()
	if !sameSet(places(wrong), []string{"body.until day.order", "body.traits input.invalid", "body.purpose input.invalid"}) {
		w.T.Errorf("what is wrong with it: %v", places(wrong))
	}
	return study{w, "/projects/" + made.id()}
}

// taken is the SHA-256 of the one file that a ticket gives.
func (s study) taken() (sha string) {
	s.T.Helper()
	s.refused("ida", "/tickets", m{"password": password}, http.StatusNotFound, "not-found")
	s.refused("ed", "/tickets", m{"password": "wrong"}, http.StatusForbidden, "account.step-up")
	s.refused("ed", "/tickets", m{"password": "wrong", "code": 1}, http.StatusUnprocessableEntity, "body.code")
	s.refused("ed", "/file", m{"ticket": "guess"}, http.StatusConflict, "project.ticket")
	ticket := s.ticket("ed")
	s.refused("ida", "/file", ticket, http.StatusNotFound, "not-found")
	s.refused("ann", "/file", ticket, http.StatusForbidden, "account.forbidden")
	s.refused("ed", "/file", with(ticket, m{"again": true}), http.StatusUnprocessableEntity, "body.again")
	file := s.step("ed", "/file", ticket, http.StatusOK)
	s.refused("ed", "/file", ticket, http.StatusConflict, "project.ticket")
	sha = app.Fingerprint([]byte(file.body))
	sum, err := hex.DecodeString(sha)
	must(s.T, err)
	for name, want := range map[string]string{
		"Content-Type": "application/zip", "Content-Disposition": "attachment; filename=cairn-project-2026-06-30.zip", "Cache-Control": "no-store",
		"Repr-Digest": "sha-256=:" + base64.StdEncoding.EncodeToString(sum) + ":",
	} {
		if got := file.header.Get(name); got != want {
			s.T.Errorf("%s of the file is %q, want %q", name, got, want)
		}
	}
	held := unzipped(s.T, file.body)
	if !strings.Contains(held, "swemwbs") || strings.Contains(held, "CANARY") || strings.Contains(held, string(s.Garden.ID)) {
		s.T.Error("the file holds nothing, or who somebody is")
	}
	return sha
}

// over is what the log says of the file, and how a project ends.
func (s study) over(sha string) {
	s.T.Helper()
	read := s.do(request{as: "ann", path: s.at}).is(http.StatusOK)
	files, _ := read.json()["files"].([]any)
	if len(files) != 1 || files[0].(m)["sha256"] != sha || files[0].(m)["sent_to"] != "ed" || fmt.Sprint(files[0].(m)["people"]) != "40" {
		s.T.Fatalf("the log: %s", read.body)
	}
	for range 4 {
		s.refused("ed", "/tickets", m{"password": "wrong"}, http.StatusForbidden, "account.step-up")
	}
	s.refused("ed", "/tickets", m{"password": password}, http.StatusForbidden, "Wait ten minutes")
	if n := s.Cells("SELECT COUNT(*) FROM audit WHERE act = 'project.step-up-refused'")[0]; n != "5" {
		s.T.Errorf("the audit has %s wrong passwords", n)
	}
	s.Wait(11 * time.Minute)
	late := s.ticket("ed")
	s.Wait(11 * time.Minute)
	s.refused("ed", "/file", late, http.StatusConflict, "project.ticket")
	deletion := "/files/" + files[0].(m)["id"].(string) + "/deletion"
	s.refused("ed", deletion, m{}, http.StatusForbidden, "account.forbidden")
	if gone := s.step("meg", deletion, m{}, http.StatusCreated).body; !strings.Contains(gone, `"deleted_by":"meg"`) {
		s.T.Errorf("deleted: %s", gone)
	}
	s.refused("meg", deletion, m{}, http.StatusNotFound, "not-found")

	unused, end := s.ticket("ed"), m{"reason": "The study is over"}
	s.refused("meg", "/end", m{"version": 2, "reason": ""}, http.StatusUnprocessableEntity, "body.reason")
	s.refused("meg", "/end", with(end, m{"version": 1}), http.StatusConflict, "version.stale")
	asked := func(tag string) answer {
		return s.do(request{as: "meg", path: s.at + "/end", body: end, header: map[string]string{"If-Match": tag}})
	}
	asked(`"v1-0"`).is(http.StatusPreconditionFailed)
	if ended := asked(read.header.Get("ETag")).is(http.StatusCreated).json(); ended["state"] != "ended" || ended["ended_by"] != "meg" {
		s.T.Errorf("ended: %v", ended)
	}
	s.refused("ed", "/file", unused, http.StatusConflict, "project.state")
	s.refused("ed", "/tickets", m{"password": password}, http.StatusConflict, "project.state")
	for login, sees := range map[string]int{"ed": 1, "ida": 0, "meg": 1, "cy": 0} {
		if n := len(s.do(request{as: login, path: "/projects"}).is(http.StatusOK).json()["items"].([]any)); n != sees {
			s.T.Errorf("%s sees %d projects", login, n)
		}
	}
}
