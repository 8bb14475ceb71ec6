package intake_test

import (
	"strings"
	"testing"

	"cairn/internal/fault"
	"cairn/internal/intake"
)

// takenAs says what the columns of a sheet are taken as, without the first.
func takenAs(columns []intake.Column) string {
	var all []string
	for _, c := range columns[1:] {
		what := string(c.Takes)
		if c.Takes.Read() {
			what = strings.Join(strings.Fields(what+" "+string(c.Measure)+" "+c.Item+" "+c.Asked+" "+string(c.Occasion)), " ")
		}
		all = append(all, what)
	}
	return strings.Join(all, "; ")
}

// A headed sheet has a reference and these headings, and what they are taken as.
type headed struct{ heads, row, want string }

func (h headed) holds(t *testing.T) {
	t.Run(h.heads, func(t *testing.T) {
		m, err := intake.Guess(open(t, []byte("ID,"+h.heads+"\nG-1,"+h.row+"\nG-2,"+h.row+"\n")), known(t, "Riverside"))
		must(t, err)
		if got := takenAs(m.Sheets[0].Columns); got != h.want {
			t.Errorf("taken as %s, want %s", got, h.want)
		}
	})
}

// Two columns of one measure are its scores at two times where their headings say so,
// or say nothing else. What is worked out from scores, a question of many and an
// earlier score that is told again are none.
func TestColumnsOfOneMeasure(t *testing.T) {
	for _, c := range []headed{
		{"PHQ-9,PHQ-9", "15,9", "score phq9 baseline; score phq9 later"},
		{"PHQ-9 (2),PHQ-9 (1)", "9,15", "score phq9 later; score phq9 baseline"},
		{"PHQ-9 score,PHQ-9 total", "15,9", "score phq9 baseline; score phq9 later"},
		{"Riverside PHQ-9,Riverside PHQ-9", "15,9", "score phq9 baseline; score phq9 later"},
		{"PHQ-9 (2),PHQ-9", "9,15", "score phq9 later; score phq9 baseline"},
		{"PHQ-9 score 2,PHQ-9 score 1", "9,15", "score phq9 later; score phq9 baseline"},
		{"PHQ-9 session 6,PHQ-9 session 1", "9,15", "score phq9 later; score phq9 baseline"},
		{"PHQ-9 Apr 2026,PHQ-9 Jan 2026", "9,15", "score phq9 later; score phq9 baseline"},
		{"PHQ-9 30/03/2026,PHQ-9 05/01/2026", "9,15", "score phq9 later; score phq9 baseline"},
		{"PHQ-9 depression,PHQ-9", "15,9", "score phq9 baseline; score phq9 later"},
		{"PHQ-9,PHQ-9 max", "14,27", "score phq9; nothing"},
		{"Tool,Score,Maximum score", "PHQ-9,14,27", "measure; score; nothing"},
		{"PHQ-9 pre,PHQ-9 level pre,PHQ-9 post", "15,2,9", "score phq9 baseline; nothing; score phq9 later"},
		{"PHQ-9 start,PHQ-9 end,PHQ-9 pre-post,PHQ-9 start - review", "15,9,6,6", "score phq9 baseline; score phq9 end; nothing; nothing"},
		{"PHQ-9,2. Feeling down (PHQ-9)", "15,2", "score phq9; nothing"},
		{"GAD-7 Q1,GAD-7 Q1 comments,CORE-10", "1,fine,9", "nothing; words; score core10"},
		{"CORE-10,6 week PHQ-9 notes", "9,fine", "score core10; words"},
		{"PHQ-9 now,PHQ-9 at referral", "9,15", "score phq9 later; score phq9 baseline"},
		{"PHQ-9 current,PHQ-9 previous", "9,15", "score phq9; nothing"},
		{"Tool,Score,Score (previous)", "PHQ-9,9,15", "measure; score; nothing"},
		{"PHQ-9,PHQ-9 target", "15,5", "score phq9; nothing"},
		{"PHQ-9,PHQ-9 average for service", "15,5", "score phq9; nothing"},
		{"PHQ-9 total,PHQ-9 somatic part", "15,5", "score phq9; nothing"},
		{"PHQ-9 pre,PHQ-9 post,PHQ-9 change (pre - post)", "15,9,6", "score phq9 baseline; score phq9 later; nothing"},
		{"PHQ-9 pre,PHQ-9 post,PHQ-9 severity post", "15,9,6", "score phq9 baseline; score phq9 later; nothing"},
		{"PHQ-9 - interest,PHQ-9 - mood,PHQ-9 - sleep,PHQ-9 total", "1,2,3,15", "nothing; nothing; nothing; score phq9"},
		{"GAD-7 Feeling on edge,GAD-7 Trouble relaxing,CORE-10", "1,2,15", "nothing; nothing; score core10"},
		{"PHQ-9 pre programme,PHQ-9 post programme", "15,9", "score phq9 baseline; score phq9 later"},
		{"Stage,ONS4 anxiety (most of the time 5)", "pre,5", "occasion; answer ons4 anxiety"},
		{"PHQ-9,PHQ-9 reassessment", "15,9", "score phq9; score phq9 later"},
		{"PHQ-9 enrolment,PHQ-9 closed", "15,9", "score phq9 baseline; score phq9 end"},
		{"1. edge [GAD-7],2. worry [GAD-7],3. too much [GAD-7],4. relax [GAD-7],5. restless [GAD-7],6. others [GAD-7],7. afraid of other things [GAD-7]", "1,2,3,0,1,2,3",
			"answer gad7 item-1; answer gad7 item-2; answer gad7 item-3; answer gad7 item-4; answer gad7 item-5; answer gad7 item-6; answer gad7 item-7"},
	} {
		c.holds(t)
	}
}

// A word of time beside a measure says when its score was taken, and heads dates only
// where dates stand below.
func TestScoresByMonth(t *testing.T) {
	for _, c := range []headed{
		{"PHQ-9 baseline,PHQ-9 3 month", "15,9", "score phq9 baseline; score phq9 day-91"},
		{"PHQ-9 baseline,Month 3 PHQ-9", "15,9", "score phq9 baseline; score phq9 day-91"},
		{"PHQ-9 baseline,PHQ-9 on discharge day", "15,9", "score phq9 baseline; score phq9 end"},
		{"PHQ-9 baseline,PHQ-9 when closed", "15,9", "score phq9 baseline; score phq9 end"},
		{"PHQ-9 month,PHQ-9", "Jan 2026,9", "date phq9; score phq9"},
		{"Date,PHQ-9 month,PHQ-9", "2026-01-05,3,9", "date; nothing; score phq9"},
		{"PHQ-9 start,PHQ-9 day of discharge", "15,9", "score phq9 baseline; score phq9 end"},
		{"Date,When PHQ-9 done,PHQ-9", "2026-01-05,start,9", "date; occasion; score phq9"},
		{"Next review date,PHQ-9 pre", "2027-01-05,9", "nothing; score phq9 baseline"},
		{"Discharge date,PHQ-9", "2026-01-05,9", "date end; score phq9"},
		{"Month,PHQ-9 (Patient Health Questionnaire)", "Jan 2026,9", "date; score phq9"},
		{"submitted_at,Patient Activation Measure (PAM) score", "2026-01-05,52.9", "date; score pam"},
		{"Date of review,PHQ-9", "2026-01-05,9", "date; score phq9"},
		{"Date of review,PHQ-9 pre", "2026-01-05,9", "date later; score phq9 baseline"},
		{"Review type,Date,PHQ-9", "Initial,2026-01-05,9", "occasion; date; score phq9"},
		{"\"Overall, how satisfied are you with your life nowadays?\",Date", "7,2026-01-05", "answer ons4 satisfaction; date"},
	} {
		c.holds(t)
	}
}

// A date that names a measure is of its scores and of no others.
func TestDatesOfAMeasure(t *testing.T) {
	for _, c := range []struct{ heads, row, want string }{
		{"GAD-7,GAD-7 date,PHQ-9,PHQ-9 date", "7,01/12/2025,12,05/01/2026", "gad7 7 2025-12-01; phq9 12 2026-01-05"},
		{"Contact date,PHQ-9,GAD-7 date recorded,GAD-7", "05/01/2026,12,01/12/2025,7", "phq9 12 2026-01-05; gad7 7 2025-12-01"},
		{"PHQ-9 baseline,PHQ-9 baseline date,GAD-7 baseline,GAD-7 baseline date", "15,05/01/2026,12,12/01/2026", "phq9 15 2026-01-05 baseline; gad7 12 2026-01-12 baseline"},
		{"PHQ-9 date 1,PHQ-9 1,PHQ-9 date 2,PHQ-9 2", "05/01/2026,15,30/03/2026,9", "phq9 15 2026-01-05 baseline; phq9 9 2026-03-30 later"},
		{"Date of first contact,Date of PHQ-9 1,PHQ-9 1,Date of PHQ-9 2,PHQ-9 2", "01/01/2026,05/01/2026,15,30/03/2026,9", "phq9 15 2026-01-05 baseline; phq9 9 2026-03-30 later"},
		{"PHQ-9,PHQ-9 date,PHQ-9 follow-up,Follow-up date", "15,05/01/2026,9,30/03/2026", "phq9 15 2026-01-05; phq9 9 2026-03-30 later"},
		{"Date of PHQ-9,PHQ-9,Date of review,PHQ-9 review", "05/01/2026,15,30/03/2026,9", "phq9 15 2026-01-05; phq9 9 2026-03-30 later"},
		{"Date seen,PHQ-9,Date of previous PHQ-9,Next PHQ-9 date", "05/01/2026,15,01/12/2025,30/03/2027", "phq9 15 2026-01-05"},
		{"Timepoint,Date,PHQ-9,GAD-7,Date of baseline PHQ-9", "review,30/03/2026,9,7,05/01/2026", "phq9 9 2026-03-30 later; gad7 7 2026-03-30 later"},
		{"PHQ-9 initial,PHQ-9 initial date,PHQ-9 current,PHQ-9 current date", "15,05/01/2026,9,30/03/2026", "phq9 15 2026-01-05 baseline; phq9 9 2026-03-30 later"},
		{"PHQ-9 date 1,PHQ-9 date 2,PHQ-9 1,PHQ-9 2", "05/01/2026,30/03/2026,15,9", "phq9 15 2026-01-05 baseline; phq9 9 2026-03-30 later"},
		{"PHQ-9 start date,PHQ-9 start,PHQ-9 end date,PHQ-9 end", "05/01/2026,15,30/03/2026,9", "phq9 15 2026-01-05 baseline; phq9 9 2026-03-30 end"},
		{"SWEMWBS date,SWEMWBS raw,WEMWBS date,WEMWBS 14", "05/01/2026,20,06/01/2026,50", "swemwbs 20 2026-01-05; wemwbs 50 2026-01-06"},
		{"PHQ-9 score 1,Score 1 date,PHQ-9 score 2,Score 2 date", "15,05/01/2026,9,30/03/2026", "phq9 15 2026-01-05 baseline; phq9 9 2026-03-30 later"},
		{"Date of PHQ-9,PHQ-9 pre,GAD-7 pre", "05/01/2026,15,7", "phq9 15 2026-01-05 baseline; gad7 7 0001-01-01 baseline"},
	} {
		t.Run(c.heads, func(t *testing.T) {
			var got []string
			for _, s := range read(t, "ID,"+c.heads+"\nG-1,"+c.row+"\n", known(t, "Riverside")).at(2).Scores {
				on := s.On.String()
				if s.On.IsZero() {
					on = "0001-01-01"
				}
				got = append(got, strings.TrimSuffix(strings.Join([]string{string(s.Measure), s.Text, on, string(s.Occasion)}, " "), " unstated"))
			}
			if strings.Join(got, "; ") != c.want {
				t.Errorf("%s, want %s", strings.Join(got, "; "), c.want)
			}
		})
	}
}

// Whoever says that a date is one of scores says it of all scores.
func TestDateOfEveryScore(t *testing.T) {
	b := open(t, []byte("ID,Date of PHQ-9,PHQ-9,GAD-7\nG-1,05/01/2026,15,7\n"))
	m, err := intake.Guess(b, known(t, "Riverside"))
	must(t, err)
	if got := takenAs(m.Sheets[0].Columns); got != "date phq9; score phq9; score gad7" {
		t.Errorf("taken as %s", got)
	}
	m, _ = m.Taking(0, 1, intake.Column{Takes: intake.TakesDate})
	if got := takenAs(m.Sheets[0].Columns); got != "date; score phq9; score gad7" {
		t.Errorf("changed it is taken as %s", got)
	}
}

// A file of which nothing can be read says of which columns, and why.
func TestWhyNothingIsRead(t *testing.T) {
	rows := strings.Repeat("G-1,23 / 35,18\n", 12)
	_, err := intake.Guess(open(t, []byte("ID,SWEMWBS pre,SWEMWBS change\n"+rows)), known(t, "Riverside"))
	refused(t, err, fault.FileHeader, "“SWEMWBS pre”, since its cells are no numbers")
	refused(t, err, fault.FileHeader, "“SWEMWBS change”, since it is worked out from scores")
}
