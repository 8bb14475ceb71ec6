package datapackage

import (
	"encoding/json"
	"io"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// settings are what cairn evidence is told of the scores.
type settings struct {
	Name       string            `json:"name"`
	Source     string            `json:"source"`
	ExportedOn scheme.Day        `json:"exported_on"`
	Timepoints []string          `json:"timepoints"`
	Days       []int             `json:"days"`
	Measures   []measureSettings `json:"measures"`
}

type measureSettings struct {
	Name           string       `json:"name"`
	HigherIsBetter bool         `json:"higher_is_better"`
	Reliability    *float64     `json:"rel,omitempty"`
	SDRef          *float64     `json:"sd_ref,omitempty"`
	Min            json.Number  `json:"min,omitempty"`
	Max            json.Number  `json:"max,omitempty"`
	PopMean        *float64     `json:"pop_mean,omitempty"`
	PopSD          *float64     `json:"pop_sd,omitempty"`
	Cutoff         *float64     `json:"cutoff,omitempty"`
	CutoffSide     measure.Side `json:"cutoff_side,omitempty"`
	// Score is what is published, thresholds of reliable change among it.
	Score measure.Facts `json:"score"`
}

func (p *pack) writeSettings(w io.Writer) error {
	s := settings{Name: p.title(), Source: p.x.Organisation + ", exported from Cairn on " + p.x.Today.Long(), ExportedOn: p.x.Today, Measures: []measureSettings{}}
	for _, o := range p.x.Times() {
		days, fixed := o.Days()
		if !fixed && len(s.Days) > 0 {
			continue // of no day: only the file's own time points are read
		}
		s.Timepoints, s.Days = append(s.Timepoints, string(o)), append(s.Days, days)
	}
	for _, sc := range p.x.Scores {
		m := measureSettings{Name: string(sc.Series), HigherIsBetter: sc.Direction == measure.HigherIsBetter, Score: sc.Facts()}
		if l, ok := sc.End(measure.LowerIsBetter); ok {
			m.Min = json.Number(sc.Text(l))
		}
		if l, ok := sc.End(measure.HigherIsBetter); ok {
			m.Max = json.Number(sc.Text(l))
		}
		if r := sc.Reliability; r != nil {
			m.Reliability, m.SDRef = r.Coefficient, r.SD
		}
		if n := sc.Norm; n != nil {
			m.PopMean, m.PopSD = n.Mean, n.SD
		}
		if c := sc.Cutoff; c != nil {
			m.Cutoff, m.CutoffSide = &c.Points, c.Side
		}
		s.Measures = append(s.Measures, m)
	}
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	return out.Encode(s)
}
