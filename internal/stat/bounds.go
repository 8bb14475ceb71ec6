package stat

// What there would be had nobody been lost: what is known of lost people (their
// score before) with something assumed for the score after. All that follows from
// the summary then gives bounds. Nothing here says which assumption is the good
// one.

// FilledAt is the summary with the people who were lost, as if each had come to
// one level: with the ends of the scale, the best and the worst that can have
// happened.
//
// It returns ErrUnlikeScores when the two were not counted with the same
// decimals, and otherwise as NewTable.
//
// Source: Manski (1990), Am Econ Rev 80:319-323; CONVENTIONS C13.
// Vectors: testdata/vectors/acceptance.json.
func (t Table) FilledAt(lost Histogram, level int64) (Paired, error) {
	return t.filled(lost, func(int64) int64 { return level })
}

// CarriedForward is the summary with the people who were lost, as if none had
// changed: baseline observation carried forward. It is an assumption like any other and narrows
// the interval without having seen more people.
//
// It returns ErrUnlikeScores when the two were not counted with the same
// decimals, and otherwise as NewTable.
//
// Source: Kenward & Molenberghs (2009), J Biopharm Stat 19:872-888;
// CONVENTIONS C13, "bocf".
// Vectors: testdata/vectors/acceptance.json.
func (t Table) CarriedForward(lost Histogram) (Paired, error) {
	return t.filled(lost, func(before int64) int64 { return before })
}

func (t Table) filled(lost Histogram, after func(before int64) int64) (Paired, error) {
	if t.decimals != lost.decimals {
		return Paired{}, ErrUnlikeScores
	}
	cells := make([]Cell, len(lost.bins))
	for i, b := range lost.bins {
		cells[i] = Cell{Before: b.Level, After: after(b.Level), Count: b.Count}
	}
	if err := t.count(cells); err != nil {
		return Paired{}, err
	}
	return t.Paired(), nil
}
