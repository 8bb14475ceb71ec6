package app

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// mostOpened is how many names one search opens, and mostFound how many people it
// returns.
const (
	mostOpened = 2000
	mostFound  = 25
)

// Sought is what one search found. Whoever is not here and whoever belongs to a
// scheme of others leave the same answer.
type Sought struct {
	People   []scheme.Person // by reference; with the name of whoever was found by name
	More     bool            // there are more
	Profile  scheme.Profile  // what the actor's schemes know of people at most
	Opened   int             // how many names were looked through
	Short    bool            // there are more names than were looked through
	Number   bool            // an NHS number was looked up, and nothing else
	Mistyped bool            // ten digits that would be an NHS number if the last one fitted
}

// SearchPeople looks among the people of the actor's schemes for a reference or
// how one begins, for an NHS number, or for words of a name. Names are sealed one
// by one: those of people with an open referral to a scheme that keeps names are
// opened for the search, up to a limit, and forgotten. A whole reference or number
// returns the one person that it leads to.
func (a *App) SearchPeople(ctx context.Context, by Actor, text string) (found Sought, err error) {
	if err := by.may(SeePeople); err != nil {
		return Sought{}, err
	}
	text = strings.TrimSpace(text)
	number, wrong := scheme.ParseNHSNumber(text)
	switch {
	case text == "":
		return Sought{}, fault.New(fault.Invalid, fault.InputInvalid, "Type what to look for.").At("q")
	case number != "":
	case scheme.HoldsNHSNumber(text):
		return Sought{}, fault.New(fault.Invalid, fault.PersonNumber, "There is an NHS number among other words. Type the number alone.").At("q")
	default:
		if err := searchable(text); err != nil {
			return Sought{}, err
		}
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		s := search{r, by, Sought{Number: number != "", Mistyped: wrong != nil && tenDigits(text)}}
		today, err := a.today(r)
		if err != nil {
			return err
		}
		if s.found.Profile, err = widest(r, by, today); err != nil {
			return err
		}
		if number != "" {
			err = s.byNumber(today, number)
		} else {
			err = s.byText(today, text)
		}
		found = s.found
		return err
	})
	if err != nil {
		return Sought{}, err
	}
	return found, nil
}

func tenDigits(text string) bool {
	return strings.ContainsFunc(text, unicode.IsDigit) && !strings.ContainsFunc(text, unicode.IsLetter) && len(bare(text)) == 10
}

// A search is under way.
type search struct {
	Reader
	by    Actor
	found Sought
}

// byNumber finds whom a number leads to, unless none of the person's schemes that
// the actor sees keeps numbers.
func (s *search) byNumber(today scheme.Day, number scheme.NHSNumber) error {
	p, err := s.PersonByNumber(number)
	if err == nil {
		err = seesPerson(s, s.by, p.ID)
	}
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	profile, err := profileOf(s, s.by, p.ID, today)
	if err == nil && profile.Numbers() {
		s.found.People = []scheme.Person{asListed(p)}
	}
	return err
}

// byText finds a whole reference, or how references begin and words of names.
func (s *search) byText(today scheme.Day, text string) error {
	for _, reference := range spellings(text) {
		if err := s.byReference(reference); err != nil || len(s.found.People) > 0 {
			return err
		}
	}
	filter := PeopleFilter{Begins: spellings(text)}
	if !s.by.AllSchemes {
		filter.Schemes = append([]scheme.ID{}, s.by.Schemes...)
	}
	begin, err := s.FindPeople(filter, Page{Limit: mostFound + 1})
	if err != nil {
		return err
	}
	all, err := s.byName(today, text)
	for _, p := range begin {
		if !slices.ContainsFunc(all, func(x scheme.Person) bool { return x.ID == p.ID }) {
			all = append(all, p.Person)
		}
	}
	slices.SortFunc(all, func(x, y scheme.Person) int { return strings.Compare(x.Reference, y.Reference) })
	s.found.More = len(all) > mostFound
	s.found.People = all[:min(len(all), mostFound)]
	return err
}

func (s *search) byReference(reference string) error {
	p, err := s.PersonByReference(reference)
	if err == nil {
		err = seesPerson(s, s.by, p.ID)
	}
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err == nil {
		s.found.People = []scheme.Person{asListed(p)}
	}
	return err
}

// asListed is a person as lists have them.
func asListed(p scheme.Person) scheme.Person {
	p.Name, p.Contact, p.NHSNumber = "", scheme.Contact{}, ""
	return p
}

// byName opens the names of the actor's own schemes that keep names, newest
// referrals first, and keeps those of which each word typed begins a word.
func (s *search) byName(today scheme.Day, text string) (found []scheme.Person, err error) {
	words := wordsOf(text)
	if !s.found.Profile.Names() || len(strings.Join(words, "")) < 2 || !strings.ContainsFunc(text, unicode.IsLetter) {
		return nil, nil
	}
	all, err := s.Schemes(today)
	if err != nil {
		return nil, err
	}
	seen := map[scheme.PersonID]bool{}
	for _, in := range all {
		if !s.by.Sees(in.ID) || !in.Profile.Names() {
			continue
		}
		named, err := s.OpenNames(in.ID, mostOpened-s.found.Opened+1)
		if err != nil {
			return nil, err
		}
		for _, p := range named {
			switch {
			case seen[p.ID]:
				continue
			case s.found.Opened == mostOpened:
				s.found.Short = true
				return found, nil
			}
			seen[p.ID] = true
			s.found.Opened++
			if begins(wordsOf(p.Name), words) {
				found = append(found, p)
			}
		}
	}
	return found, nil
}

// begins reports whether each of the words begins one of the name, none used twice.
func begins(name, words []string) bool {
	name = slices.Clone(name)
	for _, w := range words {
		i := slices.IndexFunc(name, func(part string) bool { return strings.HasPrefix(part, w) })
		if i < 0 {
			return false
		}
		name = slices.Delete(name, i, i+1)
	}
	return true
}

// wordsOf are the words of a text as they compare: without capitals and
// apostrophes, and with what a hyphen joins apart. Those in full come first, so
// that a short one does not use up the word of a longer one.
func wordsOf(text string) []string {
	var words []string
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || r == ',' }) {
		if w = bare(w); w != "" {
			words = append(words, w)
		}
	}
	slices.SortStableFunc(words, func(x, y string) int { return len(y) - len(x) })
	return words
}

// bare is text without capitals and without what is neither letter, mark nor digit.
func bare(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

// Widest is what the actor's schemes know of people at most.
func (a *App) Widest(ctx context.Context, by Actor) (profile scheme.Profile, err error) {
	if err := by.may(SeePeople); err != nil {
		return "", err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		today, err := a.today(r)
		if err != nil {
			return err
		}
		profile, err = widest(r, by, today)
		return err
	})
	return profile, err
}
