package measure

import (
	"strings"

	"cairn/internal/fault"
)

// mostKeyed is the highest answer that can be keyed in: 10 takes two digits, and
// what takes more is typed with its own point or comma.
const mostKeyed = 10

// Keyed reports whether the answers can be typed one after the other as digits,
// as they stand on a paper form.
func (d Definition) Keyed() bool {
	for _, it := range d.Items {
		if it.Place > 0 || it.Decimals > 0 || it.step() > 1 || it.Min < 0 || it.Max > mostKeyed {
			return false
		}
	}
	return len(d.Items) > 0
}

// Wide reports whether an answer that is keyed in may take two digits.
func (d Definition) Wide() bool {
	for _, it := range d.Items {
		if it.Max >= mostKeyed {
			return true
		}
	}
	return false
}

// FromDigits reads answers typed one after the other in the order of the form,
// by item key: "3425341". A hyphen stands for one that was left out; spaces and
// commas may part them. It faults, at "digits", for an answer the item does not
// have and for too few or too many.
func (d Definition) FromDigits(text string) (map[string]int, error) {
	typed := d.split(text)
	if len(typed) != len(d.Items) {
		return nil, d.miscounted(len(typed))
	}
	all := map[string]int{}
	for i, it := range d.Items {
		if typed[i] == leftOut {
			continue
		}
		level, err := ParseLevel(typed[i], 0)
		if err != nil || !it.Takes(int(level)) {
			return nil, fault.New(fault.Invalid, fault.ScoreRange, "“%s” is no answer to question %d. It takes %d to %d.", shorten(typed[i]), i+1, it.Min, it.Max).At("digits")
		}
		all[it.Key] = int(level)
	}
	return all, nil
}

// leftOut stands for an answer that was not given.
const leftOut = "-"

// split parts what was typed into answers. A 10 without a space before or after
// it is one answer where there can be one.
func (d Definition) split(text string) (all []string) {
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' || r == '\t' || r == '\u00a0' })
	if d.Wide() && len(parts) > 1 {
		return parts
	}
	run := []rune(strings.Join(parts, ""))
	for i := 0; i < len(run); i++ {
		if d.Wide() && run[i] == '1' && i+1 < len(run) && run[i+1] == '0' {
			all = append(all, "10")
			i++
			continue
		}
		all = append(all, string(run[i]))
	}
	return all
}

func (d Definition) miscounted(typed int) error {
	says := "Type one answer for each of the %[1]d questions of %[2]s. These are %[3]d."
	switch {
	case typed == 0:
		says = "Type the %[1]d answers to %[2]s, in the order of the form."
	case d.MissingItems > 0:
		says = "Type one answer for each of the %[1]d questions of %[2]s, and a hyphen for one that was left out. These are %[3]d."
	}
	f := fault.New(fault.Invalid, fault.ItemsMissing, says, len(d.Items), d.Short, typed)
	return f.At("digits")
}
