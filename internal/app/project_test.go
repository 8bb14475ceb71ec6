package app_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	kit "cairn/internal/testkit/town"
)

// lookalikes are people enough to be told apart by nothing, of whom half got better.
func lookalikes(n int, from scheme.Day) (all []kit.Somebody) {
	for i := range n {
		all = append(all, kit.Somebody{
			Reference: fmt.Sprint("CANARY-", i), Sex: []scheme.Sex{"female", "male"}[i%2], On: from.Plus(i % 60), Before: 10 + i%20, After: 12 + i%20,
		})
	}
	return all
}

// unpacked are the tables of a package by the names of their columns.
func unpacked(t *testing.T, file []byte) (tables map[string][]map[string]string, texts map[string]string) {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	must(t, err)
	tables, texts = map[string][]map[string]string{}, map[string]string{}
	for _, f := range archive.File {
		from, err := f.Open()
		must(t, err)
		text, err := io.ReadAll(from)
		must(t, err)
		texts[f.Name] = string(text)
		if !strings.HasSuffix(f.Name, ".csv") {
			continue
		}
		cells, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
		must(t, err)
		for _, line := range cells[1:] {
			row := map[string]string{}
			for i, name := range cells[0] {
				row[name] = line[i]
			}
			tables[f.Name] = append(tables[f.Name], row)
		}
	}
	return tables, texts
}

// whole is a file as it was handed over.
func whole(t *testing.T, p app.Parcel) []byte {
	t.Helper()
	var out bytes.Buffer
	_, err := p.WriteTo(&out)
	must(t, err)
	return out.Bytes()
}

// asks is a project of Ann's for ed, which nobody has decided about.
func (w *town) asks(traits ...string) (scheme.ProjectID, app.Actor) {
	w.T.Helper()
	ed := w.as("ed")
	v, err := w.App.AskProject(w.T.Context(), w.Ann, app.NewProject{
		Name: "Gardens", Purpose: "Whether gardening changes wellbeing within twelve weeks.", Schemes: []scheme.ID{w.Garden.ID},
		Users: []scheme.AccountID{ed.Account}, Traits: traits, Until: "2026-12-31",
	})
	must(w.T, err)
	return v.ID, ed
}

func (w *town) as(login string) app.Actor {
	w.T.Helper()
	account, err := w.App.Login(w.T.Context(), login)
	must(w.T, err)
	actor, err := w.App.Actor(w.T.Context(), account.ID, account.Memberships[0].Org)
	must(w.T, err)
	return actor
}

// taken is a file of a project, by somebody who typed their password.
func (w *town) taken(by app.Actor, id scheme.ProjectID) (app.Parcel, error) {
	w.T.Helper()
	ticket, err := w.App.StepUp(w.T.Context(), by, app.StepUp{ID: id, Password: kit.Password})
	if err != nil {
		return app.Parcel{}, err
	}
	return w.App.TakeProject(w.T.Context(), by, app.ProjectTaking{ID: id, Ticket: ticket.Ticket})
}

// From asking to the log: two people, a password, a link that works once for one
// person, and every way around it refused.
func TestProjectTakesTwoPeopleAndAPassword(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		start, err := scheme.ParseDay("2026-01-05")
		must(t, err)
		w.Crowd(w.Ann, w.Garden, lookalikes(40, start)...)
		id, ed := w.asks("quarter", "sex")
		meg := w.Join(app.NewUser{Login: "meg", Org: w.Ann.Org, Role: app.Manager, AllSchemes: true})
		other := w.Join(app.NewUser{Login: "other", Org: w.Ann.Org, Role: app.Researcher, AllSchemes: true})
		refused := func(what string, err error, code fault.Code) {
			t.Helper()
			if !fault.Is(err, code) {
				t.Errorf("%s: %v, want %s", what, err, code)
			}
		}
		decide := func(by app.Actor, in app.ProjectDecision) error {
			in.ID, in.Version = id, 1
			_, err := w.App.DecideProject(ctx, by, in)
			return err
		}
		_, err = w.taken(ed, id)
		refused("before approval", err, fault.ProjectState)
		refused("one's own", decide(w.Ann, app.ProjectDecision{Decision: "approve"}), fault.NotAllowed)
		refused("a researcher", decide(ed, app.ProjectDecision{Decision: "approve"}), fault.NotAllowed)
		refused("another organisation", decide(w.Cy, app.ProjectDecision{Decision: "approve"}), fault.NotFound)
		refused("five without a reason", decide(meg, app.ProjectDecision{Decision: "approve", Fewest: 5}), fault.InputInvalid)
		refused("four", decide(meg, app.ProjectDecision{Decision: "approve", Fewest: 4, Reason: "few"}), fault.InputInvalid)
		must(t, decide(meg, app.ProjectDecision{Decision: "approve"}))
		refused("twice", decide(meg, app.ProjectDecision{Decision: "refuse", Reason: "x"}), fault.ProjectState)
		_, err = w.App.Project(ctx, other, id)
		refused("a researcher who is not named", err, fault.NotFound)
		_, err = w.taken(w.Ann, id)
		refused("a manager", err, fault.NotAllowed)
		_, err = w.App.StepUp(ctx, ed, app.StepUp{ID: id, Password: "wrong"})
		refused("a wrong password", err, fault.StepUpRefused)
		_, err = w.App.TakeProject(ctx, ed, app.ProjectTaking{ID: id, Ticket: "guess"})
		refused("a guessed ticket", err, fault.TicketGone)

		ticket, err := w.App.StepUp(ctx, ed, app.StepUp{ID: id, Password: kit.Password})
		must(t, err)
		got, err := w.App.TakeProject(ctx, ed, app.ProjectTaking{ID: id, Ticket: ticket.Ticket})
		must(t, err)
		_, err = w.App.TakeProject(ctx, ed, app.ProjectTaking{ID: id, Ticket: ticket.Ticket})
		refused("a used ticket", err, fault.TicketGone)
		v, err := w.App.Project(ctx, meg, id)
		must(t, err)
		if len(v.Files) != 1 || v.Files[0].SHA256 != app.Fingerprint(whole(t, got)) || v.Files[0].SentTo != "ed" || v.Files[0].People != 40 {
			t.Errorf("the log: %+v", v.Files)
		}
		for act, want := range map[string]string{"project.ask": "1", "project.decide": "1", "project.step-up": "2", "project.step-up-refused": "1", "project.download": "1"} {
			if n := w.Cells("SELECT COUNT(*) FROM audit WHERE act = '" + act + "'")[0]; act != "project.step-up" && n != want || n == "0" {
				t.Errorf("the audit has %s of %s, want %s", n, act, want)
			}
		}
		late, err := w.App.StepUp(ctx, ed, app.StepUp{ID: id, Password: kit.Password})
		must(t, err)
		w.Wait(11 * 60 * 1e9)
		_, err = w.App.TakeProject(ctx, ed, app.ProjectTaking{ID: id, Ticket: late.Ticket})
		refused("a ticket of eleven minutes ago", err, fault.TicketGone)
		w.guesses(id, meg, ed, other)
		w.Wait(200 * 24 * 3600 * 1e9)
		_, err = w.taken(ed, id)
		refused("after the last day", err, fault.ProjectState)
	})
}

// guesses has a researcher of two projects guess the password at both together:
// five are tried in all, then none for ten minutes, and nobody else waits.
func (w *town) guesses(one scheme.ProjectID, meg, ed, other app.Actor) {
	w.T.Helper()
	ctx := w.T.Context()
	asked, err := w.App.AskProject(ctx, w.Ann, app.NewProject{
		Name: "Choirs", Purpose: "Whether singing changes wellbeing within twelve weeks.", Schemes: []scheme.ID{w.Garden.ID},
		Users: []scheme.AccountID{ed.Account, other.Account}, Until: "2026-12-31",
	})
	must(w.T, err)
	_, err = w.App.DecideProject(ctx, meg, app.ProjectDecision{ID: asked.ID, Version: 1, Decision: "approve"})
	must(w.T, err)
	both := []scheme.ProjectID{one, asked.ID}
	before := w.Cells("SELECT COUNT(*) FROM project_tickets WHERE token_hash IS NULL")[0]
	said := make([]error, 48)
	var together sync.WaitGroup
	for i := range said {
		together.Go(func() { _, said[i] = w.App.StepUp(ctx, ed, app.StepUp{ID: both[i%2], Password: "wrong"}) })
	}
	together.Wait()
	for _, err := range said {
		if !fault.Is(err, fault.StepUpRefused) {
			w.T.Errorf("a wrong password: %v", err)
		}
	}
	if after := w.Cells("SELECT COUNT(*) - 5 FROM project_tickets WHERE token_hash IS NULL")[0]; after != before {
		w.T.Errorf("%s wrong passwords were tried before, and %s besides the five afterwards", before, after)
	}
	for _, id := range both {
		if _, err := w.App.StepUp(ctx, ed, app.StepUp{ID: id, Password: kit.Password}); !fault.Is(err, fault.StepUpRefused) {
			w.T.Errorf("the right one after five wrong ones: %v", err)
		}
	}
	_, err = w.App.StepUp(ctx, other, app.StepUp{ID: asked.ID, Password: kit.Password})
	must(w.T, err) // the control: it is the guesser who waits, and not the project
	w.Wait(11 * time.Minute)
	_, err = w.App.StepUp(ctx, ed, app.StepUp{ID: asked.ID, Password: kit.Password})
	must(w.T, err)
}

// The rules of rows for research, one by one, against what the database holds.
func TestProjectRows(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		start, err := scheme.ParseDay("2026-01-05")
		must(t, err)
		people := lookalikes(120, start)
		people[7].Sex = "other"
		w.Crowd(w.Ann, w.Garden, people...)
		said, err := w.App.People(ctx, w.Ann, "", app.Page{Limit: 1})
		must(t, err)
		_, err = w.App.RecordPermission(ctx, w.Ann, app.NewPermission{Person: said[0].ID, Purpose: "research", Basis: "public-task", State: "objected", On: "2026-03-01"})
		must(t, err)
		meg := w.Join(app.NewUser{Login: "meg", Org: w.Ann.Org, Role: app.Manager, AllSchemes: true})
		approved := func() (scheme.ProjectID, app.Actor) {
			id, ed := w.asks("quarter", "sex")
			_, err := w.App.DecideProject(ctx, meg, app.ProjectDecision{ID: id, Version: 1, Decision: "approve"})
			must(t, err)
			return id, ed
		}
		id, ed := approved()
		got, err := w.taken(ed, id)
		must(t, err)
		tables, texts := unpacked(t, whole(t, got))
		wide, pairs := tables["wide.csv"], tables["pairs.csv"]
		if len(wide) != 119 {
			t.Errorf("%d people, one of 120 objected", len(wide))
		}
		for name, text := range texts {
			for _, secret := range []string{"CANARY", string(said[0].ID), string(w.Garden.ID), "left_out,", "2026-01-", "2026-02-"} {
				if strings.Contains(text, secret) && !(name == "codebook.csv" && secret == "left_out,") {
					t.Errorf("%s holds %q", name, secret)
				}
			}
		}
		classes, names := map[string]int{}, map[string]bool{}
		for _, row := range wide {
			classes[row["quarter"]+row["sex"]]++
			names[row["person_id"]] = true
			if _, there := row["age_band"]; there || row["sex"] == "other" {
				t.Fatalf("a row says too much: %v", row)
			}
		}
		for class, n := range classes {
			if n < 10 {
				t.Errorf("%q fits %d people", class, n)
			}
		}
		// Scores are never altered: figures of the file are those of the service.
		sum, n := 0.0, 0.0
		for _, row := range pairs {
			if row["in_figures"] == "yes" && row["state"] == "paired" && row["measure"] == "swemwbs-metric" && row["timepoint"] == "day-84" {
				change := 0.0
				_, err := fmt.Sscan(row["change"], &change)
				must(t, err)
				sum, n = sum+change, n+1
			}
		}
		if n == 0 {
			t.Fatal("no pairs in the figures")
		}
		must(t, w.Store.Read(ctx, w.Ann.Org, func(r app.Reader) error {
			out, err := r.LeftOut(w.Garden.ID, scheme.ForResearch)
			exact, pairsOf := 0.0, 0.0
			if err := r.EachPair(app.PairQuery{Scheme: w.Garden.ID, Series: "swemwbs-metric", Occasion: scheme.FixedTime(84)}, func(p scheme.Pair) error {
				if p.State == scheme.Paired && !out[p.Referral] && p.Closes.Before(v(w)) {
					exact, pairsOf = exact+measure.Level(p.Later.Level-p.Base.Level).Points(2), pairsOf+1
				}
				return nil
			}); err != nil {
				return err
			}
			if n != pairsOf || sum-exact > 1e-9 || exact-sum > 1e-9 {
				t.Errorf("the file's change adds up to %v of %v people, the service's to %v of %v", sum, n, exact, pairsOf)
			}
			return err
		}))
		// Another project's names join nothing; the same project's are the same.
		second, _ := approved()
		elsewhere, err := w.taken(ed, second)
		must(t, err)
		again, err := w.taken(ed, id)
		must(t, err)
		if !bytes.Equal(whole(t, again), whole(t, got)) {
			t.Error("the same rows gave other bytes")
		}
		others, _ := unpacked(t, whole(t, elsewhere))
		for _, row := range others["wide.csv"] {
			if names[row["person_id"]] {
				t.Fatal("two projects call somebody the same")
			}
		}
		// Somebody who comes or goes alone would be told apart by two files together.
		w.Crowd(w.Ann, w.Garden, kit.Somebody{Reference: "new", Sex: "female", On: start, Before: 20, After: 21})
		if _, err := w.taken(ed, id); !fault.Is(err, fault.ProjectUnsafe) || !strings.Contains(fmt.Sprint(err), "came into") {
			t.Errorf("a file with one person more: %v", err)
		}
		for _, of := range []scheme.ProjectID{id, second} {
			log, err := w.App.Project(ctx, meg, of)
			must(t, err)
			for _, f := range log.Files {
				_, err := w.App.NoteDeleted(ctx, meg, app.CopyDeleted{ID: of, File: f.ID})
				must(t, err)
			}
		}
		if _, err := w.taken(ed, id); err != nil {
			t.Errorf("once earlier files are gone: %v", err)
		}
		// The control: a writer that says more than it may is caught before anybody has it.
		if _, err := w.packing(ed, id, func(x *scheme.Extract) { x.Veil = nil }); !fault.Is(err, fault.ProjectUnsafe) {
			t.Errorf("without a veil: %v", err)
		}
		// Of two at once the one that was not held against the other is not sent.
		for _, other := range []scheme.ProjectID{id, second} {
			if _, err := w.packing(ed, id, func(*scheme.Extract) {
				_, err := w.taken(ed, other)
				must(t, err)
			}); !fault.Is(err, fault.ProjectState) || !strings.Contains(fmt.Sprint(err), "another file") {
				t.Errorf("two at once: %v", err)
			}
		}
		if _, err := w.packing(ed, id, func(*scheme.Extract) {}); err != nil {
			t.Errorf("one at a time: %v", err)
		}
	})
}

// packing takes a file while something happens as it is made.
func (w *town) packing(by app.Actor, id scheme.ProjectID, meanwhile func(*scheme.Extract)) (app.Parcel, error) {
	w.T.Helper()
	a := app.New(w.Store, kit.Passwords(), app.Config{Now: w.Clock, Research: app.Research{Check: kit.Research().Check, Pack: func(x scheme.Extract, rows scheme.ExtractRows) (app.Package, scheme.Sent, error) {
		meanwhile(&x)
		return kit.Research().Pack(x, rows)
	}}})
	ticket, err := a.StepUp(w.T.Context(), by, app.StepUp{ID: id, Password: kit.Password})
	must(w.T, err)
	return a.TakeProject(w.T.Context(), by, app.ProjectTaking{ID: id, Ticket: ticket.Ticket})
}

// v is the day in the town.
func v(w *town) scheme.Day { return scheme.DayOf(w.Clock()) }

// A service of few people is told so, and gets no file.
func TestSmallServiceIsRefused(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		start, err := scheme.ParseDay("2026-01-05")
		must(t, err)
		w.Crowd(w.Ann, w.Garden, lookalikes(30, start)...)
		id, ed := w.asks("quarter", "sex", "age_band", "ethnicity", "deprivation")
		w.Crowd(w.Ann, w.Garden, kit.Somebody{Reference: "one", Sex: "other", On: start, Before: 20})
		check, err := w.App.CheckProject(t.Context(), w.Ann, id)
		must(t, err)
		if check.Refused == "" || check.Why == "" || check.People != 31 {
			t.Errorf("%+v", check)
		}
		told, err := w.App.CheckProject(t.Context(), ed, id)
		must(t, err)
		if told.Refused != check.Refused || told.Why == "" || !check.Counted || told.Counted || told.People+told.Rows+told.Veil.Cells != 0 {
			t.Errorf("a researcher without approval learns %+v", told)
		}
	})
}
