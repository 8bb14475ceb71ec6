package intake_test

import (
	"strings"
	"testing"

	"cairn/internal/intake"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A follow-up from before its baseline, and a score from long before the referral,
// are for somebody to look at: the two may be swapped.
func TestSwappedOccasions(t *testing.T) {
	const head = "Client ID,Referral date,Date,Stage,SWEMWBS raw\n"
	rows := []string{
		"G-1,01/01/2026,10/01/2026,pre,18", "G-1,01/01/2026,04/04/2026,post,24", // 2, 3
		"G-2,10/02/2026,10/01/2026,pre,18", "G-2,10/02/2026,04/04/2026,post,24", // 4, 5: some days before the referral
		"G-3,,03/01/2026,post,24", "G-3,,10/01/2026,pre,18", "G-3,,04/04/2026,post,23", // 6, 7, 8
		"G-4,01/02/2026,30/01/2025,pre,18", "G-5,01/02/2026,31/01/2025,pre,18", // 9, 10: 367 days and 366
		"G-6,,Jan 2026,pre,18", "G-6,,03/01/2026,post,24", // 11, 12: within the month nobody knows
		"G-7,,Jan 2026,pre,18", "G-7,,31/12/2025,post,24", // 13, 14
	}
	read(t, head+strings.Join(rows, "\n")+"\n", known(t, "Riverside")).wants(t, `
2 accepted
3 accepted
4 accepted
5 accepted
6 review before the baseline of the same person
7 review a later score of the same person
8 accepted
9 rejected more than a year before
10 accepted
11 accepted
12 accepted
13 review a later score
14 review before the baseline`)

	kept := func(all ...intake.Kept) intake.Known {
		k := known(t, "Riverside")
		k.Kept = func(fn func(intake.Kept) error) error {
			for _, one := range all {
				one.Scheme, one.Measure, one.Series, one.Dated = "Riverside", "swemwbs", "swemwbs-raw", intake.ByDay
				must(t, fn(one))
			}
			return nil
		}
		return k
	}
	at := func(who, on string, o scheme.Occasion, level measure.Level, closed string) intake.Kept {
		k := intake.Kept{Reference: who, On: day(on), Occasion: o, Level: level}
		if closed != "" {
			k.Closed = day(closed)
		}
		return k
	}
	k := kept(
		at("G-1", "2026-01-10", scheme.Baseline, 18, ""), at("G-2", "2026-01-03", scheme.Later, 24, ""),
		at("G-3", "2026-01-03", scheme.Later, 24, "2026-01-05"), at("G-4", "2026-01-10", scheme.Baseline, 18, ""), at("G-4", "2026-01-03", scheme.Later, 24, ""),
	)
	read(t, head+"G-1,,03/01/2026,post,24\nG-2,,10/01/2026,pre,18\nG-3,,10/01/2026,pre,18\nG-4,,10/01/2026,pre,18\nG-4,,04/04/2026,post,25\n", k).wants(t, `
2 review before the baseline
3 review a later score
4 accepted
5 here
6 accepted`)
}
