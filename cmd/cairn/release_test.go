package main

import (
	"strings"
	"testing"
)

// The steps of a release at the terminal, each of which says where it stands,
// and what it refuses.
func TestReleaseAtTheTerminal(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		long, settings, _, _ := files("madeup")
		w.mustOn("import", long, "--settings", settings, "--organisation", "Riverside", "--create-organisation")
		of := []string{"--organisation", "riverside"}
		with := func(args ...string) []string { return append(append([]string{"release"}, args...), of...) }
		w.refused(w.on(with("prepare", "--scheme", "Garden", "--within", "2199-Q1")...), "is not over")
		w.refused(w.on(with("prepare", "--scheme", "Garden", "--within", "spring")...), "is not a quarter")
		w.refused(w.on(with("audit", "--number", "1")...), "has no release 1")
		saying(t, w.mustOn(with("prepare", "--scheme", "Garden", "--within", "2023-Q2", "--grain", "year")...).out, "Release 1 of Garden, January to December 2023: prepared")
		w.refused(w.on(with("publish", "--number", "1")...), "has not been audited")
		saying(t, w.mustOn(with("audit", "--number", "1")...).err, "could work nothing out")
		saying(t, w.mustOn(with("publish", "--number", "1")...).err, "/published/", "sha256 ")
		w.refused(w.on(with("prepare", "--scheme", "Garden", "--within", "2023-Q2", "--grain", "quarter")...), "stays that way")
		w.refused(w.on(with("withdraw", "--number", "1", "--notice", " ")...), "Say why")
		saying(t, w.mustOn(with("withdraw", "--number", "1", "--notice", "Two schemes were mixed up.")...).out, "withdrawn")
		if got := strings.Split(strings.TrimSpace(w.mustOn(with("list")...).out), "\t"); len(got) != 5 || got[0] != "1" || got[3] != "withdrawn" || len(got[4]) != 64 {
			t.Errorf("listed: %q", got)
		}
	})
}
