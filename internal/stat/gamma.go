package stat

import "math"

// gammaStep is Γ(a+½)/Γ(a) for a > 0, the constant of Student's t and of the
// correction of Hedges. Subtracting two lgammas would lose a digit for every
// digit of a (at a = 5·10⁶ an error of 10⁻⁸ is left), so from 20 on the
// logarithm of the ratio itself is expanded; below, both gammas are exact to
// the last digits.
//
// Source: Tricomi & Erdélyi (1951), Pacific J Math 1:133-142 (DLMF 5.11.13);
// the coefficients are −2^(1−2k)·(2^(2k)−1)·B(2k)/(2k(2k−1)), k = 1 to 5, with the
// Bernoulli numbers B.
// Vectors: testdata/vectors/hedges.json, through J.
func gammaStep(a float64) float64 {
	if a < 20 {
		return math.Gamma(a+0.5) / math.Gamma(a)
	}
	b := 1 / (a * a)
	series := (-1./8 + b*(1./192+b*(-1./640+b*(17./14336-b*31./18432)))) / a
	return math.Sqrt(a) * math.Exp(series)
}
