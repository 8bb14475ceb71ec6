package site_test

import (
	"math"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"cairn/internal/evidence"
	"cairn/internal/scheme"
	kit "cairn/internal/testkit/town"
)

// The two acceptance cases, through the store, onto the page: every number in
// the table is R's, to the places that are shown.
func TestTheAcceptanceCasesOnThePage(t *testing.T) {
	for name, result := range map[string]string{"madeup": "swb|pre|post", "sleep": "hours|drug1|drug2"} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, w *town) {
				schemes := w.load(name)
				gil := w.signedIn("gil")
				for of, want := range kit.Expected(t, name, result) {
					page := gil.get("/schemes/"+string(schemes[of].ID)+"/evidence").is(http.StatusOK).
						says("Started not recorded not recorded", "Not on record: contacts and first sessions. That is not nobody.", "Not recorded: nobody has a first attended activity on record").silent("Started 0", "Contacted 0", "Seen 0")
					compared := 0
					for _, key := range []string{
						"counts.n_paired", "counts.n_lost", "baseline_paired.mean", "baseline_paired.sd", "followup_paired.mean",
						"followup_paired.sd", "baseline_all.mean", "change.mean", "change.sd", "change.ci_lo", "change.ci_hi", "change.median",
						"change.t", "change.df", "change.p", "correlation.pearson", "effect.d_z", "effect.d_av_mean_sd", "effect.d_rm",
						"effect.d_baseline_sd", "effect.smcr.yi", "rci_fixed_sd.threshold_196", "rci_baseline_sd.threshold_196",
						"bounds.bocf.mean", "bounds.mean_change_worst_case", "bounds.mean_change_best_case",
					} {
						compared += compare(t, of+" "+key, page.cell(key), leaf(want, key))
					}
					if compared < 20 {
						t.Errorf("%s: %d numbers compared", of, compared)
					}
					for _, end := range []string{"expected_low", "expected_high"} { // one mean and one reliability: both ends are R's
						compared += compare(t, of+" "+end, page.cell("regression_to_mean.range."+end), leaf(want, "regression_to_mean.expected_change_rho"))
					}
					for _, kind := range []string{"rci_fixed_sd", "rci_baseline_sd"} {
						if leaf(want, kind+".threshold_196") == nil {
							compare(t, of+" "+kind, page.cell(kind), nil)
						} else if got, want := page.cell(kind), trio(want, kind); got != want {
							t.Errorf("%s %s: %q, want %q", of, kind, got, want)
						}
					}
				}
			})
		})
	}
}

// load brings a case into an organisation of its own, as the command line does,
// and returns its schemes.
func (w *town) load(name string) map[string]scheme.Scheme {
	w.T.Helper()
	c, gil := kit.ReadCase(w.T, name), w.Archive()
	schemes, err := w.App.PrepareImport(w.T.Context(), gil, c.SetUp)
	must(w.T, err)
	for i := range c.Arrivals {
		referral := &c.Arrivals[i].Referral
		referral.Scheme = schemes[string(referral.Scheme)].ID
	}
	_, err = w.App.Load(w.T.Context(), gil, c.Arrivals, func(int) {})
	must(w.T, err)
	return schemes
}

// leaf is the value at a dotted path.
func leaf(tree any, path string) any {
	for _, key := range strings.Split(path, ".") {
		branch, _ := tree.(map[string]any)
		tree = branch[key]
	}
	return tree
}

func trio(want any, kind string) string {
	var parts []string
	for _, part := range []string{"improved", "no_reliable_change", "deteriorated"} {
		x, _ := leaf(want, kind+"."+part+".x").(float64)
		parts = append(parts, strconv.Itoa(int(x)))
	}
	return strings.Join(parts, ", ")
}

// compare holds what is shown against the number, to half a unit of its last
// place; what R calls NA is said in words.
func compare(t *testing.T, what, shown string, want any) (numbers int) {
	t.Helper()
	number, ok := want.(float64)
	if !ok {
		if !strings.HasPrefix(shown, evidence.NotEstimable) {
			t.Errorf("%s: %q is shown for what cannot be estimated", what, shown)
		}
		return 1
	}
	if shown == "under 0.001" && number > 0 && number < 0.001 {
		return 1
	}
	got, err := strconv.ParseFloat(strings.ReplaceAll(strings.ReplaceAll(shown, "−", "-"), ",", ""), 64)
	_, decimals, _ := strings.Cut(shown, ".")
	if half := 0.5000001 * math.Pow10(-len(decimals)); err != nil || math.Abs(got-number) > half {
		t.Errorf("%s: %q is shown for %v", what, shown, number)
	}
	return 1
}
