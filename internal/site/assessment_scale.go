package site

import (
	"slices"
	"strconv"
	"strings"

	"cairn/internal/measure"
)

// A scale is one item with its answers: in a row, in a list where each has
// words of its own, or typed where there are too many for either.
type scale struct {
	Field  Field
	Item   measure.Item
	Number int // of the question, from 1
	// Optional is true where the measure's rule lets items be left out.
	Optional bool
	Worded   bool
	Typed    bool
	// Words, before the first rating of a person's own problem, asks for it in
	// their words; Named are the words where they have used them already.
	Words *Field
	Named string
	// Group, before the first item of a part of the measure, is what it is about.
	Group string
}

// mostInARow is how many answers a row of circles holds: 0 to 10.
const mostInARow = 11

// Scales are the items of a measure that is asked item by item.
func (p entry) Scales() ([]scale, error) {
	var all []scale
	for i, it := range p.Measure.Items {
		f, err := p.Form.Field("items." + it.Key)
		if err != nil {
			return nil, err
		}
		if p.settled(it) {
			continue
		}
		s := scale{Field: f.Ask(question(it, i+1)), Item: it, Number: i + 1, Optional: p.Measure.MissingItems > 0, Typed: it.Responses() > mostInARow}
		for _, o := range p.Measure.Answers(it) {
			if s.Typed {
				break
			}
			label := it.Response(o.Value)
			if o.Text != "" {
				s.Worded, label = true, o.Text
			}
			s.Field = s.Field.Or(it.Response(o.Value), label)
		}
		if it.Group != "" && (len(all) == 0 || all[len(all)-1].Item.Group != it.Group) {
			i := slices.IndexFunc(p.Measure.Groups, func(g measure.Group) bool { return g.Key == it.Group })
			s.Group = p.Measure.Groups[i].Name
		}
		if first := it.Place > 0 && (len(all) == 0 || all[len(all)-1].Item.Place != it.Place); first {
			if err := p.name(&s); err != nil {
				return nil, err
			}
		}
		all = append(all, s)
	}
	return all, nil
}

// question is what an item is asked by: its words, or where there are none its
// number on the licensed form.
func question(it measure.Item, number int) string {
	if label := it.Label(); label != "" {
		return label
	}
	return "Question " + strconv.Itoa(number)
}

// settled reports whether a rating was given when the problem was named and
// holds from then on.
func (p entry) settled(it measure.Item) bool {
	return it.Place > 0 && p.Named[p.Measure.Own.WordsKey(it.Place)] != "" && p.Measure.Own.Keeps(it.Rating)
}

// name puts the person's own words before the first rating of a problem, or asks
// for them.
func (p entry) name(s *scale) error {
	place := p.Measure.Own.WordsKey(s.Item.Place)
	if s.Named = p.Named[place]; s.Named != "" {
		return nil
	}
	f, err := p.Form.Field("own_words." + place)
	if err != nil {
		return err
	}
	f = f.Ask(p.Measure.Own.Title(s.Item.Place))
	s.Words = &f
	return nil
}

// Ends reports whether the ends of the scale are named above it. Answers in
// words need none.
func (s scale) Ends() bool { return !s.Worded && s.Item.Low != "" }

// Described are the elements that say more about the scale.
func (s scale) Described() string {
	var all []string
	if s.Ends() {
		all = append(all, s.Field.Name+"-ends")
	}
	if len(s.Field.Wrong) > 0 {
		all = append(all, s.Field.Name+"-error")
	}
	return strings.Join(all, " ")
}

// Range says what can be typed.
func (s scale) Range() string {
	return s.Item.Response(s.Item.Min) + " to " + s.Item.Response(s.Item.Max)
}

// Unanswered reports whether “left out” was chosen.
func (s scale) Unanswered() bool { return len(s.Field.Values) > 0 && s.Field.Value == "" }
