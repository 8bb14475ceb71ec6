package evidence

import (
	"math"

	"cairn/internal/stat"
)

// funnel sets estimates about their common mean.
func (g *gaps) funnel(path string, estimates []Estimate) (*Funnel, error) {
	f := &Funnel{}
	effects := make([]stat.Effect, len(estimates))
	for i, e := range estimates {
		effects[i] = stat.Effect{Value: e.Value, Variance: e.Variance}
		f.Scheme, f.Y, f.SE = append(f.Scheme, e.Study), append(f.Y, e.Value), append(f.SE, math.Sqrt(e.Variance))
	}
	s, err := stat.NewFunnel(effects)
	if err != nil {
		return nil, err
	}
	f.Target = g.number(path+"target", s.Target)
	f.Spread = g.spread(path, s.Spread)
	f.Unadjusted = g.limits(path+"limits_unadjusted", s.Unadjusted)
	f.Multiplicative = g.limits(path+"limits_multiplicative_wins", s.Multiplicative)
	f.Additive = g.limits(path+"limits_additive_wins", s.Additive)
	f.Outside, f.OutsideAdditive = f.named(s.Outside), f.named(s.OutsideAdditive)
	return f, nil
}

func (f *Funnel) named(places []int) []string {
	names := []string{}
	for _, i := range places {
		names = append(names, f.Scheme[i])
	}
	return names
}

func (g *gaps) spread(path string, s stat.Spread) Spread {
	return Spread{
		Z:            g.numbers(path+"z", s.Z),
		ZWinsorised:  g.numbers(path+"z_winsorised", s.ZWinsorised),
		WinsQ10:      g.number(path+"wins_q10", s.Q10),
		WinsQ90:      g.number(path+"wins_q90", s.Q90),
		Raw:          g.dispersion(path+"raw", s.Raw),
		Winsorised10: g.dispersion(path+"winsorised10", s.Winsorised),
	}
}

func (g *gaps) dispersion(path string, d stat.Overdispersion) Dispersion {
	return Dispersion{Phi: g.number(path+".phi", d.Phi), Tau2: g.number(path+".tau2", d.Tau2)}
}

func (g *gaps) limits(path string, l stat.FunnelLimits) Limits {
	return Limits{L95: g.band(path+".l95", l.P95), L998: g.band(path+".l998", l.P998)}
}

func (g *gaps) band(path string, b stat.Band) Band {
	return Band{Lo: g.numbers(path+".lo", b.Low), Hi: g.numbers(path+".hi", b.High)}
}

// shares takes proportions with somebody in each.
func (g *gaps) shares(path string, in []Proportion) (*ShareFunnel, error) {
	f := &ShareFunnel{}
	var groups []stat.Share
	for _, p := range in {
		groups = append(groups, stat.Share{X: int64(p.X), N: int64(p.N)})
		f.X, f.N = append(f.X, p.X), append(f.N, p.N)
	}
	s, err := stat.NewShareFunnel(groups)
	if err != nil {
		return nil, err
	}
	f.Target = g.number(path+"target", s.Target)
	f.Normal = g.limits(path+"normal", s.Normal)
	f.Exact = g.limits(path+"exact_binomial_interpolated", s.Exact)
	path += "arcsine."
	a := s.Arcsine
	f.Arcsine = ArcsineFunnel{
		Target:       g.number(path+"target", a.Target),
		Spread:       g.spread(path, a.Spread),
		L95:          g.band(path+"l95_unadjusted", a.Unadjusted.P95),
		L998:         g.band(path+"l998_unadjusted", a.Unadjusted.P998),
		L95Additive:  g.band(path+"l95_additive_wins", a.Additive.P95),
		L998Additive: g.band(path+"l998_additive_wins", a.Additive.P998),
	}
	return f, nil
}
