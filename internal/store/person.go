package store

import (
	"errors"
	"time"

	"gorm.io/gorm"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// personRow is table people, migrations 0004 and 0045.
type personRow struct {
	Owner
	ID          string `gorm:"primaryKey"`
	Reference   string
	BirthYear   int
	Sex         string
	Ethnicity   string
	Deprivation int
	Version     int
	AddedAt     time.Time
	Batch       *string
}

func (personRow) TableName() string { return "people" }

func (r personRow) person() scheme.Person {
	return scheme.Person{
		ID: scheme.PersonID(r.ID), Reference: r.Reference, BirthYear: r.BirthYear,
		Sex: scheme.Sex(r.Sex), Ethnicity: scheme.Ethnicity(r.Ethnicity), Deprivation: r.Deprivation, Revision: r.Version,
	}
}

// personKeyRow is table person_keys, migration 0004.
type personKeyRow struct {
	Owner
	PersonID   string `gorm:"primaryKey"`
	WrappedKey []byte
}

func (personKeyRow) TableName() string { return "person_keys" }

// personIdentityRow is table person_identity, migrations 0004 and 0012.
type personIdentityRow struct {
	Owner
	PersonID  string `gorm:"primaryKey"`
	Name      []byte
	Contact   []byte
	NHSNumber []byte `gorm:"column:nhs_number"`
	NHSIndex  []byte `gorm:"column:nhs_index"`
}

func (personIdentityRow) TableName() string { return "person_identity" }

// Person returns the person of that identifier, or whom they were merged into,
// with the references of everybody who was.
func (s *scope) Person(id scheme.PersonID) (scheme.Person, error) {
	p, err := s.onePerson(s.at("people", string(id)))
	if err != nil {
		return scheme.Person{}, err
	}
	p.Aliases, err = s.aliases(p.ID)
	return p, err
}

func (s *scope) PersonByReference(reference string) (scheme.Person, error) {
	return s.onePerson(s.from("people").Where("people.reference = ?", reference))
}

// onePerson follows a merge, which is never more than one step.
func (s *scope) onePerson(query *gorm.DB) (scheme.Person, error) {
	var row struct {
		Row  personRow `gorm:"embedded"`
		Into *string
	}
	err := query.Joins("LEFT JOIN person_merges ON person_merges.org_id = people.org_id AND person_merges.person_id = people.id").
		Select("people.*, person_merges.into_id AS \"into\"").Take(&row).Error
	if err == nil && row.Into != nil {
		var kept personRow // a filled one would narrow the query
		err = s.at("people", *row.Into).Take(&kept).Error
		row.Row = kept
	}
	if err != nil {
		return scheme.Person{}, failed("read a person", err)
	}
	p := row.Row.person()
	err = s.openIdentity(&p)
	return p, err
}

// People passes over those who were merged into others.
func (s *scope) People(page app.Page) ([]scheme.Person, error) {
	var rows []personRow
	err := s.listed().Where("people.reference > ?", page.After).
		Where("NOT EXISTS (SELECT 1 FROM person_merges WHERE person_merges.org_id = people.org_id AND person_merges.person_id = people.id)").
		Order("people.reference").Limit(page.Limit).Find(&rows).Error
	if err != nil {
		return nil, failed("list people", err)
	}
	all := make([]scheme.Person, len(rows))
	for i, r := range rows {
		all[i] = r.person()
	}
	return all, s.addNames(all)
}

// addNames opens the names of people, in one query. A person whose key is gone
// was erased and has no name.
func (s *scope) addNames(people []scheme.Person) error {
	ids := make([]string, len(people))
	for i, p := range people {
		ids[i] = string(p.ID)
	}
	var rows []struct {
		PersonID   string
		Name       []byte
		WrappedKey []byte
	}
	err := s.from("person_identity").
		Joins("JOIN person_keys ON person_keys.org_id = person_identity.org_id AND person_keys.person_id = person_identity.person_id").
		Where("person_identity.person_id IN ?", ids).
		Select("person_identity.person_id, person_identity.name, person_keys.wrapped_key").Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return failed("read names", err)
	}
	orgKey, err := s.orgKey()
	if err != nil {
		return err
	}
	names := make(map[scheme.PersonID]string, len(rows))
	for _, r := range rows {
		key, err := orgKey.openKey(r.WrappedKey, s.org, r.PersonID, "person_keys.wrapped_key")
		if err != nil {
			return errors.Join(errors.New("key of person "+r.PersonID), err)
		}
		name, err := key.open(r.Name, s.org, r.PersonID, sealedName)
		if err != nil {
			return errors.Join(errors.New("name of person "+r.PersonID), err)
		}
		names[scheme.PersonID(r.PersonID)] = string(name)
	}
	for i := range people {
		people[i].Name = names[people[i].ID]
	}
	return nil
}

// AddPerson keeps p, what identifies them under a key of its own.
func (s *scope) AddPerson(p scheme.Person) error {
	added, err := add(s.tenant, s.rowsOfPeople([]scheme.Person{p}), unlessTaken("org_id", "reference"))
	if err != nil {
		return failed("add a person", err)
	}
	if added == 0 {
		return personTaken()
	}
	return s.addIdentity(p)
}

func (s *scope) rowsOfPeople(all []scheme.Person) []*personRow {
	rows, now := make([]*personRow, len(all)), s.store.now()
	for i, p := range all {
		rows[i] = &personRow{
			ID: string(p.ID), Reference: p.Reference, BirthYear: p.BirthYear, Sex: string(p.Sex),
			Ethnicity: string(p.Ethnicity), Deprivation: p.Deprivation, Version: 1, AddedAt: now, Batch: optional(p.Batch),
		}
	}
	return rows
}

// OpenNames returns people with a name and an open referral to the scheme.
// Somebody has one open referral to a scheme at most, so nobody comes twice.
func (s *scope) OpenNames(id scheme.ID, limit int) ([]scheme.Person, error) {
	if !isID(string(id)) {
		return nil, missing()
	}
	var rows []personRow
	err := s.from("people").
		Joins("JOIN referrals ON referrals.org_id = people.org_id AND referrals.person_id = people.id").
		Joins("JOIN person_identity ON person_identity.org_id = people.org_id AND person_identity.person_id = people.id").
		Where("referrals.scheme_id = ? AND referrals.ended_on IS NULL AND referrals.declined_on IS NULL", id).
		Select("people.*").Order("referrals.received_on DESC, referrals.id DESC").Limit(limit).Find(&rows).Error
	if err != nil {
		return nil, failed("read names", err)
	}
	all := make([]scheme.Person, len(rows))
	for i, r := range rows {
		all[i] = r.person()
	}
	return all, s.addNames(all)
}

// NamedIn passes over those who were merged into others. Identifiers are in order
// of time, so that the newest come first.
func (s *scope) NamedIn(schemes []scheme.ID, page app.Page) ([]scheme.Person, error) {
	query := s.from("people").Where("people.birth_year > 0").
		Joins("JOIN person_identity ON person_identity.org_id = people.org_id AND person_identity.person_id = people.id").
		Where("NOT EXISTS (SELECT 1 FROM person_merges WHERE person_merges.org_id = people.org_id AND person_merges.person_id = people.id)").
		Where("EXISTS (SELECT 1 FROM referrals r WHERE r.org_id = people.org_id AND r.person_id = people.id AND r.ordinal > 0 AND r.scheme_id IN ?)", schemes)
	if page.After != "" {
		query = query.Where("people.id < ?", page.After)
	}
	var rows []personRow
	if err := query.Select("people.*").Order("people.id DESC").Limit(page.Limit).Find(&rows).Error; err != nil {
		return nil, failed("read names", err)
	}
	all := make([]scheme.Person, len(rows))
	for i, r := range rows {
		all[i] = r.person()
	}
	return all, s.addNames(all)
}
