package app

import (
	"context"
	"strings"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// ActivityReader reads what can be prescribed.
type ActivityReader interface {
	// Activities returns all, by name, stopped ones too.
	Activities() ([]scheme.Activity, error)
	Activity(id scheme.ActivityID) (scheme.Activity, error)
	// Begun calls fn for every referral in which somebody attended the activity.
	// Names stay sealed.
	Begun(id scheme.ActivityID, fn func(scheme.Spell) error) error
}

// ActivityWriter writes what can be prescribed. Activities are locked after
// schemes and before people.
type ActivityWriter interface {
	// AddActivity faults with activity.taken.
	AddActivity(a scheme.Activity) error
	// SaveActivity faults with activity.taken, and with version.stale when what is
	// there is of another revision.
	SaveActivity(a scheme.Activity) error
	// HoldActivities keeps activities as they are. Many may hold one.
	HoldActivities(ids ...scheme.ActivityID) error
	// LockActivity waits for those who hold it, then locks everybody to whom it is
	// prescribed.
	LockActivity(id scheme.ActivityID) error
}

// NewActivity is something that can be prescribed.
type NewActivity struct {
	Key      string          `json:"-"`
	Name     string          `json:"name"`
	Category scheme.Category `json:"category"`
	Provider string          `json:"provider"`
}

// An ActivityChange is all of an activity as it is now.
type ActivityChange struct {
	Key          string            `json:"-"`
	Activity     scheme.ActivityID `json:"activity"`
	Version      int               `json:"version"` // of the activity, as it was read
	Name         string            `json:"name"`
	Category     scheme.Category   `json:"category"`
	Provider     string            `json:"provider"`
	OfferedUntil string            `json:"offered_until"` // the last day; empty while it goes on
	Reason       string            `json:"reason"`        // of another category
}

// Activities returns the organisation's activities, by name.
func (a *App) Activities(ctx context.Context, by Actor) (found []scheme.Activity, err error) {
	if err := by.may(SeeSchemes); err != nil {
		return nil, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		found, err = r.Activities()
		return err
	})
	return found, err
}

// An ActivityView is one activity with the day by which it is offered or not.
type ActivityView struct {
	scheme.Activity
	Today scheme.Day
}

// Activity returns one activity of the organisation.
func (a *App) Activity(ctx context.Context, by Actor, id scheme.ActivityID) (v ActivityView, err error) {
	if err := by.may(SeeSchemes); err != nil {
		return ActivityView{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		if v.Activity, err = r.Activity(id); err != nil {
			return err
		}
		v.Today, err = a.today(r)
		return err
	})
	return v, err
}

// AddActivity makes an activity available to prescribe.
func (a *App) AddActivity(ctx context.Context, by Actor, in NewActivity) (scheme.Activity, error) {
	if err := by.may(SetUpSchemes); err != nil {
		return scheme.Activity{}, err
	}
	var wrong fault.List
	made := scheme.Activity{Name: strings.TrimSpace(in.Name), Category: in.Category, Provider: strings.TrimSpace(in.Provider), Revision: 1}
	checkActivity(&wrong, made)
	if err := wrong.Err(); err != nil {
		return scheme.Activity{}, err
	}
	object, err := a.create(ctx, writing{by, "activity.add", in.Key, in}, func(w Writer) (string, error) {
		id, err := newID[scheme.ActivityID]()
		if err != nil {
			return "", err
		}
		made.ID = id
		return string(id), w.AddActivity(made)
	})
	made.ID = scheme.ActivityID(object)
	return made, err
}

func checkActivity(wrong *fault.List, x scheme.Activity) {
	named(wrong, "name", x.Name)
	short(wrong, "provider", x.Provider)
	choose(wrong, "category", string(x.Category), scheme.Categories())
	if x.Category == "" {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Choose a category.").At("category"))
	}
}

// ChangeActivity keeps an activity as it is now, or stops it. Another category is
// a correction: it needs a reason once anybody attended, and the figures that are
// split by it follow in the same transaction.
func (a *App) ChangeActivity(ctx context.Context, by Actor, in ActivityChange) (scheme.Activity, error) {
	if err := by.may(SetUpSchemes); err != nil {
		return scheme.Activity{}, err
	}
	object, err := a.create(ctx, writing{by, "activity.change", in.Key, in}, func(w Writer) (string, error) {
		if err := w.LockActivity(in.Activity); err != nil {
			return "", err
		}
		was, err := w.Activity(in.Activity)
		if err != nil {
			return "", err
		}
		if in.Version != was.Revision {
			return "", staleRecord()
		}
		begun, err := begunIn(w, was.ID)
		if err != nil {
			return "", err
		}
		now, err := in.check(was, begun)
		if err != nil {
			return "", err
		}
		if err := w.SaveActivity(now); err != nil {
			return "", err
		}
		if now.Category == was.Category {
			return string(was.ID), nil
		}
		return string(was.ID), resplit(w, now, begun)
	})
	if err != nil {
		return scheme.Activity{}, err
	}
	v, err := a.Activity(ctx, by, scheme.ActivityID(object))
	return v.Activity, err
}

// check returns the activity as it is to be, or every fault in that.
func (in ActivityChange) check(was scheme.Activity, begun []scheme.Spell) (scheme.Activity, error) {
	var wrong fault.List
	now := was
	now.Name, now.Category, now.Provider = strings.TrimSpace(in.Name), in.Category, strings.TrimSpace(in.Provider)
	checkActivity(&wrong, now)
	now.OfferedUntil = readDay(&wrong, "offered_until", in.OfferedUntil)
	if len(begun) > 0 && now.Category != was.Category && scheme.Known(scheme.Categories(), string(now.Category)) {
		reasoned(&wrong, "reason", in.Reason)
	}
	return now, wrong.Err()
}

// begunIn are the referrals in which somebody attended the activity.
func begunIn(r Reader, id scheme.ActivityID) (all []scheme.Spell, err error) {
	err = r.Begun(id, func(s scheme.Spell) error {
		all = append(all, s)
		return nil
	})
	return all, err
}

// resplit makes the pairs of those referrals say the activity's category. Nothing
// that is due depends on it.
func resplit(w Writer, now scheme.Activity, begun []scheme.Spell) error {
	defs, err := w.Measures()
	if err != nil {
		return err
	}
	for _, s := range begun {
		for i, p := range s.Prescriptions {
			if p.Activity == now.ID {
				s.Prescriptions[i].Category = now.Category
			}
		}
		if err := w.SavePairs(s.Referral.ID, s.Pairs(defs)); err != nil {
			return err
		}
	}
	return nil
}
