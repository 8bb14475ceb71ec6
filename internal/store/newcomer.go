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
	err := addBehind(s.tenant, s.rowsOfPeople(all), func(added int64, err error) error {
		if err == nil && int(added) < len(all) {
			return fmt.Errorf("somebody came meanwhile: %w", app.ErrAgain)
		}
		return failed("add people", err)
	}, unlessTaken("org_id", "reference"))
	if err != nil {
		return err
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
	if err := addBehind(s.tenant, referrals, noting("add referrals")); err != nil {
		return err
	}
	for _, n := range all {
		if err := s.addCourse(n.Spell.Referral); err != nil {
			return err
		}
	}
	if err := addBehind(s.tenant, prescriptions, noting("add prescriptions")); err != nil {
		return err
	}
	err := s.addAssessments(assessments, trace, func(there int, err error) error {
		if err == nil && there > 0 {
			return fmt.Errorf("%d of %d assessments of people who are new were there already", there, len(assessments))
		}
		return failed("add assessments", err)
	})
	if err != nil {
		return err
	}
	return s.addVersions(versions)
}

// noting is what comes of rows none of which can be there already.
func noting(act string) func(int64, error) error {
	return func(_ int64, err error) error { return failed(act, err) }
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
	if err := addBehind(s.tenant, pairs, noting("save pairs")); err != nil {
		return err
	}
	return addBehind(s.tenant, due, noting("save what is due"))
}
