package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
)

// elsewhere is a comparison group for Garden's SWEMWBS, as its people are
// measured in crowd.
func (w *town) elsewhere() app.NewComparator {
	return app.NewComparator{
		Scheme: w.Garden.ID, Series: "swemwbs-metric", Label: "Two practices without the offer", Source: "Survey by the practices, synthetic",
		Eligible: "Patients with a score of 25 or less", From: "2026-01-05", Until: "2026-03-30", Weeks: 12, Random: "no", Rows: stayed(40),
	}
}

// stayed is so many people who begin at the metric scores of raw 18 to 27 and end
// there or a step further.
func stayed(n int) string {
	metric := []string{"17.43", "17.98", "18.59", "19.25", "19.98", "20.73", "21.54", "22.35", "23.21", "24.11", "25.03"}
	text := "before,after\n"
	for i := range n {
		text += metric[i%10] + "," + metric[i%10+i/10%2] + "\n"
	}
	return text
}

// crowd measures 40 people of Garden twice, who begin as those elsewhere and gain
// two or three points of the raw total.
func (w *town) crowd() {
	w.T.Helper()
	for i := range 40 {
		w.twice(w.Garden, fmt.Sprintf("G-%02d", i), 18+i%10, 20+i%10+i/10%2)
	}
}

// A group that is brought in is there with its source, once however often it is
// sent, in versions; another version replaces it, and withdrawn it is compared
// with no more.
func TestComparatorsAreBroughtIn(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		in := w.elsewhere()
		in.Key = "once"
		made, err := w.App.AddComparator(t.Context(), w.Ann, in)
		must(t, err)
		again, err := w.App.AddComparator(t.Context(), w.Ann, in)
		must(t, err)
		if made.Version != 1 || again.Version != 1 || made.People() != 40 || made.Source != in.Source || made.Span.First.String() != "2026-01-05" {
			t.Errorf("made %+v, again version %d", made, again.Version)
		}
		in.Key, in.Label = "", "Another"
		if _, err := w.App.AddComparator(t.Context(), w.Ann, in); !fault.Is(err, fault.Stale) {
			t.Errorf("over a version that was not read: %v", err)
		}
		in.Version, in.Rows = 1, "before;after;people\n18.59;19.25;7\n18.59;19.25;3\n"
		second, err := w.App.AddComparator(t.Context(), w.Ann, in)
		must(t, err)
		if second.Version != 2 || len(second.Cells) != 1 || second.People() != 10 {
			t.Errorf("the second version: %+v", second)
		}
		gone := app.ComparatorWithdrawal{Scheme: w.Garden.ID, Series: in.Series, Version: 2}
		if _, err := w.App.WithdrawComparator(t.Context(), w.Ann, gone); !fault.Is(err, fault.InputInvalid) {
			t.Errorf("withdrawn without a reason: %v", err)
		}
		gone.Reason = "Counted twice"
		_, err = w.App.WithdrawComparator(t.Context(), w.Ann, gone)
		must(t, err)
		v, err := w.App.Comparator(t.Context(), w.Ann, app.EvidenceAsk{Scheme: w.Garden.ID})
		must(t, err)
		if v.Imported.Withdrawn != "Counted twice" || v.Imported.Version != 3 || len(v.Against) != 0 {
			t.Errorf("after the withdrawal: %+v", v.Imported)
		}
		gone.Version = 3
		if _, err := w.App.WithdrawComparator(t.Context(), w.Ann, gone); !fault.Is(err, fault.InputInvalid) {
			t.Errorf("withdrawn twice: %v", err)
		}
	})
}

// Every mistake is said where it is, with its line, and nothing is kept; what is
// not the actor's is not there.
func TestComparatorsThatAreRefused(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		for name, c := range map[string]struct {
			change func(*app.NewComparator)
			at     string
			says   string
		}{
			"a column too many":    {func(in *app.NewComparator) { in.Rows = "nhs_number,before,after\n1,18.59,19.25" }, "rows", "No other column is taken"},
			"no names":             {func(in *app.NewComparator) { in.Rows = "18.59,19.25" }, "rows", "The first line names the columns"},
			"outside the scale":    {func(in *app.NewComparator) { in.Rows = "before,after\n18.59,19.25\n18.59,36" }, "rows", "Line 3, after: "},
			"a word":               {func(in *app.NewComparator) { in.Rows = "before,after\nlow,19.25" }, "rows", "Line 2, before: This is not a number"},
			"too fine":             {func(in *app.NewComparator) { in.Rows = "before,after\n18.591,19.25" }, "rows", "at most 2 decimals"},
			"an empty score":       {func(in *app.NewComparator) { in.Rows = "before,after\n,18.59" }, "rows", "Line 2, before: Enter the score."},
			"only people lost":     {func(in *app.NewComparator) { in.Rows = "before,after\n18.59,\n19.25, " }, "rows", "Nobody in it has a later score."},
			"half a person":        {func(in *app.NewComparator) { in.Rows = "before,after,people\n18.59,19.25,0.5" }, "rows", "people is a whole number"},
			"a ragged line":        {func(in *app.NewComparator) { in.Rows = "before,after\n18.59,19.25,9" }, "rows", "it has 3 columns"},
			"a quotation mark":     {func(in *app.NewComparator) { in.Rows = "before,after\n\"18.59,19.25" }, "rows", "cannot be read from line 2"},
			"nobody":               {func(in *app.NewComparator) { in.Rows = "before,after\n" }, "rows", "There is no score below"},
			"nothing":              {func(in *app.NewComparator) { in.Rows = " " }, "rows", "Choose a file or paste the scores"},
			"more than is told":    {func(in *app.NewComparator) { in.Rows = "before,after\n" + strings.Repeat("x,19.25\n", 30) }, "rows", "10 more mistakes follow"},
			"too many people":      {func(in *app.NewComparator) { in.Rows = "before,after,people\n18.59,19.25,99999\n19.25,19.25,2" }, "rows", "at most 100000 people"},
			"no source":            {func(in *app.NewComparator) { in.Source = " " }, "source", "where the scores are from"},
			"nobody eligible":      {func(in *app.NewComparator) { in.Eligible = "" }, "eligible", "who could be in the group"},
			"no dates":             {func(in *app.NewComparator) { in.From, in.Until = "", "" }, "from", "Enter a date"},
			"backward":             {func(in *app.NewComparator) { in.From = "2026-04-01" }, "until", "lies before"},
			"one day":              {func(in *app.NewComparator) { in.Until = in.From }, "until", "taken after the first"},
			"not yet":              {func(in *app.NewComparator) { in.Until = "2027-01-01" }, "until", "is in the future"},
			"no weeks":             {func(in *app.NewComparator) { in.Weeks = 0 }, "weeks", "1 to 260"},
			"chance not said":      {func(in *app.NewComparator) { in.Random = "" }, "random", "Choose whether chance decided"},
			"chance not recorded":  {func(in *app.NewComparator) { in.Random = "yes" }, "random_source", "where it is recorded"},
			"recorded, not chance": {func(in *app.NewComparator) { in.RandomSource = "Trial 7" }, "random_source", "Leave this empty"},
			"another score":        {func(in *app.NewComparator) { in.Series = "mood" }, "measure", "does not collect"},
		} {
			in := w.elsewhere()
			c.change(&in)
			_, err := w.App.AddComparator(t.Context(), w.Ann, in)
			all, accident := fault.All(err)
			if accident != nil || !slices.ContainsFunc(all, func(f *fault.Fault) bool { return f.Field == c.at && strings.Contains(f.Detail, c.says) }) {
				t.Errorf("%s: %v, want %q at %s", name, err, c.says, c.at)
			}
		}
		v, err := w.App.Comparator(t.Context(), w.Ann, app.EvidenceAsk{Scheme: w.Garden.ID})
		must(t, err)
		if v.Imported.Version != 0 || len(v.Against) != 0 {
			t.Errorf("something was kept: %+v", v.Imported)
		}
		in := w.elsewhere()
		if _, err := w.App.AddComparator(t.Context(), w.Bo, in); !fault.Is(err, fault.NotAllowed) {
			t.Errorf("a practitioner: %v", err)
		}
		in.Scheme = w.Walk.ID
		if _, err := w.App.AddComparator(t.Context(), w.Ann, in); !fault.Is(err, fault.NotFound) {
			t.Errorf("another organisation's scheme: %v", err)
		}
		if _, err := w.App.Comparator(t.Context(), w.Bo, app.EvidenceAsk{Scheme: w.Choir.ID}); !fault.Is(err, fault.NotFound) {
			t.Errorf("a scheme that Bo is not in: %v", err)
		}
	})
}

// With a group of the same period and times that began alike the evidence level is
// 3, and it is not with any of that missing; the word is “effect” only where
// chance decided.
func TestComparatorsRaiseTheLevel(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.crowd()
		ask := app.EvidenceAsk{Scheme: w.Garden.ID, Measure: "swemwbs-metric"}
		level := func() int {
			v, err := w.App.Evidence(t.Context(), w.Ann, ask)
			must(t, err)
			return v.Level().Number
		}
		if got := level(); got != 2 {
			t.Fatalf("level %d without a comparison group, want 2", got)
		}
		version := 0
		for _, c := range []struct {
			name   string
			change func(*app.NewComparator)
			level  int
			says   string
		}{
			{"as it should be", func(*app.NewComparator) {}, 3, "Difference from the comparison group at the same baseline: +"},
			{"by lot, and nobody knows of the lost", func(in *app.NewComparator) { in.Random, in.RandomSource = "yes", "Trial 7" }, 3, "yet the difference is not called an effect: it is not known how many people in the comparison group were not measured again."},
			{"by lot, and too many lost", func(in *app.NewComparator) {
				in.Random, in.RandomSource, in.Rows = "yes", "Trial 7", stayed(40)+strings.Repeat("20.73,\n", 27)
			}, 3, "Of 67 people with a first score in the comparison group, 40 were measured again (60%)."},
			{"by lot, and few lost", func(in *app.NewComparator) {
				in.Random, in.RandomSource, in.Rows = "yes", "Trial 7", stayed(40)+"20.73,\n"
			}, 3, "Effect at the same baseline: +"},
			{"an earlier year", func(in *app.NewComparator) { in.From, in.Until = "2024-01-05", "2024-03-30" }, 2, "Not measured in the same period"},
			{"other times", func(in *app.NewComparator) { in.Weeks = 26 }, 2, "Not measured at the same times"},
			{"they began elsewhere", func(in *app.NewComparator) { in.Rows = "before,after,people\n30.70,30.70,20\n32.55,32.55,20" }, 2, "These two groups are not compared."},
			{"too few", func(in *app.NewComparator) { in.Rows = stayed(19) }, 2, "at least 20 are needed on each side"},
		} {
			in := w.elsewhere()
			c.change(&in)
			in.Version = version
			made, err := w.App.AddComparator(t.Context(), w.Ann, in)
			must(t, err)
			version = made.Version
			v, err := w.App.Comparator(t.Context(), w.Ann, ask)
			must(t, err)
			x := v.Against[0]
			e, err := w.App.Evidence(t.Context(), w.Ann, ask)
			must(t, err)
			said := strings.Join(append(append([]string{x.Sentence()}, x.Cautions...), x.Sides.Refused...), " ")
			if !strings.Contains(said, c.says) || x.Facts.Random == strings.Contains(said, "not drawn by lot") {
				t.Errorf("%s: %s", c.name, said)
			}
			if called := strings.Contains(said+e.Sentence(), "ffect at the same baseline: +") || strings.Contains(said+e.Sentence(), "the effect is"); called != (c.name == "by lot, and few lost") {
				t.Errorf("%s: called an effect is %t: %s", c.name, called, said)
			}
			for _, want := range []string{"40 people with a first score in the scheme", " from 5 January 2026 to 30 March 2026"} {
				if !strings.Contains(said, want) && c.name != "an earlier year" {
					t.Errorf("%s: %q is not in %s", c.name, want, said)
				}
			}
			if whole := e.Sentence() + fmt.Sprint(e.BoardAnswer()) + strings.Join(e.Cautions(), " "); strings.Contains(whole, "There is no comparison group") || strings.Count(whole, "gainst the comparison group (Two practices without the offer), at the same baseline, the ") != 2*(c.level-2) {
				t.Errorf("%s: %s", c.name, whole)
			}
			if got := level(); got != c.level {
				t.Errorf("%s: level %d, want %d", c.name, got, c.level)
			}
		}
		_, err := w.App.WithdrawComparator(t.Context(), w.Ann, app.ComparatorWithdrawal{Scheme: w.Garden.ID, Series: "swemwbs-metric", Version: version, Reason: "Not ours"})
		must(t, err)
		if got := level(); got != 2 {
			t.Errorf("level %d after the withdrawal", got)
		}
	})
}
