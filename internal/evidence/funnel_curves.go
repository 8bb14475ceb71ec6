package evidence

import (
	"math"

	"cairn/internal/stat"
)

// Curves are the limits of a funnel for groups of sizes that nobody need have, so
// that they can be drawn as what they are. Each runs in the order of the sizes that
// were asked for; Additive is 99.8% and allows for more than chance.
type Curves struct{ P95, P998, Additive Band }

// Curves are the limits at standard errors; empty where there is no target.
func (f Funnel) Curves(errors []float64) Curves {
	if f.Target == nil {
		return Curves{}
	}
	var g gaps
	plain := g.limits("", stat.LimitsAbout(*f.Target, errors))
	c := Curves{P95: plain.L95, P998: plain.L998}
	if tau2 := f.Winsorised10.Tau2; tau2 != nil {
		wider := make([]float64, len(errors))
		for i, se := range errors {
			wider[i] = math.Sqrt(se*se + *tau2)
		}
		c.Additive = g.limits("", stat.LimitsAbout(*f.Target, wider)).L998
	}
	return c
}

// Curves are the limits at numbers of people, 0 to 1 and, of the exact ones,
// beyond; empty where there is no target.
func (f ShareFunnel) Curves(people []int64) Curves {
	if f.Target == nil {
		return Curves{}
	}
	var g gaps
	plain := g.limits("", stat.ShareLimitsAbout(*f.Target, people))
	c := Curves{P95: plain.L95, P998: plain.L998}
	if tau2 := f.Arcsine.Winsorised10.Tau2; tau2 != nil && f.Arcsine.Target != nil {
		c.Additive = g.limits("", stat.ArcsineLimitsAbout(*f.Arcsine.Target, *tau2, people)).L998
	}
	return c
}
