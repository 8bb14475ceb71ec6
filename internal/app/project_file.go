package app

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"cairn/internal/disclosure"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// A ProjectCheck says what a file of a project would be today.
type ProjectCheck struct {
	Project ProjectView
	Counted bool // numbers are told: to a researcher only of a file that they can have
	People  int  // in schemes
	Rows    int  // referrals
	Veil    scheme.Veil
	Refused disclosure.RowRefusal // empty: it could go out
	Why     string                // in words, where it is refused
}

// CheckProject tries what a file would be, and sends nothing.
func (a *App) CheckProject(ctx context.Context, by Actor, id scheme.ProjectID) (c ProjectCheck, err error) {
	if c.Project, err = a.Project(ctx, by, id); err != nil {
		return ProjectCheck{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		rows, err := a.project(r, by, c.Project.Project)
		if err != nil {
			return err
		}
		c.Veil, c.Rows, c.Refused, c.Why = rows.plan.Veil, len(rows.rows), rows.plan.Refused, whyNoRows(rows.plan)
		if c.Rows > 0 {
			c.People = rows.rows[c.Rows-1].person + 1
		}
		switch {
		case by.Role != Researcher:
			c.Counted, c.Why = true, whyNot(rows.plan, strconv.Itoa(rows.plan.Fewer))+heldAgainst(rows.plan, c.Project.Beside)
		case c.Project.Mine && c.Refused == disclosure.RowsGo:
			c.Counted = true
		default:
			c.People, c.Rows, c.Veil.Hidden, c.Veil.Cells = 0, 0, 0, 0
		}
		return nil
	})
	if err != nil {
		return ProjectCheck{}, fmt.Errorf("check a project: %w", err)
	}
	return c, nil
}

const (
	ticketFor     = 10 * time.Minute
	wrongAtMost   = 5                // passwords, in wrongWithin
	wrongWithin   = 10 * time.Minute // and so long one waits then
	saidTooOften  = "Too many wrong passwords. Wait ten minutes and try again."
	passwordWrong = "The password is not right. Type the one that you sign in with."
)

// A StepUp confirms who somebody is, just before a download.
type StepUp struct {
	ID       scheme.ProjectID `json:"id"`
	Password string           `json:"-"`
}

// A TicketView is what a right password gives: it is said once and good once.
type TicketView struct {
	Ticket  string
	Expires time.Time
}

// StepUp gives a ticket for one download by whoever typed their password.
func (a *App) StepUp(ctx context.Context, by Actor, in StepUp) (t TicketView, err error) {
	if _, err := a.takable(ctx, by, in.ID); err != nil {
		return t, err
	}
	account, err := a.store.Account(ctx, by.Account)
	if err != nil {
		return t, fmt.Errorf("step up: %w", err)
	}
	ticket := Ticket{Project: in.ID, Account: by.Account, At: a.now(), Expires: a.now().Add(ticketFor)}
	right, err := a.passwords.Matches(in.Password, account.PasswordHash)
	if err != nil {
		return t, fmt.Errorf("step up: %w", err)
	}
	act := "project.step-up-refused"
	if right {
		act = "project.step-up"
		t = TicketView{Ticket: rand.Text(), Expires: ticket.Expires}
		ticket.Hash = TokenHash(t.Ticket)
	}
	_, err = a.create(ctx, writing{actor: by, act: act, input: in}, func(w Writer) (string, error) {
		if err := w.LockAccount(by.Account); err != nil {
			return "", err
		}
		wrong, err := w.WrongPasswords(by.Account, ticket.At.Add(-wrongWithin))
		if err == nil && wrong >= wrongAtMost {
			err = fault.New(fault.Forbidden, fault.StepUpRefused, "%s", saidTooOften).At("password")
		}
		if err != nil {
			return "", err
		}
		return string(in.ID), w.AddTicket(ticket)
	})
	if err != nil {
		return TicketView{}, err
	}
	if !right {
		return TicketView{}, fault.New(fault.Forbidden, fault.StepUpRefused, "%s", passwordWrong).At("password")
	}
	return t, nil
}

// takable is a project that the actor may download today.
func (a *App) takable(ctx context.Context, by Actor, id scheme.ProjectID) (p ProjectView, err error) {
	if err := by.may(TakeProjects); err != nil {
		return p, err
	}
	if p, err = a.Project(ctx, by, id); err != nil {
		return p, err
	}
	switch {
	case p.Mine:
		return p, nil
	case p.State == scheme.ProjectAsked:
		return p, projectState("Nobody has approved this project yet.")
	case !p.Of(by.Account):
		return p, projectState("You are not named among those who may download its files.")
	}
	return p, projectState("This project is over: it was refused or ended, or its last day has passed.")
}

// A ProjectTaking is one download.
type ProjectTaking struct {
	ID     scheme.ProjectID `json:"id"`
	Ticket string           `json:"-"`
}

// A Parcel is a finished file that was found safe and is in the log. Whoever takes
// it closes its file.
type Parcel struct {
	Name string
	File Package
	Kept scheme.ProjectFile
	held []outFile // that it was held against
	told ToldFile
}

// WriteTo hands the file over.
func (p Parcel) WriteTo(w io.Writer) (int64, error) {
	return io.Copy(w, io.NewSectionReader(p.File, 0, p.File.Size()))
}

// TakeProject looks at the ticket, makes the file, has it checked, writes the
// download down, and only then hands it over. The ticket is used up by it.
func (a *App) TakeProject(ctx context.Context, by Actor, in ProjectTaking) (Parcel, error) {
	p, err := a.takable(ctx, by, in.ID)
	if err != nil {
		return Parcel{}, err
	}
	ticket := Ticket{Project: in.ID, Account: by.Account, Hash: TokenHash(strings.TrimSpace(in.Ticket)), At: a.now()}
	if err := a.store.Read(ctx, by.Org, func(r Reader) error { return r.CheckTicket(ticket) }); err != nil {
		return Parcel{}, fmt.Errorf("take a file for research: %w", err)
	}
	made, err := a.pack(ctx, by, p)
	if err != nil {
		return Parcel{}, err
	}
	kept := made.Kept
	_, err = a.create(ctx, writing{actor: by, act: "project.download", input: kept}, func(w Writer) (string, error) {
		if err := w.LockProjects(); err != nil {
			return "", err
		}
		now, err := projectOf(w, by, in.ID)
		if err != nil {
			return "", err
		}
		files, err := about(w, now)
		if err != nil {
			return "", err
		}
		if now.Revision != p.Revision || !sameFiles(files, made.held) {
			return "", projectState("This project changed, or another file about the same people went out, while yours was made. Nothing was sent. Try again.")
		}
		if err := w.UseTicket(ticket); err != nil {
			return "", err
		}
		return string(in.ID), w.AddProjectFile(kept, made.told)
	})
	if err != nil {
		return Parcel{}, errors.Join(err, made.File.Close())
	}
	return made, nil
}

// pack makes the file and has it checked. Without an error there is a file.
func (a *App) pack(ctx context.Context, by Actor, p ProjectView) (made Parcel, err error) {
	if a.research.Pack == nil || a.research.Check == nil {
		return made, fault.New(fault.Unavailable, fault.Busy, "This installation makes no files for research.")
	}
	defer Frugally(whilePacking)()
	var sent scheme.Sent
	var broken []string
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		rows, err := a.project(r, by, p.Project)
		if err != nil {
			return err
		}
		if rows.plan.Refused != disclosure.RowsGo {
			return unsafeProject(whyNoRows(rows.plan))
		}
		if made.File != nil { // a read may run again
			if err := made.File.Close(); err != nil {
				return err
			}
		}
		if made.File, sent, err = a.research.Pack(rows.view.Extract, rows); err != nil {
			return err
		}
		made.held, made.told.Referrals = rows.held, rows.referrals()
		made.told.People, broken = a.research.Check(made.File, p.Fewest, p.SchemeNames, rows.told...)
		made.Name = "cairn-project-" + rows.view.Extract.Today.String() + ".zip"
		return nil
	})
	if err == nil && len(broken) > 0 {
		err = unsafeProject("The finished file was checked and is not sent. " + strings.Join(broken[:min(3, len(broken))], "; ") + ".")
	}
	id, failed := newID[scheme.ProjectFileID]()
	if err = cmp.Or(err, failed); err != nil {
		if made.File != nil {
			err = errors.Join(err, made.File.Close())
		}
		return Parcel{}, fmt.Errorf("make a file for research: %w", err)
	}
	made.Kept = scheme.ProjectFile{
		ID: id, Project: p.ID, SHA256: sent.SHA256, Bytes: int(made.File.Size()), Rows: sent.Rows, People: len(made.told.People), LeftOut: sent.LeftOut, Fewest: p.Fewest,
		Sent: scheme.Deed{At: a.now(), By: by.Account},
	}
	return made, nil
}

// A CopyDeleted notes that the researcher's copy of a file is gone.
type CopyDeleted struct {
	Key  string               `json:"-"`
	ID   scheme.ProjectID     `json:"id"`
	File scheme.ProjectFileID `json:"file"`
}

// NoteDeleted notes it; further files are not held against that one any more.
func (a *App) NoteDeleted(ctx context.Context, by Actor, in CopyDeleted) (ProjectView, error) {
	if err := by.may(DecideProjects); err != nil {
		return ProjectView{}, err
	}
	_, err := a.create(ctx, writing{by, "project.copy-deleted", in.Key, in}, func(w Writer) (string, error) {
		if _, err := projectOf(w, by, in.ID); err != nil {
			return "", err
		}
		return string(in.ID), w.DeleteProjectFile(scheme.ProjectFile{ID: in.File, Project: in.ID, Deleted: scheme.Deed{At: a.now(), By: by.Account}})
	})
	if err != nil {
		return ProjectView{}, err
	}
	return a.Project(ctx, by, in.ID)
}
