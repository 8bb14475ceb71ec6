package intake_test

import (
	"strings"
	"testing"

	"cairn/internal/intake"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// readAs says what a column of a file is read as: its item, series or question.
func readAs(c intake.Column) string {
	switch {
	case !c.Takes.Read():
		return "left out"
	case c.Item != "":
		return string(c.Measure) + " " + c.Item
	case c.Asked != "":
		return "asked " + c.Asked
	}
	return string(c.Series)
}

// A heading is read as a measure where it names that one: a number that belongs to a
// name, how many questions there are, or a word beside a plain one can name another
// instrument.
func TestHeadingsOfOtherInstruments(t *testing.T) {
	for heading, want := range map[string]string{
		"UCLA-8": "left out", "UCLA-20 pre": "left out", "UCLA 8 item": "left out", "8 item UCLA total": "left out", "UCLA loneliness 20": "left out", "UCLA-8 total": "left out", "UCLA-R": "left out",
		"PHQ-8": "left out", "PHQ-15 score": "left out", "PHQ15": "left out", "PHQ-8 week 6": "left out", "GAD-3": "left out", "WEMWBS 12 item": "left out", "SWEMWBS 14": "left out", "De Jong Gierveld 11": "left out",
		"PHQ-2": "phq4-depression", "PHQ2 pre": "phq4-depression", "GAD-2": "phq4-anxiety", "PHQ-4": "asked phq4",
		"HADS anxiety": "left out", "Anxiety (HADS)": "left out", "HADS-A anxiety score": "left out", "Social anxiety": "left out", "Anxiety and depression": "left out", "Oxford happiness": "left out",
		"Emotional loneliness": "left out", "Campaign to End Loneliness pre": "left out", "YP-CORE 10": "left out", "PHQ-9 and GAD-7 total": "left out", "EQ-5D anxiety": "left out",

		"PHQ-9 risk item": "left out", "CORE-10 risk": "left out", "UCLA LS3": "left out",

		"UCLA": "ucla3", "UCLA-3": "ucla3", "UCLA 3 item total": "ucla3", "3-item UCLA loneliness": "ucla3", "UCLA Loneliness (post)": "ucla3", "UCLA 3 months": "ucla3", "UCLA three-item loneliness scale": "ucla3",
		"PHQ": "phq9", "PHQ-9 depression score": "phq9", "PHQ9 week 12": "phq9", "PHQ-9 6 weeks": "phq9", "PHQ-9 2026": "phq9", "PHQ-9 review 2": "phq9", "Allotment PHQ-9": "phq9", "1. PHQ-9": "phq9", "PHQ-9 (0-27)": "phq9", "PHQ-9 out of 27": "phq9",
		"GAD-7 anxiety": "gad7", "Anxiety (GAD-7)": "gad7", "De Jong Gierveld 6 items": "asked djg6",
		"Anxiety pre": "ons4 anxiety", "ONS anxiety": "ons4 anxiety", "ONS4: Anxiety (0-10)": "ons4 anxiety", "How anxious did you feel yesterday?": "ons4 anxiety", "T1 anxious": "ons4 anxiety", "Wellbeing: happy": "ons4 happiness", "Overall life satisfaction": "ons4 satisfaction", "Anxiety score": "ons4 anxiety",
		"Overall how anxious did you feel yesterday (0 is not at all and 10 is completely)": "ons4 anxiety", "PHQ-9 15/04/2025": "phq9", "GAD anxiety": "gad7", "Loneliness: UCLA": "ucla3", "Over the last 2 weeks: feeling nervous or anxious": "left out",
		"ONS4 Life satisfaction (12 weeks)": "ons4 satisfaction", "ONS-4 Life Satisfaction": "ons4 satisfaction", "ONS4 - satisfied with life pre": "ons4 satisfaction", "ONS 4: worthwhile": "ons4 worthwhile",
		"ONS4 happy yesterday": "ons4 happiness", "Life satisfaction ONS4 baseline": "ons4 satisfaction", "ONS4 Wellbeing - Anxiety (post)": "ons4 anxiety", "ONS4 total": "left out",
		"Loneliness pre": "asked ucla3-or-ons-loneliness", "SWEMWBS 7 item raw": "swemwbs-raw", "WEMWBS (14 items)": "wemwbs", "WHO-5 raw": "who5-raw", "PAM-13": "asked pam",
	} {
		t.Run(heading, func(t *testing.T) {
			m, err := intake.Guess(open(t, []byte("ID,Date,"+strings.ReplaceAll(heading, ",", " ")+",CORE-10\nG-1,2026-01-05,2,9\nG-2,2026-01-05,3,9\n")), known(t, "Riverside"))
			must(t, err)
			if got := readAs(m.Sheets[0].Columns[2]); got != want {
				t.Errorf("it is read as %s, want %s: %+v", got, want, m.Sheets[0].Columns[2])
			}
		})
	}
}

// Where a cell names the measure, another instrument is nobody's, and its row waits.
func TestCellsOfOtherInstruments(t *testing.T) {
	k := known(t, "Riverside")
	for says, want := range map[string]string{
		"UCLA-8": "2 review measure is not known", "UCLA-20": "2 review", "UCLA 8 item": "2 review", "PHQ-15": "2 review", "HADS anxiety": "2 review", "Campaign to End Loneliness": "2 review",
		"UCLA-3": "2 accepted", "PHQ 9": "2 accepted", "PHQ-2": "2 accepted", "gad2": "2 accepted", "ONS4 happiness": "2 accepted",
	} {
		read(t, "ID,Date,Stage,Tool,Score\nG-1,2026-01-05,pre,"+says+",5\n", k).wants(t, want)
	}
	if one := read(t, "ID,Date,Tool,Score\nG-1,2026-01-05,GAD-2,5\n", k).at(2).Scores; len(one) != 1 || one[0].Series != "phq4-anxiety" {
		t.Errorf("%+v", one)
	}
	_, err := intake.Guess(open(t, []byte("ID,Date,MSPSS score,PHQ-9 done\nG-1,2026-01-05,5,yes\n")), k)
	if err == nil {
		t.Error("the score of an instrument that nobody knows is read as one")
	}
}

// The words of a measure's own name say nothing of when it was answered.
func TestNamesSayNoOccasion(t *testing.T) {
	k := known(t, "Riverside")
	own := k.Measures[0]
	for _, d := range k.Measures {
		if d.Key == "phq9" {
			own = d
		}
	}
	own.Key, own.Name, own.Short = "campaign", "Campaign to End Loneliness measurement tool", "Campaign to End Loneliness"
	own.Scores = append([]measure.Score{}, own.Scores...)
	own.Scores[0].Series = "campaign"
	k.Measures = append(k.Measures, own)
	d := read(t, "Ref,Campaign to End Loneliness pre date,Campaign to End Loneliness pre,Post date,Campaign to End Loneliness post\nS-1,05/01/2026,9,05/04/2026,7\n", k)
	d.wants(t, "2 accepted")
	for at, want := range map[int]scheme.Occasion{1: scheme.Baseline, 2: scheme.Baseline, 3: scheme.Later, 4: scheme.Later} {
		if c := d.mapping.Sheets[0].Columns[at]; c.Occasion != want {
			t.Errorf("%+v, want %s", c, want)
		}
	}
	d = read(t, "Ref,PHQ-9 week 12,PHQ-9 pre\nS-1,5,9\n", known(t, "Riverside"))
	if c := d.mapping.Sheets[0].Columns[1]; c.Occasion != scheme.FixedTime(84) {
		t.Errorf("%+v", c)
	}
}
