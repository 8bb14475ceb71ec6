package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cairn/internal/testkit"
)

// noon is when these tests happen: 22 November 2026.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

const acceptance = "../../testdata/acceptance"

// A world is one empty machine with a terminal: a folder, an environment and,
// perhaps, a database.
type world struct {
	t       *testing.T
	folder  string
	url     string // of the database
	env     map[string]string
	in      string
	hidden  func(string) (string, error)
	browsed []string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	return &world{t: t, folder: t.TempDir(), env: map[string]string{
		"CAIRN_KEY": base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{7}, keyBytes)),
	}}
}

// eachWorld is a world with a migrated database, on SQLite and on PostgreSQL.
func eachWorld(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	testkit.Each(t, func(t *testing.T, url string) {
		w := newWorld(t)
		w.url = url
		w.must("migrate", "up", "--database-url", url)
		fn(t, w)
	})
}

// said is what a command left behind.
type said struct {
	code     int
	out, err string
}

// A shared buffer can be read while a command still writes.
type shared struct {
	sync.Mutex
	bytes.Buffer
}

func (s *shared) Write(p []byte) (int, error) {
	s.Lock()
	defer s.Unlock()
	return s.Buffer.Write(p)
}

func (s *shared) String() string {
	s.Lock()
	defer s.Unlock()
	return s.Buffer.String()
}

func (w *world) terminal(out, err *shared) *terminal {
	return &terminal{
		in: strings.NewReader(w.in), out: out, err: err, hidden: w.hidden,
		env: func(name string) string { return w.env[name] },
		now: func() time.Time { return noon },
		browse: func(address string) error {
			w.browsed = append(w.browsed, address)
			return errors.New("no browser here")
		},
	}
}

// cairn runs one command in this process. One that serves where it should have
// refused is stopped after a minute.
func (w *world) cairn(args ...string) said {
	w.t.Helper()
	ctx, stop := context.WithTimeout(w.t.Context(), time.Minute)
	defer stop()
	var out, err shared
	code := run(ctx, w.terminal(&out, &err), args)
	return said{code, out.String(), err.String()}
}

// on is cairn with the world's database.
func (w *world) on(args ...string) said {
	w.t.Helper()
	return w.cairn(append(args, "--database-url", w.url)...)
}

func (w *world) must(args ...string) said {
	w.t.Helper()
	s := w.cairn(args...)
	if s.code != done {
		w.t.Fatalf("cairn %s ended with %d:\n%s", strings.Join(args, " "), s.code, s.err)
	}
	return s
}

func (w *world) mustOn(args ...string) said {
	w.t.Helper()
	return w.must(append(args, "--database-url", w.url)...)
}

// refused holds that a command was not done and said every one of the words.
func (w *world) refused(s said, words ...string) {
	w.t.Helper()
	if s.code != notDone {
		w.t.Errorf("ended with %d, want %d:\n%s", s.code, notDone, s.err)
	}
	saying(w.t, s.err, words...)
}

func saying(t *testing.T, text string, words ...string) {
	t.Helper()
	for _, word := range words {
		if !strings.Contains(text, word) {
			t.Errorf("it does not say %q:\n%s", word, text)
		}
	}
}

// file writes a file of the world and returns its path.
func (w *world) file(name, content string) string {
	w.t.Helper()
	path := filepath.Join(w.folder, name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		w.t.Fatal(err)
	}
	return path
}

func (w *world) read(path string) string {
	w.t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		w.t.Fatal(err)
	}
	return string(raw)
}

// A running command is one that serves until it is stopped.
type running struct {
	base     string // http://127.0.0.1:port
	out, err *shared
	stop     func() int
}

// serving starts a command and waits until it says where it answers.
func (w *world) serving(args ...string) running {
	w.t.Helper()
	ctx, cancel := context.WithCancel(w.t.Context())
	r := running{out: &shared{}, err: &shared{}}
	ended := make(chan int, 1)
	go func() { ended <- run(ctx, w.terminal(r.out, r.err), args) }()
	var code int
	var once sync.Once
	r.stop = func() int {
		once.Do(func() { cancel(); code = <-ended })
		return code
	}
	w.t.Cleanup(func() { r.stop() })
	for deadline := time.Now().Add(3 * time.Minute); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if _, rest, ok := strings.Cut(r.err.String(), "http://127.0.0.1:"); ok && strings.Contains(rest, "Stop it") {
			r.base = "http://127.0.0.1:" + rest[:strings.IndexAny(rest, " \n/")]
			return r
		}
		select {
		case code := <-ended:
			ended <- code
			w.t.Fatalf("ended with %d:\n%s", code, r.err.String())
		default:
		}
	}
	w.t.Fatalf("never answered:\n%s", r.err.String())
	return r
}

func (r running) get(t *testing.T, path string) int {
	t.Helper()
	answer, err := http.Get(r.base + path)
	if err != nil {
		t.Fatal(err)
	}
	if err := answer.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode
}

// content is a digest of every table, so that “nothing changed” means that.
func (w *world) content() map[string]string {
	w.t.Helper()
	db := w.database()
	tables := "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
	if !isPostgres(w.url) {
		tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
	}
	found := map[string]string{}
	for _, row := range w.rows(db, tables) {
		rows := w.rows(db, `SELECT * FROM "`+row+`"`)
		slices.Sort(rows)
		sum := sha256.Sum256([]byte(strings.Join(rows, "\n")))
		found[row] = fmt.Sprintf("%d rows %s", len(rows), hex.EncodeToString(sum[:6]))
	}
	return found
}

// database is the world's, without the product in front.
func (w *world) database() *sql.DB {
	w.t.Helper()
	driver, source := "pgx", w.url
	if path, ok := strings.CutPrefix(w.url, sqliteScheme); ok {
		driver, source = "sqlite", path
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() {
		if err := db.Close(); err != nil {
			w.t.Error(err)
		}
	})
	return db
}

func (w *world) rows(db *sql.DB, query string) []string {
	w.t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		w.t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		w.t.Fatal(err)
	}
	var all []string
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			w.t.Fatal(err)
		}
		parts := make([]string, len(values))
		for i, v := range values {
			if raw, ok := v.([]byte); ok {
				v = string(raw)
			}
			parts[i] = fmt.Sprint(v)
		}
		all = append(all, strings.Join(parts, "|"))
	}
	if err := rows.Err(); err != nil {
		w.t.Fatal(err)
	}
	return all
}
