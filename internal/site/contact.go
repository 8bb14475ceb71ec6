package site

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// contactPage is GET and POST /referrals/:referral/contacts/:contact: mending a
// contact, or taking it back.
type contactPage struct {
	Frame    Frame
	View     app.ReferralView
	Form     Form
	Contact  contactLine // as it stands
	Changed  bool        // by somebody else since it was read
	Ways     []scheme.Term
	Outcomes []scheme.Term
	Bands    []scheme.Term
}

func (contactPage) folder() string { return "contact" }

// contactLine is one contact as people read it.
type contactLine struct {
	scheme.WorkingContact
	WayName string
	Took    string // a band of minutes
}

func lineOfContact(c scheme.WorkingContact) contactLine {
	return contactLine{c, scheme.Label(scheme.Ways(), string(c.Way)), scheme.Label(scheme.MinutesBands(), string(c.Minutes))}
}

func contactChangeForm() []string { return append(contactForm(), "version") }

func (s *Site) contact(c *gin.Context) error {
	ctx := c.Request.Context()
	found, err := s.app.Contact(ctx, server.ActorOf(ctx), scheme.ReferralID(c.Param("referral")), scheme.ContactID(c.Param("contact")))
	if err != nil {
		return err
	}
	form, err := blank(contactChangeForm()...)
	if err != nil {
		return err
	}
	form.start("channel", string(found.Way))
	form.start("result", string(found.Outcome))
	form.start("minutes", string(found.Minutes))
	form.startDay("on", found.On.String())
	form.start("version", strconv.Itoa(found.Revision))
	return s.showContact(c, http.StatusOK, form)
}

func (s *Site) changeContact(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c, append(contactChangeForm(), "withdraw")...)
	if err != nil {
		return err
	}
	by, in := server.ActorOf(ctx), scheme.ReferralID(c.Param("referral"))
	id, version, done := scheme.ContactID(c.Param("contact")), form.number("version"), "contact="
	if form.text("withdraw") != "" {
		done = "withdrawn="
		_, err = s.app.WithdrawContact(ctx, by, app.ContactWithdrawal{Key: form.sentKey(), Referral: in, Contact: id, Version: version})
	} else {
		_, err = s.app.ChangeContact(ctx, by, app.ContactChange{
			Key: form.sentKey(), Referral: in, Contact: id, Version: version, On: form.day("on"), Way: scheme.Way(form.text("channel")),
			Outcome: scheme.Outcome(form.text("result")), Minutes: scheme.Minutes(form.text("minutes")),
		})
	}
	if err != nil {
		status, err := s.refuse(ctx, &form, err)
		if err != nil {
			return err
		}
		return s.showContact(c, status, form)
	}
	c.Redirect(http.StatusSeeOther, "/referrals/"+string(in)+"?"+done+string(id))
	return nil
}

func (s *Site) showContact(c *gin.Context, status int, form Form) error {
	ctx := c.Request.Context()
	by, in := server.ActorOf(ctx), scheme.ReferralID(c.Param("referral"))
	view, err := s.app.Referral(ctx, by, in)
	if err != nil {
		return err
	}
	now, err := s.app.Contact(ctx, by, in, scheme.ContactID(c.Param("contact")))
	if err != nil {
		return err
	}
	p := contactPage{
		View: view, Contact: lineOfContact(now), Changed: form.stale(now.Revision),
		Ways: scheme.Ways(), Outcomes: scheme.Outcomes(), Bands: scheme.MinutesBands(),
	}
	p.Form, p.Frame = form, s.frame(c, "schemes").refused(form)
	return s.render(c, status, p)
}

// stale reports whether somebody else changed the record that the form was
// filled from, and gives the form the version that is there: sent again, it is
// sent by somebody who has seen both.
func (f *Form) stale(now int) bool {
	if f.number("version") == now {
		return false
	}
	f.start("version", strconv.Itoa(now))
	return true
}
