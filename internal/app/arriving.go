package app

import (
	"slices"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

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

// add adds what is not here yet to a referral. A line that says something else than
// what is kept is refused: neither is overwritten.
func (l *loading) add(to *scheme.Spell, in []Arriving, part *Loaded) error {
	contradicts := scheme.Swapped(assessmentsOf(in), to.Assessments)
	for _, next := range in {
		if reason := next.misplaced(to.Referral, contradicts); reason != nil {
			part.refuse(next, reason)
			continue
		}
		next.Person, next.Referral = to.Referral.Person, to.Referral.ID
		made := next.Assessment
		var err error
		if made.ID, err = newID[scheme.AssessmentID](); err != nil {
			return err
		}
		raised, err := l.app.keep(l.w, incoming{made, next.Line}, Trace{By: l.by.Account, Source: l.by.Source, Batch: part.Batch})
		if fault.Is(err, fault.AssessmentTwice) {
			all, _ := fault.All(err)
			part.refuse(next, all[0])
			continue
		}
		if err != nil {
			return err
		}
		made.Revision = 1
		to.Assessments = append(slices.Clip(to.Assessments), made)
		part.Added++
		part.Review += raised
	}
	return nil
}

// among reports whether one of them is of the same measure, moment and rater and
// has the same scores.
func (next Arriving) among(known []scheme.Assessment) bool {
	return slices.ContainsFunc(known, func(x scheme.Assessment) bool {
		return next.Meets(x) && scheme.SameScores(x.Scores, next.Scores)
	})
}
