package store_test

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cairn/internal/store"
	"cairn/internal/testkit"
)

// Both databases have the same tables, columns, nullability, keys and
// references, or a query could work on one and not on the other.
func TestBothSchemasAreEqual(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	schemas := map[string][]string{}
	t.Run("read", func(t *testing.T) {
		migrated(t).Each(t, func(t *testing.T, url string) {
			db := raw(t, url)
			schema := schemaOf(t, db, url)
			mu.Lock()
			defer mu.Unlock()
			schemas[url[:6]] = schema
		})
	})
	lite, pg := schemas["sqlite"], schemas["postgr"]
	if len(lite) < 200 {
		t.Errorf("only %d facts were found about the schema", len(lite))
	}
	if diff := cmp.Diff(lite, pg); diff != "" {
		t.Errorf("SQLite (-) and PostgreSQL (+) differ:\n%s", diff)
	}
}

// schemaOf writes every fact about a schema as a line.
func schemaOf(t *testing.T, db *sql.DB, url string) []string {
	t.Helper()
	facts := postgresFacts
	if isSQLite(url) {
		facts = sqliteFacts
	}
	var all []string
	for _, query := range facts() {
		all = append(all, rows(t, db, query)...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Types that differ in name only are called as the migrations call them.
func sqliteFacts() []string {
	const tables = `(SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'goose_db_version')`
	return []string{
		`SELECT 'column', t.name, c.name, c.type, CASE c."notnull" WHEN 1 THEN 'required' ELSE 'optional' END
		 FROM ` + tables + ` t, pragma_table_info(t.name) c`,
		`SELECT 'key', t.name, (SELECT group_concat(p.name) FROM (SELECT name FROM pragma_table_info(t.name) WHERE pk > 0 ORDER BY pk) p)
		 FROM ` + tables + ` t`,
		`SELECT CASE i."unique" WHEN 1 THEN 'unique' ELSE 'index' END, t.name,
		        (SELECT group_concat(x.name) FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno) x),
		        CASE i.partial WHEN 1 THEN 'partial' ELSE 'whole' END
		 FROM ` + tables + ` t, pragma_index_list(t.name) i WHERE i.origin <> 'pk'`,
		`SELECT 'reference', x.name, x.target, group_concat(x.source), group_concat(x.aim) FROM (
		     SELECT t.name, f.id, f."table" AS target, f."from" AS source, f."to" AS aim
		     FROM ` + tables + ` t, pragma_foreign_key_list(t.name) f ORDER BY t.name, f.id, f.seq) x
		 GROUP BY x.name, x.id, x.target`,
	}
}

func postgresFacts() []string {
	const names = `(SELECT string_agg(a.attname, ',' ORDER BY k.n) FROM unnest(%s) WITH ORDINALITY k(no, n)
		JOIN pg_attribute a ON a.attrelid = %s AND a.attnum = k.no)`
	of := func(numbers, table string) string { return fmt.Sprintf(names, numbers, table) }
	return []string{
		`SELECT 'column', table_name, column_name,
		        CASE data_type WHEN 'timestamp without time zone' THEN 'TIMESTAMP' ELSE upper(data_type) END,
		        CASE is_nullable WHEN 'NO' THEN 'required' ELSE 'optional' END
		 FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'goose_db_version'`,
		`SELECT 'key', c.conrelid::regclass, ` + of("c.conkey", "c.conrelid") + `
		 FROM pg_constraint c WHERE c.contype = 'p' AND c.connamespace = 'public'::regnamespace
		 AND c.conrelid <> 'goose_db_version'::regclass`,
		`SELECT CASE WHEN i.indisunique THEN 'unique' ELSE 'index' END, i.indrelid::regclass, ` + of("i.indkey::int2[]", "i.indrelid") + `,
		        CASE WHEN i.indpred IS NULL THEN 'whole' ELSE 'partial' END
		 FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
		 WHERE c.relnamespace = 'public'::regnamespace AND NOT i.indisprimary`,
		`SELECT 'reference', c.conrelid::regclass, c.confrelid::regclass, ` +
			of("c.conkey", "c.conrelid") + `, ` + of("c.confkey", "c.confrelid") + `
		 FROM pg_constraint c WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace`,
	}
}

// Every check has a name, and both databases have those same checks.
func TestBothSchemasCheckTheSame(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	checks := map[string][]string{}
	t.Run("read", func(t *testing.T) {
		migrated(t).Each(t, func(t *testing.T, url string) {
			query := `SELECT conname FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace`
			found := []string{}
			if isSQLite(url) {
				for _, text := range rows(t, raw(t, url), `SELECT sql FROM sqlite_schema WHERE type = 'table'`) {
					for _, line := range strings.Split(text, "\n") {
						if f := strings.Fields(line); len(f) > 2 && f[0] == "CONSTRAINT" && f[2] == "CHECK" {
							found = append(found, f[1])
						}
					}
				}
			} else {
				found = rows(t, raw(t, url), query)
			}
			slices.Sort(found)
			mu.Lock()
			defer mu.Unlock()
			checks[url[:6]] = found
		})
	})
	if len(checks["sqlite"]) < 15 {
		t.Errorf("only these checks were found: %v", checks["sqlite"])
	}
	if diff := cmp.Diff(checks["sqlite"], checks["postgr"]); diff != "" {
		t.Errorf("SQLite (-) and PostgreSQL (+) differ:\n%s", diff)
	}
}

// Up, down and up again ends where one up ends, and down leaves nothing.
func TestMigrationsGoUpDownAndUp(t *testing.T) {
	t.Parallel()
	testkit.Each(t, func(t *testing.T, url string) {
		c := store.Config{URL: url}
		must(t, store.Migrate(t.Context(), c))
		first := schemaOf(t, raw(t, url), url)
		must(t, store.Unmigrate(t.Context(), c))
		if left := tables(t, raw(t, url), url); len(left) > 0 {
			t.Errorf("left after down: %v", left)
		}
		must(t, store.Migrate(t.Context(), c))
		if diff := cmp.Diff(first, schemaOf(t, raw(t, url), url)); diff != "" {
			t.Errorf("up (-) and up, down, up (+) differ:\n%s", diff)
		}
	})
}

// Two nodes that start at once apply each step once.
func TestTwoMigrateAtOnce(t *testing.T) {
	t.Parallel()
	testkit.Each(t, func(t *testing.T, url string) {
		c := store.Config{URL: url}
		var wait sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			wait.Go(func() { errs[i] = store.Migrate(t.Context(), c) })
		}
		wait.Wait()
		for _, err := range errs {
			must(t, err)
		}
		db := raw(t, url)
		twice := rows(t, db, `SELECT version_id, COUNT(*) FROM goose_db_version GROUP BY version_id HAVING COUNT(*) > 1`)
		if len(twice) > 0 {
			t.Errorf("applied more than once: %v", twice)
		}
		steps, err := store.MigrationStatus(t.Context(), c)
		must(t, err)
		if len(steps) < 8 {
			t.Errorf("only %d steps", len(steps))
		}
		for i, s := range steps {
			if s.At.IsZero() || i > 0 && s.Version <= steps[i-1].Version {
				t.Errorf("step %d: %+v", i+1, s)
			}
		}
	})
}

func TestStatusOfAnEmptyDatabase(t *testing.T) {
	t.Parallel()
	testkit.Each(t, func(t *testing.T, url string) {
		steps, err := store.MigrationStatus(t.Context(), store.Config{URL: url})
		must(t, err)
		for _, s := range steps {
			if !s.At.IsZero() {
				t.Errorf("%s is said to be applied", s.Name)
			}
		}
		if len(steps) == 0 || steps[0].Name != "0001_platform.sql" {
			t.Errorf("steps = %+v", steps)
		}
	})
}
