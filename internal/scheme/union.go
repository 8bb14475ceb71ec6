package scheme

import (
	"cmp"
	"slices"
	"strings"

	"cairn/internal/fault"
)

// A Union is how the records of two people who are one come together.
type Union struct {
	Keep, Lose PersonID
	// Ordinals are those of every referral to a scheme that one of Lose's
	// referrals is to.
	Ordinals map[ReferralID]int
	// Twins were recorded for both and say the same: the later entry of each two.
	Twins []Assessment
}

// Unite says how lost becomes part of kept, each being all referrals of one
// person. Referrals to a scheme are numbered anew, by the day of receipt and
// then in order of entry. It faults with referral.open when both are open in one
// scheme, and with person.merge for each two assessments of one measure, moment and
// rater that contradict each other: which of them is true is for people to say.
func Unite(keep, lose PersonID, kept, lost []Spell) (Union, error) {
	u := Union{Keep: keep, Lose: lose, Ordinals: map[ReferralID]int{}}
	var wrong fault.List
	for _, of := range lost {
		for _, s := range kept {
			if s.Referral.Scheme == of.Referral.Scheme && s.Referral.Open() && of.Referral.Open() {
				wrong.Add(fault.New(fault.Conflict, fault.ReferralOpen, "Both have an open referral to the same scheme, one %s, the other %s. End one of them first.",
					s.Referral.Receiving(), of.Referral.Receiving()).At("other"))
			}
		}
		u.number(of.Referral.Scheme, kept, lost)
	}
	u.pairUp(kept, lost, &wrong)
	if err := wrong.Err(); err != nil {
		return Union{}, err
	}
	return u, nil
}

func (u *Union) number(in ID, kept, lost []Spell) {
	var all []Referral
	for _, s := range slices.Concat(kept, lost) {
		if s.Referral.Scheme == in {
			all = append(all, s.Referral)
		}
	}
	slices.SortFunc(all, func(a, b Referral) int {
		return cmp.Or(a.Since().DaysSince(b.Since()), strings.Compare(string(a.ID), string(b.ID)))
	})
	for i, r := range all {
		u.Ordinals[r.ID] = i + 1
	}
}

func (u *Union) pairUp(kept, lost []Spell, wrong *fault.List) {
	there := map[once][]Assessment{}
	for _, s := range kept {
		for _, a := range s.Assessments {
			there[a.once()] = append(there[a.once()], a)
		}
	}
	for _, s := range lost {
		for _, a := range s.Assessments {
			for _, b := range there[a.once()] {
				switch {
				case !a.SaysTheSame(b):
					wrong.Add(fault.New(fault.Conflict, fault.PersonMerge, "Both have %s of %s, and the two say different things. Correct or withdraw one of them first.",
						a.Measure, a.Day()).At("other"))
				case a.ID < b.ID: // identifiers rise in order of entry
					u.Twins = append(u.Twins, b)
				default:
					u.Twins = append(u.Twins, a)
				}
			}
		}
	}
}
