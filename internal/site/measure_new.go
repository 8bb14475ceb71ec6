package site

import (
	"cmp"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/server"
)

// newMeasurePage is GET and POST /measures/new: a measure of the organisation's
// own, or (of) the next version of one.
type newMeasurePage struct {
	Frame   Frame
	Form    Form
	Of      string // the key of the measure that is changed
	Follows string // its version
}

func (newMeasurePage) folder() string { return "measure-new" }

// measurePreviewPage is POST /measures/new before anything is kept: how the
// measure will look, and what its scores mean.
type measurePreviewPage struct {
	Frame   Frame
	Measure measure.Definition
	Follows int
	Key     string
	Sent    []sentField // to be kept, or changed, as it was typed
	Lowest  string      // the score of the lowest answers
	Highest string
	Apart   bool // its scores may not be compared with the version's before
}

func (measurePreviewPage) folder() string { return "measure-preview" }

// Score is the one score of the measure.
func (p measurePreviewPage) Score() measure.Score { return p.Measure.Scores[0] }

// sentField is one field as it was typed.
type sentField struct {
	Name, Value string
}

func measureForm() []string {
	return []string{
		"short", "name", "about", "recall", "rater", "direction", "questions", "reversed", "left_out",
		"lowest", "highest", "low", "high", "rule", "decimals", "terms", "source", "reference", "by",
	}
}

func (s *Site) newMeasure(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := blank(measureForm()...)
	if err != nil {
		return err
	}
	p := newMeasurePage{Frame: s.frame(c, "measures"), Of: c.Query("of")}
	form.start("rater", string(measure.Self))
	form.start("rule", string(measure.Sum))
	form.start("decimals", "0")
	if p.Of != "" {
		there, err := s.app.Measure(ctx, server.ActorOf(ctx), measure.Key(p.Of))
		if err != nil {
			return err
		}
		draft, ok := measure.DraftOf(there)
		if !ok || measure.Shipped(there.Key) {
			return server.NotThere()
		}
		p.Follows = strconv.Itoa(there.Version)
		startDraft(&form, draft)
	}
	p.Form = form
	return s.render(c, http.StatusOK, p)
}

// addMeasure shows the preview, keeps what was previewed, or opens the form
// again, as the button says.
func (s *Site) addMeasure(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c, measureForm()...)
	if err != nil {
		return err
	}
	p := newMeasurePage{Frame: s.frame(c, "measures"), Of: form.text("of"), Follows: form.text("follows")}
	in := app.NewMeasure{Key: form.sentKey(), Of: measure.Key(p.Of), Follows: form.number("follows"), Draft: draftOf(form)}
	var made measure.Definition
	switch form.text("step") {
	case "change":
		p.Form = form
		return s.render(c, http.StatusOK, p)
	case "keep":
		made, err = s.app.MakeMeasure(ctx, server.ActorOf(ctx), in)
	default:
		made, err = s.app.PreviewMeasure(ctx, server.ActorOf(ctx), in)
	}
	if err != nil {
		status, err := s.refuse(ctx, &form, err)
		if err != nil {
			return err
		}
		p.Form, p.Frame = form, p.Frame.refused(form)
		return s.render(c, status, p)
	}
	if form.text("step") == "keep" {
		c.Redirect(http.StatusSeeOther, fmt.Sprintf("/measures/%s?kept=%d", made.Key, made.Version))
		return nil
	}
	return s.render(c, http.StatusOK, s.preview(c, form, made))
}

func (s *Site) preview(c *gin.Context, form Form, made measure.Definition) measurePreviewPage {
	sc := made.Scores[0]
	p := measurePreviewPage{
		Frame: s.frame(c, "measures"), Measure: made, Key: form.Key, Lowest: sc.Text(sc.Min), Highest: sc.Text(sc.Max),
		Apart: made.Version > 1 && strings.HasSuffix(string(sc.Series), fmt.Sprintf("-v%d", made.Version)),
	}
	if made.Version > 1 {
		p.Follows = made.Version - 1
	}
	for _, name := range append(measureForm(), "of", "follows") {
		p.Sent = append(p.Sent, sentField{name, form.typed.Get(name)})
	}
	return p
}

// draftOf is what was typed.
func draftOf(form Form) measure.Draft {
	d := measure.Draft{
		Name: form.text("name"), Short: form.text("short"), About: form.text("about"), Recall: form.text("recall"),
		Rater: measure.Rater(form.text("rater")), Questions: lines(form.text("questions")), LeftOut: form.number("left_out"),
		Lowest: form.text("lowest"), Highest: form.text("highest"), Low: form.text("low"), High: form.text("high"),
		Rule: measure.Rule(form.text("rule")), Decimals: form.number("decimals"), Terms: form.text("terms"), Source: form.text("source"),
		Confirmed: measure.Confirmation{Reference: form.text("reference"), By: form.text("by")},
	}
	switch form.text("direction") {
	case "higher":
		d.Direction = measure.HigherIsBetter
	case "lower":
		d.Direction = measure.LowerIsBetter
	}
	for _, n := range strings.FieldsFunc(form.text("reversed"), func(r rune) bool { return r == ',' || r == ' ' || r == ';' }) {
		number, err := strconv.Atoi(n)
		if err != nil {
			number = -1 // which the rule of the draft refuses
		}
		d.Reversed = append(d.Reversed, number)
	}
	return d
}

// startDraft fills an untouched form with a draft.
func startDraft(form *Form, d measure.Draft) {
	better := "higher"
	if d.Direction == measure.LowerIsBetter {
		better = "lower"
	}
	var reversed []string
	for _, n := range d.Reversed {
		reversed = append(reversed, strconv.Itoa(n))
	}
	for name, value := range map[string]string{
		"short": d.Short, "name": d.Name, "about": d.About, "recall": d.Recall, "rater": string(d.Rater), "direction": better,
		"questions": strings.Join(d.Questions, "\n"), "reversed": strings.Join(reversed, ", "), "left_out": strconv.Itoa(d.LeftOut),
		"lowest": d.Lowest, "highest": d.Highest, "low": d.Low, "high": d.High, "rule": string(cmp.Or(d.Rule, measure.Sum)), "decimals": strconv.Itoa(d.Decimals),
		"terms": d.Terms, "source": d.Source, "reference": d.Confirmed.Reference, "by": d.Confirmed.By,
	} {
		form.start(name, value)
	}
}

// lines are the lines of a text that hold anything.
func lines(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}
