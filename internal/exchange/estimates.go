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
	Again   int      // of All, those whose study has an estimate on an earlier row: each counts
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
	rows := estimateRows{t: t, known: map[string]bool{}}
	for {
		l, err := t.next()
		if errors.Is(err, io.EOF) {
			return rows.Estimates, nil
		}
		if err != nil {
			return Estimates{}, err
		}
		rows.look(l)
	}
}

// estimateRows reads the rows of one file of estimates.
type estimateRows struct {
	Estimates
	t     *table
	known map[string]bool // studies
}

func (r *estimateRows) look(l line) {
	var study string
	ok := true
	say := func(column string, f *fault.Fault) {
		if f != nil {
			r.Rejects = append(r.Rejects, Reject{Input: Pooled, Line: l.number, Column: column, Person: study, Why: f})
			ok = false
		}
	}
	if l.ragged {
		say("", raggedFault(len(l.cells), len(r.t.header)))
		return
	}
	cell := func(name string) string { return l.cells[r.t.column(name)] }
	name := strings.Clone(cell("study")) // a cell shares its memory with the whole row
	f := acceptName(name, "study's name", mostWord)
	if f == nil {
		study = name
	}
	say("study", f)
	value, f := readEstimate(cell("yi"))
	say("yi", f)
	variance, f := readVariance(cell("vi"))
	say("vi", f)
	if ok {
		if r.known[name] {
			r.Again++
		}
		r.known[name] = true
		r.All = append(r.All, evidence.Estimate{Study: name, Value: value, Variance: variance})
	}
}

// readEstimate reads a number, which unlike a score may have an exponent.
func readEstimate(text string) (float64, *fault.Fault) {
	v, err := strconv.ParseFloat(text, 64)
	if errors.Is(err, strconv.ErrRange) {
		return 0, extremeFault()
	}
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) || strings.ContainsAny(text, "xXpP_") {
		return 0, fault.New(fault.Invalid, fault.InputInvalid, "This is not a number. Write it in digits with a point, such as 0.25 or 2.5e-3; where there is none, leave the row out.")
	}
	if math.Abs(v) > mostEstimate {
		return 0, extremeFault()
	}
	return v, nil
}

func readVariance(text string) (float64, *fault.Fault) {
	v, f := readEstimate(text)
	switch {
	case f != nil:
		return 0, f
	case v <= 0:
		return 0, fault.New(fault.Invalid, fault.InputInvalid, "A sampling variance is above 0. Where it is not known the estimate cannot be pooled; leave the row out.")
	case v < 1/mostEstimate:
		return 0, extremeFault()
	}
	return v, nil
}

// mostEstimate is as large as an estimate or a variance may be, and a variance
// as small as one of it. Up to there pooling is right to the last digits; from
// 1e50 on the ends of intervals are not found any more, and from 1e75 on squares
// in units of the variance cannot be written.
const mostEstimate = 1e40

func extremeFault() *fault.Fault {
	return fault.New(fault.Invalid, fault.InputInvalid, "This number is too large or too small to work with. Give the estimates in another unit.")
}

// A PoolResult is a pool that stands alone, with its funnel; both are nil inside
// where there are fewer than two estimates.
type PoolResult struct {
	evidence.Pool
	Funnel  *evidence.Funnel `json:"funnel"`
	Studies []string         `json:"studies"`
	Again   int              `json:"studies_again"` // estimates of a study that has one already: each counts

	estimates []evidence.Estimate
}

// Pool pools the estimates.
func (e Estimates) Pool() PoolResult {
	r := PoolResult{Studies: []string{}, Again: e.Again, estimates: e.All}
	for _, one := range e.All {
		r.Studies = append(r.Studies, one.Study)
	}
	r.Pool, r.Funnel = evidence.PoolOf(e.All)
	return r
}

// WriteJSON writes the result as one JSON object.
func (r PoolResult) WriteJSON(w io.Writer) error { return writeJSON(w, r) }
