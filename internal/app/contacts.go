package app

import (
	"context"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// ContactReader reads contacts with people.
type ContactReader interface {
	// Contacts returns those of each referral that were not withdrawn, newest
	// first, in one query. Of referrals without any there is no entry.
	Contacts(referrals ...scheme.ReferralID) (map[scheme.ReferralID][]scheme.WorkingContact, error)
	// Contact returns one as it stands, a withdrawn one too.
	Contact(id scheme.ContactID) (scheme.WorkingContact, error)
}

// ContactWriter writes them.
type ContactWriter interface {
	AddContact(c scheme.WorkingContact) error
	// SaveContact faults with version.stale when what is there is of another
	// revision.
	SaveContact(c scheme.WorkingContact) error
}

// NewContact is one contact with a person.
type NewContact struct {
	Key      string            `json:"-"`
	Referral scheme.ReferralID `json:"referral"`
	On       string            `json:"on"` // YYYY-MM-DD; empty: today
	Way      scheme.Way        `json:"channel"`
	Outcome  scheme.Outcome    `json:"result"`
	Minutes  scheme.Minutes    `json:"minutes"`
}

// A ContactChange is all that a contact should have said.
type ContactChange struct {
	Key      string            `json:"-"`
	Referral scheme.ReferralID `json:"referral"`
	Contact  scheme.ContactID  `json:"contact"`
	Version  int               `json:"version"` // as it was read
	On       string            `json:"on"`
	Way      scheme.Way        `json:"channel"`
	Outcome  scheme.Outcome    `json:"result"`
	Minutes  scheme.Minutes    `json:"minutes"`
}

// A ContactWithdrawal takes a contact back that was entered by mistake.
type ContactWithdrawal struct {
	Key      string            `json:"-"`
	Referral scheme.ReferralID `json:"referral"`
	Contact  scheme.ContactID  `json:"contact"`
	Version  int               `json:"version"` // as it was read
}

// A ContactsView is what is known of contacts with a person.
type ContactsView struct {
	All []scheme.WorkingContact // newest first
	// Unanswered is how many tries since the last answer stayed without one.
	Unanswered int
}

// Contacts returns the contacts of one referral of the actor's schemes.
func (a *App) Contacts(ctx context.Context, by Actor, id scheme.ReferralID) (v ContactsView, err error) {
	if err := by.may(SeePeople); err != nil {
		return ContactsView{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		if err := seesReferral(r, by, id); err != nil {
			return err
		}
		all, err := r.Contacts(id)
		v = ContactsView{All: all[id], Unanswered: scheme.Unanswered(all[id])}
		return err
	})
	return v, err
}

// Contact returns one contact of one referral, a withdrawn one too.
func (a *App) Contact(ctx context.Context, by Actor, in scheme.ReferralID, id scheme.ContactID) (found scheme.WorkingContact, err error) {
	if err := by.may(SeePeople); err != nil {
		return scheme.WorkingContact{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		found, err = seenContact(r, by, in, id)
		return err
	})
	return found, err
}

// seesReferral faults with not-found for a referral that is missing or not of
// the actor's schemes.
func seesReferral(r Reader, by Actor, id scheme.ReferralID) error {
	spell, err := r.Spell(id)
	if err == nil && !by.Sees(spell.Referral.Scheme) {
		return notThere()
	}
	return err
}

func seenContact(r Reader, by Actor, in scheme.ReferralID, id scheme.ContactID) (scheme.WorkingContact, error) {
	if err := seesReferral(r, by, in); err != nil {
		return scheme.WorkingContact{}, err
	}
	c, err := r.Contact(id)
	if err == nil && c.Referral != in {
		return scheme.WorkingContact{}, notThere()
	}
	return c, err
}

// AddContact records a contact with a person, or a try at it.
func (a *App) AddContact(ctx context.Context, by Actor, in NewContact) (scheme.WorkingContact, error) {
	if err := by.may(RecordPeople); err != nil {
		return scheme.WorkingContact{}, err
	}
	object, err := a.create(ctx, writing{by, "contact.add", in.Key, in}, func(w Writer) (string, error) {
		v, err := a.held(w, by, in.Referral)
		if err != nil {
			return "", atField(err, "referral")
		}
		c := scheme.WorkingContact{Referral: in.Referral, Way: in.Way, Outcome: in.Outcome, Minutes: in.Minutes}
		if in.On == "" {
			in.On = v.Today.String()
		}
		if err := checkContact(&c, in.On, v); err != nil {
			return "", err
		}
		if c.ID, err = newID[scheme.ContactID](); err != nil {
			return "", err
		}
		return string(c.ID), w.AddContact(c)
	})
	if err != nil {
		return scheme.WorkingContact{}, err
	}
	return a.Contact(ctx, by, in.Referral, scheme.ContactID(object))
}

// ChangeContact keeps what a contact should have said.
func (a *App) ChangeContact(ctx context.Context, by Actor, in ContactChange) (scheme.WorkingContact, error) {
	if err := by.may(RecordPeople); err != nil {
		return scheme.WorkingContact{}, err
	}
	object, err := a.create(ctx, writing{by, "contact.change", in.Key, in}, func(w Writer) (string, error) {
		v, err := a.held(w, by, in.Referral)
		if err != nil {
			return "", err
		}
		c, err := standing(w, by, ContactWithdrawal{Referral: in.Referral, Contact: in.Contact, Version: in.Version})
		if err != nil {
			return "", err
		}
		c.Way, c.Outcome, c.Minutes = in.Way, in.Outcome, in.Minutes
		if err := checkContact(&c, in.On, v); err != nil {
			return "", err
		}
		return string(c.ID), w.SaveContact(c)
	})
	if err != nil {
		return scheme.WorkingContact{}, err
	}
	return a.Contact(ctx, by, in.Referral, scheme.ContactID(object))
}

// WithdrawContact takes a contact back. It stays kept, out of every list and
// count.
func (a *App) WithdrawContact(ctx context.Context, by Actor, in ContactWithdrawal) (scheme.WorkingContact, error) {
	if err := by.may(RecordPeople); err != nil {
		return scheme.WorkingContact{}, err
	}
	object, err := a.create(ctx, writing{by, "contact.withdraw", in.Key, in}, func(w Writer) (string, error) {
		if _, err := a.held(w, by, in.Referral); err != nil {
			return "", err
		}
		c, err := standing(w, by, in)
		if err != nil {
			return "", err
		}
		c.Withdrawn = true
		return string(c.ID), w.SaveContact(c)
	})
	if err != nil {
		return scheme.WorkingContact{}, err
	}
	return a.Contact(ctx, by, in.Referral, scheme.ContactID(object))
}

// standing returns a contact that can be changed as it was read.
func standing(r Reader, by Actor, of ContactWithdrawal) (scheme.WorkingContact, error) {
	c, err := seenContact(r, by, of.Referral, of.Contact)
	switch {
	case err != nil:
		return c, err
	case c.Withdrawn:
		return c, fault.New(fault.Conflict, fault.Stale, "This contact was taken back, so there is nothing to change. Record it anew if it took place.").At("version")
	case c.Revision != of.Version:
		return c, staleRecord()
	}
	return c, nil
}

// checkContact reads the day of a contact and notes what cannot be.
func checkContact(c *scheme.WorkingContact, on string, v ReferralView) error {
	var wrong fault.List
	c.On = needDay(&wrong, "on", on)
	notAfter(&wrong, "on", c.On, v.Today)
	notLongBefore(&wrong, "on", c.On, v)
	mustChoose(&wrong, "channel", string(c.Way), scheme.Ways())
	mustChoose(&wrong, "result", string(c.Outcome), scheme.Outcomes())
	choose(&wrong, "minutes", string(c.Minutes), scheme.MinutesBands())
	return wrong.Err()
}

// mustChoose is choose for a value that must be given.
func mustChoose(wrong *fault.List, field, value string, terms []scheme.Term) {
	if value == "" {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Choose one of the answers.").At(field))
	}
	choose(wrong, field, value, terms)
}
