package api_test

import (
	"database/sql"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver named pgx
)

// counts is how many rows every table has, counted past the store.
func (w *town) counts() string {
	w.t.Helper()
	driver, source := "pgx", w.url
	tables := `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_name <> 'goose_db_version' ORDER BY 1`
	if path, ok := strings.CutPrefix(w.url, "sqlite:"); ok {
		driver, source = "sqlite", "file:"+path+"?_pragma=busy_timeout(5000)"
		tables = `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'goose_db_version' ORDER BY 1`
	}
	db, err := sql.Open(driver, source)
	must(w.t, err)
	defer db.Close()
	var all strings.Builder
	for _, name := range texts(w.t, db, tables) {
		all.WriteString(name + " " + texts(w.t, db, "SELECT COUNT(*) FROM "+name)[0] + "\n")
	}
	return all.String()
}

// texts is the first column of a query.
func texts(t *testing.T, db *sql.DB, query string) (all []string) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	must(t, err)
	defer rows.Close()
	for rows.Next() {
		var text string
		must(t, rows.Scan(&text))
		all = append(all, text)
	}
	must(t, rows.Err())
	return all
}
