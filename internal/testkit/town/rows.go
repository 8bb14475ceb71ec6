package town

import (
	"database/sql"
	"slices"
	"strings"
)

// Rows is how many rows every table has, a line for each, but for those tables.
// Of the audit it counts what was written: Opened counts the rest.
func (w *Town) Rows(except ...string) string {
	w.T.Helper()
	tables := `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`
	if strings.HasPrefix(w.URL, "sqlite:") {
		tables = `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY 1`
	}
	var all strings.Builder
	for _, name := range w.Cells(tables) {
		if name != "goose_db_version" && !slices.Contains(except, name) {
			count := "SELECT COUNT(*) FROM " + name
			if name == "audit" {
				count += " WHERE act NOT LIKE 'open %'"
			}
			all.WriteString(name + " " + w.Cells(count)[0] + "\n")
		}
	}
	return all.String()
}

// Opened are the openings that the audit holds, the oldest first: the page and
// whose it was.
func (w *Town) Opened() (all []string) {
	w.T.Helper()
	cells := w.Cells("SELECT act, object FROM audit WHERE act LIKE 'open %' ORDER BY id")
	for i := 0; i+1 < len(cells); i += 2 {
		all = append(all, cells[i]+" "+cells[i+1])
	}
	return all
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
