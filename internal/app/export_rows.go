package app

import (
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// Subjects implements scheme.ExtractRows.
func (e *exporting) Subjects(fn func(scheme.Subject) error) error {
	e.view.LeftOut = 0
	if len(e.query.Schemes) == 0 {
		return nil
	}
	defs := e.definitions()
	return e.r.ExtractSpells(e.query, func(s scheme.Spell) error {
		if e.out[s.Referral.ID] {
			e.view.LeftOut++
			return nil
		}
		subject := subjectOf(s, defs)
		subject.Key, subject.Scheme = e.keys(s.Person.ID), e.names[s.Referral.Scheme]
		return fn(subject)
	})
}

// subjectOf is what goes out of a referral, without anybody's name: every pair but
// those of a first and a last score.
func subjectOf(s scheme.Spell, defs map[measure.Key]measure.Definition) scheme.Subject {
	subject := scheme.Subject{Spell: s.Nameless()}
	for _, p := range s.Pairs(defs) {
		if p.Occasion != scheme.FirstLast {
			subject.Pairs = append(subject.Pairs, p)
		}
	}
	return subject
}

func (e *exporting) definitions() map[measure.Key]measure.Definition {
	defs := map[measure.Key]measure.Definition{}
	for _, d := range e.view.Extract.Measures {
		defs[d.Key] = d
	}
	return defs
}

// Pairs implements scheme.ExtractRows. What is left out is counted in referrals, which
// come one after the other.
func (e *exporting) Pairs(fn func(scheme.ExtractPair) error) error {
	e.view.LeftOut = 0
	if len(e.query.Schemes) == 0 {
		return nil
	}
	var last scheme.ReferralID
	var person scheme.PersonID
	key := ""
	return e.r.ExtractPairs(e.query, func(of scheme.PersonID, p *scheme.Pair) error {
		if len(e.out) > 0 && e.out[p.Referral] {
			if p.Referral != last {
				e.view.LeftOut++
			}
			last = p.Referral
			return nil
		}
		if of != person {
			person, key = of, e.keys(of)
		}
		return fn(scheme.ExtractPair{Key: key, Scheme: e.names[p.Scheme], Pair: p})
	})
}

// LeftOut implements scheme.ExtractRows.
func (e *exporting) LeftOut() int { return e.view.LeftOut }
