package intake_test

import (
	"strings"
	"testing"

	"cairn/internal/intake"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// moments are the days and levels of a row's scores.
func moments(v intake.Verdict) string {
	var all []string
	for _, s := range v.Scores {
		all = append(all, s.On.String()+" "+s.Text)
	}
	return strings.Join(all, ", ")
}

// A row that holds three times and more has a date for each: a score is never of
// the day of another one, however the times are called.
func TestSeveralTimesInARow(t *testing.T) {
	const cells = "\nS-1,10/01/2026,18,04/04/2026,N/A,20/06/2026,22\nS-2,10/01/2026,18,04/04/2026,20,20/06/2026,20\nS-3,10/01/2026,18,,,20/06/2026,22\n"
	for _, heading := range []string{
		"Ref,T1 date,T1 PHQ-9,T2 date,T2 PHQ-9,T3 date,T3 PHQ-9",
		"Ref,Visit 1 date,PHQ-9 visit 1,Visit 2 date,PHQ-9 visit 2,Visit 3 date,PHQ-9 visit 3",
		"Ref,Baseline date,PHQ-9 baseline,Review 1 date,PHQ-9 review 1,Review 2 date,PHQ-9 review 2",
		"Ref,Baseline date,PHQ-9 baseline,1st follow-up date,PHQ-9 1st follow-up,2nd follow-up date,PHQ-9 2nd follow-up",
		"Ref,Date pre,PHQ-9 pre,Review date,PHQ-9 review,Review date,PHQ-9 review",
		"Ref,Date,PHQ-9,Date,PHQ-9,Date,PHQ-9",
	} {
		d := read(t, heading+cells, known(t, "Riverside"))
		for line, want := range map[int]string{
			2: "2026-01-10 18, 2026-06-20 22", 3: "2026-01-10 18, 2026-04-04 20, 2026-06-20 20", 4: "2026-01-10 18, 2026-06-20 22",
		} {
			if v := d.at(line); v.Outcome != intake.Accepted || moments(v) != want {
				t.Errorf("%s: line %d: %s %s (%s), want %s", heading, line, v.Outcome, moments(v), v.Reason, want)
			}
		}
	}
	d := read(t, "Ref,Date pre,Date review,Date review,PHQ-9 pre,PHQ-9 review,PHQ-9 review\nS-1,10/01/2026,04/04/2026,20/06/2026,18,,22\n", known(t, "Riverside"))
	if got := moments(d.at(2)); got != "2026-01-10 18, 2026-06-20 22" {
		t.Errorf("dates apart from their scores: %s", got)
	}
	d = read(t, "Ref,T1 date,T1 raw SWEMWBS,T2 date,T2 raw SWEMWBS,T2 metric SWEMWBS,T3 date,T3 metric SWEMWBS\nS-1,10/01/2026,18,04/04/2026,20,18.59,20/06/2026,21.54\n", known(t, "Riverside"))
	if got := moments(d.at(2)); got != "2026-01-10 18, 2026-04-04 20, 2026-06-20 21.54" {
		t.Errorf("converted scores: %s", got)
	}
}

// Without dates, the first and the last of a row are kept, and that is said.
func TestSeveralTimesWithoutDates(t *testing.T) {
	d := read(t, "Ref,T1 PHQ-9,T2 PHQ-9,T3 PHQ-9\nS-1,18,14,9\nS-2,18,14,\nS-3,18,,9\n", known(t, "Riverside"))
	d.wants(t, "2 accepted without dates only first and last pair\n3 accepted\n4 accepted")
	if v := d.at(2); len(v.Scores) != 2 || v.Scores[1].Text != "9" || v.Scores[1].Occasion != scheme.Later {
		t.Errorf("%+v", v)
	}
	if v := d.at(3); len(v.Scores) != 2 || v.Scores[1].Text != "14" {
		t.Errorf("%+v", v)
	}
	if s := d.summary; s.Between != 1 || s.Undated != 6 || s.Pairs != 3 || s.Scores != 6 {
		t.Errorf("%+v", s)
	}
}

// A total beside the answers that make it says nothing new; one that they do not
// make contradicts them.
func TestAnswersWithTheirTotal(t *testing.T) {
	d := read(t, "ID,Date,SWEMWBS Q1,SWEMWBS Q2,SWEMWBS Q3,SWEMWBS Q4,SWEMWBS Q5,SWEMWBS Q6,SWEMWBS Q7,SWEMWBS raw total\n"+
		"G-1,05/01/2026,3,3,3,4,3,3,3,22\n"+
		"G-2,05/01/2026,3,3,3,4,3,3,3,23\n"+
		"G-3,05/01/2026,,,,,,,,23\n"+
		"G-4,05/01/2026,3,3,,4,3,3,3,22\n", known(t, "Riverside"))
	d.wants(t, "2 accepted\n3 conflict answers of the row do not make the score\n4 accepted\n5 rejected Answer every question")
	if v := d.at(2); len(v.Scores) != 1 || len(v.Scores[0].Answers) != 7 {
		t.Errorf("%+v", v)
	}
	if v := d.at(3); len(v.Scores) != 0 {
		t.Errorf("%+v", v)
	}
	if v := d.at(5); len(v.Scores) != 1 || v.Scores[0].Text != "22" {
		t.Errorf("%+v", v)
	}
}

// A row with two scores of one day says so of itself, and of no other row.
func TestRowThatContradictsItself(t *testing.T) {
	d := read(t, "Ref,T2 date,T2 PHQ-9,T3 date,T3 PHQ-9\nS-1,04/04/2026,18,04/04/2026,14\nS-2,04/04/2026,18,04/04/2026,18\n", known(t, "Riverside"))
	d.wants(t, "2 conflict the row says two things of one day\n3 accepted The row also says again")
}

// A dry run holds answers against those that are here, each against its own.
func TestAnswersThatAreHere(t *testing.T) {
	k := known(t, "Riverside")
	kept := func(series measure.Series, level measure.Level) intake.Kept {
		return intake.Kept{Reference: "S-1", Scheme: "Riverside", Measure: "ons4", Occasion: scheme.Baseline, Dated: intake.ByDay, On: day("2026-01-05"), Series: series, Level: level}
	}
	k.Kept = func(fn func(intake.Kept) error) error {
		must(t, fn(kept("ons4-happiness", 6)))
		return fn(kept("ons4-anxiety", 3))
	}
	for cells, want := range map[string]string{
		"6,3,": "2 here", "9,3,": "2 conflict something else is kept", "6,9,": "2 conflict something else is kept", "6,3,5": "2 conflict something else is kept",
	} {
		read(t, "Ref,Date,ONS happiness,ONS anxiety,ONS worthwhile\nS-1,05/01/2026,"+cells+"\n", k).wants(t, want)
	}
}
