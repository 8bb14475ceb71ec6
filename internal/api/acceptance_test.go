package api_test

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"cairn/internal/app"
	"cairn/internal/exchange"
	"cairn/internal/scheme"
)

const acceptance = "../../testdata/acceptance"

// The two acceptance cases, every record of which is sent through the API: the
// evidence that it answers is R's.
func TestAcceptanceCases(t *testing.T) {
	for name, result := range map[string]string{"madeup": "swb|pre|post", "sleep": "hours|drug1|drug2"} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, w *town) {
				schemes := w.send(name)
				measure, _, _ := strings.Cut(result, "|")
				for of, want := range expected(t, name, result) {
					got := w.do(request{as: "gil", path: "/schemes/" + schemes[of] + "/evidence?measure=" + url.QueryEscape(measure)}).is(200)
					var body struct{ Finding map[string]any }
					must(t, json.Unmarshal([]byte(got.body), &body))
					if n := compare(t, of, body.Finding, want); n < 80 {
						t.Errorf("%s: only %d figures compared", of, n)
					}
				}
			})
		})
	}
}

// send sets an organisation up for a case, sends every person, referral and
// score of its file, and returns the schemes' identifiers by name.
func (w *town) send(name string) map[string]string {
	w.t.Helper()
	settings, err := exchange.ReadSettings(strings.NewReader(file(w.t, name, "case.json")))
	must(w.t, err)
	data, err := exchange.Read(strings.NewReader(file(w.t, name, "long.csv")), settings, scheme.DayOf(noon))
	must(w.t, err)
	defs, err := data.Definitions()
	must(w.t, err)
	rows, err := csv.NewReader(strings.NewReader(file(w.t, name, "long.csv"))).ReadAll()
	must(w.t, err)
	column := func(row []string, of string) string { return row[slices.Index(rows[0], of)] }

	org, err := w.app.AddOrganisation(w.t.Context(), scheme.Organisation{Name: "Archive", TimeZone: "Europe/London", Kind: scheme.Provider})
	must(w.t, err)
	gil := w.join(app.NewUser{Login: "gil", Org: org.ID, Role: app.Manager, AllSchemes: true})
	in := app.ImportSetUp{Measures: defs, Days: settings.Days}
	for _, row := range rows[1:] {
		if on := start(w.t, column(row, "date"), column(row, "days")); in.From.IsZero() || on.Before(in.From) {
			in.From = on
		}
		if of := column(row, "scheme"); !slices.Contains(in.Schemes, of) {
			in.Schemes = append(in.Schemes, of)
		}
	}
	_, err = w.app.PrepareImport(w.t.Context(), gil, in)
	must(w.t, err)

	schemes, referrals := map[string]string{}, map[string]string{}
	for _, s := range w.do(request{as: "gil", path: "/schemes"}).is(200).json()["items"].([]any) {
		schemes[s.(m)["name"].(string)] = s.(m)["id"].(string)
	}
	for _, row := range rows[1:] {
		person := column(row, "person_id")
		if referrals[person] == "" {
			on := start(w.t, column(row, "date"), column(row, "days")).String()
			referrals[person] = w.do(request{as: "gil", path: "/referrals", body: m{
				"person": w.person("gil", person), "scheme": schemes[column(row, "scheme")], "received_on": on, "accepted_on": on,
			}}).is(201).id()
		}
		occasion, _ := settings.Occasion(column(row, "timepoint"))
		w.do(request{as: "gil", path: "/assessments", body: m{
			"referral": referrals[person], "measure": column(row, "measure"), "on": column(row, "date"),
			"occasion": string(occasion), "score": json.Number(column(row, "score")),
		}}).is(201)
	}
	return schemes
}

// start is the day of the first time point.
func start(t *testing.T, date, days string) scheme.Day {
	t.Helper()
	on, err := time.Parse(time.DateOnly, date)
	must(t, err)
	n, err := strconv.Atoi(days)
	must(t, err)
	return scheme.DayOf(on).Plus(-n)
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
			Schemes map[string]any `json:"by_scheme"`
		}
	}
	must(t, json.Unmarshal([]byte(file(t, name, "expected.json")), &top))
	return top.Results[result].Schemes
}

// compare holds every figure that both have against each other, within the
// tolerances of C16, and says how many there were.
func compare(t *testing.T, path string, got, want any) (n int) {
	t.Helper()
	switch want := want.(type) {
	case map[string]any:
		of, ok := got.(map[string]any)
		if !ok {
			t.Errorf("%s is %v and no object", path, got)
			return 0
		}
		for key, w := range want {
			if g, there := of[key]; there {
				n += compare(t, path+"."+key, g, w)
			}
		}
		return n
	case []any:
		of, ok := got.([]any)
		if !ok || len(of) != len(want) {
			t.Errorf("%s is %v, want %v", path, got, want)
			return 0
		}
		for i := range want {
			n += compare(t, path, of[i], want[i])
		}
		return n
	case float64:
		if g, ok := got.(float64); !ok || !near(path, g, want) {
			t.Errorf("%s is %v, want %v", path, got, want)
		}
	default:
		if got != want {
			t.Errorf("%s is %v, want %v", path, got, want)
		}
	}
	return 1
}

// near: closed forms to 1e-9, what is iterated and p-values beyond 1e-9 to 1e-6.
func near(path string, got, want float64) bool {
	relative, floor := 1e-9, 1e-12
	switch {
	case strings.Contains(path, "_nct_"):
		relative, floor = 1e-6, 1e-9
	case strings.HasSuffix(path, ".p") && want < 1e-9:
		relative, floor = 1e-6, 0
	}
	return math.Abs(got-want) <= math.Max(relative*math.Abs(want), floor)
}
