package app

import (
	"context"
	"fmt"
	"slices"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// NewPlan is a further version of a scheme's measurement plan, whole.
type NewPlan struct {
	Key           string          `json:"-"`
	Scheme        scheme.ID       `json:"scheme"`
	Follows       int             `json:"follows"`        // the version that it takes the place of, as it was read
	EffectiveFrom string          `json:"effective_from"` // YYYY-MM-DD
	Primary       measure.Series  `json:"primary"`        // empty: as before, where it is still collected
	Headline      scheme.Occasion `json:"headline"`       // likewise
	Items         []NewPlanItem   `json:"items"`
}

// NewPlanItem is one measure at one time, with the window that counts as on time.
type NewPlanItem struct {
	Measure    measure.Key `json:"measure"`
	DueDays    int         `json:"due_days"` // days after the start; 0 for the baseline
	BeforeDays int         `json:"before_days"`
	AfterDays  int         `json:"after_days"`
}

// Limits of a plan: beyond them a number was typed wrong.
const (
	latestDue   = 5 * 366 // days after the start
	widestSide  = 366     // days to either side
	furthestOff = 2 * 366 // days from today to the day a plan takes effect
)

// AddPlan keeps a further version of a scheme's plan. Referrals that were
// accepted, or have started, keep the version they have; those that wait follow
// the one in force on the day they were received, pairs with them.
func (a *App) AddPlan(ctx context.Context, by Actor, in NewPlan) (scheme.Plan, error) {
	if err := by.mayIn(SetUpSchemes, in.Scheme); err != nil {
		return scheme.Plan{}, err
	}
	object, err := a.create(ctx, writing{by, "plan.add", in.Key, in}, func(w Writer) (string, error) {
		if err := w.LockScheme(in.Scheme); err != nil {
			return "", err
		}
		plan, plans, err := a.checkPlan(w, in)
		if err != nil {
			return "", err
		}
		if err := w.AddPlan(in.Scheme, plan); err != nil {
			return "", err
		}
		return ofVersion(in.Scheme, plan.Version), a.follow(w, in.Scheme, append(plans, plan))
	})
	if err != nil {
		return scheme.Plan{}, err
	}
	_, version := versionOf[scheme.ID](object)
	return a.Plan(ctx, by, in.Scheme, version)
}

// Plans returns every version of the plan of one of the actor's schemes, the
// first one first.
func (a *App) Plans(ctx context.Context, by Actor, id scheme.ID) (all []scheme.Plan, err error) {
	if err := by.mayIn(SeeSchemes, id); err != nil {
		return nil, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		all, err = r.Plans(id)
		return err
	})
	return all, err
}

// Plan returns one version.
func (a *App) Plan(ctx context.Context, by Actor, id scheme.ID, version int) (scheme.Plan, error) {
	all, err := a.Plans(ctx, by, id)
	if err != nil {
		return scheme.Plan{}, err
	}
	for _, p := range all {
		if p.Version == version {
			return p, nil
		}
	}
	return scheme.Plan{}, notThere()
}

// checkPlan returns the plan that in describes and those before it, or every
// fault in it.
func (a *App) checkPlan(w Writer, in NewPlan) (made scheme.Plan, plans []scheme.Plan, err error) {
	if plans, err = w.Plans(in.Scheme); err != nil {
		return made, nil, err
	}
	last := plans[len(plans)-1]
	if in.Follows != last.Version {
		return made, nil, fault.New(fault.Conflict, fault.Stale, "This plan was changed after you read it: version %d is the newest, and holds from %s. Your change is not saved yet. Look at what is there now, and save yours if it still holds.",
			last.Version, last.EffectiveFrom.Long()).At("follows")
	}
	defs, err := w.Measures()
	if err != nil {
		return made, nil, err
	}
	today, err := a.today(w)
	if err != nil {
		return made, nil, err
	}
	var wrong fault.List
	made = scheme.Plan{Version: last.Version + 1, EffectiveFrom: needDay(&wrong, "effective_from", in.EffectiveFrom)}
	notBefore(&wrong, "effective_from", made.EffectiveFrom, last.EffectiveFrom, "the day the version before it takes effect")
	if made.EffectiveFrom.After(today.Plus(furthestOff)) {
		wrong.Add(fault.New(fault.Invalid, fault.DayFuture, "%s is more than two years away. Check the date.", made.EffectiveFrom.Long()).At("effective_from"))
	}
	made.Items = in.items(&wrong, defs)
	if accident := notePlan(&wrong, made); accident != nil {
		return made, nil, accident
	}
	in.chooseFirst(&wrong, &made, last, defs)
	if err := wrong.Err(); err != nil {
		return made, nil, err
	}
	made.ID, err = newID[scheme.PlanID]()
	return made, plans, err
}

// items are the plan's, with the occasion that each one's day makes it.
func (in NewPlan) items(wrong *fault.List, defs map[measure.Key]measure.Definition) []scheme.PlanItem {
	items := make([]scheme.PlanItem, len(in.Items))
	for i, it := range in.Items {
		at := fmt.Sprintf("items[%d].", i)
		if _, ok := defs[it.Measure]; !ok {
			wrong.Add(unknownMeasure(string(it.Measure)).At(at + "measure"))
		}
		for _, n := range []struct {
			field     string
			days, top int
		}{{"due_days", it.DueDays, latestDue}, {"before_days", it.BeforeDays, widestSide}, {"after_days", it.AfterDays, widestSide}} {
			if n.days < 0 || n.days > n.top {
				wrong.Add(fault.New(fault.Invalid, fault.PlanInvalid, "Enter 0 to %d days.", n.top).At(at + n.field))
			}
		}
		items[i] = scheme.PlanItem{Measure: it.Measure, Occasion: scheme.Baseline, DueDays: it.DueDays, BeforeDays: it.BeforeDays, AfterDays: it.AfterDays}
		if it.DueDays > 0 {
			items[i].Occasion = scheme.FixedTime(it.DueDays)
		}
	}
	return items
}

// notePlan notes what the items contradict each other in, at the items.
func notePlan(wrong *fault.List, plan scheme.Plan) error {
	all, accident := fault.All(plan.Check())
	for _, f := range all {
		wrong.Add(f.At("items"))
	}
	return accident
}

// chooseFirst sets what is shown first: as asked, else as before where it is
// still collected, else the first there is.
func (in NewPlan) chooseFirst(wrong *fault.List, made *scheme.Plan, last scheme.Plan, defs map[measure.Key]measure.Definition) {
	of := map[measure.Series]measure.Key{}
	var series []measure.Series
	for _, key := range made.Measures() {
		for _, sc := range defs[key].Reported() {
			of[sc.Series] = key
			series = append(series, sc.Series)
		}
	}
	if len(series) == 0 {
		return // of no measure that is known, which has been said
	}
	made.Primary = in.Primary
	if in.Primary == "" {
		made.Primary = last.Primary
		if of[made.Primary] == "" {
			made.Primary = series[0]
		}
	}
	if of[made.Primary] == "" {
		wrong.Add(fault.New(fault.Invalid, fault.PlanInvalid, "Choose the primary score from the measures that the plan collects.").At("primary"))
		return
	}
	later := made.FollowUps(of[made.Primary])
	if len(later) == 0 {
		return // which the check of the plan has said
	}
	made.Headline = in.Headline
	if in.Headline == "" {
		made.Headline = last.Headline
		if !slices.Contains(later, made.Headline) {
			made.Headline = later[0]
		}
	}
	if !slices.Contains(later, made.Headline) {
		wrong.Add(fault.New(fault.Invalid, fault.PlanInvalid, "Choose the occasion shown first from those at which the primary score is due again: %s.", listed(later)).At("headline"))
	}
}

// follow gives every referral that waits the plan in force on the day it was
// received. The caller has locked the scheme, so none comes and none is accepted
// meanwhile.
func (a *App) follow(w Writer, id scheme.ID, plans []scheme.Plan) error {
	waiting, err := w.Waiting(id)
	if err != nil {
		return err
	}
	if err := w.LockPeopleOf(waiting...); err != nil {
		return err
	}
	for _, r := range waiting {
		spell, err := w.Spell(r)
		if err != nil {
			return err
		}
		under := scheme.InForce(plans, spell.Referral.Since())
		if !spell.Waiting() || under.ID == spell.Referral.Plan {
			continue
		}
		spell.Referral.Plan = under.ID
		if err := w.SaveReferral(spell.Referral); err != nil {
			return err
		}
		if err := a.repair(w, r); err != nil {
			return err
		}
	}
	return nil
}
