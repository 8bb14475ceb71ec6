package site

import (
	"fmt"
	"strconv"
	"strings"

	"cairn/internal/scheme"
)

// reused is what the store says of a form sent before with other content, with
// the next step of a page: shown again, the form has a key of its own.
const reused = "This was sent before with other content, and that is kept. If you mean this as well, send it again."

// stillTyped is what a page adds where a record was changed after it was opened.
const stillTyped = "What you typed is still here."

// noDay says what is wrong with three boxes that make no day, and at which of
// them. The fault's own sentence speaks of a text that nobody typed.
func (f *Form) noDay(name string) (sentence, target string) {
	d, m, y := f.text(name+"-day"), f.text(name+"-month"), f.text(name+"-year")
	for _, box := range []struct{ text, target string }{{d, name}, {m, name + "-month"}, {y, name + "-year"}} {
		if box.text == "" {
			return "Enter the day, the month and the year.", box.target
		}
		if strings.Trim(box.text, "0123456789") != "" {
			return "Enter day, month and year in digits, such as 31 3 2026.", box.target
		}
	}
	if len(y) != len("2026") {
		return "Enter the year in four digits.", name + "-year"
	}
	if n, err := strconv.Atoi(y); err == nil && (n < scheme.EarliestYear || n > scheme.LatestYear) {
		return fmt.Sprintf("Enter a year from %d to %d.", scheme.EarliestYear, scheme.LatestYear), name + "-year"
	}
	return fmt.Sprintf("%.4s/%.4s/%s is not a date that exists. Check the day and the month.", d, m, y), name
}
