package stat

// Attrition compares where people who were lost had begun with where those who
// were measured again had begun. Every difference is lost less completers.
type Attrition struct {
	Lost, Completers Description
	Difference       Number // score points
	Welch, Student   TwoSampleT
	SMDPooled        Number // pooled standard deviations
	SMDHedges        Number // pooled standard deviations
	RankSum          RankSum
}

// NewAttrition compares scores before of people lost and of completers. The
// difference needs one person in each group; all tests and standardised
// differences, the rank sum among them, two people in each and someone who
// differs from the others of their group. It returns ErrUnlikeScores when the
// two were not counted with the same decimals.
//
// Unit: score points, and as each test says.
// Source: CONVENTIONS C12, C17.
// Vectors: testdata/vectors/acceptance_groups.json.
func NewAttrition(lost, completers Histogram) (Attrition, error) {
	s, err := NewTwoSamples(lost, completers)
	if err != nil {
		return Attrition{}, err
	}
	ranks, err := NewRankSum(lost, completers)
	if err != nil {
		return Attrition{}, err
	}
	a := Attrition{
		Lost: lost.Describe(), Completers: completers.Describe(),
		Difference: s.Difference(), Welch: s.Welch(), Student: s.Student(),
		SMDPooled: s.SMDPooled(), SMDHedges: s.SMDHedges(), RankSum: ranks,
	}
	if a.SMDPooled.Ptr() == nil {
		a.RankSum = ranks.without(a.SMDPooled.Why())
	}
	return a, nil
}
