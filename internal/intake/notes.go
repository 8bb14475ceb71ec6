package intake

import "slices"

// Notes are what a preview says beside the outcomes of rows.
type Notes struct {
	Referred     int      `json:"referred_only"` // rows of somebody who was referred and not measured
	OtherOrder   int      `json:"other_order"`   // dates that exist, but not as the mapping reads them
	HiddenSheets int      `json:"hidden_sheets"` // that are not read
	HiddenRows   int      `json:"hidden_rows"`   // that are
	NewSchemes   []string `json:"new_schemes"`   // that rows are taken to and nobody has set up, by name
}

// note adds what a row is and says, once it is known what becomes of it.
func (n *Notes) note(w *row, v Verdict) {
	n.OtherOrder += w.seen.otherOrder
	if w.line.Hidden {
		n.HiddenRows++
	}
	for _, s := range v.Scores {
		if s.Measure == "" {
			n.Referred++
		}
		if at, there := slices.BinarySearch(n.NewSchemes, s.Scheme); !there && !slices.Contains(w.here, s.Scheme) {
			n.NewSchemes = slices.Insert(n.NewSchemes, at, s.Scheme)
		}
	}
}

// Nothing reports a file of which nothing can be used.
func (s Summary) Nothing() bool { return s.People == 0 }
