package store_test

import (
	"database/sql"
	"fmt"
	"os"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/scheme"
	"cairn/internal/store"
	"cairn/internal/testkit"
)

// What a transaction has added is counted while it is under way, by the function of
// the tables' owner: the application's role, which is told of in the manual, may
// call it and may not count by itself. A role that came after the migration does
// without.
func TestTheApplicationHasItsTablesCounted(t *testing.T) {
	t.Parallel()
	testkit.Each(t, func(t *testing.T, url string) {
		if isSQLite(url) {
			must(t, store.Migrate(t.Context(), config(url)))
			w := bundledWorld(t, url)
			must(t, w.store.Write(t.Context(), w.org.ID, app.Writer.Reconsider)) // has nothing to count
			return
		}
		db := raw(t, url)
		early, late := role(t, db), role(t, db)
		say := func(format string, args ...any) {
			t.Helper()
			if _, err := db.ExecContext(t.Context(), fmt.Sprintf(format, args...)); err != nil {
				t.Fatal(err)
			}
		}
		say("GRANT USAGE ON SCHEMA public TO %s, %s", early, late)
		say("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %s", early)
		say("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO %s", early)
		must(t, store.Migrate(t.Context(), config(url)))
		say("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO %s", late)

		bundledWorld(t, url)
		counted := func() string { return rows(t, db, "SELECT reltuples FROM pg_class WHERE oid = 'people'::regclass")[0] }
		for _, as := range []struct{ role, want string }{{late, "-1"}, {early, "3"}} { // -1: nobody has looked
			w := settle(t, open(t, config(url+"&role="+as.role)), as.role)
			must(t, w.store.Write(t.Context(), w.org.ID, func(tx app.Writer) error {
				for _, reference := range []string{"A", "B", "C"} {
					must(t, tx.AddPerson(scheme.Person{ID: id[scheme.PersonID](t), Reference: reference}))
				}
				must(t, tx.Reconsider())
				if got := counted(); got != as.want {
					t.Errorf("%s people are counted, want %s", got, as.want)
				}
				return nil
			}))
			say("DELETE FROM people")
		}
		if got := rows(t, db, "SELECT proacl::text FROM pg_proc WHERE proname = 'recount'")[0]; strings.Contains(got, "{=") || strings.Contains(got, ",=") || strings.Contains(got, late) {
			t.Errorf("others may count: %s", got)
		}
		if got := rows(t, db, "SELECT proconfig::text FROM pg_proc WHERE proname = 'recount' AND prosecdef")[0]; !strings.Contains(got, "search_path=pg_catalog, pg_temp") {
			t.Errorf("it looks names up along %s", got)
		}
		say("SET ROLE %s; ANALYZE people; RESET ROLE", early) // warns
		if got := counted(); got != "3" {
			t.Error("the application's role counts by itself, and needs no function")
		}
	})
}

// role makes a role that owns nothing, which whoever opened db may become.
func role(t *testing.T, db *sql.DB) string {
	t.Helper()
	server := raw(t, os.Getenv("CAIRN_TEST_POSTGRES"))
	name := "role_" + strings.ReplaceAll(string(id[scheme.OrgID](t)), "-", "")
	me := rows(t, db, "SELECT current_user")[0]
	if _, err := server.ExecContext(t.Context(), "CREATE ROLE "+name+"; GRANT "+name+" TO "+me); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_, err := db.Exec("DROP OWNED BY " + name)
		if _, dropped := server.Exec("DROP ROLE " + name); err != nil || dropped != nil {
			t.Error(err, dropped)
		}
	})
	return name
}
