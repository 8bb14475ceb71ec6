package app_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	kit "cairn/internal/testkit/town"
)

// Who may do what, written down a second time on purpose: P practitioner,
// M manager, A administrator, R researcher, C commissioner.
func TestPolicy(t *testing.T) {
	want := map[app.Right]string{
		app.SeeSchemes: "PMA", app.SetUpSchemes: "MA", app.SeePeople: "PM", app.RecordPeople: "PM", app.MergePeople: "M", app.SeeEvidence: "PM", app.SeeMeasures: "PMARC",
		app.SeeSafety: "PM", app.AnswerSafety: "PM", app.SeeProtocol: "PMA", app.SetProtocol: "MA", app.SeeQuality: "M",
		app.SeeSupervision: "PM", app.Supervise: "M",
		app.SeeReleases: "MA", app.MakeReleases: "M", app.ReadGranted: "C",
		app.SeeProjects: "MR", app.AskProjects: "MR", app.DecideProjects: "M", app.TakeProjects: "R",
		app.SetCosts: "M", app.SetComparators: "M", app.ImportScores: "M", app.ExportData: "M", app.SeeTrail: "M",
	}
	letters := map[app.Role]string{app.Practitioner: "P", app.Manager: "M", app.Administrator: "A", app.Researcher: "R", app.Commissioner: "C"}
	if len(app.Rights()) != len(want) || len(app.Roles()) != len(letters) {
		t.Fatalf("%d rights and %d roles: this table knows %d and %d", len(app.Rights()), len(app.Roles()), len(want), len(letters))
	}
	for _, right := range app.Rights() {
		for _, role := range app.Roles() {
			actor := app.Actor{Account: "somebody", Role: role, AllSchemes: true}
			if got := actor.May(right); got != strings.Contains(want[right], letters[role]) {
				t.Errorf("%s %s: %v", role, right, got)
			}
			if (actor.Needs(right) == nil) != actor.May(right) {
				t.Errorf("%s %s: Needs and May disagree", role, right)
			}
			some := app.Actor{Account: "somebody", Role: role, Schemes: []scheme.ID{"one"}}
			if got := some.May(right); got != (actor.May(right) && right != app.ImportScores) || (some.Needs(right) == nil) != got {
				t.Errorf("%s %s, seeing some schemes: %v", role, right, got)
			}
			if err := (app.Actor{Role: role}).Needs(right); !fault.Is(err, fault.SignInNeeded) {
				t.Errorf("nobody signed in, %s: %v", right, err)
			}
		}
	}
}

func TestCommissionerSeesNoFigures(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		for _, role := range []app.Role{app.Commissioner, app.Researcher, app.Administrator} {
			who := w.Join(app.NewUser{Login: string(role), Org: w.Ann.Org, Role: role, AllSchemes: true})
			if _, err := w.App.Evidence(t.Context(), who, app.EvidenceAsk{Scheme: w.Garden.ID}); !fault.Is(err, fault.NotAllowed) {
				t.Errorf("%s: %v", role, err)
			}
		}
	})
}

func TestSignInRefusesAlike(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		_, wrong := w.App.SignIn(ctx, "ann", "another password")
		_, nobody := w.App.SignIn(ctx, "nobody", kit.Password)
		if !fault.Is(wrong, fault.SignInRefused) || wrong.Error() != nobody.Error() {
			t.Errorf("%v and %v", wrong, nobody)
		}
		if acc, err := w.App.SignIn(ctx, " ANN ", kit.Password); err != nil || acc.Login != "ann" {
			t.Errorf("the control: %v %v", acc, err)
		}
	})
}

// Many visitors with the code at once: one organisation, one account, and
// everybody else hears that it is done.
func TestSetUpWorksOnce(t *testing.T) {
	kit.Each(t, func(t *testing.T, w *kit.Town) {
		ctx := t.Context()
		in := app.NewService{Code: kit.SetUpCode, Name: "First", TimeZone: "Europe/London", Login: "dee", Password: kit.Password}
		bad := in
		bad.Code, bad.Name = "guess", "Guess"
		if err := w.App.SetUp(ctx, bad); !fault.Is(err, fault.SetUpToken) {
			t.Errorf("a guessed code: %v", err)
		}
		var wait sync.WaitGroup
		answers := make([]error, 48)
		start := make(chan struct{})
		for i := range answers {
			wait.Go(func() {
				<-start
				mine := in
				mine.Name, mine.Login = fmt.Sprint("Service ", i), fmt.Sprint("manager", i)
				answers[i] = w.App.SetUp(ctx, mine)
			})
		}
		close(start)
		wait.Wait()
		done := 0
		for _, err := range answers {
			if err == nil {
				done++
			} else if !fault.Is(err, fault.SetUpDone) {
				t.Error(err)
			}
		}
		all, err := w.App.Organisations(ctx)
		must(t, err)
		if done != 1 || len(all) != 1 {
			t.Fatalf("%d set-ups got through, %d organisations", done, len(all))
		}
		made := 0
		for i := range answers {
			if _, err := w.App.SignIn(ctx, fmt.Sprint("manager", i), in.Password); err == nil {
				made++
			}
		}
		if made != 1 {
			t.Errorf("%d managers can sign in", made)
		}
	})
}

// A login that is taken leaves no organisation behind.
func TestSetUpIsAllOrNothing(t *testing.T) {
	kit.Each(t, func(t *testing.T, w *kit.Town) {
		ctx := t.Context()
		must(t, w.Store.AddAccount(ctx, app.Account{ID: "019a0000-0000-7000-8000-000000000000", Login: "dee"}))
		in := app.NewService{Code: kit.SetUpCode, Name: "First", TimeZone: "Europe/London", Login: "dee", Password: kit.Password}
		if err := w.App.SetUp(ctx, in); !fault.Is(err, fault.LoginTaken) {
			t.Errorf("a taken login: %v", err)
		}
		if needed, err := w.App.NeedsSetUp(ctx); err != nil || !needed {
			t.Errorf("half a set-up was kept: %v %v", needed, err)
		}
	})
}

// Somebody who sees some schemes only cannot make one that they would not see.
func TestLimitedManagerMakesNoScheme(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		some := w.Join(app.NewUser{Login: "some", Org: w.Ann.Org, Role: app.Manager, Schemes: []scheme.ID{w.Garden.ID}})
		in := app.NewScheme{Name: "New", Measures: []measure.Key{"ons4"}, Weeks: 12, StartedOn: "2024-01-01"}
		if _, err := w.App.AddScheme(t.Context(), some, in); !fault.Is(err, fault.NotAllowed) {
			t.Errorf("%v", err)
		}
		// Nor by a file, which may name any scheme and makes those that are new.
		for name, try := range map[string]func(by app.Actor) error{
			"begins": func(by app.Actor) error {
				return second(w.App.BeginImport(t.Context(), by, app.ImportBatch{FileSHA: by.Login, MappingSHA: "m", Mapping: "{}"}))
			},
			"lists": func(by app.Actor) error { return second(w.App.ImportBatches(t.Context(), by, app.Page{Limit: 200})) },
			"is shown": func(by app.Actor) error {
				return w.App.KeptScores(t.Context(), by, func(app.KeptScore) error { return nil })
			},
		} {
			if err := try(some); !fault.Is(err, fault.NotAllowed) || !strings.Contains(err.Error(), "You see some schemes only") {
				t.Errorf("somebody who sees some schemes %s: %v", name, err)
			}
			if err := try(w.Ann); err != nil {
				t.Errorf("somebody who sees all %s: %v", name, err)
			}
		}
		if _, err := w.App.UndoImport(t.Context(), some, app.ImportUndo{Batch: "019a0000-0000-7000-8000-000000000000", Reason: "not mine"}); !fault.Is(err, fault.NotAllowed) {
			t.Errorf("undone: %v", err)
		}
	})
}

// Everything that is wrong is said at once, names that are not there included.
func TestEveryMistakeAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		missing := "019a0000-0000-7000-8000-000000000000"
		for name, c := range map[string]struct {
			err  error
			want string
		}{
			"referral": {second(w.App.AddReferral(ctx, w.Ann, app.NewReferral{Person: scheme.PersonID(missing), Scheme: scheme.ID(missing), ReceivedOn: "x", Source: "q"})),
				"[person received_on scheme source]"},
			"scheme": {second(w.App.AddScheme(ctx, w.Ann, app.NewScheme{Measures: []measure.Key{"ons4", "nope", "ons4"}, Primary: "zz", Weeks: 1, StartedOn: "x"})),
				"[measures[1] measures[2] name primary started_on weeks]"},
			"evidence": {second(w.App.Evidence(ctx, w.Ann, app.EvidenceAsk{Scheme: w.Garden.ID, Rule: "x", Occasion: "zz", From: "y"})),
				"[from occasion rule]"},
		} {
			all, accident := fault.All(c.err)
			var fields []string
			for _, f := range all {
				fields = append(fields, f.Field)
			}
			slices.Sort(fields)
			if accident != nil || fmt.Sprint(fields) != c.want {
				t.Errorf("%s: %v %v, want %s", name, fields, accident, c.want)
			}
		}
	})
}

// A person of another scheme is not fetched by guessing their reference.
func TestKnownReferenceOfAnotherScheme(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		choir := w.refer(w.Ann, w.Choir, "R-2", "2026-01-05")
		in := registration(w.Garden, "R-2", "2026-02-02")
		for _, known := range []bool{true, false} {
			in.Known = known
			if _, err := w.App.Register(ctx, w.Bo, in); !fault.Is(err, fault.PersonTaken) {
				t.Errorf("known %v: %v", known, err)
			}
		}
		if _, err := w.App.Person(ctx, w.Bo, choir.Person.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("and now they are seen: %v", err)
		}
		in.Known = true
		if v, err := w.App.Register(ctx, w.Ann, in); err != nil || v.Person.ID != choir.Person.ID {
			t.Errorf("the control, by somebody who sees both: %v", err)
		}
	})
}

// A page begins at a place that the list gave out itself, and never at a referral by
// its identifier; a place of another organisation's list is none of this one.
func TestPagesBeginAtPlacesOfTheirOwnList(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		own := w.refer(w.Ann, w.Garden, "R-1", "2026-01-05")
		w.refer(w.Cy, w.Walk, "R-2", "2026-01-05")
		after := func(by app.Actor, mark string) error {
			_, err := w.App.Referrals(t.Context(), by, app.ReferralsAsk{Page: app.Page{After: mark}})
			return err
		}
		theirs, err := w.App.Referrals(t.Context(), w.Cy, app.ReferralsAsk{})
		must(t, err)
		mine, err := w.App.Referrals(t.Context(), w.Bo, app.ReferralsAsk{})
		must(t, err)
		for what, mark := range map[string]string{"an identifier": string(own.Referral.ID), "a place of others": theirs[0].Mark} {
			if err := after(w.Bo, mark); fields(t, err) != "[after]" {
				t.Errorf("%s: %v", what, err)
			}
		}
		must(t, after(w.Bo, mine[0].Mark))
	})
}
