package measure_test

import "testing"

// A score of one scale among several says what the scale is about; others are as
// they were.
func TestTitled(t *testing.T) {
	d := bundled(t, "austoms-ot")
	s, _ := d.Score("austoms-ot-7-activity")
	if got := d.Titled(s); got != d.Short+", Scale 7: self-care: activity" {
		t.Errorf("titled %q", got)
	}
	d = bundled(t, "ons4")
	for _, s := range d.Scores {
		if got := d.Titled(s); got != s.Name {
			t.Errorf("titled %q, was %q", got, s.Name)
		}
	}
}
