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
	Rows []int `json:"-"` // of an import that was staged: the positions of those that said it
	// Received is when the referral was received, as those rows say it.
	Received scheme.StandIn `json:"-"`
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
	Line   int
	Rows   []int // see Arriving
	Reason *fault.Fault
}

// loadBatch is how many people share a transaction: few enough that a stop
// loses little, many enough that commits do not dominate.
const loadBatch = 200

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
	l, err := a.loading(w, by, part.Batch)
	if err != nil {
		return err
	}
	h, err := l.look(batch)
	if err != nil {
		return err
	}
	if err := l.workOut(h); err != nil {
		return err
	}
	if err := l.keep(h); err != nil {
		return err
	}
	*part = h.part
	return l.audit()
}

// audit says how much of the handful that was kept last was kept.
func (l *loading) audit() error {
	h := l.kept
	if h == nil {
		return nil
	}
	l.kept = nil
	return l.w.Audit(Entry{
		Actor: l.by.Account, Act: "import.load", Object: string(l.by.Org), RequestID: l.by.RequestID,
		Payload: map[string]int{"people": h.part.People, "added": h.part.Added, "already": h.part.Already, "refused": len(h.part.Refused)},
	})
}

// acceptable leaves out whose reference may not be kept, and says so of every
// line of theirs.
func acceptable(batch []Arrival, part *Loaded) (kept []Arrival) {
	for _, arrival := range batch {
		all, _ := fault.All(scheme.AcceptReference(arrival.Person.Reference))
		if all == nil {
			kept = append(kept, arrival)
			continue
		}
		for _, a := range arrival.Assessments {
			part.Refused = append(part.Refused, Refused{Line: a.Line, Rows: a.Rows, Reason: all[0]})
		}
	}
	return kept
}

// lockKnown holds what a batch is about and returns the people of it who are
// here, locked. Two files at once take everything in one order, and wait for each
// other instead of in a ring.
func lockKnown(w Writer, batch []Arrival) (map[string]scheme.PersonID, error) {
	var schemes []scheme.ID
	var activities []scheme.ActivityID
	references := make([]string, len(batch))
	for i, arrival := range batch {
		references[i] = arrival.Person.Reference
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
	people, err := w.PeopleKnown(references)
	if err != nil {
		return nil, err
	}
	return people, w.LockPeople(slices.Collect(maps.Values(people))...)
}

// register gives those who are not here yet an identifier, in the order of their
// references.
func (h *handful) register() error {
	arriving := map[string]scheme.Person{}
	for _, arrival := range h.batch {
		_, there := h.people[arrival.Person.Reference]
		if _, twice := arriving[arrival.Person.Reference]; !there && !twice {
			arriving[arrival.Person.Reference] = arrival.Person
		}
	}
	for _, reference := range slices.Sorted(maps.Keys(arriving)) {
		p := arriving[reference]
		var err error
		if p.ID, err = newID[scheme.PersonID](); err != nil {
			return err
		}
		h.arriving = append(h.arriving, p)
		h.people[reference] = p.ID
	}
	h.part.People += len(h.arriving)
	return nil
}
