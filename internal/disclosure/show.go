package disclosure

import (
	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A showing fills one figure from one finding.
type showing struct {
	Policy
	*Figure
	from evidence.Finding
}

// Show is the one way from an exact finding to what may be published of it. What
// a single figure can give away by itself does not pass; what several together
// can is looked for by Audit. A policy that Settled refuses is taken as the
// usual one.
func Show(p Policy, f evidence.Finding) Figure { return p.settled().show(f) }

// Shown is what Show makes of the truth behind a releasable figure, under its
// question: of a group less than of everybody.
func (e Exact) Shown(p Policy) Figure {
	f := Show(p, e.Finding)
	f.Question = e.Question
	f.Question.Filters = e.sorted()
	switch {
	case len(e.Filters) > 0:
		f.narrowed()
	case e.Way != nil:
		showing{Policy: f.Policy, Figure: &f, from: e.Finding}.taken(e.Way)
	}
	return f
}

func (p Policy) show(f evidence.Finding) Figure {
	s := showing{Policy: p, Figure: &Figure{}, from: f}
	s.Figure.Policy = s.Policy
	s.scale()
	s.flow()
	s.means()
	s.change()
	s.movement()
	s.distribution()
	s.ends()
	s.bounds()
	s.regression()
	return *s.Figure
}

func (s showing) scale() {
	sc := s.from.Score
	s.Scale = Scale{Series: sc.Series, Name: sc.Name, Direction: sc.Direction, Decimals: sc.Decimals, Unit: unit(sc)}
	if low, ok := sc.End(measure.LowerIsBetter); ok {
		s.Scale.Lowest = new(low.Points(sc.Decimals))
	}
	if high, ok := sc.End(measure.HigherIsBetter); ok {
		s.Scale.Highest = new(high.Points(sc.Decimals))
	}
}

// unit is what means of a score are rounded to. A score that jumps by 4 points
// has means that no other number of people could have, unless they are rounded
// as much more coarsely.
func unit(sc measure.Score) float64 {
	const usual = 0.1
	if jump := (measure.Level(sc.Times)).Points(sc.Decimals); jump > 1 {
		return usual * jump
	}
	return usual
}

func (s showing) flow() {
	f := s.from.Flow
	s.Flow = Flow{
		Referred:     s.count(f.Referred),
		Accepted:     s.count(f.Accepted),
		Started:      s.count(f.Started),
		Baseline:     s.count(f.Baseline),
		Died:         s.count(f.Exits[scheme.ExitDied]),
		Moved:        s.count(f.Exits[scheme.ExitMoved]),
		Due:          s.count(f.Due),
		Paired:       s.count(f.Paired),
		Lost:         s.count(f.Due - f.Paired),
		FollowupOnly: s.count(f.FollowupOnly),
	}
	s.Completion = s.share(f.Paired, f.Due)
	s.OfReferred = s.share(f.Paired, f.Referred)
}

func (s showing) movement() {
	better, same, worse, by := s.from.Movement()
	n := s.from.Counts.Paired
	s.Movement = Movement{
		Better: s.share(better.X, n), Same: s.share(same.X, n), Worse: s.share(worse.X, n),
		Reliable: by != "", By: by,
	}
	if points, ok := s.from.Threshold(); ok {
		s.Movement.Threshold = new(points)
		return
	}
	if s.Movement.Reliable {
		// The threshold is these people's own spread: its second decimal is too much.
		s.Movement.By = "from the reliability of the measure and the SD of the baselines"
	}
	s.hide("movement.threshold", "no threshold is agreed for this score")
}

func (s showing) ends() {
	ends := s.from.BaselineEnds
	s.Ends = Ends{Best: s.end("ends.at_best", ends.Best), Worst: s.end("ends.at_worst", ends.Worst)}
}

func (s showing) end(path string, at evidence.Proportion) Share {
	if at.Unknown() {
		s.hide(path, "the scale has no end there")
		return Share{Of: s.count(at.N)}
	}
	return s.share(at.X, at.N)
}
