package site

import (
	"context"
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
	page := app.Page{Limit: peopleShown + 1}
	var err error
	if page.After, err = s.listedBefore(ctx, c.Query("after")); err != nil {
		return err
	}
	if p.People, err = s.app.People(ctx, server.ActorOf(ctx), "", page); err != nil {
		return err
	}
	if p.Profile, err = s.app.Widest(ctx, server.ActorOf(ctx)); err != nil {
		return err
	}
	if len(p.People) > peopleShown {
		p.People = p.People[:peopleShown]
		p.Next = "/people?" + url.Values{"after": {string(p.People[peopleShown-1].ID)}}.Encode()
	}
	return s.render(c, status, p)
}

// listedBefore is the reference that a page of the list comes after.
func (s *Site) listedBefore(ctx context.Context, after string) (string, error) {
	if after == "" {
		return "", nil
	}
	last, err := s.app.Person(ctx, server.ActorOf(ctx), scheme.PersonID(after))
	return last.Reference, err
}
