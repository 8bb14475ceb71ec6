package scheme

import (
	"strings"
	"unicode"

	"cairn/internal/fault"
)

// A Profile is how much a scheme knows of who somebody is.
type Profile string

const (
	ByReference Profile = "reference" // the service's own reference and nothing else
	ByContact   Profile = "contact"   // a name, and how to reach them
	ByNHSNumber Profile = "nhs"       // the NHS number too
)

// Profiles lists them, the one that knows least first.
func Profiles() []Term {
	return []Term{
		{string(ByReference), "Reference only"},
		{string(ByContact), "Name and contact details"},
		{string(ByNHSNumber), "Name, contact details and NHS number"},
	}
}

// Names reports whether the profile has names and contact details.
func (p Profile) Names() bool { return p == ByContact || p == ByNHSNumber }

// Numbers reports whether the profile has NHS numbers.
func (p Profile) Numbers() bool { return p == ByNHSNumber }

// Sees is the person as a scheme of that profile knows them.
func (p Profile) Sees(who Person) Person {
	if !p.Names() {
		who.Name, who.Contact = "", Contact{}
	}
	if !p.Numbers() {
		who.NHSNumber = ""
	}
	return who
}

// A Contact is how somebody can be reached; every part may be empty.
type Contact struct {
	Phone   string   `json:"phone,omitempty"`
	Email   string   `json:"email,omitempty"`
	Address []string `json:"address,omitempty"` // lines, none of them empty
}

// AddressLines is how many an address has at most.
const AddressLines = 4

// IsZero reports whether there is no way to reach them.
func (c Contact) IsZero() bool { return c.Phone == "" && c.Email == "" && len(c.Address) == 0 }

// An NHSNumber is ten digits of which the last is the check digit; empty is not
// recorded.
type NHSNumber string

// ParseNHSNumber reads a number as people write it, with or without spaces and
// hyphens. It faults, at "nhs_number", and never says the number.
func ParseNHSNumber(text string) (NHSNumber, error) {
	var values []int
	var digits strings.Builder
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			values = append(values, int(r-'0'))
			digits.WriteRune(r)
		case unicode.IsSpace(r) || r == '-':
		default:
			return "", badNumber("An NHS number has digits only, such as 999 000 0018. Type it again.")
		}
	}
	switch {
	case len(values) == 0:
		return "", nil
	case len(values) != 10:
		return "", badNumber("An NHS number has 10 digits. Check what you typed.")
	case !isNHSNumber(values):
		return "", badNumber("This is not a valid NHS number: its last digit does not fit the others. Check each digit.")
	}
	return NHSNumber(digits.String()), nil
}

func badNumber(says string) *fault.Fault {
	return fault.New(fault.Invalid, fault.PersonNumber, "%s", says).At("nhs_number")
}

// Spaced is the number as people read it: 999 000 0018.
func (n NHSNumber) Spaced() string {
	if len(n) != 10 {
		return ""
	}
	return string(n[:3] + " " + n[3:6] + " " + n[6:])
}
