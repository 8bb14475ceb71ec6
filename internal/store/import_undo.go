package store

import (
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"cairn/internal/app"
	"cairn/internal/scheme"
	"cairn/migrations"
)

// LockAddedBy locks everybody to whom a batch added something, in the order of every
// write. What follows in this transaction may take its time.
func (s *scope) LockAddedBy(id string) error {
	if s.store.dialect.history == migrations.SQLite {
		return nil // has one writer
	}
	if err := s.patient(); err != nil {
		return err
	}
	before, err := s.heldOf(id)
	if err != nil {
		return err
	}
	now, err := s.heldOf(id)
	if err == nil && before != now {
		return fmt.Errorf("lock people of an import: %w", app.ErrAgain) // a merge gave some to others meanwhile
	}
	return err
}

// heldOf locks the people of a batch, and is what tells one set of people from
// another: there may be too many to have them in hand.
func (s *scope) heldOf(id string) (sum string, err error) {
	people := s.from("people").
		Where("people.id IN (?) OR people.id IN (?)", s.addedBy(id).Select("person_id"), s.madeBy(id).Select("person_id")).
		Order("people.id").Clauses(clause.Locking{Strength: "UPDATE"}).Select("people.id")
	err = s.db.Table("(?) AS held", people).Select("md5(COALESCE(string_agg(CAST(id AS TEXT), ','), ''))").Scan(&sum).Error
	return sum, failed("wait for other changes of people", err)
}

// addedBy begins a query of the assessments that a batch added. The second condition
// is that of their index, which SQLite wants to be told.
func (s *scope) addedBy(id string) *gorm.DB {
	return s.from("assessments").Where("assessments.batch = ? AND assessments.batch <> ''", id)
}

// madeBy begins a query of the referrals that a batch made.
func (s *scope) madeBy(id string) *gorm.DB {
	return s.from("referrals").Where("referrals.batch = ?", id)
}

// AddedTo returns the next referrals that a batch made or added something to, in the
// order of their identifiers. Own words of what it added are open.
func (s *scope) AddedTo(id string, after scheme.ReferralID, most int) ([]app.AddedTo, error) {
	if after == "" {
		after = "00000000-0000-0000-0000-000000000000"
	}
	var added, made []string
	err := s.addedBy(id).Where("referral_id > ?", after).Distinct("referral_id").Order("referral_id").Limit(most).Pluck("referral_id", &added).Error
	if err == nil {
		err = s.madeBy(id).Where("id > ?", after).Order("id").Limit(most).Pluck("id", &made).Error
	}
	if err != nil {
		return nil, failed("read to which referrals an import added something", err)
	}
	ids := distinct(append(added, made...))
	ids = ids[:min(len(ids), most)]
	if len(ids) == 0 {
		return nil, nil
	}
	of := run{ids: ids, of: s.oneOf}
	var rows []spellRow
	if err := of.narrow(s.spellRows(), "referrals.id").Order("referrals.id").Find(&rows).Error; err != nil {
		return nil, failed("read referrals", err)
	}
	spells, err := s.spells(rows, of)
	if err != nil {
		return nil, err
	}
	var theirs []string
	if err := of.narrow(s.addedBy(id), "referral_id").Where("state = ?", live).Pluck("id", &theirs).Error; err != nil {
		return nil, failed("read what an import added", err)
	}
	slices.Sort(theirs)
	all, worded := make([]app.AddedTo, len(spells)), []*scheme.Assessment(nil)
	for i, spell := range spells {
		all[i] = parted(spell, theirs)
		for j := range all[i].Added {
			worded = append(worded, &all[i].Added[j])
		}
	}
	return all, s.addWords(worded)
}

// parted puts the assessments with one of these identifiers, which are in order, apart.
func parted(spell scheme.Spell, theirs []string) app.AddedTo {
	one := app.AddedTo{Spell: spell}
	one.Spell.Assessments = nil
	for _, a := range spell.Assessments {
		if _, is := slices.BinarySearch(theirs, string(a.ID)); is {
			one.Added = append(one.Added, a)
		} else {
			one.Spell.Assessments = append(one.Spell.Assessments, a)
		}
	}
	return one
}

// WithdrawAll is Revise for live assessments that are withdrawn together.
func (s *scope) WithdrawAll(all []scheme.Revision) error {
	ids := make([]string, len(all))
	for i, r := range all {
		ids[i] = string(r.ID)
	}
	done := s.from("assessments").Where(s.oneOf("id", ids)).Where("state = ?", live).
		Updates(map[string]any{"state": withdrawn, "current_version": gorm.Expr("current_version + 1")})
	if done.Error == nil && int(done.RowsAffected) < len(all) {
		return stale()
	}
	if done.Error != nil {
		return failed("withdraw assessments", done.Error)
	}
	return s.addVersions(all)
}

// unused are what holds of a referral that nobody has worked with, of one that holds
// nothing live, and of one by which no other referral is counted. What an import that
// was undone withdrew is no work of anybody's: its reason begins with the first value.
// Whatever else is in a table of the referral's own came by hand, for no import writes
// there; and so did what is said of a person whom an import made.
const unused = `referrals.ordinal > 0 AND referrals.version = 1 + referrals.restarts
	AND EXISTS (SELECT 1 FROM import_batches b WHERE b.org_id = referrals.org_id AND b.id = referrals.batch AND b.state = 'undone')
	AND NOT EXISTS (SELECT 1 FROM assessments a WHERE a.org_id = referrals.org_id AND a.referral_id = referrals.id
		AND (a.state = 'live' OR a.batch = '' OR EXISTS (SELECT 1 FROM assessment_versions v WHERE v.org_id = a.org_id AND v.assessment_id = a.id
			AND v.version > 1 AND NOT (v.act = 'withdrawn' AND SUBSTR(v.reason, 1, ?) = ?))))
	AND NOT EXISTS (SELECT 1 FROM assessment_versions v WHERE v.org_id = referrals.org_id AND v.from_id = referrals.id)
	AND NOT EXISTS (SELECT 1 FROM prescriptions p WHERE p.org_id = referrals.org_id AND p.referral_id = referrals.id
		AND (p.version > 1 OR p.offered_on IS NOT NULL
			OR EXISTS (SELECT 1 FROM session_attendance x WHERE x.org_id = p.org_id AND x.prescription_id = p.id)))
	AND NOT EXISTS (SELECT 1 FROM assessments a JOIN alerts x ON x.org_id = a.org_id AND x.assessment_id = a.id
		JOIN alert_steps d ON d.org_id = x.org_id AND d.alert_id = x.id WHERE a.org_id = referrals.org_id AND a.referral_id = referrals.id)
	AND NOT EXISTS (SELECT 1 FROM referrals o WHERE o.org_id = referrals.org_id AND o.person_id = referrals.person_id
		AND o.scheme_id = referrals.scheme_id AND o.ordinal > referrals.ordinal)
	AND NOT EXISTS (SELECT 1 FROM people p WHERE p.org_id = referrals.org_id AND p.id = referrals.person_id AND p.batch IS NOT NULL
		AND (p.version > 1 OR EXISTS (SELECT 1 FROM permissions x WHERE x.org_id = p.org_id AND x.person_id = p.id)
			OR EXISTS (SELECT 1 FROM person_care x WHERE x.org_id = p.org_id AND x.person_id = p.id)
			OR EXISTS (SELECT 1 FROM person_merges x WHERE x.org_id = p.org_id AND x.into_id = p.id)))`

// TakeBack takes those of the referrals out of lists and figures that imports made
// which are undone, and that nobody has worked with. They end, and leave their place
// among the person's referrals to others.
func (s *scope) TakeBack(ids []scheme.ReferralID, of app.TakenBack) (gone map[scheme.ReferralID]bool, err error) {
	query := s.from("referrals").Where(s.oneOf("referrals.id", texts(ids))).Where(unused, len(of.Undone), of.Undone)
	for _, table := range strings.Fields("contacts not_done referral_pauses referral_reasons referral_practitioners ot_involvements") {
		query = query.Where("NOT EXISTS (SELECT 1 FROM " + table + " x WHERE x.org_id = referrals.org_id AND x.referral_id = referrals.id)")
	}
	err = query.Updates(map[string]any{
		"ordinal": gorm.Expr(`(SELECT COALESCE(MIN(CASE WHEN o.ordinal < 0 THEN o.ordinal END), 0) - 1 FROM referrals o
			WHERE o.org_id = referrals.org_id AND o.person_id = referrals.person_id AND o.scheme_id = referrals.scheme_id)`),
		"ended_on": of.On, "end_reason": string(of.Reason), "version": gorm.Expr("version + 1"),
	}).Error
	if err != nil {
		return nil, failed("take referrals back", err)
	}
	var found []scheme.ReferralID
	if err := s.from("referrals").Where(s.oneOf("id", texts(ids))).Where("ordinal < 0").Pluck("id", &found).Error; err != nil {
		return nil, failed("read which referrals were taken back", err)
	}
	gone = map[scheme.ReferralID]bool{}
	for _, one := range found {
		gone[one] = true
	}
	return gone, nil
}

// SettleAnew makes what follows from the records of referrals exactly this; of those
// of which all has nothing, nothing.
func (s *scope) SettleAnew(ids []scheme.ReferralID, all []app.Settlement) error {
	of := s.oneOf("referral_id", texts(ids))
	if err := s.from("outcome_pairs").Where(of).Delete(&pairRow{}).Error; err != nil {
		return failed("delete pairs", err)
	}
	if err := s.from("due_items").Where(of).Delete(&dueRow{}).Error; err != nil {
		return failed("delete what was due", err)
	}
	return s.AddSettlements(all)
}

// MadeBy counts the referrals that a batch made: those that were taken back, and those
// that are there.
func (s *scope) MadeBy(id string) (gone, there int, err error) {
	err = s.madeBy(id).Select("COALESCE(SUM(CASE WHEN ordinal < 0 THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN ordinal > 0 THEN 1 ELSE 0 END), 0)").
		Row().Scan(&gone, &there)
	return gone, there, failed("count what an import made", err)
}
