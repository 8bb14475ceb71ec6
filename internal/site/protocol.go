package site

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// protocolPage is GET and POST /safety/protocol.
type protocolPage struct {
	Frame   Frame
	View    app.ProtocolView
	Form    Form
	Members []app.Member // who can be lead or deputy
	Done    bool
}

func (protocolPage) folder() string { return "safety-protocol" }

// phonesOnPage is how many numbers the page has room for.
const phonesOnPage = 3

// A phoneField is one number to ring.
type phoneField struct {
	N            int
	Name, Number Field
}

func (p phoneField) NameLabel() string { return fmt.Sprintf("Number %d: whose it is", p.N) }
func (p phoneField) NumberLabel() string {
	return fmt.Sprintf("Number %d: the number", p.N)
}

// Phones are the fields of the numbers to ring.
func (p protocolPage) Phones() ([]phoneField, error) {
	var all []phoneField
	for n := 1; n <= phonesOnPage; n++ {
		name, err := p.Form.Field("phone-name-" + strconv.Itoa(n))
		if err != nil {
			return nil, err
		}
		number, err := p.Form.Field("phone-number-" + strconv.Itoa(n))
		if err != nil {
			return nil, err
		}
		all = append(all, phoneField{n, name, number})
	}
	return all, nil
}

func (p protocolPage) Lead() (Field, error) {
	f, err := p.Form.Field("lead")
	return p.among(f.Ask("Lead").Explain("Told first. Somebody who sees every scheme").Or("", "Choose somebody")), err
}

func (p protocolPage) Deputy() (Field, error) {
	f, err := p.Form.Field("deputy")
	return p.among(f.Ask("Deputy (optional)").Explain("Told next").Or("", "Nobody")), err
}

func (p protocolPage) among(f Field) Field {
	for _, m := range p.Members {
		f = f.Or(string(m.Account), m.Login)
	}
	return f
}

func protocolForm() []string {
	names := []string{"text"}
	for n := 1; n <= phonesOnPage; n++ {
		names = append(names, "phone-name-"+strconv.Itoa(n), "phone-number-"+strconv.Itoa(n))
	}
	return append(names, "lead", "deputy", "minutes", "confirmed")
}

// protocolAt is where faults about the numbers are shown.
func protocolAt() map[string]string {
	at := map[string]string{"phones": "phone-name-1"}
	for n := 1; n <= phonesOnPage; n++ {
		at[fmt.Sprintf("phones[%d]", n-1)] = "phone-name-" + strconv.Itoa(n)
	}
	return at
}

func (s *Site) protocol(c *gin.Context) error {
	ctx := c.Request.Context()
	v, err := s.app.Protocol(ctx, server.ActorOf(ctx))
	if err != nil {
		return err
	}
	form, err := blank(protocolForm()...)
	if err != nil {
		return err
	}
	form.start("minutes", "30")
	if v.Recorded() {
		form.start("text", v.Text)
		form.start("lead", string(v.Lead))
		form.start("deputy", string(v.Deputy))
		form.start("minutes", strconv.Itoa(v.Minutes))
		for i, ph := range v.Phones {
			form.start("phone-name-"+strconv.Itoa(i+1), ph.Name)
			form.start("phone-number-"+strconv.Itoa(i+1), ph.Number)
		}
	}
	return s.showProtocol(c, http.StatusOK, form)
}

func (s *Site) showProtocol(c *gin.Context, status int, form Form) error {
	ctx := c.Request.Context()
	p := protocolPage{Frame: s.frame(c, "safety").refused(form), Form: form, Done: c.Query("done") != ""}
	var err error
	if p.View, err = s.app.Protocol(ctx, server.ActorOf(ctx)); err != nil {
		return err
	}
	if p.Frame.SetsProtocol() {
		if p.Members, err = s.app.MayLead(ctx, server.ActorOf(ctx)); err != nil {
			return err
		}
	}
	return s.render(c, status, p)
}

func (s *Site) setProtocol(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c, protocolForm()...)
	if err != nil {
		return err
	}
	form.at = protocolAt()
	in := app.ProtocolChange{
		Key: form.sentKey(), Version: form.number("version"), Text: form.text("text"), Lead: scheme.AccountID(form.text("lead")),
		Deputy: scheme.AccountID(form.text("deputy")), Minutes: form.number("minutes"),
	}
	for n := 1; n <= phonesOnPage; n++ {
		in.Phones = append(in.Phones, scheme.Phone{Name: form.text("phone-name-" + strconv.Itoa(n)), Number: form.text("phone-number-" + strconv.Itoa(n))})
	}
	if form.text("confirmed") == "" {
		err = unsaid(func() error { _, err := s.app.SetProtocol(app.Rehearse(ctx), server.ActorOf(ctx), in); return err },
			fault.New(fault.Invalid, fault.InputInvalid, "Confirm that this is your organisation's protocol.").At("confirmed"))
	} else {
		_, err = s.app.SetProtocol(ctx, server.ActorOf(ctx), in)
	}
	if err != nil {
		status, err := s.refuse(ctx, &form, err)
		if err != nil {
			return err
		}
		return s.showProtocol(c, status, form)
	}
	c.Redirect(http.StatusSeeOther, "/safety/protocol?done=1")
	return nil
}

// unsaid joins a fault of the page's own with everything that a rehearsal finds.
func unsaid(rehearse func() error, own *fault.Fault) error {
	var wrong fault.List
	if accident := wrong.Note("", rehearse()); accident != nil && !errors.Is(accident, app.ErrRehearsed) {
		return accident
	}
	wrong.Add(own)
	return wrong.Err()
}
