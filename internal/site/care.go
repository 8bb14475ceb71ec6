package site

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// A carePanel is what stands wherever somebody is about to be in touch with a
// person or to ask them to answer a measure.
type carePanel struct {
	Care   scheme.Care
	Ways   []string
	SaidBy string
	Change scheme.PersonID // whose it is, where it may be changed from here; else empty
}

func carePanelOf(c scheme.Care) carePanel {
	p := carePanel{Care: c, SaidBy: scheme.Label(scheme.SaidBys(), string(c.SaidBy))}
	for _, w := range c.Ways {
		p.Ways = append(p.Ways, scheme.Label(scheme.Askings(), string(w)))
	}
	return p
}

// changedFrom is the panel with a link to where it is changed, for those who may.
func (p carePanel) changedFrom(f Frame, person scheme.PersonID) carePanel {
	if f.RecordsPeople() {
		p.Change = person
	}
	return p
}

// carePage is GET and POST /people/:person/care.
type carePage struct {
	Frame   Frame
	Person  scheme.Person
	Form    Form
	Version int
	Kept    *carePanel // what somebody else kept while this was typed
	Done    bool
	Ways    []scheme.Term
	SaidBys []scheme.Term
}

func (carePage) folder() string { return "person-care" }

func careForm() []string {
	return []string{"ways", "language", "safe_contact", "do_not_contact", "said_by", "said_on", "reason"}
}

func (s *Site) care(c *gin.Context) error {
	ctx := c.Request.Context()
	v, err := s.app.Care(ctx, server.ActorOf(ctx), scheme.PersonID(c.Param("person")))
	if err != nil {
		return err
	}
	form, err := blank(careForm()...)
	if err != nil {
		return err
	}
	for _, w := range v.Care.Ways {
		form.typed.Add("ways", string(w))
	}
	form.start("language", v.Care.Language)
	form.start("safe_contact", v.Care.Safe)
	form.start("reason", v.Care.Reason)
	form.start("said_by", string(v.Care.SaidBy))
	form.startDay("said_on", v.Care.SaidOn.String())
	if v.Care.DoNotContact {
		form.start("do_not_contact", "yes")
	}
	p := carePage{Version: v.Care.Revision, Done: c.Query("done") == "saved"}
	return s.showCare(c, http.StatusOK, v, p, form)
}

func (s *Site) changeCare(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c, careForm()...)
	if err != nil {
		return err
	}
	id := scheme.PersonID(c.Param("person"))
	in := app.CareChange{
		Key: form.sentKey(), Person: id, Version: form.number("version"), Language: form.text("language"),
		DoNotContact: form.text("do_not_contact") == "yes", SaidBy: scheme.SaidBy(form.text("said_by")),
		SaidOn: form.day("said_on"), Reason: form.text("reason"), Safe: form.text("safe_contact"),
	}
	for _, w := range form.typed["ways"] {
		in.Ways = append(in.Ways, scheme.Asking(w))
	}
	_, err = s.app.ChangeCare(ctx, server.ActorOf(ctx), in)
	if err == nil {
		c.Redirect(http.StatusSeeOther, "/people/"+string(id)+"/care?done=saved")
		return nil
	}
	stale := fault.Is(err, fault.Stale)
	status, err := s.refuse(ctx, &form, err)
	if err != nil {
		return err
	}
	v, err := s.app.Care(ctx, server.ActorOf(ctx), id)
	if err != nil {
		return err
	}
	p := carePage{Version: in.Version}
	if stale {
		kept := carePanelOf(v.Care)
		p.Kept, p.Version = &kept, v.Care.Revision
	}
	return s.showCare(c, status, v, p, form)
}

func (s *Site) showCare(c *gin.Context, status int, v app.CareView, p carePage, form Form) error {
	p.Frame, p.Person, p.Form = s.frame(c, "people").refused(form), v.Person, form
	p.Ways, p.SaidBys = scheme.Askings(), scheme.SaidBys()
	return s.render(c, status, p)
}
