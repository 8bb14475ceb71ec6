package scheme

import "strconv"

// Traits are what figures may later be split by, as they stood at the start.
type Traits struct {
	Age         string // ten-year band, empty when not recorded
	Sex         Sex
	Ethnicity   Ethnicity
	Deprivation int // quintile, 0 not recorded
	Source      Source
	Category    Category // of the first started activity, Several for more than one
	OT          OTLevel  // at the landmark, of OTGroups
}

// Landmark is how long after the start the occupational therapist's
// involvement is read, so that nobody is put into a group by what happened
// later.
const Landmark = 28 // days

func (s Spell) traits(start Day) Traits {
	age := ""
	if !s.Afloat() {
		age = AgeBand(s.Person.BirthYear, start.Year())
	}
	return Traits{
		Age:         age,
		Sex:         s.Person.Sex,
		Ethnicity:   s.Person.Ethnicity,
		Deprivation: s.Person.Deprivation,
		Source:      s.Referral.Source,
		Category:    s.category(),
		OT:          s.involvement(start.Plus(Landmark)),
	}
}

// AgeBands lists the bands as terms; the age is the difference of years, since
// only the year of birth is kept.
func AgeBands() []Term {
	terms := []Term{{"under-18", "Under 18"}, {"18-24", "18 to 24"}}
	for low := 25; low < 85; low += 10 {
		terms = append(terms, Term{
			strconv.Itoa(low) + "-" + strconv.Itoa(low+9),
			strconv.Itoa(low) + " to " + strconv.Itoa(low+9),
		})
	}
	return append(terms, Term{"85-over", "85 and over"})
}

// AgeBand is the band of somebody born in birthYear, in year; empty when the
// year of birth is not recorded (0).
func AgeBand(birthYear, year int) string {
	age := year - birthYear
	bands := AgeBands()
	switch {
	case birthYear == 0:
		return ""
	case age < 18:
		return bands[0].Value
	case age < 25:
		return bands[1].Value
	case age >= 85:
		return bands[len(bands)-1].Value
	default:
		return bands[2+(age-25)/10].Value
	}
}

func (s Spell) category() Category {
	var found Category
	for _, p := range s.Prescriptions {
		switch {
		case p.FirstAttendedOn.IsZero() || p.Category == found:
		case found == "":
			found = p.Category
		default:
			return Several
		}
	}
	return found
}

// involvement is the strongest part an occupational therapist had by that day,
// or OTLate where there was none until after it.
func (s Spell) involvement(by Day) OTLevel {
	levels := OTLevels()
	none := OTLevel(levels[0].Value)
	best, late := none, false
	for _, i := range s.Referral.OT {
		switch {
		case i.On.After(by):
			late = late || i.Level != none
		case Code(levels, string(i.Level)) > Code(levels, string(best)):
			best = i.Level
		}
	}
	if best == none && late {
		return OTLate
	}
	return best
}
