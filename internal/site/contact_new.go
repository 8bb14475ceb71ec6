package site

import (
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// newContactPage is GET and POST /referrals/:referral/contacts/new: how, and
// then what came of it. Each answer is a button that saves.
type newContactPage struct {
	Frame   Frame
	View    app.ReferralView
	Form    Form
	Ways    []scheme.Term
	Way     scheme.Way // the one chosen; empty while none is
	WayName string
	Bands   []scheme.Term
	Care    carePanel
}

func (newContactPage) folder() string { return "contact-new" }

func contactForm() []string { return []string{"channel", "result", "on", "minutes"} }

func (s *Site) newContact(c *gin.Context) error {
	form, err := blank(contactForm()...)
	if err != nil {
		return err
	}
	form.start("channel", c.Query("channel"))
	return s.showNewContact(c, http.StatusOK, form)
}

func (s *Site) addContact(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c, contactForm()...)
	if err != nil {
		return err
	}
	id := scheme.ReferralID(c.Param("referral"))
	made, err := s.app.AddContact(ctx, server.ActorOf(ctx), app.NewContact{
		Key: form.sentKey(), Referral: id, On: form.day("on"), Way: scheme.Way(form.text("channel")),
		Outcome: scheme.Outcome(form.text("result")), Minutes: scheme.Minutes(form.text("minutes")),
	})
	if err != nil {
		status, err := s.refuse(ctx, &form, err)
		if err != nil {
			return err
		}
		return s.showNewContact(c, status, form)
	}
	c.Redirect(http.StatusSeeOther, "/referrals/"+string(id)+"?"+url.Values{"contact": {string(made.ID)}}.Encode())
	return nil
}

func (s *Site) showNewContact(c *gin.Context, status int, form Form) error {
	ctx := c.Request.Context()
	view, err := s.app.Referral(ctx, server.ActorOf(ctx), scheme.ReferralID(c.Param("referral")))
	if err != nil {
		return err
	}
	p := newContactPage{Frame: s.frame(c, "schemes").refused(form), View: view, Form: form, Ways: scheme.Ways(), Bands: scheme.MinutesBands(), Care: carePanelOf(view.Care)}
	if way := form.text("channel"); scheme.Known(scheme.Ways(), way) {
		p.Way, p.WayName = scheme.Way(way), scheme.Label(scheme.Ways(), way)
	}
	return s.render(c, status, p)
}
