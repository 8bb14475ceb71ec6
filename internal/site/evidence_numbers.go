package site

import (
	"math"

	"cairn/internal/evidence"
)

// A number is one line of the table of all numbers. The table has more places
// than the sentences, so that it can be checked, and the reason where there is
// no number.
type number struct {
	Name  string // from the template
	Key   string // as the API and exports call it
	Value string
}

// Points is a line in score points, with one place more than figures show.
func (p evidencePage) Points(name, key string, v *float64) number {
	if v == nil {
		return p.none(name, key)
	}
	return number{name, key, evidence.Fixed(v, evidence.Decimals(p.View.Score)+1)}
}

// significantDigits of a statistic.
const significantDigits = 4

// Statistic is a line without unit, to four significant digits.
func (p evidencePage) Statistic(name, key string, v *float64) number {
	if v == nil {
		return p.none(name, key)
	}
	places := significantDigits - 1
	if *v != 0 {
		places -= int(math.Floor(math.Log10(math.Abs(*v))))
	}
	return number{name, key, evidence.Fixed(v, max(0, min(places, 10)))}
}

// P is a line for a p-value.
func (p evidencePage) P(name, key string, v *float64) number {
	if v == nil {
		return p.none(name, key)
	}
	return number{name, key, evidence.PValue(v)}
}

// Whole is a line for degrees of freedom.
func (p evidencePage) Whole(name, key string, v *int) number {
	if v == nil {
		return p.none(name, key)
	}
	return number{name, key, evidence.People(*v)}
}

// none says why there is no number.
func (p evidencePage) none(name, key string) number {
	if why := p.View.Finding.Reasons[key]; why != "" {
		return number{name, key, why}
	}
	return number{name, key, evidence.NotEstimable}
}

// A trio is better, same and worse, which are always told together; people.
type trio struct {
	Name, Key           string
	Better, Same, Worse int
	Why                 string // there are no counts
}

// Trio is a line of three counts. Without a threshold nobody is counted, which is
// not that nobody was reliably better, the same or worse.
func (p evidencePage) Trio(name, key string, r evidence.ReliableChange) trio {
	if r.Threshold196 == nil {
		return trio{Name: name, Key: key, Why: p.none(name, key+".threshold_196").Value}
	}
	return trio{Name: name, Key: key, Better: r.Improved.X, Same: r.NoChange.X, Worse: r.Deteriorated.X}
}
