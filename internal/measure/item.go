package measure

import "slices"

// An Item is one question.
type Item struct {
	Key  string `yaml:"key" json:"key"`
	Text string `yaml:"text" json:"text"`           // as the measure words it; empty where the licence keeps it away
	Name string `yaml:"name" json:"name,omitempty"` // what it is about, in our words: “Activity”
	// Group is the key of the part of the measure that it belongs to, if any.
	Group string `yaml:"group" json:"group,omitempty"`
	Min   int    `yaml:"min" json:"min"` // lowest response x 10^Decimals
	Max   int    `yaml:"max" json:"max"` // highest response x 10^Decimals
	// Decimals of a response: 35 is 3.5 where it is 1.
	Decimals int `yaml:"decimals" json:"decimals,omitempty"`
	// Step between responses x 10^Decimals; 0 is 1.
	Step int    `yaml:"step" json:"step,omitempty"`
	Low  string `yaml:"low" json:"low"`   // what the lowest response means
	High string `yaml:"high" json:"high"` // what the highest response means
	// Reverse counts the lowest response as the highest, and so on.
	Reverse bool `yaml:"reverse" json:"reverse,omitempty"`
	// Options are its answers where they differ from the measure's.
	Options []Option `yaml:"options" json:"options,omitempty"`
	// Place, of an individualised measure, is which of the person's own
	// problems it rates, from 1, and Rating what it rates of it.
	Place  int    `yaml:"-" json:"place,omitempty"`
	Rating string `yaml:"-" json:"rating,omitempty"`
}

// An Option is one answer that can be chosen.
type Option struct {
	Value int    `yaml:"value" json:"value"` // the response
	Text  string `yaml:"text" json:"text"`   // empty where the licence keeps it away
	// Points that it counts for; nil: its value.
	Points *int `yaml:"points" json:"points,omitempty"`
}

// Label is what the item can be asked by; empty where there is only its number.
func (it Item) Label() string {
	if it.Text != "" {
		return it.Text
	}
	return it.Name
}

// Response writes a response as people read it: 35 at 1 decimal is "3.5".
func (it Item) Response(r int) string { return Level(r).Text(it.Decimals) }

// step is the distance between two neighbouring responses.
func (it Item) step() int { return max(it.Step, 1) }

// Takes reports whether r is a response of the item.
func (it Item) Takes(r int) bool {
	return r >= it.Min && r <= it.Max && (r-it.Min)%it.step() == 0
}

// Responses counts the answers there are.
func (it Item) Responses() int { return (it.Max-it.Min)/it.step() + 1 }

// Answers returns what can be chosen for it, lowest response first, with the
// words of each where there are any.
func (d Definition) Answers(it Item) []Option {
	said := it.Options
	if len(said) == 0 && it.Place == 0 {
		said = d.Options
	}
	var all []Option
	for r := it.Min; r <= it.Max; r += it.step() {
		o := Option{Value: r}
		if i := slices.IndexFunc(said, func(o Option) bool { return o.Value == r }); i >= 0 {
			o = said[i]
		}
		all = append(all, o)
	}
	return all
}

// points are what a valid response counts for, x 10^Decimals of the item.
func (d Definition) points(it Item, r int) int {
	if it.Reverse {
		r = it.Min + it.Max - r
	}
	said := it.Options
	if len(said) == 0 {
		said = d.Options
	}
	for _, o := range said {
		if o.Value == r && o.Points != nil {
			return *o.Points
		}
	}
	return r
}

// pointsRange is the fewest and the most points that any response counts for.
func (d Definition) pointsRange(it Item) (fewest, most int) {
	fewest, most = d.points(it, it.Min), d.points(it, it.Min)
	for r := it.Min; r <= it.Max; r += it.step() {
		p := d.points(it, r)
		fewest, most = min(fewest, p), max(most, p)
	}
	return fewest, most
}
