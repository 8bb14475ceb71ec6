package site_test

import (
	"encoding/json"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/evidence"
	"cairn/internal/exchange"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

const acceptance = "../../testdata/acceptance"

// The two acceptance cases, through the store, onto the page: every number in
// the table is R's, to the places that are shown.
func TestTheAcceptanceCasesOnThePage(t *testing.T) {
	for name, result := range map[string]string{"madeup": "swb|pre|post", "sleep": "hours|drug1|drug2"} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, w *town) {
				schemes := w.load(name)
				gil := w.signedIn("gil")
				for of, want := range expected(t, name, result) {
					page := gil.get("/schemes/"+string(schemes[of].ID)+"/evidence").is(http.StatusOK).
						says("starts not recorded", "Not recorded: nobody has a first attended activity on record").silent("</span> started")
					compared := 0
					for _, key := range []string{
						"counts.n_paired", "counts.n_lost", "baseline_paired.mean", "baseline_paired.sd", "followup_paired.mean",
						"followup_paired.sd", "baseline_all.mean", "change.mean", "change.sd", "change.ci_lo", "change.ci_hi", "change.median",
						"change.t", "change.df", "change.p", "correlation.pearson", "effect.d_z", "effect.d_av_mean_sd", "effect.d_rm",
						"effect.d_baseline_sd", "effect.smcr.yi", "rci_fixed_sd.threshold_196", "rci_baseline_sd.threshold_196",
					} {
						compared += compare(t, of+" "+key, page.cell(key), leaf(want, key))
					}
					if compared < 20 {
						t.Errorf("%s: %d numbers compared", of, compared)
					}
					for _, kind := range []string{"rci_fixed_sd", "rci_baseline_sd"} {
						if got, want := page.cell(kind), trio(want, kind); got != want {
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
	w.t.Helper()
	settings, err := exchange.ReadSettings(strings.NewReader(file(w.t, name, "case.json")))
	must(w.t, err)
	data, err := exchange.Read(strings.NewReader(file(w.t, name, "long.csv")), settings, scheme.DayOf(noon))
	must(w.t, err)
	defs, err := data.Definitions()
	must(w.t, err)
	def := defs[0]
	in := app.ImportSetUp{Measures: defs, Days: settings.Days}
	arrivals, from := w.arrivals(data, settings, def)
	in.From = from
	for _, a := range arrivals {
		if !slices.Contains(in.Schemes, string(a.Referral.Scheme)) {
			in.Schemes = append(in.Schemes, string(a.Referral.Scheme))
		}
	}
	org, err := w.app.AddOrganisation(w.t.Context(), scheme.Organisation{Name: "Archive", TimeZone: "Europe/London", Kind: scheme.Provider})
	must(w.t, err)
	gil := w.join(app.NewUser{Login: "gil", Org: org.ID, Role: app.Manager, AllSchemes: true})
	schemes, err := w.app.PrepareImport(w.t.Context(), gil, in)
	must(w.t, err)
	for i := range arrivals {
		arrivals[i].Referral.Scheme = schemes[string(arrivals[i].Referral.Scheme)].ID
	}
	_, err = w.app.Load(w.t.Context(), gil, arrivals, func(int) {})
	must(w.t, err)
	return schemes
}

// arrivals are the people of the file, one for each scheme that somebody is in;
// Referral.Scheme holds the scheme's name. They are arranged here a second time,
// by the rule that cmd/cairn has and that this package cannot reach: a referral
// starts on the day of the first time point, else as many days before the
// earliest score as the file says lie between.
func (w *town) arrivals(data *exchange.Data, settings exchange.Settings, def measure.Definition) (all []app.Arrival, from scheme.Day) {
	w.t.Helper()
	type enrolment struct{ person, scheme string }
	at, known := map[enrolment]int{}, map[enrolment]bool{} // known: the first time point was seen
	for r := range data.Rows() {
		occasion, _ := settings.Occasion(r.Timepoint)
		who, first, start := enrolment{r.Person, r.Scheme}, r.Timepoint == settings.Timepoints[0], r.On
		if !first {
			start = start.Plus(-r.Days)
		}
		i, there := at[who]
		if !there {
			i, at[who] = len(all), len(all)
			all = append(all, app.Arrival{Person: scheme.Person{Reference: r.Person}, Referral: scheme.Referral{Scheme: scheme.ID(r.Scheme)}})
		}
		a := &all[i]
		if !there || first && !known[who] || first == known[who] && start.Before(a.Referral.ReceivedOn) {
			a.Referral.ReceivedOn, a.Referral.AcceptedOn = start, start
		}
		known[who] = known[who] || first
		scores, err := def.FromScore(def.OnlyEntry(), r.Score)
		must(w.t, err)
		a.Assessments = append(a.Assessments, app.Arriving{Line: r.Line, Assessment: scheme.Assessment{
			Measure: def.Key, Version: def.Version, On: r.On, Occasion: occasion, Rater: def.Rater, Scores: scores,
		}})
	}
	for _, a := range all {
		if from.IsZero() || a.Referral.AcceptedOn.Before(from) {
			from = a.Referral.AcceptedOn
		}
	}
	return all, from
}

func file(t *testing.T, name, part string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(acceptance, name, part))
	must(t, err)
	return string(raw)
}

func expected(t *testing.T, name, result string) map[string]any {
	t.Helper()
	var top struct {
		Results map[string]struct {
			ByScheme map[string]any `json:"by_scheme"`
		}
	}
	must(t, json.Unmarshal([]byte(file(t, name, "expected.json")), &top))
	return top.Results[result].ByScheme
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
