package intake_test

import (
	"testing"

	"cairn/internal/intake"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A dry run says why no new pair comes of somebody, counting what is here.
func TestWhyNoNewPair(t *testing.T) {
	here := func(reference, on string, level measure.Level, o scheme.Occasion) intake.Kept {
		return intake.Kept{Reference: reference, Scheme: "Riverside", Measure: "swemwbs", Occasion: o, Dated: intake.ByDay, On: day(on), Series: "swemwbs-raw", Level: level}
	}
	k := known(t, "Riverside")
	k.Kept = func(fn func(intake.Kept) error) error {
		for _, one := range []intake.Kept{
			here("U-2", "2026-01-05", 20, scheme.Baseline), here("U-4", "2026-03-31", 20, scheme.Baseline), here("U-5", "2026-01-05", 20, scheme.Baseline),
			here("U-5", "2026-03-05", 25, scheme.Later), here("U-6", "2026-01-05", 20, scheme.Baseline), here("U-7", "2026-01-05", 20, scheme.Baseline),
		} {
			must(t, fn(one))
		}
		return nil
	}
	for name, c := range map[string]struct {
		file  string
		pairs int
		want  intake.Unpaired
	}{
		"without dates": {"Ref,Scheme,Stage,SWEMWBS raw\nU-1,Riverside,pre,20\nU-1,Riverside,post,25\nU-2,Riverside,post,20\nU-3,Riverside,pre,20\n", 1, intake.Unpaired{Once: 1, Undated: 1}},
		"with dates": {"Ref,Scheme,Date,Stage,SWEMWBS raw\nU-4,Riverside,March 2026,post,20\nU-5,Riverside,01/05/2026,post,22\n" +
			"U-6,Riverside,05/01/2026,pre,20\nU-7,Riverside,01/05/2026,post,22\nU-8,Riverside,May 2026,post,22\n", 1, intake.Unpaired{Once: 2, InMonth: 1, Paired: 1}},
	} {
		if d := read(t, c.file, k); d.summary.NewPairs != c.pairs || d.summary.Unpaired != c.want {
			t.Errorf("%s: %d new pairs, %+v; want %d, %+v", name, d.summary.NewPairs, d.summary.Unpaired, c.pairs, c.want)
		}
	}
}
