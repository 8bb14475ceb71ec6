package store_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/scheme"
	"cairn/internal/store"
)

// summary reads everything that a page of supervision asks the store for.
func (w *world) summary(q app.SupervisionQuery) (kept, reached, worked, undone int) {
	w.t.Helper()
	w.read(func(tx app.Reader) error {
		spells, err := tx.Kept(q, 100)
		must(w.t, err)
		met, err := tx.Reached(q)
		must(w.t, err)
		contacts, err := tx.Worked(q)
		must(w.t, err)
		reasons, err := tx.LeftUndone(q)
		must(w.t, err)
		for _, n := range reasons {
			undone += n
		}
		kept, reached, worked = len(spells), len(met), len(contacts)
		return nil
	})
	return kept, reached, worked, undone
}

// met keeps one contact that was attended and one reason, both of a day.
func (w *world) met(r scheme.Referral, on string) {
	w.t.Helper()
	w.write(func(tx app.Writer) error {
		c := scheme.WorkingContact{ID: id[scheme.ContactID](w.t), Referral: r.ID, On: day(w.t, on), Way: "phone", Outcome: scheme.Attended}
		if err := tx.AddContact(c); err != nil {
			return err
		}
		return tx.AddNotDone(scheme.NotDone{ID: id[scheme.NotDoneID](w.t), Referral: r.ID, Measure: "ons4", Occasion: scheme.Baseline, Reason: "declined", On: day(w.t, on), By: w.account})
	})
}

// A summary takes the same statements whatever the length of the caseload, on
// indexes of its own, and holds nothing of another caseload or organisation.
func TestSupervisionIsAFewStatements(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		hilltop := settle(t, w.store, "Hilltop")
		_, foreign := hilltop.refer("H", "2026-10-05")
		hilltop.met(foreign, "2026-10-06")
		_, nobodys := w.refer("N", "2026-10-05")
		w.met(nobodys, "2026-10-06")
		q := app.SupervisionQuery{Who: w.account, Schemes: []scheme.ID{w.scheme.ID}, Span: day(t, "2026-11-22").Quarter().Span()}
		taken := func() []string {
			all := store.Listen(w.store)
			w.summary(q)
			return slices.Clone(all())
		}
		for i := range 40 {
			if i == 2 {
				short := taken()
				defer func() {
					if long := taken(); len(long) != len(short) {
						t.Errorf("2 people take %d statements, 40 take %d:\n%s", len(short), len(long), strings.Join(long, "\n"))
					}
				}()
			}
			_, r := w.refer(fmt.Sprint("A-", i), "2026-10-05")
			w.write(func(tx app.Writer) error {
				return tx.Assign([]scheme.ReferralID{r.ID}, w.account, day(t, "2026-10-05"))
			})
			w.met(r, "2026-10-06")
			must(t, w.record(w.swemwbs(r, "2026-10-07", 1859)))
		}
		kept, reached, worked, undone := w.summary(q)
		if kept != 40 || reached != 40 || worked != 40 || undone != 40 {
			t.Errorf("%d referrals, %d reached, %d contacts, %d reasons: want 40 of each", kept, reached, worked, undone)
		}
		if isSQLite(w.url) {
			w.walksNothing(taken())
		}
	})
}

// walksNothing demands that no statement goes through a table of the whole
// organisation.
func (w *world) walksNothing(statements []string) {
	w.t.Helper()
	db := raw(w.t, w.url)
	walk := regexp.MustCompile(`(SCAN|SEARCH) (mine|keeper|people|person_\w+|referrals|contacts|not_done|prescriptions|assessments|alerts|referral_\w+)\b.*`)
	for _, s := range statements {
		for _, line := range rows(w.t, db, "EXPLAIN QUERY PLAN "+s) {
			step := walk.FindString(line)
			if strings.HasPrefix(step, "SCAN") || strings.HasSuffix(step, "(org_id=?)") {
				w.t.Errorf("%s\n%s", step, s)
			}
		}
	}
}

// What was done counts for whoever had the referral on that day, and on the day
// of a hand-over for whoever has it from then on.
func TestWorkIsOfWhoeverHadTheReferral(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		bea := id[scheme.AccountID](t)
		must(t, w.store.AddAccount(t.Context(), app.Account{ID: bea, Login: "bea " + w.org.Name, Memberships: []app.Membership{{Org: w.org.ID, Role: app.Practitioner, AllSchemes: true}}}))
		_, r := w.refer("A", "2026-10-01")
		for _, step := range []struct {
			to scheme.AccountID
			on string
		}{{w.account, "2026-10-01"}, {bea, "2026-10-20"}, {w.account, "2026-11-10"}} {
			w.write(func(tx app.Writer) error {
				return tx.Assign([]scheme.ReferralID{r.ID}, step.to, day(t, step.on))
			})
		}
		for _, on := range []string{"2026-09-30", "2026-10-01", "2026-10-19", "2026-10-20", "2026-11-09", "2026-11-10", "2026-12-31", "2027-01-01"} {
			w.met(r, on)
		}
		span := day(t, "2026-11-22").Quarter().Span()
		got := map[scheme.AccountID]string{}
		for _, who := range []scheme.AccountID{w.account, bea} {
			got[who] = fmt.Sprint(w.summary(app.SupervisionQuery{Who: who, Span: span}))
		}
		if want := map[scheme.AccountID]string{w.account: "1 1 4 4", bea: "0 0 2 2"}; !maps.Equal(got, want) {
			t.Errorf("referrals, reached, contacts, reasons: %v, want %v", got, want)
		}
		if got := fmt.Sprint(w.summary(app.SupervisionQuery{Who: w.account, Span: span, Schemes: []scheme.ID{}})); got != "0 0 0 0" {
			t.Errorf("in no scheme at all: %s", got)
		}
	})
}

// A caseload holds what is open and what was closed in the span.
func TestKeptIsOpenOrClosedInTheSpan(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		for reference, closed := range map[string]string{"open": "", "first": "2026-10-01", "last": "2026-12-31", "before": "2026-09-30", "declined": "2026-10-02"} {
			_, r := w.refer(reference, "2026-08-05")
			w.write(func(tx app.Writer) error {
				if reference == "declined" {
					r.DeclinedOn, r.Declined = day(t, closed), "not-wanted"
				} else if closed != "" {
					r.EndedOn, r.EndReason = day(t, closed), "goals-met"
				}
				must(t, tx.SaveReferral(r))
				return tx.Assign([]scheme.ReferralID{r.ID}, w.account, day(t, "2026-08-05"))
			})
		}
		var got []string
		w.read(func(tx app.Reader) error {
			spells, err := tx.Kept(app.SupervisionQuery{Who: w.account, Span: day(t, "2026-11-22").Quarter().Span()}, 100)
			for _, s := range spells {
				got = append(got, s.Person.Reference)
			}
			return err
		})
		if want := []string{"declined", "first", "last", "open"}; !slices.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
	})
}
