package store

import (
	"encoding/json"
	"errors"
	"fmt"

	"gorm.io/gorm"

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
	row, err := s.sealedIdentity(p)
	if err != nil {
		return err
	}
	free := unlessTakenWhere("nhs_index IS NOT NULL", "org_id", "nhs_index")
	added, err := add(s.tenant, []*personIdentityRow{row}, free)
	if err == nil && added == 0 {
		return numberTaken()
	}
	return failed("add what identifies a person", err)
}

func numberTaken() *fault.Fault {
	return fault.New(fault.Conflict, fault.PersonTaken, "Somebody is registered with that NHS number already. Check whether it is the same person.").At("nhs_number")
}

// sealedIdentity is the row of what identifies p. What there is none of stays
// NULL, but for the name.
func (s *scope) sealedIdentity(p scheme.Person) (*personIdentityRow, error) {
	id := string(p.ID)
	key, err := s.keyOf(id)
	if err != nil {
		return nil, err
	}
	row := &personIdentityRow{PersonID: id, Name: key.seal([]byte(p.Name), s.org, id, sealedName)}
	if !p.Contact.IsZero() {
		raw, err := json.Marshal(p.Contact)
		if err != nil {
			return nil, fmt.Errorf("encode contact details: %w", err)
		}
		row.Contact = key.seal(raw, s.org, id, sealedContact)
	}
	if p.NHSNumber != "" {
		row.NHSNumber, row.NHSIndex = key.seal([]byte(p.NHSNumber), s.org, id, sealedNumber), s.nhsIndex(p.NHSNumber)
	}
	return row, nil
}

// saveIdentity seals what identifies p, which may be nothing, in place of what is
// there. A number that a merged record holds, which p is found under already,
// becomes p's own.
func (s *scope) saveIdentity(p scheme.Person) error {
	var there int64
	if err := s.from("person_identity").Where("person_id = ?", p.ID).Count(&there).Error; err != nil {
		return failed("look for what identifies a person", err)
	}
	if p.NHSNumber != "" {
		if err := s.takeOver(p); err != nil {
			return err
		}
	}
	if there == 0 {
		return s.addIdentity(p)
	}
	row, err := s.sealedIdentity(p)
	if err != nil {
		return err
	}
	done := s.from("person_identity").Where("person_id = ?", p.ID).Updates(map[string]any{
		"name": row.Name, "contact": orNull(row.Contact), "nhs_number": orNull(row.NHSNumber), "nhs_index": orNull(row.NHSIndex),
	})
	if errors.Is(done.Error, gorm.ErrDuplicatedKey) { // taken since we looked
		return numberTaken()
	}
	return changed("change what identifies a person", done)
}

// orNull is NULL for nothing: a driver may take a nil slice for an empty one.
func orNull(sealed []byte) any {
	if sealed == nil {
		return nil
	}
	return sealed
}

// takeOver frees the number of p where it is held by a record that was merged into
// theirs, and faults with person.taken where somebody else has it.
func (s *scope) takeOver(p scheme.Person) error {
	var holders []struct {
		PersonID string
		Into     *string
	}
	err := s.from("person_identity").Where("person_identity.nhs_index = ? AND person_identity.person_id <> ?", s.nhsIndex(p.NHSNumber), p.ID).
		Joins("LEFT JOIN person_merges ON person_merges.org_id = person_identity.org_id AND person_merges.person_id = person_identity.person_id").
		Select("person_identity.person_id, person_merges.into_id AS \"into\"").Find(&holders).Error
	if err != nil || len(holders) == 0 {
		return failed("look for an NHS number", err)
	}
	if deref(holders[0].Into) != string(p.ID) {
		return numberTaken()
	}
	return changed("free an NHS number", s.from("person_identity").Where("person_id = ?", holders[0].PersonID).
		Updates(map[string]any{"nhs_number": nil, "nhs_index": nil}))
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
