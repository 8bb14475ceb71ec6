package app

import "cairn/internal/scheme"

// SheetReader reads the answers behind pairs.
type SheetReader interface {
	// Sheets returns the answers, as they stand, behind the pairs that Transitions
	// counts as measured twice.
	Sheets(q PairQuery) ([]scheme.TwoSheets, error)
}

// countOwn says of how many problems or goals the scores are, where they are of
// any: a mean of T scores says little without it.
func (v *EvidenceView) countOwn(r SheetReader, q PairQuery) error {
	if !v.Measure.Counts(v.Score) {
		return nil
	}
	sheets, err := r.Sheets(q)
	if err != nil {
		return err
	}
	v.Own = &scheme.OwnCount{}
	for _, two := range sheets {
		v.Own.Add(two, v.Measure, v.Score)
	}
	return nil
}
