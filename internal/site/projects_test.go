package site_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"cairn/internal/app"
	"cairn/internal/scheme"
	kit "cairn/internal/testkit/town"
)

// without is the form with one field left out.
func (f form) without(field string) form {
	all := f.and(nil)
	delete(all, field)
	return all
}

// ticket is what the page with the one button sends.
func (s seen) ticket() string {
	s.t.Helper()
	found := ""
	for n := range s.root.Descendants() {
		if n.Data == "input" && attr(n, "name") == "ticket" {
			found = attr(n, "value")
		}
	}
	if found == "" || strings.Contains(s.at, found) {
		s.t.Fatalf("%s: the ticket is %q: %s", s.at, found, s.text())
	}
	return found
}

// taken is a file as a browser gets it.
func (v *visitor) taken(path, ticket string) []byte {
	v.t.Helper()
	got, err := v.client.PostForm(v.base+path, url.Values{"ticket": {ticket}})
	must(v.t, err)
	defer got.Body.Close()
	file, err := io.ReadAll(got.Body)
	must(v.t, err)
	h := got.Header
	if got.StatusCode != http.StatusOK || h.Get("Cache-Control") != "no-store" || h.Get("Content-Type") != "application/zip" || !strings.HasPrefix(h.Get("Content-Disposition"), "attachment; filename=cairn-project-") {
		v.t.Fatalf("status %d, %v: %.300s", got.StatusCode, h, file)
	}
	return file
}

// crowded brings in people who are told apart by nothing, and returns a project's
// form for ed.
func (w *town) crowded() form {
	w.T.Helper()
	start, err := scheme.ParseDay("2026-01-05")
	must(w.T, err)
	var people, few []kit.Somebody
	for i := range 40 {
		people = append(people, kit.Somebody{Reference: fmt.Sprint("G-", i), Sex: []scheme.Sex{"female", "male"}[i%2], On: start.Plus(i), Before: 10 + i%20, After: 12 + i%20})
	}
	w.Crowd(w.Ann, w.Garden, people...)
	for i := range 5 {
		few = append(few, kit.Somebody{Reference: fmt.Sprint("C-", i), Sex: "female", On: start, Before: 10 + i})
	}
	w.Crowd(w.Ann, w.Choir, few...)
	ed, err := w.App.Login(w.T.Context(), "ed")
	must(w.T, err)
	return form{
		"name": "Gardens <b>", "purpose": "Whether gardening changes wellbeing within twelve weeks.", "schemes": string(w.Garden.ID),
		"users": string(ed.ID), "traits": "sex", "measure": "", "from": "", "to": "",
	}.and(on("until", "31", "12"))
}

// A journey is one project on the pages, from asking to its end.
type journey struct {
	*town
	typed        form
	ann, meg, ed *visitor
	at           string // of the project
}

// From asking to the log, with every refusal where it belongs: who asked does not
// decide, nobody downloads without the password, and nothing downloads twice.
func TestProjectPages(t *testing.T) {
	w := onSQLite(t)
	j := &journey{town: w, typed: w.crowded()}
	w.Join(app.NewUser{Login: "meg", Org: w.Ann.Org, Role: app.Manager, AllSchemes: true})
	w.Join(app.NewUser{Login: "other", Org: w.Ann.Org, Role: app.Researcher, AllSchemes: true})
	j.ann, j.meg, j.ed = w.signedIn("ann"), w.signedIn("meg"), w.signedIn("ed")
	j.nobodyElse()
	j.mistakes()
	j.asked()
	j.decided()
	j.downloaded()
	j.tooOften()
	j.ended()
	j.tooFew()
}

// nobodyElse is led to the pages; whoever is finds a page that says what it is for.
func (j *journey) nobodyElse() {
	j.T.Helper()
	for _, login := range []string{"bo", "di", "fi"} {
		v := j.signedIn(login)
		v.get("/").silent(`href="/projects"`)
		v.get("/projects").is(http.StatusForbidden)
		v.get("/projects/new").is(http.StatusForbidden)
	}
	j.ann.get("/projects").is(http.StatusOK).says("A project lets named researchers download rows", "There is no project yet")
	if home := j.ed.get("/").says("You are named in no project yet", "Ask for a project"); home.at != "/projects" {
		j.T.Errorf("a researcher begins at %s", home.at)
	}
	if j.ed.get("/projects/new").typed("users") != j.typed["users"] {
		j.T.Error("a researcher is not proposed to themselves")
	}
}

func (j *journey) mistakes() {
	j.T.Helper()
	before := j.rows()
	for _, m := range []struct {
		field string
		typed form
	}{
		{"name", j.typed.and(form{"name": ""})}, {"purpose", j.typed.and(form{"purpose": "Because"})},
		{"purpose", j.typed.and(form{"purpose": "The rows of 943 476 5919, please"})}, {"schemes", j.typed.without("schemes")},
		{"users", j.typed.without("users")}, {"users", j.typed.and(form{"users": nobodys})}, {"traits", j.typed.and(form{"traits": "shoe-size"})},
		{"measure", j.typed.and(form{"measure": "phq9"})}, {"from", j.typed.and(form{"from": "2026-Q2", "to": "2026-Q1"})}, {"from", j.typed.and(form{"from": "spring"})},
		{"until", j.typed.and(on("until", "31", "2"))}, {"until", j.typed.and(on("until", "1", "1"))},
	} {
		page := j.ann.post("/projects/new", m.typed).is(http.StatusUnprocessableEntity)
		if links := page.links(); page.wrong(m.field) == "" || len(links) != 1 || links[0] != m.field || page.id(m.field).Data == "" {
			j.T.Errorf("%s: %q, the summary leads to %v", m.field, page.wrong(m.field), links)
		}
		if words(page.id("purpose")) != m.typed["purpose"] {
			j.T.Errorf("%s: the purpose is lost", m.field)
		}
		for _, name := range []string{"name", "schemes", "traits", "until-day", "until-month", "until-year"} {
			if name != m.field && page.typed(name) != m.typed[name] {
				j.T.Errorf("%s: %s was typed as %q and is %q now", m.field, name, m.typed[name], page.typed(name))
			}
		}
	}
	if after := j.rows(); after != before {
		j.T.Errorf("a refused form wrote something:\n%s\nbefore\n%s", after, before)
	}
}

func (j *journey) asked() {
	j.T.Helper()
	page := j.ann.fill("/projects/new", j.typed).is(http.StatusOK).silent(j.typed["name"], `name="decision"`)
	page.says("You asked for this, so somebody else has to approve it", "Waiting for approval", j.typed["name"], "Nobody has downloaded anything yet.")
	j.at = strings.SplitN(page.at, "?", 2)[0]
	approve := form{"decision": "approve", "version": "1"}
	other, cy := j.signedIn("other"), j.signedIn("cy")
	for _, path := range []string{j.at, j.at + "/check", "/projects/new?like=" + strings.TrimPrefix(j.at, "/projects/")} {
		other.get(path).is(http.StatusNotFound)
		cy.get(path).is(http.StatusNotFound)
	}
	other.get(j.at + "/download").is(http.StatusNotFound)
	cy.post(j.at+"/decision", approve).is(http.StatusNotFound)
	j.ann.post(j.at+"/decision", approve).is(http.StatusForbidden).says("Somebody else than who asked has to decide.")
	j.ed.post(j.at+"/decision", approve).is(http.StatusForbidden)
	j.ed.get(j.at).is(http.StatusOK).says("Nothing can be downloaded until then.").silent(`name="decision"`, j.at+"/download")
	if page := j.ed.get(j.at + "/download").is(http.StatusOK); page.at != j.at {
		j.T.Errorf("before approval %s is shown", page.at)
	}
	j.ed.post(j.at+"/download", form{"password": password}).is(http.StatusConflict).says("Nobody has approved this project yet.")
	j.ed.get(j.at+"/check").is(http.StatusOK).says("A file could go out today.", "is told to those named, once it is approved").silent("40, with")
}

func (j *journey) decided() {
	j.T.Helper()
	approve := form{"decision": "approve", "version": "1", "fewest": "10"}
	j.meg.get("/projects").says("What you can do next", "Look and decide", "May download: ed")
	j.meg.get(j.at+"/check").is(http.StatusOK).says("A file could go out today.", "40, with 40 referrals", "Sex As recorded", "Hidden Nothing", "Decide about it")
	j.meg.get(j.at).says("Your decision", "can join them by the scores", "All that the schemes collect", "At any time")
	for _, m := range []struct {
		field string
		typed form
	}{
		{"decision", form{"decision": ""}}, {"fewest", form{"fewest": "4"}}, {"reason", form{"fewest": "5"}}, {"reason", form{"decision": "refuse"}},
	} {
		page := j.meg.post(j.at+"/decision", approve.and(m.typed)).is(http.StatusUnprocessableEntity)
		if links := page.links(); page.wrong(m.field) == "" || len(links) != 1 || links[0] != m.field {
			j.T.Errorf("%s: %q, the summary leads to %v", m.field, page.wrong(m.field), links)
		}
	}
	j.meg.post(j.at+"/decision", approve.and(form{"version": "9"})).is(http.StatusConflict).says("still here")
	j.meg.post(j.at+"/decision", approve).is(http.StatusOK).says("Your decision was saved.", "Approved", "by meg", "Each description of a person fits at least 10").silent("Your decision<")
	j.meg.post(j.at+"/decision", approve.and(form{"decision": "refuse", "reason": "late"})).is(http.StatusConflict).says("decided about this project already")
}

func (j *journey) downloaded() {
	j.T.Helper()
	j.ed.get("/").says("What you can do next", "Download a file")
	j.ann.get(j.at + "/download").is(http.StatusForbidden)
	j.ed.get(j.at + "/download").is(http.StatusOK).says("Type your password again").silent("In this demonstration")
	wrong := j.ed.post(j.at+"/download", form{"password": "wrong-canary"}).is(http.StatusForbidden).silent("wrong-canary")
	if said := wrong.wrong("password"); !strings.HasPrefix(said, "The password is not right.") {
		j.T.Errorf("a wrong password: %q", said)
	}
	ticket := j.ed.post(j.at+"/download", form{"password": password}).is(http.StatusOK).says("one file now, within ten minutes").silent(password).ticket()
	file := j.ed.taken(j.at+"/file", ticket)
	again := j.ed.post(j.at+"/file", form{"ticket": ticket}).is(http.StatusConflict).silent(ticket).says("Type your password again")
	if links := again.links(); !strings.Contains(again.wrong("password"), "was taken already") || len(links) != 1 || links[0] != "password" {
		j.T.Errorf("a used ticket: %q, the summary leads to %v", again.wrong("password"), links)
	}
	j.ed.post(j.at+"/file", form{"ticket": "guess"}).is(http.StatusConflict)
	j.ed.get(j.at + "/file").is(http.StatusOK).says("Type your password again") // the address opened anew
	sum := sha256.Sum256(file)
	j.ed.get(j.at).says("30 June 2026, 12:00 by ed", "40 people", hex.EncodeToString(sum[:])).silent("Note that it is deleted")
	for _, secret := range []string{ticket, "wrong-canary", password} {
		if strings.Contains(j.Log.String(), secret) {
			j.T.Errorf("the log holds %q", secret)
		}
	}
}

// tooOften types five wrong passwords, after which the right one has to wait.
func (j *journey) tooOften() {
	j.T.Helper()
	for range 4 { // one was typed before
		j.ed.post(j.at+"/download", form{"password": "wrong"}).is(http.StatusForbidden)
	}
	page := j.ed.post(j.at+"/download", form{"password": password}).is(http.StatusForbidden)
	if said := page.wrong("password"); !strings.Contains(said, "Wait ten minutes") {
		j.T.Errorf("after five wrong passwords: %q", said)
	}
	j.Wait(11 * time.Minute)
	j.ed.post(j.at+"/download", form{"password": password}).is(http.StatusOK).ticket()
}

// ended notes that the copy is gone and ends the project.
func (j *journey) ended() {
	j.T.Helper()
	step := j.meg.get(j.at).says("Note that it is deleted", "End this project").hidden()
	j.ed.post(j.at+"/deleted", step).is(http.StatusForbidden)
	j.meg.post(j.at+"/deleted", step.and(form{"file": nobodys})).is(http.StatusNotFound)
	j.meg.post(j.at+"/deleted", step).is(http.StatusOK).says("It was noted that the copy is deleted.", "Noted on 30 June 2026 by meg")
	if page := j.meg.post(j.at+"/end", step.and(form{"reason": " ", "key": ""})).is(http.StatusUnprocessableEntity); page.wrong("reason") == "" {
		j.T.Errorf("ended without a reason: %s", page.text())
	}
	ticket := j.ed.post(j.at+"/download", form{"password": password}).is(http.StatusOK).ticket()
	j.meg.post(j.at+"/end", step.and(form{"reason": "The <b>study</b> is over", "key": ""})).is(http.StatusOK).says("It was ended by meg : The <b>study</b> is over", "Ask again").silent("<b>study")
	j.ed.post(j.at+"/file", form{"ticket": ticket}).is(http.StatusConflict).says("This project is over")
	if page := j.ed.get(j.at + "/file").is(http.StatusOK); page.at != j.at {
		j.T.Errorf("the file of a project that is over is at %s", page.at)
	}
	if page := j.ed.get(j.at + "/download").is(http.StatusOK).says("It was ended"); page.at != j.at {
		j.T.Errorf("a project that is over leads to %s", page.at)
	}
	j.ed.get("/projects").says("All projects", "Ended").silent("Download a file")
	again := j.ed.get("/projects/new?like=" + strings.TrimPrefix(j.at, "/projects/")).is(http.StatusOK)
	if again.typed("name") != j.typed["name"] || again.typed("traits") != "sex" || again.typed("schemes") != j.typed["schemes"] || again.typed("until-day") != "" {
		j.T.Errorf("asked again with %q, %q, %q", again.typed("name"), again.typed("traits"), again.typed("schemes"))
	}
}

// tooFew asks for a scheme in which a file would tell people apart.
func (j *journey) tooFew() {
	j.T.Helper()
	page := j.ed.fill("/projects/new", j.typed.and(form{"schemes": string(j.Choir.ID)})).is(http.StatusOK)
	at := strings.SplitN(page.at, "?", 2)[0]
	j.meg.get(at+"/check").is(http.StatusOK).says("There would be no file today.", "Choir has 5 people in it, and every description has to fit at least 10", "Ask again, for less")
	j.ed.get(at + "/check").is(http.StatusOK).says("Choir has fewer than 10 people in it").silent("5 people")
	step := j.meg.get(at).hidden().and(form{"decision": "approve"})
	j.meg.post(at+"/decision", step).is(http.StatusOK)
	ticket := j.ed.post(at+"/download", form{"password": password}).is(http.StatusOK).ticket()
	j.ed.post(at+"/file", form{"ticket": ticket}).is(http.StatusConflict).says("There is a problem", "Choir has fewer than 10 people in it").silent("5 people")
	j.ed.get(at+"/check").silent("5 people", "5, with")
	j.meg.get(at).says("Nobody has downloaded anything yet.")
}
