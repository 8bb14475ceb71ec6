package main

import (
	"context"
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
// until all of it is, nothing is lost and nothing is there twice.
func TestKilledImports(t *testing.T) {
	rows, kills := size(t, "CAIRN_IMPORT_ROWS", 600), size(t, "CAIRN_IMPORT_KILLS", 5)
	longest := time.Duration(size(t, "CAIRN_IMPORT_LONGEST_MS", 1200)) * time.Millisecond
	w := newWorld(t)
	w.url = sqliteScheme + filepath.Join(w.folder, "killed.db")
	file := w.scoresFile(rows)
	args := []string{"import", file, "--yes", "--organisation", "Riverside", "--database-url", w.url}
	w.must("organisation", "add", "Riverside", "--database-url", w.url)
	kept := func(query string) int {
		found := w.rows(w.database(), query)
		n, err := strconv.Atoi(strings.Trim(found[0], "[]{} \""))
		if err != nil {
			t.Fatalf("%s: %q", query, found)
		}
		return n
	}
	dice, killed, staged := rand.New(rand.NewSource(int64(rows+kills))), 0, 0
	for i := range kills {
		child, _ := w.program(args...)
		time.Sleep(100*time.Millisecond + time.Duration(dice.Int63n(int64(longest)*int64(i+1)/int64(kills))))
		if err := child.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := child.Wait(); err != nil {
			killed++
		}
		staged = max(staged, kept("SELECT COALESCE(MAX(staged), 0) FROM import_batches"))
		if n := kept("SELECT count(*) FROM assessments"); n != 0 && n != rows {
			t.Fatalf("after kill %d there are %d of %d assessments: it was half imported", i+1, n, rows)
		}
	}
	last, said := w.program(args...)
	if err := last.Wait(); err != nil {
		t.Fatalf("it does not come to an end: %v\n%s", err, said)
	}
	saying(t, said.String(), fmt.Sprintf("%d rows read", rows))
	for query, want := range map[string]int{
		"SELECT count(*) FROM assessments":                              rows,
		"SELECT count(*) FROM people":                                   rows / 2,
		"SELECT count(*) FROM referrals":                                rows / 2,
		"SELECT count(DISTINCT person_id) FROM assessments":             rows / 2,
		"SELECT count(*) FROM import_rows WHERE scores IS NOT NULL":     0,
		"SELECT count(*) FROM import_batches WHERE state = 'published'": 1,
	} {
		if n := kept(query); n != want {
			t.Errorf("%s: %d, want %d", query, n, want)
		}
	}
	check, said := w.program("rebuild", "--check", "--database-url", w.url)
	if err := check.Wait(); err != nil {
		t.Errorf("the pairs do not agree: %v\n%s", err, said)
	}
	t.Logf("%d rows, %d kills (at the last %d rows were staged): 0 lost, 0 twice", rows, killed, staged)
}
