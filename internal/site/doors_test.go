package site_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"cairn/internal/site"
	kit "cairn/internal/testkit/town"
)

// The first run, from an empty database to the manager's first page.
func TestSetUp(t *testing.T) {
	eachEmpty(t, func(t *testing.T, w *town) {
		v := w.visitor()
		if got := v.get("/schemes").is(http.StatusOK); got.at != "/set-up" {
			t.Errorf("an empty installation leads to %s", got.at)
		}
		if got := v.get("/set-up?code=" + url.QueryEscape(setUpCode)).typed("code"); got != setUpCode {
			t.Errorf("the code of the address is typed as %q", got)
		}
		typed := form{"name": "Riverside", "time_zone": "Europe/London", "login": "ann", "password": password, "code": "guess"}
		page := v.post("/set-up", typed).is(http.StatusForbidden)
		if page.wrong("code") == "" || page.typed("name") != "Riverside" {
			t.Errorf("a wrong code: %q", page.text())
		}
		page.silent(password)
		v.post("/set-up", typed.and(form{"code": setUpCode, "password": "short"})).is(http.StatusUnprocessableEntity)
		first := v.post("/set-up", typed.and(form{"code": setUpCode})).is(http.StatusOK).says("There is no scheme yet.", "Set up a scheme")
		if first.at != "/schemes" {
			t.Errorf("set-up leads to %s", first.at)
		}
		if got := w.visitor().get("/set-up").is(http.StatusOK); got.at != "/sign-in" {
			t.Errorf("a second set-up leads to %s", got.at)
		}
		w.visitor().post("/set-up", typed.and(form{"code": setUpCode, "login": "mallory"})).is(http.StatusConflict).says("set up already")
	})
}

func TestSignIn(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		v := w.visitor()
		evidence := "/schemes/" + string(w.Garden.ID) + "/evidence?rule=first-last"
		door := v.get(evidence).is(http.StatusOK)
		if !strings.HasPrefix(door.at, "/sign-in?next=") {
			t.Fatalf("without a session %s is shown", door.at)
		}
		wrong := v.post("/sign-in", form{"login": "bo", "password": "no", "next": evidence}).is(http.StatusUnauthorized)
		nobody := v.post("/sign-in", form{"login": "nobody", "password": password}).is(http.StatusUnauthorized)
		if wrong.wrong("login") == "" || wrong.wrong("login") != nobody.wrong("login") {
			t.Errorf("a wrong password says %q, an unknown login %q", wrong.wrong("login"), nobody.wrong("login"))
		}
		if wrong.typed("login") != "bo" || wrong.typed("password") != "" {
			t.Error("the login stays and the password goes")
		}
		if got := v.post("/sign-in", form{"login": "bo", "password": password, "next": evidence}).is(http.StatusOK); got.at != evidence {
			t.Errorf("signing in leads to %s", got.at)
		}
		if got := v.post("/sign-out", nil).is(http.StatusOK); got.at != "/sign-in" {
			t.Errorf("signing out leads to %s", got.at)
		}
		if got := v.get("/schemes"); !strings.HasPrefix(got.at, "/sign-in") {
			t.Errorf("after signing out %s is shown", got.at)
		}
		for _, elsewhere := range []string{"https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"} {
			if got := w.visitor().post("/sign-in", form{"login": "bo", "password": password, "next": elsewhere}).is(http.StatusOK); got.at != "/caseload" {
				t.Errorf("next=%s leads to %s", elsewhere, got.at)
			}
		}
	})
}

// A form sent after the session has ended says so and is not taken.
func TestAFormWithoutASession(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		before := w.rows()
		w.visitor().post("/schemes/"+string(w.Garden.ID)+"/referrals/new", registration("G-1")).is(http.StatusUnauthorized).says("Sign in")
		if w.rows() != before {
			t.Error("somebody who is not signed in wrote something")
		}
	})
}

// Each role comes to a page of its own, and nobody to figures that are not for
// them.
func TestRoles(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.referral("G-1")
		evidence := "/schemes/" + string(w.Garden.ID) + "/evidence"
		w.signedIn("bo").get("/caseload").is(http.StatusOK).says("My caseload").silent("Choir")
		if got := w.signedIn("bo").get("/"); got.at != "/caseload" {
			t.Errorf("bo comes to %s", got.at)
		}
		for login, says := range map[string]string{"ann": "Choir", "di": "Choir"} {
			if got := w.signedIn(login).get("/").is(http.StatusOK).says(says); got.at != "/schemes" {
				t.Errorf("%s comes to %s", login, got.at)
			}
		}
		w.signedIn("bo").get("/schemes").silent("Choir")
		w.signedIn("di").get("/schemes/"+string(w.Garden.ID)).is(http.StatusOK).silent("G-1", "See the evidence")
		for login, says := range map[string]string{"ed": "You are named in no project yet", "fi": "Nothing is granted to you today"} {
			v := w.signedIn(login)
			v.get("/").is(http.StatusOK).says(says).silent("Garden", "data-chart")
			v.get("/measures").is(http.StatusOK)
			v.get(evidence).is(http.StatusForbidden).silent("Garden", "data-chart")
			v.get("/schemes").is(http.StatusForbidden).silent("Garden")
		}
		w.signedIn("fi").get("/").says("These are releases")
		w.signedIn("bo").get("/schemes/new").is(http.StatusForbidden)
		w.signedIn("bo").get("/activities").is(http.StatusOK).silent("Add an activity")
	})
}

// A demonstration says so on every page and lists who can sign in; nothing else
// does either.
func TestDemonstration(t *testing.T) {
	w := found(kit.OnSQLite(t), []site.DemoLogin{{Login: "ann", Password: password, Role: "Service manager", Organisation: "Riverside"}})
	w.settle()
	w.visitor().get("/sign-in").says("Service manager", password)
	for _, path := range []string{"/sign-in", "/schemes", "/nowhere"} {
		if got := w.signedIn("ann").get(path); !strings.Contains(words(got.root), "every person and every number here is made up") {
			t.Errorf("%s does not say that it is a demonstration", path)
		}
	}
	each(t, func(t *testing.T, w *town) { w.visitor().get("/sign-in").silent("made up", password) })
}
