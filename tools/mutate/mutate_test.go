package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The tests of the sample notice every change but one that makes no difference,
// which is named with its place.
func TestRun(t *testing.T) {
	var out strings.Builder
	args := []string{"-module", "testdata/sample", "."}
	if err := run(args, &out); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	want := []string{
		"sample.go:30:5: not noticed: a > b becomes a >= b",
	}
	if len(lines) != len(want)+1 {
		t.Fatalf("printed\n%s", out.String())
	}
	for i, line := range want {
		if lines[i] != line {
			t.Errorf("line %d: %q, want %q", i+1, lines[i], line)
		}
	}
	if last := lines[len(want)]; !strings.HasPrefix(last, ".: 42 of 43 changes noticed, 97.7% (43 possible, 0 not tried as explained, 0 refused by the compiler, ") {
		t.Errorf("closing line %q", last)
	}
	if err := run(append([]string{"-least", "98"}, args...), &out); !errors.Is(err, errTooFew) {
		t.Errorf("98%% wanted: %v", err)
	}
}

// What a page explains is not tried, and what an earlier run printed is tried
// alone.
func TestRun_Known(t *testing.T) {
	page := filepath.Join(t.TempDir(), "page.md")
	if err := os.WriteFile(page, []byte("| file | change | why |\n|---|---|---|\n| `sample.go` | `a > b becomes a >= b` | the same where they are equal |\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	before := filepath.Join(t.TempDir(), "before.txt")
	if err := os.WriteFile(before, []byte("sample.go:99:5: not noticed: a > b becomes a >= b\nsample.go:20:1: not noticed: gone since\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		flag, file, want string
	}{
		{"-explained", page, ".: 42 of 42 changes noticed, 100.0% (43 possible, 1 not tried as explained, "},
		{"-again", before, ".: 0 of 1 changes noticed, 0.0% (43 possible, 0 not tried as explained, "},
	} {
		var out strings.Builder
		if err := run([]string{c.flag, c.file, "-module", "testdata/sample", "."}, &out); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(out.String(), c.want) {
			t.Errorf("%s: printed\n%s", c.flag, out.String())
		}
	}
}

// A sample hangs on its seed and is no larger than asked for.
func TestSampled(t *testing.T) {
	var all []site
	for id := range 100 {
		all = append(all, site{id: id + 1})
	}
	one, again, other := sampled(all, options{sample: 5, seed: 1}), sampled(all, options{sample: 5, seed: 1}), sampled(all, options{sample: 5, seed: 2})
	if len(one) != 5 || one[0].id >= one[4].id {
		t.Fatalf("sample %v", one)
	}
	same, differ := true, false
	for i := range one {
		same, differ = same && one[i] == again[i], differ || one[i] != other[i]
	}
	if !same || !differ {
		t.Errorf("seed 1: %v and %v, seed 2: %v", one, again, other)
	}
	if len(sampled(all, options{})) != 100 {
		t.Error("no sample was asked for")
	}
}

// Tests that are red before anything is changed would notice everything.
func TestRun_RedTests(t *testing.T) {
	t.Setenv("SAMPLE_RED", "1")
	if err := run([]string{"-module", "testdata/sample", "."}, &strings.Builder{}); err == nil || !strings.Contains(err.Error(), "before anything is changed") {
		t.Errorf("error %v", err)
	}
}
