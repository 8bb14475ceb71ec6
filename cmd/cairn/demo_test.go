package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cairn/cmd/cairn/demo"
	"cairn/internal/app"
	"cairn/internal/scheme"
)

func TestTheDemonstration(t *testing.T) {
	w := newWorld(t)
	folder := filepath.Join(w.folder, "demo")
	args := []string{"demo", "--dir", folder, "--addr", "127.0.0.1:0", "--log-format", "none"}
	r := w.serving(args...)
	text := r.err.String()
	saying(t, text, "made up, and lies in "+folder, "Open "+r.base)
	for _, org := range demo.Organisations() {
		for _, a := range org.Accounts {
			saying(t, text, a.Login, a.Password)
		}
	}
	if got := r.get(t, "/sign-in"); got != 200 {
		t.Errorf("the sign-in page answers %d", got)
	}
	if code := r.stop(); code != done {
		t.Fatalf("stopped with %d:\n%s", code, text)
	}
	if entries, err := os.ReadDir(w.folder); err != nil || len(entries) != 1 {
		t.Errorf("beside the folder there is %v, %v", entries, err)
	}
	delete(w.env, "CAIRN_KEY")
	w.url = "sqlite:" + filepath.Join(folder, "cairn.db")
	saying(t, w.mustOn("rebuild", "--check").err, "Riverside Community Health (demo): ", "Hilltop Wellbeing Partnership (demo): ", " 0 differ")
	d := visited(t, w, text)
	d.everybodySignsIn()
	d.practitionersHaveWorked()
	d.fewAreHereTwice()
	d.projectsCanGoOn()
	d.somebodyIsMeasured()

	again := w.serving(args...)
	if text := again.err.String(); strings.Contains(text, string(d.try)) || !strings.Contains(text, "/referrals/") {
		t.Errorf("the second visitor is sent to somebody measured:\n%s", text)
	}
	again.stop()
	if err := os.WriteFile(filepath.Join(folder, "demo.json"), []byte(`{"seed": 1, "version": 1, "day": "2026-11-22"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	w.refused(w.cairn(args...), "Remove that folder")
}

func TestADemonstrationStaysOnThisMachine(t *testing.T) {
	w := newWorld(t)
	folder := filepath.Join(w.folder, "demo")
	w.refused(w.cairn("demo", "--dir", folder, "--addr", "0.0.0.0:8080"), "listens on this machine only")
	if _, err := os.Stat(folder); err == nil {
		t.Error("a folder was made")
	}
}

// A visitor is somebody who follows what the demonstration says.
type visitor struct {
	t   *testing.T
	s   *service
	try scheme.ReferralID
}

func visited(t *testing.T, w *world, text string) *visitor {
	t.Helper()
	found := regexp.MustCompile(`/referrals/([0-9a-f-]{36})`).FindStringSubmatch(text)
	if found == nil {
		t.Fatalf("nobody is named to measure:\n%s", text)
	}
	var out, err shared
	term := w.terminal(&out, &err)
	p, failed := (&settings{t: term}).place(databaseFlags{DatabaseURL: w.url})
	if failed != nil {
		t.Fatal(failed)
	}
	s, failed := p.open(t.Context(), term)
	if failed != nil {
		t.Fatal(failed)
	}
	t.Cleanup(func() { s.close(term) })
	return &visitor{t, s, scheme.ReferralID(found[1])}
}

func (v *visitor) as(login string) app.Actor {
	v.t.Helper()
	for _, org := range demo.Organisations() {
		for _, a := range org.Accounts {
			if a.Login != login {
				continue
			}
			acc, err := v.s.SignIn(v.t.Context(), a.Login, a.Password)
			if err != nil {
				v.t.Fatalf("%s cannot sign in: %v", login, err)
			}
			by, err := v.s.Actor(v.t.Context(), acc.ID, acc.Memberships[0].Org)
			if err != nil || by.Role != a.Role || by.OrgName != org.Name {
				v.t.Fatalf("%s is %+v, %v", login, by, err)
			}
			return by
		}
	}
	v.t.Fatalf("no account %s", login)
	return app.Actor{}
}

func (v *visitor) everybodySignsIn() {
	v.t.Helper()
	roles := app.Roles()
	for login, schemes := range map[string]int{"ot": 2, "linkworker": 4, "manager": 3, "administrator": 3, "researcher": 0, "commissioner": 0} {
		by := v.as(login)
		seen, _ := v.s.Schemes(v.t.Context(), by)
		if len(seen) != schemes {
			v.t.Errorf("%s sees %d schemes, want %d", login, len(seen), schemes)
		}
		roles = slices.DeleteFunc(roles, func(r app.Role) bool { return r == by.Role })
	}
	if len(roles) > 0 {
		v.t.Errorf("nobody signs in as %v", roles)
	}
}

// practitionersHaveWorked looks at the year so far: contacts count for whoever had
// the referral on that day.
func (v *visitor) practitionersHaveWorked() {
	v.t.Helper()
	for login, least := range map[string]int{"ot": 30, "linkworker": 30} {
		seen := 0
		for _, quarter := range []string{"2026-Q2", "2026-Q3", "2026-Q4"} {
			found, err := v.s.Supervision(v.t.Context(), v.as(login), app.SupervisionAsk{Period: quarter})
			if err == nil {
				seen += found.Seen
			}
		}
		if seen < least {
			v.t.Errorf("%s met %d people, want %d at least", login, seen, least)
		}
	}
}

// fewAreHereTwice holds that made-up names rarely meet by chance.
func (v *visitor) fewAreHereTwice() {
	v.t.Helper()
	found, err := v.s.Duplicates(v.t.Context(), v.as("manager"))
	if err != nil || found.All < 1 || found.All > 15 || found.Named < 1000 {
		v.t.Errorf("%d groups among %d names, %v", found.All, found.Named, err)
	}
}

// projectsCanGoOn holds that a file can be downloaded, and another be approved.
func (v *visitor) projectsCanGoOn() {
	v.t.Helper()
	l, err := v.s.Projects(v.t.Context(), v.as("researcher"))
	if err != nil || len(l.Projects) != 2 || !l.Projects[1].Mine {
		v.t.Fatalf("the researcher's projects: %+v, %v", l.Projects, err)
	}
	for _, p := range l.Projects {
		found, err := v.s.CheckProject(v.t.Context(), v.as("manager"), p.ID)
		if err != nil || found.Refused != "" || found.Veil.Hidden == 0 || found.Project.ToDecide == p.Mine {
			v.t.Errorf("%s: %+v, %v", p.Name, found, err)
		}
	}
}

// somebodyIsMeasured does what the demonstration proposes, and sees one pair
// more.
func (v *visitor) somebodyIsMeasured() {
	v.t.Helper()
	ctx, ot := v.t.Context(), v.as("ot")
	referral, err := v.s.Referral(ctx, ot, v.try)
	if err != nil {
		v.t.Fatal(err)
	}
	ask := app.EvidenceAsk{Scheme: referral.Scheme.ID}
	before, err := v.s.Evidence(ctx, ot, ask)
	if err != nil {
		v.t.Fatal(err)
	}
	for occasion, on := range map[scheme.Occasion]scheme.Day{
		scheme.Baseline: referral.Start(), scheme.FixedTime(7 * demo.Weeks): referral.Start().Plus(7 * demo.Weeks),
	} {
		_, err := v.s.RecordAssessment(ctx, ot, app.NewAssessment{
			Referral: v.try, Measure: "ons4", On: on.String(), Occasion: occasion,
			Responses: map[string]int{"satisfaction": 5, "worthwhile": 5, "happiness": 5, "anxiety": 5},
		})
		if err != nil {
			v.t.Fatal(err)
		}
	}
	after, err := v.s.Evidence(ctx, ot, ask)
	if err != nil {
		v.t.Fatal(err)
	}
	if was, is := before.Finding.Counts.Paired, after.Finding.Counts.Paired; is != was+1 || was < 600 {
		v.t.Errorf("%d pairs became %d", was, is)
	}
}
