package disclosure

import (
	"cmp"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
)

// ErrUnsafe is a release that still gives something away when nothing more can
// be hidden, or that the auditor could not finish. It is not published.
var ErrUnsafe = errors.New("disclosure: the release is not safe to publish")

// A Report says what the auditor looked at and what it hid.
type Report struct {
	Figures int      `json:"figures"`
	Numbers int      `json:"numbers"` // unknown to an attacker: counts, and sums of scores
	Rows    int      `json:"rows"`    // that hold among them
	Rounds  int      `json:"rounds"`  // of attacking, and hiding what was found
	Hidden  []Hiding `json:"hidden"`
}

// A Hiding is something that was hidden beyond what Show hides.
type Hiding struct {
	Figure string `json:"figure"` // key of its question
	Path   string `json:"path"`   // of the number, "scores", or "figure" for all of it
	Found  string `json:"found"`  // what could be worked out without that; for who may see exact figures
}

// mostRounds is how often the auditor attacks before it gives up.
const mostRounds = 200

// Audit shows the findings of a release and tries to work out of them, and of all
// earlier releases, the number of people in a cell under the threshold or one
// person's score. It hides what gave it away, the smallest sibling first, and
// tries again, until nothing is found. The same input gives the same output.
//
// Figures come in the order of the keys of their questions. Audit fails with
// ErrNotListed for a question that List does not make or that comes twice, with
// ErrOverlap and ErrUnequal for figures that cannot stand beside each other, with
// ErrPolicy, and with ErrUnsafe when it does not come to an end: no release then.
//
// before holds the figures of each earlier release as they were shown.
func Audit(p Policy, now []Exact, before [][]Figure) ([]Figure, Report, error) {
	p, err := p.Settled()
	if err != nil {
		return nil, Report{}, err
	}
	now = slices.SortedFunc(slices.Values(now), func(a, b Exact) int { return cmp.Compare(a.Key(), b.Key()) })
	figures := make([]Figure, len(now))
	for i, e := range now {
		if err := e.listed(); err != nil {
			return nil, Report{}, err
		}
		if i > 0 && e.Key() == now[i-1].Key() {
			return nil, Report{}, fmt.Errorf("%w: %s twice", ErrNotListed, e.Key())
		}
		figures[i] = e.Shown(p)
	}
	if err := overlaps(now, before); err != nil {
		return nil, Report{}, err
	}
	report, err := audit(p, now, figures, before)
	if err != nil {
		return nil, report, err
	}
	for i := range figures {
		figures[i].Conclude(now[i].Design)
	}
	return figures, report, nil
}

// audit attacks each scheme, series and occasion by itself, since no number of
// one adds up with one of another, and puts the reports together in their order.
func audit(p Policy, now []Exact, figures []Figure, before [][]Figure) (Report, error) {
	all := Report{Figures: len(now), Hidden: []Hiding{}}
	var auditors []*auditor
	for from := 0; from < len(now); {
		to := from
		for to < len(now) && now[to].together(now[from].Question) {
			to++
		}
		m, err := plan(now[from:to], figures[from:to], before)
		if err != nil {
			return all, err
		}
		auditors = append(auditors, &auditor{model: m, policy: p})
		from = to
	}
	failed := make([]error, len(auditors))
	var work sync.WaitGroup
	turn := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, a := range auditors {
		work.Go(func() {
			turn <- struct{}{}
			failed[i] = a.run()
			<-turn
		})
	}
	work.Wait()
	for _, a := range auditors {
		all.Numbers += a.report.Numbers
		all.Rows += a.report.Rows
		all.Rounds = max(all.Rounds, a.report.Rounds)
		all.Hidden = append(all.Hidden, a.report.Hidden...)
	}
	return all, errors.Join(failed...)
}

// An auditor attacks a model and hides what it finds.
type auditor struct {
	*model
	policy Policy
	report Report
}

func (a *auditor) run() error {
	for a.report.Rounds < mostRounds {
		a.report.Rounds++
		found, err := a.attack()
		if err != nil {
			return fmt.Errorf("%w: %w", ErrUnsafe, err)
		}
		if len(found) == 0 {
			return nil
		}
		for i, e := range found {
			if i > 0 {
				if still, err := a.persists(e); err != nil || !still {
					continue // hidden with another, or looked at again in the next round
				}
			}
			if err := a.conceal(e); err != nil {
				return err
			}
		}
	}
	return fmt.Errorf("%w: something was found in each of %d rounds", ErrUnsafe, mostRounds)
}

// An exposure is something that can be worked out.
type exposure struct {
	node  int
	place int // of the number in its node: a cell or, behind those, a sum
	what  string
	by    reason // what gave it away
}

// attack tries everything once.
func (a *auditor) attack() ([]exposure, error) {
	a.shown()
	a.report.Numbers, a.report.Rows = len(a.low), len(a.rows)
	if err := a.settle(); err != nil {
		return nil, err
	}
	if err := a.holdsTruth(); err != nil {
		return nil, err
	}
	found := a.smallCells()
	scores, err := a.singleScores()
	if err != nil {
		return nil, err
	}
	return append(append(found, scores...), a.oneMore()...), nil
}

// holdsTruth makes sure that the auditor did not exclude what is true.
func (a *auditor) holdsTruth() error {
	for _, n := range a.nodes {
		for i, v := range n.truth {
			if at := n.first + i; v < a.low[at] || v > a.high[at] {
				return fmt.Errorf("%w: a number of %s", errImpossible, n.Key())
			}
		}
	}
	return nil
}
