package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// A NewProject asks for rows for research.
type NewProject struct {
	Key     string             `json:"-"`
	Name    string             `json:"name"`
	Purpose string             `json:"purpose"`
	Schemes []scheme.ID        `json:"schemes"`
	Users   []scheme.AccountID `json:"users"` // researchers, who may download
	Measure string             `json:"measure"`
	From    string             `json:"from"` // quarters in which referrals start
	To      string             `json:"to"`
	Traits  []string           `json:"traits"`
	Until   string             `json:"until"` // the last day of downloads
}

// longest is for how many days a project can be asked for.
const longest = 366

// AskProject asks for rows. Nobody has any before somebody else approves.
func (a *App) AskProject(ctx context.Context, by Actor, in NewProject) (ProjectView, error) {
	if err := by.may(AskProjects); err != nil {
		return ProjectView{}, err
	}
	for _, id := range in.Schemes {
		if err := by.mayIn(AskProjects, id); err != nil {
			return ProjectView{}, err
		}
	}
	object, err := a.create(ctx, writing{by, "project.ask", in.Key, in}, func(w Writer) (string, error) {
		if err := w.HoldSchemes(in.Schemes...); err != nil {
			return "", err
		}
		p, err := a.asked(w, by, in)
		if err != nil {
			return "", err
		}
		return string(p.ID), w.AddProject(p)
	})
	if err != nil {
		return ProjectView{}, err
	}
	return a.Project(ctx, by, scheme.ProjectID(object))
}

// asked reads a project that is asked for, or says everything that is wrong.
func (a *App) asked(w Writer, by Actor, in NewProject) (p scheme.Project, err error) {
	today, err := a.today(w)
	if err != nil {
		return p, err
	}
	members, err := w.Members()
	if err != nil {
		return p, err
	}
	var wrong fault.List
	p = scheme.Project{
		Name: strings.TrimSpace(in.Name), Schemes: in.Schemes, Measure: in.Measure, State: scheme.ProjectAsked,
		Fewest: scheme.ProjectFewest, Asked: scheme.Deed{At: a.now(), By: by.Account},
	}
	named(&wrong, "name", p.Name)
	p.Purpose = purpose(&wrong, in.Purpose)
	if len(in.Schemes) == 0 {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Choose one scheme or more.").At("schemes"))
	}
	for _, id := range in.Users {
		known := slices.ContainsFunc(members, func(m Member) bool { return m.Account == id && m.Role == Researcher })
		if !known || slices.Contains(p.Users, id) {
			wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Name people whose role is researcher, each once.").At("users"))
			break
		}
		p.Users = append(p.Users, id)
	}
	if len(in.Users) == 0 {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Name who may download the files.").At("users"))
	}
	for _, t := range scheme.ProjectTraits() {
		if slices.Contains(in.Traits, t.Value) {
			p.Traits = append(p.Traits, t.Value)
		}
	}
	for _, t := range in.Traits {
		choose(&wrong, "traits", t, scheme.ProjectTraits())
	}
	p.Until = needDay(&wrong, "until", in.Until)
	if !p.Until.IsZero() && (p.Until.Before(today) || p.Until.After(today.Plus(longest))) {
		wrong.Add(fault.New(fault.Invalid, fault.DayOrder, "Choose a day from today on, within a year.").At("until"))
	}
	if accident := wrong.Note("", a.asksFor(w, by, in, &p)); accident != nil {
		return p, accident
	}
	if err := wrong.Err(); err != nil {
		return p, err
	}
	p.ID, err = newID[scheme.ProjectID]()
	return p, err
}

// asksFor tries what rows the project would have.
func (a *App) asksFor(r Reader, by Actor, in NewProject, p *scheme.Project) error {
	if len(in.Schemes) == 0 {
		return nil
	}
	e := &exporting{r: r, names: map[scheme.ID]string{}}
	if err := a.resolve(e, by, ExportAsk{Schemes: in.Schemes, Measure: in.Measure, From: in.From, To: in.To}); err != nil {
		return err
	}
	p.Period = e.view.Extract.Period
	return nil
}

// purpose reads a few sentences without anybody in them.
func purpose(wrong *fault.List, text string) string {
	text = strings.Join(strings.Fields(text), " ")
	switch n := len([]rune(text)); {
	case n < 20 || n > 2000:
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Say in 20 to 2,000 characters what the rows are for. Whoever approves goes by it.").At("purpose"))
	case scheme.HoldsNHSNumber(text):
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "This holds what looks like an NHS number. Say what the rows are for without it.").At("purpose"))
	case !scheme.Visible(text):
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "This holds a character that cannot be seen. Type it again.").At("purpose"))
	}
	return text
}

// A ProjectDecision approves a project or refuses it.
type ProjectDecision struct {
	Key      string           `json:"-"`
	ID       scheme.ProjectID `json:"id"`
	Version  int              `json:"version"`
	Decision string           `json:"decision"` // approve | refuse
	Fewest   int              `json:"fewest"`   // people whom a description fits; 0: the usual ten
	Reason   string           `json:"reason"`   // needed to refuse, and for fewer than ten
}

// DecideProject approves or refuses. Nobody decides what they asked for
// themselves, or may download.
func (a *App) DecideProject(ctx context.Context, by Actor, in ProjectDecision) (ProjectView, error) {
	return a.changeProject(ctx, by, projectChange{DecideProjects, "project.decide", in.Key, in.ID, in.Version, in}, func(p *scheme.Project) error {
		var wrong fault.List
		switch {
		case p.State != scheme.ProjectAsked:
			return projectState("Somebody has decided about this project already.")
		case p.Asked.By == by.Account || p.Of(by.Account):
			return fault.New(fault.Forbidden, fault.NotAllowed, "Somebody else than who asked has to decide.")
		case in.Decision != "approve" && in.Decision != "refuse":
			wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Choose to approve or to refuse.").At("decision"))
		case in.Decision == "refuse":
			p.State, p.Note = scheme.ProjectRefused, reasoned(&wrong, "reason", in.Reason)
		default:
			p.State = scheme.ProjectApproved
			if in.Fewest != 0 {
				p.Fewest = in.Fewest
			}
			if p.Fewest < scheme.ProjectFloor || p.Fewest > scheme.ProjectFewest {
				wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "A number from %d to %d.", scheme.ProjectFloor, scheme.ProjectFewest).At("fewest"))
			} else if p.Fewest < scheme.ProjectFewest {
				p.Why = reasoned(&wrong, "reason", in.Reason)
			}
		}
		p.Decided = scheme.Deed{At: a.now(), By: by.Account}
		return wrong.Err()
	})
}

// A ProjectEnd ends a project before its last day.
type ProjectEnd struct {
	Key     string           `json:"-"`
	ID      scheme.ProjectID `json:"id"`
	Version int              `json:"version"`
	Reason  string           `json:"reason"`
}

// EndProject ends a project, so that nothing of it is downloaded any more.
func (a *App) EndProject(ctx context.Context, by Actor, in ProjectEnd) (ProjectView, error) {
	return a.changeProject(ctx, by, projectChange{DecideProjects, "project.end", in.Key, in.ID, in.Version, in}, func(p *scheme.Project) error {
		if p.State != scheme.ProjectAsked && p.State != scheme.ProjectApproved {
			return projectState("This project is over already.")
		}
		var wrong fault.List
		p.State, p.Note, p.Ended = scheme.ProjectEnded, reasoned(&wrong, "reason", in.Reason), scheme.Deed{At: a.now(), By: by.Account}
		return wrong.Err()
	})
}

func projectState(said string) *fault.Fault {
	return fault.New(fault.Conflict, fault.ProjectState, "%s", said)
}

// A projectChange is one step of a project.
type projectChange struct {
	right   Right
	act     string
	key     string
	id      scheme.ProjectID
	version int
	input   any
}

func (a *App) changeProject(ctx context.Context, by Actor, c projectChange, change func(*scheme.Project) error) (ProjectView, error) {
	if err := by.may(c.right); err != nil {
		return ProjectView{}, err
	}
	_, err := a.create(ctx, writing{by, c.act, c.key, c.input}, func(w Writer) (string, error) {
		p, err := projectOf(w, by, c.id)
		if err != nil {
			return "", err
		}
		if err := change(&p); err != nil {
			return "", err
		}
		if p.Revision != c.version {
			return "", staleRecord()
		}
		return string(p.ID), w.SaveProject(p)
	})
	if err != nil {
		return ProjectView{}, fmt.Errorf("project: %w", err)
	}
	return a.Project(ctx, by, c.id)
}
