package measure

import (
	"fmt"
	"strings"
)

// A Code names a score in somebody else's terminology. Identifiers of SNOMED CT
// are not shipped: a service that may use them brings a file of its own.
type Code struct {
	System System `yaml:"system" json:"system"`
	Code   string `yaml:"code" json:"code"`
	Series Series `yaml:"series" json:"series,omitempty"` // the score it is of; empty: the whole measure
	Means  string `yaml:"means" json:"means"`
	Source string `yaml:"source" json:"source"`
	// Certainty is empty for a code of the operator's own file.
	Certainty Certainty `yaml:"certainty" json:"certainty,omitempty"`
}

// A System is a terminology.
type System string

const (
	SNOMED System = "snomed"
	LOINC  System = "loinc"
)

// Label is the name of the terminology as people write it.
func (s System) Label() string {
	switch s {
	case SNOMED:
		return "SNOMED CT"
	case LOINC:
		return "LOINC"
	}
	return string(s)
}

// corrupted says that the check digit is wrong, to whoever copied the code.
func (c Code) corrupted() string {
	return fmt.Sprintf("“%s” is no %s code: its check digit is wrong. A spreadsheet may have rounded it; copy it again, as text", shorten(c.Code), c.System.Label())
}

// sound reports whether the check digit of the code is right. A right one shows
// a well-formed code, not that it means what is said beside it.
func (c Code) sound() bool {
	switch c.System {
	case SNOMED:
		return len(c.Code) >= 6 && len(c.Code) <= 18 && c.Code[0] != '0' && verhoeff(c.Code)
	case LOINC:
		number, digit, ok := strings.Cut(c.Code, "-")
		return ok && len(digit) == 1 && digits(number+digit) && luhn(number+digit)
	}
	return false
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// verhoeff checks the last digit by Verhoeff's scheme over the dihedral group
// of the pentagon, which SNOMED CT identifiers use: spreadsheets that round a
// long number to 15 digits are found out by it.
//
// Source: Verhoeff (1969), Error Detecting Decimal Codes; SNOMED CT Release
// File Specifications, "Check-digit".
func verhoeff(number string) bool {
	if !digits(number) {
		return false
	}
	check := 0
	for i := range len(number) {
		digit := int(number[len(number)-1-i] - '0')
		for range i % 8 {
			digit = turned(digit)
		}
		check = joined(check, digit)
	}
	return check == 0
}

// turned is Verhoeff's permutation (1 5 8 9 4 2 7 0)(3 6).
func turned(digit int) int { return int("1576283094"[digit] - '0') }

// joined multiplies two members of the dihedral group of order 10: 0 to 4 turn
// the pentagon, 5 to 9 mirror it.
func joined(a, b int) int {
	switch {
	case a < 5 && b < 5:
		return (a + b) % 5
	case a < 5:
		return 5 + (a+b)%5
	case b < 5:
		return 5 + (a-b)%5
	default:
		return (a - b + 5) % 5
	}
}

// luhn checks the last digit modulo 10, as LOINC uses it.
func luhn(number string) bool {
	sum := 0
	for i := range len(number) {
		digit := int(number[len(number)-1-i] - '0')
		if i%2 == 1 {
			digit *= 2
		}
		sum += digit/10 + digit%10
	}
	return sum%10 == 0
}
