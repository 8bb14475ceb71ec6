package store

import (
	"errors"

	"gorm.io/gorm"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// SavePerson keeps a person's own facts, what identifies them under their key.
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
	return s.saveIdentity(p)
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
