package main

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const header = "person_id,scheme,measure,timepoint,days,date,score\n"

// importing is the command line for one file of the madeup case's form.
func (w *world) importing(file string, more ...string) []string {
	_, settings, _, _ := files("madeup")
	return append([]string{"import", file, "--settings", settings, "--organisation", "Riverside"}, more...)
}

// Nothing of a file that cannot be read reaches either database, and what is
// said tells what to do.
func TestABadFileChangesNothing(t *testing.T) {
	bad := map[string]struct {
		content string
		says    []string
	}{
		"wrong header":      {"person,scheme,measure,timepoint,days,date,score\nA,Garden,swb,pre,0,2023-04-04,18\n", []string{"person_id", "missing"}},
		"a column too many": {"person_id,scheme,measure,timepoint,days,date,score,colour\nA,Garden,swb,pre,0,2023-04-04,18,red\n", []string{"colour"}},
		"wrong encoding":    {header + "A,Caf\xe9,swb,pre,0,2023-04-04,18\n", []string{"UTF-8"}},
		"quotes":            {header + "A,\"Garden,swb,pre,0,2023-04-04,18\n", []string{"line 2"}},
		"empty":             {"", []string{"cairn: "}},
		"only bad rows":     {header + "A,Garden,swb,pre,0,2023-04-04,99\nB,Garden,swb,pre,0,2031-01-01,18\nC,Garden,gad7,pre,0,2023-04-04,18\nD,Garden,swb,pre,0,4.4.2023,18\n943 476 5919,Garden,swb,pre,0,2023-04-04,18\n", []string{"no row of the file can be used", "Nothing was changed"}},
	}
	eachWorld(t, func(t *testing.T, w *world) {
		w.mustOn("organisation", "add", "Riverside")
		before := w.content()
		for name, c := range bad {
			file := w.file("bad.csv", c.content)
			w.refused(w.on(w.importing(file)...), c.says...)
			if after := w.content(); !maps.Equal(before, after) {
				t.Errorf("%s: the database changed:\n%v\n%v", name, before, after)
			}
			if name != "only bad rows" { // evidence keeps nothing, so it takes any reference
				w.refused(w.cairn(append([]string{"evidence"}, w.importing(file)[1:4]...)...), c.says[0])
			}
		}
	})
}

func TestAFileOfGoodAndBadRows(t *testing.T) {
	content := header +
		"A,Garden,swb,pre,0,2023-04-04,18\n" +
		"A,Garden,swb,post,84,2023-06-27,22\n" +
		"B,Garden,swb,pre,0,2023-04-04,99\n" + // out of range
		"B,Garden,swb,pre,0,2031-04-04,20\n" + // in the future
		"C,Garden,gad7,pre,0,2023-04-04,20\n" + // unknown measure
		"D,Garden,swb,post,84,2023-06-27,25\n" + // follow-up only
		"E,Garden,swb,pre,0,2023-04-04,20\n" +
		"E,Garden,swb,post,84,2023-04-04,21\n" + // the same day: a second live assessment
		"F,Garden,swb,pre,0,2023-04-04,20\n" +
		"F,Garden,swb,post,84,2023-12-24,21\n" + // far too late
		"943 476 5919,Garden,swb,pre,0,2023-04-04,18\n" + // an NHS number
		"A,Garden,swb,pre,0,2023-04-04,18\n" // said twice
	eachWorld(t, func(t *testing.T, w *world) {
		w.mustOn("organisation", "add", "Riverside")
		file := w.file("mixed.csv", content)
		s := w.on(w.importing(file)...)
		if s.code != lookAt {
			t.Fatalf("ended with %d, want %d:\n%s", s.code, lookAt, s.err)
		}
		saying(t, s.err, "12 rows read", "     6 accepted", "     1 said twice", "     5 rejected", "1 pair of", "1 score lies outside", "line 11", file+".rejects.csv")
		rejects := w.read(file + ".rejects.csv")
		saying(t, rejects, "scores,4,score", "scores,5,date", "scores,6,measure", "scores,9,", "scores,12,person_id")
		for _, secret := range []string{"943", ",99"} {
			if strings.Contains(rejects, secret) {
				t.Errorf("the rejects repeat %q:\n%s", secret, rejects)
			}
		}
		pairs := w.mustOn("export", "pairs", "--organisation", "Riverside", "--scheme", "Garden").out
		for state, n := range map[string]int{",plan,paired,": 1, ",plan,followup_only,": 1, ",plan,baseline,": 2} {
			if got := strings.Count(pairs, state); got != n {
				t.Errorf("%d pairs are %s, want %d:\n%s", got, state, n, pairs)
			}
		}
		again := w.on(w.importing(file)...)
		saying(t, again.err, "     0 accepted", "     6 already there", "     5 rejected")
	})
}

func TestImportRefusesBeforeItOpensADatabase(t *testing.T) {
	w := newWorld(t)
	long, settings, _, _ := files("madeup")
	url := "sqlite:" + filepath.Join(w.folder, "none", "cairn.db")
	unknown := w.file("case.json", `{"timepoints":["pre","post"],"days":[0,84],"measurs":[]}`)
	for name, args := range map[string][]string{
		"no such file":     {"import", filepath.Join(w.folder, "none.csv"), "--settings", settings, "--organisation", "Riverside"},
		"no such settings": {"import", long, "--settings", filepath.Join(w.folder, "none.json"), "--organisation", "Riverside"},
		"unknown key":      {"import", long, "--settings", unknown, "--organisation", "Riverside"},
		"no organisation":  {"import", long, "--settings", settings},
	} {
		s := w.cairn(append(args, "--database-url", url)...)
		if s.code != notDone || !strings.HasPrefix(s.err, "cairn: ") {
			t.Errorf("%s: ended with %d:\n%s", name, s.code, s.err)
		}
		if _, err := os.Stat(filepath.Join(w.folder, "none")); err == nil {
			t.Fatalf("%s: a database was made", name)
		}
	}
	w.refused(w.cairn("import", long, "--settings", unknown, "--organisation", "Riverside", "--database-url", url), "measurs", "Nothing reads this key")
}

func TestAnUnknownOrganisationOrScheme(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		long, settings, _, _ := files("madeup")
		before := w.content()
		w.refused(w.on("import", long, "--settings", settings, "--organisation", "Riverside"), "There is no organisation “Riverside”")
		if after := w.content(); after["organisations"] != before["organisations"] || after["people"] != before["people"] {
			t.Errorf("an unknown organisation left something behind:\n%v\n%v", before, after)
		}
		w.mustOn("import", long, "--settings", settings, "--organisation", "Riverside", "--create-organisation")
		out := filepath.Join(w.folder, "pairs.csv")
		w.refused(w.on("export", "pairs", "--organisation", "Riverside", "--scheme", "Pottery", "--out", out), "Pottery", "Choir", "Garden", "Walk")
		w.refused(w.on("export", "pairs", "--organisation", "Riverside", "--scheme", "Choir", "--measure", "phq9", "--from", "2023-Q5", "--out", out), "phq9", "2023-Q5")
		if _, err := os.Stat(out); err == nil {
			t.Error("a refused export left a file")
		}
		w.mustOn("export", "pairs", "--organisation", "Riverside", "--scheme", "Choir", "--rule", "first-last", "--out", out)
		saying(t, w.read(out), "first-last")
	})
}

// A second file with whole numbers only must not change a measure that has
// decimals.
func TestACoarserFileKeepsTheMeasure(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.mustOn("organisation", "add", "Riverside")
		fine := w.file("fine.csv", header+"A,Garden,swb,pre,0,2023-04-04,18.5\nA,Garden,swb,post,84,2023-06-27,22\n")
		w.mustOn(w.importing(fine)...)
		whole := w.file("whole.csv", header+"B,Garden,swb,pre,0,2023-04-04,18\nB,Garden,swb,post,84,2023-06-27,23\n")
		saying(t, w.mustOn(w.importing(whole)...).err, "     2 accepted", "1 pair of")
		pairs := w.mustOn("export", "pairs", "--organisation", "Riverside", "--scheme", "Garden").out
		saying(t, pairs, ",18.5,22,3.5,", ",18,23,5,")
	})
}

// A command that has nothing to do without a database does not make one.
func TestThereIsNoDatabaseYet(t *testing.T) {
	w := newWorld(t)
	folder := filepath.Join(w.folder, "none")
	w.url = "sqlite:" + filepath.Join(folder, "cairn.db")
	for _, args := range [][]string{
		{"organisation", "list"},
		{"export", "pairs", "--organisation", "Riverside", "--scheme", "Choir"},
		{"rebuild", "--check"},
		{"user", "add", "ann", "--organisation", "Riverside", "--role", "manager"},
		{"user", "token", "ann"},
		{"migrate", "status"},
		{"release", "list", "--organisation", "Riverside"},
	} {
		w.refused(w.on(args...), "There is no database at "+folder)
	}
	if _, err := os.Stat(folder); err == nil {
		t.Error("a folder was made")
	}
}

func TestEvidenceOfGoodAndBadRows(t *testing.T) {
	w := newWorld(t)
	_, settings, _, _ := files("madeup")
	file := w.file("mixed.csv", header+"A,Garden,swb,pre,0,2023-04-04,18\nA,Garden,swb,post,84,2023-06-27,22\nB,Garden,swb,pre,0,2023-04-04,99\n")
	people := w.file("people.csv", "person_id,scheme,ot\nA,Garden,with_ot\nB,Garden,without_ot\n")
	s := w.cairn("evidence", file, "--settings", settings, "--people", people, "--json", "--rejects", filepath.Join(w.folder, "why.csv"))
	if s.code != lookAt {
		t.Errorf("ended with %d, want %d:\n%s", s.code, lookAt, s.err)
	}
	saying(t, w.read(filepath.Join(w.folder, "why.csv")), "scores,4,score")
	counts := tree(t, []byte(s.out))["results"].(map[string]any)["swb|pre|post"].(map[string]any)["overall"].(map[string]any)["counts"].(map[string]any)
	if counts["n_paired"].(float64) != 1 || counts["n_baseline"].(float64) != 1 {
		t.Errorf("the bad row is counted: %v", counts)
	}
	text := w.cairn("evidence", file, "--settings", settings, "--people", people).out
	saying(t, strings.Join(strings.Fields(text), " "), "1 row was not taken", "Why: mixed.csv.rejects.csv", "so no mean is given")
}
