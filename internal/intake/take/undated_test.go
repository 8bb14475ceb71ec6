package take_test

import (
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/intake"
	"cairn/internal/intake/take"
	"cairn/internal/scheme"
	kit "cairn/internal/testkit/town"
)

// brought is what became of a file: what the preview said of it, and what was
// brought in.
type brought struct {
	added, already, refused int
	pairs                   int // that it adds, by the preview
}

func bring(t *testing.T, w *kit.Town, name, text string) (got brought) {
	t.Helper()
	desk := take.At(w.App, w.Ann)
	f, err := desk.Send(t.Context(), name, strings.NewReader(text))
	must(t, err)
	sum, err := desk.Check(t.Context(), f, func(intake.Verdict) error { return nil })
	must(t, err)
	done, err := desk.Import(t.Context(), app.BringIn{File: f.ID, Version: f.Revision})
	must(t, err)
	if sum.Here != done.Already || sum.Outcomes[intake.Conflict] != done.Outcomes["conflict"] || sum.Scores != done.Added+done.Already {
		t.Errorf("%s: the preview said %+v, and %+v was brought in", name, sum, done)
	}
	return brought{done.Added, done.Already, done.Outcomes["conflict"], sum.NewPairs}
}

func (b brought) want(t *testing.T, what string, want brought) {
	t.Helper()
	if b != want {
		t.Errorf("%s: %+v, want %+v", what, b, want)
	}
}

// scoresOf are a person's scores of one referral, by occasion and day.
func scoresOf(t *testing.T, w *kit.Town, reference string) (v app.ReferralView) {
	t.Helper()
	page, err := w.App.Referrals(t.Context(), w.Ann, app.ReferralsAsk{Page: app.Page{Limit: 50}})
	must(t, err)
	for _, l := range page {
		if l.Reference == reference {
			v, err = w.App.Referral(t.Context(), w.Ann, l.Referral.ID)
			must(t, err)
		}
	}
	return v
}

// A score without a day takes no day: one of the very day that it is kept on comes
// in, by the form and by a file, and neither is taken for the other.
func TestAKeptDayIsNobodys(t *testing.T) {
	each(t, func(t *testing.T, w *kit.Town) {
		const plain = "Client ID,Scheme,SWEMWBS pre,SWEMWBS post\nU-1,Garden,20,26\nU-2,Garden,19,25\n"
		bring(t, w, "plain.csv", plain).want(t, "without days", brought{added: 4, pairs: 2})
		u1, u2 := scoresOf(t, w, "U-1"), scoresOf(t, w, "U-2")
		kept := u1.Assessments[1]
		if kept.Dated != scheme.ByOrder {
			t.Fatalf("%+v", kept)
		}
		made, err := w.App.RecordAssessment(t.Context(), w.Ann, app.NewAssessment{
			Referral: u1.Referral.ID, Measure: "swemwbs", Series: "swemwbs-raw", Score: "30", On: kept.On.String(), Occasion: scheme.Later, Channel: "phone", Helper: "nobody",
		})
		if err != nil || made.Dated != scheme.ToTheDay {
			t.Fatalf("by the form: %+v, %v", made, err)
		}
		if got := scoresOf(t, w, "U-1").Assessments; len(got) != 3 {
			t.Errorf("kept: %+v", got)
		}
		day := u2.Assessments[1].On
		dated := "Client ID,Scheme,Date,Stage,SWEMWBS raw\nU-2,Garden," + day.Long() + ",post,"
		bring(t, w, "dated.csv", dated+"30\n").want(t, "a file of that day", brought{added: 1})
		bring(t, w, "dated again.csv", dated+"30\n\n").want(t, "that file again", brought{already: 1})
		bring(t, w, "dated other.csv", dated+"31\nU-1,Garden,"+day.Plus(-40).Long()+",post,24\n").want(t, "another score of that day", brought{added: 1, refused: 1})
		bring(t, w, "plain again.csv", plain+"\n").want(t, "without days again", brought{already: 4})
		bring(t, w, "plain other.csv", strings.Replace(plain, "20,26", "20,27", 1)).want(t, "another score of that occasion", brought{already: 3, refused: 1})
	})
}

// What was brought in is here already when its file comes again, also where
// somebody put it right since: the value, the day, or that it counts at all.
func TestWhatWasPutRightIsHereAlready(t *testing.T) {
	each(t, func(t *testing.T, w *kit.Town) {
		const plain = "Client ID,Scheme,SWEMWBS pre,SWEMWBS post\nU-1,Garden,20,26\nU-2,Garden,19,25\n"
		const dated = "Client ID,Scheme,Date,Stage,SWEMWBS raw\nD-1,Garden,05/01/2026,pre,20\nD-2,Garden,05/01/2026,pre,21\nD-3,Garden,05/01/2026,pre,22\n"
		const months = "Client ID,Scheme,Date,Stage,SWEMWBS raw\nM-1,Garden,01/2026,pre,20\nM-1,Garden,03/2026,post,26\n"
		bring(t, w, "plain.csv", plain).want(t, "without days", brought{added: 4, pairs: 2})
		bring(t, w, "dated.csv", dated).want(t, "with days", brought{added: 3})
		bring(t, w, "months.csv", months).want(t, "with months", brought{added: 2, pairs: 1})
		mend := func(reference string, at int, score, on string) {
			t.Helper()
			a := scoresOf(t, w, reference).Assessments[at]
			_, err := w.App.CorrectAssessment(t.Context(), w.Ann, app.Correction{
				Assessment: a.ID, Version: a.Revision, Reason: "read from the form", On: on, Occasion: a.Occasion, Channel: "phone", Helper: "nobody", Series: "swemwbs-raw", Score: score,
			})
			must(t, err)
		}
		mend("U-1", 0, "20", "2026-01-05") // its day was found
		mend("U-2", 0, "17", "2026-01-05")
		mend("M-1", 0, "20", "2026-01-05")
		mend("D-1", 0, "18", "2026-01-05")
		mend("D-2", 0, "21", "2026-01-06")
		a := scoresOf(t, w, "D-3").Assessments[0]
		_, err := w.App.WithdrawAssessment(t.Context(), w.Ann, app.Withdrawal{Assessment: a.ID, Version: a.Revision, Reason: "of somebody else"})
		must(t, err)
		before := strings.Join(w.Cells("SELECT COUNT(*) FROM assessment_versions"), "")
		bring(t, w, "plain again.csv", plain+"\n").want(t, "without days again", brought{already: 4})
		bring(t, w, "months again.csv", months+"\n").want(t, "with months again", brought{already: 2})
		bring(t, w, "dated again.csv", dated+"\n").want(t, "with days again", brought{already: 3})
		if after := strings.Join(w.Cells("SELECT COUNT(*) FROM assessment_versions"), ""); after != before {
			t.Errorf("%s versions were %s", after, before)
		}
		bring(t, w, "plain other.csv", strings.Replace(plain, "20,26", "21,26", 1)).want(t, "another score where a day was found", brought{added: 1, already: 3, pairs: 1})
	})
}
