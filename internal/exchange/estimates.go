package exchange

import (
	"errors"
	"io"
	"math"
	"strconv"
	"strings"

	"cairn/internal/evidence"
	"cairn/internal/fault"
)

// estimateColumns are what a file of estimates needs; metafor's names. Other
// columns are let be.
var estimateColumns = []string{"study", "yi", "vi"}

// Estimates are ready estimates to be pooled, and the rows that could not be
// read as one.
type Estimates struct {
	All     []evidence.Estimate
	Rejects []Reject // by line
}

// ReadEstimates reads one estimate a row: study, yi (the estimate, in any unit)
// and vi (its sampling variance, that unit squared). Faults of the whole file as
// Read's.
func ReadEstimates(r io.Reader) (Estimates, error) {
	t, err := openTable(r)
	if err != nil {
		return Estimates{}, err
	}
	wrong, _ := t.need(estimateColumns)
	if err := wrong.Err(); err != nil {
		return Estimates{}, err
	}
	var e Estimates
	for {
		l, err := t.next()
		if errors.Is(err, io.EOF) {
			return e, nil
		}
		if err != nil {
			return Estimates{}, err
		}
		e.read(t, l)
	}
}

func (e *Estimates) read(t *table, l line) {
	reject := func(column string, why *fault.Fault) {
		e.Rejects = append(e.Rejects, Reject{Input: Scores, Line: l.number, Column: column, Why: why})
	}
	if l.ragged {
		reject("", raggedFault(len(l.cells), len(t.header)))
		return
	}
	cell := func(name string) string { return l.cells[t.column(name)] }
	before := len(e.Rejects)
	if f := acceptName(cell("study"), "study's name", 200); f != nil {
		reject("study", f)
	}
	value, f := readEstimate(cell("yi"))
	if f != nil {
		reject("yi", f)
	}
	variance, f := readEstimate(cell("vi"))
	if f == nil && variance <= 0 {
		f = fault.New(fault.Invalid, fault.InputInvalid, "A sampling variance is above 0. Where it is not known the estimate cannot be pooled; leave the row out.")
	}
	if f != nil {
		reject("vi", f)
	}
	if len(e.Rejects) == before {
		e.All = append(e.All, evidence.Estimate{Study: strings.Clone(cell("study")), Value: value, Variance: variance})
	}
}

// readEstimate reads a number, which unlike a score may have an exponent.
func readEstimate(text string) (float64, *fault.Fault) {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) || strings.ContainsAny(text, "xXpP_") {
		return 0, fault.New(fault.Invalid, fault.InputInvalid, "This is not a number. Write it in digits with a point, such as 0.25 or 2.5e-3; where there is none, leave the row out.")
	}
	return v, nil
}

// A PoolResult is a pool that stands alone, with its funnel; both are nil inside
// where there are fewer than two estimates.
type PoolResult struct {
	evidence.Pool
	Funnel  *evidence.Funnel `json:"funnel"`
	Studies []string         `json:"studies"`

	estimates []evidence.Estimate
}

// Pool pools the estimates.
func (e Estimates) Pool() PoolResult {
	r := PoolResult{Studies: []string{}, estimates: e.All}
	for _, one := range e.All {
		r.Studies = append(r.Studies, one.Study)
	}
	r.Pool, r.Funnel = evidence.PoolOf(e.All)
	return r
}

// WriteJSON writes the result as one JSON object.
func (r PoolResult) WriteJSON(w io.Writer) error { return writeJSON(w, r) }
