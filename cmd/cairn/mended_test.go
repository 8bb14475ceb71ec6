package main

import (
	"maps"
	"strings"
	"testing"
)

// A row that was mended may move the day on which a referral begins; the same
// command takes it all the same.
func TestAMendedFileIsRunAgain(t *testing.T) {
	const bad = header + "A,Garden,swb,pre,0,2024-01-O1,20\nA,Garden,swb,post,84,2024-03-20,25\n"
	eachWorld(t, func(t *testing.T, w *world) {
		w.mustOn("organisation", "add", "Riverside")
		if s := w.on(w.importing(w.file("m.csv", bad))...); s.code != lookAt {
			t.Fatalf("ended with %d: %s", s.code, s.err)
		}
		again := w.mustOn(w.importing(w.file("m.csv", strings.Replace(bad, "O1", "01", 1)))...)
		saying(t, again.err, "     1 accepted", "     1 already there", "1 pair of")
		saying(t, w.mustOn("export", "pairs", "--organisation", "Riverside", "--scheme", "Garden").out, ",plan,paired,20,25,5,79,")
		saying(t, w.mustOn("rebuild", "--check").err, "0 differ")
	})
}

// Somebody may be called terminal: the operator is no account.
func TestTheOperatorIsNoAccount(t *testing.T) {
	const good = header + "A,Garden,swb,pre,0,2024-01-01,20\n"
	eachWorld(t, func(t *testing.T, w *world) {
		w.mustOn("organisation", "add", "Riverside")
		w.mustOn("user", "add", "terminal", "--role", "manager", "--organisation", "Riverside", "--all-schemes", "--password-file", w.file("p", "three unrelated words\n"))
		w.mustOn(w.importing(w.file("m.csv", good))...)
	})
}

// What is read is never written over, and what is no file of scores is named.
func TestFilesThatCannotBe(t *testing.T) {
	const content = header + "A,Garden,swb,pre,0,2024-01-01,99\n"
	eachWorld(t, func(t *testing.T, w *world) {
		w.mustOn("organisation", "add", "Riverside")
		before := w.content()
		file, people := w.file("mine.csv", content), w.file("people.csv", "person_id,scheme\nA,Garden\n")
		_, settings, _, _ := files("madeup")
		w.refused(w.on(w.importing(file, "--rejects", file)...), "written over", "mine.csv")
		w.refused(w.cairn("evidence", file, "--settings", settings, "--people", people, "--rejects", people), "written over", "people.csv")
		if got := w.read(file); got != content {
			t.Errorf("the file now holds %q", got)
		}
		w.refused(w.on(w.importing(t.TempDir())...), "is a folder")
		w.refused(w.cairn("organisation", "list", "--database-url", "sqlite:"+file), "not a database")
		w.refused(w.on("export", "pairs", "--organisation", "Riverside", "--scheme", "Nowhere"), "It has none yet")
		if !maps.Equal(before, w.content()) {
			t.Error("the database changed")
		}
	})
}
