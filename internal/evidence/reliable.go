package evidence

import (
	"cairn/internal/measure"
	"cairn/internal/stat"
)

// Reasons of our own, for what a score's definition gives no ground for.
const (
	errNoReliability stat.Refusal = "no reliability is known for this score"
	errNoReferenceSD stat.Refusal = "no standard deviation of a reference group is known for this score"
	errNoThreshold   stat.Refusal = "no threshold is agreed for this score"
)

// ReliableChange is Jacobson and Truax's, from a reliability and an SD (C8).
// Where either is missing, so are the threshold and all that is counted by it.
type ReliableChange struct {
	SDSource       string     `json:"sd_source"` // fixed | baseline_all
	SD             *float64   `json:"sd"`
	Reliability    *float64   `json:"reliability"`
	SEM            *float64   `json:"sem"`
	SDiff          *float64   `json:"s_diff"`
	Threshold196   *float64   `json:"threshold_196"`
	ThresholdQnorm *float64   `json:"threshold_qnorm"`
	N              int        `json:"n"`
	Improved       Proportion `json:"improved"`
	Deteriorated   Proportion `json:"deteriorated"`
	NoChange       Proportion `json:"no_reliable_change"`
	IfQnorm        [2]*int    `json:"counts_if_qnorm"` // improved, deteriorated
	IfInclusive    [2]*int    `json:"counts_if_inclusive"`
}

// Known reports whether there is a threshold to count by. One of 0, from people
// who all began alike or a measure said to be without error, tells nobody apart:
// its counts stand under their names, and nothing is called reliable by them.
func (r ReliableChange) Known() bool { return r.Threshold196 != nil && *r.Threshold196 > 0 }

// Published is the same counts by a published threshold, which carries its
// source; nil where a score has no agreed threshold.
type Published struct {
	Threshold    measure.Threshold `json:"threshold"`
	Improved     Proportion        `json:"improved"`
	Deteriorated Proportion        `json:"deteriorated"`
	NoChange     Proportion        `json:"no_reliable_change"`
}

// Threshold is how far one person's score must move to count as reliable change,
// score points: published where there is one, else from the reliability and the
// reference group that came with the measure.
func (f Finding) Threshold() (points float64, ok bool) {
	switch {
	case f.ReliablyPublished != nil:
		return f.ReliablyPublished.Threshold.Points, true
	case f.RCIFixedSD.Known():
		return *f.RCIFixedSD.Threshold196, true
	}
	return 0, false
}

// moved counts who got better, who neither and who worse.
func (c *counted) moved(far stat.Threshold) (better, neither, worse int, err error) {
	m, err := c.changes.Moved(far)
	if err != nil {
		return 0, 0, 0, err
	}
	better, worse = c.turned(m.Up, m.Down)
	return better, int(m.Within), worse, nil
}

// turned is the one place in the product that turns up and down into better and
// worse.
func (c *counted) turned(up, down int64) (better, worse int) {
	if c.score.Direction == measure.LowerIsBetter {
		up, down = down, up
	}
	return int(up), int(down)
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
func (c *counted) reliableFixed() ReliableChange {
	return c.reliable("rci_fixed_sd", "fixed", c.referenceSD())
}

func (c *counted) referenceSD() stat.Number {
	if c.score.Reliability == nil {
		return stat.Refused(errNoReferenceSD)
	}
	return given(c.score.Reliability.SD, errNoReferenceSD)
}

// reliableBaseline takes the spread of everybody's baseline, lost people
// included: those who were found again may be more alike.
func (c *counted) reliableBaseline() ReliableChange {
	return c.reliable("rci_baseline_sd", "baseline_all", c.baselines.Describe().SD)
}

func (c *counted) reliable(path, source string, sd stat.Number) ReliableChange {
	jt := c.jacobsonTruax(sd)
	r := ReliableChange{
		SDSource:       source,
		SD:             c.number(path+".sd", sd),
		Reliability:    c.number(path+".reliability", c.reliability()),
		SEM:            c.number(path+".sem", jt.SEM),
		SDiff:          c.number(path+".s_diff", jt.SDiff),
		Threshold196:   c.number(path+".threshold_196", jt.Threshold196),
		ThresholdQnorm: c.number(path+".threshold_qnorm", jt.ThresholdQnorm),
		N:              c.n(),
	}
	strict := threshold{points: jt.Threshold196, reach: stat.Past}
	r.Improved, r.NoChange, r.Deteriorated = c.shares(path, strict)
	r.IfQnorm = c.variant(path+".counts_if_qnorm", threshold{points: jt.ThresholdQnorm, reach: stat.Past})
	r.IfInclusive = c.variant(path+".counts_if_inclusive", threshold{points: jt.Threshold196, reach: stat.AtLeast})
	return r
}

// jacobsonTruax is refused for want of a reliability as well as of a spread.
func (c *counted) jacobsonTruax(sd stat.Number) stat.ReliableChange {
	coefficient, err := c.reliability().Value()
	if err != nil {
		sd = stat.Refused(errNoReliability)
	}
	return stat.JacobsonTruax(sd, coefficient)
}

// reliability is the test-retest coefficient of the score's definition.
func (c *counted) reliability() stat.Number {
	if c.score.Reliability == nil {
		return stat.Refused(errNoReliability)
	}
	return given(c.score.Reliability.Coefficient, errNoReliability)
}

// A threshold is how far a change has to go, where that is known.
type threshold struct {
	points stat.Number // score points
	reach  stat.Reach
}

// by counts people by a threshold; an error says why they cannot be counted.
func (c *counted) by(t threshold) (better, neither, worse int, err error) {
	points, err := t.points.Value()
	if err != nil {
		return 0, 0, 0, err
	}
	return c.moved(stat.Threshold{Points: points, Reach: t.reach})
}

// shares are the three shares of everybody measured twice, always together.
func (c *counted) shares(path string, t threshold) (better, neither, worse Proportion) {
	b, n, w, err := c.by(t)
	if err != nil {
		return c.uncounted(path+".improved", c.n(), err), c.uncounted(path+".no_reliable_change", c.n(), err),
			c.uncounted(path+".deteriorated", c.n(), err)
	}
	return c.proportion(path+".improved", b, c.n()), c.proportion(path+".no_reliable_change", n, c.n()),
		c.proportion(path+".deteriorated", w, c.n())
}

// variant counts better and worse by a slightly different threshold, to show
// whether the choice matters.
func (c *counted) variant(path string, t threshold) [2]*int {
	points, err := t.points.Value()
	if err != nil {
		c.missing(path, err)
		return [2]*int{}
	}
	up, down, err := c.changes.Reached(stat.Threshold{Points: points, Reach: t.reach})
	if err != nil {
		c.missing(path, err)
		return [2]*int{}
	}
	better, worse := c.turned(up, down)
	return [2]*int{&better, &worse}
}

// agreed is the published threshold of the score.
func (c *counted) agreed() (threshold, bool) {
	t := c.score.Threshold
	if t == nil {
		return threshold{}, false
	}
	far := threshold{points: stat.Known(t.Points), reach: stat.Past}
	if t.Inclusive {
		far.reach = stat.AtLeast
	}
	return far, true
}

func (c *counted) published() *Published {
	const path = "reliable_published"
	far, ok := c.agreed()
	if !ok {
		c.missing(path, errNoThreshold)
		return nil
	}
	p := &Published{Threshold: *c.score.Threshold}
	p.Improved, p.NoChange, p.Deteriorated = c.shares(path, far)
	return p
}
