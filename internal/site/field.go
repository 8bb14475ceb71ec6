package site

import (
	"slices"
	"strconv"
	"strings"

	"cairn/internal/scheme"
)

// A Field is one question of a form. Its words are given in the template, where
// a page's words live: {{template "input" ((.Form.Field "name").Ask "Name")}}.
type Field struct {
	Name   string
	Value  string
	Values []string // of checkboxes
	Wrong  []string // what to mend, one sentence each

	Day, Month, Year string // of a date

	Label        string
	Hint         string
	Kind         string // of an input: text, password
	Width        int    // of an input, characters; 0 is the full width
	Whole        bool   // a whole number is typed
	Decimal      bool   // a number with decimals is typed
	Autocomplete string
	Choices      []Choice
}

// A Choice is one answer of a field that offers answers.
type Choice struct {
	ID      string
	Value   string
	Label   string
	Hint    string
	Checked bool
}

// Ask gives the field its label.
func (f Field) Ask(label string) Field { f.Label = label; return f }

// Explain gives the field its hint.
func (f Field) Explain(hint string) Field { f.Hint = hint; return f }

// Wide sets the width of an input in characters: 2, 3, 4, 5, 10, 20 or 30.
func (f Field) Wide(characters int) Field { f.Width = characters; return f }

// Count makes a phone show the keys for whole numbers.
func (f Field) Count() Field { f.Whole = true; return f }

// Number makes a phone show the keys for numbers with decimals.
func (f Field) Number() Field { f.Decimal = true; return f }

// Fill names what a browser may fill in by itself.
func (f Field) Fill(autocomplete string) Field { f.Autocomplete = autocomplete; return f }

// Of offers the terms as answers.
func (f Field) Of(terms []scheme.Term) Field {
	for _, t := range terms {
		f = f.Or(t.Value, t.Label)
	}
	return f
}

// Or offers one more answer.
func (f Field) Or(value, label string) Field { return f.OrExplained(value, label, "") }

// OrExplained offers one more answer with a hint of its own.
func (f Field) OrExplained(value, label, hint string) Field {
	id := f.Name
	if n := len(f.Choices); n > 0 {
		id += "-" + strconv.Itoa(n+1)
	}
	chosen := f.Value == value && (value != "" || f.Values != nil) || slices.Contains(f.Values, value)
	f.Choices = append(slices.Clone(f.Choices), Choice{ID: id, Value: value, Label: label, Hint: hint, Checked: chosen})
	return f
}

// Described lists the ids that describe the field to a screen reader.
func (f Field) Described() string {
	var ids []string
	if f.Hint != "" {
		ids = append(ids, f.Name+"-hint")
	}
	if len(f.Wrong) > 0 {
		ids = append(ids, f.Name+"-error")
	}
	return strings.Join(ids, " ")
}
