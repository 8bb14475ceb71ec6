package measure

import (
	"fmt"
	"slices"
)

// Own is what an individualised measure asks a person to name: problems, goals
// or concerns of their own, each rated at every administration. A person's
// problem keeps its place, so that the same place later is the same problem.
type Own struct {
	Name    string   `yaml:"name" json:"name"` // of one, as "problem"
	Most    int      `yaml:"most" json:"most"` // of them; a person may name fewer
	Ratings []Rating `yaml:"ratings" json:"ratings"`
}

// A Rating is one number given to each own problem.
type Rating struct {
	Key  string `yaml:"key" json:"key"`
	Name string `yaml:"name" json:"name"`
	Min  int    `yaml:"min" json:"min"`
	Max  int    `yaml:"max" json:"max"`
	Low  string `yaml:"low" json:"low"`
	High string `yaml:"high" json:"high"`
	// Kept is given once, when the problem is named, and holds from then on:
	// its importance, say. It is not an outcome.
	Kept bool `yaml:"kept" json:"kept,omitempty"`
}

// Ratings that the goal attainment rule reads.
const (
	goalAttained   = "attained"
	goalImportance = "importance"
	goalDifficulty = "difficulty"
)

// WordsKey is the key under which the person's own words for that place are
// kept, from 1: "problem-2".
func (o Own) WordsKey(place int) string { return fmt.Sprintf("%s-%d", o.Name, place) }

// WordsKeys are the keys of every place.
func (o Own) WordsKeys() []string {
	var all []string
	for place := 1; place <= o.Most; place++ {
		all = append(all, o.WordsKey(place))
	}
	return all
}

// Title names a place for people: "Problem 2".
func (o Own) Title(place int) string { return fmt.Sprintf("%s %d", capital(o.Name), place) }

// item is the key of one rating of one place.
func (o Own) item(place int, rating string) string { return o.WordsKey(place) + "-" + rating }

// items writes out the ratings of every place.
func (o Own) items() []Item {
	var all []Item
	for place := 1; place <= o.Most; place++ {
		for _, r := range o.Ratings {
			all = append(all, Item{
				Key: o.item(place, r.Key), Name: o.Title(place) + ": " + r.Name,
				Min: r.Min, Max: r.Max, Low: r.Low, High: r.High, Place: place, Rating: r.Key,
			})
		}
	}
	return all
}

// withOwn puts the ratings of own problems before the measure's other items.
// What was written out before is written anew. A person names as many as they
// have: any rating may be left out.
func (d Definition) withOwn() Definition {
	if d.Own == nil || d.Own.Most > mostOwn {
		return d // Check says what is wrong
	}
	others := slices.DeleteFunc(slices.Clone(d.Items), func(it Item) bool { return it.Place > 0 })
	for _, it := range d.Own.items() {
		others = slices.DeleteFunc(others, func(o Item) bool { return o.Key == it.Key })
	}
	d.Items = append(d.Own.items(), others...)
	d.MissingItems = max(len(d.Items)-1, 0)
	return d
}

// Twice returns what two administrations of an individualised measure say of
// the problems that were rated both times: the responses of each, cut to the
// ratings that the other has too. A kept rating is the first one's in both.
// Other measures come back as they are.
func (d Definition) Twice(first, later map[string]int) (before, after map[string]int) {
	if d.Own == nil {
		return first, later
	}
	before, after = map[string]int{}, map[string]int{}
	for _, it := range d.Items {
		was, inFirst := first[it.Key]
		is, inLater := later[it.Key]
		switch {
		case inFirst && d.Own.Keeps(it.Rating):
			before[it.Key], after[it.Key] = was, was
		case inFirst && inLater:
			before[it.Key], after[it.Key] = was, is
		}
	}
	return before, after
}

// Keeps reports whether a rating is given once and holds from then on.
func (o Own) Keeps(rating string) bool {
	return slices.ContainsFunc(o.Ratings, func(r Rating) bool { return r.Key == rating && r.Kept })
}

// Rescored are the scores of both administrations over the problems rated both
// times, for the series that both have then. Nobody is asked again: nothing
// faults.
func (d Definition) Rescored(first, later map[string]int) (before, after []Scored) {
	first, later = d.Twice(first, later)
	then := d.scored(later)
	for _, was := range d.scored(first) {
		i := slices.IndexFunc(then, func(s Scored) bool { return s.Series == was.Series })
		if i >= 0 {
			before, after = append(before, was), append(after, then[i])
		}
	}
	return before, after
}

func capital(word string) string {
	if word == "" {
		return ""
	}
	return string(word[0]-'a'+'A') + word[1:]
}
