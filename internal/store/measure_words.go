package store

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"cairn/internal/measure"
)

// EraseWords takes the organisation's licensed words out of every version of a
// measure, and out of what the audit kept of their being brought in. Which
// licence it was, who confirmed it and who brought the words when stays.
func (s *scope) EraseWords(key measure.Key) error {
	if err := s.store.lockMeasures(s.db); err != nil {
		return err
	}
	s.forget()
	var rows []measureVersionRow
	if err := s.from("measure_versions").Where("measure_key = ?", key).Find(&rows).Error; err != nil {
		return failed("look up words", err)
	}
	for _, row := range rows {
		if err := s.eraseWords(row); err != nil {
			return fmt.Errorf("words of %s, version %d: %w", row.MeasureKey, row.Version, err)
		}
	}
	brought := s.from("audit").Select("id").Where("act = ? AND object = ?", "measure.words", key)
	gone := s.from("audit_payloads").Where("audit_id IN (?)", brought).Delete(&auditPayloadRow{})
	return failed("erase words from the audit", gone.Error)
}

func (s *scope) eraseWords(row measureVersionRow) error {
	d, err := row.decoded()
	if err != nil {
		return err
	}
	if d, err = d.Unworded(); err != nil {
		return err
	}
	raw, err := json.Marshal(d)
	if err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	if string(raw) == row.Definition {
		return nil
	}
	digest := sha256.Sum256(raw)
	err = s.from("measure_versions").Where("id = ?", row.ID).
		Updates(map[string]any{"definition": string(raw), "sha256": digest[:]}).Error
	s.store.definitions.Delete(row.cached())
	return failed("erase words", err)
}
