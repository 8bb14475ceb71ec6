package app

import (
	"context"
	"strings"
	"unicode/utf8"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// mostListed is how many alerts of one kind a list shows; the rest follow as
// these are closed.
const mostListed = 100

// SafetyView is what waits for somebody in the actor's schemes, first come
// first.
type SafetyView struct {
	Protocol ProtocolView
	Mails    bool // Cairn sends mail here
	Answers  []AlertView
	Left     []AlertView // the item was left out
	Words    []AlertView // to read
	Imports  []AlertBatch
}

// Safety returns what is not closed.
func (a *App) Safety(ctx context.Context, by Actor) (v SafetyView, err error) {
	if err := by.may(SeeSafety); err != nil {
		return SafetyView{}, err
	}
	v.Mails = a.mail != nil
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		if v.Protocol, err = protocolView(r); err != nil {
			return err
		}
		for kind, into := range map[scheme.AlertKind]*[]AlertView{scheme.AnswerRaised: &v.Answers, scheme.LeftOut: &v.Left, scheme.WordsToRead: &v.Words} {
			if *into, err = a.listed(r, AlertFilter{Schemes: by.own(), Kind: kind, Came: CameAlone, Limit: mostListed}); err != nil {
				return err
			}
		}
		v.Imports, err = batches(r, AlertFilter{Schemes: by.own()})
		return err
	})
	return v, err
}

// own are the schemes that a list of the actor's is narrowed to; nil: all.
func (a Actor) own() []scheme.ID {
	if a.AllSchemes {
		return nil
	}
	return append([]scheme.ID{}, a.Schemes...)
}

// OpenAlerts returns what is not closed of one referral of the actor's schemes.
func (a *App) OpenAlerts(ctx context.Context, by Actor, of scheme.ReferralID) (all []AlertView, err error) {
	if err := by.may(SeeSafety); err != nil {
		return nil, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		all, err = a.listed(r, AlertFilter{Schemes: by.own(), Referral: of, Came: CameAlone})
		return err
	})
	return all, err
}

// Raised returns what an assessment of the actor's schemes has raised and is not
// closed, most pressing first.
func (a *App) Raised(ctx context.Context, by Actor, of scheme.AssessmentID) (all []AlertView, err error) {
	if err := by.may(SeeSafety); err != nil {
		return nil, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		all, err = a.listed(r, AlertFilter{Schemes: by.own(), Assessment: of})
		return err
	})
	return pressing(all), err
}

// pressing puts answers first, then what was left out, then words.
func pressing(all []AlertView) (sorted []AlertView) {
	for _, kind := range scheme.AlertKinds() {
		for _, v := range all {
			if v.Kind == kind {
				sorted = append(sorted, v)
			}
		}
	}
	return sorted
}

// Import returns the lines of an import's review list that are not closed.
func (a *App) Import(ctx context.Context, by Actor, batch string) (of AlertBatch, lines []AlertView, err error) {
	if err := by.may(SeeSafety); err != nil {
		return AlertBatch{}, nil, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		found, err := batches(r, AlertFilter{Schemes: by.own(), Batch: batch})
		if err != nil {
			return err
		}
		if len(found) == 0 || batch == "" {
			return notThere()
		}
		of = found[0]
		lines, err = a.listed(r, AlertFilter{Schemes: by.own(), Batch: batch, Limit: mostListed})
		return err
	})
	return of, lines, err
}

// Alert returns one of the actor's schemes, closed ones too, with all that was
// done about it.
func (a *App) Alert(ctx context.Context, by Actor, id scheme.AlertID) (v AlertView, err error) {
	if err := by.may(SeeSafety); err != nil {
		return AlertView{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		line, err := seenAlert(r, by, id)
		if err != nil {
			return err
		}
		all, err := a.viewAlerts(r, []AlertLine{line})
		if err != nil {
			return err
		}
		v = all[0]
		return a.whole(r, &v)
	})
	return v, err
}

func seenAlert(r Reader, by Actor, id scheme.AlertID) (AlertLine, error) {
	if id == "" {
		return AlertLine{}, notThere()
	}
	all, err := r.Alerts(AlertFilter{Schemes: by.own(), ID: id, Closed: true})
	if err != nil {
		return AlertLine{}, err
	}
	if len(all) == 0 {
		return AlertLine{}, notThere()
	}
	return all[0], nil
}

// An AlertAnswer is what somebody says about an alert.
type AlertAnswer struct {
	Key     string         `json:"-"`
	Alert   scheme.AlertID `json:"alert"`
	Version int            `json:"version"` // of the alert, as it was read
	Choice  scheme.Choice  `json:"choice"`
	Note    string         `json:"note"` // to whom it was passed, or what was done
}

// AnswerAlert keeps what somebody says about an alert, and who and when. It stays
// listed until it is closed.
func (a *App) AnswerAlert(ctx context.Context, by Actor, in AlertAnswer) (AlertView, error) {
	if err := by.may(AnswerSafety); err != nil {
		return AlertView{}, err
	}
	object, err := a.create(ctx, writing{by, "alert.answer", in.Key, in}, func(w Writer) (string, error) {
		line, err := seenAlert(w, by, in.Alert)
		if err != nil {
			return "", err
		}
		if err := w.LockPeopleOf(line.Referral); err != nil {
			return "", err
		}
		if line, err = seenAlert(w, by, in.Alert); err != nil {
			return "", err
		}
		if err := in.check(line.Alert); err != nil {
			return "", err
		}
		return string(in.Alert), in.save(w, by, line)
	})
	if err != nil {
		return AlertView{}, err
	}
	return a.Alert(ctx, by, scheme.AlertID(object))
}

func (in AlertAnswer) save(w Writer, by Actor, line AlertLine) error {
	line.State, line.Choice = scheme.AlertHeld, in.Choice
	if in.Choice == scheme.Closing {
		line.State = scheme.AlertClosed
	}
	line.Revision++
	return w.SaveAlert(line.Alert, scheme.AlertStep{Choice: in.Choice, By: by.Account, Note: strings.TrimSpace(in.Note)}, line.Person)
}

// check notes what is wrong with an answer to an alert that stands so.
func (in AlertAnswer) check(there scheme.Alert) error {
	switch {
	case there.State == scheme.AlertClosed:
		return fault.New(fault.Conflict, fault.AlertClosed, "This was closed already. Read what was written; if something is new, record it anew.")
	case in.Version != there.Revision:
		return staleRecord()
	}
	var wrong fault.List
	choices := append(scheme.Choices(), scheme.Term{Value: string(scheme.Closing), Label: "Closed"})
	if in.Choice == "" || !scheme.Known(choices, string(in.Choice)) || there.Kind == scheme.WordsToRead && in.Choice != scheme.Closing {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Choose what is happening about this.").At("choice"))
	}
	noted(&wrong, in.Note)
	switch note := strings.TrimSpace(in.Note); {
	case note != "":
	case in.Choice == scheme.PassedOn:
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Say to whom you passed it.").At("note"))
	case in.Choice == scheme.Closing && there.Kind != scheme.WordsToRead:
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Say what was done, in a few words.").At("note"))
	}
	return wrong.Err()
}

// longestNote is how long a note about an alert may be.
const longestNote = 500 // characters

func noted(wrong *fault.List, note string) {
	switch {
	case utf8.RuneCountInString(note) > longestNote:
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Write it in at most %d characters.", longestNote).At("note"))
	case scheme.HoldsNHSNumber(note):
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "This holds what looks like an NHS number. Write it without.").At("note"))
	}
}

// An ImportReview closes what is left of an import's review list.
type ImportReview struct {
	Key   string `json:"-"`
	Batch string `json:"batch"`
	Note  string `json:"note"` // what was done about them
}

// ReviewImport closes every line of an import that the actor sees and that is not
// closed, each with the same words.
func (a *App) ReviewImport(ctx context.Context, by Actor, in ImportReview) error {
	if err := by.may(AnswerSafety); err != nil {
		return err
	}
	_, err := a.create(ctx, writing{by, "alert.review", in.Key, in}, func(w Writer) (string, error) {
		found, err := w.AlertBatches(AlertFilter{Schemes: by.own(), Batch: in.Batch})
		if err != nil {
			return "", err
		}
		if len(found) == 0 || in.Batch == "" {
			return "", notThere()
		}
		var wrong fault.List
		noted(&wrong, in.Note)
		if strings.TrimSpace(in.Note) == "" {
			wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Say what was done about these lines, in a few words.").At("note"))
		}
		if err := wrong.Err(); err != nil {
			return "", err
		}
		lines, err := w.Alerts(AlertFilter{Schemes: by.own(), Batch: in.Batch})
		if err != nil {
			return "", err
		}
		for _, line := range lines {
			if err := (AlertAnswer{Choice: scheme.Closing, Note: in.Note}).save(w, by, line); err != nil {
				return "", err
			}
		}
		return in.Batch, nil
	})
	return err
}
