package site

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// activitiesPage is GET and POST /activities: the list, and a form below it for
// those who set schemes up.
type activitiesPage struct {
	Frame      Frame
	Activities []activityLine // those that are offered
	Stopped    []activityLine
	Categories []scheme.Term
	Form       Form
	Added      string // the name of the one just added
	Changed    string // the name of the one just changed
}

type activityLine struct {
	scheme.Activity
	Category string
	Opens    bool // for whoever may change it
}

func (activitiesPage) folder() string { return "activities" }

func activityForm() []string { return []string{"name", "category", "provider"} }

func (s *Site) activities(c *gin.Context) error {
	form, err := blank(activityForm()...)
	if err != nil {
		return err
	}
	return s.showActivities(c, http.StatusOK, form)
}

func (s *Site) addActivity(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c, activityForm()...)
	if err != nil {
		return err
	}
	made, err := s.app.AddActivity(ctx, server.ActorOf(ctx), app.NewActivity{
		Key: form.sentKey(), Name: form.text("name"),
		Category: scheme.Category(form.text("category")), Provider: form.text("provider"),
	})
	if err != nil {
		status, err := s.refuse(ctx, &form, err)
		if err != nil {
			return err
		}
		return s.showActivities(c, status, form)
	}
	c.Redirect(http.StatusSeeOther, "/activities?added="+string(made.ID))
	return nil
}

func (s *Site) showActivities(c *gin.Context, status int, form Form) error {
	ctx := c.Request.Context()
	all, err := s.app.Activities(ctx, server.ActorOf(ctx))
	if err != nil {
		return err
	}
	p := activitiesPage{Frame: s.frame(c, "activities").refused(form), Categories: scheme.Categories(), Form: form}
	today, err := s.app.Today(ctx, p.Frame.Actor)
	if err != nil {
		return err
	}
	for _, a := range all {
		line := activityLine{a, scheme.Label(scheme.Categories(), string(a.Category)), p.Frame.SetsUp()}
		if a.OfferedOn(today) {
			p.Activities = append(p.Activities, line)
		} else {
			p.Stopped = append(p.Stopped, line)
		}
		switch string(a.ID) {
		case c.Query("added"):
			p.Added = a.Name
		case c.Query("changed"):
			p.Changed = a.Name
		}
	}
	return s.render(c, status, p)
}
