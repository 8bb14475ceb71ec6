package app_test

import (
	"fmt"
	"testing"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// scoresWithoutDays come bit by bit, in files of several days, and never turn a
// change round: what is known of them is their occasion, and no day.
func scoresWithoutDays(t *testing.T, w *town) {
	t.Helper()
	const order, month = scheme.ByOrder, scheme.ToTheMonth
	for i, c := range []struct {
		who, text, on  string
		at             scheme.Occasion
		dated          scheme.Dating
		added, refused int
		pair           string
	}{
		{"J-1", "25", "2026-01-20", scheme.Later, "", 1, 0, "none"},
		{"J-1", "19", "", scheme.Baseline, order, 1, 0, "none"}, // no day beside a day
		{"J-2", "25", "", scheme.Later, order, 1, 0, "none"},
		{"J-2", "19", "", scheme.Baseline, order, 1, 0, "up"}, // came in days after the later one
		{"J-2", "27", "", scheme.Later, order, 0, 1, "up"},    // contradicts what is kept
		{"J-2", "25", "", scheme.Later, order, 0, 0, "up"},
		{"J-2", "21", "", scheme.FixedTime(42), order, 1, 0, "up"},
		{"J-3", "25", "2026-01-01", scheme.Later, month, 1, 0, "none"},
		{"J-3", "21", "2026-01-01", scheme.Baseline, month, 1, 0, "up"}, // the other score of the month
		{"J-3", "22", "2026-01-01", scheme.Baseline, month, 0, 1, "up"},
		{"J-3", "21", "2026-01-01", scheme.Baseline, month, 0, 0, "up"},
		{"J-4", "25", "2026-01-01", scheme.Later, month, 1, 0, "none"},
		{"J-4", "19", "2026-01-10", scheme.Baseline, "", 1, 0, "none"}, // a day of that very month
	} {
		s := app.StagedScore{Scheme: w.Garden.Name, Measure: "swemwbs", Series: "swemwbs-raw", Text: c.text, Occasion: c.at, Dated: c.dated, Order: c.at.Order()}
		if c.on != "" {
			s.On, _ = scheme.ParseDay(c.on)
		}
		row := app.ImportRow{Line: 2, Outcome: "accepted", Reference: c.who, Scores: []app.StagedScore{s}}
		got := w.bringIn(app.ImportBatch{Source: "s", FileSHA: fmt.Sprint("undated ", i), MappingSHA: "m1", Mapping: "{}"}, []app.ImportRow{row})
		if pair := w.firstAndLast(c.who); got.Added != c.added || got.Outcomes["conflict"] != c.refused || pair != c.pair {
			t.Errorf("%d, %s %s: %d added, %d refused, the pair is %s: %+v", i, c.who, c.text, got.Added, got.Outcomes["conflict"], pair, c)
		}
		w.Wait(24 * 60 * 60 * 1e9)
	}
	differ, err := w.App.CheckPairs(t.Context(), w.Ann, func(int) {})
	if err != nil || len(differ) > 0 {
		t.Errorf("a rebuild would change %v, %v", differ, err)
	}
}

// firstAndLast is which way somebody's scores go by that rule.
func (w *town) firstAndLast(reference string) string {
	w.T.Helper()
	way := "none"
	must(w.T, w.Store.Read(w.T.Context(), w.Ann.Org, func(r app.Reader) error {
		pairs, err := r.PairsOf(w.onlyReferral(reference).Referral.ID)
		for _, p := range pairs {
			if p.Occasion == scheme.FirstLast && p.State == scheme.Paired {
				way = "up"
				if p.Later.Level < p.Base.Level {
					way = "down"
				}
			}
		}
		return err
	}))
	return way
}
