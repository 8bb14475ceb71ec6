package store

import (
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// dueRow is table due_items, migration 0015.
type dueRow struct {
	Owner
	ReferralID     string `gorm:"primaryKey"`
	MeasureKey     string `gorm:"primaryKey"`
	Occasion       string `gorm:"primaryKey"`
	SchemeID       string
	PractitionerID *string
	OpensOn        scheme.Day `gorm:"type:date"`
	DueOn          scheme.Day `gorm:"type:date"`
	ClosesOn       scheme.Day `gorm:"type:date"`
	RestsUntil     scheme.Day `gorm:"type:date"`
	EarlyOn        scheme.Day `gorm:"type:date"` // migration 0022
}

func (dueRow) TableName() string { return "due_items" }

func (r dueRow) due() scheme.Due {
	return scheme.Due{
		Measure: measure.Key(r.MeasureKey), Occasion: scheme.Occasion(r.Occasion),
		Opens: r.OpensOn, On: r.DueOn, Closes: r.ClosesOn, Early: r.EarlyOn,
	}
}

func (r dueRow) differs(o dueRow) bool {
	return r.SchemeID != o.SchemeID || deref(r.PractitionerID) != deref(o.PractitionerID) ||
		r.OpensOn != o.OpensOn || r.DueOn != o.DueOn || r.ClosesOn != o.ClosesOn || r.RestsUntil != o.RestsUntil || r.EarlyOn != o.EarlyOn
}

// DueOf returns what is kept as outstanding of one referral, by its days.
func (s *scope) DueOf(id scheme.ReferralID) ([]scheme.Due, error) {
	rows, err := s.dueRows(id)
	slices.SortStableFunc(rows, func(a, b dueRow) int { return a.OpensOn.DaysSince(b.OpensOn) })
	all := make([]scheme.Due, len(rows))
	for i, r := range rows {
		all[i] = r.due()
		all[i].Why.ComeBack = r.RestsUntil
	}
	return all, err
}

func (s *scope) dueRows(id scheme.ReferralID) (rows []dueRow, err error) {
	if !isID(string(id)) {
		return nil, missing()
	}
	err = s.from("due_items").Where("referral_id = ?", id).Order("measure_key, occasion").Find(&rows).Error
	return rows, failed("read what is due", err)
}

func rowOfDue(of scheme.Referral, d scheme.Due) dueRow {
	return dueRow{
		ReferralID: string(of.ID), MeasureKey: string(d.Measure), Occasion: string(d.Occasion), SchemeID: string(of.Scheme),
		PractitionerID: optional(string(of.Practitioner)), OpensOn: d.Opens, DueOn: d.On, ClosesOn: d.Closes, RestsUntil: d.Why.ComeBack, EarlyOn: d.Early,
	}
}

// SaveDue makes what is outstanding of the referral exactly this. Only what
// differs is written, in the order of the key.
func (s *scope) SaveDue(of scheme.Referral, items []scheme.Due) error {
	there, err := s.dueRows(of.ID)
	if err != nil {
		return err
	}
	had := map[string]dueRow{}
	for _, r := range there {
		had[r.MeasureKey+" "+r.Occasion] = r
	}
	var changed []*dueRow
	for _, d := range items {
		row := rowOfDue(of, d)
		name := row.MeasureKey + " " + row.Occasion
		if old, ok := had[name]; !ok || row.differs(old) {
			changed = append(changed, &row)
		}
		delete(had, name)
	}
	if err := s.deleteDue(of.ID, had); err != nil {
		return err
	}
	slices.SortFunc(changed, func(a, b *dueRow) int {
		return strings.Compare(a.MeasureKey+" "+a.Occasion, b.MeasureKey+" "+b.Occasion)
	})
	_, err = add(s.tenant, changed, clause.OnConflict{
		Columns:   named([]string{"org_id", "referral_id", "measure_key", "occasion"}),
		DoUpdates: clause.AssignmentColumns([]string{"scheme_id", "practitioner_id", "opens_on", "due_on", "closes_on", "rests_until", "early_on"}),
	})
	return failed("save what is due", err)
}

func (s *scope) deleteDue(id scheme.ReferralID, gone map[string]dueRow) error {
	if len(gone) == 0 {
		return nil
	}
	var which []string
	var values []any
	for _, r := range gone {
		which = append(which, "measure_key = ? AND occasion = ?")
		values = append(values, r.MeasureKey, r.Occasion)
	}
	done := s.from("due_items").Where("referral_id = ?", id).Where("("+strings.Join(which, " OR ")+")", values...).Delete(&dueRow{})
	return failed("delete what was due", done.Error)
}

// dueOf begins a query of the due list. What rests or is paused, what is far
// ahead, and what was answered early and can be had in time no more, is not on it.
func (s *scope) dueOf(q app.DueQuery) *gorm.DB {
	h := scheme.HorizonOf(q.Today)
	paused := s.from("referral_pauses").Where("from_day <= ? AND (until_day IS NULL OR until_day >= ?)", h.Today, h.Today).Select("referral_id")
	query := s.from("due_items").Where("opens_on <= ? AND (rests_until IS NULL OR rests_until <= ?)", h.Ahead, h.Today).
		Where("early_on IS NULL OR closes_on >= ?", h.Today).
		Where("referral_id NOT IN (?)", paused)
	if q.Schemes != nil {
		query = query.Where("scheme_id IN ?", q.Schemes)
	}
	if q.Holders != nil {
		query = query.Where("practitioner_id IN ?", q.Holders)
	}
	return query
}

// standing is scheme.Due.Standing in SQL, as a place in scheme.Standings.
func standing(today scheme.Day) clause.Expr {
	h := scheme.HorizonOf(today)
	place := func(s scheme.Standing) int { return slices.Index(scheme.Standings(), s) + 1 }
	return clause.Expr{
		SQL: fmt.Sprintf("CASE WHEN closes_on < ? THEN %d WHEN occasion = ? AND opens_on <= ? THEN %d WHEN due_on < ? THEN %d WHEN due_on <= ? THEN %d ELSE %d END",
			place(scheme.TooLate), place(scheme.BaselineMissing), place(scheme.Overdue), place(scheme.ThisWeek), place(scheme.ComingUp)),
		Vars: []any{h.Today, string(scheme.Baseline), h.Today, h.Today, h.WeekEnds},
	}
}
