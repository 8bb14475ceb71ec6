package take_test

import (
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/intake"
	"cairn/internal/intake/take"
	kit "cairn/internal/testkit/town"
)

// A score that no plan of its scheme collects would be in no figure: it is reviewed,
// by its column or by its row, and makes no pair. The others of the row come in.
func TestWhatNoPlanCollects(t *testing.T) {
	each(t, func(t *testing.T, w *kit.Town) {
		ctx, desk := t.Context(), take.At(w.App, w.Ann)
		f, sum, all := checked(t, desk, "Client ID,Scheme,Date,Stage,SWEMWBS raw,GAD-7\nC-1,Garden,05/01/2026,pre,20,9\nC-1,Garden,30/03/2026,post,24,6\nC-2,Garden,05/01/2026,pre,21,\n")
		for i, want := range []intake.Outcome{intake.Review, intake.Review, intake.Accepted} {
			if all[i].Outcome != want || want == intake.Review && !strings.Contains(all[i].Reason, "no plan of “Garden” collects GAD-7") {
				t.Errorf("line %d is %s (%s), want %s", all[i].Line, all[i].Outcome, all[i].Reason, want)
			}
		}
		if sum.Scores != 3 || sum.Pairs != 1 || sum.NewPairs != 1 {
			t.Errorf("%+v", sum)
		}
		if done, err := desk.Import(ctx, app.BringIn{File: f.ID, Version: f.Revision}); err != nil || done.Added != 3 {
			t.Errorf("%+v, %v", done, err)
		}
		_, _, all = checked(t, desk, "Client ID,Scheme,Date,Stage,Measure,Score\nL-1,Garden,05/01/2026,pre,GAD-7,9\nL-1,Garden,05/01/2026,pre,SWEMWBS raw,20\n")
		if all[0].Outcome != intake.Review || all[1].Outcome != intake.Accepted {
			t.Errorf("%+v", all)
		}
	})
}
