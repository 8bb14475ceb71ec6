package evidence

import (
	"cairn/internal/measure"
)

// A Bin is how many people scored within one part of the scale, before and
// after.
type Bin struct {
	Label  string // "7" or "7 to 8", in score points
	From   measure.Level
	To     measure.Level // included
	Before int           // people
	After  int           // people
}

// mostBins is as many as can be told apart on a phone.
const mostBins = 15

// Bins divides the measure's whole range, levels nobody scored included, into
// equal parts: a bin for each level where they are few. A scale without ends
// of its own is divided over what was seen; with nothing seen there are no
// bins. Nobody is left out, so the bins add up to everybody in the bars.
func Bins(s measure.Score, before, after []Bar) []Bin {
	low, high, ok := span(s, before, after)
	if !ok {
		return nil
	}
	width := binWidth(s, low, high)
	if s.Open {
		low = floor(low, width)
	}
	var bins []Bin
	for from := low; from <= high; from += width {
		bins = append(bins, Bin{From: from, To: min(from+width-1, high)})
	}
	// An end that is a sliver of a bin joins its neighbour: 100 is not alone
	// after 90 to 99.
	if n := len(bins); n > 1 && 5*(bins[n-1].To-bins[n-1].From+1) <= width {
		bins[n-2].To, bins = high, bins[:n-1]
	}
	for i := range bins {
		b := &bins[i]
		b.Label = s.Text(b.From)
		if b.To > b.From {
			b.Label += " to " + s.Text(b.To)
		}
		b.Before, b.After = within(*b, before), within(*b, after)
	}
	return bins
}

// span is the range that the bins cover.
func span(s measure.Score, before, after []Bar) (low, high measure.Level, ok bool) {
	low, high = s.Min, s.Max
	first := s.Open
	for _, bars := range [][]Bar{before, after} {
		for _, b := range bars {
			if first {
				low, high, first = b.Level, b.Level, false
			}
			low, high = min(low, b.Level), max(high, b.Level)
		}
	}
	return low, high, !first
}

// binWidth is the narrowest of 1, 2, 5, 10, 20, ... levels (of whole points,
// where the score has decimals and the range lets us) that keeps the bins few.
func binWidth(s measure.Score, low, high measure.Level) measure.Level {
	levels := high - low + 1
	unit := measure.Level(1)
	if whole := measure.Level(measure.Pow10(s.Decimals)); levels > mostBins*whole/2 {
		unit = whole
	}
	for ; ; unit *= 10 {
		for _, times := range []measure.Level{1, 2, 5} {
			// One level more than full bins hold is the end that joins its neighbour.
			if width := unit * times; (levels-1)/width < mostBins || width >= 5 && levels-1 == mostBins*width {
				return width
			}
		}
	}
}

func floor(l, width measure.Level) measure.Level {
	below := l % width
	if below < 0 {
		below += width
	}
	return l - below
}

func within(b Bin, bars []Bar) int {
	n := 0
	for _, bar := range bars {
		if bar.Level >= b.From && bar.Level <= b.To {
			n += bar.People
		}
	}
	return n
}
