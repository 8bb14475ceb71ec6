package store

import (
	"encoding/json"
	"errors"
	"fmt"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// Where what identifies a person is sealed for.
const (
	sealedName    = "person_identity.name"
	sealedContact = "person_identity.contact"
	sealedNumber  = "person_identity.nhs_number"
)

// nhsIndex is what a number is looked up by. Whoever has the database and not the
// key can neither read a number from it nor try all of them.
func (s *scope) nhsIndex(n scheme.NHSNumber) []byte {
	return mac(s.store.keys.number, s.org, string(n))
}

// PersonByNumber returns the person of that NHS number, or whom they were merged
// into; it faults with not-found.
func (s *scope) PersonByNumber(n scheme.NHSNumber) (scheme.Person, error) {
	return s.onePerson(s.from("people").Where("people.id = (SELECT i.person_id FROM person_identity i WHERE i.org_id = ? AND i.nhs_index = ?)", s.org, s.nhsIndex(n)))
}

// addIdentity seals what identifies p; there is no row for somebody who is known
// by reference alone. It faults with person.taken, at "nhs_number".
func (s *scope) addIdentity(p scheme.Person) error {
	if p.Name == "" && p.Contact.IsZero() && p.NHSNumber == "" {
		return nil
	}
	id := string(p.ID)
	key, err := s.keyOf(id)
	if err != nil {
		return err
	}
	row := personIdentityRow{PersonID: id, Name: key.seal([]byte(p.Name), s.org, id, sealedName)}
	if !p.Contact.IsZero() {
		raw, err := json.Marshal(p.Contact)
		if err != nil {
			return fmt.Errorf("encode contact details: %w", err)
		}
		row.Contact = key.seal(raw, s.org, id, sealedContact)
	}
	if p.NHSNumber != "" {
		row.NHSNumber, row.NHSIndex = key.seal([]byte(p.NHSNumber), s.org, id, sealedNumber), s.nhsIndex(p.NHSNumber)
	}
	free := unlessTakenWhere("nhs_index IS NOT NULL", "org_id", "nhs_index")
	added, err := add(s.tenant, []*personIdentityRow{&row}, free)
	if err == nil && added == 0 {
		return fault.New(fault.Conflict, fault.PersonTaken, "Somebody is registered with that NHS number already. Check whether it is the same person.").At("nhs_number")
	}
	return failed("add what identifies a person", err)
}

// openIdentity opens everything that identifies one person. A person whose key is
// gone was erased and has nothing.
func (s *scope) openIdentity(p *scheme.Person) error {
	id := string(p.ID)
	var row struct {
		Row        personIdentityRow `gorm:"embedded"`
		WrappedKey []byte
	}
	found := s.from("person_identity").
		Joins("JOIN person_keys ON person_keys.org_id = person_identity.org_id AND person_keys.person_id = person_identity.person_id").
		Where("person_identity.person_id = ?", id).Select("person_identity.*, person_keys.wrapped_key").Limit(1).Find(&row)
	if found.Error != nil || found.RowsAffected == 0 {
		return failed("read what identifies a person", found.Error)
	}
	orgKey, err := s.orgKey()
	if err != nil {
		return err
	}
	key, err := orgKey.openKey(row.WrappedKey, s.org, id, "person_keys.wrapped_key")
	if err != nil {
		return errors.Join(errors.New("key of person "+id), err)
	}
	for _, part := range []struct {
		sealed []byte
		place  string
		into   func([]byte) error
	}{
		{row.Row.Name, sealedName, func(raw []byte) error { p.Name = string(raw); return nil }},
		{row.Row.Contact, sealedContact, func(raw []byte) error { return json.Unmarshal(raw, &p.Contact) }},
		{row.Row.NHSNumber, sealedNumber, func(raw []byte) error { p.NHSNumber = scheme.NHSNumber(raw); return nil }},
	} {
		if part.sealed == nil {
			continue
		}
		raw, err := key.open(part.sealed, s.org, id, part.place)
		if err == nil {
			err = part.into(raw)
		}
		if err != nil {
			return errors.Join(errors.New(part.place+" of person "+id), err)
		}
	}
	return nil
}
