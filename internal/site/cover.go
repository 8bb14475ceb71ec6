package site

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// coverPage is GET and POST /caseload/cover: who stands in for whom.
type coverPage struct {
	Frame  Frame
	Form   Form
	Covers []app.CoverView
	People []scheme.Term
	Done   string // added, ended
}

func (coverPage) folder() string { return "cover" }

// Manager reports whether somebody else's leave can be entered.
func (p coverPage) Manager() bool { return p.Frame.Actor.Role == app.Manager }

// Colleagues are the others.
func (p coverPage) Colleagues() []scheme.Term {
	var all []scheme.Term
	for _, t := range p.People {
		if p.Manager() || t.Value != string(p.Frame.Actor.Account) {
			all = append(all, t)
		}
	}
	return all
}

func (s *Site) covers(c *gin.Context) error {
	form, err := blank("away", "by", "from", "until")
	if err != nil {
		return err
	}
	return s.showCovers(c, http.StatusOK, form)
}

func (s *Site) addCover(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c, "away", "by", "from", "until")
	if err != nil {
		return err
	}
	actor := server.ActorOf(ctx)
	in := app.NewCover{
		Key: form.sentKey(), Away: scheme.AccountID(form.text("away")), By: scheme.AccountID(form.text("by")),
		From: form.day("from"), Until: form.day("until"),
	}
	if actor.Role != app.Manager {
		in.Away = actor.Account
	}
	if _, err := s.app.AddCover(ctx, actor, in); err != nil {
		return s.refuseCover(ctx, c, form, err)
	}
	c.Redirect(http.StatusSeeOther, "/caseload/cover?done=added")
	return nil
}

func (s *Site) refuseCover(ctx context.Context, c *gin.Context, form Form, refusal error) error {
	status, err := s.refuse(ctx, &form, refusal)
	if err != nil {
		return err
	}
	return s.showCovers(c, status, form)
}

func (s *Site) endCover(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c)
	if err != nil {
		return err
	}
	if err := s.app.EndCover(ctx, server.ActorOf(ctx), app.CoverEnd{Key: form.sentKey(), ID: scheme.CoverID(form.text("id"))}); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/caseload/cover?done=ended")
	return nil
}

func (s *Site) showCovers(c *gin.Context, status int, form Form) error {
	ctx := c.Request.Context()
	actor := server.ActorOf(ctx)
	p := coverPage{Frame: s.frame(c, "caseload").refused(form), Form: form, Done: c.Query("done")}
	all, err := s.app.Colleagues(ctx, actor)
	if err != nil {
		return err
	}
	for _, one := range all {
		p.People = append(p.People, scheme.Term{Value: string(one.Account), Label: named(one)})
	}
	if p.Covers, err = s.app.Covers(ctx, actor); err != nil {
		return err
	}
	return s.render(c, status, p)
}
