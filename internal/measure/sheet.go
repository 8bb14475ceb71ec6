package measure

import (
	"math"
	"slices"
)

// A Sheet is the scoring of a measure written out as tables: what an answer
// counts for, and which score each sum gives. Whoever adds up and looks up has
// the same score as FromItems and FromScore, without knowing a rule. A browser
// shows scores by it before they are saved; what is kept is scored again.
type Sheet struct {
	// Missing is how many items may be left out and something still be recorded.
	Missing int          `json:"missing"`
	Items   []SheetItem  `json:"items"`
	Scores  []SheetScore `json:"scores"`
	// Typed are the scores that a number gives, by its series and its shortest
	// form, for the series that others are converted from.
	Typed map[Series]map[string][]SheetResult `json:"typed"`
	// Ranks are scores of which one must go with the other.
	Ranks []SheetRank `json:"ranks,omitempty"`
	// Profile says that the answers are read side by side.
	Profile bool `json:"profile,omitempty"`
}

// A SheetRank says which ranks a score can go with by the published cut points.
type SheetRank struct {
	Of    Series      `json:"of"`   // the score
	Rank  Series      `json:"rank"` // the score that is its rank
	Steps []SheetStep `json:"steps"`
}

// A SheetStep holds from a score on until the next step.
type SheetStep struct {
	From  float64  `json:"from"`
	Ranks []string `json:"ranks"`
}

// A SheetItem is one question.
type SheetItem struct {
	Key    string         `json:"key"`
	Points map[string]int `json:"points"` // by the answer as it is typed, x 10^decimals of the item
}

// A SheetScore is one score that answers give.
type SheetScore struct {
	Series Series `json:"series"`
	Name   string `json:"name"`
	Better string `json:"better"`
	Range  string `json:"range,omitempty"` // "7 to 35"; empty for a scale without ends
	Items  []int  `json:"items"`           // by place in Sheet.Items
	// Results are by how many of the items were answered, and then by the sum of
	// their points.
	Results map[int]map[int]string `json:"results"`
}

// A SheetResult is one score in words.
type SheetResult struct {
	Series Series `json:"series"`
	Name   string `json:"name"`
	Text   string `json:"text"`
	Better string `json:"better"`
	Range  string `json:"range,omitempty"`
}

// Sheet writes the scoring out. A score whose rule is no table, as that of goal
// attainment, is left out.
func (d Definition) Sheet() Sheet {
	s := Sheet{Missing: d.MissingItems, Items: []SheetItem{}, Scores: []SheetScore{}, Typed: map[Series]map[string][]SheetResult{}, Ranks: d.ranksOn(), Profile: d.Profile}
	for _, it := range d.Items {
		points := map[string]int{}
		for r := it.Min; r <= it.Max; r += it.step() {
			points[it.Response(r)] = d.points(it, r)
		}
		s.Items = append(s.Items, SheetItem{it.Key, points})
	}
	for _, sc := range d.Scores {
		switch {
		case sc.Kind == KindItem:
			s.Scores = append(s.Scores, d.answered(sc))
		case sc.Kind == KindRaw && sc.Rule != GAS && len(d.needs(sc)) > 0:
			s.Scores = append(s.Scores, d.summed(sc)...)
		}
		if typed := d.typed(sc); len(typed) > 0 {
			s.Typed[sc.Series] = typed
		}
	}
	return s
}

// onSheet is a score without its results.
func onSheet(sc Score) SheetScore {
	return SheetScore{Series: sc.Series, Name: sc.Name, Better: sc.Better(), Range: sc.ends(), Results: map[int]map[int]string{}}
}

// Length is from one end of the scale to the other, score points; without end
// where the scale is open.
func (s Score) Length() float64 {
	if s.Open {
		return math.Inf(1)
	}
	return (s.Max - s.Min).Points(s.Decimals)
}

// ends are the ends of the scale in words, empty where it lacks one.
func (s Score) ends() string {
	if s.Open {
		return ""
	}
	return s.Text(s.Min) + " to " + s.Text(s.Max)
}

// answered is a score that is one item's answer.
func (d Definition) answered(sc Score) SheetScore {
	of := onSheet(sc)
	i := slices.IndexFunc(d.Items, func(it Item) bool { return it.Key == sc.Item })
	it := d.Items[i]
	of.Items, of.Results[1] = []int{i}, map[int]string{}
	for r := it.Min; r <= it.Max; r += it.step() {
		p := d.points(it, r)
		of.Results[1][p] = sc.Text(Level(p) * Level(Pow10(sc.Decimals-it.Decimals)))
	}
	return of
}

// summed is a raw score with what is converted from it.
func (d Definition) summed(sc Score) []SheetScore {
	needs := d.needs(sc)
	all := []SheetScore{onSheet(sc)}
	for _, to := range d.convertedFrom(sc.Series) {
		all = append(all, onSheet(to))
	}
	for i, it := range d.Items {
		if slices.ContainsFunc(needs, func(n Item) bool { return n.Key == it.Key }) {
			for n := range all {
				all[n].Items = append(all[n].Items, i)
			}
		}
	}
	for answered := max(1, len(needs)-sc.mayMiss(len(needs))); answered <= len(needs); answered++ {
		for n := range all {
			all[n].Results[answered] = map[int]string{}
		}
		least, most := d.sums(needs, answered)
		for sum := least; sum <= most; sum++ {
			level := sc.of(int64(sum)*Pow10(sc.Decimals-needs[0].Decimals), int64(answered), int64(len(needs)))
			for n, made := range d.withMetric(Scored{sc.Series, level}) {
				to, _ := d.Score(made.Series)
				all[n].Results[answered][sum] = to.Text(made.Level)
			}
		}
	}
	return all
}

// sums are the least and the most that so many of the items can add up to.
func (d Definition) sums(needs []Item, answered int) (least, most int) {
	var fewest, highest []int
	for _, it := range needs {
		low, high := d.pointsRange(it)
		fewest, highest = append(fewest, low), append(highest, high)
	}
	slices.Sort(fewest)
	slices.Sort(highest)
	for i := range answered {
		least += fewest[i]
		most += highest[len(highest)-1-i]
	}
	return least, most
}

// typed are the scores that each number of a series gives when it is typed in.
func (d Definition) typed(sc Score) map[string][]SheetResult {
	if !sc.Enter || sc.Open || len(d.convertedFrom(sc.Series)) == 0 {
		return nil
	}
	all := map[string][]SheetResult{}
	for l := sc.Min; l <= sc.Max; l++ {
		made, err := d.FromScore(sc.Series, sc.Text(l))
		if err != nil {
			continue // no answers give it
		}
		for _, m := range made {
			to, _ := d.Score(m.Series)
			all[sc.Text(l)] = append(all[sc.Text(l)], SheetResult{m.Series, to.Name, to.Text(m.Level), to.Better(), to.ends()})
		}
	}
	return all
}
