package datapackage_test

import (
	"bytes"
	"encoding/csv"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"cairn/internal/scheme"
)

// loaders are the ways to load a package and work its changes out.
var loaders = map[string][]string{"Python": {"python3", "load.py", "."}, "R": {"Rscript", "load.R", "."}}

// loaded is what a loader prints of the package in a folder.
func loaded(t *testing.T, run []string, folder string) [][]string {
	t.Helper()
	path, err := exec.LookPath(run[0])
	if err != nil {
		t.Fatalf("%s is needed: install it (on Debian: apt-get install python3 r-base-core)", run[0])
	}
	cmd := exec.CommandContext(t.Context(), path, run[1:]...)
	cmd.Dir = folder
	said, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	lines, err := csv.NewReader(bytes.NewReader(said)).ReadAll()
	must(t, err)
	return lines
}

// An interval of one point would claim certainty: where everybody changed alike,
// and of one person, there is none.
func TestLoadersGiveNoIntervalWithoutSpread(t *testing.T) {
	x, from, _ := service(t)
	for what, c := range map[string]struct{ first, others string }{
		"everybody changed alike": {"0.2", "0.2"},
		"one person":              {"0.2", ""},
		"people differ":           {"0.3", "0.2"},
	} {
		folder, files := unpacked(t, x, from)
		lines, err := csv.NewReader(strings.NewReader(files["pairs.csv"])).ReadAll()
		must(t, err)
		column := map[string]int{}
		for i, name := range lines[0] {
			column[name] = i
		}
		kept, to := lines[:1:1], c.first
		for _, line := range lines[1:] {
			if line[column["in_figures"]] == "yes" && line[column["state"]] == "paired" && to != "" {
				line[column["change"]] = to
				kept, to = append(kept, line), c.others
			}
		}
		var changed bytes.Buffer
		must(t, csv.NewWriter(&changed).WriteAll(kept))
		must(t, os.WriteFile(filepath.Join(folder, "pairs.csv"), changed.Bytes(), 0o600))
		for name, run := range loaders {
			t.Run(what+" in "+name, func(t *testing.T) {
				got := loaded(t, run, folder)[1]
				mean, err := strconv.ParseFloat(got[4], 64)
				must(t, err)
				if got[3] != strconv.Itoa(len(kept)-1) || math.Abs(mean-0.2) > 0.1 {
					t.Errorf("%v of %d people", got, len(kept)-1)
				}
				if none := got[5] == "not estimable" && got[6] == "not estimable"; none == (c.first != c.others && c.others != "") {
					t.Errorf("the interval is %s to %s", got[5], got[6])
				}
			})
		}
	}
	_, files := unpacked(t, x, from)
	if !strings.Contains(files["METHODS.txt"], "not estimable") {
		t.Error("the methods do not say when there is no interval")
	}
}

// Where nobody was measured twice, the loaders say so in words.
func TestLoadersSayThatThereIsNoPair(t *testing.T) {
	x, from, _ := service(t)
	for i := range from.subjects {
		for j := range from.subjects[i].Pairs {
			from.subjects[i].Pairs[j].State, from.subjects[i].Pairs[j].Later = scheme.BaselineOnly, nil
		}
	}
	for kind, rows := range map[string]rows{"baselines alone": from, "nobody": {}} {
		folder, _ := unpacked(t, x, rows)
		for _, run := range loaders {
			cmd := exec.CommandContext(t.Context(), run[0], run[1:]...)
			cmd.Dir = folder
			var told bytes.Buffer
			cmd.Stderr = &told
			said, err := cmd.Output()
			table := strings.ReplaceAll(strings.TrimSpace(string(said)), `"`, "")
			if err != nil || table != "scheme,measure,timepoint,n,mean,low,high" || !strings.Contains(told.String(), "There is no pair: ") {
				t.Errorf("%s, %s: %v: %q, %q", kind, run[0], err, said, told.String())
			}
		}
	}
}
