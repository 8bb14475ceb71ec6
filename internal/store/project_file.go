package store

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// projectFileRow is table project_files, migration 0036.
type projectFileRow struct {
	Owner
	ID        string `gorm:"primaryKey"`
	ProjectID string
	SHA256    string `gorm:"column:sha256"`
	Bytes     int
	RowsSent  int
	People    int
	LeftOut   int
	Fewest    int
	Told      []byte
	Referrals []byte
	SentAt    time.Time
	SentTo    string
	DeletedAt *time.Time
	DeletedBy *string
}

func (projectFileRow) TableName() string { return "project_files" }

const (
	toldColumn      = "project_files.told"
	referralsColumn = "project_files.referrals" // migration 0047
)

// ProjectFiles returns what was sent, the newest first.
func (s *scope) ProjectFiles(id scheme.ProjectID) ([]scheme.ProjectFile, error) {
	if !isID(string(id)) {
		return nil, missing()
	}
	var rows []projectFileRow
	if err := s.from("project_files").Where("project_id = ?", string(id)).Omit("told", "referrals").Order("id DESC").Find(&rows).Error; err != nil {
		return nil, failed("list files of a project", err)
	}
	all := make([]scheme.ProjectFile, len(rows))
	for i, r := range rows {
		all[i] = scheme.ProjectFile{
			ID: scheme.ProjectFileID(r.ID), Project: scheme.ProjectID(r.ProjectID), SHA256: r.SHA256, Bytes: r.Bytes, Rows: r.RowsSent,
			People: r.People, LeftOut: r.LeftOut, Fewest: r.Fewest, Sent: deed(&r.SentAt, &r.SentTo), Deleted: deed(r.DeletedAt, r.DeletedBy),
		}
	}
	return all, nil
}

// ProjectTold opens what each file says whose copy is still about.
func (s *scope) ProjectTold(of, to scheme.Project) ([]app.ToldFile, error) {
	all, err := s.told(of.ID)
	if err != nil || len(all) == 0 || of.ID == to.ID {
		return all, err
	}
	n, err := s.naming(of, to)
	if err != nil {
		return nil, err
	}
	for i, file := range all {
		all[i].People = n.renamed(file.People)
	}
	return all, nil
}

// told is by the names of the project itself.
func (s *scope) told(id scheme.ProjectID) ([]app.ToldFile, error) {
	if !isID(string(id)) {
		return nil, missing()
	}
	var rows []projectFileRow
	if err := s.from("project_files").Where("project_id = ? AND deleted_at IS NULL", string(id)).Order("id").Find(&rows).Error; err != nil {
		return nil, failed("read files of a project", err)
	}
	key, err := s.orgKey()
	if err != nil {
		return nil, err
	}
	all := make([]app.ToldFile, len(rows))
	for i, r := range rows {
		if all[i], err = r.told(key); err != nil {
			return nil, fmt.Errorf("what file %s told: %w", r.ID, err)
		}
	}
	return all, nil
}

func (r projectFileRow) told(key sealer) (f app.ToldFile, err error) {
	text, err := key.open(r.Told, r.OrgID, r.ID, toldColumn)
	if err != nil {
		return f, err
	}
	if err := json.Unmarshal(text, &f.People); err != nil {
		return f, fmt.Errorf("people: %w", err)
	}
	if r.Referrals == nil {
		return f, nil
	}
	ids, err := key.open(r.Referrals, r.OrgID, r.ID, referralsColumn)
	if err != nil {
		return f, err
	}
	f.Referrals = make([]uuid.UUID, len(ids)/len(uuid.UUID{}))
	for i := range f.Referrals {
		copy(f.Referrals[i][:], ids[i*len(uuid.UUID{}):])
	}
	return f, nil
}

// AddProjectFile keeps that a file was sent. What it says of people is sealed.
func (s *scope) AddProjectFile(f scheme.ProjectFile, told app.ToldFile) error {
	key, err := s.orgKey()
	if err != nil {
		return err
	}
	text, err := json.Marshal(told.People)
	if err != nil {
		return fmt.Errorf("encode what a file told: %w", err)
	}
	ids := make([]byte, 0, len(told.Referrals)*len(uuid.UUID{}))
	for _, id := range told.Referrals {
		ids = append(ids, id[:]...)
	}
	row := projectFileRow{
		ID: string(f.ID), ProjectID: string(f.Project), SHA256: f.SHA256, Bytes: f.Bytes, RowsSent: f.Rows, People: f.People, LeftOut: f.LeftOut,
		Fewest: f.Fewest, Told: key.seal(text, s.org, string(f.ID), toldColumn),
		Referrals: key.seal(ids, s.org, string(f.ID), referralsColumn), SentAt: instant(f.Sent.At), SentTo: string(f.Sent.By),
	}
	_, err = add(s.tenant, []*projectFileRow{&row})
	return failed("keep that a file was sent", err)
}

// DeleteProjectFile notes that the researcher's copy is gone.
func (s *scope) DeleteProjectFile(f scheme.ProjectFile) error {
	return changed("note that a file is deleted", s.at("project_files", string(f.ID)).Where("project_id = ? AND deleted_at IS NULL", string(f.Project)).
		Updates(map[string]any{"deleted_at": instant(f.Deleted.At), "deleted_by": string(f.Deleted.By)}))
}

// projectTicketRow is table project_tickets, migration 0036.
type projectTicketRow struct {
	Owner
	ID        string `gorm:"primaryKey"`
	ProjectID string
	AccountID string
	TokenHash []byte
	At        time.Time
	ExpiresAt time.Time
	UsedAt    *time.Time
}

func (projectTicketRow) TableName() string { return "project_tickets" }

// WrongPasswords counts what an account typed wrongly since.
func (s *scope) WrongPasswords(account scheme.AccountID, since time.Time) (n int, err error) {
	err = s.from("project_tickets").Where("account_id = ? AND at > ? AND token_hash IS NULL", string(account), instant(since)).Select("COUNT(*)").Scan(&n).Error
	return n, failed("count wrong passwords", err)
}

// AddTicket keeps a ticket, or that a password was wrong.
func (s *scope) AddTicket(t app.Ticket) error {
	id, err := newID()
	if err != nil {
		return err
	}
	row := projectTicketRow{
		ID: id, ProjectID: string(t.Project), AccountID: string(t.Account), TokenHash: t.Hash, At: instant(t.At), ExpiresAt: instant(t.Expires),
	}
	_, err = add(s.tenant, []*projectTicketRow{&row})
	return failed("add a ticket", err)
}

// CheckTicket looks whether UseTicket would find it.
func (s *scope) CheckTicket(t app.Ticket) error {
	var n int
	err := s.goodTicket(t).Select("COUNT(*)").Scan(&n).Error
	if err == nil && n == 0 {
		return ticketGone()
	}
	return failed("look at a ticket", err)
}

// goodTicket is the ticket, where it can be used.
func (s *scope) goodTicket(t app.Ticket) *gorm.DB {
	return s.from("project_tickets").
		Where("project_id = ? AND account_id = ? AND token_hash = ? AND used_at IS NULL AND expires_at > ?", string(t.Project), string(t.Account), t.Hash, instant(t.At))
}

func ticketGone() error {
	return fault.New(fault.Conflict, fault.TicketGone, "This download was taken already, or its ten minutes are over. Type your password again for another.")
}

// UseTicket is one statement, so that of two at once one gets through.
func (s *scope) UseTicket(t app.Ticket) error {
	done := s.goodTicket(t).Updates(map[string]any{"used_at": instant(t.At)})
	if done.Error == nil && done.RowsAffected == 0 {
		return ticketGone()
	}
	return failed("use a ticket", done.Error)
}
