package exchange_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"cairn/internal/exchange"
)

const twoMeasures = "person_id,scheme,swb.pre,swb.post,steps.pre,steps.post\n"

// told is the report of a file, in lines of at most 100 characters.
func told(t *testing.T, d *exchange.Data) string {
	t.Helper()
	r, err := d.Evaluate()
	if err != nil {
		t.Fatal(err)
	}
	r.Reasons = "why.csv"
	var out bytes.Buffer
	if err := r.WriteText(&out); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(out.String()) {
		if n := len([]rune(line)) - 1; n > 100 {
			t.Errorf("%d characters: %s", n, line)
		}
	}
	return out.String()
}

// running is text without its line breaks and columns.
func running(text string) string { return strings.Join(strings.Fields(text), " ") }

// What was not taken, what was said twice and dates that run backwards are told
// before any figure, in rows or in scores as the file has them.
func TestWriteText_WhatBecameOfTheFile(t *testing.T) {
	for name, c := range map[string]struct {
		data *exchange.Data
		want []string
		json string
	}{
		"nothing to tell": {wide(t, twoMeasures+"Ann,Riverside,18,22,,\n"), nil, `{"rows":0,"scores":0} 0 0`},
		"one score":       {wide(t, twoMeasures+"Ann,Riverside,18,22,,\nBo,Riverside,18,99,,\n"), []string{"1 score was not taken; whoever has no other score there counts as lost or without a baseline. Why: why.csv"}, `{"rows":0,"scores":1} 0 0`},
		"scores that contradict each other": {wide(t, twoMeasures+"Ann,Riverside,18,22,,\nBo,Riverside,18,,,\nBo,Riverside,19,,,\n"),
			[]string{"2 scores were not taken;"}, `{"rows":0,"scores":2} 0 0`},
		"rows and a score": {wide(t, twoMeasures+"Ann,Riverside,18,22,,\nBo,Riverside,18,low,,\n,Riverside,18,22,,\n,,18,22,,\n"),
			[]string{"2 rows and 1 score were not taken; whoever has no other score there counts as lost or without a baseline, and whoever is in no other row is not counted. Why: why.csv"}, `{"rows":2,"scores":1} 0 0`},
		"a score again": {wide(t, twoMeasures+"Ann,Riverside,18,22,,\nAnn,Riverside,18,,,\n"), []string{"1 score is said again by a later row and was counted once."}, `{"rows":0,"scores":0} 1 0`},
		"rows again": {long(t, "Ann,Riverside,swb,pre,0,2026-01-05,18\nAnn,Riverside,swb,pre,0,2026-01-05,18\nAnn,Riverside,swb,pre,0,2026-01-05,18\nAnn,Riverside,swb,post,84,2026-01-04,20\nBo,Riverside,swb,post,84,2026-01-04,99\n"),
			[]string{"1 row was not taken;", "2 rows say again what an earlier row said and were counted once.", "1 pair has a later score that is dated on the day of the baseline or before it."}, `{"rows":1,"scores":0} 2 1`},
	} {
		t.Run(name, func(t *testing.T) {
			text := running(told(t, c.data))
			before, _, found := strings.Cut(text, "swb, pre to post")
			if !found {
				t.Fatalf("no figures: %s", text)
			}
			for _, want := range c.want {
				if !strings.Contains(before, want) {
					t.Errorf("%q is not said before the figures: %s", want, before)
				}
			}
			if len(c.want) == 0 && strings.Contains(before, "not taken") || strings.Contains(before, "counted once") != strings.Contains(strings.Join(c.want, ""), "counted once") {
				t.Errorf("it says too much: %s", before)
			}
			r, err := c.data.Evaluate()
			if err != nil {
				t.Fatal(err)
			}
			var raw bytes.Buffer
			if err := r.WriteJSON(&raw); err != nil {
				t.Fatal(err)
			}
			var top struct {
				Rejected          json.RawMessage
				Repeats, Backward json.Number
			}
			if err := json.Unmarshal(raw.Bytes(), &top); err != nil {
				t.Fatal(err)
			}
			var tight bytes.Buffer
			if err := json.Compact(&tight, top.Rejected); err != nil {
				t.Fatal(err)
			}
			if got := tight.String() + " " + top.Repeats.String() + " " + top.Backward.String(); got != c.json {
				t.Errorf("JSON has %s, want %s", got, c.json)
			}
		})
	}
}

// One person's change is no mean, neither in the sentence nor below it.
func TestWriteText_OnePerson(t *testing.T) {
	text := told(t, wide(t, twoMeasures+"Ann,Riverside,18,22,,\nBo,Riverside,20,,,\n"))
	for _, number := range []string{"Mean  ", "Median", "Typical change", "Correlation", "22.0", "+4.0"} {
		if strings.Contains(text, number) {
			t.Errorf("it gives %q of one person:\n%s", number, text)
		}
	}
	for _, kept := range []string{"so no mean is given", "Measured twice", "1 of 2 (50%)", "Cautions", "Tipping point"} {
		if !strings.Contains(text, kept) {
			t.Errorf("it lacks %q:\n%s", kept, text)
		}
	}
}

// Where nobody was measured again there is nobody to hold the lost against.
func TestWriteText_NobodyMeasuredAgain(t *testing.T) {
	text := told(t, wide(t, twoMeasures+"Ann,Riverside,27,,,\nBo,Riverside,27,,,\n"))
	line := ""
	for l := range strings.Lines(text) {
		if strings.Contains(l, "The lost began at") {
			line = running(l)
			break
		}
	}
	if line != "The lost began at 27.0" {
		t.Errorf("%q:\n%s", line, text)
	}
	one := running(told(t, wide(t, twoMeasures+"Ann,Riverside,18,22,,\nBo,Riverside,20,,,\n")))
	if !strings.Contains(one, "The lost began at 20.0, those measured again at 18.0 (difference +2.0)") {
		t.Errorf("one person: %s", one)
	}
}

// However long names are, lines are not, and names that begin alike are told
// apart by their ends.
func TestWriteText_LongNames(t *testing.T) {
	spaced, solid := strings.Repeat("Riverside ", 19)+"Riverside", strings.Repeat("é", 198)
	rows := ""
	for i, name := range []string{spaced, solid + "-1", solid + "-2"} {
		for j, scores := range []string{"18,22,,", "20,25,,", "19,18,,", "22,,,"} {
			rows += string(rune('A'+4*i+j)) + "," + name + "," + scores + "\n"
		}
	}
	d := wide(t, twoMeasures+rows)
	d.Settings.Name = solid
	d.Settings.Compare = []exchange.Comparison{{By: "scheme", Ref: spaced}}
	text := told(t, d)
	for _, want := range []string{"é…ééé", "é-1  ", "é-2  ", "Compared by scheme"} {
		if !strings.Contains(text, want) {
			t.Errorf("it lacks %q:\n%s", want, text)
		}
	}
	pool, err := exchange.ReadEstimates(strings.NewReader("study,yi,vi\n" + spaced + ",2.1,0.4\n" + solid + ",-4,0.3\nCora,9.5,0.8\n"))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := pool.Pool().WriteText(&out); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(out.String()) {
		if n := len([]rune(line)) - 1; n > 100 {
			t.Errorf("the pool: %d characters: %s", n, line)
		}
	}
}

// Where all scores lie on one line, the correlation says so beside the number.
func TestWriteText_OnOneLine(t *testing.T) {
	const same = "Ann,Riverside,18,18,,\nBo,Riverside,20,20,,\nCy,Riverside,23,23,,\nDi,Riverside,25,"
	for last, want := range map[string]bool{"25": true, "30": false} {
		if got := running(told(t, wide(t, twoMeasures+same+last+",,\n"))); strings.Contains(got, "Correlation 1.00, since all scores lie on one straight line: no certainty") != want {
			t.Errorf("Di came to %s: %s", last, got)
		}
	}
}
