package disclosure

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A Filter keeps the people of one group of a trait dimension. The empty group is
// of those with whom it is not recorded, who are a group like any other.
type Filter struct {
	Dimension scheme.Dimension `json:"dimension"`
	Group     string           `json:"group"`
}

// MostFilters is as many as a figure can have.
const MostFilters = 2

// A Question is what one releasable figure is of. Two filters are of two
// dimensions, in the order of the names of those.
type Question struct {
	Scheme   string
	Series   measure.Series
	Occasion scheme.Occasion
	Period   scheme.Period // quarters, both ends included and neither open
	Filters  []Filter
}

// written is a question as JSON, its quarters as people write them.
type written struct {
	Scheme   string          `json:"scheme"`
	Series   measure.Series  `json:"series"`
	Occasion scheme.Occasion `json:"occasion"`
	From     string          `json:"from"` // quarter, "2026-Q1"
	To       string          `json:"to"`   // included
	Filters  []Filter        `json:"filters"`
}

func (q Question) MarshalJSON() ([]byte, error) {
	w := written{Scheme: q.Scheme, Series: q.Series, Occasion: q.Occasion, Filters: q.sorted()}
	if q.Period.From != 0 {
		w.From = q.Period.From.String()
	}
	if q.Period.To != 0 {
		w.To = q.Period.To.String()
	}
	if w.Filters == nil {
		w.Filters = []Filter{}
	}
	raw, err := json.Marshal(w)
	if err != nil {
		return nil, fmt.Errorf("write the question of a figure: %w", err)
	}
	return raw, nil
}

func (q *Question) UnmarshalJSON(raw []byte) error {
	var w written
	if err := json.Unmarshal(raw, &w); err != nil {
		return fmt.Errorf("read the question of a figure: %w", err)
	}
	*q = Question{Scheme: w.Scheme, Series: w.Series, Occasion: w.Occasion, Filters: w.Filters}
	for _, end := range []struct {
		text string
		to   *scheme.Quarter
	}{{w.From, &q.Period.From}, {w.To, &q.Period.To}} {
		if end.text == "" {
			continue
		}
		quarter, err := scheme.ParseQuarter(end.text)
		if err != nil {
			return fmt.Errorf("read the question of a figure: %w", err)
		}
		*end.to = quarter
	}
	return nil
}

// An Exact is the truth behind one releasable figure.
type Exact struct {
	Question
	Finding evidence.Finding
	Way     *Way            // besides the scores; nil where nothing is told of it, as of groups
	Design  evidence.Design // what was laid down beforehand; of no person
}

// Key names the question: equal keys, equal questions.
func (q Question) Key() string {
	parts := []string{q.Scheme, string(q.Series), string(q.Occasion), q.Period.From.String(), q.Period.To.String()}
	for _, f := range q.sorted() {
		parts = append(parts, string(f.Dimension)+"="+f.Group)
	}
	return strings.Join(parts, "|")
}

// together reports whether figures of two questions can add up with each other.
func (q Question) together(r Question) bool {
	return q.Scheme == r.Scheme && q.Series == r.Series && q.Occasion == r.Occasion
}

// FilterKey names the filters alone; empty for everybody.
func (q Question) FilterKey() string {
	var parts []string
	for _, f := range q.sorted() {
		parts = append(parts, string(f.Dimension)+"="+f.Group)
	}
	return strings.Join(parts, "|")
}

func (q Question) sorted() []Filter {
	return slices.SortedFunc(slices.Values(q.Filters), func(a, b Filter) int {
		return cmp.Or(cmp.Compare(a.Dimension, b.Dimension), cmp.Compare(a.Group, b.Group))
	})
}
