package evidence

import (
	"cairn/internal/measure"
	"cairn/internal/stat"
)

const errOpenScale stat.Refusal = "the scale has no end there"

// Bounds are what the figures would be had everybody with a baseline been
// measured again (C13): lost people at the best and at the worst end of the
// scale, all of them better, none, or nobody changed. No assumption here is the
// right one; the width is what is not known.
type Bounds struct {
	N                 int        `json:"n_denominator"` // everybody with a baseline
	Lost              int        `json:"n_lost"`
	Best              *float64   `json:"mean_change_best_case"`  // score points
	Worst             *float64   `json:"mean_change_worst_case"` // score points
	Carried           Carried    `json:"bocf"`
	ImprovedWorst     Proportion `json:"improved_worst"` // none of the lost improved
	ImprovedBest      Proportion `json:"improved_best"`  // all of them did
	DeterioratedBest  Proportion `json:"deteriorated_best"`
	DeterioratedWorst Proportion `json:"deteriorated_worst"`
	// TippingPoint is by how much less than those found the lost would have to have
	// risen (below zero: fallen) for the 95% interval of everybody's mean change to
	// reach zero; score points. Nil where none is lost or the interval includes
	// zero already.
	TippingPoint *float64 `json:"tipping_point"`
}

// Carried is the change with every lost person's baseline carried forward;
// score points.
type Carried struct {
	Mean *float64 `json:"mean"`
	SD   *float64 `json:"sd"`
	CILo *float64 `json:"ci_lo"`
	CIHi *float64 `json:"ci_hi"`
	T    *float64 `json:"t"`
	P    *float64 `json:"p"`
}

func (c *counted) bounds() Bounds {
	lost := int(c.lost.N())
	b := Bounds{
		N: c.n() + lost, Lost: lost,
		Best:    c.filled("bounds.mean_change_best_case", c.score.Direction),
		Worst:   c.filled("bounds.mean_change_worst_case", -c.score.Direction),
		Carried: c.carried("bounds.bocf"),
	}
	b.TippingPoint = c.number("bounds.tipping_point", stat.TippingPoint(c.test.CI, int64(c.n()), int64(lost)))
	far, ok := c.agreed()
	if !ok {
		far = threshold{points: c.jacobsonTruax(c.referenceSD()).Threshold196, reach: stat.Past}
	}
	better, _, worse, err := c.by(far)
	share := func(name string, x int) Proportion {
		if err != nil {
			return c.uncounted("bounds."+name, b.N, err)
		}
		return c.proportion("bounds."+name, x, b.N)
	}
	b.ImprovedWorst, b.ImprovedBest = share("improved_worst", better), share("improved_best", better+lost)
	b.DeterioratedBest, b.DeterioratedWorst = share("deteriorated_best", worse), share("deteriorated_worst", worse+lost)
	return b
}

// filled is the mean change with every lost person at that end of the scale.
func (c *counted) filled(path string, towards measure.Direction) *float64 {
	end, ok := c.score.End(towards)
	if !ok {
		return c.number(path, stat.Refused(errOpenScale))
	}
	all, err := c.table.FilledAt(c.lost, int64(end))
	if err != nil {
		c.missing(path, err)
		return nil
	}
	return c.number(path, all.MeanChange)
}

func (c *counted) carried(path string) Carried {
	all, err := c.table.CarriedForward(c.lost)
	if err != nil {
		c.missing(path, err)
		return Carried{}
	}
	t := all.PairedT()
	return Carried{
		Mean: c.number(path+".mean", t.Mean),
		SD:   c.number(path+".sd", t.SD),
		CILo: c.number(path+".ci_lo", t.CI.Low),
		CIHi: c.number(path+".ci_hi", t.CI.High),
		T:    c.number(path+".t", t.T),
		P:    c.number(path+".p", t.P),
	}
}
