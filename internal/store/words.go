package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"cairn/internal/scheme"
)

// ownWords is where they are sealed for.
const ownWords = "assessment_versions.own_words"

// sealWords puts a version's own words into its row, under the person's key.
func (s *scope) sealWords(row *assessmentVersionRow, a scheme.Assessment) error {
	if len(a.Words) == 0 {
		return nil
	}
	raw, err := json.Marshal(a.Words)
	if err != nil {
		return fmt.Errorf("encode own words: %w", err)
	}
	key, err := s.keyOf(string(a.Person))
	if err != nil {
		return err
	}
	of := string(a.Person)
	row.WordsOf, row.OwnWords = &of, key.seal(raw, s.org, row.AssessmentID, strconv.Itoa(row.Version), ownWords)
	return nil
}

// keyOf is a person's key. Who has none, having no name here, gets one.
func (s *scope) keyOf(person string) (sealer, error) {
	orgKey, err := s.orgKey()
	if err != nil {
		return sealer{}, err
	}
	var row personKeyRow
	found := s.from("person_keys").Where("person_id = ?", person).Limit(1).Find(&row)
	if found.Error != nil {
		return sealer{}, failed("read a person's key", found.Error)
	}
	if found.RowsAffected > 0 {
		return orgKey.openKey(row.WrappedKey, s.org, person, "person_keys.wrapped_key")
	}
	key, wrapped, err := orgKey.newKey(s.org, person, "person_keys.wrapped_key")
	if err != nil {
		return sealer{}, err
	}
	_, err = add(s.tenant, []*personKeyRow{{PersonID: person, WrappedKey: wrapped}})
	return key, failed("add a person's key", err)
}

// sealedWords stand for words that nobody has opened.
func sealedWords(of *string) map[string]string {
	if of == nil {
		return nil
	}
	return map[string]string{}
}

// addWords opens the own words of assessments, in one query, and in none where
// there are no words. Those of somebody whose key is gone stay empty: the person
// was erased.
func (s *scope) addWords(all []*scheme.Assessment) error {
	var ids []string
	for _, a := range all {
		if a.Words != nil {
			ids = append(ids, string(a.ID))
		}
	}
	if len(ids) == 0 {
		return nil
	}
	var rows []struct {
		AssessmentID string
		Version      int
		OwnWords     []byte
		WordsOf      string
		WrappedKey   []byte
	}
	err := s.from("assessment_versions").
		Joins("JOIN person_keys ON person_keys.org_id = assessment_versions.org_id AND person_keys.person_id = assessment_versions.words_of").
		Where("assessment_versions.assessment_id IN ?", ids).
		Select("assessment_versions.assessment_id, assessment_versions.version, assessment_versions.own_words, assessment_versions.words_of, person_keys.wrapped_key").
		Find(&rows).Error
	if err != nil {
		return failed("read own words", err)
	}
	orgKey, err := s.orgKey()
	if err != nil {
		return err
	}
	for _, r := range rows {
		key, err := orgKey.openKey(r.WrappedKey, s.org, r.WordsOf, "person_keys.wrapped_key")
		if err != nil {
			return errors.Join(errors.New("key of person "+r.WordsOf), err)
		}
		raw, err := key.open(r.OwnWords, s.org, r.AssessmentID, strconv.Itoa(r.Version), ownWords)
		if err != nil {
			return errors.Join(errors.New("own words of assessment "+r.AssessmentID), err)
		}
		for _, a := range all {
			if string(a.ID) != r.AssessmentID || a.Revision != r.Version {
				continue
			}
			if err := json.Unmarshal(raw, &a.Words); err != nil {
				return fmt.Errorf("own words of assessment %s: %w", a.ID, err)
			}
		}
	}
	return nil
}

// WordsOf returns the own words of the versions that alerts are about.
func (s *scope) WordsOf(all []scheme.Alert) (map[scheme.AlertID]map[string]string, error) {
	worded := make([]*scheme.Assessment, len(all))
	for i, a := range all {
		worded[i] = &scheme.Assessment{ID: a.Assessment, Revision: a.Version, Words: map[string]string{}}
	}
	if err := s.addWords(worded); err != nil {
		return nil, err
	}
	found := map[scheme.AlertID]map[string]string{}
	for i, a := range all {
		found[a.ID] = worded[i].Words
	}
	return found, nil
}
