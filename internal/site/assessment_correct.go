package site

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// correctionPage is GET and POST /assessments/:assessment/correct. It holds what
// the assessment itself says, which is to be corrected, and no other score.
type correctionPage struct {
	Frame     Frame
	Now       scheme.Assessment
	Reference string
	Scheme    scheme.Scheme
	Version   int // the one that was read
	// Stands is what somebody else made of it meanwhile.
	Stands    *versionColumn
	Occasions []scheme.Occasion
	entry
}

func (correctionPage) folder() string { return "assessment-correct" }

// OccasionField asks what it was taken for.
func (p correctionPage) OccasionField() (Field, error) {
	f, err := p.Form.Field("occasion")
	for _, o := range p.Occasions {
		f = f.Or(string(o), o.Label())
	}
	return f, err
}

func (s *Site) correcting(c *gin.Context) error {
	h, err := s.history(c)
	if err != nil {
		return err
	}
	if h.Now.Withdrawn {
		c.Redirect(http.StatusSeeOther, "/assessments/"+string(h.Now.ID))
		return nil
	}
	p := s.correctionOf(c, h)
	p.Way = wayOfKept(h, c.Query("way"))
	names, at := correctionFields(p.Measure, p.Way)
	if p.Form, err = blank(names...); err != nil {
		return err
	}
	p.Form.at = at
	p.Form.startWith(h.Measure, h.Now)
	return s.render(c, http.StatusOK, p)
}

func (s *Site) correct(c *gin.Context) error {
	ctx := c.Request.Context()
	h, err := s.history(c)
	if err != nil {
		return err
	}
	p := s.correctionOf(c, h)
	p.Way = wayOfKept(h, c.PostForm("way"))
	names, at := correctionFields(p.Measure, p.Way)
	form, err := posted(c, names...)
	if err != nil {
		return err
	}
	form.at = at
	_, err = asked(ctx, riskUnsaid(p.entry, form), func(ctx context.Context) (scheme.Assessment, error) {
		return s.app.CorrectAssessment(ctx, server.ActorOf(ctx), form.correction(p))
	})
	if err != nil {
		stale := fault.Is(err, fault.Stale)
		status, err := s.refuse(ctx, &form, err)
		if err != nil {
			return err
		}
		if p.Version = form.number("version"); stale {
			all := columns(h)
			p.Stands, p.Version = &all[len(all)-1], h.Now.Revision
		}
		p.Frame, p.Form = p.Frame.refused(form), form
		return s.render(c, status, p)
	}
	to, err := s.afterSaving(ctx, h.Now.ID, "/assessments/"+string(h.Now.ID)+"?done=corrected")
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, to)
	return nil
}

// correctionOf is the page without its form.
func (s *Site) correctionOf(c *gin.Context, h app.AssessmentHistory) correctionPage {
	occasions := append([]scheme.Occasion{scheme.Baseline}, h.Referral.Plan.FollowUps(h.Now.Measure)...)
	for _, o := range []scheme.Occasion{scheme.Waiting, scheme.End, scheme.Later, h.Now.Occasion} {
		if !slices.Contains(occasions, o) {
			occasions = append(occasions, o)
		}
	}
	asked := h.Measure.Only(h.Measure.GroupsOf(h.Now.Responses))
	return correctionPage{
		Frame: s.frame(c, "schemes"), Now: h.Now, Reference: h.Referral.Person.Reference, Scheme: h.Referral.Scheme,
		Version: h.Now.Revision, Occasions: occasions, entry: entry{Measure: asked, Sheet: asked.Sheet()},
	}
}

// wayOfKept is the way that was asked for, else the one that it was entered in.
func wayOfKept(h app.AssessmentHistory, asked string) way {
	if asked == "" && h.Now.Responses == nil && len(entered(h.Measure)) > 0 {
		return byScore
	}
	if asked == "" && h.Now.Responses != nil {
		return byItems
	}
	return wayOf(h.Measure, asked)
}

func correctionFields(d measure.Definition, w way) (names []string, at map[string]string) {
	names, at = entryFields(d, w)
	return append([]string{"version"}, append(names, "reason")...), at
}

// startWith fills the form with what is kept.
func (f *Form) startWith(d measure.Definition, now scheme.Assessment) {
	if now.Dated == scheme.ToTheDay { // else nobody typed the day that it is kept on
		f.startDay("on", now.On.String())
	}
	f.start("occasion", string(now.Occasion))
	f.start("channel", string(now.Channel))
	f.start("helper", string(now.Helper))
	f.start("language", string(now.Language))
	f.start("risk_answer", string(now.RiskAnswer))
	digits := ""
	for _, it := range d.Items {
		r, answered := now.Responses[it.Key]
		if answered {
			f.start("items."+it.Key, it.Response(r))
			digits += it.Response(r) + " "
			continue
		}
		digits += "- "
	}
	if now.Responses != nil {
		f.start("digits", digits)
	}
	for place, words := range now.Words {
		f.start("own_words."+place, words)
	}
	if now.Responses != nil {
		return
	}
	for _, sc := range entered(d) {
		for _, got := range now.Scores {
			if got.Series == sc.Series {
				f.start("series", string(sc.Series))
				f.start("score", sc.Text(got.Level))
			}
		}
	}
}

// correction is everything that the assessment should have said.
func (f *Form) correction(p correctionPage) app.Correction {
	a := f.answers(p.Measure, p.Way)
	return app.Correction{
		Key: f.sentKey(), Assessment: p.Now.ID, Version: f.number("version"), Reason: f.text("reason"), On: f.day("on"),
		Occasion: scheme.Occasion(f.text("occasion")), Channel: scheme.Channel(f.text("channel")), Helper: scheme.Helper(f.text("helper")),
		Language: scheme.Language(f.text("language")), Responses: a.responses, Digits: a.digits, Words: a.words, Series: a.series, Score: a.score, RiskAnswer: a.risk,
	}
}

// withdrawalPage is GET and POST /assessments/:assessment/withdraw.
type withdrawalPage struct {
	Frame     Frame
	Now       scheme.Assessment
	Reference string
	Scheme    scheme.Scheme
	Measure   measure.Definition
	Version   int
	// Stands is what was made of it after the page was opened.
	Stands *versionColumn
	Form   Form
}

func (withdrawalPage) folder() string { return "assessment-withdraw" }

// Of is the version that was read, for its hidden field.
func (p withdrawalPage) Of() string { return strconv.Itoa(p.Version) }

func (s *Site) withdrawing(c *gin.Context) error {
	h, err := s.history(c)
	if err != nil {
		return err
	}
	if h.Now.Withdrawn {
		c.Redirect(http.StatusSeeOther, "/assessments/"+string(h.Now.ID))
		return nil
	}
	form, err := blank("reason")
	if err != nil {
		return err
	}
	return s.showWithdrawal(c, http.StatusOK, h, withdrawalPage{Form: form})
}

func (s *Site) withdraw(c *gin.Context) error {
	ctx := c.Request.Context()
	h, err := s.history(c)
	if err != nil {
		return err
	}
	form, err := posted(c, "reason")
	if err != nil {
		return err
	}
	_, err = s.app.WithdrawAssessment(ctx, server.ActorOf(ctx), app.Withdrawal{
		Key: form.sentKey(), Assessment: h.Now.ID, Version: form.number("version"), Reason: form.text("reason"),
	})
	if err != nil {
		p := withdrawalPage{}
		if fault.Is(err, fault.Stale) {
			all := columns(h)
			p.Stands = &all[len(all)-1]
		}
		status, err := s.refuse(ctx, &form, err)
		if err != nil {
			return err
		}
		p.Form = form
		return s.showWithdrawal(c, status, h, p)
	}
	c.Redirect(http.StatusSeeOther, "/assessments/"+string(h.Now.ID)+"?done=withdrawn")
	return nil
}

// showWithdrawal is the page. After a refusal its version is the one that stands,
// so that sending it again means that one.
func (s *Site) showWithdrawal(c *gin.Context, status int, h app.AssessmentHistory, p withdrawalPage) error {
	p.Frame, p.Now, p.Reference, p.Scheme = s.frame(c, "schemes").refused(p.Form), h.Now, h.Referral.Person.Reference, h.Referral.Scheme
	p.Measure, p.Version = h.Measure, h.Now.Revision
	return s.render(c, status, p)
}
