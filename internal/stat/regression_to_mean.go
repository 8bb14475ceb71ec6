package stat

// People who seek help at a bad moment would on average be nearer to the usual
// at the next measurement without any help. These formulas say how much nearer.

// ExpectedChange is how far the mean would have come back towards the
// population's without any effect, given the measure's reliability between the
// two occasions (0 to 1) and the population's mean (score points).
//
//	(1 − reliability)·(population mean − mean before)
//
// Unit: score points.
// Source: Galton (1886), J Anthropol Inst 15:246-263; Barnett, van der Pols &
// Dobson (2005), Int J Epidemiol 34:215-220; CONVENTIONS C11.
// Vectors: testdata/vectors/regression_to_mean.json.
func (p Paired) ExpectedChange(populationMean, reliability float64) Number {
	if !(reliability >= 0 && reliability <= 1) {
		return Refused(ErrReliability)
	}
	return p.towards(populationMean, Known(reliability))
}

// NetChange is the mean change less ExpectedChange.
//
// Unit: score points.
// Source: CONVENTIONS C11.
// Vectors: testdata/vectors/regression_to_mean.json.
func (p Paired) NetChange(populationMean, reliability float64) Number {
	return p.MeanChange.and(p.ExpectedChange(populationMean, reliability), func(mean, expected float64) float64 {
		return mean - expected
	})
}

// ExpectedChangeSampleR is ExpectedChange with the correlation of before and
// after in these people in the place of the reliability. A correlation that help
// itself has lowered makes it too large.
//
// Unit: score points.
// Source: CONVENTIONS C17.
// Vectors: testdata/vectors/regression_to_mean.json.
func (p Paired) ExpectedChangeSampleR(populationMean float64) Number {
	return p.towards(populationMean, p.R)
}

func (p Paired) towards(populationMean float64, r Number) Number {
	return p.MeanBefore.and(r, func(mean, r float64) float64 { return (1 - r) * (populationMean - mean) })
}

// Entry says on which side of a cut-off people have to be to enter.
type Entry uint8

const (
	EntryAbove Entry = iota + 1
	EntryBelow
)

// A Selection is who may enter: people of a population on one side of a cut-off.
type Selection struct {
	Cutoff         float64 // score points
	Entry          Entry
	PopulationMean float64 // score points
	PopulationSD   float64 // score points
	Reliability    float64 // 0 to 1
}

// A Selected is how far people so selected come back without any effect.
type Selected struct {
	Z         Number // population standard deviations from its mean to the cut-off, towards the side of entry
	C         Number // population standard deviations from its mean to the mean of those who enter
	Magnitude Number // score points, not negative
	Expected  Number // score points, negative when people enter above
}

// Selected returns the regression to the mean of people who enter by a cut-off.
//
//	z = ±(cutoff − mean)/sd,  C(z) = φ(z)/(1 − Φ(z)),  magnitude = sd·(1 − reliability)·C(z)
//
// Unit: score points; population standard deviations for z and C.
// Source: Davis (1976), Am J Epidemiol 104:493-498; Barnett, van der Pols &
// Dobson (2005), Int J Epidemiol 34:215-220; CONVENTIONS C11.
// Vectors: testdata/vectors/regression_to_mean.json.
func (s Selection) Selected() Selected {
	side, why := 1.0, Refusal("")
	switch {
	case s.Entry == EntryBelow:
		side = -1
	case s.Entry != EntryAbove:
		why = ErrEntry
	}
	if !(s.PopulationSD > 0) {
		why = ErrPopulationSD
	}
	if !(s.Reliability >= 0 && s.Reliability <= 1) {
		why = ErrReliability
	}
	if why != "" {
		missing := Refused(why)
		return Selected{missing, missing, missing, missing}
	}
	z := Known(side * (s.Cutoff - s.PopulationMean) / s.PopulationSD)
	c := z.then(meanBeyond)
	magnitude := c.then(func(c float64) float64 { return s.PopulationSD * (1 - s.Reliability) * c })
	return Selected{
		Z: z, C: c, Magnitude: magnitude,
		Expected: magnitude.then(func(m float64) float64 { return -side * m }),
	}
}

// meanBeyond is the mean of a standard normal above z, φ(z)/(1 − Φ(z)). From 5
// on, where both would go to 0, it is Laplace's continued fraction
// z + 1/(z + 2/(z + 3/(z + …))).
//
// Unit: standard deviations.
// Source: Abramowitz & Stegun (1964), 26.2.14; R's
// dnorm(z)/pnorm(z, lower.tail=FALSE).
// Vectors: testdata/vectors/regression_to_mean.json.
func meanBeyond(z float64) float64 {
	if z < 5 {
		return normalDensity(z) / normalBelow(-z)
	}
	const terms = 60 // at z = 5 more of them change no digit
	rest := z
	for k := terms; k >= 1; k-- {
		rest = z + float64(k)/rest
	}
	return rest
}

// SlopeAfterOnBefore is the slope of the regression of the score after on the
// score before. Below 1 people drew together; that alone is no effect.
//
//	Cov(x, y)/Var(x)
//
// Unit: score points after per score point before.
// Source: definition; R's coef(lm(after ~ before)); CONVENTIONS C17.
// Vectors: testdata/vectors/regression_to_mean.json.
func (t Table) SlopeAfterOnBefore() Number {
	s := t.moments
	if why := s.unlined(); why != "" {
		return Refused(why)
	}
	return Known(ratio(s.cross(), s.before.spread()))
}
