package measure

import (
	"slices"
	"time"
)

// mostLevels keeps a conversion short enough to look through.
const mostLevels = 10_000

// A scoreCheck is the part of a checking that is about one score.
type scoreCheck struct {
	*checking
	Score
	field string
}

func (s scoreCheck) bad(format string, args ...any) { s.say(s.field, format, args...) }

func (s scoreCheck) check() {
	if s.Series == "" || s.Score.Name == "" {
		s.bad("A score needs a series and a name.")
	}
	if s.Direction != HigherIsBetter && s.Direction != LowerIsBetter {
		s.bad("A score's direction is 1 (higher is better) or -1.")
	}
	if s.Decimals < 0 || s.Decimals > MaxDecimals {
		s.bad("A score has 0 to %d decimals.", MaxDecimals)
		return
	}
	if s.Min >= s.Max {
		s.bad("A score's lowest value must be below its highest.")
	}
	switch s.Kind {
	case KindItem:
		s.checkItem()
	case KindRaw:
		s.checkRaw()
	case KindMetric:
		s.checkMetric()
	case KindTotal:
	default:
		s.bad("The kind of a score is item, raw, metric or total.")
	}
	s.checkRanks()
	if s.Kind != KindItem && s.Kind != KindRaw && !s.Enter && s.Kind != KindMetric {
		s.bad("A score that is made of nothing can only be typed in.")
	}
	s.checkFacts()
}

func (s scoreCheck) checkItem() {
	it, ok := s.Definition.Item(s.Score.Item)
	if !ok {
		s.bad("A score of one item names an item of the measure.")
		return
	}
	if it.Decimals > s.Decimals {
		s.bad("The item %s has more decimals than its score.", it.Key)
		return
	}
	fewest, most := s.pointsRange(it)
	s.checkMade(fewest*s.scale(it), most*s.scale(it))
}

// checkMade holds the range that the responses can give, as levels, against the
// score's.
func (s scoreCheck) checkMade(fewest, most int) {
	if Level(fewest) < s.Min || Level(most) > s.Max {
		s.bad("The responses give %s to %s, which leaves the range of the score.", s.Text(Level(fewest)), s.Text(Level(most)))
	}
}

func (s scoreCheck) checkRaw() {
	if s.Rule != "" && s.Rule != Sum && s.Rule != Mean && s.Rule != GAS {
		s.bad("A raw score is made by sum, mean or gas.")
	}
	for _, key := range s.Score.Items {
		if _, ok := s.Definition.Item(key); !ok {
			s.bad("The measure has no item %s.", key)
		}
	}
	needs := s.needs(s.Score)
	if (len(s.Score.Items) > 0 || s.Rating != "") && len(needs) == 0 || len(needs) == 0 && !s.Enter {
		s.bad("A raw score is made of items of the measure, or typed in.")
	}
	for _, it := range needs {
		if it.Decimals > s.Decimals || it.Decimals != needs[0].Decimals {
			s.bad("The items of a score have the same decimals, and no more than the score.")
			return
		}
	}
	if m := s.Missing; m != nil && (m.Most < 1 || m.Most >= len(needs) || m.Source == "" || m.Fill != FillMean && m.Fill != FillZero) {
		s.bad("A rule for missing items says how many, what stands for them (mean or zero), and its source.")
	}
	switch {
	case s.Rule == GAS:
		s.checkGoals()
	case s.Rule == Mean:
		for _, it := range needs {
			fewest, most := s.pointsRange(it)
			s.checkMade(fewest*s.scale(it), most*s.scale(it))
		}
	case len(needs) > 0:
		low, high := 0, 0
		for _, it := range needs {
			fewest, most := s.pointsRange(it)
			low, high = low+fewest*s.scale(it), high+most*s.scale(it)
		}
		s.checkMade(low, high)
	}
}

func (s scoreCheck) scale(it Item) int { return int(Pow10(s.Decimals - it.Decimals)) }

func (s scoreCheck) checkGoals() {
	if s.Own == nil || !slices.ContainsFunc(s.Own.Ratings, func(r Rating) bool { return r.Key == goalAttained }) {
		s.bad("Goal attainment needs own goals with a rating called %s.", goalAttained)
	}
}

func (s scoreCheck) checkMetric() {
	from, ok := s.Definition.Score(s.source(s.Score))
	if !ok || from.Kind != KindRaw {
		s.bad("A converted score names the raw series it comes from.")
		return
	}
	if s.Times < 0 || s.Times > 0 && from.Decimals > s.Decimals {
		s.bad("A score is multiplied by a whole number above zero, and has no fewer decimals then.")
		return
	}
	if from.Max-from.Min > mostLevels {
		s.bad("A score is converted from one with at most %d values.", mostLevels)
		return
	}
	for raw := from.Min; raw <= from.Max; raw++ {
		if len(s.Table) == 0 && s.Times == 0 {
			break // a converted score that is only typed in
		}
		level, ok := s.converted(s.Score, raw)
		if !ok || level < s.Min || level > s.Max {
			s.bad("The conversion table leaves the range of the score, or has no row for the raw score %s.", from.Text(raw))
			return
		}
	}
}

func (s scoreCheck) checkFacts() {
	for _, t := range append(s.Agreed(), s.Also...) {
		if t.Points <= 0 || t.Source == "" {
			s.bad("A threshold is above zero and has a source.")
		}
		if t.Means != Reliable && t.Means != Important {
			s.bad("A threshold is of reliable change, or means important.")
		}
	}
	if t := s.Threshold; t != nil && t.Means != Reliable {
		s.bad("The threshold that is applied is one of reliable change; others stand under also.")
	}
	if r := s.Reliability; r != nil && (r.Coefficient != nil && (*r.Coefficient < 0 || *r.Coefficient > 1) || r.SD != nil && *r.SD <= 0) {
		s.bad("A reliability lies between 0 and 1, and its SD is above 0.")
	}
	for _, r := range s.Retests {
		if !(0 <= r.Low && r.Low <= r.Coefficient && r.Coefficient <= r.High && r.High <= 1) || r.Interval == "" || r.Population == "" || r.Source == "" {
			s.bad("A retest lies between 0 and 1 within its own interval, and says after how long, of whom, and where that was read.")
		}
	}
	for _, n := range s.Populations() {
		if n.Population == "" || n.Source == "" || n.SD != nil && *n.SD <= 0 {
			s.bad("A norm has a population, a source and, where it is known, an SD above 0.")
		}
	}
	if c := s.Cutoff; c != nil && c.Side != Above && c.Side != Below {
		s.bad("A cut-off says whether people are taken in above or below it.")
	}
	for _, b := range s.Bands {
		s.checkBands(b)
	}
	if s.Summary != "" && s.Summary != Distribution {
		s.bad("Answers are told by their mean (nothing said) or as a distribution.")
	}
	if s.Summary == Distribution && (s.Kind == KindRaw || s.Kind == KindMetric || s.Threshold != nil || s.Reliability != nil || s.Norm != nil) {
		s.bad("A score that is told as a distribution is one answer, without a threshold, a reliability or a norm: those are of means.")
	}
}

func (s scoreCheck) checkBands(b Bands) {
	if b.About == "" || b.Source == "" || len(b.From) < 2 || b.From[0].Level != s.Min {
		s.bad("Bands say what they tell apart and their source, and cover the score from its lowest value.")
	}
	for i, band := range b.From {
		if band.Name == "" || band.Level > s.Max || i > 0 && band.Level <= b.From[i-1].Level {
			s.bad("A band has a name, and begins above the one before and within the score.")
		}
	}
}

// deref is what p points to, if anything.
func deref[T any](p *T) []T {
	if p == nil {
		return nil
	}
	return []T{*p}
}

func isDay(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}
