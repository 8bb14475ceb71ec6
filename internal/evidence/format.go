package evidence

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"cairn/internal/measure"
)

// NotEstimable stands where a number is missing.
const NotEstimable = "not estimable"

// How numbers are written for people, in one place, so that a page, a chart and
// a terminal never round the same number differently. A minus is U+2212, which
// no line breaks after and screen readers read out.

// Decimals is how many decimals a mean or a change of this score is shown with:
// one, two where the score itself has one or two, and else as many as it has.
func Decimals(s measure.Score) int {
	if s.Decimals > 0 {
		return max(2, s.Decimals)
	}
	return 1
}

// Points writes a number of score points, "18.6".
func Points(v *float64, s measure.Score) string { return Fixed(v, Decimals(s)) }

// Signed writes a change in score points with its sign, "+1.2".
func Signed(v *float64, s measure.Score) string {
	text := Points(v, s)
	if v != nil && *v > 0 && strings.Trim(text, "0.") != "" {
		return "+" + text
	}
	return text
}

// Fixed writes a number with so many decimals.
func Fixed(v *float64, decimals int) string {
	const longest = 1e12 // above it digits are counted and not read
	if v == nil {
		return NotEstimable
	}
	text := strconv.FormatFloat(math.Abs(*v), 'f', decimals, 64)
	if math.Abs(*v) >= longest {
		text = strconv.FormatFloat(math.Abs(*v), 'e', 3, 64)
	}
	if *v < 0 && strings.Trim(text, "0.") != "" {
		return "−" + text
	}
	return text
}

// Interval writes a 95% interval in score points, "from 0.4 to 2.1".
func Interval(lo, hi *float64, s measure.Score) string {
	if lo == nil || hi == nil {
		return NotEstimable
	}
	return "from " + Points(lo, s) + " to " + Points(hi, s)
}

// Percent writes a share as a whole per cent. A share that is not quite none or
// all does not read as if it were.
func Percent(p *float64) string {
	if p == nil {
		return NotEstimable
	}
	whole := math.Round(*p * 100)
	switch {
	case whole == 0 && *p > 0:
		return "under 1%"
	case whole == 100 && *p < 1:
		return "over 99%"
	}
	return fmt.Sprintf("%.0f%%", whole)
}

// Share writes a proportion with its people, "6 of 9 (67%)".
func Share(p Proportion) string {
	if p.P == nil {
		return fmt.Sprintf("%s of %s", People(p.X), People(p.N))
	}
	return fmt.Sprintf("%s of %s (%s)", People(p.X), People(p.N), Percent(p.P))
}

// People writes a count with a comma at each thousand.
func People(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// PValue writes a p-value, never as 0.
func PValue(p *float64) string {
	switch {
	case p == nil:
		return NotEstimable
	case *p < 0.001:
		return "under 0.001"
	}
	return strconv.FormatFloat(*p, 'f', 3, 64)
}

// capital begins a sentence with what is written inside of one elsewhere.
func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// MeanChange is the mean change as a table of groups shows it. One person's is not
// given: it would be about that person and say nothing of a group.
func (f Finding) MeanChange() string {
	if f.Counts.Paired == 1 {
		return "not given for one person"
	}
	return Signed(f.Change.Mean, f.Score)
}

// Moves are how many got better, stayed the same and got worse, as a table of groups
// shows it. Of nobody it is not said that none did.
func (f Finding) Moves() string {
	switch f.Counts.Paired {
	case 0:
		return "nobody measured twice"
	case 1: // which of the three it is would be that person's change
		return "not given for one person"
	}
	better, same, worse, _ := f.Movement()
	return People(better.X) + ", " + People(same.X) + ", " + People(worse.X)
}

// Several are names within a sentence, "a, b and c"; "none" of none.
func Several(names []string) string {
	switch len(names) {
	case 0:
		return "none"
	case 1:
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}
