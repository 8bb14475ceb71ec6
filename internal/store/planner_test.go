package store_test

import (
	"regexp"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/store"
)

// No statement of everyday work walks a whole organisation for the sake of a
// few rows: that would make an import of n people take n x n steps. SQLite says
// how it would run a statement before it has seen any rows, from what the
// migration told its planner.
func TestNothingWalksAWholeOrganisation(t *testing.T) {
	t.Parallel()
	migrated(t).Each(t, func(t *testing.T, url string) {
		if !isSQLite(url) {
			return // plans by what it finds in the rows
		}
		w := bundledWorld(t, url)
		statements := store.Listen(w.store)
		w.everydayWork()
		db := raw(t, url)
		walk := regexp.MustCompile(`^(SCAN|SEARCH) (people|person_\w+|referrals|ot_involvements|prescriptions|contacts|group_sessions|session_attendance|assessments|assessment_\w+|outcome_pairs|idempotency|audit\w*)\b.*`)
		planned := 0
		for _, s := range statements() {
			if strings.HasPrefix(s, "INSERT") {
				continue
			}
			for _, line := range rows(t, db, "EXPLAIN QUERY PLAN "+s) {
				step := line[strings.LastIndex(line, " | ")+3:]
				if !walk.MatchString(step) {
					continue
				}
				planned++
				if strings.HasPrefix(step, "SCAN") || strings.HasSuffix(step, "(org_id=?)") {
					t.Errorf("%s\n%s", step, s)
				}
			}
		}
		if planned < 25 {
			t.Errorf("only %d steps were looked at", planned)
		}
	})
}

// everydayWork asks for about everything there is.
func (w *world) everydayWork() {
	w.t.Helper()
	p, r := w.refer("A", "2026-01-05")
	must(w.t, w.record(w.swemwbs(r, "2026-01-05", 1859)))
	today := day(w.t, "2026-11-22")
	q := app.PairQuery{Scheme: w.scheme.ID, Series: measure.Series("swemwbs-metric"), Occasion: scheme.FixedTime(84), Today: today, Period: scheme.Period{From: 1, To: today.Quarter()}}
	once := app.Once{Key: "k", Account: w.account, Act: "a"}
	rx := scheme.Prescription{ID: id[scheme.PrescriptionID](w.t), Referral: r.ID, Activity: w.activity.ID, Revision: 1}
	w.write(func(tx app.Writer) error {
		_, err := tx.Claim(once)
		must(w.t, err)
		must(w.t, tx.AddPrescription(rx))
		must(w.t, tx.SavePrescription(rx))
		must(w.t, tx.SaveReferral(r))
		must(w.t, tx.Settle(once, "x"))
		_, err = tx.Claim(once)
		return err
	})
	other, second := w.refer("B", "2026-02-05")
	twin := w.swemwbs(second, "2026-02-05", 1859)
	must(w.t, w.record(twin))
	w.write(func(tx app.Writer) error {
		must(w.t, tx.HoldSchemes(w.scheme.ID))
		must(w.t, tx.LockScheme(w.scheme.ID))
		_, err := tx.Waiting(w.scheme.ID)
		must(w.t, err)
		must(w.t, tx.LockPeopleOf(r.ID, second.ID))
		second.EndedOn = day(w.t, "2026-06-05")
		must(w.t, tx.SaveReferral(second))
		twin.Revision, twin.Withdrawn = 2, true
		must(w.t, tx.Revise(scheme.Revision{Assessment: twin, Act: scheme.Withdrawn, Reason: "once is enough"}))
		return tx.MergePeople(scheme.Union{Keep: p.ID, Lose: other.ID, Ordinals: map[scheme.ReferralID]int{r.ID: 1, second.ID: 2}})
	})
	w.read(func(tx app.Reader) error {
		_, err := tx.Revisions(twin.ID)
		must(w.t, err)
		_, err = tx.Changed(p.ID)
		must(w.t, err)
		_, err = tx.SpellsOf(p.ID)
		must(w.t, err)
		_, err = tx.Plans(w.scheme.ID)
		must(w.t, err)
		_, err = tx.Person(p.ID)
		must(w.t, err)
		_, err = tx.PersonByReference("A")
		must(w.t, err)
		_, err = tx.People(app.Page{Limit: 50, After: "0"})
		must(w.t, err)
		page, err := tx.Referrals(app.ReferralFilter{Person: p.ID}, app.Page{Limit: 1})
		must(w.t, err)
		for _, of := range []app.ReferralFilter{{}, {Schemes: []scheme.ID{w.scheme.ID}}, {Person: p.ID}, {Person: p.ID, Schemes: []scheme.ID{w.scheme.ID}}} {
			_, err = tx.Referrals(of, app.Page{Limit: 50, After: page[0].Mark})
			must(w.t, err)
		}
		_, err = tx.Contacts(r.ID, second.ID)
		must(w.t, err)
		_, err = tx.Registered(rx.ID)
		must(w.t, err)
		register, _, err := tx.Session(scheme.Session{Scheme: w.scheme.ID, Activity: w.activity.ID, On: today})
		must(w.t, err)
		_, err = tx.Expected(register)
		must(w.t, err)
		_, err = tx.Sessions(w.scheme.ID, 50)
		must(w.t, err)
		_, err = tx.Spell(r.ID)
		must(w.t, err)
		_, err = tx.PairsOf(r.ID)
		must(w.t, err)
		_, err = tx.Transitions(q)
		must(w.t, err)
		must(w.t, tx.EachPair(q, func(scheme.Pair) error { return nil }))
		must(w.t, tx.Passages(q, func(scheme.Passage) error { return nil }))
		_, err = tx.Uptakes(q)
		must(w.t, err)
		return tx.Spells(func(scheme.Spell) error { return nil })
	})
	must(w.t, w.store.ForgetExpired(w.t.Context()))
}
