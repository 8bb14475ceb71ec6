package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/intake"
	"cairn/internal/scheme"
)

// Nothing of a file that cannot be used stays, so that the next command means what it
// says; and what is typed wins over how an import that was stopped was read.
func TestTypedOptionsWin(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.mustOn("organisation", "add", "Riverside")
		w.on("import", w.file("two.csv", "Ref,Scheme,Date,PHQ-9\nZ-1,Garden,2025-01-05,3\nZ-2,Lowland,2025-01-05,3\n"), "--yes")
		file := w.file("one.csv", "Ref,Date,PHQ-9\nO-1,2025-01-05,3\nO-2,2025-01-05,3\nO-2,2025-04-05,2\n")
		for range 2 {
			s := w.on("import", file, "--yes")
			if saying(t, s.err, "     3 review", "no row of the file can be used"); s.code != notDone || strings.Contains(s.err, "was stopped") {
				t.Errorf("%d: %s", s.code, s.err)
			}
		}
		s, by := w.open()
		if rows := staging(t, s, by); rows != 0 {
			t.Errorf("%d imports are staged of what could not be used", rows)
		}

		mapping := filepath.Join(w.folder, "map.json")
		w.mustOn("import", file, "--scheme", "Lowland", "--yes", "--dry-run", "--write-map", mapping)
		stopped(t, w, s, by)
		half := w.on("import", file, "--yes", "--dry-run")
		saying(t, half.err, "An import of this file was stopped; its mapping is used.", "     3 accepted")
		half = w.on("import", file, "--scheme", "garden", "--yes")
		saying(t, half.err, "its mapping is used, but for the scheme of rows that name none: that is “Garden”", "put by is forgotten", "3 assessments added")
		if rows := staging(t, s, by); rows != 0 {
			t.Errorf("%d imports are staged beside the one that was brought in", rows)
		}
		for name, want := range map[string]int{"Garden": 4, "Lowland": 1} {
			if got := inScheme(t, s, by, name); got != want {
				t.Errorf("%d scores are in %s, want %d", got, name, want)
			}
		}
		saying(t, w.on("import", file, "--yes").err, "This file came in before; its mapping is used.", "nothing was added again")
		w.refused(w.on("import", w.file("three.csv", "Ref,Date,PHQ-9\nO-3,2025-01-05,3\n"), "--scheme", " ", "--yes"), "Take the spaces around it away")
	})
}

// A mapping may leave open, or say, which scheme rows without one belong to: what is
// typed wins over either.
func TestTypedSchemeWinsOverMap(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.mustOn("organisation", "add", "Riverside")
		w.mustOn("import", w.file("two.csv", "Ref,Scheme,Date,PHQ-9\nZ-1,Garden,2025-01-05,3\nZ-2,Lowland,2025-01-05,3\n"), "--yes")
		file := w.file("one.csv", "Ref,Date,PHQ-9\nO-1,2025-01-05,3\nO-2,2025-01-05,3\n")
		mapping := filepath.Join(w.folder, "map.json")
		w.mustOn("import", file, "--scheme", "Lowland", "--yes", "--dry-run", "--write-map", mapping)
		text := w.read(mapping)
		if !strings.Contains(text, `"scheme": "Lowland"`) {
			t.Fatal(text)
		}
		open := w.file("open.json", strings.Replace(text, `"scheme": "Lowland"`, `"scheme": ""`, 1))
		by := w.on("import", file, "--map", open, "--yes", "--dry-run")
		saying(t, by.err, "     2 review")
		for _, m := range []string{open, mapping} {
			saying(t, w.mustOn("import", file, "--map", m, "--scheme", "garden", "--yes", "--dry-run").err, "     2 accepted")
		}
		w.mustOn("import", file, "--map", mapping, "--scheme", "garden", "--yes")
		s, actor := w.open()
		for name, want := range map[string]int{"Garden": 3, "Lowland": 1} {
			if got := inScheme(t, s, actor, name); got != want {
				t.Errorf("%d scores are in %s, want %d", got, name, want)
			}
		}
	})
}

// An answer that somebody types into a mapping is taken, and one that the question does
// not have is refused with those that it has.
func TestAnswerTypedIntoMap(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.mustOn("organisation", "add", "Riverside")
		file := w.file("one.csv", "Ref,Scheme,Date,WEMWBS\nO-1,Garden,2025-01-05,20\nO-2,Garden,2025-01-05,25\nO-3,Garden,2025-01-05,30\n")
		mapping := filepath.Join(w.folder, "map.json")
		saying(t, w.on("import", file, "--yes", "--dry-run", "--write-map", mapping).err, "     3 review")
		text := w.read(mapping)
		answered := func(with string) string {
			return w.file(with+".json", strings.Replace(text, `"answer": ""`, `"answer": "`+with+`"`, 1))
		}
		w.refused(w.on("import", file, "--map", answered("rubbish"), "--yes"), "“rubbish” is no answer to", "“swemwbs-raw” (")
		saying(t, w.mustOn("import", file, "--map", answered("swemwbs-raw"), "--yes").err, "     3 accepted", "3 assessments added")
		saying(t, w.mustOn("import", file, "--map", answered("swemwbs-raw"), "--yes").err, "nothing was added again")
	})
}

// stopped stages one row of the file as an import that was killed leaves it.
func stopped(t *testing.T, w *world, s *service, by app.Actor) {
	t.Helper()
	text := w.read(filepath.Join(w.folder, "map.json"))
	m, err := intake.ReadMapping(strings.NewReader(text))
	must(t, err)
	digest, err := m.Digest()
	must(t, err)
	raw, err := os.ReadFile(filepath.Join(w.folder, "one.csv"))
	must(t, err)
	sum := sha256.Sum256(raw)
	on, err := scheme.ParseDay("2025-01-05")
	must(t, err)
	begun, err := s.BeginImport(t.Context(), by, app.ImportBatch{Source: "one.csv", FileSHA: hex.EncodeToString(sum[:]), MappingSHA: digest, Mapping: text})
	must(t, err)
	_, err = s.StageImport(t.Context(), by, begun.ID, []app.ImportRow{{Line: 2, Outcome: "accepted", Reference: "O-1", Scores: []app.StagedScore{{
		Scheme: "Lowland", Measure: "phq9", Series: "phq9", Text: "3", Occasion: scheme.Later, On: on,
	}}}})
	must(t, err)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// staging counts the imports that are neither brought in nor forgotten.
func staging(t *testing.T, s *service, by app.Actor) (n int) {
	t.Helper()
	all, err := s.ImportBatches(t.Context(), by, app.Page{Limit: 200})
	must(t, err)
	for _, b := range all {
		if b.State == app.ImportStaging {
			n++
		}
	}
	return n
}

// inScheme counts the scores of a scheme.
func inScheme(t *testing.T, s *service, by app.Actor, name string) int {
	t.Helper()
	found := map[string]bool{}
	must(t, s.KeptScores(t.Context(), by, func(k app.KeptScore) error {
		if k.Scheme == name {
			found[k.Reference+" "+k.On.String()] = true
		}
		return nil
	}))
	return len(found)
}

// Schemes are made for rows, also of people who were referred and not measured, and
// the dry run names them.
func TestReferredAtTheTerminal(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.mustOn("organisation", "add", "Riverside")
		file := w.file("rf.csv", "Client ID,Referral date,Scheme,SWEMWBS raw,Date\nRF-1,10/01/2025,Garden,,\nRF-2,11/01/2025,Garden,,\nRF-3,10/01/2025,Garden,n/a,\n")
		dry := w.mustOn("import", file, "--dry-run", "--yes")
		saying(t, dry.err, "     3 accepted", "0 scores of 3 people", "3 rows say only that somebody was referred", "1 scheme is not here yet and would be set up: “Garden”")
		in := w.mustOn("import", file, "--yes")
		saying(t, in.err, "     3 accepted", "3 people are new here", "1 scheme was not here before: “Garden”")
		s, by := w.open()
		if all, err := s.Schemes(t.Context(), by); err != nil || len(all) != 1 || all[0].Name != "Garden" {
			t.Errorf("%+v, %v", all, err)
		}
		us := w.file("us.csv", "Client ID,Date,Scheme,SWEMWBS raw\nU-1,02/06/2025,Garden,18\nU-2,04/13/2025,Garden,18\n")
		saying(t, w.on("import", us, "--yes").err, "Dates are read as day-month-year: of the dates that are numbers alone, 1 can only be read month first", "     1 rejected", "1 date is none as the file is read")
	})
}

// The plan of a scheme that a file brings with it holds every measure of the file,
// also one that nobody knew before a question about its numbers was answered.
func TestPlanOfWhatWasAsked(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		var alone, beside strings.Builder
		alone.WriteString("Client ID,Scheme,SWEMWBS pre,SWEMWBS post\n")
		beside.WriteString("Client ID,Scheme,GAD-7 pre,GAD-7 post,WEMWBS pre,WEMWBS post\n")
		for i := range 30 {
			fmt.Fprintf(&alone, "A-%03d,Garden,%d,%d\n", i, 7+i%24, 9+i%26)
			fmt.Fprintf(&beside, "B-%03d,Choir,%d,%d,%d,%d\n", i, i%20, i%18, 36+i%30, 40+i%30)
		}
		for organisation, c := range map[string]struct {
			text          string
			scores, pairs int
		}{"Riverside": {alone.String(), 60, 30}, "Hilltop": {beside.String(), 120, 60}} {
			w.mustOn("organisation", "add", organisation)
			said := w.mustOn("import", w.file(organisation+".csv", c.text), "--yes", "--organisation", organisation).err
			saying(t, said, fmt.Sprintf("%d assessments added", c.scores), fmt.Sprintf("%d pairs", c.pairs), "1 scheme was not here before")
			paired := w.mustOn("export", "pairs", "--rule", "first-last", "--organisation", organisation).out
			if n := strings.Count(paired, ",paired,"); n != c.pairs {
				t.Errorf("%s: %d pairs are written, want %d:\n%s", organisation, n, c.pairs, paired[:min(len(paired), 600)])
			}
		}
	})
}

// A mapping that was changed by hand in what it reads is worked out again, and read.
func TestMappingThatReadsOtherColumns(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.mustOn("organisation", "add", "Riverside")
		file := w.file("two.csv", "Client ID,Date,Stage,SWEMWBS raw,GAD-7,Session\nM-1,05/01/2026,pre,20,9,Start\nM-1,30/03/2026,post,24,6,Finish\n")
		mapping := w.folder + "/two.json"
		saying(t, w.mustOn("import", file, "--dry-run", "--yes", "--write-map", mapping).err, "4 scores of 1 person")
		without := strings.Replace(w.read(mapping), `"heading": "GAD-7",
          "takes": "score"`, `"heading": "GAD-7",
          "takes": "nothing"`, 1)
		changed := w.file("changed.json", without)
		saying(t, w.mustOn("import", file, "--dry-run", "--yes", "--map", changed).err, "2 scores of 1 person")
		other := w.file("other.csv", "Client ID,Date,Stage,PHQ-9\nM-1,05/01/2026,pre,20\n")
		saying(t, w.on("import", other, "--dry-run", "--yes", "--map", changed).err, "This mapping is of another file")
		saying(t, w.mustOn("import", file, "--yes", "--map", changed).err, "2 assessments added")
	})
}
