package api

import (
	"context"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// Values of research projects.
type (
	projectState    string
	projectTrait    string // what a project may ask to know of people
	projectDecision string
)

func (projectState) Schema(huma.Registry) *huma.Schema { return choice(scheme.ProjectStates()) }
func (projectTrait) Schema(huma.Registry) *huma.Schema { return choice(scheme.ProjectTraits()) }

func (projectDecision) Schema(huma.Registry) *huma.Schema {
	return documented(map[string]any{"enum": []string{"approve", "refuse"}})
}

// A projectSchemeBody is one scheme of a project, or one that can be asked for.
type projectSchemeBody struct {
	ID   string `json:"id" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Name string `json:"name" example:"Garden"`
}

// A projectUserBody is a researcher.
type projectUserBody struct {
	ID    string `json:"id" doc:"The account's identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b12"`
	Login string `json:"login" example:"ed"`
}

type projectBody struct {
	ID      string              `json:"id" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b13"`
	Version int                 `json:"version" doc:"Counts on with each step. Send it with the next one" example:"1"`
	Name    string              `json:"name" example:"Gardens and wellbeing"`
	Purpose string              `json:"purpose" example:"Whether gardening changes wellbeing within twelve weeks."`
	Schemes []projectSchemeBody `json:"schemes" nullable:"false" doc:"Whose rows it may have"`
	Users   []projectUserBody   `json:"users" nullable:"false" doc:"Researchers who may download"`
	Measure string              `json:"measure,omitempty" doc:"A measure's key or a series; absent: all that the plans collect" example:"swemwbs"`
	From    quarter             `json:"from,omitempty" doc:"The first quarter in which referrals start; absent: all" example:"2025-Q1"`
	To      quarter             `json:"to,omitempty" doc:"The last quarter" example:"2026-Q1"`
	Traits  []projectTrait      `json:"traits" nullable:"false" doc:"What its rows say of people besides scores"`
	Until   day                 `json:"until" doc:"The last day of downloads" example:"2026-12-31"`
	State   projectState        `json:"state" doc:"Files can be downloaded while it is approved, until its last day" example:"asked"`
	Fewest  int                 `json:"fewest" doc:"How many people every description in a file fits" example:"10"`
	Reason  string              `json:"fewer_because,omitempty" doc:"The written approval of fewer than ten"`
	Note    string              `json:"note,omitempty" doc:"Why it was refused or ended"`
	AskedBy string              `json:"asked_by" example:"ann"`
	Decided string              `json:"decided_by,omitempty" doc:"Somebody else than who asked" example:"meg"`
	EndedBy string              `json:"ended_by,omitempty" example:"meg"`
	Files   []projectFileBody   `json:"files,omitempty" nullable:"false" doc:"Every download, the newest first; absent in lists and before the first"`
}

type projectFileBody struct {
	ID        string     `json:"id" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b14"`
	SHA256    string     `json:"sha256" doc:"Of the whole file, in hexadecimal digits"`
	Bytes     int        `json:"bytes" example:"48213"`
	Rows      int        `json:"rows" doc:"Of all its tables" example:"960"`
	People    int        `json:"people" doc:"In schemes: somebody in two is counted twice" example:"265"`
	LeftOut   int        `json:"left_out,omitempty" doc:"Referrals of people who said no to research or evaluation, or opted out nationally. For managers: it is told to no researcher" example:"4"`
	Fewest    int        `json:"fewest" doc:"How many people every description in it fits" example:"10"`
	SentTo    string     `json:"sent_to" example:"ed"`
	SentAt    time.Time  `json:"sent_at" example:"2026-07-01T09:30:00Z"`
	DeletedAt *time.Time `json:"deleted_at,omitempty" doc:"When it was noted that the researcher's copy is gone" example:"2026-09-01T09:30:00Z"`
	DeletedBy string     `json:"deleted_by,omitempty" doc:"Who noted it" example:"meg"`
}

type projectsBody struct {
	Items       []projectBody       `json:"items" nullable:"false" doc:"The newest first"`
	Schemes     []projectSchemeBody `json:"schemes" nullable:"false" doc:"That you can ask for"`
	Researchers []projectUserBody   `json:"researchers" nullable:"false" doc:"Whom a project can name"`
}

type newProjectBody struct {
	Name    string         `json:"name" example:"Gardens and wellbeing"`
	Purpose string         `json:"purpose" doc:"In 20 to 2,000 characters, without anybody in them" example:"Whether gardening changes wellbeing within twelve weeks."`
	Schemes []string       `json:"schemes" nullable:"false" doc:"Identifiers, each once" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Users   []string       `json:"users" nullable:"false" doc:"Accounts of researchers, who may download" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b12"`
	Measure string         `json:"measure,omitempty" doc:"A measure's key or a series; absent: all that the plans collect" example:"swemwbs"`
	From    quarter        `json:"from,omitempty" doc:"The first quarter in which referrals start; absent: all" example:"2025-Q1"`
	To      quarter        `json:"to,omitempty" doc:"The last quarter" example:"2026-Q1"`
	Traits  []projectTrait `json:"traits,omitempty" nullable:"false" doc:"What rows say of people besides scores. Each makes files coarser: ask for what is needed"`
	Until   day            `json:"until" doc:"The last day of downloads, within a year" example:"2026-12-31"`
}

type decidedProjectBody struct {
	Version  whole           `json:"version" doc:"The version that you read" example:"1"`
	Decision projectDecision `json:"decision" example:"approve"`
	Fewest   whole           `json:"fewest,omitempty" doc:"How many people every description fits, 5 to 10; absent: 10. Fewer needs a reason" example:"10"`
	Reason   string          `json:"reason,omitempty" doc:"Needed to refuse, and for fewer than ten" example:"The study board asks for bands of five"`
}

type endedProjectBody struct {
	Version whole  `json:"version" doc:"The version that you read" example:"2"`
	Reason  string `json:"reason" example:"The study is over"`
}

func (a *API) projects() {
	get(a, asked{id: "list-projects", path: "/projects", tag: "Research", right: app.SeeProjects, summary: "Projects that may have rows for research",
		about: "A manager sees those of which all schemes are theirs, a researcher those that name them or that they asked for."},
		"query", func(ctx context.Context, by app.Actor, _ *none) (projectsBody, error) {
			l, err := a.app.Projects(ctx, by)
			return projectsOf(l), err
		})
	get(a, asked{id: "get-project", path: "/projects/{id}", tag: "Research", right: app.SeeProjects, summary: "One project, and the log of its files"},
		"path", func(ctx context.Context, by app.Actor, in *byID) (projectBody, error) {
			v, err := a.app.Project(ctx, by, scheme.ProjectID(in.ID))
			return projectOf(v), err
		})
	post(a, asked{id: "create-project", path: "/projects", tag: "Research", right: app.AskProjects, summary: "Ask for rows for research",
		about: "Nobody has any before somebody else, a manager of all its schemes, approves."},
		projectBody.address, func(ctx context.Context, by app.Actor, in *creation[newProjectBody]) (projectBody, error) {
			b := in.Body
			v, err := a.app.AskProject(ctx, by, app.NewProject{
				Key: in.Key, Name: b.Name, Purpose: b.Purpose, Schemes: texts[scheme.ID](b.Schemes), Users: texts[scheme.AccountID](b.Users),
				Measure: b.Measure, From: string(b.From), To: string(b.To), Traits: texts[string](b.Traits), Until: string(b.Until),
			})
			return projectOf(v), err
		})
	post(a, asked{id: "decide-project", path: "/projects/{id}/decision", tag: "Research", right: app.DecideProjects, summary: "Approve or refuse a project",
		about: "Not by who asked, nor by who may download: they are refused with 403. Files of two projects about the same scheme and time can be joined by their scores, and are held against each other: see first what the check says. A project that somebody has decided about is refused with 409, `project.state`."},
		projectBody.address, func(ctx context.Context, by app.Actor, in *change[decidedProjectBody]) (projectBody, error) {
			v, err := a.app.DecideProject(ctx, by, app.ProjectDecision{
				Key: in.Key, ID: scheme.ProjectID(in.ID), Version: int(in.Body.Version), Decision: string(in.Body.Decision), Fewest: int(in.Body.Fewest), Reason: in.Body.Reason,
			})
			return projectOf(v), err
		})
	post(a, asked{id: "end-project", path: "/projects/{id}/end", tag: "Research", right: app.DecideProjects, summary: "End a project before its last day",
		about: "Nothing of it is downloaded any more, with a ticket that was given before either. One that is over is refused with 409, `project.state`."},
		projectBody.address, func(ctx context.Context, by app.Actor, in *change[endedProjectBody]) (projectBody, error) {
			v, err := a.app.EndProject(ctx, by, app.ProjectEnd{Key: in.Key, ID: scheme.ProjectID(in.ID), Version: int(in.Body.Version), Reason: in.Body.Reason})
			return projectOf(v), err
		})
}

// texts is a list of texts as texts of another kind.
func texts[T, F ~string](all []F) []T {
	out := make([]T, len(all))
	for i, one := range all {
		out[i] = T(one)
	}
	return out
}

func (b projectBody) address() string { return "/projects/" + b.ID }

func projectsOf(l app.ProjectList) projectsBody {
	b := projectsBody{Items: []projectBody{}, Schemes: []projectSchemeBody{}, Researchers: []projectUserBody{}}
	for _, p := range l.Projects {
		b.Items = append(b.Items, projectOf(p))
	}
	for _, s := range l.Schemes {
		b.Schemes = append(b.Schemes, projectSchemeBody{string(s.ID), s.Name})
	}
	for _, m := range l.Researchers {
		b.Researchers = append(b.Researchers, projectUserBody{string(m.Account), m.Login})
	}
	return b
}

func projectOf(v app.ProjectView) projectBody {
	b := projectBody{
		ID: string(v.ID), Version: v.Revision, Name: v.Name, Purpose: v.Purpose, Schemes: []projectSchemeBody{}, Users: []projectUserBody{},
		Measure: v.Measure, Traits: texts[projectTrait](v.Traits), Until: day(v.Until.String()), State: projectState(v.State), Fewest: v.Fewest,
		Reason: v.Why, Note: v.Note, AskedBy: v.AskedBy, Decided: v.DecidedBy, EndedBy: v.EndedBy,
	}
	for i, name := range v.SchemeNames {
		b.Schemes = append(b.Schemes, projectSchemeBody{string(v.Schemes[i]), name})
	}
	for i, login := range v.UserNames {
		b.Users = append(b.Users, projectUserBody{string(v.Users[i]), login})
	}
	if v.Period.From != 0 {
		b.From = quarter(v.Period.From.String())
	}
	if v.Period.To != 0 {
		b.To = quarter(v.Period.To.String())
	}
	for _, f := range v.Files {
		b.Files = append(b.Files, projectFileBody{
			ID: string(f.ID), SHA256: f.SHA256, Bytes: f.Bytes, Rows: f.Rows, People: f.People, LeftOut: f.LeftOut, Fewest: f.Fewest,
			SentTo: f.SentTo, SentAt: f.Sent.At, DeletedAt: when(f.Deleted), DeletedBy: f.DeletedBy,
		})
	}
	return b
}
