package scheme

import "strconv"

// A Dimension is something by which people in schemes are put into groups. All
// but the scheme and the period are traits, frozen at the start.
type Dimension string

const (
	ByScheme      Dimension = "scheme"
	ByPeriod      Dimension = "period" // the quarter in which the window closed
	ByAge         Dimension = "age"
	BySex         Dimension = "sex"
	ByEthnicity   Dimension = "ethnicity"
	ByDeprivation Dimension = "deprivation"
	BySource      Dimension = "source"
	ByCategory    Dimension = "category"
	ByOT          Dimension = "ot"
)

// TraitDimensions lists those that are traits, as people read them.
func TraitDimensions() []Term {
	return []Term{
		{string(ByAge), "Age at the start"},
		{string(BySex), "Sex"},
		{string(ByEthnicity), "Ethnic group"},
		{string(ByDeprivation), "Deprivation of the home area"},
		{string(BySource), "Who referred"},
		{string(ByCategory), "Kind of activity"},
		{string(ByOT), "Occupational therapist's part"},
	}
}

// Groups lists a trait's groups in their own order. People of whom it is not
// recorded are a group too, with the empty value, and always the last; schemes
// and periods have no fixed list.
func (d Dimension) Groups() []Term {
	var groups []Term
	switch d {
	case ByAge:
		groups = AgeBands()
	case BySex:
		groups = Sexes()
	case ByEthnicity:
		groups = Ethnicities()
	case ByDeprivation:
		groups = Deprivations()
	case BySource:
		groups = Sources()
	case ByCategory:
		return append(Categories(), Term{string(Several), "Several kinds"}, Term{"", "None started"})
	case ByOT:
		return OTGroups() // without an entry there was none
	default:
		return nil
	}
	return append(groups, Term{"", "Not recorded"})
}

// Deprivations are the quintiles of the index of multiple deprivation.
func Deprivations() []Term {
	return []Term{
		{"1", "1, most deprived fifth"}, {"2", "2"}, {"3", "3"}, {"4", "4"}, {"5", "5, least deprived fifth"},
	}
}

// OTNone is the group of people with whom no occupational therapist had a part.
const OTNone OTLevel = "none"

// OTLate is the group of people with whom no occupational therapist had a part
// at the landmark, and one had later.
const OTLate OTLevel = "later"

// OTGroups are the levels of involvement at the landmark, and whoever's came
// after it: what happened later must not decide who counts as involved.
func OTGroups() []Term {
	return append(OTLevels(), Term{string(OTLate), "Only later than " + strconv.Itoa(Landmark) + " days after the start"})
}

// Group is the pair's value in a dimension, empty where it is not recorded.
func (p Pair) Group(d Dimension) string {
	t := p.Traits
	switch d {
	case ByScheme:
		return string(p.Scheme)
	case ByPeriod:
		return p.Closes.Quarter().String()
	case ByAge:
		return t.Age
	case BySex:
		return string(t.Sex)
	case ByEthnicity:
		return string(t.Ethnicity)
	case ByDeprivation:
		if t.Deprivation == 0 {
			return ""
		}
		return strconv.Itoa(t.Deprivation)
	case BySource:
		return string(t.Source)
	case ByCategory:
		return string(t.Category)
	case ByOT:
		return string(t.OT)
	}
	return ""
}
