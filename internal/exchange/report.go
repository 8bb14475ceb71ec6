package exchange

import (
	"encoding/json"
	"fmt"
	"io"

	"cairn/internal/evidence"
)

// Results are the findings of one file, shaped as the acceptance cases'
// expected.json.
type Results struct {
	Case    string           `json:"case"`
	Source  string           `json:"source"`
	Results map[string]Group `json:"results"` // by Span.Key

	spans []Span // in the order of the settings
}

// A Group is the finding of everybody and of each scheme.
type Group struct {
	Overall  evidence.Finding            `json:"overall"`
	ByScheme map[string]evidence.Finding `json:"by_scheme"`
}

// Evaluate works out every finding.
func (d *Data) Evaluate() (Results, error) {
	spans, err := d.Spans()
	if err != nil {
		return Results{}, err
	}
	r := Results{Case: d.Settings.Name, Source: d.Settings.Source, Results: map[string]Group{}, spans: spans}
	for _, s := range spans {
		g := Group{Overall: evidence.Of(s.Score, s.Overall), ByScheme: map[string]evidence.Finding{}}
		for name, t := range s.ByScheme {
			g.ByScheme[name] = evidence.Of(s.Score, t)
		}
		r.Results[s.Key()] = g
	}
	return r, nil
}

// WriteJSON writes the results as one JSON object.
func (r Results) WriteJSON(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", " ")
	if err := enc.Encode(r); err != nil {
		return fmt.Errorf("write results: %w", err)
	}
	return nil
}
