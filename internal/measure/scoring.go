package measure

import (
	"fmt"
	"slices"

	"cairn/internal/fault"
)

// FromItems scores the responses given, by item key. Items left out are absent
// from the map. It faults, at "items.<key>", for every response the measure
// does not have, and at "items" when more are missing than its rule allows or
// the responses give no score at all. Two scores of which one ranks the other
// and that contradict each other fault too.
func (d Definition) FromItems(responses map[string]int) ([]Scored, error) {
	var wrong fault.List
	answered := 0
	for _, it := range d.Items {
		r, ok := responses[it.Key]
		if !ok {
			continue
		}
		answered++
		if !it.Takes(r) {
			wrong.Add(fault.New(fault.Invalid, fault.ScoreRange, "%s", it.choice()).At("items." + it.Key))
		}
	}
	for key := range responses {
		if _, ok := d.Item(key); !ok {
			wrong.Add(fault.New(fault.Invalid, fault.InputUnknown, "%s has no item of that name.", d.Short).At("items." + shorten(key)))
		}
	}
	if missing := len(d.Items) - answered; missing > d.MissingItems || answered == 0 {
		wrong.Add(fault.New(fault.Invalid, fault.ItemsMissing, "%s", d.missingRule()).At("items"))
	}
	if err := wrong.Err(); err != nil {
		return nil, err
	}
	made := d.scored(responses)
	if len(made) == 0 {
		return nil, fault.New(fault.Invalid, fault.ItemsMissing, "%s", d.unscored(responses)).At("items")
	}
	if err := d.agree(made); err != nil {
		return nil, err
	}
	return made, nil
}

// choice says which responses the item takes.
func (it Item) choice() string {
	said := fmt.Sprintf("Choose a number from %s to %s", it.Response(it.Min), it.Response(it.Max))
	if it.step() > 1 {
		said += " in steps of " + it.Response(it.step())
	}
	return said + "."
}

func (d Definition) missingRule() string {
	switch {
	case d.MissingItems == 0:
		return "Answer every question: " + d.Short + " cannot be scored with one left out."
	case d.MissingItems >= len(d.Items)-1:
		return "Answer at least one question."
	default:
		return "Too many questions are left out for " + d.Short + " to be scored."
	}
}

// unscored says why valid responses give no score.
func (d Definition) unscored(responses map[string]int) string {
	if d.Own == nil {
		return "Too many questions are left out for " + d.Short + " to be scored."
	}
	if goals, weighted := d.goals(responses); weighted > 0 && weighted < len(goals) {
		return "Give importance and difficulty for every " + d.Own.Name + " that is rated, or for none."
	} else if weighted > 0 {
		return "At least one " + d.Own.Name + " needs an importance and a difficulty above 0: without weight there is no score."
	}
	return "Rate at least one " + d.Own.Name + "."
}

// scored makes the scores of valid responses: each that nothing is missing for,
// by its own rule, with what is converted from it.
func (d Definition) scored(responses map[string]int) []Scored {
	var out []Scored
	for _, sc := range d.Scores {
		switch sc.Kind {
		case KindItem:
			if r, ok := responses[sc.Item]; ok {
				it, _ := d.Item(sc.Item)
				out = append(out, Scored{sc.Series, Level(d.points(it, r)) * Level(Pow10(sc.Decimals-it.Decimals))})
			}
		case KindRaw:
			if level, ok := d.raw(sc, responses); ok {
				out = append(out, d.withMetric(Scored{sc.Series, level})...)
			}
		}
	}
	return out
}

// raw makes one raw score; ok is false where its rule does not let it be made
// of these responses.
func (d Definition) raw(sc Score, responses map[string]int) (level Level, ok bool) {
	if sc.Rule == GAS {
		return d.attained(sc, responses)
	}
	needs := d.needs(sc)
	decimals, answered, sum := 0, 0, int64(0)
	for _, it := range needs {
		decimals = it.Decimals
		if r, ok := responses[it.Key]; ok {
			answered++
			sum += int64(d.points(it, r))
		}
	}
	if answered == 0 || len(needs)-answered > sc.mayMiss(len(needs)) {
		return 0, false
	}
	return sc.of(sum*Pow10(sc.Decimals-decimals), int64(answered), int64(len(needs))), true
}

// of is the raw score of a sum of points (x 10^decimals of the score) over those
// that were answered of the items it needs.
func (s Score) of(sum, answered, needs int64) Level {
	switch {
	case s.Rule == Mean:
		return Level(rounded(sum, answered))
	case s.Missing != nil && s.Missing.Fill == FillMean:
		return Level(rounded(sum*needs, answered))
	default:
		return Level(sum)
	}
}

// needs are the items that a raw score is made of.
func (d Definition) needs(sc Score) []Item {
	if len(sc.Items) == 0 && sc.Rating == "" {
		return d.Items
	}
	var all []Item
	for _, it := range d.Items {
		if sc.Rating != "" && it.Rating == sc.Rating || slices.Contains(sc.Items, it.Key) {
			all = append(all, it)
		}
	}
	return all
}

// mayMiss is how many of the items it is made of a score can do without. Own
// problems are as many as a person names.
func (s Score) mayMiss(items int) int {
	switch {
	case s.Rating != "":
		return items - 1
	case s.Missing != nil:
		return s.Missing.Most
	}
	return 0
}

// rounded is n / by to the nearest whole number, halves upwards; by is above 0.
func rounded(n, by int64) int64 {
	twice := 2*n + by
	whole := twice / (2 * by)
	if twice%(2*by) < 0 {
		whole--
	}
	return whole
}

// FromScore takes one score typed in as text. A raw score that a table
// converts gives the converted score too; a metric score must stand on the
// table. Faults point at "score" or "series".
func (d Definition) FromScore(series Series, text string) ([]Scored, error) {
	sc, ok := d.Score(series)
	if !ok || !sc.Enter {
		return nil, fault.New(fault.Invalid, fault.MeasureUnknown, "%s has no score “%s” that can be typed in.", d.Short, shorten(string(series))).At("series")
	}
	level, err := ParseLevel(text, sc.Decimals)
	if err != nil {
		all, accident := fault.All(err)
		if accident != nil {
			return nil, accident
		}
		return nil, all[0].At("score")
	}
	if err := sc.Accept(level); err != nil {
		return nil, err
	}
	if below, above, ok := d.reached(sc, level); !ok {
		return nil, fault.New(fault.Invalid, fault.ScoreNotOnTable,
			"No set of answers to %s gives this converted score: the nearest are %s and %s. Check what you typed, and whether it is the raw total.",
			d.Short, sc.Text(below), sc.Text(above)).At("score")
	}
	return d.withMetric(Scored{series, level}), nil
}

// Accept faults, at "score", for a level the score cannot take.
func (s Score) Accept(l Level) error {
	if l >= s.Min && l <= s.Max {
		return nil
	}
	lowest, low := s.End(LowerIsBetter)
	highest, high := s.End(HigherIsBetter)
	said := "This number is too large to be a score."
	switch {
	case low && high:
		said = fmt.Sprintf("%s runs from %s to %s. Check what you typed.", s.Name, s.Text(lowest), s.Text(highest))
	case low && l < lowest:
		said = fmt.Sprintf("%s has no score below %s. Check what you typed.", s.Name, s.Text(lowest))
	case high && l > highest:
		said = fmt.Sprintf("%s has no score above %s. Check what you typed.", s.Name, s.Text(highest))
	}
	return fault.New(fault.Invalid, fault.ScoreRange, "%s", said).At("score")
}

// withMetric adds what is converted from a raw score.
func (d Definition) withMetric(s Scored) []Scored {
	out := []Scored{s}
	for _, to := range d.convertedFrom(s.Series) {
		if level, ok := d.converted(to, s.Level); ok {
			out = append(out, Scored{to.Series, level})
		}
	}
	return out
}

// converted is the metric score of a raw level; ok is false where the table
// does not have it.
func (d Definition) converted(to Score, raw Level) (Level, bool) {
	if to.Times > 0 {
		from, _ := d.Score(d.source(to))
		return raw * Level(to.Times) * Level(Pow10(to.Decimals)) / Level(Pow10(from.Decimals)), true
	}
	for _, c := range d.Table {
		if c.Raw == raw {
			return c.Metric, true
		}
	}
	return 0, false
}

// reached reports whether some raw score gives this level of sc. Where none
// does, below and above are the nearest that one gives. What is not converted
// is always reached.
func (d Definition) reached(sc Score, l Level) (below, above Level, ok bool) {
	if sc.Kind != KindMetric || sc.Times == 0 && len(d.Table) == 0 {
		return l, l, true
	}
	from, _ := d.Score(d.source(sc))
	found := false
	for raw := from.Min; raw <= from.Max; raw++ {
		c, ok := d.converted(sc, raw)
		switch {
		case !ok:
		case c == l:
			return l, l, true
		case c < l:
			below, found = c, true
		case !found:
			return c, c, false
		default:
			return below, c, false
		}
	}
	return below, below, false
}

// OnlyEntry is the series of the one score that can be typed in, empty when
// there are several or none and the sender has to say which.
func (d Definition) OnlyEntry() Series {
	var only Series
	for _, sc := range d.Scores {
		if sc.Enter && only != "" {
			return ""
		}
		if sc.Enter {
			only = sc.Series
		}
	}
	return only
}
