package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// Settings that contradict themselves and files that are no tables of scores are
// refused whole, with every place that is wrong.
func TestEvidenceRefuses(t *testing.T) {
	const good = header + "A,Garden,swb,pre,0,2023-04-04,18\nA,Garden,swb,post,84,2023-06-27,22\n"
	_, madeup, _, _ := files("madeup")
	for name, c := range map[string]struct {
		settings, scores string
		says             []string
	}{
		"an unknown key": {`{"timepoints":["pre","post"],"days":[0,84],"colour":1,"measures":[{"name":"swb","higher_is_better":true,"maximum":35}]}`, good,
			[]string{"colour: Nothing reads this key", "measures[0].maximum: Nothing reads this key"}},
		"no measure":       {`{"timepoints":["pre","post"],"days":[0,84]}`, good, []string{"measures: Name at least one measure"}},
		"min above max":    {`{"timepoints":["pre","post"],"days":[0,84],"measures":[{"name":"swb","higher_is_better":true,"min":35,"max":7}]}`, good, []string{"measures[0].min: The lowest score (min) must be below the highest (max)"}},
		"another header":   {"", "person_id,scheme,measure,timepoint,day,date,score\n", []string{"header: The column days is missing", "header: Nothing reads the column “day”"}},
		"no column of it":  {"", "person_id,scheme,ot,gad.pre,gad.post\nA,Garden,with_ot,3,4\n", []string{"header: The column swb.pre is missing"}},
		"nothing but text": {"", header + "A,Garden,swb,pre,0,2023-04-04,low\n", []string{"line 2, score: This is not a number", "no row of the file can be used"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			settings := madeup
			if c.settings != "" {
				settings = w.file("case.json", c.settings)
			}
			w.refused(w.cairn("evidence", w.file("scores.csv", c.scores), "--settings", settings), c.says...)
		})
	}
}

// Rows that cannot be used are named by line and column, counted, and left out
// of figures that are given all the same.
func TestEvidenceLeavesRowsOut(t *testing.T) {
	const wide = "person_id,scheme,ot,swb.pre,swb.post\nZ,Garden,with_ot,18,22\nY,Choir,without_ot,18,23\n"
	_, settings, _, _ := files("madeup")
	for name, c := range map[string]struct {
		rows, counts string
		rejects      []string
	}{
		"a text":               {"A,Garden,with_ot,low,20\n", "Why 1 score was not taken", []string{"scores,4,swb.pre,A,input.invalid"}},
		"two scores":           {"A,Garden,with_ot,18,\nA,Garden,with_ot,19,\n", "Why 2 scores were not taken", []string{"scores,4,swb.pre,A,assessment.twice", "scores,5,swb.pre,A,assessment.twice"}},
		"two groups":           {"A,Garden,with_ot,18,\nA,Garden,without_ot,,20\n", "Why 1 row was not taken", []string{"scores,5,ot,A,input.invalid,Line 4 has this person in another group"}},
		"a cell too few":       {"A,Garden,with_ot,18\n", "Why 1 row was not taken", []string{"scores,4,,,file.row"}},
		"nobody and nowhere":   {",,with_ot,18,20\n", "Why 1 row was not taken", []string{"scores,4,person_id,,input.invalid", "scores,4,scheme,,input.invalid"}},
		"above the scale":      {"A,Garden,with_ot,18,36\n", "Why 1 score was not taken", []string{"scores,4,swb.post,A,score.out-of-range"}},
		"finer than any score": {"A,Garden,with_ot,18.12345,\n", "Why 1 score was not taken", []string{"scores,4,swb.pre,A,score.decimals"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			why := filepath.Join(w.folder, "why.csv")
			s := w.cairn("evidence", w.file("wide.csv", wide+c.rows), "--settings", settings, "--rejects", why)
			if s.code != lookAt {
				t.Fatalf("ended with %d, want %d:\n%s", s.code, lookAt, s.err)
			}
			saying(t, s.err, c.counts)
			saying(t, s.out, "All schemes")
			rejects := w.read(why)
			saying(t, rejects, c.rejects...)
			if n := strings.Count(rejects, "\n"); n != 1+len(c.rejects) {
				t.Errorf("%d lines, want a header and %d:\n%s", n, len(c.rejects), rejects)
			}
		})
	}
}
