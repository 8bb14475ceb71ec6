package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// NewScheme sets a scheme up with its first plan: the measures to collect,
// each at the baseline and at one fixed time.
type NewScheme struct {
	Key       string         `json:"-"` // idempotency
	Name      string         `json:"name"`
	Measures  []measure.Key  `json:"measures"`
	Primary   measure.Series `json:"primary"`
	Weeks     int            `json:"weeks"`      // after the start; 4 to 104
	StartedOn string         `json:"started_on"` // the plan holds from this day; YYYY-MM-DD
	Profile   scheme.Profile `json:"profile"`    // empty: name and contact details
}

// Schemes returns the actor's schemes, by name.
func (a *App) Schemes(ctx context.Context, by Actor) (found []scheme.Scheme, err error) {
	if err := by.may(SeeSchemes); err != nil {
		return nil, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		today, err := a.today(r)
		if err != nil {
			return err
		}
		all, err := r.Schemes(today)
		found = slices.DeleteFunc(all, func(s scheme.Scheme) bool { return !by.Sees(s.ID) })
		return err
	})
	return found, err
}

// Scheme returns one of the actor's schemes.
func (a *App) Scheme(ctx context.Context, by Actor, id scheme.ID) (found scheme.Scheme, err error) {
	if err := by.mayIn(SeeSchemes, id); err != nil {
		return scheme.Scheme{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		today, err := a.today(r)
		if err != nil {
			return err
		}
		found, err = r.Scheme(id, today)
		return err
	})
	return found, err
}

// AddScheme sets a scheme up.
func (a *App) AddScheme(ctx context.Context, by Actor, in NewScheme) (scheme.Scheme, error) {
	if err := by.may(SetUpSchemes); err != nil {
		return scheme.Scheme{}, err
	}
	if !by.AllSchemes {
		return scheme.Scheme{}, fault.New(fault.Forbidden, fault.NotAllowed, "You see some schemes only, so you would not see a new one. Ask somebody who sees all of them to set it up.")
	}
	in.Name = strings.TrimSpace(in.Name)
	if in.Profile == "" {
		in.Profile = scheme.ByContact
	}
	object, err := a.create(ctx, writing{by, "scheme.add", in.Key, in}, func(w Writer) (string, error) {
		defs, err := w.Measures()
		if err != nil {
			return "", err
		}
		plan, err := in.plan(defs)
		if err != nil {
			return "", err
		}
		return addScheme(w, scheme.Scheme{Name: in.Name, Plan: plan, Profile: in.Profile})
	})
	if err != nil {
		return scheme.Scheme{}, err
	}
	return a.Scheme(ctx, by, scheme.ID(object))
}

// plan returns the first plan that in describes, or every fault in it.
func (in NewScheme) plan(defs map[measure.Key]measure.Definition) (scheme.Plan, error) {
	var wrong fault.List
	named(&wrong, "name", in.Name)
	needProfile(&wrong, in.Profile)
	plan := scheme.Plan{Version: 1, EffectiveFrom: needDay(&wrong, "started_on", in.StartedOn), Primary: in.Primary, Headline: scheme.FixedTime(7 * in.Weeks)}
	if in.Weeks < 4 || in.Weeks > 104 {
		wrong.Add(fault.New(fault.Invalid, fault.PlanInvalid, "Choose 4 to 104 weeks after the start.").At("weeks"))
	}
	if len(in.Measures) == 0 {
		wrong.Add(fault.New(fault.Invalid, fault.PlanInvalid, "Choose at least one measure.").At("measures"))
	}
	collected := in.Primary == ""
	for i, key := range in.Measures {
		def, ok := defs[key]
		switch {
		case !ok:
			wrong.Add(unknownMeasure(string(key)).At(fmt.Sprintf("measures[%d]", i)))
			continue
		case slices.Contains(in.Measures[:i], key):
			wrong.Add(fault.New(fault.Invalid, fault.PlanInvalid, "%s is named twice. Name each measure once.", def.Short).At(fmt.Sprintf("measures[%d]", i)))
			continue
		}
		plan.Items = append(plan.Items, scheme.Standard(key, in.Weeks)...)
		if plan.Primary == "" {
			plan.Primary = def.Reported()[0].Series
		}
		collected = collected || slices.ContainsFunc(def.Reported(), func(s measure.Score) bool { return s.Series == plan.Primary })
	}
	if !collected {
		wrong.Add(fault.New(fault.Invalid, fault.PlanInvalid, "Choose the primary score from the measures that the plan collects.").At("primary"))
	}
	if err := wrong.Err(); err != nil {
		return scheme.Plan{}, err
	}
	return plan, plan.Check()
}

// addScheme keeps a scheme with its checked first plan and returns its id.
func addScheme(w Writer, made scheme.Scheme) (string, error) {
	var err error
	if made.ID, err = newID[scheme.ID](); err != nil {
		return "", err
	}
	if made.Plan.ID, err = newID[scheme.PlanID](); err != nil {
		return "", err
	}
	return string(made.ID), w.AddScheme(made)
}

func unknownMeasure(key string) *fault.Fault {
	return fault.New(fault.Invalid, fault.MeasureUnknown, "There is no measure “%.60s” here. The list of measures says which there are.", key)
}

// Measures returns the library: bundled and the organisation's own, by key.
func (a *App) Measures(ctx context.Context, by Actor) (found []measure.Definition, err error) {
	if err := by.may(SeeMeasures); err != nil {
		return nil, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		defs, err := a.library(r)
		for _, d := range defs {
			found = append(found, d)
		}
		return err
	})
	slices.SortFunc(found, func(x, y measure.Definition) int { return strings.Compare(string(x.Key), string(y.Key)) })
	return found, err
}

// Measure returns one measure of the library.
func (a *App) Measure(ctx context.Context, by Actor, key measure.Key) (measure.Definition, error) {
	all, err := a.Measures(ctx, by)
	if err != nil {
		return measure.Definition{}, err
	}
	for _, d := range all {
		if d.Key == key {
			return d, nil
		}
	}
	return measure.Definition{}, notThere()
}
