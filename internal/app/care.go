package app

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// longestCare is how long a person's own words about contact may be.
const longestCare = 500 // characters

// A CareView is what to mind of a person, and who the person is.
type CareView struct {
	Person scheme.Person
	Care   scheme.Care
	Today  scheme.Day
}

// A CareChange is all that is to be minded of a person as it is now.
type CareChange struct {
	Key          string          `json:"-"`
	Person       scheme.PersonID `json:"person"`
	Version      int             `json:"version"` // of what was read, 0 where there was nothing
	Ways         []scheme.Asking `json:"ways"`
	Language     string          `json:"language"`
	DoNotContact bool            `json:"do_not_contact"`
	SaidBy       scheme.SaidBy   `json:"said_by"`
	SaidOn       string          `json:"said_on"`
	Reason       string          `json:"reason"`
	Safe         string          `json:"safe_contact"`
}

// Care returns what to mind of a person whom the actor may see.
func (a *App) Care(ctx context.Context, by Actor, id scheme.PersonID) (v CareView, err error) {
	err = a.about(ctx, by, id, func(r Reader, p scheme.Person, today scheme.Day) error {
		care, err := r.Care(p.ID)
		v = CareView{Person: p, Care: care, Today: today}
		return err
	})
	return v, err
}

// ChangeCare keeps how a person likes to be asked, and whether and how anybody may
// be in touch.
func (a *App) ChangeCare(ctx context.Context, by Actor, in CareChange) (CareView, error) {
	if err := by.may(RecordPeople); err != nil {
		return CareView{}, err
	}
	object, err := a.create(ctx, writing{by, "person.care", in.Key, in}, func(w Writer) (string, error) {
		p, err := toChange(w, by, in.Person)
		if err != nil {
			return "", err
		}
		now, err := w.Care(p.ID)
		if err != nil {
			return "", err
		}
		if in.Version != now.Revision {
			return "", staleRecord()
		}
		today, err := a.today(w)
		if err != nil {
			return "", err
		}
		made, err := in.check(today)
		if err != nil {
			return "", err
		}
		made.Revision = now.Revision
		return string(p.ID), w.SaveCare(p.ID, made)
	})
	if err != nil {
		return CareView{}, err
	}
	return a.Care(ctx, by, scheme.PersonID(object))
}

// check returns what is to be minded, or every fault in it.
func (in CareChange) check(today scheme.Day) (scheme.Care, error) {
	var wrong fault.List
	made := scheme.Care{
		Language: strings.TrimSpace(in.Language), Reason: strings.TrimSpace(in.Reason), Safe: strings.TrimSpace(in.Safe),
	}
	for _, way := range in.Ways {
		choose(&wrong, "ways", string(way), scheme.Askings())
	}
	for _, t := range scheme.Askings() {
		if slices.Contains(in.Ways, scheme.Asking(t.Value)) {
			made.Ways = append(made.Ways, scheme.Asking(t.Value))
		}
	}
	short(&wrong, "language", made.Language)
	if slices.Contains(in.Ways, scheme.WithInterpreter) && made.Language == "" {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Enter the language that the interpreter is for.").At("language"))
	}
	sealable(&wrong, "reason", made.Reason)
	sealable(&wrong, "safe_contact", made.Safe)
	in.notToContact(&wrong, &made, today)
	return made, wrong.Err()
}

// notToContact reads whether nobody is to be in touch. Who said so and when is
// asked with it, because whoever reads it later cannot ask.
func (in CareChange) notToContact(wrong *fault.List, made *scheme.Care, today scheme.Day) {
	said := readDay(wrong, "said_on", in.SaidOn)
	notAfter(wrong, "said_on", said, today)
	choose(wrong, "said_by", string(in.SaidBy), scheme.SaidBys())
	if !in.DoNotContact {
		if in.SaidBy != "" || made.Reason != "" || in.SaidOn != "" {
			wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "You wrote why, when or who said so. Tick “Do not contact this person”, or empty those boxes.").At("do_not_contact"))
		}
		return
	}
	if in.SaidBy == "" {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Choose who said that nobody is to be in touch.").At("said_by"))
	}
	if said.IsZero() {
		said = today
	}
	made.DoNotContact, made.SaidBy, made.SaidOn = true, in.SaidBy, said
}

// sealable notes words that cannot be kept. They may have several lines.
func sealable(wrong *fault.List, field, text string) {
	switch {
	case utf8.RuneCountInString(text) > longestCare:
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Write it in at most %d characters.", longestCare).At(field))
	case !scheme.Visible(strings.NewReplacer("\r\n", " ", "\n", " ").Replace(text)):
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "This holds a character that cannot be seen. Type it again.").At(field))
	}
}
