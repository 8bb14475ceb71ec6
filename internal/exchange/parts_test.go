package exchange

import (
	"fmt"
	"strings"
	"testing"
)

// Many time points of which a file has few must not take memory for each.
func TestSteps_TimesWithoutScores(t *testing.T) {
	s := Settings{Measures: []MeasureSettings{{Name: "m"}}}
	for i := range 500 {
		s.Timepoints, s.Days = append(s.Timepoints, fmt.Sprint("t", i)), append(s.Days, i)
	}
	d, err := ReadWide(strings.NewReader("person_id,scheme,m.t0,m.t7\nAnn,Riverside,3,5\nBo,Riverside,4,\n"), s)
	if err != nil {
		t.Fatal(err)
	}
	kept := map[*int64]bool{}
	of := d.steps(0).of
	for _, steps := range of {
		kept[&steps[0]] = true
	}
	if len(kept) != 3 {
		t.Errorf("%d rows of steps are kept, want two and one of nothing", len(kept))
	}
	if got := fmt.Sprint(of[0], of[7], of[8]); got != "[1 2] [3 0] [0 0]" {
		t.Errorf("steps %s", got)
	}
	spans, err := d.Spans()
	if err != nil {
		t.Fatal(err)
	}
	with, without := spans[6].Overall.Flow, spans[7].Overall.Flow
	if len(spans) != 499 || with.Paired != 1 || without.Paired != 0 || without.Due != 2 {
		t.Errorf("%d spans; %+v, then %+v", len(spans), with, without)
	}
}
