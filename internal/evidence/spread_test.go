package evidence_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// Answers that are told as a distribution are averaged nowhere: not for a scheme,
// not across schemes, not in words. Counts and shares stay.
func TestADistributionHasNoMean(t *testing.T) {
	catalogue, err := measure.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, d := range catalogue {
		for _, sc := range d.Scores {
			if sc.Summary != measure.Distribution {
				continue
			}
			found++
			low, high := sc.Min, sc.Max
			table := with(steps(map[scheme.Step]int{{From: low, To: high}: 20, {From: high, To: low}: 8, {From: high, To: high}: 12}),
				scheme.Tally{State: scheme.BaselineOnly, Stage: scheme.StageStarted, From: low, People: 10})
			f := evidence.Of(sc, table)
			if f.Counts.Paired != 40 || f.Change.ImprovedAny+f.Change.WorseAny != 28 || f.Change.Unchanged != 12 || len(f.Before) != 2 || f.Counts.OfBaseline.P == nil {
				t.Errorf("%s: the counts are %+v", sc.Series, f.Counts)
			}
			raw, err := json.Marshal(f)
			if err != nil {
				t.Fatal(err)
			}
			for _, mean := range regexp.MustCompile(`"(mean|sd|se|t|ci_lo|ci_hi|d_z|g_z|yi|pearson|hodges_lehmann|tipping_point|mean_change_best_case|mean_change_worst_case|smd_pooled|diff_lost_minus_completers)":[-0-9]`).FindAllString(string(raw), -1) {
				t.Errorf("%s has %s", sc.Series, mean)
			}
			if !strings.Contains(f.Reasons["change.mean"], "a mean of them says nothing") {
				t.Errorf("%s: the reason is %q", sc.Series, f.Reasons["change.mean"])
			}
			said := f.Sentence(evidence.Context{Scheme: "Riverside", Occasion: "12 weeks after the start"})
			if strings.Contains(said, "mean went") || strings.Contains(said, "not estimable") || strings.Contains(said, "interval") || !strings.Contains(said, "Of the 40, ") || !strings.Contains(said, "told as shares of people") {
				t.Errorf("%s: %q", sc.Series, said)
			}
			about := evidence.Context{Scheme: "Riverside"}
			claims, board := f.Claims(about, laidDown()), f.BoardAnswer(about, laidDown())
			if told := strings.Join(append(claims.May, board[:]...), " "); strings.Contains(told, "mean change") || strings.Contains(told, "not estimable") || !strings.Contains(told, "says nothing") {
				t.Errorf("%s may be told as %q", sc.Series, told)
			}
			all := evidence.Across(map[string]evidence.Finding{"Riverside": f, "Hilltop": f})
			if raw, err = json.Marshal(all); err != nil || regexp.MustCompile(`"estimate":[-0-9]`).Match(raw) {
				t.Errorf("%s is pooled: %s, %v", sc.Series, raw, err)
			}
		}
	}
	if found < 15 { // five dimensions, eight areas, a level, one question
		t.Errorf("only %d scores are told as a distribution", found)
	}
}
