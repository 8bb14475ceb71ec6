package exchange_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cairn/internal/exchange"
)

// Time points are taken by their name. Where the dates say otherwise the scores
// are paired all the same, and counted.
func TestReadLong_Backward(t *testing.T) {
	for _, c := range []struct {
		name, rows string
		pairs      int
		at         []int
	}{
		{"in order", "Ann,Riverside,swb,pre,0,2026-01-05,18\nAnn,Riverside,swb,post,84,2026-01-06,20\n", 0, nil},
		{"the same day", "Ann,Riverside,swb,pre,0,2026-01-05,18\nAnn,Riverside,swb,post,84,2026-01-05,20\n", 1, []int{3}},
		{"before, and first in the file", "Ann,Riverside,swb,post,84,2026-01-04,20\nAnn,Riverside,swb,pre,0,2026-01-05,18\n", 1, []int{2}},
		{"both later ones", "Ann,Riverside,swb,pre,0,2026-03-05,18\nAnn,Riverside,swb,post,84,2026-01-05,20\nAnn,Riverside,swb,later,84,2026-01-07,20\n", 2, []int{3, 4}},
		{"without a baseline", "Ann,Riverside,swb,post,84,2026-01-04,20\n", 0, nil},
		{"of another measure, person or scheme", "Ann,Riverside,swb,pre,0,2026-03-05,18\nAnn,Riverside,steps,post,84,2026-01-04,20\n" +
			"Bo,Riverside,swb,post,84,2026-01-04,20\nAnn,Hilltop,swb,post,84,2026-01-04,20\n", 0, nil},
		{"of another measure that is backward too", "Ann,Riverside,steps,pre,0,2026-01-05,18\nAnn,Riverside,steps,post,84,2026-01-04,20\n", 1, []int{3}},
		{"one that does not count", "Ann,Riverside,swb,pre,0,2026-03-05,18\nAnn,Riverside,swb,post,84,2026-01-04,20\nAnn,Riverside,swb,post,84,2026-01-04,21\n", 0, nil},
	} {
		d := long(t, c.rows)
		if d.Backward != c.pairs || !slices.Equal(d.BackwardAt, c.at) {
			t.Errorf("%s: %d backward, on lines %v; want %d on %v", c.name, d.Backward, d.BackwardAt, c.pairs, c.at)
		}
	}
}

// People who are not listed are no pair, and only the first lines are kept.
func TestReadPeople_Backward(t *testing.T) {
	var rows strings.Builder
	people := "person_id,scheme\n"
	for i := range 30 {
		fmt.Fprintf(&rows, "P%d,Riverside,swb,pre,0,2026-03-05,18\nP%d,Riverside,swb,post,84,2026-01-04,20\n", i, i)
		if i%2 == 0 {
			people += fmt.Sprintf("P%d,Riverside\n", i)
		}
	}
	d := long(t, rows.String())
	if d.Backward != 30 || len(d.BackwardAt) != 10 {
		t.Errorf("%d backward, %d lines; want 30 and 10", d.Backward, len(d.BackwardAt))
	}
	if err := d.ReadPeople(strings.NewReader(people)); err != nil {
		t.Fatal(err)
	}
	if d.Backward != 15 || d.BackwardAt[1] != 7 {
		t.Errorf("%d backward on lines %v, want 15, the second on line 7", d.Backward, d.BackwardAt)
	}
	w, err := exchange.Read(strings.NewReader("person_id,scheme,swb.pre,swb.post,steps.pre,steps.post\nAnn,Riverside,18,20,,\n"), wellbeing(t), today(t))
	if err != nil || w.Backward != 0 {
		t.Errorf("a wide file has no dates: %d backward, %v", w.Backward, err)
	}
}
