package app

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// A ProfileChange is how much a scheme knows of who people are, from now on.
type ProfileChange struct {
	Key     string         `json:"-"`
	Scheme  scheme.ID      `json:"scheme"`
	Version int            `json:"version"` // of the scheme, as it was read
	Profile scheme.Profile `json:"profile"`
}

// ChangeProfile sets what registration to a scheme asks for. What is recorded
// stays, sealed, and is shown where a profile has it.
func (a *App) ChangeProfile(ctx context.Context, by Actor, in ProfileChange) (scheme.Scheme, error) {
	if err := by.mayIn(SetUpSchemes, in.Scheme); err != nil {
		return scheme.Scheme{}, err
	}
	_, err := a.create(ctx, writing{by, "scheme.profile", in.Key, in}, func(w Writer) (string, error) {
		if err := w.LockScheme(in.Scheme); err != nil {
			return "", err
		}
		today, err := a.today(w)
		if err != nil {
			return "", err
		}
		now, err := w.Scheme(in.Scheme, today)
		if err != nil {
			return "", err
		}
		if in.Version != now.Revision {
			return "", staleRecord()
		}
		var wrong fault.List
		needProfile(&wrong, in.Profile)
		if err := wrong.Err(); err != nil {
			return "", err
		}
		now.Profile = in.Profile
		return string(in.Scheme), w.SaveScheme(now)
	})
	if err != nil {
		return scheme.Scheme{}, err
	}
	return a.Scheme(ctx, by, in.Scheme)
}

func needProfile(wrong *fault.List, p scheme.Profile) {
	choose(wrong, "profile", string(p), scheme.Profiles())
	if p == "" {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Choose how much the scheme knows of who people are.").At("profile"))
	}
}

// FindByNumber returns the person of an NHS number, as the actor may see them. Where
// none of the person's schemes that the actor sees keeps numbers, nobody is found.
func (a *App) FindByNumber(ctx context.Context, by Actor, text string) (found scheme.Person, err error) {
	if err := by.may(SeePeople); err != nil {
		return scheme.Person{}, err
	}
	number, err := scheme.ParseNHSNumber(text)
	if err != nil {
		return scheme.Person{}, err
	}
	if number == "" {
		return scheme.Person{}, fault.New(fault.Invalid, fault.PersonNumber, "Enter an NHS number.").At("nhs_number")
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		if found, err = r.PersonByNumber(number); err != nil {
			return err
		}
		if err := seesPerson(r, by, found.ID); err != nil {
			return err
		}
		if found, err = a.asSeen(r, by, found); err == nil && found.NHSNumber == "" {
			err = notThere()
		}
		return err
	})
	if err != nil {
		return scheme.Person{}, err
	}
	return found, nil
}

// identify takes who the person is from the request, as far as the profile goes.
func (in NewPerson) identify(wrong *fault.List, p *scheme.Person, profile scheme.Profile) {
	p.Contact = contactOf(wrong, in.Contact)
	number, err := scheme.ParseNHSNumber(in.NHSNumber)
	if all, _ := fault.All(err); all != nil {
		wrong.Add(all[0])
	}
	p.NHSNumber = number
	refuse := func(field, says string) {
		wrong.Add(fault.New(fault.Invalid, fault.PersonProfile, "%s", says).At(field))
	}
	switch {
	case profile.Names():
	case p.Name != "":
		refuse("name", "This scheme works by reference alone. Leave the name out.")
	case !p.Contact.IsZero():
		refuse("contact", "This scheme works by reference alone. Leave the contact details out.")
	}
	if p.NHSNumber != "" && !profile.Numbers() {
		refuse("nhs_number", "This scheme does not keep NHS numbers. Leave it out.")
	}
}

// contactOf is how to reach somebody as it is kept: empty lines are left out.
func contactOf(wrong *fault.List, in scheme.Contact) scheme.Contact {
	c := scheme.Contact{Phone: strings.TrimSpace(in.Phone), Email: strings.TrimSpace(in.Email)}
	short(wrong, "contact.phone", c.Phone)
	short(wrong, "contact.email", c.Email)
	digits := strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, c.Phone)
	if n := utf8.RuneCountInString(digits); c.Phone != "" && (n < 5 || n > 15) {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Enter a phone number with 5 to 15 digits, or leave it empty.").At("contact.phone"))
	}
	if name, host, _ := strings.Cut(c.Email, "@"); c.Email != "" && (name == "" || !strings.Contains(host, ".") || strings.ContainsAny(c.Email, " ,;") || strings.Contains(host, "@")) {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Enter an e-mail address such as name@example.org, or leave it empty.").At("contact.email"))
	}
	for _, line := range in.Address {
		line = strings.TrimSpace(line)
		short(wrong, "contact.address", line)
		if line != "" {
			c.Address = append(c.Address, line)
		}
	}
	if len(c.Address) > scheme.AddressLines {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "An address has at most %d lines.", scheme.AddressLines).At("contact.address"))
	}
	return c
}

// widest is the profile of those of the actor's schemes that knows most.
func widest(r Reader, by Actor, today scheme.Day) (scheme.Profile, error) {
	all, err := r.Schemes(today)
	best := scheme.ByReference
	for _, s := range all {
		if by.Sees(s.ID) && scheme.Code(scheme.Profiles(), string(s.Profile)) > scheme.Code(scheme.Profiles(), string(best)) {
			best = s.Profile
		}
	}
	return best, err
}

// profileOf is the profile of those of the person's schemes that the actor sees and
// that knows most; of somebody in no scheme, of the actor's schemes.
func profileOf(r Reader, by Actor, id scheme.PersonID, today scheme.Day) (scheme.Profile, error) {
	lines, err := r.Referrals(ReferralFilter{Person: id}, Page{Limit: 200})
	if err != nil {
		return "", err
	}
	theirs := by
	theirs.AllSchemes, theirs.Schemes = false, nil
	for _, l := range lines {
		if by.Sees(l.Referral.Scheme) {
			theirs.Schemes = append(theirs.Schemes, l.Referral.Scheme)
		}
	}
	if len(lines) == 0 {
		theirs = by
	}
	return widest(r, theirs, today)
}

// asSeen is the person with what their schemes may know of them.
func (a *App) asSeen(r Reader, by Actor, p scheme.Person) (scheme.Person, error) {
	today, err := a.today(r)
	if err != nil {
		return scheme.Person{}, err
	}
	profile, err := profileOf(r, by, p.ID, today)
	return profile.Sees(p), err
}

// Profile is what a person's schemes may know of them.
func (a *App) Profile(ctx context.Context, by Actor, id scheme.PersonID) (profile scheme.Profile, err error) {
	if err := by.may(SeePeople); err != nil {
		return "", err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		p, err := known(r, by, id)
		if err != nil {
			return err
		}
		today, err := a.today(r)
		if err != nil {
			return err
		}
		profile, err = profileOf(r, by, p.ID, today)
		return err
	})
	return profile, err
}

// freeNumber faults with person.taken for an NHS number of somebody who is here,
// and says under which reference where the actor may know.
func freeNumber(r Reader, by Actor, p scheme.Person) error {
	if p.NHSNumber == "" {
		return nil
	}
	there, err := r.PersonByNumber(p.NHSNumber)
	switch {
	case fault.Is(err, fault.NotFound):
		return nil
	case err != nil || there.ID == p.ID:
		return err
	}
	err = seesPerson(r, by, there.ID)
	if fault.Is(err, fault.NotFound) {
		return fault.New(fault.Conflict, fault.PersonTaken, "This NHS number is in use in another scheme of your organisation. Check it; if it is the same person, ask your service manager.").At("nhs_number")
	}
	if err != nil {
		return err
	}
	if p.ID != "" {
		return fault.New(fault.Conflict, fault.PersonTaken, "Somebody with this NHS number is here under the reference %s. Check the number; if they are one person, ask your service manager to merge the two records.", there.Reference).At("nhs_number")
	}
	return fault.New(fault.Conflict, fault.PersonTaken, "Somebody with this NHS number is registered under the reference %s. If it is the same person, use that reference and say that they are registered.", there.Reference).At("nhs_number")
}

// Kept stands in the audit for what identifies a person.
const kept = "kept sealed"

func (in NewPerson) withoutIdentity() any {
	if in.Name != "" {
		in.Name = kept
	}
	if in.NHSNumber != "" {
		in.NHSNumber = kept
	}
	if !in.Contact.IsZero() {
		in.Contact = scheme.Contact{Address: slices.Repeat([]string{kept}, 1)}
	}
	return in
}

func (in NewRegistration) withoutIdentity() any {
	in.Person, _ = in.Person.withoutIdentity().(NewPerson)
	return in
}
