package app

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A Publication is a batch on its way from where it was staged to the records.
type Publication struct {
	Batch string
	Asked BringIn          // whose key is claimed in the same transaction
	SetUp ImportSetUp      // schemes that the file brings with it
	Done  func(people int) // is told how many people are through, which may begin again

	// Refused is told of the rows that could not be kept whole while nothing is
	// settled yet, which may begin again; keep seals a part of what is kept of the
	// sender's file with everything else. It may be nil.
	Refused func(rows []RefusedRow, keep func(ImportPart, []byte) error) error
}

// PublishImport keeps everything that a batch has staged, and the schemes that it
// needs, in one transaction or not at all; one that is published already is
// answered as it is.
func (a *App) PublishImport(ctx context.Context, by Actor, in Publication) (out ImportBatch, err error) {
	if err := by.may(ImportScores); err != nil {
		return ImportBatch{}, err
	}
	if len(in.SetUp.Schemes) > 0 {
		if err := by.may(SetUpSchemes); err != nil {
			return ImportBatch{}, err
		}
	}
	once, err := writing{by, bringInAct, in.Asked.Key, in.Asked}.once()
	if err != nil {
		return ImportBatch{}, err
	}
	err = a.store.Write(ctx, by.Org, func(w Writer) error {
		made, err := w.Claim(once)
		if err != nil {
			return err
		}
		if made != "" { // by a copy that was quicker
			out, err = asPublished(w, made)
			return err
		}
		if out, err = w.ImportBatch(in.Batch); err != nil {
			return err
		}
		if out.State == ImportPublished {
			err = w.DropSent(out.ID)
		} else {
			out, err = a.publish(ctx, w, by, in)
		}
		if err != nil {
			return err
		}
		return w.Settle(once, out.ID)
	})
	if err != nil {
		return out, fmt.Errorf("publish an import: %w", err)
	}
	return out, nil
}

// publish keeps everything that a batch has staged, in one transaction of its
// caller's.
func (a *App) publish(ctx context.Context, w Writer, by Actor, in Publication) (out ImportBatch, err error) {
	if out, err = staging(w, in.Batch); err != nil {
		return out, err
	}
	if len(in.SetUp.Schemes) > 0 {
		if _, err := a.prepareImport(w, by, in.SetUp); err != nil {
			return out, err
		}
	}
	p := &publishing{app: a, w: w, by: by, batch: out.ID, done: in.Done, rowsAtOnce: 500, recount: 1}
	if err := p.run(); err != nil {
		return out, err
	}
	if ctx.Value(rehearsing{}) != nil {
		out.People, out.Added, out.Already = p.total.People, p.total.Added, p.total.Already
		return out, ErrRehearsed
	}
	if err := p.settle(&out, in); err != nil {
		return out, err
	}
	if err := w.DropSent(out.ID); err != nil {
		return out, err
	}
	out.State, out.PublishedAt = ImportPublished, a.now()
	out.People, out.Added, out.Already = p.total.People, p.total.Added, p.total.Already
	out.Revision++
	if err := w.SaveImport(out); err != nil {
		return out, err
	}
	return out, w.Audit(importEntry(by, bringInAct, out))
}

// publishing is one batch on its way from the staged rows to the records.
type publishing struct {
	app        *App
	w          Writer
	by         Actor
	batch      string
	done       func(people int)
	schemes    map[string]scheme.ID
	activities map[string]scheme.ActivityID
	defs       map[measure.Key]measure.Definition
	today      scheme.Day
	total      Loaded
	after      string // the reference up to which people are in hand
	rowsAtOnce int
	through    int // arrivals that are kept
	steps      int // handfuls that are kept
	recount    int // how many of them there are when the database counts again
}

// prepare takes the locks of the whole batch in the order of every write:
// schemes, activities, people.
func (p *publishing) prepare() (err error) {
	if p.today, err = p.app.today(p.w); err != nil {
		return err
	}
	if p.defs, err = p.w.Measures(); err != nil {
		return err
	}
	p.schemes, p.activities = map[string]scheme.ID{}, map[string]scheme.ActivityID{}
	there, err := p.w.Schemes(p.today)
	if err != nil {
		return err
	}
	for _, s := range there {
		p.schemes[s.Name] = s.ID
	}
	activities, err := p.w.Activities()
	if err != nil {
		return err
	}
	for _, one := range activities {
		p.activities[one.Name] = one.ID
	}
	if err := p.w.HoldSchemes(slices.Collect(maps.Values(p.schemes))...); err != nil {
		return err
	}
	if err := p.w.HoldActivities(slices.Collect(maps.Values(p.activities))...); err != nil {
		return err
	}
	return p.w.LockStaged(p.batch)
}

// arrivals puts the rows of some people together, each referral once.
func (p *publishing) arrivals(rows []ImportRow, plans plansRead) ([]Arrival, error) {
	type enrolment struct{ reference, scheme string }
	var order []enrolment
	of := map[enrolment][]staged{}
	for _, r := range rows {
		for _, s := range r.Scores {
			who := enrolment{r.Reference, s.Scheme}
			if of[who] == nil {
				order = append(order, who)
			}
			of[who] = append(of[who], staged{r.Position, r.Line, s})
		}
	}
	var all []Arrival
	for _, who := range order {
		id, there := p.schemes[who.scheme]
		if !there {
			return nil, fault.New(fault.Conflict, fault.ImportState, "The scheme “%.60s” is not here any more. Import the file again.", who.scheme)
		}
		under, err := plans.of(p.w, id)
		if err != nil {
			return nil, err
		}
		in, err := p.arrival(of[who], under)
		if err != nil {
			return nil, err
		}
		if in.Referral.Since().IsZero() {
			continue // its scores were refused, and nothing else is known of it
		}
		in.Person.Reference, in.Referral.Scheme = who.reference, id
		in.Person.Batch, in.Referral.Batch = p.batch, p.batch
		all = append(all, in)
	}
	return all, nil
}

// staged is a score with its row.
type staged struct {
	position, line int
	StagedScore
}

// arrival is one referral to a scheme of those plans, with what was measured in it. On which day an activity
// was offered, no file says.
func (p *publishing) arrival(scores []staged, plans []scheme.Plan) (in Arrival, err error) {
	scores = p.dated(scores)
	for _, s := range scores {
		id, there := p.activities[s.Activity]
		if there && !slices.ContainsFunc(in.Prescriptions, func(x scheme.Prescription) bool { return x.Activity == id }) {
			in.Prescriptions = append(in.Prescriptions, scheme.Prescription{Activity: id})
		}
	}
	in.Assessments, err = p.assessments(scores)
	var said scheme.StandIn
	for _, s := range scores {
		said = said.Sooner(s.received())
	}
	in.Referral = begun(said, in.Assessments, plans)
	return in, err
}

// received is the day of the referral, as the row says it.
func (s staged) received() scheme.StandIn {
	return scheme.StandIn{On: s.Referred, Dated: s.ReferredDated}
}

// dated gives scores of which only the order is known days no later than today,
// in that order. Nothing is known by these days: they are where such a score is kept.
func (p *publishing) dated(scores []staged) []staged {
	var orders []int
	for _, s := range scores {
		if s.Dated == scheme.ByOrder {
			orders = append(orders, s.Order)
		}
	}
	slices.Sort(orders)
	orders = slices.Compact(orders)
	out := slices.Clone(scores)
	for i, s := range out {
		if s.Dated == scheme.ByOrder {
			at, _ := slices.BinarySearch(orders, s.Order)
			out[i].On = p.today.Plus(at + 1 - len(orders))
		}
	}
	return out
}

// assessments makes one of all answers of a measure that were given on a day, or at
// an occasion without one.
func (p *publishing) assessments(scores []staged) (all []Arriving, err error) {
	type once struct {
		measure measure.Key
		at      scheme.Moment
	}
	at := map[once]int{}
	for _, s := range scores {
		if s.Measure == "" {
			continue
		}
		def, there := p.defs[s.Measure]
		if !there {
			return nil, fault.New(fault.Conflict, fault.ImportState, "The measure %s is not here any more. Import the file again.", s.Measure)
		}
		when := once{s.Measure, scheme.Assessment{On: s.On, Dated: s.Dated, Occasion: s.Occasion}.Moment()}
		if i, again := at[when]; again && s.Answers != nil && all[i].Responses != nil {
			maps.Copy(all[i].Responses, s.Answers)
			all[i].Rows, all[i].Received = append(all[i].Rows, s.position), all[i].Received.Sooner(s.received())
			continue
		}
		one := Arriving{Line: s.line, Rows: []int{s.position}, Received: s.received(), Assessment: scheme.Assessment{
			Measure: def.Key, Version: def.Version, On: s.On, Dated: s.Dated, Occasion: s.Occasion, Rater: def.Rater, Responses: maps.Clone(s.Answers),
		}}
		if s.Answers == nil {
			one.Scores, err = def.FromScore(s.Series, s.Text)
			if refused, err := p.refused(one, err); refused || err != nil {
				if err != nil {
					return nil, err
				}
				continue
			}
		}
		at[when] = len(all)
		all = append(all, one)
	}
	var kept []Arriving
	for _, one := range all {
		if one.Responses != nil {
			one.Scores, err = p.defs[one.Measure].FromItems(one.Responses)
			if refused, err := p.refused(one, err); refused || err != nil {
				if err != nil {
					return nil, err
				}
				continue
			}
		}
		kept = append(kept, one)
	}
	return kept, nil
}

// refused notes the rows of a score that the measure does not take, as it is
// defined by now.
func (p *publishing) refused(one Arriving, err error) (bool, error) {
	all, accident := fault.All(err)
	if len(all) == 0 || accident != nil {
		return false, accident
	}
	p.total.Refused = append(p.total.Refused, Refused{Line: one.Line, Rows: one.Rows, Reason: all[0]})
	return true, nil
}
