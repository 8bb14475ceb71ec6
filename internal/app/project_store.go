package app

import (
	"time"

	"cairn/internal/scheme"
)

// ProjectReader reads research projects.
type ProjectReader interface {
	// Projects returns all, the newest first.
	Projects() ([]scheme.Project, error)
	Project(id scheme.ProjectID) (scheme.Project, error)
	// ProjectFiles returns what was sent for one, the newest first.
	ProjectFiles(id scheme.ProjectID) ([]scheme.ProjectFile, error)
	// ProjectTold returns what each file of a project that is still about says of
	// each person in the schemes that another has too, by the other's names, the first
	// file first. Somebody whose referrals are gone keeps the name that they had.
	ProjectTold(of, to scheme.Project) ([]ToldFile, error)
	// ProjectNames gives people names that stand for them in one scheme's rows of
	// one project and in no other place.
	ProjectNames(id scheme.ProjectID) (func(scheme.ID, scheme.PersonID) string, error)
}

// ProjectWriter writes research projects.
type ProjectWriter interface {
	// LockProjects makes other downloads of the organisation wait.
	LockProjects() error
	AddProject(p scheme.Project) error
	// SaveProject keeps what may change: its state and who decided. It faults with
	// version.stale when what is there is of another revision.
	SaveProject(p scheme.Project) error
	// AddProjectFile keeps that a file was sent, and what it says of whom.
	AddProjectFile(f scheme.ProjectFile, told ToldFile) error
	// DeleteProjectFile notes that the researcher's copy is gone; it faults with
	// not-found for one that is noted already.
	DeleteProjectFile(f scheme.ProjectFile) error
}

// A Ticket lets one person download one file of one project, once.
type Ticket struct {
	Project scheme.ProjectID
	Account scheme.AccountID
	Hash    []byte // SHA-256 of what is said; nil for a wrong password
	At      time.Time
	Expires time.Time
}

// TicketReader reads what was typed for tickets.
type TicketReader interface {
	// WrongPasswords counts what an account typed wrongly since.
	WrongPasswords(account scheme.AccountID, since time.Time) (int, error)
	// CheckTicket faults as UseTicket does, and uses nothing up.
	CheckTicket(t Ticket) error
}

// TicketWriter writes tickets.
type TicketWriter interface {
	// LockAccount makes whoever else types that account's password wait, for
	// whatever project it is.
	LockAccount(id scheme.AccountID) error
	AddTicket(t Ticket) error
	// UseTicket uses one up; it faults with project.ticket for one that is not
	// there, of another project or account, expired or used.
	UseTicket(t Ticket) error
}
