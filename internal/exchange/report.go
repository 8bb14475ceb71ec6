package exchange

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// Results are the findings of one file, shaped as the acceptance cases'
// expected.json, and what became of the file.
type Results struct {
	Case     string           `json:"case"`
	Source   string           `json:"source"`
	Rejected Rejected         `json:"rejected"`
	Repeats  int              `json:"repeats"`  // Data.Repeats
	Backward int              `json:"backward"` // Data.Backward, pairs
	Results  map[string]Group `json:"results"`  // by Span.Key
	Reasons  string           `json:"-"`        // the file with the reason for every reject; empty when it is not known

	form  Form
	spans []Span // in the order of the settings
}

// A Group is the finding of everybody, that of each scheme, what the schemes
// say together, and the comparisons that the settings ask for.
type Group struct {
	Overall  evidence.Finding            `json:"overall"`
	ByScheme map[string]evidence.Finding `json:"by_scheme"`
	evidence.Together
	Compared []Compared `json:"-"`
}

// Compared is the comparison by one column; nil where none can be made, for the
// reason beside it.
type Compared struct {
	By         string
	Ref        string
	Comparison *evidence.Comparison
	Why        string
}

// MarshalJSON writes each comparison under a key of its own, "compare_ot".
// Where people are compared by one column with several references, the last has
// that key, and those before it name their reference too: "compare_ot|none".
func (g Group) MarshalJSON() ([]byte, error) {
	type fields Group
	raw, err := json.Marshal(fields(g))
	if err != nil {
		return nil, fmt.Errorf("encode a group: %w", err)
	}
	for i, c := range g.Compared {
		name := "compare_" + c.By
		if slices.ContainsFunc(g.Compared[i+1:], func(later Compared) bool { return later.By == c.By }) {
			name += "|" + c.Ref
		}
		key, err := json.Marshal(name)
		if err != nil {
			return nil, fmt.Errorf("encode a comparison: %w", err)
		}
		value, err := json.Marshal(c.Comparison)
		if err != nil {
			return nil, fmt.Errorf("encode a comparison: %w", err)
		}
		raw = append(raw[:len(raw)-1], ',')
		raw = append(append(append(raw, key...), ':'), append(value, '}')...)
	}
	return raw, nil
}

// Evaluate works out every finding.
func (d *Data) Evaluate() (Results, error) {
	spans, err := d.Spans()
	if err != nil {
		return Results{}, err
	}
	r := Results{
		Case: d.Settings.Name, Source: d.Settings.Source, Rejected: d.Rejected(), Repeats: d.Repeats, Backward: d.Backward,
		Results: map[string]Group{}, form: d.Form, spans: spans,
	}
	for _, s := range spans {
		r.Results[s.Key()] = s.evaluate(d.Settings.Compare)
	}
	return r, nil
}

func (s Span) evaluate(compare []Comparison) Group {
	g := Group{Overall: evidence.Of(s.Score, s.Overall), ByScheme: findings(s.Score, s.ByScheme)}
	g.Together = evidence.Across(g.ByScheme)
	for _, c := range compare {
		one := Compared{By: c.By, Ref: c.Ref}
		groups, named := s.ByGroup[c.By]
		found, why := evidence.Compare(s.Score, c.Ref, groups)
		switch {
		case !named:
			one.Why = "no file has that column; it belongs in the people file"
		case why != nil:
			one.Why = why.Error()
		default:
			one.Comparison = &found
		}
		if one.Comparison == nil {
			g.without("compare_"+c.By, one.Why)
		}
		g.Compared = append(g.Compared, one)
	}
	return g
}

// findings works tables out side by side.
func findings(score measure.Score, tables map[string]scheme.Transitions) map[string]evidence.Finding {
	names := slices.Collect(maps.Keys(tables))
	found := make([]evidence.Finding, len(names))
	var next atomic.Int64
	var hands sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		hands.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(names); i = int(next.Add(1)) - 1 {
				found[i] = evidence.Of(score, tables[names[i]])
			}
		})
	}
	hands.Wait()
	all := make(map[string]evidence.Finding, len(names))
	for i, name := range names {
		all[name] = found[i]
	}
	return all
}

// without notes why a part of the group is null.
func (g *Group) without(part, why string) {
	if g.Reasons == nil {
		g.Reasons = map[string]string{}
	}
	g.Reasons[part] = evidence.NotEstimable + ": " + why
}

// Spans returns what was worked out, in the order of the settings.
func (r Results) Spans() []Span { return r.spans }

// WriteJSON writes the results as one JSON object; what cannot be estimated is
// null.
func (r Results) WriteJSON(w io.Writer) error { return writeJSON(w, r) }
