package site

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// projectRoutes are how rows for research are asked for, approved and downloaded.
func (s *Site) projectRoutes() {
	for _, r := range []struct {
		method, path string
		policy       server.Policy
		do           func(*gin.Context) error
	}{
		{http.MethodGet, "/projects", server.Policy{Right: app.SeeProjects}, s.projects},
		{http.MethodGet, "/projects/new", server.Policy{Right: app.AskProjects}, s.newProject},
		{http.MethodPost, "/projects/new", server.Policy{Right: app.AskProjects}, s.askProject},
		{http.MethodGet, "/projects/:project", server.Policy{Right: app.SeeProjects}, s.project},
		{http.MethodGet, "/projects/:project/check", server.Policy{Right: app.SeeProjects, File: true}, s.checkProject},
		{http.MethodPost, "/projects/:project/decision", server.Policy{Right: app.DecideProjects}, s.decideProject},
		{http.MethodPost, "/projects/:project/end", server.Policy{Right: app.DecideProjects}, s.endProject},
		{http.MethodPost, "/projects/:project/deleted", server.Policy{Right: app.DecideProjects}, s.copyDeleted},
		{http.MethodGet, "/projects/:project/download", server.Policy{Right: app.TakeProjects}, s.stepUp},
		{http.MethodPost, "/projects/:project/download", server.Policy{Right: app.TakeProjects}, s.doStepUp},
		{http.MethodGet, "/projects/:project/file", server.Policy{Right: app.TakeProjects}, s.stepUp}, // opened anew: the password once more
		{http.MethodPost, "/projects/:project/file", server.Policy{Right: app.TakeProjects, File: true}, s.takeProject},
	} {
		s.server.Route(r.method, r.path, r.policy, r.do)
	}
}

// projectsPage is GET /projects: the reader's projects and what can be done next.
// A researcher begins here.
type projectsPage struct {
	Frame Frame
	List  app.ProjectList
}

func (projectsPage) folder() string { return "projects" }

// Next are those that wait for the reader.
func (p projectsPage) Next() []app.ProjectView {
	return slices.DeleteFunc(slices.Clone(p.List.Projects), func(v app.ProjectView) bool { return !waits(v) })
}

// Others are all that do not.
func (p projectsPage) Others() []app.ProjectView {
	return slices.DeleteFunc(slices.Clone(p.List.Projects), waits)
}

func waits(v app.ProjectView) bool { return v.Mine || v.ToDecide }

func (s *Site) projects(c *gin.Context) error {
	ctx := c.Request.Context()
	list, err := s.app.Projects(ctx, server.ActorOf(ctx))
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, projectsPage{Frame: s.frame(c, "projects"), List: list})
}

// newProjectPage is GET and POST /projects/new.
type newProjectPage struct {
	Frame    Frame
	Form     Form
	List     app.ProjectList
	Measures []scheme.Term // that the plans of the schemes collect
}

func (newProjectPage) folder() string { return "project-new" }

// Schemes, Researchers and Quarters are what can be chosen from.
func (p newProjectPage) Schemes() (terms []scheme.Term) {
	for _, s := range p.List.Schemes {
		terms = append(terms, scheme.Term{Value: string(s.ID), Label: s.Name})
	}
	return terms
}

func (p newProjectPage) Researchers() (terms []scheme.Term) {
	for _, m := range p.List.Researchers {
		terms = append(terms, scheme.Term{Value: string(m.Account), Label: m.Login})
	}
	return terms
}

func (p newProjectPage) Quarters() []scheme.Term {
	return quartersSince(p.List.Today, p.List.Schemes)
}

func projectForm() []string {
	return []string{"name", "purpose", "schemes", "users", "traits", "measure", "from", "to", "until"}
}

func (s *Site) newProject(c *gin.Context) error {
	ctx := c.Request.Context()
	by := server.ActorOf(ctx)
	form, err := blank(projectForm()...)
	if err != nil {
		return err
	}
	if by.May(app.TakeProjects) {
		form.start("users", string(by.Account))
	}
	if like := c.Query("like"); like != "" {
		v, err := s.app.Project(ctx, by, scheme.ProjectID(like))
		if err != nil {
			return err
		}
		form.like(v.Project)
	}
	return s.showNewProject(c, http.StatusOK, form)
}

// like fills the form with what another project asked for, all but its last day.
func (f *Form) like(p scheme.Project) {
	f.start("name", p.Name)
	f.start("purpose", p.Purpose)
	f.start("measure", p.Measure)
	for name, q := range map[string]scheme.Quarter{"from": p.Period.From, "to": p.Period.To} {
		if q != 0 {
			f.start(name, q.String())
		}
	}
	f.typed["schemes"], f.typed["users"], f.typed["traits"] = texts(p.Schemes), texts(p.Users), p.Traits
}

func texts[T ~string](all []T) (out []string) {
	for _, one := range all {
		out = append(out, string(one))
	}
	return out
}

func (s *Site) askProject(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c, projectForm()...)
	if err != nil {
		return err
	}
	in := app.NewProject{
		Key: form.sentKey(), Name: form.text("name"), Purpose: form.text("purpose"), Measure: form.text("measure"),
		From: form.text("from"), To: form.text("to"), Traits: form.typed["traits"], Until: form.day("until"),
	}
	for _, id := range form.typed["schemes"] {
		in.Schemes = append(in.Schemes, scheme.ID(id))
	}
	for _, id := range form.typed["users"] {
		in.Users = append(in.Users, scheme.AccountID(id))
	}
	v, err := s.app.AskProject(ctx, server.ActorOf(ctx), in)
	if err != nil {
		status, err := s.refuse(ctx, &form, err)
		if err != nil {
			return err
		}
		return s.showNewProject(c, status, form)
	}
	c.Redirect(http.StatusSeeOther, "/projects/"+string(v.ID)+"?done=asked")
	return nil
}

func (s *Site) showNewProject(c *gin.Context, status int, form Form) error {
	ctx := c.Request.Context()
	list, err := s.app.Projects(ctx, server.ActorOf(ctx))
	if err != nil {
		return err
	}
	defs, err := s.app.Measures(ctx, server.ActorOf(ctx))
	if err != nil {
		return err
	}
	p := newProjectPage{Frame: s.frame(c, "projects").refused(form), Form: form, List: list}
	for _, d := range defs {
		collected := func(of scheme.Scheme) bool { return slices.Contains(of.Plan.Measures(), d.Key) }
		if slices.ContainsFunc(list.Schemes, collected) {
			p.Measures = append(p.Measures, scheme.Term{Value: string(d.Key), Label: d.Short})
		}
	}
	return s.render(c, status, p)
}

// measureOf names what a project asks for, which is a measure or one of its
// scores.
func measureOf(defs []measure.Definition, asked string) string {
	for _, d := range defs {
		if string(d.Key) == asked {
			return d.Short
		}
		if sc, there := d.Score(measure.Series(asked)); there {
			return sc.Name
		}
	}
	return asked
}
