package app_test

import (
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
)

// A version that never was is not called changed, and a reason may not carry an
// NHS number into every version.
func TestWithdrawAssessment_Refused(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		v := w.refer(w.Ann, w.Garden, "R-1", "2026-01-05")
		made, err := w.App.RecordAssessment(ctx, w.Ann, raw(v, "2026-01-05", 20))
		must(t, err)
		for _, version := range []int{-1, 0, 2, 99} {
			_, err := w.App.WithdrawAssessment(ctx, w.Ann, app.Withdrawal{Assessment: made.ID, Version: version, Reason: "typed twice"})
			if !fault.Is(err, fault.Stale) || !strings.Contains(err.Error(), "There is no version") || strings.Contains(err.Error(), "changed") {
				t.Errorf("version %d: %v", version, err)
			}
		}
		_, err = w.App.WithdrawAssessment(ctx, w.Ann, app.Withdrawal{Assessment: made.ID, Version: 1, Reason: "belongs to 943 476 5919"})
		if !fault.Is(err, fault.InputInvalid) || !strings.Contains(err.Error(), "NHS number") {
			t.Errorf("an NHS number in a reason: %v", err)
		}
	})
}
