package main

import (
	"strings"
	"testing"
)

func TestRebuildFindsAndMendsPairsThatDiffer(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		long, settings, _, _ := files("madeup")
		w.mustOn("import", long, "--settings", settings, "--organisation", "Riverside", "--create-organisation")
		right := w.content()["outcome_pairs"]
		if _, err := w.database().Exec("UPDATE outcome_pairs SET later_level = later_level + 1 WHERE base_level = 18 AND later_level = 22"); err != nil {
			t.Fatal(err)
		}
		wrong := w.content()["outcome_pairs"]
		if wrong == right {
			t.Fatal("nothing was spoilt")
		}
		s := w.on("rebuild", "--check")
		if s.code != lookAt || !strings.Contains(s.err, "26 referrals compared, 1 differ") {
			t.Errorf("ended with %d:\n%s", s.code, s.err)
		}
		if got := w.content()["outcome_pairs"]; got != wrong {
			t.Errorf("a check changed %s to %s", wrong, got)
		}
		saying(t, w.mustOn("rebuild", "--organisation", "riverside").err, "the pairs of 1 referral were made anew")
		saying(t, w.mustOn("rebuild", "--check").err, " 0 differ")
		w.figures("swb", w.expected("madeup", "swb|pre|post")["by_scheme"].(map[string]any))
		w.refused(w.on("rebuild", "--organisation", "Hilltop"), "Hilltop", "Riverside")
	})
}
