package app

import (
	"slices"

	"cairn/internal/disclosure"
	"cairn/internal/scheme"
)

// toldApart are the dimensions by which a release tells people apart, one at a
// time. Two at a time are in no release: of most schemes every cell would be too
// small to show, and each is one more thing to work the others out from.
func toldApart() (all []scheme.Dimension) {
	for _, t := range scheme.TraitDimensions() {
		all = append(all, scheme.Dimension(t.Value))
	}
	return all
}

// releasable are the questions that a release answers: everybody on every score
// at every follow-up, and groups of people on the primary score at the headline.
// Where groups are told of by the year, they are in the year's last release.
func releasable(of plannedRelease, cover ReleaseCover, cells []scheme.Cell) (all []disclosure.Question, err error) {
	listing := disclosure.Listing{
		Scheme: string(of.Scheme), Grain: disclosure.Grain(of.Grain), PairsAYear: of.pairsAYear,
		From: disclosure.Yearly.Period(of.Period.To).From, To: of.Period.To,
	}
	for _, s := range cover.Scores {
		listing.Series = s.Score.Series
		for _, listing.Occasion = range measuredAt(cells, listing) {
			listing.By = nil
			if listing.Series == cover.Primary && listing.Occasion == cover.Headline {
				listing.By = toldApart()
			}
			questions, err := disclosure.List(listing)
			if err != nil {
				return nil, err
			}
			all = append(all, slices.DeleteFunc(questions, func(q disclosure.Question) bool { return q.Period.To != of.Period.To })...)
		}
	}
	return all, nil
}

// measuredAt are the follow-ups of a series in the order of their days.
func measuredAt(cells []scheme.Cell, in disclosure.Listing) (all []scheme.Occasion) {
	for _, c := range cells {
		if c.Series == in.Series && c.Occasion != scheme.FirstLast && !slices.Contains(all, c.Occasion) {
			all = append(all, c.Occasion)
		}
	}
	slices.SortFunc(all, func(a, b scheme.Occasion) int {
		x, _ := a.Days()
		y, _ := b.Days()
		return x - y
	})
	return all
}
