package store_test

import (
	"database/sql"
	"slices"
	"strings"
	"testing"
)

// raw opens the database past the store, as somebody with a terminal would.
func raw(t *testing.T, url string) *sql.DB {
	t.Helper()
	driver, source := "pgx", url
	if path, ok := strings.CutPrefix(url, "sqlite:"); ok {
		driver, source = "sqlite", "file:"+path+"?_pragma=foreign_keys(1)&_pragma=busy_timeout(5000)"
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// rows reads every row of a query as text, values joined by " | ".
func rows(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	found, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer found.Close()
	names, err := found.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for found.Next() {
		values := make([]sql.NullString, len(names))
		into := make([]any, len(names))
		for i := range values {
			into[i] = &values[i]
		}
		if err := found.Scan(into...); err != nil {
			t.Fatal(err)
		}
		texts := make([]string, len(values))
		for i, v := range values {
			texts[i] = v.String
		}
		all = append(all, strings.Join(texts, " | "))
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func isSQLite(url string) bool { return strings.HasPrefix(url, "sqlite:") }

// tables lists the product's own tables.
func tables(t *testing.T, db *sql.DB, url string) []string {
	t.Helper()
	query := `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'`
	if isSQLite(url) {
		query = `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'`
	}
	all := slices.DeleteFunc(rows(t, db, query), func(name string) bool { return name == "goose_db_version" })
	slices.Sort(all)
	return all
}

// counts is how many rows every table has.
func counts(t *testing.T, db *sql.DB, url string) []string {
	t.Helper()
	var all []string
	for _, name := range tables(t, db, url) {
		all = append(all, name+" "+rows(t, db, "SELECT COUNT(*) FROM "+name)[0])
	}
	return all
}
