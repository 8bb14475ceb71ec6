package site

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// permissionsPage is GET and POST /people/:person/permissions: what holds for each
// purpose, everything that was said, and a form to add to it.
type permissionsPage struct {
	Frame    Frame
	Person   scheme.Person
	Now      []saidLine
	History  []saidLine // newest first
	Form     Form
	Done     bool
	Purposes []scheme.Term
	Bases    []scheme.Term
	States   []scheme.Term
}

// saidLine is what a person said of one purpose, as people read it.
type saidLine struct {
	scheme.Permission
	Purpose string
	Basis   string
	State   string
	LeftOut bool // their rows are left out of what serves it
}

func (permissionsPage) folder() string { return "person-permissions" }

func permissionForm() []string { return []string{"purpose", "basis", "state", "on"} }

func (s *Site) permissions(c *gin.Context) error {
	form, err := blank(permissionForm()...)
	if err != nil {
		return err
	}
	return s.showPermissions(c, http.StatusOK, form)
}

func (s *Site) permit(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c, permissionForm()...)
	if err != nil {
		return err
	}
	id := scheme.PersonID(c.Param("person"))
	_, err = s.app.RecordPermission(ctx, server.ActorOf(ctx), app.NewPermission{
		Key: form.sentKey(), Person: id, Purpose: scheme.Purpose(form.text("purpose")), Basis: scheme.Basis(form.text("basis")),
		State: scheme.PermissionState(form.text("state")), On: form.day("on"),
	})
	if err != nil {
		status, err := s.refuse(ctx, &form, err)
		if err != nil {
			return err
		}
		return s.showPermissions(c, status, form)
	}
	c.Redirect(http.StatusSeeOther, "/people/"+string(id)+"/permissions?done=saved")
	return nil
}

func (s *Site) showPermissions(c *gin.Context, status int, form Form) error {
	ctx := c.Request.Context()
	v, err := s.app.Permissions(ctx, server.ActorOf(ctx), scheme.PersonID(c.Param("person")))
	if err != nil {
		return err
	}
	p := permissionsPage{
		Frame: s.frame(c, "people").refused(form), Person: v.Person, Form: form, Done: c.Query("done") == "saved" && status == http.StatusOK,
		Purposes: scheme.Purposes(), Bases: scheme.Bases(), States: scheme.PermissionStates(),
	}
	for _, t := range scheme.Purposes() {
		line := saidLineOf(v.Said.Now(scheme.Purpose(t.Value)))
		line.LeftOut = v.Said.LeavesOut(scheme.Purpose(t.Value)) && line.Permission.Purpose != scheme.NationalOptOut
		p.Now = append(p.Now, line)
	}
	for _, said := range v.Said.InOrder() {
		p.History = append([]saidLine{saidLineOf(said)}, p.History...)
	}
	return s.render(c, status, p)
}

func saidLineOf(p scheme.Permission) saidLine {
	return saidLine{
		Permission: p, Purpose: scheme.Label(scheme.Purposes(), string(p.Purpose)),
		Basis: scheme.Label(scheme.Bases(), string(p.Basis)), State: p.Label(),
	}
}
