package scheme

import (
	"slices"

	"cairn/internal/measure"
)

// Began are the scores of one series with which somebody may have begun, as far as
// rows tell it: of each rater the first, by the days that are kept and by the
// occasions, among those of a known day, of a known month and of neither. They are
// more than one where nothing says which of two came first. How well a day is known
// takes no score away: what figures pass over is in a file all the same.
func (s Spell) Began(series measure.Series) (levels []measure.Level) {
	type begun struct {
		rater measure.Rater
		dated Dating
		order int // of the occasion
		level measure.Level
	}
	var all []begun
	for _, a := range s.Assessments {
		at := slices.IndexFunc(a.Scores, func(sc measure.Scored) bool { return sc.Series == series })
		if at < 0 {
			continue
		}
		now := begun{a.Rater, a.Dated, a.Occasion.Order(), a.Scores[at].Level}
		i := slices.IndexFunc(all, func(b begun) bool { return b.rater == now.rater && b.dated == now.dated })
		switch {
		case i < 0:
			all, levels = append(all, now), append(levels, now.level)
		case now.order < all[i].order:
			all[i] = now
		}
	}
	for _, b := range all {
		levels = append(levels, b.level)
	}
	return levels
}
