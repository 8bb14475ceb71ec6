package app_test

import (
	"fmt"
	"testing"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// onlyReferral is somebody's only referral.
func (w *town) onlyReferral(reference string) (v app.ReferralView) {
	w.T.Helper()
	lines, err := w.App.Referrals(w.T.Context(), w.Ann, app.ReferralsAsk{Page: app.Page{Limit: 100}})
	must(w.T, err)
	for _, l := range lines {
		if l.Reference == reference {
			v, err = w.App.Referral(w.T.Context(), w.Ann, l.Referral.ID)
			must(w.T, err)
		}
	}
	return v
}

// saysNoDay holds that what stagedRows brought in is told by no day that the rows do
// not have, and that a rebuild finds it so.
func saysNoDay(t *testing.T, w *town) {
	t.Helper()
	ctx := t.Context()
	for reference, want := range map[string]string{
		"I-1": "Not recorded, Not recorded,  true 0",
		"I-2": "Not recorded, Not recorded, 2026-01-05 false 2",
		"I-3": "Not recorded, Not recorded,  true 0",
	} {
		v := w.onlyReferral(reference)
		if got := fmt.Sprintf("%s, %s, %s %t %d", v.Referral.Received(), v.Referral.WhenAccepted(), v.Start(), v.Afloat(), len(v.Outstanding(v.Measures))); got != want {
			t.Errorf("%s: %s, want %s", reference, got, want)
		}
	}
	for _, c := range []struct{ rule, from, want string }{
		{string(scheme.ByPlan), "", "1 paired, 1 referred; 0 waits, 1 undated, 2 afloat; 1 between"},
		{string(scheme.ByFirstLast), "", "3 paired, 3 referred; 0 waits, 3 undated, 0 afloat; 1 between"},
		{string(scheme.ByFirstLast), "2026-Q1", "1 paired, 1 referred; 0 waits, 1 undated, 0 afloat; 1 between"},
	} {
		v, err := w.App.Evidence(ctx, w.Bo, app.EvidenceAsk{Scheme: w.Garden.ID, Measure: "swemwbs-metric", Rule: c.rule, From: c.from})
		must(t, err)
		flow, j := v.Finding.Flow, v.Journey.Flow
		if got := fmt.Sprintf("%d paired, %d referred; %d waits, %d undated, %d afloat; %d between", flow.Paired, flow.Referred, j.Baseline.N, j.Undated, j.Afloat, v.Journey.Circumstances.Between.N); got != c.want {
			t.Errorf("%s from %q: %s, want %s", c.rule, c.from, got, c.want)
		}
	}
	differ, err := w.App.CheckPairs(ctx, w.Ann, func(int) {})
	if err != nil || len(differ) > 0 {
		t.Errorf("a rebuild would change %v, %v", differ, err)
	}

	v := w.onlyReferral("I-1")
	told := app.ReferralDetails{Referral: v.Referral.ID, Version: v.Referral.Revision, Source: "self"}
	v, err = w.App.DescribeReferral(ctx, w.Ann, told)
	if must(t, err); !v.Afloat() || v.Referral.Source != "self" {
		t.Errorf("saying who referred changed the days: %+v", v.Referral)
	}
	told.Version, told.ReceivedOn = v.Referral.Revision, "2026-01-02"
	v, err = w.App.DescribeReferral(ctx, w.Ann, told)
	if must(t, err); v.Afloat() || v.Referral.Receiving() != "received on 2 January 2026" || v.Start().String() != "2026-01-02" {
		t.Errorf("the day that somebody knew is not on record: %+v", v.Referral)
	}
}
