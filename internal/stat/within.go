package stat

import "math"

// A Within is what lies between two groups at the same score before, within strata
// such as schemes: what differs from one stratum to another is in none of it.
type Within struct {
	DFResid    Number   // people beyond what was estimated
	Difference Number   // score points, the second group less the first
	SEHC3      Number   // score points
	CI         Interval // score points, by SEHC3
}

// NewWithin compares the second group with the first in strata, each with a height
// of its own, by parallel lines of after on before:
//
//	after = height of the stratum + slope·before + difference·(in the second group)
//
// It is solved by taking each stratum's means away from all three (Frisch and
// Waugh). With z = (before, group) less those means and A = Σzz′, the estimates are
// A⁻¹Σzy, and HC3 is A⁻¹(Σ zz′·e²/(1−h)²)A⁻¹ with h = 1/n of the stratum + z′A⁻¹z.
//
// A stratum with people of one group alone tells nothing of the difference, and a
// caller leaves it out. Refused with fewer people than the strata and 3 more, where
// within each stratum all began alike or group and score before cannot be told
// apart, and where one person decides their own fitted score. It returns
// ErrUnlikeScores when the tables were not counted with the same decimals.
//
// Unit: score points.
// Source: Frisch & Waugh (1933), Econometrica 1:387-401; MacKinnon & White (1985), J
// Econometrics 29:305-325, HC3; R's lm(post ~ pre + group + stratum) and
// car::hccm(type = "hc3").
// Vectors: testdata/vectors/within.json.
func NewWithin(strata [][2]Table) (Within, error) {
	m := withinStrata{}
	if len(strata) > 0 {
		m.decimals = strata[0][0].decimals
	}
	for _, s := range strata {
		for _, t := range s {
			if t.decimals != m.decimals {
				return Within{}, ErrUnlikeScores
			}
		}
		m.take(s)
	}
	df := m.n - float64(m.strata) - 2
	if df < 1 {
		return refusedWithin(ErrUnder2More), nil
	}
	if why := m.solve(); why != "" {
		return refusedWithin(why), nil
	}
	scale := math.Pow10(m.decimals)
	w := Within{DFResid: Known(df), Difference: Known(m.difference / scale)}
	variance, ok := m.hc3()
	if !ok {
		w.SEHC3, w.CI = Refused(ErrOwnFit), Interval{Refused(ErrOwnFit), Refused(ErrOwnFit)}
		return w, nil
	}
	se := math.Sqrt(variance) / scale
	w.SEHC3 = Known(se)
	w.CI = around(w.Difference, Known(quantileT(df)*se))
	return w, nil
}

func refusedWithin(why Refusal) Within {
	no := Refused(why)
	return Within{no, no, no, Interval{no, no}}
}

// withinStrata are people less the means of their stratum; levels.
type withinStrata struct {
	decimals          int
	cells             []withinCell
	n                 float64
	strata            int
	xx, xd, dd        float64 // Σzz′
	xy, dy            float64 // Σzy
	slope, difference float64
}

// A withinCell is people who are alike.
type withinCell struct {
	count   float64
	x, d, y float64
	height  float64 // 1/n of the stratum
}

// take adds a stratum with anybody in it.
func (m *withinStrata) take(s [2]Table) {
	var of []withinCell
	var sum withinCell
	for group, t := range s {
		for _, c := range t.cells {
			one := withinCell{count: float64(c.Count), x: float64(c.Before), y: float64(c.After), d: float64(group)}
			of = append(of, one)
			sum.count += one.count
			sum.x, sum.y, sum.d = sum.x+one.count*one.x, sum.y+one.count*one.y, sum.d+one.count*one.d
		}
	}
	if sum.count == 0 {
		return
	}
	m.n, m.strata = m.n+sum.count, m.strata+1
	for _, c := range of {
		c.x, c.y, c.d, c.height = c.x-sum.x/sum.count, c.y-sum.y/sum.count, c.d-sum.d/sum.count, 1/sum.count
		m.xx, m.xd, m.dd = m.xx+c.count*c.x*c.x, m.xd+c.count*c.x*c.d, m.dd+c.count*c.d*c.d
		m.xy, m.dy = m.xy+c.count*c.x*c.y, m.dy+c.count*c.d*c.y
		m.cells = append(m.cells, c)
	}
}

// nothing is what a share of a sum of squares is by rounding alone.
const nothing = 1e-12

// solve finds the slope and the difference.
func (m *withinStrata) solve() Refusal {
	switch {
	case m.xx <= nothing*m.n:
		return ErrSameBefore
	case m.dd <= nothing*m.n:
		return ErrUnder2Groups
	case m.det() <= nothing*m.xx*m.dd:
		return ErrSameBeforeIn
	}
	m.slope = (m.dd*m.xy - m.xd*m.dy) / m.det()
	m.difference = (m.xx*m.dy - m.xd*m.xy) / m.det()
	return ""
}

func (m *withinStrata) det() float64 { return m.xx*m.dd - m.xd*m.xd }

// hc3 is the variance of the difference, levels²; false where somebody's h is 1.
func (m *withinStrata) hc3() (variance float64, ok bool) {
	det := m.det()
	for _, c := range m.cells {
		h := c.height + (m.dd*c.x*c.x-2*m.xd*c.x*c.d+m.xx*c.d*c.d)/det
		if 1-h < nothing {
			return 0, false
		}
		e := (c.y - m.slope*c.x - m.difference*c.d) / (1 - h)
		weight := (m.xx*c.d - m.xd*c.x) / det
		variance += c.count * weight * weight * e * e
	}
	return variance, true
}
