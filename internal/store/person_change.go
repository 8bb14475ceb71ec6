package store

import (
	"errors"

	"gorm.io/gorm"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// SavePerson keeps a person's own facts, the name under the person's key.
func (s *scope) SavePerson(p scheme.Person) error {
	if err := s.notTaken(p); err != nil {
		return err
	}
	err := s.onlyOf(p.Revision, "save a person", s.at("people", string(p.ID)), map[string]any{
		"reference": p.Reference, "birth_year": p.BirthYear, "sex": string(p.Sex),
		"ethnicity": string(p.Ethnicity), "deprivation": p.Deprivation,
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) { // taken since we looked
		return personTaken()
	}
	if err != nil {
		return err
	}
	return s.rename(p)
}

// notTaken faults with person.taken when somebody else has the reference. The
// unique index would say so too, but in an error that ends the transaction.
func (s *scope) notTaken(p scheme.Person) error {
	if !isID(string(p.ID)) {
		return missing()
	}
	var others int64
	err := s.from("people").Where("reference = ? AND id <> ?", p.Reference, p.ID).Count(&others).Error
	if err == nil && others > 0 {
		return personTaken()
	}
	return failed("look for a reference", err)
}

func personTaken() *fault.Fault {
	return fault.New(fault.Conflict, fault.PersonTaken, "Somebody has that reference already. Check whether it is the same person.").At("reference")
}

// rename seals the name that p has, which may be none, in place of the one that
// is there.
func (s *scope) rename(p scheme.Person) error {
	id := string(p.ID)
	var there int64
	if err := s.from("person_identity").Where("person_id = ?", id).Count(&there).Error; err != nil {
		return failed("look for a name", err)
	}
	if there == 0 && p.Name == "" {
		return nil
	}
	key, err := s.keyOf(id)
	if err != nil {
		return err
	}
	name := key.seal([]byte(p.Name), s.org, id, "person_identity.name")
	if there > 0 {
		return changed("change a name", s.from("person_identity").Where("person_id = ?", id).Update("name", name))
	}
	_, err = add(s.tenant, []*personIdentityRow{{PersonID: id, Name: name}})
	return failed("add a person's name", err)
}
