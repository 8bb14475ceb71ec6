package scheme

import (
	"slices"
)

// A Term is one value of a list that people choose from: what is stored, what
// is shown, and a number for narrow rows. Codes are never reused; new terms go
// to the end of their list.
type Term struct {
	Value string
	Label string
}

type (
	Sex       string
	Ethnicity string
	Source    string // who referred
	Category  string // of an activity
	EndReason string
	OTLevel   string
	Channel   string // how an assessment was taken
	Helper    string // who helped with it
	Language  string // it was taken in
)

// Lists that forms, the API and imports choose from. The empty value is "not
// recorded" wherever a list is optional.
func Sexes() []Term {
	return []Term{{"female", "Female"}, {"male", "Male"}, {"other", "Other"}}
}

// Ethnicities are the five groups of the 2021 census of England and Wales.
func Ethnicities() []Term {
	return []Term{
		{"asian", "Asian or Asian British"},
		{"black", "Black, Black British, Caribbean or African"},
		{"mixed", "Mixed or multiple ethnic groups"},
		{"white", "White"},
		{"other", "Other ethnic group"},
	}
}

// Sources follow NHS England's list of where referrals come from
// (england.nhs.uk/personalisedcare/social-prescribing).
func Sources() []Term {
	return []Term{
		{"general-practice", "General practice"},
		{"pharmacy", "Pharmacy"},
		{"multidisciplinary-team", "Multidisciplinary team"},
		{"hospital-discharge", "Hospital discharge team"},
		{"allied-health", "Allied health professional, including occupational therapy"},
		{"fire-service", "Fire service"},
		{"police", "Police"},
		{"job-centre", "Job centre"},
		{"social-care", "Social care"},
		{"housing", "Housing association"},
		{"voluntary-sector", "Voluntary or community organisation"},
		{"self", "Self-referral"},
	}
}

// Categories begin with the eight of gov.uk, All Our Health: social
// prescribing.
func Categories() []Term {
	return []Term{
		{"volunteering", "Volunteering"},
		{"arts", "Arts"},
		{"group-learning", "Group learning"},
		{"gardening", "Gardening"},
		{"befriending", "Befriending"},
		{"cookery", "Cookery"},
		{"healthy-eating", "Healthy-eating advice"},
		{"sport", "Sport"},
		{"nature", "Nature"},
		{"heritage", "Heritage and museums"},
		{"peer-support", "Peer support"},
		{"advice", "Advice and legal"},
	}
}

// Several is the category of people who started more than one; it is never
// an activity's own.
const Several Category = "several"

// EndReasons says how a referral or a prescription ended.
func EndReasons() []Term {
	return []Term{
		{"goals-met", "Goals met"},
		{"planned", "Planned end of support"},
		{"moved-service", "Moved to another service"},
		{"declined", "Declined after referral"},
		{"no-contact", "Could not be contacted"},
		{"did-not-attend", "Did not attend"},
		{"disengaged", "Stopped coming"},
		{"not-suitable", "Needs not suitable for the service"},
		{EndMovedAway, "Moved away"},
		{"illness", "Illness or admission"},
		{EndDied, "Died"},
		{"activity-closed", "Activity closed"},
		{EndMistaken, "Entered by mistake"},
	}
}

// Ends that take a person out of the denominator instead of counting as lost.
const (
	EndMovedAway = "moved-away"
	EndDied      = "died"
)

// EndMistaken is how a referral ends that came by an import which was undone.
const EndMistaken = "data-error"

// OTLevels are the occupational therapist's part, weakest first.
func OTLevels() []Term {
	return []Term{{"none", "None"}, {"advised", "Advised"}, {"assessed", "Assessed"}, {"led", "Led"}}
}

func Channels() []Term {
	return []Term{
		{"in-person", "In person"},
		{"phone", "By phone"},
		{"video", "By video"},
		{"post", "By post"},
		{"online", "Online"},
	}
}

func Helpers() []Term {
	return []Term{
		{"nobody", "Nobody"},
		{"deliverer", "Staff who deliver the service"},
		{"staff", "Other staff"},
		{"interpreter", "An interpreter"},
		{"family", "Family or a friend"},
	}
}

// Languages are those that an assessment is most often taken in here, by their
// BCP 47 codes; bfi is British Sign Language.
func Languages() []Term {
	return []Term{
		{"en", "English"},
		{"cy", "Welsh"},
		{"bfi", "British Sign Language"},
		{"ar", "Arabic"},
		{"bn", "Bengali"},
		{"zh", "Chinese"},
		{"fr", "French"},
		{"gd", "Gaelic"},
		{"gu", "Gujarati"},
		{"it", "Italian"},
		{"ku", "Kurdish"},
		{"pa", "Panjabi"},
		{"fa", "Persian or Dari"},
		{"pl", "Polish"},
		{"pt", "Portuguese"},
		{"ro", "Romanian"},
		{"so", "Somali"},
		{"es", "Spanish"},
		{"ta", "Tamil"},
		{"tr", "Turkish"},
		{"uk", "Ukrainian"},
		{"ur", "Urdu"},
		{"other", "Another language"},
	}
}

// Known reports whether value is one of the terms.
func Known(terms []Term, value string) bool { return Code(terms, value) > 0 }

// Code is the term's number in a narrow row: 1 for the first, 0 for not
// recorded.
func Code(terms []Term, value string) int {
	return 1 + slices.IndexFunc(terms, func(t Term) bool { return t.Value == value })
}

// Label is what people read for value; the value itself when it is no term.
func Label(terms []Term, value string) string {
	if i := Code(terms, value); i > 0 {
		return terms[i-1].Label
	}
	return value
}
