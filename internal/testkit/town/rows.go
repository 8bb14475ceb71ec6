package town

import (
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// Rows is how many rows every table has, a line for each, but for those tables.
// Of the audit it counts what was written: Opened counts the rest.
func (w *Town) Rows(except ...string) string {
	w.T.Helper()
	tables := `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`
	if w.path() != "" {
		tables = `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY 1`
	}
	var counts []string
	for _, name := range w.Cells(tables) {
		if name != "goose_db_version" && !slices.Contains(except, name) {
			count := "SELECT '" + name + " ' || COUNT(*) FROM " + name
			if name == "audit" {
				count += " WHERE act NOT LIKE 'open %'"
			}
			counts = append(counts, count)
		}
	}
	return strings.Join(w.Cells(strings.Join(counts, " UNION ALL ")), "\n") + "\n"
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
	rows, err := w.beside().QueryContext(w.T.Context(), query)
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

// beside is the database without the product in front, opened when somebody
// first looks: to sign in to PostgreSQL again for each look takes most of a test.
func (w *Town) beside() *sql.DB {
	w.looking.Do(func() {
		driver, source := "pgx", w.URL
		if path := w.path(); path != "" {
			driver, source = "sqlite", "file:"+path+"?_pragma=busy_timeout(5000)"
		}
		db, err := sql.Open(driver, source)
		must(w.T, err)
		w.T.Cleanup(func() { must(w.T, db.Close()) })
		w.looked = db
	})
	return w.looked
}

// path is the file of the town's database on SQLite, and empty elsewhere.
func (w *Town) path() string {
	path, ok := strings.CutPrefix(w.URL, "sqlite:")
	if !ok {
		return ""
	}
	return path
}

// Dump is everything that a raw copy of the database holds: the bytes of its file,
// or every row of every table as text, bytes in hexadecimal.
func (w *Town) Dump() string {
	w.T.Helper()
	var all strings.Builder
	if path := w.path(); path != "" {
		for _, part := range []string{path, path + "-wal"} {
			raw, err := os.ReadFile(part)
			if !errors.Is(err, fs.ErrNotExist) {
				must(w.T, err)
			}
			all.Write(raw)
		}
		return all.String()
	}
	for _, name := range w.Cells(`SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`) {
		for _, row := range w.Cells("SELECT CAST(t AS TEXT) FROM " + name + " t") {
			all.WriteString(row + "\n")
		}
	}
	return all.String()
}
