package scheme

import "regexp"

// What is no reference though it is unlike any other: forms of a whole text.
const (
	aDay     = `(0?[1-9]|[12][0-9]|3[01])`
	aMonth   = `(0?[1-9]|1[0-2]|(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*)`
	between  = `[/., -]{1,2}`
	initials = `((\pL[. ]{0,2}){1,3}[/_ -]{0,2})`
	midnight = `([ T]00:00(:00)?)?`
)

var (
	anInsuranceNumber = regexp.MustCompile(`^(?i)[A-Z]{2}([ -]?[0-9]{2}){3}[ -]?[A-D]$`)
	aBirthDay         = regexp.MustCompile(`^(?i)` + initials + `?(` + aDay + between + aMonth + `|` + aMonth + between + aDay + `)` + between + `(19|20)[0-9]{2}` + midnight + `$`)
	aDayYearFirst     = regexp.MustCompile(`^(?i)(19|20)[0-9]{2}` + between + aMonth + between + aDay + midnight + `$`)
	earlyYearFirst    = regexp.MustCompile(`^(?i)` + initials + `(19[0-9]{2}|200[0-9])` + between + aMonth + between + aDay + midnight + `$`)
)

// IsInsuranceNumber reports a text that has the form of a UK National Insurance
// number, with or without spaces: two letters, six digits and a letter from A to D.
func IsInsuranceNumber(text string) bool { return anInsuranceNumber.MatchString(text) }

// IsBirthDate reports a text that is a day of 1900 to 2099 and nothing else, or
// behind up to three initials. Services begin numbers of their own with the year
// (RS-2026-01-05): behind letters a day with the year first is one of birth only
// before 2010.
func IsBirthDate(text string) bool {
	return aBirthDay.MatchString(text) || aDayYearFirst.MatchString(text) || earlyYearFirst.MatchString(text)
}
