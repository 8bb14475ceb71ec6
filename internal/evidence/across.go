package evidence

import (
	"fmt"
	"maps"
	"slices"

	"cairn/internal/stat"
)

// Across works out what schemes say together, in the order of their names. It
// takes their findings, which must be of one score and one occasion.
func Across(schemes map[string]Finding) Together {
	return AcrossThose(Parts{Change: schemes, Due: schemes, All: schemes})
}

// Parts are the groups that have a part in each thing that groups say together.
type Parts struct {
	Change map[string]Finding // in the pool and the funnels of change: enough people measured twice
	Due    map[string]Finding // in the funnel of who was measured again: enough people due
	All    map[string]Finding // in the test of completion, which says itself where counts are small
}

// AcrossThose is Across where not the same groups have a part in everything. Those
// that are too small for one are named as left out of the pool, and the reason why
// something is not there counts them.
func AcrossThose(of Parts) Together {
	g := gaps{reasons: map[string]string{}}
	change := newAcross(g, of.Change).outOf(of.All, "measured twice")
	due := newAcross(g, of.Due).outOf(of.All, "due")
	all := newAcross(g, of.All)
	t := Together{
		PooledMeanChange:       change.pooled("pooled_mean_change", meanChange),
		PooledSMCR:             change.pooled("pooled_smcr", standardisedChange),
		FunnelMeanChange:       change.funnelled("funnel_mean_change"),
		FunnelCompletion:       due.shareFunnel("funnel_completion", completed),
		FunnelReliablyImproved: change.shareFunnel("funnel_reliably_improved", reliablyImproved),
		CompletionByScheme:     all.completion("completion_by_scheme"),
	}
	if p := t.PooledMeanChange; p != nil {
		for _, name := range p.Schemes {
			ch := of.Change[name].Change
			p.Ends = append(p.Ends, Range{ch.CILo, ch.CIHi})
		}
	}
	if len(g.reasons) > 0 {
		t.Reasons = g.reasons
	}
	return t
}

type across struct {
	gaps
	schemes map[string]Finding
	names   []string
	small   []string // groups with too few people to be among them
	who     string   // of whom they have too few
}

func newAcross(g gaps, of map[string]Finding) across {
	return across{gaps: g, schemes: of, names: slices.Sorted(maps.Keys(of))}
}

// outOf notes which groups are not among these.
func (a across) outOf(all map[string]Finding, who string) across {
	a.who = who
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if _, in := a.schemes[name]; !in {
			a.small = append(a.small, name)
		}
	}
	return a
}

// lacking notes why something is not there: that too few groups are large enough,
// where there would be enough of any size.
func (a *across) lacking(path string, why error) {
	large, all := len(a.names), len(a.names)+len(a.small)
	if large < leastTogether && all >= leastTogether {
		have := fmt.Sprintf("%d of %d groups has", large, all)
		if large == 0 {
			have = fmt.Sprintf("none of %d groups has", all)
		}
		why = fmt.Errorf("%s %d or more people %s, and at least %d such groups are needed", have, LeastOnASide, a.who, leastTogether)
	}
	a.missing(path, why)
}

// leastTogether is how many groups it takes to say something together.
const leastTogether = 2

// meanChange is a scheme's mean change with its sampling variance, if it has
// both.
func meanChange(f Finding) (value, variance *float64) {
	if f.Change.SE == nil || *f.Change.SE == 0 {
		return nil, nil
	}
	v := *f.Change.SD * *f.Change.SD / float64(f.Counts.Paired)
	return f.Change.Mean, &v
}

// standardisedChange is the same for SMCR, of schemes with a spread of changes.
func standardisedChange(f Finding) (value, variance *float64) {
	if f.Change.SD == nil || *f.Change.SD == 0 {
		return nil, nil
	}
	return f.Effect.SMCR.Y, f.Effect.SMCR.V
}

// estimates are those of the schemes that have one; the others are left out by
// name, never in silence.
func (a *across) estimates(of func(Finding) (value, variance *float64)) (in []Estimate, left []string) {
	left = []string{}
	for _, name := range a.names {
		value, variance := of(a.schemes[name])
		if value == nil || variance == nil {
			left = append(left, name)
			continue
		}
		in = append(in, Estimate{Study: name, Value: *value, Variance: *variance})
	}
	return in, left
}

func (a *across) pooled(path string, of func(Finding) (value, variance *float64)) *Pooled {
	in, left := a.estimates(of)
	pool, err := a.pool(path+".", in)
	if err != nil {
		a.lacking(path, err)
		return nil
	}
	p := &Pooled{Pool: pool, Excluded: append(left, a.small...), Small: a.small}
	slices.Sort(p.Excluded)
	for _, e := range in {
		p.Schemes, p.Y, p.V = append(p.Schemes, e.Study), append(p.Y, e.Value), append(p.V, e.Variance)
	}
	return p
}

func completed(f Finding) Proportion { return f.Counts.OfBaseline }

// reliablyImproved is by a threshold that is the same for every scheme.
func reliablyImproved(f Finding) Proportion {
	if f.ReliablyPublished != nil {
		return f.ReliablyPublished.Improved
	}
	return f.RCIFixedSD.Improved
}

func (a *across) funnelled(path string) *Funnel {
	in, _ := a.estimates(meanChange)
	f, err := a.funnel(path+".", in)
	if err != nil {
		a.lacking(path, err)
		return nil
	}
	return f
}

// shareFunnel leaves out schemes without anybody to count.
func (a *across) shareFunnel(path string, of func(Finding) Proportion) *ShareFunnel {
	var in []Proportion
	var names []string
	for _, name := range a.names {
		p := of(a.schemes[name])
		if p.Unknown() {
			a.missing(path, errNoThreshold)
			return nil
		}
		if p.N > 0 {
			in, names = append(in, p), append(names, name)
		}
	}
	f, err := a.shares(path+".", in)
	if err != nil {
		a.lacking(path, err)
		return nil
	}
	f.Scheme = names
	return f
}

// completion leaves out schemes where nobody had a baseline to be followed up.
func (a *across) completion(path string) *CompletionByGroup {
	c := &CompletionByGroup{}
	var groups []stat.Followed
	for _, name := range a.names {
		n := a.schemes[name].Counts
		if n.Baseline == 0 {
			continue
		}
		c.Groups, c.Completed, c.Lost = append(c.Groups, name), append(c.Completed, n.Paired), append(c.Lost, n.Lost)
		groups = append(groups, stat.Followed{Completed: int64(n.Paired), Lost: int64(n.Lost)})
	}
	test := stat.NewChiSquare(groups)
	if test.Statistic.Ptr() == nil {
		a.missing(path, test.Statistic.Why())
		return nil
	}
	c.ChiSquare = a.number(path+".chisq_nocc", test.Statistic)
	c.DF = a.whole(path+".df", test.DF)
	c.P = a.number(path+".p", test.P)
	c.MinExpected = a.number(path+".min_expected", test.MinExpected)
	c.FisherP = a.number(path+".fisher_p", stat.FisherExact(groups))
	return c
}
