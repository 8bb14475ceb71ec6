package main

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// The files of one number of rows are always the same, and hold the same scores.
func TestFiles(t *testing.T) {
	contents := func() (all [3]string) {
		f := filesIn(t.TempDir())
		if err := f.write(1000); err != nil {
			t.Fatal(err)
		}
		for i, path := range []string{f.long, f.people, f.wide} {
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			all[i] = string(raw)
		}
		return all
	}
	first := contents()
	if first != contents() {
		t.Error("a second time gave other files")
	}
	if n := strings.Count(first[0], "\n"); n != 1001 {
		t.Errorf("%d lines in the long file, want 1000 rows and a header", n)
	}
	scores := func(text string, columns int) (all []string) {
		for _, line := range strings.Split(strings.TrimSpace(text), "\n")[1:] {
			for _, cell := range strings.Split(line, ",")[columns:] {
				if cell != "" {
					all = append(all, cell)
				}
			}
		}
		return all
	}
	if long, wide := scores(first[0], 6), scores(first[2], 3); !slices.Equal(long, wide) {
		t.Errorf("%d scores in the long file and %d others in the wide one", len(long), len(wide))
	}
	if people, wide := strings.Count(first[1], "\n"), strings.Count(first[2], "\n"); people != wide {
		t.Errorf("%d people listed, %d in the wide file", people, wide)
	}
}

func TestMeasure(t *testing.T) {
	runs, err := inTurn(2, []string{"sleep", "0.05"}, []string{"true"})
	if err != nil {
		t.Fatal(err)
	}
	if len(runs[0]) != 2 || len(runs[1]) != 2 || runs[0][0].wall < 50*time.Millisecond || runs[0][0].peak == 0 {
		t.Errorf("%+v", runs)
	}
	if _, err := inTurn(1, []string{"false"}); err == nil {
		t.Error("a command that failed was counted")
	}
}

func TestSpread(t *testing.T) {
	if s := spreadOf([]float64{3, 1, 2}); s != (spread[float64]{1, 2, 3}) {
		t.Errorf("%+v", s)
	}
	if s := spreadOf([]float64{4, 3, 1, 2}); s.median != 2 {
		t.Errorf("%+v", s)
	}
	second := []run{{wall: time.Second}, {wall: 2 * time.Second}}
	if r := ratios([]run{{wall: 10 * time.Second}, {wall: 10 * time.Second}}, second); !slices.Equal(r, []float64{10, 5}) {
		t.Errorf("%v", r)
	}
}

func TestPage(t *testing.T) {
	inside, err := readWithin(strings.NewReader("goos: linux\npkg: cairn/internal/stat\nBenchmarkREML-2   \t     500\t   2451234 ns/op\t 12 B/op\nBenchmarkOf/big-2  1  5.5 ns/op\nPASS\n"))
	if err != nil {
		t.Fatal(err)
	}
	if want := []within{{"stat", "REML", 2451234}, {"stat", "Of/big", 5}}; !slices.Equal(inside, want) {
		t.Errorf("%v, want %v", inside, want)
	}
	one := []run{{wall: 200 * time.Millisecond, peak: 120e6}}
	p := page{rows: 1_000_000, rounds: 1, pairs: 10_000_000, command: "make bench", peer: []run{{wall: 3 * time.Second, peak: 250e6}}, long: one, people: one, wide: one, within: inside}
	var out bytes.Buffer
	if err := p.write(&out); err != nil {
		t.Fatal(err)
	}
	for _, says := range []string{"1,000,000 rows", "| R, `evidence.R long.csv` | 3.00 (3.00 to 3.00) | 250 MB |", "R takes 15.0 times as long", "Export is 10,000,000 pairs as CSV", "| stat | REML | 2.4512ms |"} {
		if !strings.Contains(out.String(), says) {
			t.Errorf("the page does not say %q:\n%s", says, out.String())
		}
	}
	host, err := os.Hostname()
	if err == nil && len(host) > 3 && strings.Contains(out.String(), host) {
		t.Errorf("the page names the machine")
	}
}
