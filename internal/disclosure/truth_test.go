package disclosure_test

import (
	"slices"
	"strconv"

	"cairn/internal/disclosure"
	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// truths are the small counts of a release, and the scores of single people.
type truths struct {
	counts map[string]int // by figure and path
	scores map[string]float64
	known  map[string]int // people measured twice
}

func (e epoch) truths(before *epoch) truths {
	tr := truths{counts: map[string]int{}, scores: map[string]float64{}, known: map[string]int{}}
	var was map[string][]person
	if before != nil {
		was = before.byFigure()
	}
	is := e.byFigure()
	for _, x := range e.exact {
		key := x.Key()
		tr.known[key] = x.Finding.Flow.Paired
		for path, n := range counted(x.Finding) {
			tr.counts[key+" "+path] = n
		}
		if x.Way != nil {
			for path, n := range takenBy(x.Way) {
				tr.counts[key+" "+path] = n
			}
		}
		one := onlyIn(is[key], was[key])
		switch {
		case before != nil && one != nil:
			tr.score(key, *one, e.score)
		case len(is[key]) == 1:
			tr.score(key, is[key][0], e.score)
		}
	}
	return tr
}

func (tr truths) score(key string, p person, sc measure.Score) {
	tr.scores[key+" before"] = p.from.Points(sc.Decimals)
	tr.scores[key+" after"] = p.to.Points(sc.Decimals)
}

// onlyIn is the one person by whom two groups differ.
func onlyIn(is, was []person) *person {
	var apart []person
	for _, pair := range [][2][]person{{is, was}, {was, is}} {
		for _, p := range pair[0] {
			if !slices.ContainsFunc(pair[1], func(q person) bool { return p.id == q.id && p.from == q.from && p.to == q.to }) {
				apart = append(apart, p)
			}
		}
	}
	if len(apart) != 1 {
		return nil
	}
	return &apart[0]
}

func (e epoch) byFigure() map[string][]person {
	all := map[string][]person{}
	for _, l := range e.lists {
		for _, p := range e.people {
			if p.scheme != l.Scheme || p.state != scheme.Paired || p.exit != scheme.Stayed {
				continue
			}
			for _, q := range p.answers(l) {
				all[q.Key()] = append(all[q.Key()], p)
			}
		}
	}
	return all
}

func counted(f evidence.Finding) map[string]int {
	better, same, worse, _ := f.Movement()
	all := map[string]int{
		"flow.referred": f.Flow.Referred, "flow.accepted": f.Flow.Accepted, "flow.started": f.Flow.Started,
		"flow.baseline": f.Flow.Baseline, "flow.due": f.Flow.Due, "flow.paired": f.Flow.Paired, "flow.lost": f.Flow.Due - f.Flow.Paired,
		"flow.died": f.Flow.Exits[scheme.ExitDied], "flow.moved_away": f.Flow.Exits[scheme.ExitMoved], "flow.followup_only": f.Flow.FollowupOnly,
		"movement.better.people": better.X, "movement.same.people": same.X, "movement.worse.people": worse.X,
	}
	shown := disclosure.Show(disclosure.Policy{}, f)
	for i, b := range shown.Distribution.Bands {
		all["distribution.bands."+strconv.Itoa(i)+".before"] = within(f.Before, b, f.Score)
		all["distribution.bands."+strconv.Itoa(i)+".after"] = within(f.After, b, f.Score)
	}
	return all
}

func within(bars []evidence.Bar, b disclosure.Band, sc measure.Score) (n int) {
	from, _ := measure.ParseLevel(b.From, sc.Decimals)
	to, _ := measure.ParseLevel(b.To, sc.Decimals)
	for _, bar := range bars {
		if bar.Level >= from && bar.Level <= to {
			n += bar.People
		}
	}
	return n
}
