package app

import (
	"slices"
	"strings"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// loadReferral returns the person's referral to the scheme, made with its
// prescriptions unless it is there. A row that was mended may move the day a
// file's referral starts, so an open referral is the same one whatever its day.
func loadReferral(w Writer, person scheme.PersonID, in Arrival) (id scheme.ReferralID, isNew bool, err error) {
	lines, err := w.Referrals(ReferralFilter{Schemes: []scheme.ID{in.Referral.Scheme}, Person: person}, Page{Limit: 200})
	if err != nil {
		return "", false, err
	}
	for _, l := range lines {
		if l.Referral.Since() == in.Referral.Since() || dayless(l.Referral) && dayless(in.Referral) {
			return l.Referral.ID, false, nil
		}
	}
	for _, l := range lines {
		if l.Referral.Open() {
			return l.Referral.ID, false, nil
		}
	}
	id, err = addSpell(w, person, in)
	return id, true, err
}

// dayless reports a referral that came without any day: what is kept in its place is
// another day each time.
func dayless(r scheme.Referral) bool { return r.Receipt.Dated == scheme.ByOrder }

func addSpell(w Writer, person scheme.PersonID, in Arrival) (scheme.ReferralID, error) {
	sch, err := w.Scheme(in.Referral.Scheme, in.Referral.Since())
	if err != nil {
		return "", err
	}
	ref := in.Referral
	if ref.ID, err = newID[scheme.ReferralID](); err != nil {
		return "", err
	}
	ref.Person, ref.Plan = person, sch.Plan.ID
	if err := w.AddReferral(ref); err != nil {
		return "", err
	}
	for _, i := range ref.OT {
		if err := w.AddInvolvement(ref.ID, i); err != nil {
			return "", err
		}
	}
	if err := addContacts(w, ref.ID, in.Contacts); err != nil {
		return "", err
	}
	for _, p := range in.Prescriptions {
		if p.ID, err = newID[scheme.PrescriptionID](); err != nil {
			return "", err
		}
		p.Referral = ref.ID
		if err := w.AddPrescription(p); err != nil {
			return "", err
		}
	}
	return ref.ID, nil
}

func addContacts(w Writer, to scheme.ReferralID, all []scheme.WorkingContact) (err error) {
	for _, c := range all {
		if c.ID, err = newID[scheme.ContactID](); err != nil {
			return err
		}
		c.Referral = to
		if err := w.AddContact(c); err != nil {
			return err
		}
	}
	return nil
}

// loadAssessments adds what the referral does not hold yet. A line that says
// something else than what is kept is refused: neither is overwritten. One whose
// assessment was corrected, moved or withdrawn since it came is here already: a
// file that is run again does not undo what people did.
func (a *App) loadAssessments(w Writer, by Actor, spell scheme.Spell, in []Arriving, isNew bool, part *Loaded) error {
	known, live, all := spell.Assessments, spell.Assessments, false
	enough := isNew // but for what has no day: of that the store does not know whether it is taken
	for _, next := range in {
		if !all && !next.among(known) && (!enough || next.Dated != scheme.ToTheDay) {
			var err error
			if known, live, err = everRecorded(w, spell.Person.ID); err != nil {
				return err
			}
			all = true
		}
		if next.among(known) {
			part.Already++
			continue
		}
		made, err := next.placed(live)
		if refused, _ := fault.All(err); len(refused) > 0 {
			part.Refused = append(part.Refused, Refused{Line: next.Line, Rows: next.Rows, Reason: refused[0]})
			continue
		}
		made.Person, made.Referral = spell.Referral.Person, spell.Referral.ID
		if made.ID, err = newID[scheme.AssessmentID](); err != nil {
			return err
		}
		raised, err := a.keep(w, incoming{made, next.Line}, Trace{By: by.Account, Source: by.Source, Batch: part.Batch})
		if fault.Is(err, fault.AssessmentTwice) {
			all, _ := fault.All(err)
			part.Refused = append(part.Refused, Refused{Line: next.Line, Rows: next.Rows, Reason: all[0]})
			continue
		}
		if err != nil {
			return err
		}
		live = append(slices.Clip(live), made)
		part.Added++
		part.Review += raised
	}
	return nil
}

// among reports whether one of them is of the same measure, moment and rater and
// has the same scores.
func (next Arriving) among(known []scheme.Assessment) bool {
	return slices.ContainsFunc(known, func(x scheme.Assessment) bool {
		return next.meets(x) && scheme.SameScores(x.Scores, next.Scores)
	})
}

// meets reports whether x is of the same measure, rater and moment: the day, or, of
// one that is not known, the occasion. A day that was made up says nothing.
func (next Arriving) meets(x scheme.Assessment) bool {
	if x.Measure != next.Measure || x.Rater != next.Rater || x.Dated != next.Dated {
		return false
	}
	switch next.Dated {
	case scheme.ByOrder:
		return x.Occasion == next.Occasion
	case scheme.ToTheMonth:
		return x.Occasion == next.Occasion && x.On.Month() == next.On.Month()
	}
	return x.On == next.On
}

// placed is the assessment on a day that nothing else of the measure has. One of a
// moment at which something else is kept is refused; where the day is not known,
// another one of the same month is as good, or one before what came after it.
func (next Arriving) placed(live []scheme.Assessment) (scheme.Assessment, error) {
	made := next.Assessment
	if made.Dated == scheme.ToTheDay {
		return made, nil // the store knows whether the day is taken
	}
	taken := map[scheme.Day]bool{}
	for _, x := range live {
		if next.meets(x) {
			return made, fault.New(fault.Conflict, fault.AssessmentTwice,
				"Another score of this measure is already kept for this person as “%s”, on %s. It stays; correct it there, or the row.", x.Occasion.Label(), x.Day())
		}
		if x.Measure != made.Measure || x.Rater != made.Rater {
			continue
		}
		taken[x.On] = true
		if made.Dated == scheme.ByOrder && x.Dated == scheme.ByOrder && x.Occasion.Order() > made.Occasion.Order() && !x.On.After(made.On) {
			made.On = x.On.Plus(-1)
		}
	}
	step := 1
	if made.Dated == scheme.ByOrder {
		step = -1
	}
	for taken[made.On] && (step < 0 || made.On.Plus(step).Month() == next.On.Month()) {
		made.On = made.On.Plus(step)
	}
	return made, nil
}

// everRecorded is whatever a person's referrals hold or once held, and what of that
// they hold now.
func everRecorded(r Reader, id scheme.PersonID) (all, live []scheme.Assessment, err error) {
	spells, err := r.SpellsOf(id)
	if err != nil {
		return nil, nil, err
	}
	for _, s := range spells {
		live = append(live, s.Assessments...)
	}
	all = slices.Clone(live)
	changed, err := r.Changed(id)
	withdrawn := map[scheme.AssessmentID]bool{} // as part of an import that was undone
	for _, v := range changed {
		if v.Act == scheme.Withdrawn && strings.HasPrefix(v.Reason, undone) {
			withdrawn[v.ID] = true
		}
	}
	for _, v := range changed {
		if !withdrawn[v.ID] {
			all = append(all, v.Assessment)
		}
	}
	return all, live, err
}
