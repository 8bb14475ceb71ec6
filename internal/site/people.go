package site

import (
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// peopleShown is how many people a page lists.
const peopleShown = 25

// peoplePage is GET and POST /people: the people of one's own schemes by
// reference, and one field that finds somebody among them. What is typed is posted
// and answered where it stands, so that no name and no number gets into an address.
type peoplePage struct {
	Frame   Frame
	Form    Form
	Profile scheme.Profile // what there is to look for
	People  []scheme.Person
	Sought  *app.Sought // nil for everybody
	Next    string      // the address of the next page; empty on the last
}

func (peoplePage) folder() string { return "people" }

func (s *Site) people(c *gin.Context) error {
	form, err := blank("q")
	if err != nil {
		return err
	}
	return s.listPeople(c, http.StatusOK, form)
}

// findPeople goes to whoever is found alone; others it lists.
func (s *Site) findPeople(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c, "q")
	if err != nil {
		return err
	}
	if form.text("q") == "" {
		c.Redirect(http.StatusSeeOther, "/people")
		return nil
	}
	found, err := s.app.SearchPeople(ctx, server.ActorOf(ctx), form.text("q"))
	if err != nil {
		status, err := s.refuse(ctx, &form, err)
		if err != nil {
			return err
		}
		return s.listPeople(c, status, form)
	}
	if len(found.People) == 1 {
		c.Redirect(http.StatusSeeOther, "/people/"+string(found.People[0].ID))
		return nil
	}
	return s.render(c, http.StatusOK, peoplePage{
		Frame: s.frame(c, "people"), Form: form, Profile: found.Profile, People: found.People, Sought: &found,
	})
}

// listPeople lists everybody, page by page.
func (s *Site) listPeople(c *gin.Context, status int, form Form) error {
	ctx := c.Request.Context()
	p := peoplePage{Frame: s.frame(c, "people").refused(form), Form: form}
	lines, err := s.app.People(ctx, server.ActorOf(ctx), "", app.Page{After: c.Query("after"), Limit: peopleShown + 1})
	if err != nil {
		return err
	}
	if p.Profile, err = s.app.Widest(ctx, server.ActorOf(ctx)); err != nil {
		return err
	}
	if len(lines) > peopleShown {
		lines = lines[:peopleShown]
		p.Next = "/people?" + url.Values{"after": {lines[peopleShown-1].Mark}}.Encode()
	}
	for _, l := range lines {
		p.People = append(p.People, l.Person)
	}
	return s.render(c, status, p)
}
