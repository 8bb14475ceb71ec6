package app

import (
	"context"
	"slices"

	"cairn/internal/scheme"
)

// A ProjectView is one project with what its page says.
type ProjectView struct {
	scheme.Project
	Today       scheme.Day
	SchemeNames []string // in the order of Schemes
	UserNames   []string // in the order of Users
	AskedBy     string
	DecidedBy   string
	EndedBy     string
	Files       []ProjectFileView // the log of downloads, the newest first
	Mine        bool              // may be downloaded by the actor, as far as the project goes
	ToDecide    bool              // by the actor
	Beside      []string          // to whoever decides: other projects whose files its own are held against, in words
}

// A ProjectFileView is one download.
type ProjectFileView struct {
	scheme.ProjectFile
	SentTo    string
	DeletedBy string
}

// A ProjectList is every project that the actor may see, and what one can ask for.
type ProjectList struct {
	Projects    []ProjectView
	Schemes     []scheme.Scheme
	Researchers []Member
	Today       scheme.Day
}

// Projects returns those of the actor: a manager sees those of their schemes, a
// researcher those they are named in or asked for.
func (a *App) Projects(ctx context.Context, by Actor) (l ProjectList, err error) {
	if err := by.may(SeeProjects); err != nil {
		return ProjectList{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		l = ProjectList{} // a read may run again
		if l.Today, err = a.today(r); err != nil {
			return err
		}
		all, err := r.Schemes(l.Today)
		if err != nil {
			return err
		}
		members, err := r.Members()
		if err != nil {
			return err
		}
		for _, s := range all {
			if by.Sees(s.ID) {
				l.Schemes = append(l.Schemes, s)
			}
		}
		for _, m := range members {
			if m.Role == Researcher {
				l.Researchers = append(l.Researchers, m)
			}
		}
		projects, err := r.Projects()
		for _, p := range projects {
			if by.seesProject(p) {
				l.Projects = append(l.Projects, projectView(p, by, l.Today, all, members))
			}
		}
		return err
	})
	return l, err
}

// Project returns one with its log.
func (a *App) Project(ctx context.Context, by Actor, id scheme.ProjectID) (v ProjectView, err error) {
	if err := by.may(SeeProjects); err != nil {
		return ProjectView{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		p, err := projectOf(r, by, id)
		if err != nil {
			return err
		}
		today, err := a.today(r)
		if err != nil {
			return err
		}
		all, err := r.Schemes(today)
		if err != nil {
			return err
		}
		members, err := r.Members()
		if err != nil {
			return err
		}
		v = projectView(p, by, today, all, members)
		if v.Beside, err = besideNames(r, by, p); err != nil {
			return err
		}
		files, err := r.ProjectFiles(id)
		for _, f := range files {
			if by.Role == Researcher {
				f.LeftOut = 0 // how many said no is for the service alone
			}
			v.Files = append(v.Files, ProjectFileView{ProjectFile: f, SentTo: loginOf(members, f.Sent.By), DeletedBy: loginOf(members, f.Deleted.By)})
		}
		return err
	})
	return v, err
}

// seesProject reports whether a project is the actor's to see.
func (a Actor) seesProject(p scheme.Project) bool {
	if a.Role == Researcher {
		return p.Of(a.Account) || p.Asked.By == a.Account
	}
	return !slices.ContainsFunc(p.Schemes, func(id scheme.ID) bool { return !a.Sees(id) })
}

// projectOf is a project of the actor's; another's looks like none.
func projectOf(r ProjectReader, by Actor, id scheme.ProjectID) (scheme.Project, error) {
	p, err := r.Project(id)
	if err != nil {
		return scheme.Project{}, err
	}
	if !by.seesProject(p) {
		return scheme.Project{}, notThere()
	}
	return p, nil
}

func projectView(p scheme.Project, by Actor, today scheme.Day, schemes []scheme.Scheme, members []Member) ProjectView {
	v := ProjectView{
		Project: p, Today: today, AskedBy: loginOf(members, p.Asked.By), DecidedBy: loginOf(members, p.Decided.By), EndedBy: loginOf(members, p.Ended.By),
		Mine:     p.Open(today) && p.Of(by.Account) && by.May(TakeProjects),
		ToDecide: p.State == scheme.ProjectAsked && p.Asked.By != by.Account && by.May(DecideProjects),
	}
	for _, id := range p.Schemes {
		i := slices.IndexFunc(schemes, func(s scheme.Scheme) bool { return s.ID == id })
		v.SchemeNames = append(v.SchemeNames, schemes[i].Name)
	}
	for _, id := range p.Users {
		v.UserNames = append(v.UserNames, loginOf(members, id))
	}
	return v
}
