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
	data, got := worked(t, x, files, "pairs.csv")
	spans, err := data.Spans()
	must(t, err)
	want := evidence.Of(spans[0].Score, table) // all that settings say of a score, which is less than the catalogue does
	if table.Flow.Running < 5 || table.Flow.Exits[scheme.ExitDied] != 1 || want.Counts.Paired < 5 {
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
	data, err = exchange.Read(strings.NewReader(files["pairs.csv"]+lines[2]), settings, x.Today)
	must(t, err)
	if len(data.Rejects) != 1 || !fault.Is(data.Rejects[0].Why, fault.AssessmentTwice) {
		t.Errorf("a pair twice: %v", data.Rejects)
	}
}

// text is a finding as it is told.
func text(t *testing.T, f evidence.Finding) string {
	t.Helper()
	told, err := json.MarshalIndent(f, "", " ")
	must(t, err)
	return string(told)
}
