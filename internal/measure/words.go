package measure

import (
	"fmt"
	"slices"

	"go.yaml.in/yaml/v3"

	"cairn/internal/fault"
)

// Words are the wording of a measure as a service pastes it in under a licence
// of its own.
type Words struct {
	Of      Key          `yaml:"words_of" json:"words_of"`
	Licence Confirmation `yaml:"licence" json:"licence"`
	// Presentation is what that licence allows; nothing said: what the measure
	// says already.
	Presentation Presentation      `yaml:"presentation" json:"presentation,omitzero"`
	Intro        string            `yaml:"intro" json:"intro,omitempty"`
	Items        map[string]string `yaml:"items" json:"items"`               // by item key, all of them
	Options      map[int]string    `yaml:"options" json:"options,omitempty"` // by response, all or none
}

// HoldsWords reports whether a file is one of words and not of a measure.
func HoldsWords(raw []byte) bool {
	var top map[string]yaml.Node
	if err := yaml.Unmarshal(raw, &top); err != nil {
		return false // Read says what is wrong
	}
	_, words := top["words_of"]
	return words
}

// ReadWords reads words from YAML or JSON; unknown keys are refused.
func ReadWords(raw []byte) (Words, error) {
	var w Words
	return w, decode(raw, &w)
}

// Supply returns the measure with those words. It faults for a measure whose
// words are not the service's to bring, and for words that are not of every
// item. Nothing about scores changes.
func (d Definition) Supply(w Words) (Definition, error) {
	var wrong fault.List
	say := func(field, format string, args ...any) {
		wrong.Add(fault.New(fault.Invalid, fault.MeasureInvalid, format, args...).At(field))
	}
	if d.Wording != OperatorSupplied {
		say("words_of", "The words of %s cannot be brought in: its wording is %s.", d.Short, d.Wording)
		return Definition{}, wrong.Err()
	}
	if len(d.Items) == 0 {
		say("words_of", "%s is entered as a score and has no items to word.", d.Short)
	}
	d.Items = slices.Clone(d.Items)
	for i, it := range d.Items {
		if it.Place > 0 {
			continue // a person's own
		}
		if d.Items[i].Text = w.Items[it.Key]; d.Items[i].Text == "" {
			say("items."+it.Key, "Give the words of this item, as the licensed form has them.")
		}
	}
	for key := range w.Items {
		if it, ok := d.Item(key); !ok || it.Place > 0 {
			say("items."+shorten(key), "%s has no item of that name to word.", d.Short)
		}
	}
	d.wordOptions(w.Options, say)
	d.Intro = w.Intro
	d.Licence.Confirmed = &w.Licence
	if len(w.Presentation.Ways) > 0 {
		d.Presentation = w.Presentation
	}
	if err := wrong.Err(); err != nil {
		return Definition{}, err
	}
	return d, d.Check()
}

// wordOptions words the answers, which all items have to share.
func (d *Definition) wordOptions(words map[int]string, say func(field, format string, args ...any)) {
	if len(words) == 0 {
		return
	}
	var first []Option
	for i, it := range d.Items {
		answers := d.Answers(it)
		for j, o := range answers {
			text, ok := words[o.Value]
			if !ok || text == "" || len(words) != len(answers) {
				say("options", "Give the words of every answer from %s to %s, and of no other.", it.Response(it.Min), it.Response(it.Max))
				return
			}
			answers[j].Text = text
		}
		if len(it.Options) > 0 {
			d.Items[i].Options = answers
			continue
		}
		first = answers
	}
	if first != nil {
		d.Options = first
	}
}

// WithoutWords is the measure as the product has it, without the words that a
// service brought: a licence ends. It faults for a measure that does not come
// with the product, whose words are part of it.
func (d Definition) WithoutWords() (Definition, error) {
	if !Shipped(d.Key) || d.Wording != OperatorSupplied {
		return Definition{}, fault.New(fault.Invalid, fault.MeasureInvalid, "The words of %s are part of it and cannot be taken away.", d.Short).At("words_of")
	}
	raw, err := files.ReadFile("catalogue/" + string(d.Key) + ".yaml")
	if err != nil {
		return Definition{}, fmt.Errorf("read %s as it ships: %w", d.Key, err)
	}
	return Read(raw)
}

// Unworded is a version that words were brought to, without any of them: what is
// left of it when the licence has ended. Its scores, and whose licence it was,
// stay.
func (d Definition) Unworded() (Definition, error) {
	bare, err := d.WithoutWords()
	if err != nil {
		return Definition{}, err
	}
	d.Intro, d.Items = bare.Intro, slices.Clone(d.Items)
	for i, it := range d.Items {
		was, _ := bare.Item(it.Key)
		d.Items[i].Text, d.Items[i].Options = was.Text, unworded(it.Options, was.Options)
	}
	d.Options = unworded(d.Options, bare.Options)
	return d, nil
}

// unworded are answers in the words that the product ships, if any: what remains
// of an answer without words is what it counts for.
func unworded(answers, bare []Option) []Option {
	all, said := slices.Clone(answers), false
	for i, o := range all {
		all[i].Text = ""
		if at := slices.IndexFunc(bare, func(b Option) bool { return b.Value == o.Value }); at >= 0 {
			all[i].Text = bare[at].Text
		}
		said = said || all[i].Text != "" || o.Points != nil
	}
	if !said {
		return nil
	}
	return all
}
