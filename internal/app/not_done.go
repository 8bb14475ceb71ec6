package app

import (
	"context"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// furthest is how far ahead somebody can mean to come back.
const furthest = 365 // days

// NewNotDone says why a measure that is due is not taken.
type NewNotDone struct {
	Key        string               `json:"-"`
	Referral   scheme.ReferralID    `json:"referral"`
	Measure    measure.Key          `json:"measure"`
	Occasion   scheme.Occasion      `json:"occasion"`
	Reason     scheme.NotDoneReason `json:"reason"`
	ComeBackOn string               `json:"come_back_on"`
}

// Undoing takes a reason back.
type Undoing struct {
	Key string           `json:"-"`
	ID  scheme.NotDoneID `json:"id"`
}

// CloseDue keeps why a measure that is due is not taken. With a day to come
// back on, and after the first and second time without an answer, it is asked
// again; else it leaves the due list.
func (a *App) CloseDue(ctx context.Context, by Actor, in NewNotDone) (scheme.NotDone, error) {
	if err := by.may(RecordPeople); err != nil {
		return scheme.NotDone{}, err
	}
	object, err := a.create(ctx, writing{by, "due.close", in.Key, in}, func(w Writer) (string, error) {
		v, err := a.held(w, by, in.Referral)
		if err != nil {
			return "", atField(err, "referral")
		}
		n, err := in.check(v)
		if err != nil {
			return "", err
		}
		if n.ID, err = newID[scheme.NotDoneID](); err != nil {
			return "", err
		}
		n.By = by.Account
		if err := w.AddNotDone(n); err != nil {
			return "", err
		}
		return string(n.ID), a.repair(w, in.Referral)
	})
	if err != nil {
		return scheme.NotDone{}, err
	}
	return a.NotDone(ctx, by, scheme.NotDoneID(object))
}

func (in NewNotDone) check(v ReferralView) (scheme.NotDone, error) {
	var wrong fault.List
	n := scheme.NotDone{Referral: in.Referral, Measure: in.Measure, Occasion: in.Occasion, Reason: in.Reason, On: v.Today}
	due, known := v.dueOf(in.Measure, in.Occasion)
	switch {
	case !known:
		wrong.Add(fault.New(fault.Invalid, fault.OccasionUnknown, "The plan of this referral does not ask for that measure at that time.").At("occasion"))
	case due.Standing(v.Today) == scheme.Done:
		wrong.Add(fault.New(fault.Conflict, fault.DueSettled, "This was recorded meanwhile, answered on %s. There is nothing to close.", due.Answered().Long()))
	case due.Why.Closes():
		wrong.Add(fault.New(fault.Conflict, fault.DueSettled, "This was closed on %s: %s. Undo that first if it was a slip.", due.Why.On.Long(), scheme.Label(scheme.NotDoneReasons(), string(due.Why.Reason))))
	}
	if in.Reason == "" {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Choose why it is not done.").At("reason"))
	}
	choose(&wrong, "reason", string(in.Reason), scheme.NotDoneReasons())
	n.ComeBack = readDay(&wrong, "come_back_on", in.ComeBackOn)
	switch {
	case in.ComeBackOn == "" && in.Reason == scheme.ComeBack:
		wrong.Add(fault.New(fault.Invalid, fault.DayImpossible, "Enter the day on which you will come back to it.").At("come_back_on"))
	case !n.ComeBack.IsZero() && (!n.ComeBack.After(v.Today) || n.ComeBack.After(v.Today.Plus(furthest))):
		wrong.Add(fault.New(fault.Invalid, fault.DayOrder, "Enter a day from tomorrow on, within a year.").At("come_back_on"))
	}
	if in.Reason == scheme.NobodyAnswered {
		n.Attempt = min(due.Attempts+1, scheme.MostAttempts)
		if n.ComeBack.IsZero() && n.Attempt < scheme.MostAttempts {
			n.ComeBack = v.Today.Plus(1)
		}
	}
	return n, wrong.Err()
}

// dueOf is one item of the plan as it stands.
func (v ReferralView) dueOf(key measure.Key, o scheme.Occasion) (scheme.Due, bool) {
	for _, d := range v.Due(v.Measures) {
		if d.Measure == key && d.Occasion == o {
			return d, true
		}
	}
	return scheme.Due{}, false
}

// NotDone returns one reason of the actor's schemes, one that was taken back
// too.
func (a *App) NotDone(ctx context.Context, by Actor, id scheme.NotDoneID) (n scheme.NotDone, err error) {
	if err := by.may(SeePeople); err != nil {
		return scheme.NotDone{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		n, err = seenNotDone(r, by, id)
		return err
	})
	return n, err
}

func seenNotDone(r Reader, by Actor, id scheme.NotDoneID) (scheme.NotDone, error) {
	n, err := r.NotDone(id)
	if err != nil {
		return scheme.NotDone{}, err
	}
	_, err = seenHeads(r, by, n.Referral)
	return n, err
}

// UndoClose takes a reason back that was a slip. It stays on record and counts
// no more.
func (a *App) UndoClose(ctx context.Context, by Actor, in Undoing) (scheme.NotDone, error) {
	if err := by.may(RecordPeople); err != nil {
		return scheme.NotDone{}, err
	}
	object, err := a.create(ctx, writing{by, "due.undo", in.Key, in}, func(w Writer) (string, error) {
		n, err := seenNotDone(w, by, in.ID)
		if err != nil {
			return "", err
		}
		if err := w.LockPeopleOf(n.Referral); err != nil {
			return "", err
		}
		if n, err = w.NotDone(in.ID); err != nil {
			return "", err
		}
		if n.Undone {
			return string(in.ID), nil // twice is once
		}
		if err := w.UndoNotDone(in.ID, by.Account); err != nil {
			return "", err
		}
		return string(in.ID), a.repair(w, n.Referral)
	})
	if err != nil {
		return scheme.NotDone{}, err
	}
	return a.NotDone(ctx, by, scheme.NotDoneID(object))
}
