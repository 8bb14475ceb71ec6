package scheme

import "slices"

type (
	Asking string // in which somebody likes to be asked
	SaidBy string // who said that nobody is to be in touch
)

// Care is what to mind before somebody is in touch with a person or asks them to
// answer a measure. The words in it are kept encrypted.
type Care struct {
	Ways         []Asking // in the order of Askings
	Language     string
	DoNotContact bool
	SaidBy       SaidBy
	SaidOn       Day
	Reason       string // why nobody is to be in touch
	Safe         string // how and when it is safe to be: “only this number, only before noon”
	Revision     int    // 0 while nothing has been recorded
}

// Askings are how people can be asked.
func Askings() []Term {
	return []Term{
		{"phone", "By phone"},
		{"large-print", "On paper, in large print"},
		{"read-aloud", "Read aloud to them"},
		{"email", "By email"},
		{WithInterpreter, "With an interpreter"},
		{"bsl", "In British Sign Language (BSL)"},
	}
}

// WithInterpreter is the way that goes with a language.
const WithInterpreter = "interpreter"

// SaidBys are who says that nobody is to be in touch.
func SaidBys() []Term {
	return []Term{
		{"person", "The person"},
		{"family", "Family or a carer"},
		{"referrer", "Whoever referred them"},
		{"professional", "A health or care professional"},
		{"safeguarding", "A safeguarding lead"},
		{"service", "Our own service"},
	}
}

// Empty reports whether there is nothing to mind.
func (c Care) Empty() bool {
	return len(c.Ways) == 0 && c.Language == "" && !c.DoNotContact && c.Safe == ""
}

// Same reports whether two say the same, whatever revision they are of.
func (c Care) Same(d Care) bool {
	ways := slices.Equal(c.Ways, d.Ways)
	c.Ways, d.Ways, c.Revision, d.Revision = nil, nil, 0, 0
	return ways && c.sameWords(d) && c.DoNotContact == d.DoNotContact && c.SaidBy == d.SaidBy && c.SaidOn == d.SaidOn
}

func (c Care) sameWords(d Care) bool {
	return c.Language == d.Language && c.Reason == d.Reason && c.Safe == d.Safe
}

// With is what to mind of somebody of whom there were two records: all that
// either says, and nobody is in touch where one says so.
func (c Care) With(d Care) Care {
	all := c
	all.Ways = nil
	for _, w := range Askings() {
		if slices.Contains(c.Ways, Asking(w.Value)) || slices.Contains(d.Ways, Asking(w.Value)) {
			all.Ways = append(all.Ways, Asking(w.Value))
		}
	}
	all.Language = both(c.Language, d.Language)
	all.Safe = both(c.Safe, d.Safe)
	all.Reason = both(c.Reason, d.Reason)
	if d.DoNotContact && (!c.DoNotContact || d.SaidOn.After(c.SaidOn)) {
		all.DoNotContact, all.SaidBy, all.SaidOn = true, d.SaidBy, d.SaidOn
	}
	return all
}

func both(a, b string) string {
	switch {
	case a == "" || a == b:
		return b
	case b == "":
		return a
	}
	return a + "; " + b
}
