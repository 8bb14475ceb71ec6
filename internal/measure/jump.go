package measure

import "slices"

// Jumps reports whether two administrations have a score more than half of its
// scale apart. It is worth a second look at the form, and no more: people do
// change that much. Scales without ends have no half.
func (d Definition) Jumps(one, other []Scored) bool {
	for _, sc := range d.Reported() {
		same := func(s Scored) bool { return s.Series == sc.Series }
		i, j := slices.IndexFunc(one, same), slices.IndexFunc(other, same)
		if i < 0 || j < 0 || sc.Open {
			continue
		}
		apart := max(one[i].Level-other[j].Level, other[j].Level-one[i].Level)
		if 2*apart > sc.Max-sc.Min {
			return true
		}
	}
	return false
}

// LeftOut is how many items were left out of one administration. It is 0 where
// leaving out is the form's way: own problems, and scales that a professional
// chooses from.
func (d Definition) LeftOut(responses map[string]int) int {
	if len(responses) == 0 || d.Own != nil || d.Rater == Clinician && d.MissingItems >= len(d.Items)-1 {
		return 0
	}
	missing := 0
	for _, it := range d.Items {
		if _, ok := responses[it.Key]; !ok {
			missing++
		}
	}
	return missing
}
