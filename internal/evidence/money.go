package evidence

import (
	"math"
	"strconv"
	"strings"

	"cairn/internal/scheme"
)

const (
	pencePerPound = 100
	wholePounds   = 100 // pounds from which on pence say nothing
)

// Money writes an amount in pounds for people: "£1,234", and with pence below
// £100, "£12.50".
func Money(pounds *float64) string {
	if pounds == nil {
		return NotEstimable
	}
	size, decimals := math.Abs(*pounds), 0
	if size < wholePounds && math.Round(size*pencePerPound) != math.Round(size)*pencePerPound {
		decimals = 2
	}
	return amount(*pounds, decimals)
}

// Exactly writes the amount of one line to the penny: "£12,500.00".
func Exactly(p scheme.Pence) string { return amount(float64(p)/pencePerPound, 2) }

func amount(pounds float64, decimals int) string {
	text := strconv.FormatFloat(math.Abs(pounds), 'f', decimals, 64)
	whole, pence, dot := strings.Cut(text, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if dot {
		whole += "." + pence
	}
	if pounds < 0 && strings.Trim(text, "0.") != "" {
		return "−£" + whole
	}
	return "£" + whole
}

// Rounded writes an amount of which two digits say all that is known of it,
// "£420,000".
func Rounded(pounds *float64) string { return Money(rounded(pounds)) }

// RoundedInterval writes the two ends of an interval of such an amount.
func RoundedInterval(lo, hi *float64) string { return MoneyInterval(rounded(lo), rounded(hi)) }

func rounded(pounds *float64) *float64 {
	if pounds == nil || *pounds == 0 {
		return pounds
	}
	unit := math.Pow10(int(math.Floor(math.Log10(math.Abs(*pounds)))) - 1)
	two := math.Round(*pounds/unit) * unit
	return &two
}

// MoneyInterval writes the two ends of an interval of money.
func MoneyInterval(lo, hi *float64) string {
	switch {
	case lo == nil && hi == nil:
		return NotEstimable
	case hi == nil:
		return "from " + Money(lo) + " up; the upper end is " + NotEstimable
	case lo == nil:
		return "up to " + Money(hi) + "; the lower end is " + NotEstimable
	}
	return "from " + Money(lo) + " to " + Money(hi)
}
