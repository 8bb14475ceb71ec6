package site

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// activityPage is GET and POST /activities/:activity: an activity is changed,
// stopped by one button, or offered again.
type activityPage struct {
	Frame      Frame
	Now        app.ActivityView // as it stands
	Category   string           // in words
	Offered    bool             // today
	Form       Form
	Categories []scheme.Term
	Changed    bool // by somebody else since it was read
}

func (activityPage) folder() string { return "activity" }

func activityChangeForm() []string {
	return []string{"name", "category", "provider", "offered_until", "reason", "version"}
}

func (s *Site) activity(c *gin.Context) error {
	ctx := c.Request.Context()
	now, err := s.app.Activity(ctx, server.ActorOf(ctx), scheme.ActivityID(c.Param("activity")))
	if err != nil {
		return err
	}
	form, err := blank(activityChangeForm()...)
	if err != nil {
		return err
	}
	form.saysActivity(now.Activity)
	return s.showActivity(c, http.StatusOK, activityPage{Now: now, Form: form})
}

// saysActivity fills a form with what is there.
func (f *Form) saysActivity(a scheme.Activity) {
	f.start("name", a.Name)
	f.start("category", string(a.Category))
	f.start("provider", a.Provider)
	f.startDay("offered_until", a.OfferedUntil.String())
	f.start("version", strconv.Itoa(a.Revision))
}

func (s *Site) changeActivity(c *gin.Context) error {
	ctx := c.Request.Context()
	by, id := server.ActorOf(ctx), scheme.ActivityID(c.Param("activity"))
	form, err := posted(c, activityChangeForm()...)
	if err != nil {
		return err
	}
	before, err := s.app.Activity(ctx, by, id)
	if err != nil {
		return err
	}
	if quick := form.text("quick"); quick != "" { // the rest as it is
		read := form.text("version")
		form.saysActivity(before.Activity)
		form.start("version", read)
		for _, part := range []string{"-day", "-month", "-year"} {
			form.typed.Del("offered_until" + part)
		}
		if quick == "stop" {
			form.startDay("offered_until", before.Today.String())
		}
	}
	_, err = s.app.ChangeActivity(ctx, by, app.ActivityChange{
		Key: form.sentKey(), Activity: id, Version: form.number("version"), Name: form.text("name"),
		Category: scheme.Category(form.text("category")), Provider: form.text("provider"),
		OfferedUntil: form.day("offered_until"), Reason: form.text("reason"),
	})
	if err == nil {
		c.Redirect(http.StatusSeeOther, "/activities?changed="+string(id))
		return nil
	}
	p := activityPage{Changed: fault.Is(err, fault.Stale)}
	status, err := s.refuse(ctx, &form, err)
	if err != nil {
		return err
	}
	if p.Now, err = s.app.Activity(ctx, by, id); err != nil {
		return err
	}
	if p.Changed {
		form.start("version", strconv.Itoa(p.Now.Revision))
	}
	p.Form = form
	return s.showActivity(c, status, p)
}

func (s *Site) showActivity(c *gin.Context, status int, p activityPage) error {
	p.Frame, p.Categories = s.frame(c, "activities").refused(p.Form), scheme.Categories()
	p.Category = scheme.Label(p.Categories, string(p.Now.Category))
	p.Offered = p.Now.OfferedOn(p.Now.Today)
	return s.render(c, status, p)
}
