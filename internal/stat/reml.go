package stat

import "math"

// reml is the variance between groups under which the differences between them
// are likeliest.
//
//	ΣW²(y−μ)² − ΣW + ΣW²/ΣW = 0, truncated at 0
//
// The likelihood can have more than one peak. The one that is meant is the one
// that Fisher's scoring climbs from Hedges and Olkin's estimate, halving a step
// that would leave zero behind, and 0 where that is clearly likelier, as metafor
// does. Scoring only picks the peak: it may slow down before it, or leap to and
// fro about it, where metafor advises smaller steps (stepadj). The last digits
// come from Newton's method between two points on either side.
//
// Unit: that of the effects, squared.
// Source: Patterson & Thompson (1971), Biometrika 58:545-554; Viechtbauer (2005),
// J Educ Behav Stat 30:261-293; metafor's rma(method="REML") with
// control=list(threshold=1e-12, maxiter=10000).
// Vectors: testdata/vectors/pooling.json.
func (e effects) reml() float64 {
	const clearly = 1. / 8192 // of a logarithm of a likelihood, metafor's
	tau2 := e.remlPolished(e.remlScored(e.hedgesOlkin()))
	if tau2 > 0 && e.logLikelihood(0)-e.logLikelihood(tau2) > clearly {
		return 0
	}
	return tau2
}

// hedgesOlkin is the variance of the effects less the mean of their variances.
//
// Source: Hedges & Olkin (1985), Statistical Methods for Meta-Analysis, ch. 9;
// metafor's rma(method="HE").
func (e effects) hedgesOlkin() float64 {
	var centre, squares, within float64
	for _, s := range e.ordered {
		centre += s.Value
	}
	k := float64(len(e.ordered))
	centre /= k
	for _, s := range e.ordered {
		squares += (s.Value - centre) * (s.Value - centre)
		within += s.Variance
	}
	return max(0, squares/e.df()-within/k)
}

// remlScored is Fisher's scoring until its steps are small, or have leapt to and
// fro about the peak for long enough.
func (e effects) remlScored(tau2 float64) float64 {
	for range 100 {
		score, information, _ := e.remlScore(tau2)
		step := score / information
		if !(math.Abs(step) > 1e-10*tau2) || math.IsInf(step, 0) || step < 0 && tau2 < 1e-12*e.ordered[0].Variance {
			break
		}
		for tau2+step < 0 {
			step /= 2
		}
		tau2 += step
	}
	return tau2
}

// remlPolished is the root of the score next to a τ² that is nearly one: it
// walks the way the score points, in growing strides, until the score points
// back, and returns 0 when it comes there first.
func (e effects) remlPolished(tau2 float64) float64 {
	up, _, _ := e.remlScore(tau2)
	if up == 0 || tau2 == 0 && up < 0 {
		return tau2
	}
	low, high := tau2, tau2
	for stride := 1e-9 * (tau2 + e.ordered[0].Variance); stride < math.MaxFloat64; stride *= 4 {
		if up > 0 {
			low, high = high, tau2+stride
			if score, _, _ := e.remlScore(high); score <= 0 {
				break
			}
			continue
		}
		low, high = max(0, tau2-stride), low
		if score, _, _ := e.remlScore(low); score >= 0 {
			break
		}
		if low == 0 {
			return 0
		}
	}
	return high * fallingRoot(func(x float64) (value, slope float64) {
		score, _, slope := e.remlScore(x * high)
		return score, slope * high
	}, low/high, (low/high+1)/2, 1)
}

// remlScore is twice the slope of the restricted likelihood's logarithm in τ²,
// Fisher's information on the same footing, and the score's own slope. With
// P = W − WJW/ΣW they are y'PPy − tr P, tr PP and tr PP − 2·y'PPPy. The traces
// are summed in pairs, so that nothing cancels where one group outweighs all
// others.
func (e effects) remlScore(tau2 float64) (score, information, slope float64) {
	var all, mean, pairs float64
	for _, s := range e.ordered {
		w := 1 / (s.Variance + tau2)
		pairs += w * all
		all += w
		mean += w * s.Value
	}
	mean /= all

	var squares, cubes, linear, own, cross, before float64
	for _, s := range e.ordered {
		w := 1 / (s.Variance + tau2)
		d := w * (s.Value - mean)
		squares += d * d
		cubes += w * d * d
		linear += w * d
		own += w * w * (1 - w/all) * (1 - w/all)
		cross += w * w * before
		before += w * w
	}
	information = own + 2*cross/(all*all)
	return squares - 2*pairs/all, information, information - 2*(cubes-linear*linear/all)
}

// logLikelihood is the logarithm of the restricted likelihood, less a constant.
func (e effects) logLikelihood(tau2 float64) float64 {
	q, _ := e.spread(tau2)
	_, weight := e.mean(tau2)
	log := math.Log(weight) + q
	for _, s := range e.ordered {
		log += math.Log(s.Variance + tau2)
	}
	return -log / 2
}
