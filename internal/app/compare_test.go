package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
	kit "cairn/internal/testkit/town"
)

// twice measures somebody of the scheme at both ends, raw totals.
func (w *town) twice(to scheme.Scheme, reference string, before, after int) app.ReferralView {
	w.T.Helper()
	v := w.refer(w.Ann, to, reference, "2026-01-05")
	for on, score := range map[string]int{"2026-01-05": before, "2026-03-30": after} {
		_, err := w.App.RecordAssessment(w.T.Context(), w.Ann, raw(v, on, score))
		must(w.T, err)
	}
	return v
}

func labels(groups []app.ComparedGroup) string {
	var names []string
	for _, g := range groups {
		names = append(names, g.Label)
	}
	return strings.Join(names, ", ")
}

// Schemes stand in the order of their names, each with its own people, and those
// without anybody are named; somebody who sees one scheme gets that one alone.
func TestSchemesSideBySide(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		var garden20, choir20 []kit.Somebody
		for i := range 20 {
			change := []int{1, 2, 4}[i%3]
			garden20 = append(garden20, kit.Somebody{Reference: fmt.Sprintf("G-%02d", i), On: day(t, "2026-01-05"), Before: 20, After: 20 + change})
			choir20 = append(choir20, kit.Somebody{Reference: fmt.Sprintf("C-%02d", i), On: day(t, "2026-01-05"), Before: 22, After: 22 - change})
		}
		w.Crowd(w.Ann, w.Garden, garden20...)
		w.Crowd(w.Ann, w.Choir, choir20[:19]...)
		few, err := w.App.Compare(t.Context(), w.Ann, app.CompareAsk{Measure: "swemwbs-metric"})
		must(t, err)
		if few.Groups[0].Apart != app.ApartFew || few.Groups[1].Apart != app.Within || few.Together.PooledMeanChange != nil || few.Together.FunnelMeanChange != nil {
			t.Errorf("19 people in Choir: %+v", few.Together)
		}
		if why := few.Together.Reasons["pooled_mean_change"]; !strings.Contains(why, "1 of 2 groups has 20 or more people measured twice") {
			t.Errorf("19 people in Choir: %q", why)
		}
		if why := few.Together.Reasons["completion_by_scheme"]; why != "not estimable: nobody was lost" {
			t.Errorf("whether schemes differ in who was measured again: %q", why)
		}
		w.Crowd(w.Ann, w.Choir, choir20[19:]...)
		v, err := w.App.Compare(t.Context(), w.Ann, app.CompareAsk{Measure: "swemwbs-metric"})
		must(t, err)
		if got := labels(v.Groups); got != "Choir, Garden" || len(v.Without) != 0 {
			t.Fatalf("compared: %s; without anybody: %v", got, v.Without)
		}
		choir, garden := v.Groups[0].Finding.Change.Mean, v.Groups[1].Finding.Change.Mean
		if *choir >= 0 || *garden <= 0 || v.Together.PooledMeanChange.K != 2 {
			t.Errorf("choir %v, garden %v, %d pooled", *choir, *garden, v.Together.PooledMeanChange.K)
		}
		alone, err := w.App.Evidence(t.Context(), w.Ann, app.EvidenceAsk{Scheme: w.Garden.ID, Measure: "swemwbs-metric"})
		must(t, err)
		if *alone.Finding.Change.Mean != *garden {
			t.Errorf("Garden alone changed by %v, and by %v beside Choir", *alone.Finding.Change.Mean, *garden)
		}
		one, err := w.App.Compare(t.Context(), w.Bo, app.CompareAsk{Measure: "swemwbs-metric"})
		must(t, err)
		if got := labels(one.Groups); got != "Garden" || len(one.Schemes) != 1 {
			t.Errorf("Bo sees %s of %d schemes", got, len(one.Schemes))
		}
		early, err := w.App.Compare(t.Context(), w.Ann, app.CompareAsk{Measure: "swemwbs-metric", To: "2025-Q4"})
		must(t, err)
		if len(early.Groups) != 0 || !slices.Equal(early.Without, []string{"Choir", "Garden"}) {
			t.Errorf("before anybody came: %s; without %v", labels(early.Groups), early.Without)
		}
	})
}

// By quarter, by who referred and by kind of activity everybody is in one group,
// and those of whom nothing is recorded are the last one.
func TestGroupsOfPeopleSideBySide(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		v := w.twice(w.Garden, "G-1", 20, 22)
		w.twice(w.Garden, "G-2", 20, 23)
		_, err := w.App.AddPrescription(t.Context(), w.Ann, app.NewPrescription{Referral: v.Referral.ID, Activity: w.Plot.ID, OfferedOn: "2026-01-05", FirstAttendedOn: "2026-01-05"})
		must(t, err)
		for by, want := range map[string]string{"category": "Gardening, None started", "source": "Self-referral", "period": "2026-Q2"} {
			got, err := w.App.Compare(t.Context(), w.Ann, app.CompareAsk{Measure: "swemwbs-metric", By: by})
			must(t, err)
			people := 0
			for _, g := range got.Groups {
				people += g.Finding.Counts.Paired
			}
			if labels(got.Groups) != want || people != 2 {
				t.Errorf("by %s: %s with %d people, want %s", by, labels(got.Groups), people, want)
			}
			if got.Groups[0].Apart != app.ApartFew || got.Together.PooledMeanChange != nil {
				t.Errorf("by %s, two people are compared: %+v", by, got.Groups)
			}
			if by == "category" && got.Groups[1].Apart != app.ApartUnknown {
				t.Errorf("nobody started: %+v", got.Groups[1])
			}
		}
		equity, err := w.App.Equity(t.Context(), w.Ann, app.EvidenceAsk{Scheme: w.Garden.ID, Measure: "swemwbs-metric"})
		must(t, err)
		if len(equity.Parts) != 4 || equity.Finding.Counts.Paired != 2 || labels(equity.Parts[0].Groups) != "75 to 84" || labels(equity.Parts[1].Groups) != "Not recorded" {
			t.Errorf("%d parts, %d people, by age %s, by sex %s", len(equity.Parts), equity.Finding.Counts.Paired, labels(equity.Parts[0].Groups), labels(equity.Parts[1].Groups))
		}
	})
}

// What cannot be compared is refused where it was asked, all of it at once, and
// what is not one's own is not there.
func TestComparisonsThatAreRefused(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		for name, c := range map[string]struct {
			ask  app.CompareAsk
			at   []string
			code fault.Code
		}{
			"by a trait":         {app.CompareAsk{By: "sex"}, []string{"by"}, fault.InputInvalid},
			"by the therapist":   {app.CompareAsk{By: "ot"}, []string{"by"}, fault.InputInvalid},
			"own goals":          {app.CompareAsk{Measure: "gas"}, []string{"measure"}, fault.MeasureUnknown},
			"an unknown measure": {app.CompareAsk{Measure: "mood"}, []string{"measure"}, fault.MeasureUnknown},
			"a backward period":  {app.CompareAsk{From: "2026-Q2", To: "2026-Q1"}, []string{"from"}, fault.PeriodInvalid},
			"several at once":    {app.CompareAsk{By: "x", From: "soon", Rule: "best"}, []string{"by", "rule", "from"}, fault.InputInvalid},
		} {
			_, err := w.App.Compare(t.Context(), w.Ann, c.ask)
			all, _ := fault.All(err)
			var at []string
			for _, f := range all {
				at = append(at, f.Field)
			}
			if !slices.Equal(at, c.at) || !fault.Is(err, c.code) {
				t.Errorf("%s: %v at %v, want %v", name, err, at, c.at)
			}
		}
		for name, ask := range map[string]app.CompareAsk{"another organisation's": {Scheme: w.Walk.ID}, "nobody's": {Scheme: "nowhere"}} {
			if _, err := w.App.Compare(t.Context(), w.Ann, ask); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s scheme: %v", name, err)
			}
		}
		if _, err := w.App.Compare(t.Context(), w.Bo, app.CompareAsk{Scheme: w.Choir.ID}); !fault.Is(err, fault.NotFound) {
			t.Errorf("a scheme that Bo is not in: %v", err)
		}
		if _, err := w.App.Equity(t.Context(), w.Bo, app.EvidenceAsk{Scheme: w.Choir.ID}); !fault.Is(err, fault.NotFound) {
			t.Errorf("equity of a scheme that Bo is not in: %v", err)
		}
		nowhere := w.Bo
		nowhere.Schemes = nil
		if v, err := w.App.Compare(t.Context(), nowhere, app.CompareAsk{}); err != nil || v.Score.Series != "" || len(v.Groups) != 0 {
			t.Errorf("somebody in no scheme: %+v, %v", v.Groups, err)
		}
	})
}
