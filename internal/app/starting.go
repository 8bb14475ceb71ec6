package app

import (
	"slices"

	"cairn/internal/scheme"
)

// A movedStart is the day that a referral's windows are counted from, before and after
// scores came in or went. Nobody recorded either.
type movedStart struct {
	Batch  string     `json:"batch"`
	Before scheme.Day `json:"before"` // of whoever came without a day: none that is known
	Now    scheme.Day `json:"now"`
}

// begin keeps a referral with its days as they are now, where they are others than
// before, under the plan that is in force then unless something has settled that. It
// reports whether they are; pairs and what is due are for the caller to make anew.
func begin(w Writer, s *scheme.Spell, now scheme.Referral) (moved bool, err error) {
	before := s.Referral
	if now.ReceivedOn == before.ReceivedOn && now.Receipt == before.Receipt && now.Acceptance == before.Acceptance {
		return false, nil
	}
	if _, stage := now.Started(s.Prescriptions); stage == scheme.StageAccepted && now.AcceptedOn.IsZero() {
		plans, err := w.Plans(now.Scheme)
		if err != nil {
			return false, err
		}
		s.Plan = scheme.InForce(plans, now.Since())
		now.Plan = s.Plan.ID
	}
	if err := w.Restart(now); err != nil {
		return false, err
	}
	now.Revision++
	s.Referral = now
	return true, nil
}

// togetherAtOnce is of how many people all referrals are in hand at once.
const togetherAtOnce = 250

// takeRest keeps the rest of a handful one by one. What is here of their people is
// read for many at once; of somebody who has just been added there is nothing to read.
func (l *loading) takeRest(h *handful) error {
	added := map[scheme.PersonID]bool{}
	for _, p := range h.arriving {
		added[p.ID] = true
	}
	for some := range slices.Chunk(h.rest, togetherAtOnce) {
		var known []scheme.PersonID
		for _, in := range some {
			if id := h.people[in.Person.Reference]; !added[id] && !slices.Contains(known, id) {
				known = append(known, id)
			}
		}
		found, err := l.lookUp(known)
		if err != nil {
			return err
		}
		for _, in := range some {
			id := h.people[in.Person.Reference]
			if found[id] == nil {
				found[id] = &returning{person: id}
			}
			if err := l.take(found[id], in, &h.part); err != nil {
				return err
			}
			delete(added, id)
		}
	}
	return nil
}

// take keeps one arrival of somebody who is here.
func (l *loading) take(r *returning, in Arrival, part *Loaded) error {
	plans, err := l.plans.of(l.w, in.Referral.Scheme)
	if err != nil {
		return err
	}
	for _, s := range r.shares(in, plans, part) {
		if err := l.takeShare(r, in, s, part); err != nil {
			return err
		}
	}
	return nil
}

// takeShare adds scores to the referral that they are of. The day that stands in for
// its start is worked out again from all that is there then, and what is derived
// follows; where nothing is new, nothing is written.
func (l *loading) takeShare(r *returning, in Arrival, s share, part *Loaded) error {
	isNew := s.place == newSpell
	if isNew {
		in.Referral = s.made
		id, err := addSpell(l.w, r.person, in)
		if err != nil {
			return err
		}
		made, err := l.w.Spell(id)
		if err != nil {
			return err
		}
		s.place, r.spells = len(r.spells), append(r.spells, made)
	}
	spell := &r.spells[s.place]
	ever := append(spell.Assessments[:len(spell.Assessments):len(spell.Assessments)], r.changed...)
	before := spell.Start()
	if err := l.add(spell, s.in, part); err != nil {
		return err
	}
	plans, err := l.plans.of(l.w, spell.Referral.Scheme)
	if err != nil {
		return err
	}
	moved, err := begin(l.w, spell, spell.Referral.Begun(spell.Assessments, ever, plans).Said(s.said))
	if err != nil {
		return err
	}
	if moved {
		err := l.w.Audit(Entry{
			Actor: l.by.Account, Act: "import.start", Object: string(spell.Referral.ID), RequestID: l.by.RequestID,
			Payload: movedStart{part.Batch, before, spell.Start()},
		})
		if err != nil {
			return err
		}
	}
	if !isNew && !moved && len(ever)-len(r.changed) == len(spell.Assessments) {
		return nil
	}
	return settle(l.w, *spell, l.defs)
}
