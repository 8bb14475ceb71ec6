package datapackage_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cairn/internal/evidence"
	"cairn/internal/exchange"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// While a scheme runs, people wait for their later score, and some die. The pairs
// of its package give the figures of the pages of that day all the same, and the
// wide table does not, which the methods say.
func TestPackageOfARunningScheme(t *testing.T) {
	x, from, _ := service(t)
	x.Today = day(t, "2026-06-05")
	from.subjects[0].Pairs[0].Exit = scheme.ExitDied
	from.subjects[0].Pairs[0].State, from.subjects[0].Pairs[0].Later = scheme.BaselineOnly, nil
	table := scheme.NewTransitions()
	for _, s := range from.subjects {
		for _, p := range s.Pairs {
			tally := scheme.Tally{State: p.State, Stage: p.Stage, Exit: p.Exit, Open: !p.Closes.Before(x.Today), People: 1, From: p.Base.Level}
			if p.Later != nil {
				tally.To = p.Later.Level
			}
			if p.Ordinal == 1 {
				table.Add(tally)
			}
		}
	}
	_, files := unpacked(t, x, from)
	_, got := worked(t, x, files, "pairs.csv")
	want := evidence.Of(x.Scores[0], table)
	if table.Flow.Running < 5 || table.Flow.Exits[scheme.ExitDied] != 1 || want.Counts.Paired < 5 || want.ReliablyPublished == nil {
		t.Fatalf("%+v", table.Flow)
	}
	if diff := cmp.Diff(text(t, want), text(t, got)); diff != "" {
		t.Errorf("the pages (-), the pairs (+):\n%s", diff)
	}
	if _, wide := worked(t, x, files, "wide.csv"); reflect.DeepEqual(wide.Counts, want.Counts) {
		t.Errorf("the wide table gives %+v too: the methods say that it does not", wide.Counts)
	}
	x.Veil = &scheme.Veil{Project: "A project", Fewest: 10}
	_, veiled := unpacked(t, x, from)
	switch _, fewer := worked(t, x, veiled, "pairs.csv"); {
	case fewer.Counts.Paired != want.Counts.Paired || fewer.Counts.Persons >= want.Counts.Persons:
		t.Errorf("a file for research gives %+v, the pages %+v: the methods say otherwise", fewer.Counts, want.Counts)
	case !strings.Contains(files["METHODS.txt"], "and counts who died or moved away"),
		strings.Contains(veiled["METHODS.txt"], "counts who died"), !strings.Contains(veiled["METHODS.txt"], "cannot tell who died or moved away"):
		t.Error("the methods say the same of both, or nothing")
	}
	lines := strings.SplitAfter(files["pairs.csv"], "\r\n")
	settings, err := exchange.ReadSettings(strings.NewReader(files["settings.json"]))
	must(t, err)
	data, err := exchange.Read(strings.NewReader(files["pairs.csv"]+lines[2]), settings, x.Today)
	must(t, err)
	if len(data.Rejects) != 1 || !fault.Is(data.Rejects[0].Why, fault.AssessmentTwice) {
		t.Errorf("a pair twice: %v", data.Rejects)
	}
}

// Settings say all that is published of a score, so that what is told of its figures
// is what the pages tell.
func TestSettingsSayWhatIsPublished(t *testing.T) {
	all, err := measure.Catalogue()
	must(t, err)
	thresholds := 0
	for _, def := range all {
		x := scheme.Extract{
			Organisation: "Riverside", Schemes: []string{"Garden"}, Measures: []measure.Definition{def}, Scores: def.Reported(),
			FollowUps: []scheme.Occasion{"day-84"}, Rule: scheme.ByPlan, Today: day(t, "2026-11-22"), Software: "test",
		}
		_, files := unpacked(t, x, rows{})
		settings, err := exchange.ReadSettings(strings.NewReader(files["settings.json"]))
		must(t, err)
		for _, want := range x.Scores {
			read, err := settings.Definition(measure.Key(want.Series), 0)
			must(t, err)
			got := read.Scores[0]
			if diff := cmp.Diff(text(t, want.Facts()), text(t, got.Facts())); diff != "" {
				t.Errorf("%s: the library (-), the settings (+):\n%s", want.Series, diff)
			}
			if want.Threshold != nil {
				thresholds++
			}
		}
	}
	if thresholds < 5 {
		t.Errorf("%d thresholds to compare", thresholds)
	}
}

// text is a finding, or what is known of a score, as it is told.
func text(t *testing.T, f any) string {
	t.Helper()
	told, err := json.MarshalIndent(f, "", " ")
	must(t, err)
	return string(told)
}

// What is said of a score is read strictly; where a plain key was changed, it counts.
func TestSettingsOfAScoreAreReadStrictly(t *testing.T) {
	const begin = `{"timepoints": ["baseline", "day-84"], "days": [0, 84], "measures": [{"name": "wb", "higher_is_better": true, "min": 0, "max": 40, `
	for what, score := range map[string]string{
		"a key that nobody reads": `{"name": "WB", "decimals": 0, "colour": "red"}`,
		"no object":               `7`,
		"no name":                 `{"decimals": 0}`,
		"too many decimals":       `{"name": "WB", "decimals": 9}`,
	} {
		if _, err := exchange.ReadSettings(strings.NewReader(begin + `"score": ` + score + `}]}`)); !fault.Is(err, fault.SettingsInvalid) || !strings.Contains(err.Error(), "as the package has it") {
			t.Errorf("%s: %v", what, err)
		}
	}
	settings, err := exchange.ReadSettings(strings.NewReader(begin + `"rel": 0.8, "score": {"name": "WB", "decimals": 0,
		"reliability": {"coefficient": 0.9, "sd": 4, "source": "A study"}, "bands": [{"about": "how well", "source": "A study", "from": [{"level": 0, "name": "low"}, {"level": 20, "name": "high"}]}]}}]}`))
	must(t, err)
	def, err := settings.Definition("wb", 2)
	must(t, err)
	if sc := def.Scores[0]; *sc.Reliability.Coefficient != 0.8 || sc.Reliability.Source == "A study" || sc.Bands[0].From[1].Level != 2000 {
		t.Errorf("%+v with bands %+v", sc.Reliability, sc.Bands)
	}
}
