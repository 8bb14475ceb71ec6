package site

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// movePage is GET and POST /assessments/:assessment/move: an assessment that was
// recorded for the wrong person goes to the right one. It holds no score.
type movePage struct {
	Frame      Frame
	Form       Form
	Assessment scheme.AssessmentID
	Version    int
	Measure    measure.Definition
	Day        string           // as far as it is known
	View       app.ReferralView // where it is now
	Choices    []scheme.Term    // referrals, where the right person has several
}

func (movePage) folder() string { return "assessment-move" }

func moveForm() []string { return []string{"reference", "referral", "reason"} }

func (s *Site) move(c *gin.Context) error {
	form, err := blank(moveForm()...)
	if err != nil {
		return err
	}
	p, err := s.movePage(c)
	if err != nil {
		return err
	}
	p.Form = form
	return s.render(c, http.StatusOK, p)
}

func (s *Site) movePage(c *gin.Context) (p movePage, err error) {
	ctx := c.Request.Context()
	actor := server.ActorOf(ctx)
	found, err := s.app.Assessment(ctx, actor, scheme.AssessmentID(c.Param("assessment")))
	if err != nil {
		return p, err
	}
	p = movePage{Frame: s.frame(c, "schemes"), Assessment: found.ID, Version: found.Revision, Day: found.Day()}
	if p.View, err = s.app.Referral(ctx, actor, found.Referral); err != nil {
		return p, err
	}
	p.Measure = p.View.Measures[found.Measure]
	return p, nil
}

// doMove looks the right person up by reference. Where they have several
// referrals, whoever moves chooses which.
func (s *Site) doMove(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c, moveForm()...)
	if err != nil {
		return err
	}
	form.at = map[string]string{"occasion": "referral"}
	p, err := s.movePage(c)
	if err != nil {
		return err
	}
	in := app.Move{Key: form.sentKey(), Assessment: p.Assessment, Version: form.number("version"), Reason: form.text("reason"), Referral: scheme.ReferralID(form.text("referral"))}
	if in.Referral == "" || form.text("reference") != form.text("looked") {
		in.Referral = ""
		p.Choices, err = s.referralsOf(c, form.text("reference"))
		if err == nil && len(p.Choices) == 1 {
			in.Referral = scheme.ReferralID(p.Choices[0].Value)
		}
	}
	if err == nil && in.Referral != "" {
		var made scheme.Assessment
		if made, err = s.app.MoveAssessment(ctx, server.ActorOf(ctx), in); err == nil {
			to, err := s.afterSaving(ctx, made.ID, "/referrals/"+string(made.Referral)+"?recorded="+string(made.ID))
			if err != nil {
				return err
			}
			c.Redirect(http.StatusSeeOther, to)
			return nil
		}
	}
	status := http.StatusOK
	if err != nil {
		if status, err = s.refuse(ctx, &form, err); err != nil {
			return err
		}
	}
	if len(p.Choices) == 0 && in.Referral != "" {
		p.Choices, err = s.referralsOf(c, form.text("reference"))
		if _, accident := fault.All(err); accident != nil {
			return accident
		}
	}
	p.Frame, p.Form = p.Frame.refused(form), form
	return s.render(c, status, p)
}

// referralsOf are the referrals of somebody in the actor's schemes, newest first.
func (s *Site) referralsOf(c *gin.Context, reference string) ([]scheme.Term, error) {
	ctx := c.Request.Context()
	lines, err := s.app.ReferralsByReference(ctx, server.ActorOf(ctx), reference)
	if err != nil {
		return nil, err
	}
	var all []scheme.Term
	for _, l := range lines {
		all = append(all, scheme.Term{Value: string(l.Referral.ID), Label: l.SchemeName + ", " + l.Referral.Receiving()})
	}
	return all, nil
}
