package app

import (
	"context"
	"slices"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// NewCover says who stands in for whom, both days included.
type NewCover struct {
	Key   string           `json:"-"`
	Away  scheme.AccountID `json:"away"`
	By    scheme.AccountID `json:"by"`
	From  string           `json:"from"`
	Until string           `json:"until"`
}

// CoverEnd takes a cover back.
type CoverEnd struct {
	Key string         `json:"-"`
	ID  scheme.CoverID `json:"id"`
}

// A CoverView is a cover with names. Unseen are the schemes of whoever is away
// in which the other does not work: what lies there stays uncovered.
type CoverView struct {
	scheme.Cover
	AwayLogin string
	ByLogin   string
	Unseen    []string
}

// AddCover lets somebody see what is somebody else's as their own for a time. A
// practitioner asks for their own leave, a manager for anybody's.
func (a *App) AddCover(ctx context.Context, by Actor, in NewCover) (CoverView, error) {
	if err := by.may(RecordPeople); err != nil {
		return CoverView{}, err
	}
	object, err := a.create(ctx, writing{by, "cover.add", in.Key, in}, func(w Writer) (string, error) {
		today, err := a.today(w)
		if err != nil {
			return "", err
		}
		c, err := in.check(w, today)
		if err != nil {
			return "", err
		}
		if by.Role != Manager && c.Away != by.Account {
			return "", fault.New(fault.Forbidden, fault.NotAllowed, "You can ask for cover of your own leave. Ask your service manager for somebody else's.")
		}
		if c.ID, err = newID[scheme.CoverID](); err != nil {
			return "", err
		}
		return string(c.ID), w.AddCover(c)
	})
	if err != nil {
		return CoverView{}, err
	}
	all, err := a.Covers(ctx, by)
	if err != nil {
		return CoverView{}, err
	}
	return oneCover(all, scheme.CoverID(object))
}

func oneCover(all []CoverView, id scheme.CoverID) (CoverView, error) {
	if i := slices.IndexFunc(all, func(c CoverView) bool { return c.ID == id }); i >= 0 {
		return all[i], nil
	}
	return CoverView{}, notThere()
}

func (in NewCover) check(r Reader, today scheme.Day) (scheme.Cover, error) {
	var wrong fault.List
	c := scheme.Cover{Away: in.Away, By: in.By}
	for _, who := range []struct {
		id    scheme.AccountID
		field string
	}{{in.Away, "away"}, {in.By, "by"}} {
		_, err := colleague(r, who.id, who.field)
		if accident := wrong.Note(who.field, err); accident != nil {
			return c, accident
		}
	}
	if in.Away == in.By && in.By != "" {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Choose somebody else than who is away.").At("by"))
	}
	c.From, c.Until = needDay(&wrong, "from", in.From), needDay(&wrong, "until", in.Until)
	notBefore(&wrong, "until", c.Until, c.From, "the first day")
	notBefore(&wrong, "until", c.Until, today, "today")
	if !c.From.IsZero() && c.Until.DaysSince(c.From) > furthest {
		wrong.Add(fault.New(fault.Invalid, fault.DayOrder, "Cover lasts a year at most. Hand the caseload over instead.").At("until"))
	}
	return c, wrong.Err()
}

// Covers returns the covers that stand today or will: those that a practitioner
// has a part in, or all for a manager.
func (a *App) Covers(ctx context.Context, by Actor) (all []CoverView, err error) {
	if err := by.may(SeePeople); err != nil {
		return nil, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		all, err = a.covers(r, by)
		return err
	})
	return all, err
}

func (a *App) covers(r Reader, by Actor) (all []CoverView, err error) {
	today, err := a.today(r)
	if err != nil {
		return nil, err
	}
	found, err := r.Covers(today)
	if err != nil {
		return nil, err
	}
	known, err := r.Colleagues()
	if err != nil {
		return nil, err
	}
	schemes, err := r.Schemes(today)
	if err != nil {
		return nil, err
	}
	who := map[scheme.AccountID]Colleague{}
	for _, c := range known {
		who[c.Account] = c
	}
	for _, c := range found {
		if by.Role != Manager && c.Away != by.Account && c.By != by.Account {
			continue
		}
		line := CoverView{Cover: c, AwayLogin: who[c.Away].Login, ByLogin: who[c.By].Login}
		for _, s := range schemes {
			if by.Sees(s.ID) && who[c.Away].Sees(s.ID) && !who[c.By].Sees(s.ID) {
				line.Unseen = append(line.Unseen, s.Name)
			}
		}
		all = append(all, line)
	}
	return all, nil
}

// EndCover takes a cover back before its time.
func (a *App) EndCover(ctx context.Context, by Actor, in CoverEnd) error {
	if err := by.may(RecordPeople); err != nil {
		return err
	}
	_, err := a.create(ctx, writing{by, "cover.end", in.Key, in}, func(w Writer) (string, error) {
		all, err := a.covers(w, by)
		if err != nil {
			return "", err
		}
		if _, err := oneCover(all, in.ID); err != nil {
			return "", err
		}
		return string(in.ID), w.EndCover(in.ID)
	})
	return err
}
