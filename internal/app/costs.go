package app

import (
	"context"
	"strings"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// CostReader reads what schemes cost.
type CostReader interface {
	// Costs returns every line of a scheme, removed ones too, by its first quarter.
	Costs(of scheme.ID) ([]scheme.Cost, error)
	// Cost returns one line as it stands, a removed one too.
	Cost(id scheme.CostID) (scheme.Cost, error)
}

// CostWriter writes what schemes cost.
type CostWriter interface {
	AddCost(c scheme.Cost) error
	// SaveCost faults with version.stale when what is there is of another revision.
	SaveCost(c scheme.Cost) error
}

// A CostLine is what is typed of one line.
type CostLine struct {
	Kind   scheme.CostKind `json:"kind"`
	Pounds string          `json:"pounds"` // as it is typed, "12,500.00"
	From   string          `json:"from"`   // quarters, 2026-Q1
	To     string          `json:"to"`     // empty: the same quarter
	Source string          `json:"source"` // where the amount comes from
	Note   string          `json:"note"`
}

// NewCost is a further line of a scheme.
type NewCost struct {
	Key    string    `json:"-"`
	Scheme scheme.ID `json:"scheme"`
	CostLine
}

// A CostChange is all of a line as it is now.
type CostChange struct {
	Key     string        `json:"-"`
	Cost    scheme.CostID `json:"cost"`
	Version int           `json:"version"` // of the line, as it was read
	CostLine
	Removed bool `json:"removed"` // kept, and counted nowhere
}

// A CostsView is what a scheme costs, line by line.
type CostsView struct {
	Scheme   scheme.Scheme
	Today    scheme.Day
	Lines    []scheme.Cost // those that count, by their first quarter
	Removed  []scheme.Cost
	Overlaps []scheme.Overlap
}

// Costs returns every line of one of the actor's schemes.
func (a *App) Costs(ctx context.Context, by Actor, id scheme.ID) (v CostsView, err error) {
	if err := by.mayIn(SetCosts, id); err != nil {
		return CostsView{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		v = CostsView{} // a read may run again
		if v.Today, err = a.today(r); err != nil {
			return err
		}
		if v.Scheme, err = r.Scheme(id, v.Today); err != nil {
			return err
		}
		all, err := r.Costs(id)
		v.Lines, v.Overlaps = scheme.Counted(all), scheme.Overlaps(all)
		for _, c := range all {
			if c.Removed {
				v.Removed = append(v.Removed, c)
			}
		}
		return err
	})
	return v, err
}

// A CostView is one line with whose it is.
type CostView struct {
	scheme.Cost
	SchemeName string
	Today      scheme.Day
}

// Cost returns one line of one of the actor's schemes.
func (a *App) Cost(ctx context.Context, by Actor, id scheme.CostID) (v CostView, err error) {
	if err := by.may(SetCosts); err != nil {
		return CostView{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		if v.Cost, err = costOf(r, by, id); err != nil {
			return err
		}
		if v.Today, err = a.today(r); err != nil {
			return err
		}
		of, err := r.Scheme(v.Scheme, v.Today)
		v.SchemeName = of.Name
		return err
	})
	if err != nil {
		return CostView{}, err
	}
	return v, nil
}

// costOf is a line that the actor may set; another's looks like none.
func costOf(r Reader, by Actor, id scheme.CostID) (scheme.Cost, error) {
	c, err := r.Cost(id)
	if err != nil {
		return scheme.Cost{}, err
	}
	return c, by.mayIn(SetCosts, c.Scheme)
}

// AddCost adds a line.
func (a *App) AddCost(ctx context.Context, by Actor, in NewCost) (CostView, error) {
	if err := by.mayIn(SetCosts, in.Scheme); err != nil {
		return CostView{}, err
	}
	object, err := a.create(ctx, writing{by, "cost.add", in.Key, in}, func(w Writer) (string, error) {
		if err := w.HoldSchemes(in.Scheme); err != nil {
			return "", err
		}
		made, err := in.check()
		if err != nil {
			return "", err
		}
		made.Scheme = in.Scheme
		if made.ID, err = newID[scheme.CostID](); err != nil {
			return "", err
		}
		return string(made.ID), w.AddCost(made)
	})
	if err != nil {
		return CostView{}, err
	}
	return a.Cost(ctx, by, scheme.CostID(object))
}

// ChangeCost keeps a line as it is now, or removes it from what counts.
func (a *App) ChangeCost(ctx context.Context, by Actor, in CostChange) (CostView, error) {
	if err := by.may(SetCosts); err != nil {
		return CostView{}, err
	}
	object, err := a.create(ctx, writing{by, "cost.change", in.Key, in}, func(w Writer) (string, error) {
		was, err := costOf(w, by, in.Cost)
		if err != nil {
			return "", err
		}
		if in.Version != was.Revision {
			return "", staleRecord()
		}
		now, err := in.check()
		if err != nil {
			return "", err
		}
		now.ID, now.Scheme, now.Revision, now.Removed = was.ID, was.Scheme, was.Revision, in.Removed
		return string(was.ID), w.SaveCost(now)
	})
	if err != nil {
		return CostView{}, err
	}
	return a.Cost(ctx, by, scheme.CostID(object))
}

// check returns the line that was typed, or every fault in it.
func (in CostLine) check() (c scheme.Cost, err error) {
	var wrong fault.List
	c = scheme.Cost{Kind: in.Kind, Source: strings.TrimSpace(in.Source), Note: strings.TrimSpace(in.Note)}
	choose(&wrong, "kind", string(in.Kind), scheme.CostKinds())
	if in.Kind == "" {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Choose what the money was spent on.").At("kind"))
	}
	if c.Amount, err = scheme.ParsePounds(in.Pounds); err != nil {
		if accident := wrong.Note("pounds", err); accident != nil {
			return scheme.Cost{}, accident
		}
	}
	if err := in.checkQuarters(&wrong, &c); err != nil {
		return scheme.Cost{}, err
	}
	if c.Source == "" {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Say where the amount comes from, such as “budget report, May 2026”. Whoever reads the figures asks that first.").At("source"))
	}
	for field, text := range map[string]string{"source": c.Source, "note": c.Note} {
		short(&wrong, field, text)
		if scheme.HoldsNHSNumber(text) {
			wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "This holds what looks like an NHS number. Leave it out: costs are of a scheme and not of a person.").At(field))
		}
	}
	return c, wrong.Err()
}

func (in CostLine) checkQuarters(wrong *fault.List, c *scheme.Cost) error {
	to := in.To
	if to == "" {
		to = in.From
	}
	if in.From == "" {
		wrong.Add(fault.New(fault.Invalid, fault.PeriodInvalid, "Choose the first quarter that the amount is for.").At("from"))
		return nil
	}
	good := true
	for _, end := range []struct {
		text, field string
		into        *scheme.Quarter
	}{{in.From, "from", &c.Over.From}, {to, "to", &c.Over.To}} {
		q, err := scheme.ParseQuarter(end.text)
		if accident := wrong.Note(end.field, err); accident != nil {
			return accident
		}
		good, *end.into = good && err == nil, q
	}
	switch {
	case !good:
	case c.Over.From > c.Over.To:
		wrong.Add(fault.New(fault.Invalid, fault.PeriodInvalid, "The first quarter lies after the last.").At("from"))
	case c.Quarters() > scheme.MostCostQuarters:
		wrong.Add(fault.New(fault.Invalid, fault.PeriodInvalid, "One line is over at most %d quarters, which is ten years. Make several of it.", scheme.MostCostQuarters).At("to"))
	}
	return nil
}
