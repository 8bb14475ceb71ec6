package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"cairn/internal/scheme"
)

// careRow is table person_care, migration 0013.
type careRow struct {
	Owner
	PersonID     string `gorm:"primaryKey"`
	Ways         string
	DoNotContact bool
	SaidBy       string
	SaidOn       scheme.Day `gorm:"type:date"`
	Words        []byte
	Version      int
	ChangedAt    time.Time
}

func (careRow) TableName() string { return "person_care" }

// careWords are the part of a row that is sealed.
type careWords struct {
	Language string `json:"language,omitempty"`
	Reason   string `json:"reason,omitempty"`
	Safe     string `json:"safe,omitempty"`
}

const careSealedFor = "person_care.words"

// Care is what to mind of one person: nothing, of revision 0, where nothing was
// recorded.
func (s *scope) Care(person scheme.PersonID) (scheme.Care, error) {
	if err := s.at("people", string(person)).Select("id").Take(&personRow{}).Error; err != nil {
		return scheme.Care{}, failed("look for a person", err)
	}
	all, err := s.Cares([]scheme.PersonID{person})
	return all[person], err
}

// Cares is Care for many, in one query. Those of whom nothing was recorded are
// left out. Where the key is gone the person was erased, and the words with it.
func (s *scope) Cares(people []scheme.PersonID) (map[scheme.PersonID]scheme.Care, error) {
	var rows []struct {
		Row        careRow `gorm:"embedded"`
		WrappedKey []byte
	}
	err := s.from("person_care").
		Joins("LEFT JOIN person_keys ON person_keys.org_id = person_care.org_id AND person_keys.person_id = person_care.person_id").
		Where("person_care.person_id IN ?", texts(people)).Select("person_care.*, person_keys.wrapped_key").Find(&rows).Error
	if err != nil {
		return nil, failed("read what to mind of people", err)
	}
	all := make(map[scheme.PersonID]scheme.Care, len(rows))
	for _, r := range rows {
		c := r.Row.care()
		if len(r.Row.Words) > 0 && len(r.WrappedKey) > 0 {
			words, err := s.openCare(r.Row, r.WrappedKey)
			if err != nil {
				return nil, err
			}
			c.Language, c.Reason, c.Safe = words.Language, words.Reason, words.Safe
		}
		all[scheme.PersonID(r.Row.PersonID)] = c
	}
	return all, nil
}

func (r careRow) care() scheme.Care {
	c := scheme.Care{DoNotContact: r.DoNotContact, SaidBy: scheme.SaidBy(r.SaidBy), SaidOn: r.SaidOn, Revision: r.Version}
	for _, w := range strings.Fields(r.Ways) {
		c.Ways = append(c.Ways, scheme.Asking(w))
	}
	return c
}

func (s *scope) openCare(row careRow, wrapped []byte) (words careWords, err error) {
	orgKey, err := s.orgKey()
	if err != nil {
		return words, err
	}
	key, err := orgKey.openKey(wrapped, s.org, row.PersonID, "person_keys.wrapped_key")
	if err != nil {
		return words, errors.Join(errors.New("key of person "+row.PersonID), err)
	}
	raw, err := key.open(row.Words, s.org, row.PersonID, careSealedFor)
	if err == nil {
		err = json.Unmarshal(raw, &words)
	}
	if err != nil {
		return words, errors.Join(errors.New("what to mind of person "+row.PersonID), err)
	}
	return words, nil
}

// SaveCare keeps what to mind of a person. It faults with version.stale unless c
// is of the revision that is there.
func (s *scope) SaveCare(person scheme.PersonID, c scheme.Care) error {
	id := string(person)
	sealed, err := s.sealCare(id, c)
	if err != nil {
		return err
	}
	ways := strings.Join(texts(c.Ways), " ")
	if c.Revision > 0 {
		row := s.from("person_care").Where("person_id = ?", id)
		return s.onlyOf(c.Revision, "save what to mind of a person", row, map[string]any{
			"ways": ways, "do_not_contact": c.DoNotContact, "said_by": string(c.SaidBy), "said_on": c.SaidOn,
			"words": sealed, "changed_at": s.store.now(),
		})
	}
	row := careRow{
		PersonID: id, Ways: ways, DoNotContact: c.DoNotContact, SaidBy: string(c.SaidBy), SaidOn: c.SaidOn,
		Words: sealed, Version: 1, ChangedAt: s.store.now(),
	}
	added, err := add(s.tenant, []*careRow{&row}, unlessTaken("org_id", "person_id"))
	if err == nil && added == 0 {
		return stale()
	}
	return failed("add what to mind of a person", err)
}

// sealCare is nil where there are no words.
func (s *scope) sealCare(person string, c scheme.Care) ([]byte, error) {
	words := careWords{c.Language, c.Reason, c.Safe}
	if words == (careWords{}) {
		return nil, nil
	}
	if err := s.at("people", person).Select("id").Take(&personRow{}).Error; err != nil {
		return nil, failed("look for a person", err)
	}
	raw, err := json.Marshal(words)
	if err != nil {
		return nil, fmt.Errorf("encode what to mind of a person: %w", err)
	}
	key, err := s.keyOf(person)
	if err != nil {
		return nil, err
	}
	return key.seal(raw, s.org, person, careSealedFor), nil
}
