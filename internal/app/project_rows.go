package app

import (
	"cmp"
	"slices"

	"cairn/internal/disclosure"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// mostProjected is how many referrals one file for research may have: it is made
// whole and checked before anybody has it.
const mostProjected = 200_000

// A projecting is the rows of one project: those of an export, in the order of
// names that say nothing, and with no more about people than may be told.
type projecting struct {
	*exporting
	rows []projected
	plan disclosure.RowPlan
	told []map[string]string // by each earlier file whose copy is still about
}

// A projected is one referral.
type projected struct {
	id      scheme.ReferralID
	name    string
	ordinal int
	scheme  string
	person  int // its place among people
}

// project reads who is in a project, and finds out what may be told of them.
func (a *App) project(r Reader, by Actor, p scheme.Project) (*projecting, error) {
	by.AllSchemes, by.Schemes = false, p.Schemes // whoever may download sees these, and no others
	e := &projecting{exporting: &exporting{r: r, names: map[scheme.ID]string{}}}
	ask := ExportAsk{Schemes: p.Schemes, Measure: p.Measure}
	if err := a.resolve(e.exporting, by, ask); err != nil {
		return nil, err
	}
	e.view.Extract.Period = p.Period
	var err error
	if e.told, err = r.ProjectTold(p.ID); err != nil {
		return nil, err
	}
	people, err := e.people(p.ID)
	if err != nil {
		return nil, err
	}
	e.plan = disclosure.ProtectRows(people, scheme.Veil{Project: p.Name, Fewest: p.Fewest, Traits: p.Traits})
	e.view.Extract.Veil = &e.plan.Veil
	return e, nil
}

// people reads everybody, and puts their referrals in order.
func (e *projecting) people(id scheme.ProjectID) ([]disclosure.Person, error) {
	names, err := e.r.ProjectNames(id)
	if err != nil {
		return nil, err
	}
	firsts := map[string]disclosure.Person{} // by row, name and ordinal
	e.view.LeftOut = 0
	defs := e.definitions()
	err = e.r.ExtractSpells(e.query, func(s scheme.Spell) error {
		if e.out[s.Referral.ID] {
			e.view.LeftOut++
			return nil
		}
		row := projected{s.Referral.ID, names(s.Referral.Scheme, s.Person.ID), s.Referral.Ordinal, e.names[s.Referral.Scheme], 0}
		if len(e.rows) >= mostProjected {
			return tooManyRows()
		}
		e.rows = append(e.rows, row)
		first, there := firsts[row.name]
		parts := disclosure.Together(first.Parts, e.parts(s, defs))
		if started := s.Start().Quarter(); !there || started < first.Started {
			first = disclosure.Person{Scheme: row.scheme, Started: started, Traits: s.Traits(), Before: beforeOf(e.told, row.name)}
		}
		first.Parts = parts
		firsts[row.name] = first
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(e.rows, func(a, b projected) int { return cmp.Or(cmp.Compare(a.name, b.name), a.ordinal-b.ordinal) })
	var people []disclosure.Person
	for i := range e.rows {
		if i == 0 || e.rows[i-1].name != e.rows[i].name {
			people = append(people, firsts[e.rows[i].name])
		}
		e.rows[i].person = len(people) - 1
	}
	return people, nil
}

// beforeOf is all that earlier files say of somebody; empty where they are in none.
func beforeOf(told []map[string]string, name string) (all string) {
	there := false
	for _, file := range told {
		all += "\n" + file[name]
		there = there || file[name] != ""
	}
	if !there {
		return ""
	}
	return all
}

// parts are where a referral began on each scale of the file: the first score that
// figures take, and all that may have been the first where no day tells.
func (e *projecting) parts(s scheme.Spell, defs map[measure.Key]measure.Definition) (all []disclosure.Parts) {
	pairs := s.Pairs(defs)
	for _, def := range e.view.Extract.Measures {
		for _, sc := range def.Scores {
			levels := s.Began(sc.Series)
			for _, p := range pairs {
				if p.Series == sc.Series && p.Occasion != scheme.FirstLast && p.Base != nil {
					levels = append(levels, p.Base.Level)
				}
			}
			all = append(all, disclosure.PartsOf(sc, levels...)...)
		}
	}
	return all
}

// rowsAtOnce is how many referrals are read together, since the order of names is
// nobody's in the database.
const rowsAtOnce = 250

// Subjects implements scheme.ExtractRows.
func (e *projecting) Subjects(fn func(scheme.Subject) error) error {
	defs := e.definitions()
	return e.chunks(func(q ExtractQuery, rows []projected) error {
		spells := map[scheme.ReferralID]scheme.Spell{}
		err := e.r.ExtractSpells(q, func(s scheme.Spell) error { spells[s.Referral.ID] = s; return nil })
		if err != nil {
			return err
		}
		for _, row := range rows {
			subject := subjectOf(spells[row.id], defs)
			subject.Key, subject.Scheme, subject.Shown = row.name, row.scheme, e.plan.Shown[row.person]
			if err := fn(subject); err != nil {
				return err
			}
		}
		return nil
	})
}

// Pairs implements scheme.ExtractRows.
func (e *projecting) Pairs(fn func(scheme.ExtractPair) error) error {
	return e.chunks(func(q ExtractQuery, rows []projected) error {
		pairs := map[scheme.ReferralID][]scheme.Pair{}
		err := e.r.ExtractPairs(q, func(_ scheme.PersonID, p *scheme.Pair) error {
			kept := *p
			kept.Base, kept.Later = copied(p.Base), copied(p.Later)
			pairs[p.Referral] = append(pairs[p.Referral], kept)
			return nil
		})
		if err != nil {
			return err
		}
		for _, row := range rows {
			for i := range pairs[row.id] {
				if err := fn(scheme.ExtractPair{Key: row.name, Scheme: row.scheme, Pair: &pairs[row.id][i], Shown: e.plan.Shown[row.person]}); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func copied(p *scheme.Point) *scheme.Point {
	if p == nil {
		return nil
	}
	kept := *p
	return &kept
}

func (e *projecting) chunks(fn func(ExtractQuery, []projected) error) error {
	everything := e.view.Extract
	everything.Period = scheme.Period{} // the referrals are named
	for rows := e.rows; len(rows) > 0; {
		some := rows[:min(len(rows), rowsAtOnce)]
		rows = rows[len(some):]
		q := e.query
		q.Extract, q.Only = &everything, make([]scheme.ReferralID, len(some))
		for i, row := range some {
			q.Only[i] = row.id
		}
		if err := fn(q, some); err != nil {
			return err
		}
	}
	return nil
}
