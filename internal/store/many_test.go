package store_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cairn/internal/app"
	"cairn/internal/scheme"
	"cairn/internal/store"
)

// Many rows that are added at once are, column for column, what the same rows are
// when they are added one after the other; what is there already stays in both.
func TestManyRowsAreWhatSingleOnesAre(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		together := settle(t, w.store, "Hilltop")
		together.url = w.url
		var people []scheme.Person
		var newcomers []app.Newcomer
		var rows []app.ImportRow
		for i := range 2*store.MostTuples + 9 { // of every size of statement but a few
			p := scheme.Person{ID: id[scheme.PersonID](t), Reference: fmt.Sprintf("P-%03d ö'\"\\{,", i), BirthYear: 1950 + i%3, Sex: "female"}
			r := scheme.Referral{ID: id[scheme.ReferralID](t), Person: p.ID, Source: "self", ReceivedOn: day(t, "2026-01-05").Plus(i % 5), Ordinal: 1}
			if i%2 == 0 {
				r.AcceptedOn, r.EndedOn, r.EndReason = r.ReceivedOn, r.ReceivedOn.Plus(90), "planned"
			}
			a := w.swemwbs(r, "2026-01-20", 1859)
			a.Language, a.Dated = "cy", scheme.ToTheMonth
			people = append(people, p)
			newcomers = append(newcomers, app.Newcomer{Spell: scheme.Spell{Person: p, Referral: r, Assessments: []scheme.Assessment{a}}})
			row := app.ImportRow{Position: i, Sheet: "1", Line: i + 2, Outcome: "rejected", Reason: "no score"}
			if i%3 > 0 {
				row.Outcome, row.Reason, row.Reference, row.Scores = "accepted", "", fmt.Sprintf("P-%03d", i/6), []app.StagedScore{{Scheme: "A", On: a.On}}
			}
			rows = append(rows, row)
		}
		batch := app.ImportBatch{ID: id[string](t), FileSHA: "f", MappingSHA: "m", State: app.ImportStaging, By: w.account, BegunAt: noon, Revision: 1}
		for _, at := range []*world{w, together} {
			size := 1
			if at == together {
				size = len(people)
			}
			at.write(func(tx app.Writer) error {
				must(t, tx.AddImport(batch))
				for i := 0; i < len(people); i += size {
					must(t, tx.AddPeople(people[i:i+size]))
					some := newcomers[i : i+size]
					for j := range some {
						some[j].Spell.Referral.Scheme, some[j].Spell.Referral.Plan = at.scheme.ID, at.scheme.Plan.ID
					}
					must(t, tx.AddNewcomers(some, w.trace()))
					must(t, tx.StageRows(batch.ID, rows[i:i+size]))
				}
				changed := make([]app.ImportRow, len(rows))
				for i, r := range rows {
					changed[i] = app.ImportRow{Position: r.Position, Outcome: "conflict"}
				}
				return tx.StageRows(batch.ID, changed)
			})
			at.read(func(tx app.Reader) error {
				known, err := tx.PeopleKnown([]string{people[3].Reference, people[100].Reference, "nobody"})
				if err != nil || len(known) != 2 || known[people[100].Reference] != people[100].ID {
					t.Errorf("known: %v, %v", known, err)
				}
				next, err := tx.StagedPeople(batch.ID, "P-001", 2)
				if err != nil || len(next) != 4 || next[0].Reference != "P-002" || next[3].Reference != "P-002" || next[3].Line != 19 {
					t.Errorf("two rows of the next people, and all of theirs: %+v, %v", next, err)
				}
				return nil
			})
		}
		for _, table := range []string{"people", "referrals", "assessments", "assessment_versions", "assessment_scores", "import_rows"} {
			if diff := cmp.Diff(everyRow(t, w, table), everyRow(t, together, table)); diff != "" {
				t.Errorf("%s one by one (-) and together (+):\n%s", table, diff)
			}
		}
	})
}

// everyRow is every row of a table that is an organisation's, but for what is that
// organisation's own.
func everyRow(t *testing.T, w *world, table string) []string {
	t.Helper()
	db := raw(t, w.url)
	var shown []string
	for _, name := range columns(t, db, table) {
		if name != "org_id" && name != "scheme_id" && name != "plan_id" {
			shown = append(shown, fmt.Sprintf("COALESCE(CAST(%s AS TEXT), 'NULL')", name))
		}
	}
	all := rows(t, db, "SELECT "+strings.Join(shown, ", ")+" FROM "+table+" WHERE org_id = '"+string(w.org.ID)+"' ORDER BY 1, 2, 3, 4")
	if len(all) < 100 {
		t.Errorf("%s has %d rows", table, len(all))
	}
	return all
}

// Many rows at once have no place for a value of a conflict clause, and say so
// before anything is kept.
func TestManyRowsTakeNoConflictWithValues(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		err := w.store.Write(t.Context(), w.org.ID, func(tx app.Writer) error { return store.AddUnlessPositive(tx, "b") })
		if err == nil || !strings.Contains(err.Error(), "rows of import_rows: a conflict clause with values") {
			t.Errorf("they were added: %v", err)
		}
	})
}
