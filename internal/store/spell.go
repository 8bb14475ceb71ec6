package store

import (
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"cairn/internal/scheme"
)

// A run is some referrals: by identifier, or all between two of them.
type run struct {
	ids         []string
	first, last string                                      // both included
	of          func(column string, values any) clause.Expr // see tenant.oneOf; nil: there are few
}

func (r run) narrow(query *gorm.DB, column string) *gorm.DB {
	if r.first != "" {
		return query.Where(column+" BETWEEN ? AND ?", r.first, r.last)
	}
	if r.of != nil {
		return query.Where(r.of(column, r.ids))
	}
	return query.Where(column+" IN ?", r.ids)
}

// spellRow is a referral with its person and its plan.
type spellRow struct {
	Referral referralRow `gorm:"embedded"`
	Person   personRow   `gorm:"embedded;embeddedPrefix:person_"`
	Plan     planRow     `gorm:"embedded;embeddedPrefix:plan_"`
	KeeperID *string
}

const spellColumns = `referrals.*,
	people.reference AS person_reference, people.birth_year AS person_birth_year, people.sex AS person_sex,
	people.ethnicity AS person_ethnicity, people.deprivation AS person_deprivation, people.version AS person_version,
	plans.version AS plan_version, plans.effective_from AS plan_effective_from,
	plans.primary_series AS plan_primary_series, plans.headline AS plan_headline, keeper.account_id AS keeper_id`

func (s *scope) spellRows() *gorm.DB {
	return s.from("referrals").
		Joins("JOIN people ON people.org_id = referrals.org_id AND people.id = referrals.person_id").
		Joins("JOIN plans ON plans.org_id = referrals.org_id AND plans.id = referrals.plan_id").
		Joins(joinPractitioner).
		Select(spellColumns)
}

// spellsOfLists are spellRows of everything that is in lists and figures.
func (s *scope) spellsOfLists() *gorm.DB { return s.spellRows().Where("referrals.ordinal > 0") }

// Spell returns one referral with everything pairing looks at, and what of the
// person is sealed.
func (s *scope) Spell(id scheme.ReferralID) (scheme.Spell, error) {
	if !isID(string(id)) {
		return scheme.Spell{}, missing()
	}
	var row spellRow
	if err := s.spellRows().Where("referrals.id = ?", id).Take(&row).Error; err != nil {
		return scheme.Spell{}, failed("read a referral", err)
	}
	spells, err := s.spells([]spellRow{row}, run{ids: []string{row.Referral.ID}})
	if err != nil {
		return scheme.Spell{}, err
	}
	people := []scheme.Person{spells[0].Person}
	err = s.openIdentity(&people[0])
	if err != nil {
		return scheme.Spell{}, err
	}
	spells[0].Person = people[0]
	worded := make([]*scheme.Assessment, len(spells[0].Assessments))
	for i := range worded {
		worded[i] = &spells[0].Assessments[i]
	}
	return spells[0], s.addWords(worded)
}

// SpellsOf returns every referral of one person, in order of entry. The name
// and own words stay sealed.
func (s *scope) SpellsOf(person scheme.PersonID) ([]scheme.Spell, error) {
	if !isID(string(person)) {
		return nil, missing()
	}
	var rows []spellRow
	if err := s.spellsOfLists().Where("referrals.person_id = ?", person).Order("referrals.id").Find(&rows).Error; err != nil {
		return nil, failed("read referrals", err)
	}
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.Referral.ID
	}
	return s.spells(rows, run{ids: ids})
}

// SpellsOfAll is SpellsOf for some hundreds of people.
func (s *scope) SpellsOfAll(people []scheme.PersonID) (map[scheme.PersonID][]scheme.Spell, error) {
	all := map[scheme.PersonID][]scheme.Spell{}
	if len(people) == 0 {
		return all, nil
	}
	var rows []spellRow
	if err := s.spellsOfLists().Where(s.oneOf("referrals.person_id", people)).Order("referrals.id").Find(&rows).Error; err != nil {
		return nil, failed("read referrals of many", err)
	}
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.Referral.ID
	}
	spells, err := s.spells(rows, run{ids: ids})
	for _, spell := range spells {
		all[spell.Referral.Person] = append(all[spell.Referral.Person], spell)
	}
	return all, err
}

// Spells calls fn for every referral, in batches of a constant number of
// queries. Names stay sealed: a rebuild has no need to know them.
func (s *scope) Spells(fn func(scheme.Spell) error) error {
	const batch = 500
	const none = "00000000-0000-0000-0000-000000000000"
	for after := none; ; {
		var rows []spellRow
		err := s.spellsOfLists().Where("referrals.id > ?", after).Order("referrals.id").Limit(batch).Find(&rows).Error
		if err != nil {
			return failed("read referrals", err)
		}
		if len(rows) == 0 {
			return nil
		}
		after = rows[len(rows)-1].Referral.ID
		spells, err := s.spells(rows, run{first: rows[0].Referral.ID, last: after})
		if err != nil {
			return err
		}
		for _, spell := range spells {
			if err := fn(spell); err != nil {
				return err
			}
		}
	}
}

// spells adds to each referral what happened in it.
func (s *scope) spells(rows []spellRow, of run) ([]scheme.Spell, error) {
	ids := make([]scheme.PlanID, len(rows))
	for i, r := range rows {
		ids[i] = scheme.PlanID(r.Referral.PlanID)
	}
	items, err := s.planItems(ids)
	if err != nil {
		return nil, err
	}
	prescriptions, err := s.prescriptions(of)
	if err != nil {
		return nil, err
	}
	assessments, err := s.assessments(of)
	if err != nil {
		return nil, err
	}
	notDone, err := s.notDone(of)
	if err != nil {
		return nil, err
	}
	all, referrals := make([]scheme.Spell, len(rows)), make([]*scheme.Referral, len(rows))
	for i, r := range rows {
		id := scheme.ReferralID(r.Referral.ID)
		spell := scheme.Spell{
			Referral: r.Referral.referral(), Person: r.Person.person(), Plan: r.Plan.plan(),
			Prescriptions: prescriptions[id], Assessments: assessments[id], NotDone: notDone[id],
		}
		spell.Referral.Practitioner = scheme.AccountID(deref(r.KeeperID))
		spell.Person.ID = spell.Referral.Person
		spell.Plan.ID = spell.Referral.Plan
		spell.Plan.Items = items[spell.Plan.ID]
		all[i] = spell
		referrals[i] = &all[i].Referral
	}
	return all, s.course(of, referrals)
}
