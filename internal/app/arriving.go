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
	known, all := spell.Assessments, isNew
	for _, next := range in {
		if !all && !next.among(known) {
			var err error
			if known, err = everRecorded(w, spell.Person.ID); err != nil {
				return err
			}
			all = true
		}
		if next.among(known) {
			part.Already++
			continue
		}
		var err error
		made := next.Assessment
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

// everRecorded is whatever a person's referrals hold or once held.
func everRecorded(r Reader, id scheme.PersonID) (all []scheme.Assessment, err error) {
	spells, err := r.SpellsOf(id)
	if err != nil {
		return nil, err
	}
	for _, s := range spells {
		all = append(all, s.Assessments...)
	}
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
	return all, err
}
