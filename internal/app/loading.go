package app

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/google/uuid"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// An Arrival is one person with one referral and all that is known of it, as a
// file gives it. Identifiers are empty but for Referral.Scheme and the
// prescriptions' activities.
type Arrival struct {
	Person        scheme.Person
	Referral      scheme.Referral
	Prescriptions []scheme.Prescription
	Contacts      []scheme.WorkingContact
	Assessments   []Arriving
}

// Arriving is one assessment with the line of the file it came from.
type Arriving struct {
	Line int
	scheme.Assessment
}

// Loaded is what became of a file.
type Loaded struct {
	People  int // persons new to the organisation
	Added   int // assessments
	Already int // assessments that were there, with the same scores
	Refused []Refused
	Review  int    // alerts that the file raised, on one review list
	Batch   string // of the review list
}

// Refused is one line of the file that could not be kept.
type Refused struct {
	Line      int
	Reference string // of the person
	Reason    *fault.Fault
}

// loadBatch is how many people share a transaction: few enough that a stop
// loses little, many enough that commits do not dominate.
const loadBatch = 200

// ImportSetUp is what a file of scores needs to be there first.
type ImportSetUp struct {
	Measures []measure.Definition
	Known    bool     // they are measures that are here
	Schemes  []string // names
	Days     []int    // of the time points, days after the start, the first 0
	From     scheme.Day
}

// PrepareImport makes the measures and the schemes, each with a plan of the
// file's time points, and returns the schemes by name. What is there already
// with the same content stays; a scheme of that name with another plan faults.
func (a *App) PrepareImport(ctx context.Context, by Actor, in ImportSetUp) (map[string]scheme.Scheme, error) {
	if err := by.may(SetUpSchemes); err != nil {
		return nil, err
	}
	plan := scheme.Plan{Version: 1, EffectiveFrom: in.From}
	for _, d := range in.Measures {
		items, err := scheme.FromTimes(d.Key, in.Days)
		if err != nil {
			return nil, err
		}
		plan.Items = append(plan.Items, items...)
		plan.Headline = items[1].Occasion
		if plan.Primary == "" {
			plan.Primary = d.Reported()[0].Series
		}
	}
	if err := plan.Check(); err != nil {
		return nil, err
	}
	found := map[string]scheme.Scheme{}
	err := a.store.Write(ctx, by.Org, func(w Writer) error {
		for _, d := range in.Measures {
			if in.Known {
				break
			}
			if err := w.AddMeasure(d); err != nil {
				return err
			}
		}
		today, err := a.today(w)
		if err != nil {
			return err
		}
		there, err := w.Schemes(today)
		if err != nil {
			return err
		}
		for _, s := range there {
			found[s.Name] = s
		}
		for _, name := range in.Schemes {
			if s, ok := found[name]; ok {
				if !slices.Equal(s.Plan.Items, plan.Items) {
					return fault.New(fault.Conflict, fault.PlanInvalid, "The scheme “%s” is here already with another measurement plan. Import into another organisation, or under another scheme name.", name)
				}
				continue
			}
			if _, err := addScheme(w, scheme.Scheme{Name: name, Plan: plan, Profile: scheme.ByContact}); err != nil {
				return err
			}
		}
		if there, err = w.Schemes(today); err != nil {
			return err
		}
		for _, s := range there {
			found[s.Name] = s
		}
		return w.Audit(Entry{Actor: by.Account, Act: "import.prepare", Object: string(by.Org), RequestID: by.RequestID, Payload: in})
	})
	if err != nil {
		return nil, fmt.Errorf("prepare import: %w", err)
	}
	return found, nil
}

// Load keeps arrivals in batches, each whole or not at all, and can be run
// again on the same file: what is there is counted and left alone. done is
// told after each batch how many arrivals are through.
func (a *App) Load(ctx context.Context, by Actor, arrivals []Arrival, done func(arrivals int)) (Loaded, error) {
	if err := by.may(RecordPeople); err != nil {
		return Loaded{}, err
	}
	batchID, err := batchOf(arrivals)
	if err != nil {
		return Loaded{}, err
	}
	total := Loaded{Batch: batchID}
	for first := 0; first < len(arrivals); first += loadBatch {
		batch := arrivals[first:min(first+loadBatch, len(arrivals))]
		var part Loaded
		err := a.store.Write(ctx, by.Org, func(w Writer) error {
			part = Loaded{Batch: batchID}
			return a.loadBatch(w, by, batch, &part)
		})
		if err != nil {
			return total, fmt.Errorf("load: %w", err)
		}
		total.People += part.People
		total.Added += part.Added
		total.Already += part.Already
		total.Refused = append(total.Refused, part.Refused...)
		total.Review += part.Review
		done(first + len(batch))
	}
	return total, nil
}

// batchOf names the review list of a file by what is in it, so that the file run
// again, after a stop or by mistake, goes on with the same list.
func batchOf(arrivals []Arrival) (string, error) {
	sum := sha256.New()
	if err := json.NewEncoder(sum).Encode(arrivals); err != nil {
		return "", fmt.Errorf("name a review list: %w", err)
	}
	return uuid.NewSHA1(uuid.NameSpaceOID, sum.Sum(nil)).String(), nil
}

func (a *App) loadBatch(w Writer, by Actor, batch []Arrival, part *Loaded) error {
	defs, err := w.Measures()
	if err != nil {
		return err
	}
	people, err := loadPeople(w, batch, part)
	if err != nil {
		return err
	}
	for _, arrival := range batch {
		person, accepted := people[arrival.Person.Reference]
		if !accepted {
			continue
		}
		id, isNew, err := loadReferral(w, person, arrival)
		if err != nil {
			return err
		}
		spell, err := w.Spell(id)
		if err != nil {
			return err
		}
		if err := a.loadAssessments(w, by, spell, arrival.Assessments, isNew, part); err != nil {
			return err
		}
		if spell, err = w.Spell(id); err != nil {
			return err
		}
		if err := settle(w, spell, defs); err != nil {
			return err
		}
	}
	return w.Audit(Entry{
		Actor: by.Account, Act: "import.load", Object: string(by.Org), RequestID: by.RequestID,
		Payload: map[string]int{"people": part.People, "added": part.Added, "already": part.Already, "refused": len(part.Refused)},
	})
}

// loadPeople returns the people of a batch by their references, those that are
// there locked and the others registered. Two files at once take both in one
// order, and wait for each other instead of in a ring.
func loadPeople(w Writer, batch []Arrival, part *Loaded) (map[string]scheme.PersonID, error) {
	var schemes []scheme.ID
	var activities []scheme.ActivityID
	arriving := map[string]scheme.Person{}
	for _, arrival := range batch {
		if all, _ := fault.All(scheme.AcceptReference(arrival.Person.Reference)); all != nil {
			for _, a := range arrival.Assessments {
				part.Refused = append(part.Refused, Refused{Line: a.Line, Reference: arrival.Person.Reference, Reason: all[0]})
			}
			continue
		}
		if _, twice := arriving[arrival.Person.Reference]; !twice {
			arriving[arrival.Person.Reference] = arrival.Person
		}
		schemes = append(schemes, arrival.Referral.Scheme)
		for _, p := range arrival.Prescriptions {
			activities = append(activities, p.Activity)
		}
	}
	if err := w.HoldSchemes(schemes...); err != nil {
		return nil, err
	}
	if err := w.HoldActivities(activities...); err != nil {
		return nil, err
	}
	people := map[string]scheme.PersonID{}
	for reference := range arriving {
		there, err := w.PersonByReference(reference)
		switch {
		case err == nil:
			people[reference] = there.ID
		case !fault.Is(err, fault.NotFound):
			return nil, err
		}
	}
	if err := w.LockPeople(slices.Collect(maps.Values(people))...); err != nil {
		return nil, err
	}
	for _, reference := range slices.Sorted(maps.Keys(arriving)) {
		if _, there := people[reference]; there {
			continue
		}
		id, err := addPerson(w, arriving[reference])
		if fault.Is(err, fault.PersonTaken) {
			return nil, fmt.Errorf("somebody came meanwhile: %w", ErrAgain)
		}
		if err != nil {
			return nil, err
		}
		part.People++
		people[reference] = scheme.PersonID(id)
	}
	return people, nil
}
