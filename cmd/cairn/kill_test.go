package main

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// asProgram makes the binary of these tests the program itself, in a process
// that can be killed.
const asProgram = "CAIRN_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if args := os.Getenv(asProgram); args != "" {
		os.Exit(run(context.Background(), thisTerminal(), strings.Split(args, "\n")))
	}
	os.Exit(m.Run())
}

// size is a number of the environment, for the long form in make proof.
func size(t *testing.T, name string, small int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return small
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// scoresFile is a file of so many rows: two scores of everybody.
func (w *world) scoresFile(rows int) string {
	w.t.Helper()
	var text strings.Builder
	text.WriteString("Client ID,Service,Date,Stage,SWEMWBS raw\n")
	for i := range rows {
		person := i / 2
		fmt.Fprintf(&text, "P-%07d,Service %d,%02d/%02d/%d,%s,%d\n", person, person%4, 1+person%28, 1+person%12, 2024+i%2, []string{"pre", "post"}[i%2], 7+i%29)
	}
	return w.file("many.csv", text.String())
}

// program is the program in a process of its own, begun.
func (w *world) program(args ...string) (*exec.Cmd, *shared) {
	w.t.Helper()
	child, said := exec.Command(os.Args[0]), &shared{}
	child.Env = append(os.Environ(), asProgram+"="+strings.Join(args, "\n"), "CAIRN_KEY="+w.env["CAIRN_KEY"])
	child.Stderr = said
	if err := child.Start(); err != nil {
		w.t.Fatal(err)
	}
	return child, said
}

// However often an import is killed, at whatever moment, nothing of it is there
// until all of it is, nothing is lost and nothing is there twice. However long the
// file, it is read and written out again in little memory.
func TestKilledImports(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		k := &killing{world: w, db: w.database(), rows: size(t, "CAIRN_IMPORT_ROWS", 600), kills: size(t, "CAIRN_IMPORT_KILLS", 5)}
		k.longest = time.Duration(size(t, "CAIRN_IMPORT_LONGEST_MS", 500)) * time.Millisecond
		k.args = []string{"import", w.scoresFile(k.rows), "--yes", "--organisation", "Riverside", "--database-url", w.url}
		w.mustOn("organisation", "add", "Riverside")
		k.killAgainAndAgain()
		began := time.Now()
		last := k.ended(k.args...)
		saying(t, last.said, fmt.Sprintf("%d rows read", k.rows))
		if last.peak > mostImport {
			t.Errorf("the import took %d MB, want %d at most", last.peak, mostImport)
		}
		t.Logf("%d rows, %d kills (at the last %d rows were staged): 0 lost, 0 twice; the last run took %.0f s and %d MB", k.rows, k.killed, k.staged, time.Since(began).Seconds(), last.peak)
		k.whole()
		if isPostgres(w.url) { // as the server does by itself, a minute later
			if _, err := k.db.Exec("ANALYZE"); err != nil {
				t.Fatal(err)
			}
		}
		k.ended("rebuild", "--check", "--database-url", w.url)
		if k.rows >= manyRows {
			k.exports()
		}
	})
}

// What may be taken of memory, in MB; and how many rows there have to be before an
// export says anything of it.
const (
	mostImport = 150
	mostExport = 150
	mostPairs  = 32 // beyond what the same command takes to write no row
	manyRows   = 50_000
)

// A killing is an import that is killed again and again.
type killing struct {
	*world
	db          *sql.DB
	rows, kills int
	longest     time.Duration
	args        []string
	killed      int // in time
	staged      int // rows, at the last
}

func (k *killing) kept(query string) int {
	k.t.Helper()
	found := k.world.rows(k.db, query)
	n, err := strconv.Atoi(found[0])
	if err != nil {
		k.t.Fatalf("%s: %q", query, found)
	}
	return n
}

func (k *killing) killAgainAndAgain() {
	k.t.Helper()
	dice := rand.New(rand.NewSource(int64(k.rows + k.kills)))
	for i := range k.kills {
		child, _ := k.program(k.args...)
		time.Sleep(100*time.Millisecond + time.Duration(dice.Int63n(int64(k.longest)*int64(i+1)/int64(k.kills))))
		if err := child.Process.Kill(); err != nil {
			k.t.Fatal(err)
		}
		if err := child.Wait(); err != nil {
			k.killed++
		}
		k.staged = max(k.staged, k.kept("SELECT COALESCE(MAX(staged), 0) FROM import_batches"))
		if n := k.kept("SELECT count(*) FROM assessments"); n != 0 && n != k.rows {
			k.t.Fatalf("after kill %d there are %d of %d assessments: it was half imported", i+1, n, k.rows)
		}
	}
}

// whole holds that everything is there once.
func (k *killing) whole() {
	k.t.Helper()
	for query, want := range map[string]int{
		"SELECT count(*) FROM assessments":                              k.rows,
		"SELECT count(*) FROM people":                                   k.rows / 2,
		"SELECT count(*) FROM referrals":                                k.rows / 2,
		"SELECT count(DISTINCT person_id) FROM assessments":             k.rows / 2,
		"SELECT count(*) FROM import_rows WHERE scores IS NOT NULL":     0,
		"SELECT count(*) FROM import_batches WHERE state = 'published'": 1,
	} {
		if n := k.kept(query); n != want {
			k.t.Errorf("%s: %d, want %d", query, n, want)
		}
	}
}

// exports holds that every form is written as its rows come.
func (k *killing) exports() {
	k.t.Helper()
	export := func(out string, args ...string) program {
		return k.ended(append(append([]string{"export"}, args...), "--organisation", "Riverside", "--database-url", k.url, "--out", filepath.Join(k.folder, out))...)
	}
	none := export("none.csv", "pairs", "--from", "1990-Q1", "--to", "1990-Q1")
	all := export("pairs.csv", "pairs")
	k.t.Logf("pairs as CSV take %d MB, none %d MB: %s", all.peak, none.peak, all.said)
	if all.peak > none.peak+mostPairs {
		k.t.Errorf("pairs take %d MB more than none, want %d at most", all.peak-none.peak, mostPairs)
	}
	for _, shape := range []string{"pairs.xlsx", "pairs.parquet", "long.csv", "wide.csv", "package.zip"} {
		args := []string{strings.TrimSuffix(shape, filepath.Ext(shape))}
		one := export(shape, args...)
		k.t.Logf("%s takes %d MB", shape, one.peak)
		if one.peak > mostExport {
			k.t.Errorf("%s takes %d MB, want %d at most", shape, one.peak, mostExport)
		}
	}
}

// A program is one that came to its end.
type program struct {
	said string
	peak int // MB
}

func (w *world) ended(args ...string) program {
	w.t.Helper()
	child, said := w.program(args...)
	ended, most := make(chan error, 1), 0
	go func() { ended <- child.Wait() }()
	for {
		select {
		case err := <-ended:
			if err != nil {
				w.t.Errorf("cairn %s does not come to a good end: %v\n%s", strings.Join(args, " "), err, said)
			}
			return program{said.String(), most}
		case <-time.After(20 * time.Millisecond):
			most = max(most, peak(child.Process.Pid))
		}
	}
}
