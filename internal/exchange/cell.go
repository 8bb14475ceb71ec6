package exchange

import (
	"bytes"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// What stands in most cells is read here without a string. Whatever is written
// in another way is left to the functions that look uses.

// digits reads up to eight digits.
func digits(text []byte) (n int32, ok bool) {
	for _, c := range text {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = 10*n + int32(c-'0')
	}
	return n, len(text) > 0 && len(text) <= 8
}

// signed takes a minus sign off.
func signed(text []byte) (sign int32, rest []byte) {
	if len(text) > 0 && text[0] == '-' {
		return -1, text[1:]
	}
	return 1, text
}

// plainDays reads days as readDays does, up to 9999.
func plainDays(text []byte) (int16, bool) {
	sign, text := signed(text)
	n, ok := digits(text)
	return int16(sign * n), ok && len(text) <= 4
}

// plainLevel reads a score as measure.ParseLevel does with MaxDecimals, when it
// is written in the plainest way: 18, -3 or 18.59.
func plainLevel(text []byte) (measure.Level, bool) {
	sign, text := signed(text)
	if n, ok := digits(text); ok {
		return measure.Level(sign) * measure.Level(n) * unit, true
	}
	point := bytes.IndexByte(text, '.')
	if point < 0 {
		return 0, false
	}
	whole, isWhole := digits(text[:point])
	parts, isPart := digits(text[point+1:])
	decimals := len(text) - point - 1
	if !isWhole || !isPart || decimals > measure.MaxDecimals {
		return 0, false
	}
	for ; decimals < measure.MaxDecimals; decimals++ {
		parts *= 10
	}
	return measure.Level(sign) * (measure.Level(whole)*unit + measure.Level(parts)), true
}

// unit is one score point in levels of MaxDecimals.
const unit = 10_000

// day reads a date up to today. There are few, and each is read once.
func (p *parser) day(text []byte, today scheme.Day) (scheme.Day, bool) {
	if len(text) != 10 || text[4] != '-' || text[7] != '-' {
		return scheme.Day{}, false
	}
	year, isYear := digits(text[:4])
	month, isMonth := digits(text[5:7])
	day, isDay := digits(text[8:])
	date := 100*month + day
	if !isYear || !isMonth || !isDay || year > scheme.LatestYear || date > 1231 {
		return scheme.Day{}, false
	}
	if p.days[year] == nil {
		p.days[year] = new([1232]scheme.Day)
	}
	known := &p.days[year][date]
	if known.IsZero() {
		on, f := readDate(string(text), today)
		if f != nil {
			return on, false
		}
		*known = on
	}
	return *known, true
}
