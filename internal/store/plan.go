package store

import (
	"slices"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// planRow is table plans, migration 0003.
type planRow struct {
	Owner
	ID            string `gorm:"primaryKey"`
	SchemeID      string
	Version       int
	EffectiveFrom scheme.Day `gorm:"type:date"`
	PrimarySeries string
	Headline      string
}

func (planRow) TableName() string { return "plans" }

// planItemRow is table plan_items, migration 0003.
type planItemRow struct {
	Owner
	PlanID     string `gorm:"primaryKey"`
	Position   int    `gorm:"primaryKey;autoIncrement:false"`
	MeasureKey string
	Occasion   string
	DueDays    int
	BeforeDays int
	AfterDays  int
}

func (planItemRow) TableName() string { return "plan_items" }

func (r planRow) plan() scheme.Plan {
	return scheme.Plan{
		ID: scheme.PlanID(r.ID), Version: r.Version, EffectiveFrom: r.EffectiveFrom,
		Primary: measure.Series(r.PrimarySeries), Headline: scheme.Occasion(r.Headline),
	}
}

// inForce returns for each scheme the latest plan that took effect by day, or
// its first plan where none has yet.
func (s *scope) inForce(schemes []string, day scheme.Day) (map[scheme.ID]scheme.Plan, error) {
	var rows []planRow
	err := s.from("plans").Where("scheme_id IN ?", schemes).Order("scheme_id, effective_from, version").Find(&rows).Error
	if err != nil {
		return nil, failed("read plans", err)
	}
	chosen := map[scheme.ID]scheme.Plan{}
	for _, r := range rows {
		if _, some := chosen[scheme.ID(r.SchemeID)]; !some || !r.EffectiveFrom.After(day) {
			chosen[scheme.ID(r.SchemeID)] = r.plan()
		}
	}
	ids := make([]scheme.PlanID, 0, len(chosen))
	for _, p := range chosen {
		ids = append(ids, p.ID)
	}
	items, err := s.planItems(ids)
	if err != nil {
		return nil, err
	}
	for id, p := range chosen {
		p.Items = items[p.ID]
		chosen[id] = p
	}
	return chosen, nil
}

// Plans returns every version of a scheme's plan, the first one first.
func (s *scope) Plans(id scheme.ID) ([]scheme.Plan, error) {
	if !isID(string(id)) {
		return nil, missing()
	}
	var rows []planRow
	if err := s.from("plans").Where("scheme_id = ?", id).Order("version").Find(&rows).Error; err != nil {
		return nil, failed("read plans", err)
	}
	if len(rows) == 0 {
		return nil, missing()
	}
	all, ids := make([]scheme.Plan, len(rows)), make([]scheme.PlanID, len(rows))
	for i, r := range rows {
		all[i], ids[i] = r.plan(), scheme.PlanID(r.ID)
	}
	items, err := s.planItems(ids)
	for i := range all {
		all[i].Items = items[all[i].ID]
	}
	return all, err
}

// Waiting returns the referrals of a scheme whose plan nothing has settled yet:
// open, not accepted and nothing attended.
func (s *scope) Waiting(id scheme.ID) (waiting []scheme.ReferralID, err error) {
	err = s.from("referrals").Where("referrals.scheme_id = ? AND accepted_on IS NULL AND declined_on IS NULL AND ended_on IS NULL", id).
		Where("NOT EXISTS (SELECT 1 FROM prescriptions p WHERE p.org_id = referrals.org_id AND p.referral_id = referrals.id AND p.first_attended_on IS NOT NULL)").
		Pluck("referrals.id", &waiting).Error
	slices.Sort(waiting)
	return waiting, failed("list who waits", err)
}

// planItems returns the items of plans, in the order they were given. A plan
// never changes, so each is read once in a transaction.
func (s *scope) planItems(plans []scheme.PlanID) (map[scheme.PlanID][]scheme.PlanItem, error) {
	if s.plans == nil {
		s.plans = map[scheme.PlanID][]scheme.PlanItem{}
	}
	var unknown []scheme.PlanID
	for _, id := range plans {
		if _, known := s.plans[id]; !known {
			s.plans[id] = nil
			unknown = append(unknown, id)
		}
	}
	if len(unknown) == 0 {
		return s.plans, nil
	}
	var rows []planItemRow
	if err := s.from("plan_items").Where("plan_id IN ?", unknown).Order("plan_id, position").Find(&rows).Error; err != nil {
		return nil, failed("read plan items", err)
	}
	for _, r := range rows {
		s.plans[scheme.PlanID(r.PlanID)] = append(s.plans[scheme.PlanID(r.PlanID)], scheme.PlanItem{
			Measure: measure.Key(r.MeasureKey), Occasion: scheme.Occasion(r.Occasion),
			DueDays: r.DueDays, BeforeDays: r.BeforeDays, AfterDays: r.AfterDays,
		})
	}
	return s.plans, nil
}

// AddPlan keeps a further version of a scheme's plan. It faults with
// version.stale when somebody else added that version meanwhile.
func (s *scope) AddPlan(id scheme.ID, p scheme.Plan) error {
	row := planRow{
		ID: string(p.ID), SchemeID: string(id), Version: p.Version, EffectiveFrom: p.EffectiveFrom,
		PrimarySeries: string(p.Primary), Headline: string(p.Headline),
	}
	added, err := add(s.tenant, []*planRow{&row}, unlessTaken("org_id", "scheme_id", "version"))
	if err != nil {
		return failed("add a plan", err)
	}
	if added == 0 {
		return fault.New(fault.Conflict, fault.Stale, "This plan was changed after you read it. Your change is not saved yet. Look at what is there now, and save yours if it still holds.")
	}
	items := make([]*planItemRow, len(p.Items))
	for i, it := range p.Items {
		items[i] = &planItemRow{
			PlanID: row.ID, Position: i, MeasureKey: string(it.Measure), Occasion: string(it.Occasion),
			DueDays: it.DueDays, BeforeDays: it.BeforeDays, AfterDays: it.AfterDays,
		}
	}
	delete(s.plans, p.ID)
	_, err = add(s.tenant, items)
	return failed("add plan items", err)
}
