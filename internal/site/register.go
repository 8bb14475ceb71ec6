package site

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// registersPage is GET /schemes/:scheme/registers: which group, on which day.
type registersPage struct {
	Frame      Frame
	Scheme     scheme.Scheme
	Form       Form
	Activities []scheme.Term
	Saved      []savedRegister // newest first
}

type savedRegister struct {
	scheme.Session
	Name string // of the activity
}

func (registersPage) folder() string { return "registers" }

// registers lists them, or leads to the one that is asked for.
func (s *Site) registers(c *gin.Context) error {
	ctx := c.Request.Context()
	by, id := server.ActorOf(ctx), scheme.ID(c.Param("scheme"))
	sch, err := s.app.Scheme(ctx, by, id)
	if err != nil {
		return err
	}
	form, err := blank("activity", "on")
	if err != nil {
		return err
	}
	form.typed = c.Request.URL.Query()
	if activity, day := form.text("activity"), form.day("on"); activity != "" {
		v, err := s.app.GroupRegister(ctx, by, app.RegisterAsk{Scheme: id, Activity: scheme.ActivityID(activity), On: day})
		if err == nil {
			c.Redirect(http.StatusSeeOther, addressOf(v))
			return nil
		}
		if err := form.refuse(err); err != nil {
			return err
		}
	}
	p := registersPage{Scheme: sch, Form: form, Frame: s.frame(c, "schemes").refused(form)}
	all, err := s.app.Activities(ctx, by)
	if err != nil {
		return err
	}
	today, err := s.app.Today(ctx, by)
	if err != nil {
		return err
	}
	names := map[scheme.ActivityID]string{}
	var stopped []scheme.Term
	for _, a := range all {
		names[a.ID] = a.Name
		term := scheme.Term{Value: string(a.ID), Label: a.Name + until(a, today)}
		if a.OfferedOn(today) {
			p.Activities = append(p.Activities, term)
		} else {
			stopped = append(stopped, term)
		}
	}
	p.Activities = append(p.Activities, stopped...)
	saved, err := s.app.Sessions(ctx, by, id)
	if err != nil {
		return err
	}
	for _, one := range saved {
		p.Saved = append(p.Saved, savedRegister{one, names[one.Activity]})
	}
	return s.render(c, http.StatusOK, p)
}

func addressOf(v app.RegisterView) string {
	return "/schemes/" + string(v.Session.Scheme) + "/registers/" + string(v.Session.Activity) + "/" + v.Session.On.String()
}

// registerPage is GET and POST /schemes/:scheme/registers/:activity/:day: who
// came, on one screen.
type registerPage struct {
	Frame   Frame
	View    app.RegisterView
	Form    Form
	Lines   []registerLine
	Saved   bool // just now
	Changed bool // by somebody else since it was read
}

// registerLine is one person with the control for them.
type registerLine struct {
	app.Expected
	Field Field
	There string // what somebody else saved, where it is not what is chosen here
}

func (registerPage) folder() string { return "register" }

func askedRegister(c *gin.Context) app.RegisterAsk {
	return app.RegisterAsk{Scheme: scheme.ID(c.Param("scheme")), Activity: scheme.ActivityID(c.Param("activity")), On: c.Param("day")}
}

func (s *Site) groupRegister(c *gin.Context) error {
	ctx := c.Request.Context()
	v, err := s.app.GroupRegister(ctx, server.ActorOf(ctx), askedRegister(c))
	if err != nil {
		return err
	}
	form, err := blank(registerForm(v)...)
	if err != nil {
		return err
	}
	form.start("version", strconv.Itoa(v.Session.Revision))
	for _, l := range v.Lines {
		mark := string(l.Mark)
		if mark == "" && c.Query("all") == "attended" {
			mark = string(scheme.MarkAttended)
		}
		form.start("mark."+string(l.Prescription.ID), mark)
	}
	return s.showRegister(c, http.StatusOK, registerPage{View: v, Form: form, Saved: c.Query("saved") != ""})
}

func registerForm(v app.RegisterView) []string {
	names := []string{"version"}
	for _, l := range v.Lines {
		names = append(names, "mark."+string(l.Prescription.ID))
	}
	return names
}

func (s *Site) saveRegister(c *gin.Context) error {
	ctx := c.Request.Context()
	by, ask := server.ActorOf(ctx), askedRegister(c)
	v, err := s.app.GroupRegister(ctx, by, ask)
	if err != nil {
		return err
	}
	form, err := posted(c, registerForm(v)...)
	if err != nil {
		return err
	}
	in := app.Register{Key: form.sentKey(), RegisterAsk: ask, Version: form.number("version")}
	for _, l := range v.Lines {
		if mark := form.text("mark." + string(l.Prescription.ID)); mark != "" {
			in.Marks = append(in.Marks, app.MarkEntry{Prescription: l.Prescription.ID, Mark: scheme.Mark(mark)})
		}
	}
	if _, err := s.app.SaveRegister(ctx, by, in); err != nil {
		status, err := s.refuse(ctx, &form, err)
		if err != nil {
			return err
		}
		if v, err = s.app.GroupRegister(ctx, by, ask); err != nil {
			return err
		}
		form.names = registerForm(v)
		return s.showRegister(c, status, registerPage{View: v, Form: form, Changed: form.stale(v.Session.Revision)})
	}
	c.Redirect(http.StatusSeeOther, addressOf(v)+"?"+url.Values{"saved": {"yes"}}.Encode())
	return nil
}

func (s *Site) showRegister(c *gin.Context, status int, p registerPage) error {
	p.Frame = s.frame(c, "schemes").refused(p.Form)
	for _, l := range p.View.Lines {
		field, err := p.Form.Field("mark." + string(l.Prescription.ID))
		if err != nil {
			return err
		}
		field.Name = "mark." + string(l.Prescription.ID)
		line := registerLine{Expected: l, Field: field.Of(scheme.Marks())}
		if p.Changed && field.Value != string(l.Mark) {
			if line.There = scheme.Label(scheme.Marks(), string(l.Mark)); line.There == "" {
				line.There = "left open"
			}
		}
		p.Lines = append(p.Lines, line)
	}
	return s.render(c, status, p)
}
