package evidence

import (
	"errors"

	"cairn/internal/measure"
	"cairn/internal/stat"
)

// Reasons of our own, for blocks that a score's definition gives no ground for.
var (
	errNoReliability = errors.New("no reliability is known for this score")
	errNoReferenceSD = errors.New("no standard deviation of a reference group is known for this score")
	errNoThreshold   = errors.New("no threshold is agreed for this score")
)

// moved counts who got better, who neither and who worse. This is the one place
// in the product that turns up and down into better and worse.
func (c *counted) moved(far stat.Threshold) (better, neither, worse int, err error) {
	m, err := c.changes.Moved(far)
	if err != nil {
		return 0, 0, 0, err
	}
	if c.score.Direction == measure.LowerIsBetter {
		m.Up, m.Down = m.Down, m.Up
	}
	return int(m.Up), int(m.Within), int(m.Down), nil
}

// anyChange counts every change, however small.
func (c *counted) anyChange() (better, same, worse int) {
	better, same, worse, err := c.moved(stat.Threshold{Points: 0, Reach: stat.Past})
	if err != nil {
		c.missing("change.n_improved_any", err)
	}
	return better, same, worse
}

// reliableFixed takes the spread of the reference group that the definition
// names, so that schemes share one threshold.
func (c *counted) reliableFixed() *ReliableChange {
	const path = "rci_fixed_sd"
	switch r := c.score.Reliability; {
	case r == nil:
		c.missing(path, errNoReliability)
		return nil
	case r.SD <= 0:
		c.missing(path, errNoReferenceSD)
		return nil
	default:
		return c.reliable(path, "fixed", stat.Known(r.SD))
	}
}

// reliableBaseline takes the spread of everybody's baseline, lost people
// included: those who were found again may be more alike.
func (c *counted) reliableBaseline() *ReliableChange {
	const path = "rci_baseline_sd"
	if c.score.Reliability == nil {
		c.missing(path, errNoReliability)
		return nil
	}
	sd := c.baselines.Describe().SD
	if sd.Ptr() == nil {
		c.missing(path, sd.Why())
		return nil
	}
	return c.reliable(path, "baseline_all", sd)
}

// reliable is nil, as a whole and with its reason, where there is no threshold:
// a block of empty numbers around "0 people improved" would read as a result.
func (c *counted) reliable(path, source string, sd stat.Number) *ReliableChange {
	coefficient := c.score.Reliability.Coefficient
	jt := stat.JacobsonTruax(sd, coefficient)
	if jt.Threshold196.Ptr() == nil {
		c.missing(path, jt.Threshold196.Why())
		return nil
	}
	r := &ReliableChange{
		SDSource:       source,
		SD:             c.number(path+".sd", sd),
		Reliability:    &coefficient,
		SEM:            c.number(path+".sem", jt.SEM),
		SDiff:          c.number(path+".s_diff", jt.SDiff),
		Threshold196:   c.number(path+".threshold_196", jt.Threshold196),
		ThresholdQnorm: c.number(path+".threshold_qnorm", jt.ThresholdQnorm),
		N:              c.n(),
	}
	far := stat.Threshold{Points: *r.Threshold196, Reach: stat.Past}
	better, neither, worse, err := c.moved(far)
	if err != nil {
		c.missing(path, err)
		return nil
	}
	r.Improved = c.proportion(path+".improved", better, r.N)
	r.Deteriorated = c.proportion(path+".deteriorated", worse, r.N)
	r.NoChange = c.proportion(path+".no_reliable_change", neither, r.N)
	r.IfQnorm = c.variant(path+".counts_if_qnorm", stat.Threshold{Points: *r.ThresholdQnorm, Reach: stat.Past})
	r.IfInclusive = c.variant(path+".counts_if_inclusive", stat.Threshold{Points: far.Points, Reach: stat.AtLeast})
	return r
}

// variant counts better and worse by a slightly different threshold, to show
// whether the choice matters.
func (c *counted) variant(path string, far stat.Threshold) *[2]int {
	better, _, worse, err := c.moved(far)
	if err != nil {
		c.missing(path, err)
		return nil
	}
	return &[2]int{better, worse}
}

func (c *counted) published() *Published {
	const path = "reliable_published"
	t := c.score.Threshold
	if t == nil {
		c.missing(path, errNoThreshold)
		return nil
	}
	far := stat.Threshold{Points: t.Points, Reach: stat.Past}
	if t.Inclusive {
		far.Reach = stat.AtLeast
	}
	better, neither, worse, err := c.moved(far)
	if err != nil {
		c.missing(path, err)
		return nil
	}
	return &Published{
		Threshold:    *t,
		Improved:     c.proportion(path+".improved", better, c.n()),
		Deteriorated: c.proportion(path+".deteriorated", worse, c.n()),
		NoChange:     c.proportion(path+".no_reliable_change", neither, c.n()),
	}
}
