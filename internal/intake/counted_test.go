package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"cairn/internal/scheme"
)

// numberedFrom1 are n headings, or n cells.
func numberedFrom1(n int, as string) string {
	var all []string
	for i := 1; i <= n; i++ {
		if strings.Contains(as, "%d") {
			all = append(all, fmt.Sprintf(as, i))
			continue
		}
		all = append(all, as)
	}
	return strings.Join(all, ",")
}

// Columns that count the questions of one form are its answers, however they are
// headed, and how many there are says which form it is.
func TestCountedQuestions(t *testing.T) {
	for what, c := range map[string]struct {
		headings, cells string
		wants           string
		measure         string
		answers         int
	}{
		"plain, of fourteen":     {numberedFrom1(14, "Q%d") + ",WEMWBS total", numberedFrom1(14, "3") + ",42", "2 accepted", "wemwbs", 14},
		"another total":          {numberedFrom1(14, "Q%d") + ",WEMWBS total", numberedFrom1(14, "3") + ",43", "2 conflict answers of the row do not make", "", 0},
		"plain, of seven":        {numberedFrom1(7, "Question %d") + ",WEMWBS raw total", numberedFrom1(7, "3") + ",21", "2 accepted", "swemwbs", 7},
		"plain, without a name":  {numberedFrom1(7, "Q%d") + ",PHQ-9", numberedFrom1(7, "3") + ",21", "2 accepted", "phq9", 0},
		"plain, of two measures": {numberedFrom1(7, "Q%d") + ",GAD-7,SWEMWBS raw", numberedFrom1(7, "3") + ",,21", "2 accepted", "swemwbs", 0},
		"named, of fourteen":     {numberedFrom1(14, "WEMWBS Q%d") + ",WEMWBS total", numberedFrom1(14, "3") + ",42", "2 accepted", "wemwbs", 14},
		"close to the name":      {numberedFrom1(7, "WEMWBS%d") + ",WEMWBS raw total", numberedFrom1(7, "3") + ",21", "2 accepted", "swemwbs", 7},
		"of fourteen":            {numberedFrom1(14, "WEMWBS_%d"), numberedFrom1(14, "3"), "2 accepted", "wemwbs", 14},
		"short form":             {numberedFrom1(7, "SWEMWBS%d"), numberedFrom1(7, "3"), "2 accepted", "swemwbs", 7},
		"of nine":                {numberedFrom1(9, "PHQ%d") + ",PHQ-9 total", numberedFrom1(9, "1") + ",9", "2 accepted", "phq9", 9},
		"of nine, and the total": {numberedFrom1(9, "PHQ%d") + ",PHQ9", numberedFrom1(9, "1") + ",9", "2 accepted", "phq9", 9},
		"of four":                {numberedFrom1(4, "PHQ%d"), numberedFrom1(4, "1"), "2 accepted", "phq4", 4},
		"one is missing":         {numberedFrom1(7, "WEMWBS%d"), "3,3,,3,3,3,3", "2 rejected Answer every question", "", 0},
		"with a number in it":    {numberedFrom1(9, "PHQ-9 item %d"), numberedFrom1(9, "1"), "2 accepted", "phq9", 9},
		"only one of them":       {"PHQ-9 total,PHQ-9 Q9", "9,1", "2 accepted", "phq9", 0},
		"not all of them":        {numberedFrom1(8, "PHQ-9 Q%d") + ",PHQ-9 total", numberedFrom1(8, "1") + ",9", "2 accepted", "phq9", 0},
	} {
		t.Run(what, func(t *testing.T) {
			d := read(t, "ID,Date,Stage,"+c.headings+"\nG-1,05/01/2026,pre,"+c.cells+"\n", known(t, "Riverside"))
			if strings.Contains(c.headings, "raw") || len(d.mapping.Open()) == 0 {
				d.wants(t, c.wants)
			} else {
				t.Errorf("it is asked: %+v", d.mapping.Open())
			}
			if got := d.at(2).Scores; c.measure != "" && (len(got) != 1 || string(got[0].Measure) != c.measure || len(got[0].Answers) != c.answers) {
				t.Errorf("%+v of %+v", got, d.mapping.Sheets[0].Columns)
			}
		})
	}
}

// Before and after in one row: each has its questions.
func TestCountedQuestionsTwice(t *testing.T) {
	k := known(t, "Riverside")
	for _, headings := range []string{
		numberedFrom1(7, "SWEMWBS pre Q%d") + "," + numberedFrom1(7, "SWEMWBS post Q%d"),
		numberedFrom1(7, "SWEMWBS%d") + "," + numberedFrom1(7, "SWEMWBS%d"),
		numberedFrom1(7, "T1 SWEMWBS %d") + "," + numberedFrom1(7, "T2 SWEMWBS %d"),
		numberedFrom1(7, "Pre Q%d") + ",SWEMWBS raw pre," + numberedFrom1(7, "Post Q%d"),
	} {
		cells := numberedFrom1(7, "2") + "," + numberedFrom1(7, "3")
		if strings.Contains(headings, "raw") {
			cells = numberedFrom1(7, "2") + ",," + numberedFrom1(7, "3")
		}
		d := read(t, "ID,"+headings+"\nG-1,"+cells+"\n", k)
		d.wants(t, "2 accepted")
		if got := d.at(2).Scores; len(got) != 2 || got[0].Occasion != scheme.Baseline || got[1].Occasion != scheme.Later || got[0].Answers["item-1"] != 2 || len(got[1].Answers) != 7 {
			t.Errorf("%s: %+v", headings, got)
		}
	}
	d := read(t, "Ref,SWEMWBS 1,SWEMWBS 2\nS-1,20,26\nS-2,19,25\nS-3,19,25\n", k)
	if got := d.at(2).Scores; len(got) != 2 || got[0].Series != "swemwbs-raw" || got[1].Occasion != scheme.Later {
		t.Errorf("two times that are counted: %+v", got)
	}
}
