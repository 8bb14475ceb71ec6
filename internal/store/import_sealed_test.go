package store_test

import (
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/store"
)

// What an earlier release kept in clear of imports is told by nobody's name after
// the migration, is sealed as soon as the service tidies, and is read as before.
func TestImportsOfBeforeAreSealed(t *testing.T) {
	t.Parallel()
	migrated(t).Each(t, func(t *testing.T, url string) {
		const batch, file = "019fffff-0000-7000-8000-00000000000a", "019fffff-0000-7000-8000-00000000000b"
		w := bundledWorld(t, url)
		must(t, w.store.Close())
		must(t, store.MigrateBackTo(t.Context(), config(url), 43))
		db := raw(t, url)
		for _, query := range []string{
			`INSERT INTO import_batches (org_id, id, source, file_sha, mapping_sha, mapping, state, staged, outcomes, people, added, already, reason, by_account, begun_at, version)
				SELECT id, '` + batch + `', 'Jane Canary.xlsx', 'f', 'm', '{"says":"Mrs Ada Canary"}', 'published', 4, '{}', 0, 0, 0, '', id, CURRENT_TIMESTAMP, 1 FROM organisations`,
			`INSERT INTO import_files (org_id, id, by_account, batch_id, name, file_sha, size, mapping, sent_at, version)
				SELECT id, '` + file + `', id, '` + batch + `', 'Jane Canary.xlsx', 'f', 1, '{"says":"Mrs Ada Canary"}', CURRENT_TIMESTAMP, 1 FROM organisations`,
			`INSERT INTO import_rows (org_id, batch_id, position, sheet, line, outcome, reason)
				SELECT o.id, '` + batch + `', r.position, r.sheet, 2, 'conflict', r.reason FROM organisations o, (
					SELECT 0 AS position, 'Jane Canary' AS sheet, 'PHQ-9: line 2 in the sheet “Bo Canary” says something else.' AS reason
					UNION ALL SELECT 1, 'Bo Canary', 'PHQ-9: “9434765919Canary” is too large to be a score.'
					UNION ALL SELECT 2, 'Bo Canary', 'The row has no score.' UNION ALL SELECT 3, '', '') r`,
		} {
			_, err := db.ExecContext(t.Context(), query)
			must(t, err)
		}
		must(t, store.Migrate(t.Context(), config(url)))
		w.store = open(t, config(url))
		told := rows(t, db, "SELECT sheet, reason FROM import_rows ORDER BY position")
		if said := strings.Join(told, "\n"); strings.Contains(said, "Canary") || !strings.HasPrefix(said, "sheet 1 | Another sheet") ||
			!strings.HasSuffix(said, "sheet 2 | The row has no score.\n | ") {
			t.Errorf("rows are told as\n%s", said)
		}
		for range 2 { // before it is sealed, and after
			w.read(func(tx app.Reader) error {
				b, err := tx.ImportBatch(batch)
				if err != nil || b.Source != "Jane Canary.xlsx" || !strings.Contains(b.Mapping, "Mrs Ada Canary") {
					t.Errorf("%+v, %v", b, err)
				}
				f, err := tx.ImportFile(file)
				if err != nil || f.Name != "Jane Canary.xlsx" || f.Mapping != "" { // it is looked at anew
					t.Errorf("%+v, %v", f, err)
				}
				return nil
			})
			must(t, w.store.ForgetExpired(t.Context()))
		}
		for _, name := range tables(t, db, url) {
			if all := strings.Join(rows(t, db, "SELECT * FROM "+name), "\n"); strings.HasPrefix(name, "import_") && strings.Contains(all, "Canary") {
				t.Errorf("%s holds\n%s", name, all)
			}
		}
	})
}
