package site

import (
	"bytes"
	"html"
	"strings"
	"testing"
	"time"

	"cairn/internal/app"
	"cairn/internal/disclosure"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/web"
)

// The service reads what the auditor hid, of which figure, and what could have
// been worked out, in words and without an identifier.
func TestReleaseSaysWhatIsHiddenAndWhy(t *testing.T) {
	pages, err := pagesOf(web.Files)
	if err != nil {
		t.Fatal(err)
	}
	q := disclosure.Question{Scheme: "0198-scheme", Series: "ten", Occasion: scheme.FixedTime(84), Period: scheme.Period{From: 2026 * 4, To: 2026 * 4}}
	men := q
	men.Filters = []disclosure.Filter{{Dimension: scheme.BySex, Group: "male"}}
	view := app.ReleaseView{
		Cover: app.ReleaseCover{Scores: []app.ReleasedScore{{Measure: "Ten", Score: measure.Score{Series: "ten", Name: "Nought to ten"}}}},
		Figures: []app.ReleasedFigure{
			{Figure: disclosure.Figure{Question: q, Hidden: map[string]string{"change.sd": disclosure.WhyCareful}}, Occasion: q.Occasion},
			{Figure: disclosure.Figure{Question: men, Hidden: map[string]string{"change.mean": "fewer than 10 people", "before.mean": "fewer than 10 people"}}, Occasion: q.Occasion, Filter: "sex=male"},
		},
		Report: app.ReleaseReport{Unsafe: "the count flow.paired of " + men.Key() + " can be worked out", Report: disclosure.Report{
			Figures: 2, Numbers: 40, Rounds: 3, Hidden: []disclosure.Hiding{
				{Figure: men.Key(), Path: "scores", Found: "the score of one person more or fewer"},
				{Figure: q.Key(), Path: "spreads", Found: "the count movement.worse.people"},
			},
		}},
	}
	view.Period, view.Audited.At = q.Period, time.Date(2026, 7, 1, 9, 0, 0, 0, time.UTC)
	p := releasePage{Frame: Frame{address: func(string) string { return "" }}, View: view}
	of := releaseShown{view.Release, view.Cover, view.Figures}
	p.Hidden, p.Unsafe, p.Usual = p.hidings(of), p.unsafe(of), of.usual()
	var out bytes.Buffer
	if err := pages["release"].Execute(&out, p); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"Nought to ten, 12 weeks after the start, January to March 2026, Sex: Male", "means, and what follows from them", "the score of one person more or fewer",
		"standard deviations, intervals and tests", "how many got worse", "and tried 3 times", "fewer than 10 people", "2 numbers", disclosure.WhyCareful, "1 number<",
		"Something about single people could still be worked out",
	} {
		if !strings.Contains(html.UnescapeString(out.String()), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, not := range []string{"0198-scheme", "movement.worse", "sex=male"} {
		if strings.Contains(out.String(), not) {
			t.Errorf("the page says %q", not)
		}
	}
}
