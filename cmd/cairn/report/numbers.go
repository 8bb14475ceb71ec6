package report

import (
	"fmt"
	"math"

	"cairn/internal/evidence"
	"cairn/internal/measure"
)

// numbers are the tables of one finding. A row without a number has the reason.
type numbers struct {
	id string
	f  evidence.Finding
}

// list is a table of one number a row.
func (n numbers) list(name, caption, note string, rows ...row) table {
	return table{ID: n.id + "-" + name, Caption: caption, Note: note, Head: []string{"Quantity", "Value"}, Rows: rows}
}

// points is a row in score points, with one place more than sentences have.
func (n numbers) points(name, key string, v *float64) row {
	return n.row(name, key, v, func(v *float64) string { return evidence.Fixed(v, evidence.Decimals(n.f.Score)+1) })
}

// between is a row of an interval in score points.
func (n numbers) between(name, key string, lo, hi *float64) row {
	return n.pair(name, key, lo, hi, func(v *float64) string { return evidence.Fixed(v, evidence.Decimals(n.f.Score)+1) })
}

// plain is a row of a number without unit.
func (n numbers) plain(name, key string, v *float64) row { return n.row(name, key, v, statistic) }

// ranks is a row of a sum of ranks, of which some are halves.
func (n numbers) ranks(name, key string, v *float64) row {
	return n.row(name, key, v, func(v *float64) string { return evidence.Fixed(v, 1) })
}

// plainBetween is a row of an interval without unit.
func (n numbers) plainBetween(name, key string, lo, hi *float64) row {
	return n.pair(name, key, lo, hi, statistic)
}

// p is a row of a p-value.
func (n numbers) p(name, key string, v *float64) row { return n.row(name, key, v, evidence.PValue) }

// whole is a row of a count that may be missing.
func (n numbers) whole(name, key string, v *int) row {
	if v == nil {
		return n.why(name, key)
	}
	return row{name, key, []string{evidence.People(*v)}}
}

// people is a row of a count.
func people(name, key string, v int) row { return row{name, key, []string{evidence.People(v)}} }

// share is a row of a proportion with its interval.
func (n numbers) share(name, key string, p evidence.Proportion) row {
	if p.P == nil {
		return n.why(name, key+".p")
	}
	return row{name, key, []string{within(p)}}
}

func (n numbers) row(name, key string, v *float64, write func(*float64) string) row {
	if v == nil {
		return n.why(name, key)
	}
	return row{name, key, []string{write(v)}}
}

func (n numbers) pair(name, key string, lo, hi *float64, write func(*float64) string) row {
	if lo == nil || hi == nil {
		return n.why(name, key)
	}
	return row{name, key, []string{ends(lo, hi, write)}}
}

func (n numbers) why(name, key string) row { return row{name, key, []string{n.reason(key)}} }

func (n numbers) reason(key string) string {
	if why := n.f.Reasons[key]; why != "" {
		return why
	}
	return evidence.NotEstimable
}

// within is a proportion with its Wilson interval.
func within(p evidence.Proportion) string {
	if p.P == nil {
		return evidence.NotEstimable
	}
	return fmt.Sprintf("%s; %s to %s", evidence.Share(p), evidence.Percent(p.Lo), evidence.Percent(p.Hi))
}

// ends are both ends of an interval.
func ends(lo, hi *float64, write func(*float64) string) string {
	if lo == nil || hi == nil {
		return evidence.NotEstimable
	}
	return write(lo) + " to " + write(hi)
}

func signed(s measure.Score) func(*float64) string {
	return func(v *float64) string { return evidence.Signed(v, s) }
}

// statistic writes a number without unit to four significant digits; what is
// too small for ten places is written as a power of ten.
func statistic(v *float64) string {
	const digits, most = 4, 10
	if v == nil || *v == 0 {
		return evidence.Fixed(v, 0)
	}
	places := digits - 1 - int(math.Floor(math.Log10(math.Abs(*v))))
	if places > most {
		return fmt.Sprintf("%.3g", *v)
	}
	return evidence.Fixed(v, max(0, places))
}
