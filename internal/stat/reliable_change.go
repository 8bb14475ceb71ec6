package stat

import "math"

// A ReliableChange is how far one person's change has to go to be more than the
// measure's own error.
type ReliableChange struct {
	SEM            Number // score points, standard error of measurement
	SDiff          Number // score points, standard error of a difference
	Threshold196   Number // score points, with 1.96
	ThresholdQnorm Number // score points, with 1.959964
}

// JacobsonTruax returns the threshold of reliable change for a measure whose
// scores have this standard deviation (score points) and this reliability
// (0 to 1).
//
//	sem = sd·√(1 − reliability),  s_diff = √2·sem,  threshold = 1.96·s_diff
//
// A change counts when it is Past the threshold. 1.96 is the published
// constant; the full quantile is given beside it. A standard deviation of 0
// gives a threshold of 0, which no page should offer as a finding.
//
// Unit: score points.
// Source: Jacobson & Truax (1991), J Consult Clin Psychol 59:12-19, p. 14, with
// S_E as on p. 14; CONVENTIONS C8.
// Vectors: testdata/vectors/reliable_change.json.
func JacobsonTruax(sd Number, reliability float64) ReliableChange {
	if !(reliability >= 0 && reliability <= 1) {
		sd = Refused(ErrReliability)
	}
	sem := sd.then(func(sd float64) float64 { return sd * math.Sqrt(1-reliability) })
	sDiff := sem.then(func(sem float64) float64 { return math.Sqrt2 * sem })
	return ReliableChange{
		SEM:            sem,
		SDiff:          sDiff,
		Threshold196:   sDiff.then(func(s float64) float64 { return 1.96 * s }),
		ThresholdQnorm: sDiff.then(func(s float64) float64 { return z975 * s }),
	}
}
