package app

import (
	"context"
	"fmt"
	"slices"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// ImportSetUp is what a file of scores needs to be there first.
type ImportSetUp struct {
	Measures []measure.Definition
	Known    bool     // they are measures that are here
	Schemes  []string // names
	Days     []int    // of the time points, days after the start, the first 0
	From     scheme.Day
}

// PrepareImport makes the measures and the schemes, each with a plan of the
// file's time points, and returns the schemes by name. What is there already
// with the same content stays; a scheme of that name with another plan faults.
func (a *App) PrepareImport(ctx context.Context, by Actor, in ImportSetUp) (found map[string]scheme.Scheme, err error) {
	if err := by.may(SetUpSchemes); err != nil {
		return nil, err
	}
	err = a.store.Write(ctx, by.Org, func(w Writer) error {
		found, err = a.prepareImport(w, by, in)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("prepare import: %w", err)
	}
	return found, nil
}

// plan has an item for each measure at each time.
func (in ImportSetUp) plan() (scheme.Plan, error) {
	plan := scheme.Plan{Version: 1, EffectiveFrom: in.From}
	for _, d := range in.Measures {
		items, err := scheme.FromTimes(d.Key, in.Days)
		if err != nil {
			return scheme.Plan{}, err
		}
		plan.Items = append(plan.Items, items...)
		plan.Headline = items[1].Occasion
		if plan.Primary == "" {
			plan.Primary = d.Reported()[0].Series
		}
	}
	return plan, plan.Check()
}

func (a *App) prepareImport(w Writer, by Actor, in ImportSetUp) (map[string]scheme.Scheme, error) {
	plan, err := in.plan()
	if err != nil {
		return nil, err
	}
	for _, d := range in.Measures {
		if in.Known {
			break
		}
		if err := w.AddMeasure(d); err != nil {
			return nil, err
		}
	}
	today, err := a.today(w)
	if err != nil {
		return nil, err
	}
	found, err := schemesByName(w, today)
	if err != nil {
		return nil, err
	}
	for _, name := range in.Schemes {
		if err := scheme.AcceptName(name); err != nil {
			return nil, err
		}
		if s, ok := found[name]; ok {
			if !slices.Equal(s.Plan.Items, plan.Items) {
				return nil, fault.New(fault.Conflict, fault.PlanInvalid, "The scheme “%s” is here already with another measurement plan. Import into another organisation, or under another scheme name.", name)
			}
			continue
		}
		if _, err := addScheme(w, scheme.Scheme{Name: name, Plan: plan, Profile: scheme.ByContact}); err != nil {
			return nil, err
		}
	}
	if found, err = schemesByName(w, today); err != nil {
		return nil, err
	}
	return found, w.Audit(Entry{Actor: by.Account, Act: "import.prepare", Object: string(by.Org), RequestID: by.RequestID, Payload: in})
}

func schemesByName(r Reader, day scheme.Day) (map[string]scheme.Scheme, error) {
	there, err := r.Schemes(day)
	found := map[string]scheme.Scheme{}
	for _, s := range there {
		found[s.Name] = s
	}
	return found, err
}
