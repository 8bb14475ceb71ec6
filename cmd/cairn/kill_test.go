package main

import (
	"database/sql"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

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

// However often an import is killed, at whatever moment, nothing of it is there
// until all of it is, nothing is lost and nothing is there twice. However long the
// file, it is read and written out again in little memory.
func TestKilledImports(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		k := &killing{world: w, db: w.database(), rows: size(t, "CAIRN_IMPORT_ROWS", 600), kills: size(t, "CAIRN_IMPORT_KILLS", 5)}
		k.longest = time.Duration(size(t, "CAIRN_IMPORT_LONGEST_MS", 500)) * time.Millisecond
		k.args = []string{"import", w.scoresFile(k.rows), "--yes", "--organisation", "Riverside", "--database-url", w.url}
		w.mustOn("organisation", "add", "Riverside")
		if k.rows >= manyRows {
			k.dryRun()
		}
		k.killAgainAndAgain()
		if err := k.hits.enough(k.kills); err != nil {
			t.Error(err)
		}
		began := time.Now()
		last := k.ended(k.args...)
		saying(t, last.said, fmt.Sprintf("%d rows read", k.rows))
		if last.peak > mostImport {
			t.Errorf("the import took %d MB, want %d at most", last.peak, mostImport)
		}
		t.Logf("%d rows, %d kills, %d of them while it published (at the last %d rows were staged): 0 lost, 0 twice; the last run took %.0f s and %d MB", k.rows, k.killed, k.publishing, k.staged, time.Since(began).Seconds(), last.peak)
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
	hits
	staged int // rows, at the last
}

// hits are the kills that came before the import was through.
type hits struct {
	killed     int
	publishing int // of those: after all was staged, and while people were brought in
}

// enough is what the kills lack to prove anything; nil when nothing.
func (h hits) enough(tried int) error {
	switch {
	case 2*h.killed < tried:
		return fmt.Errorf("%d of %d kills came in time, want half at least", h.killed, tried)
	case 4*h.publishing < tried:
		return fmt.Errorf("%d of %d kills came while it published, want a quarter at least", h.publishing, tried)
	}
	return nil
}

// Kills that were late prove nothing, and are told.
func TestKillsThatProveNothing(t *testing.T) {
	for says, h := range map[string]hits{"0 of 5 kills came in time": {}, "2 of 5 kills came in time": {2, 2}, "0 of 5 kills came while": {5, 0}, "1 of 5 kills came while": {5, 1}} {
		if err := h.enough(5); err == nil || !strings.HasPrefix(err.Error(), says) {
			t.Errorf("%+v: %v", h, err)
		}
	}
	if err := (hits{3, 2}).enough(5); err != nil {
		t.Error(err)
	}
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

// killAgainAndAgain kills the first half at some moment, later each time, and the
// others while they publish.
func (k *killing) killAgainAndAgain() {
	k.t.Helper()
	dice := rand.New(rand.NewSource(int64(k.rows + k.kills)))
	for i := range k.kills {
		if i < k.kills/2 {
			k.kill(100*time.Millisecond+time.Duration(dice.Int63n(int64(k.longest)*int64(i+1)/int64(k.kills))), -1)
		} else {
			k.kill(k.longest+time.Minute, dice.Intn(80))
		}
		if n := k.kept("SELECT count(*) FROM assessments"); n != 0 && n != k.rows {
			k.t.Fatalf("after kill %d there are %d of %d assessments: it was half imported", i+1, n, k.rows)
		}
	}
}

// kill kills an import after some time, or sooner where it has published so many
// percent; a short one waits for it there, or at the first, and is never through
// (600 rows are published in two steps, and the first is beyond 80 percent).
func (k *killing) kill(after time.Duration, percent int) {
	k.t.Helper()
	if delete(k.env, stopAt); k.rows < manyRows {
		k.env[stopAt] = strconv.Itoa(max(0, percent))
	}
	child, screen := k.program(k.args...)
	delete(k.env, stopAt)
	ended := make(chan error, 1)
	go func() { ended <- child.Wait() }()
	late, look := time.After(after), time.NewTicker(5*time.Millisecond)
	defer look.Stop()
	for waiting := true; waiting; {
		select {
		case err := <-ended:
			k.t.Logf("an import was through before it was killed: %v", err)
			return
		case <-late:
			waiting = false
		case <-look.C:
			waiting = percent < 0 || published(screen.String()) < percent
		}
	}
	if err := child.Process.Kill(); err != nil {
		k.t.Fatal(err)
	}
	if err := <-ended; err == nil {
		k.t.Log("an import was through at the moment of its kill")
	}
	k.staged = max(k.staged, k.kept("SELECT COALESCE(MAX(staged), 0) FROM import_batches"))
	if k.kept("SELECT count(*) FROM import_batches WHERE state = 'published'") > 0 {
		return
	}
	k.killed++
	if k.staged == k.rows && strings.Contains(screen.String(), bringing) {
		k.publishing++
	}
}

// dryRun holds that looking takes no more memory than bringing in.
func (k *killing) dryRun() {
	k.t.Helper()
	looked := k.ended(append(k.args, "--dry-run")...)
	saying(k.t, looked.said, "nothing was kept")
	k.t.Logf("the dry run takes %d MB", looked.peak)
	if looked.peak > mostImport {
		k.t.Errorf("the dry run takes %d MB, want %d at most", looked.peak, mostImport)
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
