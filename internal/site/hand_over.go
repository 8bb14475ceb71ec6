package site

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// handOverPage is GET and POST /caseload/hand-over: a whole caseload, or some
// referrals, from one practitioner to another.
type handOverPage struct {
	Frame  Frame
	Form   Form
	From   app.Colleague      // whose they are; nobody while it is not chosen
	One    *app.ReferralView  // the one referral it is about, where it is one
	Held   []app.ReferralLine // the first of theirs
	People []scheme.Term      // whom they can go to
	Others []scheme.Term      // whose caseload a manager can look at
}

func (handOverPage) folder() string { return "hand-over" }

// Manager reports whether the page lets whoever is here choose whose caseload.
func (p handOverPage) Manager() bool { return p.Frame.Actor.Role == app.Manager }

// Full reports whether there may be more referrals than are listed.
func (p handOverPage) Full() bool { return len(p.Held) == mostListed }

// FromNamed is whose they are, as the list names them.
func (p handOverPage) FromNamed() string { return named(p.From) }

// Ticks is one box for each referral that is listed.
func (p handOverPage) Ticks() (Field, error) {
	f, err := p.Form.Field("referrals")
	for _, l := range p.Held {
		f = f.OrExplained(string(l.Referral.ID), l.Reference, l.SchemeName)
	}
	return f.Ask("Which referrals?"), err
}

// mostListed is how many referrals can be ticked one by one.
const mostListed = 200

func handOverForm() []string { return []string{"to", "which", "referrals", "from"} }

func (s *Site) newHandOver(c *gin.Context) error {
	form, err := blank(handOverForm()...)
	if err != nil {
		return err
	}
	form.start("which", "whole")
	return s.showHandOver(c, http.StatusOK, form, c.Query)
}

func (s *Site) handOver(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c, handOverForm()...)
	if err != nil {
		return err
	}
	in := app.HandOver{Key: form.sentKey(), To: scheme.AccountID(form.text("to"))}
	switch one := form.text("referral"); {
	case one != "":
		in.Referrals = []scheme.ReferralID{scheme.ReferralID(one)}
	case form.text("which") == "some":
		for _, id := range form.typed["referrals"] {
			in.Referrals = append(in.Referrals, scheme.ReferralID(id))
		}
	default:
		in.From = scheme.AccountID(form.text("from"))
	}
	done, err := s.app.HandOver(ctx, server.ActorOf(ctx), in)
	if err != nil {
		status, err := s.refuse(ctx, &form, err)
		if err != nil {
			return err
		}
		return s.showHandOver(c, status, form, c.PostForm)
	}
	c.Redirect(http.StatusSeeOther, "/caseload?moved="+strconv.Itoa(done.Referrals))
	return nil
}

func (s *Site) showHandOver(c *gin.Context, status int, form Form, said func(string) string) error {
	ctx := c.Request.Context()
	actor := server.ActorOf(ctx)
	p := handOverPage{Frame: s.frame(c, "caseload").refused(form), Form: form}
	from := scheme.AccountID(said("from"))
	if from == "" || !p.Manager() {
		from = actor.Account
	}
	if one := said("referral"); one != "" {
		view, err := s.app.Referral(ctx, actor, scheme.ReferralID(one))
		if err != nil {
			return err
		}
		p.One, from = &view, view.Referral.Practitioner
	}
	all, err := s.app.Colleagues(ctx, actor)
	if err != nil {
		return err
	}
	for _, one := range all {
		term := scheme.Term{Value: string(one.Account), Label: named(one)}
		p.Others = append(p.Others, term)
		if one.Account == from {
			p.From = one
		} else {
			p.People = append(p.People, term)
		}
	}
	if p.One == nil {
		if p.Held, err = s.app.Holding(ctx, actor, from, app.Page{Limit: mostListed}); err != nil {
			return err
		}
	}
	return s.render(c, status, p)
}

// named is a colleague as a list names them.
func named(c app.Colleague) string {
	if c.Profession == "" {
		return c.Login
	}
	return c.Login + ", " + c.Profession
}
