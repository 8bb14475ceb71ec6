package intake_test

import (
	"testing"

	"cairn/internal/intake"
	"cairn/internal/scheme"
)

// A column of dates whose cells are occasions says those, and one that names a
// referral over dates says its day.
func TestColumnsByTheirCells(t *testing.T) {
	k := known(t, "Riverside")
	for _, heading := range []string{"When", "Date"} {
		d := read(t, "ID,Completed on,"+heading+",PHQ-9\nG-1,05/01/2026,Baseline,9\nG-1,05/04/2026,12 weeks,7\nG-2,05/04/2026,Baseline,7\nG-3,05/04/2026,someday,7\n", k)
		d.wants(t, "2 accepted\n3 accepted\n4 accepted\n5 review occasion is not known")
		if c := d.mapping.Sheets[0].Columns[2]; c.Takes != intake.TakesOccasion || d.at(3).Scores[0].Occasion != scheme.FixedTime(84) || d.at(3).Scores[0].On != day("2026-04-05") {
			t.Errorf("%s: %+v, %+v", heading, c, d.at(3).Scores)
		}
	}
	d := read(t, "ID,Date,Stage,When,PHQ-9\nG-1,05/01/2026,pre,Baseline,9\n", k)
	if c := d.mapping.Sheets[0].Columns; c[2].Takes != intake.TakesOccasion || c[3].Takes.Read() {
		t.Errorf("a column that is headed as the occasion goes before: %+v", c)
	}
	for heading, want := range map[string]intake.Takes{"Referred": intake.TakesReferred, "Referral": intake.TakesReferred, "Referral accepted": intake.TakesNothing, "Something": intake.TakesNothing} {
		d := read(t, "ID,"+heading+",Date,PHQ-9\nG-1,01/01/2026,05/01/2026,9\nG-2,02/01/2026,05/01/2026,9\nG-3,,05/01/2026,9\n", k)
		if c := d.mapping.Sheets[0].Columns[1]; c.Takes != want {
			t.Errorf("%+v", c)
		}
	}
	if c := read(t, "ID,Referral,Date,PHQ-9\nG-1,self,05/01/2026,9\n", k).mapping.Sheets[0].Columns[1]; c.Takes.Read() {
		t.Errorf("%+v", c)
	}
}
