package app

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/google/uuid"

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
	told []map[string]string // by each earlier file whose copy is still about, of any project
	held []outFile           // those files
}

// A projected is one referral. There may be many, so it is small.
type projected struct {
	id      uuid.UUID // of the referral
	scheme  uint32    // its place in the project
	ordinal uint32
	name    string
	person  int // its place among people
}

func (p projected) referral() scheme.ReferralID { return scheme.ReferralID(p.id.String()) }

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
	if e.held, err = about(r, p); err != nil {
		return nil, err
	}
	people, err := e.people(p)
	if err != nil {
		return nil, err
	}
	e.plan = disclosure.ProtectRows(people, e.leavers(), scheme.Veil{Project: p.Name, Fewest: p.Fewest, Traits: p.Traits})
	e.view.Extract.Veil = &e.plan.Veil
	return e, nil
}

// people reads everybody, and puts their referrals in order.
func (e *projecting) people(p scheme.Project) ([]disclosure.Person, error) {
	names, err := e.r.ProjectNames(p.ID)
	if err != nil {
		return nil, err
	}
	e.view.LeftOut = 0
	defs, like := e.definitions(), alikes{map[scheme.Traits]*scheme.Traits{}, map[string][]disclosure.Parts{}, map[string]string{}}
	var firsts []disclosure.Person // by referral
	err = e.r.ExtractSpells(e.query, func(s scheme.Spell) error {
		if e.out[s.Referral.ID] {
			e.view.LeftOut++
			return nil
		}
		if len(e.rows) >= mostProjected {
			return tooManyRows()
		}
		id, err := uuid.Parse(string(s.Referral.ID))
		if err != nil {
			return fmt.Errorf("referral %s: %w", s.Referral.ID, err)
		}
		at := slices.Index(e.query.Schemes, s.Referral.Scheme)
		e.rows = append(e.rows, projected{id, uint32(at), uint32(s.Referral.Ordinal), names(s.Referral.Scheme, s.Person.ID), len(firsts)})
		firsts = append(firsts, disclosure.Person{
			Scheme: e.names[s.Referral.Scheme], Started: s.Start().Quarter(), Traits: like.traits(s.Traits()), Parts: like.parts(e.parts(s, defs)),
		})
		return nil
	})
	if err != nil {
		return nil, err
	}
	if e.told, err = toldBefore(e.r, p, e.rows); err != nil {
		return nil, err
	}
	slices.SortFunc(e.rows, func(a, b projected) int {
		return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.ordinal, b.ordinal))
	})
	people := make([]disclosure.Person, 0, len(firsts))
	for i := range e.rows {
		one, last := &firsts[e.rows[i].person], len(people)-1
		if i == 0 || e.rows[i-1].name != e.rows[i].name {
			one.Before = like.text(beforeOf(e.told, e.rows[i].name))
			people, last = append(people, *one), last+1
		} else {
			is := &people[last]
			is.Parts = like.parts(disclosure.Together(is.Parts, one.Parts))
			if one.Started < is.Started {
				is.Started, is.Traits = one.Started, one.Traits
			}
		}
		e.rows[i].person = last
	}
	return people, nil
}

// alikes keep what is said of many people once.
type alikes struct {
	trait map[scheme.Traits]*scheme.Traits
	part  map[string][]disclosure.Parts
	texts map[string]string
}

func (a alikes) text(of string) string {
	kept, there := a.texts[of]
	if !there {
		kept, a.texts[of] = of, of
	}
	return kept
}

func (a alikes) traits(of scheme.Traits) *scheme.Traits {
	if a.trait[of] == nil {
		a.trait[of] = &of
	}
	return a.trait[of]
}

func (a alikes) parts(of []disclosure.Parts) []disclosure.Parts {
	var key []byte
	for _, p := range of {
		key = binary.LittleEndian.AppendUint64(key, uint64(p))
	}
	kept, there := a.part[string(key)]
	if !there {
		kept = slices.Clone(of)
		a.part[string(key)] = kept
	}
	return kept
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
			subject := subjectOf(spells[row.referral()], defs)
			subject.Key, subject.Scheme, subject.Shown = row.name, e.schemeOf(row), *e.plan.Shown[row.person]
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
			of := pairs[row.referral()]
			for i := range of {
				if err := fn(scheme.ExtractPair{Key: row.name, Scheme: e.schemeOf(row), Pair: &of[i], Shown: *e.plan.Shown[row.person]}); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func (e *projecting) schemeOf(row projected) string { return e.names[e.query.Schemes[row.scheme]] }

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
			q.Only[i] = row.referral()
		}
		if err := fn(q, some); err != nil {
			return err
		}
	}
	return nil
}
