package scheme

import (
	"slices"
	"strconv"
)

// Shown is what rows of a project say of a person: coarse where too few people
// would be alike, empty where it is not recorded, not asked for or hidden.
type Shown struct {
	Quarter     string
	Age         string
	Sex         string
	Ethnicity   string
	Deprivation string
}

// At is a trait by the name of its column, to be read or set; nil for another
// name.
func (k *Shown) At(trait string) *string {
	switch trait {
	case TraitQuarter:
		return &k.Quarter
	case TraitAge:
		return &k.Age
	case TraitSex:
		return &k.Sex
	case TraitEthnicity:
		return &k.Ethnicity
	case TraitDeprivation:
		return &k.Deprivation
	}
	return nil
}

// Steps are how much coarser than recorded the traits of a file are; 0 is as
// fine as any file has them.
type Steps struct {
	Quarter     int // 1: half-years, 2: years
	Age         int // 1: four groups
	Ethnicity   int // 1: two groups
	Deprivation int // 1: two groups
}

// MostSteps is as coarse as a file is made before it is refused.
func MostSteps() Steps { return Steps{Quarter: 2, Age: 1, Ethnicity: 1, Deprivation: 1} }

// A Veil is how the rows of a project are kept from telling who somebody is.
// An extract without one is for work inside the service.
type Veil struct {
	Project string // its name
	Fewest  int    // people whom each description fits
	Traits  []string
	Steps   Steps
	Hidden  int // cells
	Cells   int // that could have been
}

// Tells reports whether the rows have a column for the trait.
func (v Veil) Tells(trait string) bool { return slices.Contains(v.Traits, trait) }

// Shown is what a file of those steps says of somebody, before anything is hidden.
func (v Veil) Shown(started Quarter, t Traits) (k Shown) {
	if v.Tells(TraitQuarter) {
		k.Quarter = v.Steps.time(started)
	}
	if v.Tells(TraitAge) {
		k.Age = v.Steps.age(t.Age)
	}
	if v.Tells(TraitSex) {
		k.Sex = string(t.Sex)
	}
	if v.Tells(TraitEthnicity) {
		k.Ethnicity = v.Steps.ethnicity(t.Ethnicity)
	}
	if v.Tells(TraitDeprivation) {
		k.Deprivation = v.Steps.deprivation(t.Deprivation)
	}
	return k
}

func (s Steps) time(q Quarter) string {
	year, quarter := int(q)/4, int(q)%4
	if q == 0 {
		return ""
	}
	switch s.Quarter {
	case 0:
		return q.String()
	case 1:
		return strconv.Itoa(year) + "-H" + strconv.Itoa(quarter/2+1)
	}
	return strconv.Itoa(year)
}

// wide are the age bands of the coarser step.
func wide() []Term {
	return []Term{{"under-25", "Under 25"}, {"25-44", "25 to 44"}, {"45-64", "45 to 64"}, {"65-over", "65 and over"}}
}

func (s Steps) age(band string) string {
	at := slices.IndexFunc(AgeBands(), func(t Term) bool { return t.Value == band })
	if s.Age == 0 || at < 0 {
		return band
	}
	return wide()[min(at/2, len(wide())-1)].Value
}

// notWhite is everybody of a recorded group that is not the largest.
const notWhite = "not-white"

func (s Steps) ethnicity(of Ethnicity) string {
	if s.Ethnicity == 0 || of == "" || of == "white" {
		return string(of)
	}
	return notWhite
}

func (s Steps) deprivation(quintile int) string {
	switch {
	case quintile == 0:
		return ""
	case s.Deprivation == 0:
		return strconv.Itoa(quintile)
	case quintile <= 2:
		return "1-2"
	}
	return "3-5"
}

// Terms are what a column of a trait can hold; none for the quarter.
func (v Veil) Terms(trait string) []Term {
	switch trait {
	case TraitAge:
		if v.Steps.Age > 0 {
			return wide()
		}
		return AgeBands()
	case TraitSex:
		return Sexes()
	case TraitEthnicity:
		if v.Steps.Ethnicity > 0 {
			return []Term{{"white", "White"}, {notWhite, "Any other group"}}
		}
		return Ethnicities()
	case TraitDeprivation:
		if v.Steps.Deprivation > 0 {
			return []Term{{"1-2", "The two most deprived fifths"}, {"3-5", "The other three fifths"}}
		}
		return Deprivations()
	}
	return nil
}

// Time is how finely the column of the quarter tells it.
func (v Veil) Time() string { return []string{"quarter", "half-year", "year"}[v.Steps.Quarter] }
