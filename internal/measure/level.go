package measure

import (
	"strconv"
	"strings"

	"cairn/internal/fault"
)

// A Level is a score as an integer: score x 10^decimals of its Score
// definition. Equal scores are equal levels, sums are exact.
type Level int64

// MaxDecimals is how fine a score may be (DATA.md).
const MaxDecimals = 4

// maxDigits keeps levels, their differences and float64 copies exact: 10^14
// stays under 2^53 whatever the decimals.
const maxDigits = 14

// ParseLevel reads a decimal such as "18.59" or "-3" exactly, without passing
// through a float. It faults with score.decimals when text is finer than
// decimals and with input.invalid when it is no number. What it says never repeats
// the text: it may stand in a report of cells, and a slip of columns may have put
// anything there.
func ParseLevel(text string, decimals int) (Level, error) {
	digits, scale, ok := decimal(text)
	if strings.TrimSpace(text) == "" {
		return 0, fault.New(fault.Invalid, fault.InputInvalid, "Enter the score.")
	}
	if !ok {
		return 0, fault.New(fault.Invalid, fault.InputInvalid, "This is not a number. Write it in digits, such as 7 or 18.59.")
	}
	if scale > decimals {
		if decimals == 0 {
			return 0, fault.New(fault.Invalid, fault.ScoreDecimals, "This score is a whole number. Leave the decimals out.")
		}
		return 0, fault.New(fault.Invalid, fault.ScoreDecimals, "This score has at most %d decimals.", decimals)
	}
	for ; scale < decimals; scale++ {
		digits += "0"
	}
	if len(strings.TrimLeft(strings.TrimPrefix(digits, "-"), "0")) > maxDigits {
		return 0, fault.New(fault.Invalid, fault.ScoreRange, "This number is too large to be a score.")
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0, fault.New(fault.Invalid, fault.InputInvalid, "This is not a number.").Because(err)
	}
	return Level(n), nil
}

// DecimalsOf says how many decimals text needs (trailing zeros do not count);
// ok is false when it is no plain decimal number.
func DecimalsOf(text string) (decimals int, ok bool) {
	_, scale, ok := decimal(text)
	return scale, ok
}

// decimal splits a plain decimal into its digits and how many of them follow
// the point, trailing zeros dropped. Exponents (7e3) are refused: no person
// writes a score that way and spreadsheets write identifiers so.
func decimal(text string) (digits string, scale int, ok bool) {
	text = strings.TrimSpace(text)
	sign, rest := "", text
	if strings.HasPrefix(rest, "-") || strings.HasPrefix(rest, "+") {
		sign, rest = strings.TrimPrefix(rest[:1], "+"), rest[1:]
	}
	whole, frac, _ := strings.Cut(rest, ".")
	if whole+frac == "" || strings.Trim(whole+frac, "0123456789") != "" {
		return "", 0, false
	}
	frac = strings.TrimRight(frac, "0")
	return sign + whole + frac, len(frac), true
}

// Text writes the level as the shortest decimal: 1859 at 2 decimals is "18.59".
func (l Level) Text(decimals int) string {
	sign, n := "", int64(l)
	if n < 0 {
		sign, n = "-", -n
	}
	s := strconv.FormatInt(n, 10)
	if decimals == 0 {
		return sign + s
	}
	for len(s) <= decimals {
		s = "0" + s
	}
	whole, frac := s[:len(s)-decimals], strings.TrimRight(s[len(s)-decimals:], "0")
	if frac == "" {
		return sign + whole
	}
	return sign + whole + "." + frac
}

// Points is the level as a float in score points.
func (l Level) Points(decimals int) float64 { return float64(l) / float64(Pow10(decimals)) }

// Pow10 is 10^decimals for 0 to MaxDecimals.
func Pow10(decimals int) int64 {
	n := int64(1)
	for range decimals {
		n *= 10
	}
	return n
}

func shorten(text string) string {
	const most = 24
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}
