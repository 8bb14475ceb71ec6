package intake

// Late is what became of a row when the file was brought in, where that is not
// what became of it when it was read.
type Late struct {
	Outcome Outcome
	Reason  string
	Kept    int // of its scores
}

// But is the same reading of a file of which some rows turned out otherwise, by
// their position among all rows.
func (r *Reading) But(late map[int]Late) *Reading {
	again := *r
	again.late = late
	return &again
}

// turnedOut is a verdict as it turned out.
func (j *judge) turnedOut(v Verdict) Verdict {
	if late, there := j.late[j.sum.Rows]; there {
		v.Outcome, v.Reason, v.Scores = late.Outcome, late.Reason, v.Scores[:min(late.Kept, len(v.Scores))]
	}
	return v
}
