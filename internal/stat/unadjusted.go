package stat

import "math"

// An Unadjusted compares the changes of two groups as they are. Every difference
// is the group less the reference.
type Unadjusted struct {
	DiffInMeanChange  Number     // score points
	BaselineDiff      Number     // score points, of the means before
	Welch             TwoSampleT // of the changes
	Student           TwoSampleT // of the changes
	MorrisDPPC2       Number     // pooled standard deviations before
	BaselineSMDPooled Number     // pooled standard deviations before, without correction
}

// NewUnadjusted compares each group after the first with the first, which is the
// reference: one fewer than the groups. The two differences need one person in
// each group; everything else two, and a spread within one of them. It returns
// ErrUnlikeScores when the groups were not counted with the same decimals.
//
// Unit: score points, and as each field says.
// Source: CONVENTIONS C10, C17.
// Vectors: testdata/vectors/ancova.json.
func NewUnadjusted(groups []Table) ([]Unadjusted, error) {
	if len(groups) == 0 {
		return nil, ErrNobody
	}
	reference, scale := groups[0].moments, math.Pow10(groups[0].decimals)
	all := make([]Unadjusted, 0, len(groups)-1)
	for _, g := range groups[1:] {
		if g.decimals != groups[0].decimals {
			return nil, ErrUnlikeScores
		}
		s := g.moments
		changes := TwoSamples{s.change, reference.change, scale}
		before := TwoSamples{s.before, reference.before, scale}
		all = append(all, Unadjusted{
			DiffInMeanChange:  changes.Difference(),
			BaselineDiff:      before.Difference(),
			Welch:             changes.Welch(),
			Student:           changes.Student(),
			MorrisDPPC2:       morrisDPPC2(changes, before),
			BaselineSMDPooled: before.SMDPooled(),
		})
	}
	return all, nil
}
