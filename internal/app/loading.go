package app

import (
	"context"
	"fmt"
	"slices"

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
}

// Refused is one line of the file that could not be kept.
type Refused struct {
	Line   int
	Reason *fault.Fault
}

// loadBatch is how many people share a transaction: few enough that a stop
// loses little, many enough that commits do not dominate.
const loadBatch = 200

// ImportSetUp is what a file of scores needs to be there first.
type ImportSetUp struct {
	Measures []measure.Definition
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
			if _, err := addScheme(w, name, plan); err != nil {
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
	var total Loaded
	for first := 0; first < len(arrivals); first += loadBatch {
		batch := arrivals[first:min(first+loadBatch, len(arrivals))]
		var part Loaded
		err := a.store.Write(ctx, by.Org, func(w Writer) error {
			part = Loaded{}
			return a.loadBatch(w, by, batch, &part)
		})
		if err != nil {
			return total, fmt.Errorf("load: %w", err)
		}
		total.People += part.People
		total.Added += part.Added
		total.Already += part.Already
		total.Refused = append(total.Refused, part.Refused...)
		done(first + len(batch))
	}
	return total, nil
}

func (a *App) loadBatch(w Writer, by Actor, batch []Arrival, part *Loaded) error {
	defs, err := w.Measures()
	if err != nil {
		return err
	}
	for _, arrival := range batch {
		if all, _ := fault.All(scheme.AcceptReference(arrival.Person.Reference)); all != nil {
			for _, a := range arrival.Assessments {
				part.Refused = append(part.Refused, Refused{Line: a.Line, Reason: all[0]})
			}
			continue
		}
		person, err := loadPerson(w, arrival.Person, part)
		if err != nil {
			return err
		}
		if err := w.LockPerson(person); err != nil {
			return err
		}
		id, err := loadReferral(w, person, arrival)
		if err != nil {
			return err
		}
		spell, err := w.Spell(id)
		if err != nil {
			return err
		}
		if err := loadAssessments(w, by, spell, arrival.Assessments, part); err != nil {
			return err
		}
		if spell, err = w.Spell(id); err != nil {
			return err
		}
		if err := w.SavePairs(id, spell.Pairs(defs)); err != nil {
			return err
		}
	}
	return w.Audit(Entry{
		Actor: by.Account, Act: "import.load", Object: string(by.Org), RequestID: by.RequestID,
		Payload: map[string]int{"people": part.People, "added": part.Added, "already": part.Already, "refused": len(part.Refused)},
	})
}

// loadPerson returns the person of that reference, registered unless there.
func loadPerson(w Writer, in scheme.Person, part *Loaded) (scheme.PersonID, error) {
	there, err := w.PersonByReference(in.Reference)
	if !fault.Is(err, fault.NotFound) {
		return there.ID, err
	}
	part.People++
	id, err := addPerson(w, in)
	return scheme.PersonID(id), err
}

// loadReferral returns the person's referral to the scheme, made with its
// prescriptions unless it is there. A row that was mended may move the day a
// file's referral starts, so an open referral is the same one whatever its day.
func loadReferral(w Writer, person scheme.PersonID, in Arrival) (scheme.ReferralID, error) {
	lines, err := w.Referrals(ReferralFilter{Schemes: []scheme.ID{in.Referral.Scheme}, Person: person}, Page{Limit: 200})
	if err != nil {
		return "", err
	}
	for _, l := range lines {
		if l.Referral.ReceivedOn == in.Referral.ReceivedOn {
			return l.Referral.ID, nil
		}
	}
	for _, l := range lines {
		if l.Referral.Open() {
			return l.Referral.ID, nil
		}
	}
	return addSpell(w, person, in)
}

func addSpell(w Writer, person scheme.PersonID, in Arrival) (scheme.ReferralID, error) {
	sch, err := w.Scheme(in.Referral.Scheme, in.Referral.ReceivedOn)
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

// loadAssessments adds what the referral does not hold yet. A line that says
// something else than what is kept is refused: neither is overwritten.
func loadAssessments(w Writer, by Actor, spell scheme.Spell, in []Arriving, part *Loaded) error {
	for _, next := range in {
		there := slices.IndexFunc(spell.Assessments, func(x scheme.Assessment) bool {
			return x.Measure == next.Measure && x.On == next.On && x.Rater == next.Rater
		})
		if there >= 0 && slices.Equal(spell.Assessments[there].Scores, next.Scores) {
			part.Already++
			continue
		}
		made := next.Assessment
		made.Person, made.Referral = spell.Referral.Person, spell.Referral.ID
		var err error
		if made.ID, err = newID[scheme.AssessmentID](); err != nil {
			return err
		}
		err = w.AddAssessment(made, Trace{By: by.Account, Source: by.Source})
		if fault.Is(err, fault.AssessmentTwice) {
			all, _ := fault.All(err)
			part.Refused = append(part.Refused, Refused{Line: next.Line, Reason: all[0]})
			continue
		}
		if err != nil {
			return err
		}
		part.Added++
	}
	return nil
}
