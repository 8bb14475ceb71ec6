package exchange

import (
	"runtime"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// Parts are everybody enrolled, by their scheme or by their group.
type parts struct {
	of    []int32 // by enrolment: 1 + its place in names, 0 for none
	names []string
}

// parts splits by the number in Data.names that an enrolment has.
func (d *Data) parts(number func(who int) int32) parts {
	p := parts{of: make([]int32, d.enrolled.n)}
	place := make([]int32, len(d.names.names))
	for i, e := range d.enrolled.all {
		n := number(i)
		if n == noGroup || !e.isListed() {
			continue
		}
		if place[n] == 0 {
			p.names = append(p.names, d.names.names[n])
			place[n] = int32(len(p.names))
		}
		p.of[i] = place[n]
	}
	return p
}

// Steps are the scores of one measure as steps above the lowest there is.
type steps struct {
	of     [][]int64     // by time point and enrolment: 1 + the step, 0 where there is no score
	lowest measure.Level // with the decimals of the measure
	most   int64         // the most that of holds
}

func (d *Data) steps(m int) steps {
	x := d.extents[m]
	s := steps{
		of:     make([][]int64, len(d.Settings.Timepoints)),
		lowest: x.coarsen(x.lowest),
		most:   1 + int64(x.coarsen(x.highest-x.lowest)),
	}
	none := make([]int64, d.enrolled.n) // of every time point without a score
	for i := range s.of {
		s.of[i] = none
		if x.at[i] {
			s.of[i] = make([]int64, d.enrolled.n)
		}
	}
	inShares(func(part, of int) { // nobody has two scores of a measure at a time point
		for score := range d.scores.share(part, of) {
			if int(score.measure) == m && score.counts() {
				s.of[score.time][score.who] = 1 + int64(x.coarsen(score.level-x.lowest))
			}
		}
	})
	return s
}

// A way is from a step at the first time point to one at a later.
type way struct{ from, to int64 }

// mostCounters keeps the counters of tabulate below 16 MB.
const mostCounters = 1 << 22

// tabulate counts everybody by part and way: with a counter for each way that
// there is where these are few, as on a scale of whole numbers, else one by one.
func (p parts) tabulate(s steps, later int) map[string]scheme.Transitions {
	tables := make([]scheme.Transitions, len(p.names)+1)
	for i := range tables {
		tables[i] = scheme.NewTransitions()
	}
	side := s.most + 1
	if side <= mostCounters/side/int64(len(tables)) {
		counters := p.counted(s, later, side)
		inShares(func(share, of int) {
			for part := share; part < len(tables); part += of {
				for i, n := range counters[int64(part)*side*side : int64(part+1)*side*side] {
					if n > 0 {
						tables[part].Add(s.tally(way{int64(i) / side, int64(i) % side}, int(n)))
					}
				}
			}
		})
	} else {
		for i, part := range p.of {
			tables[part].Add(s.tally(way{s.of[0][i], s.of[later][i]}, 1))
		}
	}
	byName := map[string]scheme.Transitions{}
	for i, name := range p.names {
		byName[name] = tables[i+1]
	}
	return byName
}

// counted is how many of each part went each way.
func (p parts) counted(s steps, later int, side int64) []int32 {
	all := make([][]int32, runtime.GOMAXPROCS(0)) // by share
	inShares(func(part, of int) {
		counters := make([]int32, int64(len(p.names)+1)*side*side)
		for i := part * len(p.of) / of; i < (part+1)*len(p.of)/of; i++ {
			counters[(int64(p.of[i])*side+s.of[0][i])*side+s.of[later][i]]++
		}
		all[part] = counters
	})
	for _, more := range all[1:] {
		for i, n := range more {
			all[0][i] += n
		}
	}
	return all[0]
}

// tally is how many went a way.
func (s steps) tally(w way, people int) scheme.Tally {
	t := scheme.Tally{State: scheme.Enrolled, Stage: scheme.StageReferred, People: people}
	if w.from > 0 {
		t.State, t.From = scheme.BaselineOnly, s.lowest+measure.Level(w.from-1)
	}
	if w.to > 0 {
		t.State, t.To = scheme.FollowupOnly, s.lowest+measure.Level(w.to-1)
	}
	if w.from > 0 && w.to > 0 {
		t.State = scheme.Paired
	}
	return t
}
