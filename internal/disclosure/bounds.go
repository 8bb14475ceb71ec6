package disclosure

import (
	"cairn/internal/stat"
)

// bounds works out from shown numbers what the lost could hide. The exact best
// case less the exact worst case is the share lost times the length of the
// scale: it gives their number away.
func (s showing) bounds() {
	f := s.Figure
	if !f.Flow.Lost.Known() {
		f.hideBounds(WhyBounds)
		return
	}
	if f.Change.Mean == nil {
		f.hideBounds(s.few(s.from.Counts.Paired, forMean))
		return
	}
	b := &f.Bounds
	paired, lost := float64(*f.Flow.Paired.N), float64(*f.Flow.Lost.N)
	share := lost / (paired + lost)
	b.Carried = tenth(*f.Change.Mean * (1 - share))
	b.Best = s.filled("bounds.mean_change_best_case", s.better(f.Scale.Highest, f.Scale.Lowest), share)
	b.Worst = s.filled("bounds.mean_change_worst_case", s.better(f.Scale.Lowest, f.Scale.Highest), share)
	b.TippingPoint = s.tipping()
	s.boundShares()
}

// better picks by which way is better: up, or down.
func (s showing) better(up, down *float64) *float64 {
	if s.Scale.Direction < 0 {
		return down
	}
	return up
}

// filled is the mean change had the lost all ended there.
func (s showing) filled(path string, end *float64, share float64) *float64 {
	switch {
	case end == nil:
		s.hide(path, "the scale has no end there")
		return nil
	case s.Lost.Mean == nil:
		s.hideAgain(path, s.few(s.from.Counts.Lost, forMean))
		return nil
	}
	return tenth(*s.Figure.Change.Mean*(1-share) + (*end-*s.Lost.Mean)*share)
}

func (s showing) tipping() *float64 {
	const path = "bounds.tipping_point"
	c := s.Figure.Change
	if c.Lo == nil || c.Hi == nil {
		s.hide(path, s.few(s.from.Counts.Paired, forSD))
		return nil
	}
	interval := stat.Interval{Low: stat.Known(*c.Lo), High: stat.Known(*c.Hi)}
	tip := stat.TippingPoint(interval, int64(*s.Flow.Paired.N), int64(*s.Flow.Lost.N))
	if why := tip.Why(); tip.Ptr() == nil {
		s.hide(path, why.Error())
		return nil
	}
	return tenth(*tip.Ptr())
}

// boundShares is better and worse among everybody due: had none of the lost, or
// all, been so.
func (s showing) boundShares() {
	b, lost := &s.Figure.Bounds, *s.Flow.Lost.N
	all := *s.Flow.Paired.N + lost
	of := func(path string, c Count) (lo, hi *int) {
		if !c.Known() {
			s.hide("bounds."+path+"_lo", c.Text())
			s.hide("bounds."+path+"_hi", c.Text())
			return nil, nil
		}
		return percent(*c.N, all), percent(*c.N+lost, all)
	}
	b.BetterLo, b.BetterHi = of("better", s.Movement.Better.People)
	b.WorseLo, b.WorseHi = of("worse", s.Movement.Worse.People)
}

func (f *Figure) hideBounds(why string) {
	f.Bounds = Bounds{}
	for _, path := range []string{
		"mean_change_best_case", "mean_change_worst_case", "mean_change_carried", "tipping_point",
		"better_lo", "better_hi", "worse_lo", "worse_hi",
	} {
		f.hideAgain("bounds."+path, why)
	}
}
