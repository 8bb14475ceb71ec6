package site

import (
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// peopleShown is how many people a page lists.
const peopleShown = 25

// peoplePage is GET and POST /people: the people of one's own schemes by
// reference. What is typed is posted, and gets into the address only once it is
// the beginning of a reference that is there: a name or an NHS number does not.
type peoplePage struct {
	Frame  Frame
	Form   Form
	People []scheme.Person
	Sought string // what was searched for; empty for everybody
	Next   string // the address of the next page; empty on the last
}

func (peoplePage) folder() string { return "people" }

func (s *Site) people(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := blank("q")
	if err != nil {
		return err
	}
	form.start("q", c.Query("q"))
	page := app.Page{Limit: peopleShown + 1}
	if after := c.Query("after"); after != "" {
		last, err := s.app.Person(ctx, server.ActorOf(ctx), scheme.PersonID(after))
		if err != nil {
			return err
		}
		page.After = last.Reference
	}
	return s.listPeople(c, form, page)
}

// findPeople answers what was typed. What finds somebody gets an address, so that
// its pages can be turned.
func (s *Site) findPeople(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c, "q")
	if err != nil {
		return err
	}
	q := form.text("q")
	found, err := s.app.People(ctx, server.ActorOf(ctx), q, app.Page{Limit: 1})
	switch {
	case err == nil && len(found) > 0 && q != "":
		c.Redirect(http.StatusSeeOther, "/people?"+url.Values{"q": {q}}.Encode())
		return nil
	case err == nil && q == "":
		c.Redirect(http.StatusSeeOther, "/people")
		return nil
	}
	return s.listPeople(c, form, app.Page{Limit: peopleShown + 1})
}

func (s *Site) listPeople(c *gin.Context, form Form, page app.Page) error {
	ctx := c.Request.Context()
	p := peoplePage{Sought: form.text("q")}
	status := http.StatusOK
	found, err := s.app.People(ctx, server.ActorOf(ctx), p.Sought, page)
	if err != nil {
		if fault.Is(err, fault.PersonReference) {
			p.Sought = ""
		}
		if status, err = s.refuse(ctx, &form, err); err != nil {
			return err
		}
	}
	if len(found) > peopleShown {
		found = found[:peopleShown]
		next := url.Values{"after": {string(found[peopleShown-1].ID)}}
		if p.Sought != "" {
			next.Set("q", p.Sought)
		}
		p.Next = "/people?" + next.Encode()
	}
	p.Frame, p.Form, p.People = s.frame(c, "people").refused(form), form, found
	return s.render(c, status, p)
}
