package measure

import "slices"

// Facts are what figures need to know of a score besides its scale and direction:
// what it is called, how its answers are told and what is published of it, each with
// its source. A package of exports carries them, so that figures made of its rows
// are those of the pages.
type Facts struct {
	Name        string       `json:"name"`
	Decimals    int          `json:"decimals"` // those of levels here
	Summary     Summary      `json:"summary,omitempty"`
	Threshold   *Threshold   `json:"threshold,omitempty"`
	Also        []Threshold  `json:"also,omitempty"`
	Reliability *Reliability `json:"reliability,omitempty"`
	Retests     []Retest     `json:"retests,omitempty"`
	Norm        *Norm        `json:"norm,omitempty"`
	Norms       []Norm       `json:"norms,omitempty"`
	Bands       []Bands      `json:"bands,omitempty"`
}

// Facts of the score.
func (s Score) Facts() Facts {
	return Facts{
		Name: s.Name, Decimals: s.Decimals, Summary: s.Summary, Threshold: s.Threshold, Also: s.Also,
		Reliability: s.Reliability, Retests: s.Retests, Norm: s.Norm, Norms: s.Norms, Bands: s.Bands,
	}
}

// With is the score with what is known of it. It has as many decimals as the facts
// at least.
func (s Score) With(f Facts) Score {
	s.Name, s.Summary, s.Threshold, s.Also = f.Name, f.Summary, f.Threshold, f.Also
	s.Reliability, s.Retests, s.Norm, s.Norms = f.Reliability, f.Retests, f.Norm, f.Norms
	s.Bands = make([]Bands, len(f.Bands))
	for i, b := range f.Bands {
		b.From = slices.Clone(b.From)
		for at := range b.From {
			b.From[at].Level *= Level(Pow10(s.Decimals - f.Decimals))
		}
		s.Bands[i] = b
	}
	return s
}
