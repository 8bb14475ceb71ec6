package site

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// newAssessmentPage is GET and POST /referrals/:referral/assessments/new. It
// holds nothing of any earlier score: whoever asks must not be led.
type newAssessmentPage struct {
	Frame     Frame
	Referral  scheme.ReferralID
	Received  string // the day of the referral
	Scheme    scheme.Scheme
	Reference string
	Namesakes app.Namesakes
	Window    *window
	Care      carePanel
	Whole     measure.Definition // the measure with all its parts
	// RatedBefore are the parts of it that were rated on this referral.
	RatedBefore []string
	NoneChosen  bool // although the choice was sent
	entry
}

func (newAssessmentPage) folder() string { return "assessment-new" }

// A window is the days that count for an occasion of the plan.
type window struct{ First, Last scheme.Day }

// windowOf is nil for an occasion that the plan sets no days for, and where no day
// is known from which they could be counted.
func windowOf(v app.ReferralView, key measure.Key, occasion scheme.Occasion) *window {
	for _, item := range v.Plan.Of(key) {
		if item.Occasion == occasion && !v.Start().IsZero() {
			first, last := item.Window(v.Start())
			return &window{first, last}
		}
	}
	return nil
}

// Holds reports whether a day counts.
func (w window) Holds(on scheme.Day) bool { return !on.Before(w.First) && !on.After(w.Last) }

func (s *Site) newAssessment(c *gin.Context) error {
	p, err := s.assessmentForm(c, measure.Key(c.Query("measure")), scheme.Occasion(c.Query("occasion")))
	if err != nil {
		return err
	}
	p.Way = wayOf(p.Measure, c.Query("way"))
	if p.ChoosesGroups() {
		p.Form, err = blank()
		if err != nil {
			return err
		}
		return s.render(c, http.StatusOK, p.newAssessmentPage)
	}
	names, at := entryFields(p.Measure, p.Way)
	if p.Form, err = blank(names...); err != nil {
		return err
	}
	p.Form.at = at
	p.Form.startDay("on", p.today.String())
	p.Form.start("rater", string(p.Measure.Rater))
	return s.render(c, http.StatusOK, p.newAssessmentPage)
}

func (s *Site) record(c *gin.Context) error {
	ctx := c.Request.Context()
	if err := c.Request.ParseForm(); err != nil {
		return unreadable(err)
	}
	p, err := s.assessmentForm(c, measure.Key(c.PostForm("measure")), scheme.Occasion(c.PostForm("occasion")))
	if err != nil {
		return err
	}
	if p.ChoosesGroups() { // nothing can have been answered
		p.Form, err = blank()
		if err != nil {
			return err
		}
		return s.render(c, http.StatusUnprocessableEntity, p.newAssessmentPage)
	}
	p.Way = wayOf(p.Measure, c.PostForm("way"))
	if _, total := c.GetPostForm("score"); total && len(entered(p.Measure)) > 0 {
		p.Way = byScore
	}
	names, at := entryFields(p.Measure, p.Way)
	form, err := posted(c, names...)
	if err != nil {
		return err
	}
	form.at = at
	form.pointAtFirstUnanswered(p.Measure)
	made, err := asked(ctx, riskUnsaid(p.entry, form), func(ctx context.Context) (scheme.Assessment, error) {
		return s.app.RecordAssessment(ctx, server.ActorOf(ctx), form.assessment(p.newAssessmentPage))
	})
	if err != nil {
		p.Unlikely = fault.Is(err, fault.CheckTyping)
		status, err := s.refuse(ctx, &form, err)
		if err != nil {
			return err
		}
		p.Frame, p.Form = p.Frame.refused(form), form
		return s.render(c, status, p.newAssessmentPage)
	}
	to, err := s.afterSaving(ctx, made.ID, "/referrals/"+string(p.Referral)+"?recorded="+string(made.ID))
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, to)
	return nil
}

// assessment is what was typed, in the way that was chosen.
func (f *Form) assessment(p newAssessmentPage) app.NewAssessment {
	in := app.NewAssessment{
		Key: f.sentKey(), Referral: p.Referral, Measure: p.Measure.Key, Occasion: p.Occasion, On: f.day("on"),
		Rater: measure.Rater(f.text("rater")), Channel: scheme.Channel(f.text("channel")), Helper: scheme.Helper(f.text("helper")),
		Language: scheme.Language(f.text("language")), Typing: f.typing(),
	}
	a := f.answers(p.Measure, p.Way)
	in.Responses, in.Digits, in.Words, in.Series, in.Score, in.RiskAnswer = a.responses, a.digits, a.words, a.series, a.score, a.risk
	return in
}

// typing asks for a second look until the box is ticked that somebody took it.
func (f *Form) typing() app.Typing {
	if f.text("typing") == string(app.TypingConfirmed) {
		return app.TypingConfirmed
	}
	return app.TypingChecked
}

type assessmentView struct {
	newAssessmentPage
	today scheme.Day
}

// assessmentForm is the page without what is typed.
func (s *Site) assessmentForm(c *gin.Context, key measure.Key, occasion scheme.Occasion) (assessmentView, error) {
	ctx := c.Request.Context()
	view, err := s.app.Referral(ctx, server.ActorOf(ctx), scheme.ReferralID(c.Param("referral")))
	if err != nil {
		return assessmentView{}, err
	}
	def, ok := view.Measures[key]
	if !ok || !view.Plan.Takes(key, occasion) {
		return assessmentView{}, fault.New(fault.Missing, fault.NotFound,
			"This scheme's plan does not ask for that measure at that time. Go back to the referral and choose one that it lists.")
	}
	same, err := s.app.Namesakes(ctx, server.ActorOf(ctx), view.Referral.ID)
	if err != nil {
		return assessmentView{}, err
	}
	groups := chosenGroups(c, def)
	asked := def.Only(keysOf(groups))
	return assessmentView{today: view.Today, newAssessmentPage: newAssessmentPage{
		Frame: s.frame(c, "schemes"), Referral: view.Referral.ID, Received: view.Referral.Received(), Scheme: view.Scheme,
		Reference: view.Person.Reference, Namesakes: same, Window: windowOf(view, key, occasion),
		Care: carePanelOf(view.Care), Whole: def, RatedBefore: ratedBefore(view, def), NoneChosen: c.Query("chosen") != "" || c.Request.Method == http.MethodPost,
		entry: entry{Measure: asked, Occasion: occasion, Named: view.OwnWords(key), Sheet: asked.Sheet(), Groups: groups},
	}}, nil
}
