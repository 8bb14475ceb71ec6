package scheme

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"cairn/internal/fault"
)

// Initials are the first letters of the first and the last word of the name, as
// "A.B."; empty where no name is kept.
func (p Person) Initials() string {
	words := strings.Fields(p.Name)
	if len(words) == 0 {
		return ""
	}
	said := initial(words[0])
	if len(words) > 1 {
		said += initial(words[len(words)-1])
	}
	return said
}

func initial(word string) string {
	first, _ := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(first)) + "."
}

// longestReference is in characters.
const longestReference = 64

// AcceptReference faults, at "reference", for a reference that is empty, too
// long, holds what cannot be seen (two references would look alike), or holds a
// valid NHS number, which has a place of its own and is never a reference; and for
// one that is a date of birth or a National Insurance number.
func AcceptReference(reference string) error {
	r := strings.TrimSpace(reference)
	says := ""
	switch {
	case r == "":
		says = "Enter your service's own reference for this person."
	case utf8.RuneCountInString(r) > longestReference:
		says = "A reference has at most 64 characters."
	case !Visible(r):
		says = "This reference holds a character that cannot be seen, such as a line break. Type it again."
	case HoldsNHSNumber(r):
		says = "This looks like an NHS number. Use your service's own reference instead, so that the number is not spread through exports and web addresses."
	case IsInsuranceNumber(r):
		says = "This looks like a National Insurance number. Use your service's own reference instead, so that the number is not spread through exports and web addresses."
	case IsBirthDate(r):
		says = "This looks like a date of birth. Use your service's own reference instead, so that the date is not spread through exports and web addresses."
	default:
		return nil
	}
	return fault.New(fault.Invalid, fault.PersonReference, "%s", says).At("reference")
}

// Visible reports whether text is valid and every character of it can be seen
// in a line: no control characters, no marks that turn or join text unseen.
func Visible(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool {
		return r != ' ' && !unicode.IsGraphic(r) || unicode.In(r, unicode.Zl, unicode.Zp)
	})
}

// HoldsNHSNumber reports whether text holds a valid NHS number: ten digits in a
// row, of whatever script, with only spaces and hyphens between them.
func HoldsNHSNumber(text string) bool {
	var digits []int
	for _, r := range text + "." {
		switch {
		case unicode.IsDigit(r):
			digits = append(digits, valueOf(r))
		case unicode.IsSpace(r) || unicode.Is(unicode.Pd, r):
		default:
			if isNHSNumber(digits) {
				return true
			}
			digits = digits[:0]
		}
	}
	return false
}

// valueOf is the value of a decimal digit of any script: their blocks begin
// with zero and are ten long.
func valueOf(r rune) int {
	v := 0
	for unicode.IsDigit(r-rune(v)-1) && v < 9 {
		v++
	}
	return v
}

// isNHSNumber checks ten digits against their modulus-11 check digit (NHS Data
// Dictionary, NHS NUMBER).
func isNHSNumber(digits []int) bool {
	if len(digits) != 10 {
		return false
	}
	sum := 0
	for i := range 9 {
		sum += digits[i] * (10 - i)
	}
	check := (11 - sum%11) % 11
	return check < 10 && check == digits[9]
}
