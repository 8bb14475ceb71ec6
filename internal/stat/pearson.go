package stat

import "math"

// RInterval is the 95% interval of Pearson's correlation, by Fisher's z. It is
// refused below four people. When r is ±1 it is that point, as the formula has
// it: no sign of certainty, but of scores that lie on one straight line.
//
//	tanh(artanh(r) ± z₀.₉₇₅/√(n − 3))
//
// Unit: −1 to 1.
// Source: Fisher (1921), Metron 1:3-32; R's cor.test(x, y).
// Vectors: testdata/vectors/correlation.json.
func (p Paired) RInterval() Interval {
	r, err := p.R.Value()
	why := p.R.Why()
	switch {
	case err != nil:
	case p.N < 4:
		why = ErrUnder4
	case math.Abs(r) >= 1:
		return Interval{Known(r), Known(r)}
	default:
		z, half := math.Atanh(r), z975/math.Sqrt(float64(p.N-3))
		return Interval{Known(math.Tanh(z - half)), Known(math.Tanh(z + half))}
	}
	return Interval{Refused(why), Refused(why)}
}
