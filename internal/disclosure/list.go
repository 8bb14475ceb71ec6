package disclosure

import (
	"errors"
	"fmt"
	"slices"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// ErrNotListed is a question that no release answers.
var ErrNotListed = errors.New("disclosure: not a releasable figure")

// A Listing says what is released of one series at one occasion of one scheme.
type Listing struct {
	Scheme     string
	Series     measure.Series
	Occasion   scheme.Occasion
	Grain      Grain
	PairsAYear int            // people expected to be measured twice in a year
	From, To   scheme.Quarter // the first with data and the last that has closed, both included
	// By are the dimensions that people are told apart by, one at a time, and
	// Crossed those that are, two at a time.
	By      []scheme.Dimension
	Crossed [][2]scheme.Dimension
}

// List enumerates the figures of a listing, in a fixed order: everybody in each
// period, then each group, then each pair of groups. Nothing else can be asked.
// It fails with ErrNotListed for a grain or a dimension that is not ours.
func List(l Listing) ([]Question, error) {
	if l.Grain.Quarters() == 0 {
		return nil, fmt.Errorf("%w: periods of a %q", ErrNotListed, l.Grain)
	}
	ask := Question{Scheme: l.Scheme, Series: l.Series, Occasion: l.Occasion}
	var all []Question
	add := func(p scheme.Period, filters ...Filter) {
		q := ask
		q.Period, q.Filters = p, filters
		q.Filters = q.sorted()
		all = append(all, q)
	}
	for _, p := range l.Grain.Periods(l.From, l.To) {
		add(p)
	}
	periods := l.Grain.Filtered(l.PairsAYear).Periods(l.From, l.To)
	for _, by := range l.By {
		groups, err := filters(by)
		if err != nil {
			return nil, err
		}
		for _, p := range periods {
			for _, f := range groups {
				add(p, f)
			}
		}
	}
	for _, two := range l.Crossed {
		first, err := filters(two[0])
		if err != nil {
			return nil, err
		}
		second, err := filters(two[1])
		if err != nil {
			return nil, err
		}
		if two[0] == two[1] || !slices.Contains(l.By, two[0]) || !slices.Contains(l.By, two[1]) {
			return nil, fmt.Errorf("%w: %s by %s without each by itself", ErrNotListed, two[0], two[1])
		}
		for _, p := range periods {
			for _, f := range first {
				for _, g := range second {
					add(p, f, g)
				}
			}
		}
	}
	return all, nil
}

// filters are the groups of a trait dimension.
func filters(by scheme.Dimension) (all []Filter, err error) {
	for _, group := range by.Groups() {
		all = append(all, Filter{Dimension: by, Group: group.Value})
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%w: people cannot be told apart by %q", ErrNotListed, by)
	}
	return all, nil
}

// listed refuses a question that List could not have made.
func (q Question) listed() error {
	if q.Period.From == 0 || q.Period.To < q.Period.From {
		return fmt.Errorf("%w: %s is of no closed period", ErrNotListed, q.Key())
	}
	if len(q.Filters) > MostFilters {
		return fmt.Errorf("%w: %s has more than %d filters", ErrNotListed, q.Key(), MostFilters)
	}
	for i, f := range q.Filters {
		groups, err := filters(f.Dimension)
		if err != nil {
			return err
		}
		if !slices.Contains(groups, f) || i > 0 && q.Filters[0].Dimension == f.Dimension {
			return fmt.Errorf("%w: %s", ErrNotListed, q.Key())
		}
	}
	return nil
}
