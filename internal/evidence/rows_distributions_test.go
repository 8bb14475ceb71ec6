package evidence_test

import "math"

// Distributions in their textbook forms, for the row route alone: other ways to
// the same numbers than the product's.

const (
	z975 = 1.959963984540054  // R's qnorm(.975)
	z999 = 3.0902323061678132 // R's qnorm(.999)
)

// normalP is the two-sided p of a z.
func normalP(z float64) float64 { return math.Erfc(math.Abs(z) / math.Sqrt2) }

// logBeta is the logarithm of the incomplete beta function I(x; a, b), by its
// continued fraction.
func logBeta(x, a, b float64) float64 {
	switch {
	case math.IsNaN(x):
		return x
	case x <= 0:
		return math.Inf(-1)
	case x >= 1:
		return 0
	case x > (a+1)/(a+b+2):
		return math.Log1p(-math.Exp(logBeta(1-x, b, a)))
	}
	fraction := 1.0 // from the inside out
	for m := 400.0; m >= 1; m-- {
		fraction = 1 + m*(b-m)*x/((a+2*m-1)*(a+2*m))/fraction
		fraction = 1 - (a+m-1)*(a+b+m-1)*x/((a+2*m-2)*(a+2*m-1))/fraction
	}
	la, _ := math.Lgamma(a)
	lb, _ := math.Lgamma(b)
	lab, _ := math.Lgamma(a + b)
	return a*math.Log(x) + b*math.Log1p(-x) + lab - la - lb - math.Log(a) - math.Log(fraction)
}

// logStudentP is the logarithm of the two-sided p of a t.
func logStudentP(t, df float64) float64 { return logBeta(df/(df+t*t), df/2, 0.5) }

func studentP(t, df float64) float64 { return math.Exp(logStudentP(t, df)) }

func upperF(f, df1, df2 float64) float64 { return math.Exp(logBeta(df2/(df2+df1*f), df2/2, df1/2)) }

// student975 is the t with 2.5% above it.
func student975(df float64) float64 {
	if math.IsNaN(df) {
		return df
	}
	return bisect(0, 100, func(t float64) float64 { return studentP(t, df) - 0.05 })
}

// upperChi2 climbs from one or two degrees of freedom.
func upperChi2(x float64, df int) float64 {
	p, from := math.Exp(-x/2), 2
	if df%2 == 1 {
		p, from = math.Erfc(math.Sqrt(x/2)), 1
	}
	for ; from < df; from += 2 {
		p += math.Pow(x/2, float64(from)/2) * math.Exp(-x/2) / math.Gamma(float64(from)/2+1)
	}
	return p
}

// noncentralBelow is P(T <= t) of a non-central t, by Simpson's rule over s, the
// root of chi-square over its degrees of freedom.
func noncentralBelow(t, df, ncp float64) float64 {
	const steps = 2000
	end := 1 + 9/math.Sqrt(df)
	var sum, mass float64
	for i := range steps + 1 {
		s := end * float64(i) / steps
		weight := float64(2 + 2*(i%2))
		if i == 0 || i == steps {
			weight = 1
		}
		density := math.Pow(s, df-1) * math.Exp(-df*s*s/2)
		sum += weight * density * math.Erfc((ncp-t*s)/math.Sqrt2) / 2
		mass += weight * density
	}
	return sum / mass
}

// meanBeyond is the mean of a standard normal above z. Above 0 it is what
// 1/(integral of exp(-zu - u*u/2) over u > 0) is, where both parts of the ratio
// would vanish far out.
func meanBeyond(z float64) float64 {
	if !(z > 0) {
		return math.Exp(-z*z/2) / math.Sqrt(2*math.Pi) / (math.Erfc(z/math.Sqrt2) / 2)
	}
	const steps = 4000
	step, sum := 40/max(z, 4)/steps, 0.0
	for i := range steps / 2 {
		f := func(i int) float64 { u := float64(i) * step; return math.Exp(-z*u - u*u/2) }
		sum += f(2*i) + 4*f(2*i+1) + f(2*i+2)
	}
	return 1 / (sum * step / 3)
}

// bisect is where a falling function crosses zero, to the last digit.
func bisect(low, high float64, f func(float64) float64) float64 { return halved(100, low, high, f) }

// halved is the same after so many steps.
func halved(steps int, low, high float64, f func(float64) float64) float64 {
	for range steps {
		middle := (low + high) / 2
		if f(middle) > 0 {
			low = middle
		} else {
			high = middle
		}
	}
	return (low + high) / 2
}

// hedgesJ is the exact correction for m degrees of freedom, and roughJ the
// approximate one.
func hedgesJ(m float64) float64 {
	if m <= 1 {
		return math.NaN()
	}
	return math.Gamma(m/2) / (math.Sqrt(m/2) * math.Gamma((m-1)/2))
}

func roughJ(m float64) float64 { return 1 - 3/(4*m-1) }
