package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"cairn/internal/scheme"
)

// mostDuplicates is how many groups are listed at once; merging them makes room.
const mostDuplicates = 100

// mostCompared is how many names one look opens, the newest records first, and
// namesAtOnce how many of them at a time.
const (
	mostCompared = 20_000
	namesAtOnce  = 5000
)

// AlikeBy is what two records have in common.
type AlikeBy string

// Two records may be of one person by either.
const (
	AlikeReference AlikeBy = "reference"
	AlikeName      AlikeBy = "name" // and the year of birth
)

// Alike is a group of records that may be of one person. It holds no name.
type Alike struct {
	By     AlikeBy
	People []scheme.Person // by reference
}

// Twice is who may be here twice: the first groups by reference.
type Twice struct {
	All    int // groups
	Listed []Alike
	Named  int  // records whose names were compared
	Short  bool // there are more names than were compared
}

// Duplicates returns groups of people of the actor's schemes whose references
// differ only in capitals, in punctuation or in leading zeros, or who have the
// same name and year of birth where schemes keep names. Names are opened for the
// look, compared and forgotten; nothing is kept by which records could be matched.
// Two who were born in different years are not one group. The same NHS number is
// in no two records: it is refused when it is typed.
func (a *App) Duplicates(ctx context.Context, by Actor) (found Twice, err error) {
	if err := by.may(MergePeople); err != nil {
		return Twice{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		found, err = a.twice(r, by, mostDuplicates)
		return err
	})
	return found, err
}

func (a *App) twice(r Reader, by Actor, most int) (found Twice, err error) {
	all, err := duplicates(r, by)
	if err != nil {
		return Twice{}, err
	}
	today, err := a.today(r)
	if err != nil {
		return Twice{}, err
	}
	named, err := found.namesakes(r, by, today)
	if err != nil {
		return Twice{}, err
	}
	known := map[string]bool{}
	for _, g := range all {
		for _, p := range g.People {
			known[string(p.ID)+plainReference(p.Reference)] = true
		}
	}
	for _, g := range named {
		// Who is in one group by reference is not listed again by name.
		key := plainReference(g.People[0].Reference)
		if !slices.ContainsFunc(g.People, func(p scheme.Person) bool { return !known[string(p.ID)+key] }) {
			continue
		}
		all = append(all, g)
	}
	slices.SortStableFunc(all, func(x, y Alike) int { return cmp.Compare(x.People[0].Reference, y.People[0].Reference) })
	found.All, found.Listed = len(all), all[:min(len(all), most)]
	return found, nil
}

// namesakes are groups with one name and one year of birth among the people of
// those of the actor's schemes that keep names.
func (f *Twice) namesakes(r Reader, by Actor, today scheme.Day) (groups []Alike, err error) {
	schemes, err := r.Schemes(today)
	if err != nil {
		return nil, err
	}
	keep := []scheme.ID{}
	for _, s := range schemes {
		if by.Sees(s.ID) && s.Profile.Names() {
			keep = append(keep, s.ID)
		}
	}
	if len(keep) == 0 {
		return nil, nil
	}
	alike := map[string][]scheme.Person{}
	for page := (Page{Limit: namesAtOnce}); ; {
		people, err := r.NamedIn(keep, page)
		if err != nil {
			return nil, err
		}
		for _, p := range people {
			if words := wordsOf(p.Name); len(words) > 1 {
				slices.Sort(words)
				key := fmt.Sprint(p.BirthYear, words)
				alike[key] = append(alike[key], asListed(p))
			}
		}
		f.Named += len(people)
		if len(people) < page.Limit {
			break
		}
		if f.Named >= mostCompared {
			f.Short = true
			break
		}
		page.After = string(people[len(people)-1].ID)
	}
	for _, group := range alike {
		if len(group) > 1 {
			slices.SortFunc(group, func(x, y scheme.Person) int { return cmp.Compare(x.Reference, y.Reference) })
			groups = append(groups, Alike{AlikeName, group})
		}
	}
	return groups, nil
}

// duplicates are all of the groups by reference.
func duplicates(r Reader, by Actor) (groups []Alike, err error) {
	filter := PeopleFilter{}
	if !by.AllSchemes {
		filter.Schemes = append([]scheme.ID{}, by.Schemes...)
	}
	alike := map[string][]scheme.Person{}
	for page := (Page{Limit: 5000}); ; {
		found, err := r.FindPeople(filter, page)
		if err != nil {
			return nil, err
		}
		for _, p := range found {
			key := plainReference(p.Reference)
			alike[key] = append(alike[key], p.Person)
		}
		if len(found) < page.Limit {
			break
		}
		page.After = found[len(found)-1].Mark
	}
	for _, group := range alike {
		if len(group) > 1 && sameYear(group) {
			groups = append(groups, Alike{AlikeReference, group})
		}
	}
	return groups, nil
}

// sameYear reports whether no two of them were born in different years.
func sameYear(group []scheme.Person) bool {
	year := 0
	for _, p := range group {
		if p.BirthYear != 0 && year != 0 && p.BirthYear != year {
			return false
		}
		year = cmp.Or(year, p.BirthYear)
	}
	return true
}

// plainReference is a reference without what is typed one way today and another
// way tomorrow: capitals, anything but letters and digits, and the zeros before a
// number. Two numbers stay two: 1-2 is not 12.
func plainReference(reference string) string {
	var plain strings.Builder
	inNumber, last := false, ' '
	for _, r := range strings.ToLower(reference) {
		switch {
		case r == '0' && !inNumber:
			continue
		case unicode.IsDigit(r):
			if !inNumber && unicode.IsDigit(last) {
				plain.WriteByte('.')
			}
			inNumber = true
		case unicode.IsLetter(r):
			inNumber = false
		default:
			inNumber = false
			continue
		}
		plain.WriteRune(r)
		last = r
	}
	return plain.String()
}
