package app

import (
	"context"
	"slices"
	"strings"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// mostAtOnce is how many referrals one hand-over moves.
const mostAtOnce = 10_000

// A HandOver gives referrals to another practitioner: those named, or the whole
// caseload of From where none is.
type HandOver struct {
	Key       string              `json:"-"`
	From      scheme.AccountID    `json:"from"` // of a whole caseload
	To        scheme.AccountID    `json:"to"`
	Referrals []scheme.ReferralID `json:"referrals"`
}

// HandedOver is what a hand-over did.
type HandedOver struct {
	To        scheme.AccountID
	Referrals int
}

// HandOver gives referrals to another practitioner from today on. A
// practitioner gives what is theirs and takes what is nobody's; a manager moves
// any of the schemes they see.
func (a *App) HandOver(ctx context.Context, by Actor, in HandOver) (HandedOver, error) {
	if err := by.may(RecordPeople); err != nil {
		return HandedOver{}, err
	}
	object, err := a.create(ctx, writing{by, "caseload.hand-over", in.Key, in}, func(w Writer) (string, error) {
		today, err := a.today(w)
		if err != nil {
			return "", err
		}
		ids, err := in.which(w, by)
		if err != nil {
			return "", err
		}
		if err := w.LockPeopleOf(ids...); err != nil {
			return "", err
		}
		heads, err := seenHeads(w, by, ids...)
		if err != nil {
			return "", err
		}
		if err := in.check(w, by, heads); err != nil {
			return "", err
		}
		if err := w.Assign(ids, in.To, today); err != nil {
			return "", err
		}
		return ofVersion(in.To, len(ids)), nil
	})
	if err != nil {
		return HandedOver{}, err
	}
	to, moved := versionOf[scheme.AccountID](object)
	return HandedOver{To: to, Referrals: moved}, nil
}

// which are the referrals to be moved.
func (in HandOver) which(r Reader, by Actor) ([]scheme.ReferralID, error) {
	if len(in.Referrals) > mostAtOnce {
		return nil, fault.New(fault.Invalid, fault.InputInvalid, "Hand over at most %d referrals at a time.", mostAtOnce).At("referrals")
	}
	if len(in.Referrals) > 0 {
		return in.Referrals, nil
	}
	if in.From == "" {
		return nil, fault.New(fault.Invalid, fault.InputInvalid, "Choose whose caseload it is, or which referrals.").At("from")
	}
	ids, err := holding(r, by, in.From)
	if err == nil && len(ids) == 0 {
		err = fault.New(fault.Invalid, fault.InputInvalid, "There is no open referral in this caseload.").At("from")
	}
	return ids, err
}

// holding are the open referrals that are somebody's now, of the schemes that
// the actor sees.
func holding(r Reader, by Actor, who scheme.AccountID) (ids []scheme.ReferralID, err error) {
	of := ReferralFilter{Holder: who}
	if !by.AllSchemes {
		of.Schemes = append([]scheme.ID{}, by.Schemes...)
	}
	for page := (Page{Limit: 500}); ; {
		lines, err := r.Referrals(of, page)
		if err != nil {
			return nil, err
		}
		for _, l := range lines {
			ids = append(ids, l.Referral.ID)
		}
		if len(lines) < page.Limit || len(ids) >= mostAtOnce {
			return ids[:min(len(ids), mostAtOnce)], nil
		}
		page.After = lines[len(lines)-1].Mark
	}
}

// seenHeads faults with not-found unless the actor sees all of the referrals.
func seenHeads(r Reader, by Actor, ids ...scheme.ReferralID) ([]DueLine, error) {
	heads, err := r.Heads(ids...)
	if err != nil {
		return nil, err
	}
	for _, h := range heads {
		if !by.Sees(h.Scheme) {
			return nil, notThere()
		}
	}
	return heads, nil
}

func (in HandOver) check(r Reader, by Actor, heads []DueLine) error {
	to, err := colleague(r, in.To, "to")
	if err != nil {
		return err
	}
	for _, h := range heads {
		if !to.Sees(h.Scheme) {
			return fault.New(fault.Invalid, fault.InputInvalid, "%s does not work in %s. Choose somebody who does, or ask your administrator to add them.", to.Login, h.SchemeName).At("to")
		}
		if by.Role != Manager && h.Practitioner != "" && h.Practitioner != by.Account {
			return fault.New(fault.Forbidden, fault.NotAllowed, "You can hand over what is yours. Ask your service manager to move what is a colleague's.")
		}
	}
	return nil
}

// colleague is somebody who can have referrals of their own.
func colleague(r Reader, id scheme.AccountID, field string) (Colleague, error) {
	all, err := r.Colleagues()
	if err != nil {
		return Colleague{}, err
	}
	i := slices.IndexFunc(all, func(c Colleague) bool { return c.Account == id })
	if i < 0 {
		return Colleague{}, fault.New(fault.Invalid, fault.NotFound, "Choose somebody from the list of practitioners.").At(field)
	}
	return all[i], nil
}

// Colleagues returns who can have referrals of their own, by login.
func (a *App) Colleagues(ctx context.Context, by Actor) (all []Colleague, err error) {
	if err := by.may(SeePeople); err != nil {
		return nil, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		all, err = r.Colleagues()
		return err
	})
	return all, err
}

// A KeeperLine is one practitioner's time with a referral.
type KeeperLine struct {
	scheme.Keeper
	Login string
}

// Keepers returns whose a referral of the actor's schemes was and is.
func (a *App) Keepers(ctx context.Context, by Actor, id scheme.ReferralID) (all []KeeperLine, err error) {
	if err := by.may(SeePeople); err != nil {
		return nil, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		if _, err := seenHeads(r, by, id); err != nil {
			return err
		}
		found, err := r.Keepers(id)
		if err != nil {
			return err
		}
		known, err := r.Colleagues()
		for _, k := range found {
			line := KeeperLine{Keeper: k, Login: "somebody who left"}
			if i := slices.IndexFunc(known, func(c Colleague) bool { return c.Account == k.Account }); i >= 0 {
				line.Login = known[i].Login
			}
			all = append(all, line)
		}
		return err
	})
	return all, err
}

// Holding returns a page of the open referrals that are somebody's now: of the
// actor's own, or of anybody's for a manager.
func (a *App) Holding(ctx context.Context, by Actor, who scheme.AccountID, page Page) (found []ReferralLine, err error) {
	if err := by.may(SeePeople); err != nil {
		return nil, err
	}
	if by.Role != Manager && who != by.Account {
		return nil, notThere()
	}
	of := ReferralFilter{Holder: who}
	if !by.AllSchemes {
		of.Schemes = append([]scheme.ID{}, by.Schemes...)
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		found, err = r.Referrals(of, page.bounded())
		return err
	})
	return found, err
}

// Therapist reports whether a colleague is an occupational therapist by the
// profession that their account names, "Senior occupational therapist" too.
func (c Colleague) Therapist() bool {
	return strings.Contains(strings.ToLower(c.Profession), "occupational therapist")
}

// isTherapist faults at field unless id is an occupational therapist of the
// organisation, or empty.
func isTherapist(r Reader, id scheme.AccountID, field string) error {
	if id == "" {
		return nil
	}
	who, err := colleague(r, id, field)
	switch {
	case fault.Is(err, fault.NotFound), err == nil && !who.Therapist():
		return fault.New(fault.Invalid, fault.NotFound, "Choose an occupational therapist from the list, or leave it empty.").At(field)
	}
	return err
}
