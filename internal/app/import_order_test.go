package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// said is one score of a file: its day (a month, or nothing), its occasion and the
// day of the referral that stands beside it.
type said struct {
	on, at, text string
	referred     string
	measure      string // SWEMWBS where it is empty
}

func (s said) staged(in scheme.Scheme) app.StagedScore {
	day := func(text string) (scheme.Day, scheme.Dating) {
		switch {
		case text == "":
			return scheme.Day{}, scheme.ByOrder
		case len(text) == len("2026-01"):
			d, _ := scheme.ParseDay(text + "-01")
			return d, scheme.ToTheMonth
		}
		d, _ := scheme.ParseDay(text)
		return d, scheme.ToTheDay
	}
	one := app.StagedScore{Scheme: in.Name, Measure: "swemwbs", Series: "swemwbs-raw", Text: s.text, Occasion: scheme.Occasion(s.at)}
	if s.measure != "" {
		one.Measure, one.Series, one.Text, one.Answers = "ons4", "", "", map[string]int{s.measure: 5}
	}
	one.Order = one.Occasion.Order()
	one.On, one.Dated = day(s.on)
	if s.referred != "" {
		one.Referred, one.ReferredDated = day(s.referred)
	}
	return one
}

// file brings scores in, each of somebody.
func (w *town) brings(name string, of []string, scores []app.StagedScore) app.ImportBatch {
	w.T.Helper()
	var rows []app.ImportRow
	for i, who := range of {
		rows = append(rows, app.ImportRow{Position: i, Line: i + 2, Outcome: "accepted", Reference: who, Scores: scores[i : i+1]})
	}
	return w.bringIn(app.ImportBatch{Source: "s", FileSHA: name, MappingSHA: "m", Mapping: "{}"}, rows)
}

// course is when somebody's referrals began and ended, as far as that is known, and
// which pairs their scores make, without what is not the same for two people.
func (w *town) course(reference string) string {
	w.T.Helper()
	var all []string
	must(w.T, w.Store.Read(w.T.Context(), w.Ann.Org, func(r app.Reader) error {
		person, err := r.PersonByReference(reference)
		must(w.T, err)
		spells, err := r.SpellsOf(person.ID)
		must(w.T, err)
		for _, s := range spells {
			line := fmt.Sprintf("%s, start %s, plan %d, ended %s:", s.Referral.Receiving(), s.Start(), s.Plan.Version, s.Referral.EndedOn)
			pairs, err := r.PairsOf(s.Referral.ID)
			must(w.T, err)
			for _, p := range pairs {
				if p.State == scheme.Paired && p.Series == "swemwbs-raw" || p.State == scheme.Paired && p.Series == "swemwbs-metric" {
					line += fmt.Sprintf(" %s %s %s-%s closes %s", p.Series, p.Occasion, p.Base.On, p.Later.On, p.Closes)
				}
			}
			due, err := r.DueOf(s.Referral.ID)
			must(w.T, err)
			all = append(all, fmt.Sprintf("%s %d scores %d due", line, len(s.Assessments), len(due)))
		}
		return nil
	}))
	return strings.Join(all, "\n")
}

// orders are all orders of n things.
func orders(n int) [][]int {
	if n == 0 {
		return [][]int{{}}
	}
	var all [][]int
	for _, rest := range orders(n - 1) {
		for at := range n {
			all = append(all, slices.Insert(slices.Clone(rest), at, n-1))
		}
	}
	return all
}

// However scores come, in one file or in several, in whatever order of files and of
// rows, they come to the same start and the same pairs.
func TestFilesInAnyOrder(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		for name, c := range map[string]struct {
			scores []said
			start  string
			pairs  int // by the plan, of one series
		}{
			"the later one alone":     {[]said{{on: "2026-01-10", at: "baseline", text: "18"}, {on: "2026-04-04", at: "later", text: "24"}}, "2026-01-10", 1},
			"one without a day":       {[]said{{at: "end", text: "20"}, {on: "2026-01-10", at: "baseline", text: "18"}, {on: "2026-04-04", at: "later", text: "24"}}, "2026-01-10", 1},
			"a baseline twice":        {[]said{{at: "baseline", text: "20"}, {on: "2026-01-10", at: "baseline", text: "18"}, {on: "2026-04-04", at: "later", text: "24"}}, "2026-01-10", 1},
			"two measures":            {[]said{{on: "2026-04-01", at: "baseline", measure: "anxiety"}, {on: "2026-01-10", at: "baseline", text: "18"}, {on: "2026-04-04", at: "later", text: "24"}}, "2026-01-10", 1},
			"an earlier one first":    {[]said{{on: "2026-01-02", at: "later", measure: "anxiety"}, {on: "2026-01-10", at: "baseline", text: "18"}, {on: "2026-04-04", at: "later", text: "24"}}, "2026-01-10", 1},
			"no occasions":            {[]said{{on: "2026-01-10", at: "unstated", text: "18"}, {on: "2026-04-10", at: "unstated", text: "24"}}, "2026-01-10", 1},
			"one occasion":            {[]said{{on: "2026-01-10", at: "unstated", text: "18"}, {on: "2026-04-10", at: "later", text: "24"}}, "2026-01-10", 1},
			"one before the baseline": {[]said{{on: "2026-01-05", at: "unstated", text: "17"}, {on: "2026-01-10", at: "baseline", text: "18"}, {on: "2026-04-04", at: "later", text: "24"}}, "2026-01-10", 1},
			"no baseline":             {[]said{{on: "2026-04-04", at: "later", text: "18"}, {on: "2026-09-05", at: "day-182", text: "24"}}, "2026-03-07", 0},
			"a baseline without days": {[]said{{at: "baseline", text: "18"}, {on: "2026-04-04", at: "later", text: "24"}}, "", 0},
			"a month":                 {[]said{{on: "2026-01", at: "baseline", text: "18"}, {on: "2026-04-04", at: "later", text: "24"}}, "", 0},
			"the day of the referral": {[]said{{on: "2026-01-10", at: "baseline", text: "18"}, {on: "2026-04-04", at: "later", text: "24", referred: "2026-01-05"}, {on: "2026-05-05", at: "later", text: "25"}}, "2026-01-05", 1},
			"its month":               {[]said{{on: "2026-01-10", at: "baseline", text: "18", referred: "2026-01"}, {on: "2026-04-04", at: "later", text: "24"}}, "2026-01-10", 1},
			"its month and its day":   {[]said{{on: "2026-01-10", at: "baseline", text: "18", referred: "2026-01"}, {on: "2026-04-04", at: "later", text: "24", referred: "2026-01-06"}, {at: "end", text: "25"}}, "2026-01-06", 1},
		} {
			ways := orders(len(c.scores))
			var people, together []string
			var all []app.StagedScore
			for i, way := range ways {
				people = append(people, fmt.Sprintf("%s %d", name, i))
				for _, at := range way {
					together = append(together, fmt.Sprintf("%s, one file %d", name, i))
					all = append(all, c.scores[at].staged(w.Garden))
				}
			}
			w.brings(name, together, all)
			for n := range c.scores {
				var next []app.StagedScore
				for _, way := range ways {
					next = append(next, c.scores[way[n]].staged(w.Garden))
				}
				if b := w.brings(fmt.Sprint(name, n), people, next); b.Added != len(people) {
					t.Fatalf("%s: %d of %d scores of file %d were kept", name, b.Added, len(people), n)
				}
			}
			want := w.course(fmt.Sprintf("%s, one file 0", name))
			if !strings.Contains(want, "start "+c.start+",") || strings.Count(want, "swemwbs-metric day-84") != c.pairs {
				t.Errorf("%s: %s; want the start %s and %d pairs by the plan", name, want, c.start, c.pairs)
			}
			for i, way := range ways {
				for _, who := range []string{fmt.Sprintf("%s, one file %d", name, i), people[i]} {
					if got := w.course(who); got != want {
						t.Errorf("%s, in the order %v: %s, want %s", who, way, got, want)
					}
				}
			}
		}
		differ, err := w.App.CheckPairs(t.Context(), w.Ann, func(int) {})
		if err != nil || len(differ) > 0 {
			t.Errorf("a rebuild would change %v, %v", differ, err)
		}
	})
}

// A start that stands in moves with what comes in, is audited, and moves back when
// that is undone; a day that somebody recorded stays.
func TestStartThatStandsIn(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		pre, post := said{on: "2026-01-10", at: "baseline", text: "18"}.staged(w.Garden), said{on: "2026-04-10", at: "later", text: "24"}.staged(w.Garden)
		two := []string{"M-1", "M-2"}
		first := w.brings("post", two, []app.StagedScore{post, post})
		at := func(reference string) string { return w.onlyReferral(reference).Start().String() }
		v := w.onlyReferral("M-2")
		_, err := w.App.ChangeReferral(t.Context(), w.Ann, app.ReferralChange{Referral: v.Referral.ID, Version: v.Referral.Revision, AcceptedOn: "2026-03-01"})
		must(t, err)
		if at("M-1") != "2026-01-16" || at("M-2") != "2026-03-01" {
			t.Errorf("before: %s, %s", at("M-1"), at("M-2"))
		}
		before := w.Cells("SELECT COUNT(*) FROM audit WHERE act = 'import.start'")[0]
		second := w.brings("pre", two, []app.StagedScore{pre, pre})
		if at("M-1") != "2026-01-10" || at("M-2") != "2026-03-01" || w.pairsOf("M-1").planned != 1 || w.pairsOf("M-2").planned != 0 {
			t.Errorf("after: %s, %s, %+v, %+v", at("M-1"), at("M-2"), w.pairsOf("M-1"), w.pairsOf("M-2"))
		}
		if after := w.Cells("SELECT COUNT(*) FROM audit WHERE act = 'import.start'")[0]; before != "0" || after != "2" {
			t.Errorf("%s, then %s starts that moved are audited", before, after)
		}
		_, err = w.App.UndoImport(t.Context(), w.Ann, app.ImportUndo{Batch: second.ID, Reason: "the wrong file"})
		must(t, err)
		if at("M-1") != "2026-01-16" || at("M-2") != "2026-03-01" || w.pairsOf("M-1").planned != 0 {
			t.Errorf("undone: %s, %s", at("M-1"), at("M-2"))
		}
		_, err = w.App.UndoImport(t.Context(), w.Ann, app.ImportUndo{Batch: first.ID, Reason: "the wrong file"})
		must(t, err)
		if w.onlyReferral("M-1").Referral.ID != "" || w.onlyReferral("M-2").Referral.ID == "" {
			t.Error("a referral whose start imports moved stays, or one that somebody worked with goes")
		}
		differ, err := w.App.CheckPairs(t.Context(), w.Ann, func(int) {})
		if err != nil || len(differ) > 0 {
			t.Errorf("a rebuild would change %v, %v", differ, err)
		}
	})
}
