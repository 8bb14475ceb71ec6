package town

import (
	"database/sql"
	"slices"
	"strings"
)

// Rows is how many rows every table has, a line for each, but for those tables.
func (w *Town) Rows(except ...string) string {
	w.T.Helper()
	tables := `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`
	if strings.HasPrefix(w.URL, "sqlite:") {
		tables = `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY 1`
	}
	var all strings.Builder
	for _, name := range w.Cells(tables) {
		if name != "goose_db_version" && !slices.Contains(except, name) {
			all.WriteString(name + " " + w.Cells("SELECT COUNT(*) FROM " + name)[0] + "\n")
		}
	}
	return all.String()
}

// Cells are the cells that a query finds, row by row, as somebody with the
// database sees them.
func (w *Town) Cells(query string) (all []string) {
	w.T.Helper()
	driver, source := "pgx", w.URL
	if path, ok := strings.CutPrefix(w.URL, "sqlite:"); ok {
		driver, source = "sqlite", "file:"+path+"?_pragma=busy_timeout(5000)"
	}
	db, err := sql.Open(driver, source)
	must(w.T, err)
	defer db.Close()
	rows, err := db.QueryContext(w.T.Context(), query)
	must(w.T, err)
	defer rows.Close()
	columns, err := rows.Columns()
	must(w.T, err)
	row, into := make([]string, len(columns)), make([]any, len(columns))
	for i := range row {
		into[i] = &row[i]
	}
	for rows.Next() {
		must(w.T, rows.Scan(into...))
		all = append(all, row...)
	}
	must(w.T, rows.Err())
	return all
}
