package store

import (
	"time"

	"gorm.io/gorm/clause"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// groupSessionRow is table group_sessions, migration 0014.
type groupSessionRow struct {
	Owner
	ID         string `gorm:"primaryKey"`
	SchemeID   string
	ActivityID string
	OnDay      scheme.Day `gorm:"type:date"`
	Version    int
	AddedAt    time.Time
}

func (groupSessionRow) TableName() string { return "group_sessions" }

func (r groupSessionRow) session() scheme.Session {
	return scheme.Session{
		ID: scheme.SessionID(r.ID), Scheme: scheme.ID(r.SchemeID), Activity: scheme.ActivityID(r.ActivityID), On: r.OnDay, Revision: r.Version,
	}
}

// attendanceRow is table session_attendance, migration 0014.
type attendanceRow struct {
	Owner
	SessionID      string `gorm:"primaryKey"`
	PrescriptionID string `gorm:"primaryKey"`
	Result         string
}

func (attendanceRow) TableName() string { return "session_attendance" }

// Sessions returns the registers of a scheme, the newest day first.
func (s *scope) Sessions(of scheme.ID, limit int) ([]scheme.Session, error) {
	var rows []groupSessionRow
	if err := s.from("group_sessions").Where("scheme_id = ?", of).Order("on_day DESC, id DESC").Limit(limit).Find(&rows).Error; err != nil {
		return nil, failed("list registers", err)
	}
	all := make([]scheme.Session, len(rows))
	for i, r := range rows {
		all[i] = r.session()
	}
	return all, nil
}

// Session returns the register as it was saved, or one of revision 0 with
// nobody marked.
func (s *scope) Session(of scheme.Session) (scheme.Session, map[scheme.PrescriptionID]scheme.Mark, error) {
	var rows []groupSessionRow
	err := s.from("group_sessions").Where("scheme_id = ? AND activity_id = ? AND on_day = ?", of.Scheme, of.Activity, of.On).Find(&rows).Error
	marks := map[scheme.PrescriptionID]scheme.Mark{}
	if err != nil || len(rows) == 0 {
		of.ID, of.Revision = "", 0
		return of, marks, failed("read a register", err)
	}
	var lines []attendanceRow
	if err := s.from("session_attendance").Where("session_id = ?", rows[0].ID).Find(&lines).Error; err != nil {
		return of, nil, failed("read the lines of a register", err)
	}
	for _, l := range lines {
		marks[scheme.PrescriptionID(l.PrescriptionID)] = scheme.Mark(l.Result)
	}
	return rows[0].session(), marks, nil
}

// Expected returns whom the register of that scheme, activity and day is of: who
// has the activity prescribed and neither declined nor ended by then, and whoever
// the register marks. Names are open.
func (s *scope) Expected(of scheme.Session) ([]app.Expected, error) {
	var rows []struct {
		Row       prescriptionRow `gorm:"embedded"`
		PersonID  string
		Reference string
	}
	err := s.from("prescriptions").Where("prescriptions.activity_id = ?", of.Activity).
		Joins("JOIN referrals ON referrals.org_id = prescriptions.org_id AND referrals.id = prescriptions.referral_id").
		Joins("JOIN people ON people.org_id = referrals.org_id AND people.id = referrals.person_id").
		Where("referrals.scheme_id = ?", of.Scheme).
		Where(`prescriptions.declined_on IS NULL AND referrals.declined_on IS NULL AND referrals.ordinal > 0
			AND (prescriptions.offered_on IS NULL OR prescriptions.offered_on <= ?)
			AND (prescriptions.ended_on IS NULL OR prescriptions.ended_on >= ?)
			AND (referrals.ended_on IS NULL OR referrals.ended_on >= ?)
			OR EXISTS (SELECT 1 FROM session_attendance a WHERE a.org_id = prescriptions.org_id
				AND a.prescription_id = prescriptions.id AND a.session_id = ?)`, of.On, of.On, of.On, orNobody(of.ID)).
		Select("prescriptions.*, referrals.person_id, people.reference").Order("people.reference, prescriptions.id").Find(&rows).Error
	if err != nil {
		return nil, failed("read who is expected", err)
	}
	people := make([]scheme.Person, len(rows))
	for i, r := range rows {
		people[i] = scheme.Person{ID: scheme.PersonID(r.PersonID), Reference: r.Reference}
	}
	if err := s.addNames(people); err != nil {
		return nil, err
	}
	all := make([]app.Expected, len(rows))
	for i, r := range rows {
		all[i] = app.Expected{Prescription: r.Row.prescription(""), Person: people[i]}
	}
	return all, nil
}

// orNobody is an identifier that the database takes, of nothing where there is
// none.
func orNobody(id scheme.SessionID) string {
	if id == "" {
		return "00000000-0000-0000-0000-000000000000"
	}
	return string(id)
}

// SaveSession keeps the register's new version, and what changed of its lines:
// an empty mark takes a line out. It faults with version.stale when somebody
// else saved it first.
func (s *scope) SaveSession(of scheme.Session, changed map[scheme.PrescriptionID]scheme.Mark) error {
	if of.Revision == 0 {
		row := groupSessionRow{
			ID: string(of.ID), SchemeID: string(of.Scheme), ActivityID: string(of.Activity), OnDay: of.On, Version: 1, AddedAt: s.store.now(),
		}
		added, err := add(s.tenant, []*groupSessionRow{&row}, unlessTaken("org_id", "scheme_id", "activity_id", "on_day"))
		if err != nil {
			return failed("add a register", err)
		}
		if added == 0 {
			return stale()
		}
	} else if err := s.onlyOf(of.Revision, "save a register", s.at("group_sessions", string(of.ID)), map[string]any{}); err != nil {
		return err
	}
	var lines []*attendanceRow
	var gone []string
	for id, mark := range changed {
		if mark == "" {
			gone = append(gone, string(id))
			continue
		}
		lines = append(lines, &attendanceRow{SessionID: string(of.ID), PrescriptionID: string(id), Result: string(mark)})
	}
	if len(gone) > 0 {
		err := s.from("session_attendance").Where("session_id = ? AND prescription_id IN ?", of.ID, gone).Delete(&attendanceRow{}).Error
		if err != nil {
			return failed("take lines out of a register", err)
		}
	}
	_, err := add(s.tenant, lines, clause.OnConflict{
		Columns: named([]string{"org_id", "session_id", "prescription_id"}), DoUpdates: clause.AssignmentColumns([]string{"result"}),
	})
	return failed("save the lines of a register", err)
}

// Registered returns what all registers together say of each prescription; of
// those that none marks there is no entry.
func (s *scope) Registered(ids ...scheme.PrescriptionID) (map[scheme.PrescriptionID]scheme.Dose, error) {
	var rows []struct {
		PrescriptionID string
		Result         string
		OnDay          scheme.Day `gorm:"type:date"`
	}
	err := s.from("session_attendance").Where("session_attendance.prescription_id IN ?", texts(ids)).
		Joins("JOIN group_sessions ON group_sessions.org_id = session_attendance.org_id AND group_sessions.id = session_attendance.session_id").
		Select("session_attendance.prescription_id, session_attendance.result, group_sessions.on_day").Find(&rows).Error
	if err != nil {
		return nil, failed("read what registers say", err)
	}
	all := map[scheme.PrescriptionID]scheme.Dose{}
	for _, r := range rows {
		id := scheme.PrescriptionID(r.PrescriptionID)
		all[id] = all[id].And(r.OnDay, scheme.Mark(r.Result))
	}
	return all, nil
}
