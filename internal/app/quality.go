package app

import (
	"context"
	"slices"
	"strings"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// QualityReader reads what says how well things are recorded. Each takes the
// same few queries however much there is.
type QualityReader interface {
	// Collected returns what was due of accepted referrals and what came of it, by
	// referral.
	Collected(q QualityQuery) ([]scheme.Collected, error)
	// Entries returns live assessments, oldest first.
	Entries(q QualityQuery) ([]Entered, error)
	// Reasons counts why something due was not taken.
	Reasons(q QualityQuery) ([]ReasonCount, error)
}

// A QualityQuery says what is looked at.
type QualityQuery struct {
	Since   scheme.Day
	Schemes []scheme.ID // any of these; nil for all of the organisation
}

// Entered is an assessment with where it belongs.
type Entered struct {
	scheme.Assessment
	Scheme    scheme.ID
	Reference string // the person's
}

// A ReasonCount is how often one reason was given in one scheme.
type ReasonCount struct {
	Scheme scheme.ID
	Reason scheme.NotDoneReason
	Times  int
}

// QualityDays is how far back a look at data quality goes.
const QualityDays = 365

// mostFindings is how many entries to look at are listed of one kind; the rest
// is counted.
const mostFindings = 20

// Quality is what a service manager needs to know of how well things are
// recorded: what is there, what is missing, and what to look at. It is for
// inside the organisation, so that its numbers are exact, and it holds no score.
type Quality struct {
	Since         scheme.Day
	Today         scheme.Day
	Schemes       []QualityOf // by name
	Practitioners []QualityOf // by login; what is nobody's comes last
	Entries       int         // assessments looked at
	ItemsMissing  Findings
	Jumps         Findings
	Proxies       Findings
	Twice         Twice // for those who may merge people
	Reasons       []ReasonCount
	Chase         []DueLine // what is due and not recorded, the oldest first
	Measures      map[measure.Key]measure.Definition
}

// QualityOf is what was due and recorded of one scheme, or of one practitioner's
// caseload.
type QualityOf struct {
	ID   string // of the scheme or the account; empty for what is nobody's
	Name string
	scheme.Completeness
	scheme.Modes
}

// Findings are entries to look at, the newest first.
type Findings struct {
	All    int
	Listed []Finding
}

// A Finding is one entry to look at.
type Finding struct {
	Referral  scheme.ReferralID
	Reference string // the person's
	Measure   measure.Key
	On        scheme.Day
	Dated     scheme.Dating // how well that day is known
	Items     int           // that were left out, of ItemsMissing
}

// When is the day it was answered, as far as that is known.
func (f Finding) When() string { return f.Dated.Label(f.On) }

func (f *Findings) add(e Entered, items int) {
	f.All++
	f.Listed = append(f.Listed, Finding{Referral: e.Referral, Reference: e.Reference, Measure: e.Measure, On: e.On, Dated: e.Dated, Items: items})
}

// Quality returns it for the actor's schemes.
func (a *App) Quality(ctx context.Context, by Actor) (found Quality, err error) {
	if err := by.may(SeeQuality); err != nil {
		return Quality{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		found, err = a.quality(r, by)
		return err
	})
	return found, err
}

func (a *App) quality(r Reader, by Actor) (Quality, error) {
	today, err := a.today(r)
	if err != nil {
		return Quality{}, err
	}
	f := Quality{Since: today.Plus(-QualityDays), Today: today}
	q := QualityQuery{Since: f.Since}
	if !by.AllSchemes {
		q.Schemes = append([]scheme.ID{}, by.Schemes...)
	}
	if f.Measures, err = r.Measures(); err != nil {
		return Quality{}, err
	}
	if err := f.readCollected(r, by, q); err != nil {
		return Quality{}, err
	}
	entries, err := r.Entries(q)
	if err != nil {
		return Quality{}, err
	}
	f.look(entries)
	if by.May(MergePeople) {
		if f.Twice, err = a.twice(r, by, mostFindings); err != nil {
			return Quality{}, err
		}
	}
	if f.Reasons, err = r.Reasons(q); err != nil {
		return Quality{}, err
	}
	due, err := r.Due(DueQuery{Today: today, Schemes: q.Schemes, Page: Page{Limit: mostFindings}})
	f.Chase = due.Lines
	return f, err
}

// readCollected counts what was due, by scheme and by caseload.
func (f *Quality) readCollected(r Reader, by Actor, q QualityQuery) error {
	schemes, err := r.Schemes(f.Today)
	if err != nil {
		return err
	}
	people, err := r.Colleagues()
	if err != nil {
		return err
	}
	of, whose := map[string]*QualityOf{}, map[string]*QualityOf{}
	for _, s := range schemes {
		if by.Sees(s.ID) {
			of[string(s.ID)] = &QualityOf{ID: string(s.ID), Name: s.Name}
		}
	}
	logins := map[string]string{}
	for _, c := range people {
		logins[string(c.Account)] = c.Login
	}
	collected, err := r.Collected(q)
	if err != nil {
		return err
	}
	for _, c := range collected {
		holder := string(c.Practitioner)
		if whose[holder] == nil {
			whose[holder] = &QualityOf{ID: holder, Name: logins[holder]}
		}
		whose[holder].Completeness.Add(c, f.Today)
		if line := of[string(c.Scheme)]; line != nil {
			line.Completeness.Add(c, f.Today)
			line.Modes.Add(c)
		}
	}
	f.Schemes, f.Practitioners = byName(of), byName(whose)
	return nil
}

// byName is in order of name, so that nobody is ranked; those without one last.
func byName(of map[string]*QualityOf) []QualityOf {
	var all []QualityOf
	for _, line := range of {
		all = append(all, *line)
	}
	slices.SortFunc(all, func(x, y QualityOf) int {
		if (x.Name == "") != (y.Name == "") {
			return strings.Compare(y.Name, x.Name)
		}
		if c := strings.Compare(strings.ToLower(x.Name), strings.ToLower(y.Name)); c != 0 {
			return c
		}
		return strings.Compare(x.ID, y.ID)
	})
	return all
}

// look goes through the entries, which come oldest first.
func (f *Quality) look(entries []Entered) {
	type series struct {
		person  scheme.PersonID
		measure measure.Key
		rater   measure.Rater
	}
	before := map[series]Entered{}
	f.Entries = len(entries)
	for _, e := range entries {
		def, ok := f.Measures[e.Measure]
		if !ok {
			continue
		}
		if n := def.LeftOut(e.Responses); n > 0 {
			f.ItemsMissing.add(e, n)
		}
		if e.Rater == measure.Proxy && def.Rater != measure.Proxy {
			f.Proxies.add(e, 0)
		}
		key := series{e.Person, e.Measure, e.Rater}
		if was, ok := before[key]; ok && def.Jumps(was.Scores, e.Scores) {
			f.Jumps.add(e, 0)
		}
		before[key] = e
	}
	for _, list := range []*Findings{&f.ItemsMissing, &f.Jumps, &f.Proxies} {
		slices.Reverse(list.Listed)
		list.Listed = list.Listed[:min(len(list.Listed), mostFindings)]
	}
}
