package store

import (
	"fmt"
	"slices"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// PeopleKnown returns who is here under those references.
func (s *scope) PeopleKnown(references []string) (map[string]scheme.PersonID, error) {
	known := map[string]scheme.PersonID{}
	for some := range slices.Chunk(distinct(references), rowsAtOnce) {
		var rows []struct {
			Reference string
			ID        string
			Into      *string
		}
		err := s.from("people").Where(s.oneOf("people.reference", some)).
			Joins("LEFT JOIN person_merges ON person_merges.org_id = people.org_id AND person_merges.person_id = people.id").
			Select("people.reference, people.id, person_merges.into_id AS \"into\"").Find(&rows).Error
		if err != nil {
			return nil, failed("look for people", err)
		}
		for _, r := range rows {
			id := r.ID
			if r.Into != nil {
				id = *r.Into
			}
			known[r.Reference] = scheme.PersonID(id)
		}
	}
	return known, nil
}

// AddPeople keeps people, what identifies them under a key of each one's own.
func (s *scope) AddPeople(all []scheme.Person) error {
	added, err := s.addPeople(all)
	if err != nil {
		return failed("add people", err)
	}
	if int(added) < len(all) {
		return fmt.Errorf("somebody came meanwhile: %w", app.ErrAgain)
	}
	for _, p := range all {
		if err := s.addIdentity(p); err != nil {
			return err
		}
	}
	return nil
}

// AddNewcomers keeps the first referral of people with what was measured in it.
func (s *scope) AddNewcomers(all []app.Newcomer, trace app.Trace) error {
	var referrals []*referralRow
	var prescriptions []*prescriptionRow
	var assessments []scheme.Assessment
	var versions []scheme.Revision
	now := s.store.now()
	for _, n := range all {
		row := s.rowOfReferral(n.Spell.Referral)
		row.Ordinal, row.AddedAt = 1, now
		referrals = append(referrals, &row)
		for _, p := range n.Spell.Prescriptions {
			prescriptions = append(prescriptions, s.rowOfPrescription(p))
		}
		for _, a := range n.Spell.Assessments {
			assessments = append(assessments, a)
			versions = append(versions, scheme.Revision{Assessment: a, Act: scheme.Recorded, By: trace.By})
		}
	}
	if _, err := add(s.tenant, referrals); err != nil {
		return failed("add referrals", err)
	}
	for _, n := range all {
		if err := s.addCourse(n.Spell.Referral); err != nil {
			return err
		}
	}
	if _, err := add(s.tenant, prescriptions); err != nil {
		return failed("add prescriptions", err)
	}
	added, err := s.addAssessments(assessments, trace)
	if err != nil {
		return err
	}
	if int(added) < len(assessments) {
		return fmt.Errorf("%d of %d assessments of people who are new were there already", len(assessments)-int(added), len(assessments))
	}
	return s.addVersions(versions)
}

// AddSettlements keeps pairs and what is outstanding, in the order of the keys.
func (s *scope) AddSettlements(all []app.Settlement) error {
	var pairs []*pairRow
	var due []*dueRow
	for _, of := range all {
		rows, err := s.pairRows(of.Referral.ID, of.Pairs)
		if err != nil {
			return err
		}
		pairs = append(pairs, rows...)
		for _, d := range of.Due {
			row := rowOfDue(of.Referral, d)
			due = append(due, &row)
		}
	}
	if _, err := add(s.tenant, pairs); err != nil {
		return failed("save pairs", err)
	}
	_, err := add(s.tenant, due)
	return failed("save what is due", err)
}
