package app

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"

	"cairn/internal/scheme"
)

// mostDuplicates is how many groups are listed at once; merging them makes room.
const mostDuplicates = 100

// Duplicates returns groups of people of the actor's schemes whose references
// differ only in capitals, in punctuation or in leading zeros. Two who were born
// in different years are not one group. Names stay sealed and are not compared.
func (a *App) Duplicates(ctx context.Context, by Actor) (groups [][]scheme.Person, err error) {
	if err := by.may(MergePeople); err != nil {
		return nil, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		groups, err = duplicates(r, by)
		return err
	})
	if err != nil {
		return nil, err
	}
	return groups[:min(len(groups), mostDuplicates)], nil
}

// duplicates are all of the groups, in order of their first reference.
func duplicates(r Reader, by Actor) (groups [][]scheme.Person, err error) {
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
			alike[key] = append(alike[key], p)
		}
		if len(found) < page.Limit {
			break
		}
		page.After = found[len(found)-1].Reference
	}
	for _, group := range alike {
		if len(group) > 1 && sameYear(group) {
			groups = append(groups, group)
		}
	}
	slices.SortFunc(groups, func(a, b []scheme.Person) int { return cmp.Compare(a[0].Reference, b[0].Reference) })
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
