package scheme

import (
	"slices"

	"cairn/internal/measure"
)

// An Event is one thing that happened during a referral, for a timeline. Fields
// that a kind has no use for are empty.
type Event struct {
	On         Day
	Dated      Dating // how well the day is known
	Until      Day    // of a pause, its last day; no day while nobody knows
	Kind       EventKind
	Referral   ReferralID
	Scheme     ID
	Activity   ActivityID
	End        EndReason
	Level      OTLevel
	Measure    measure.Key
	Occasion   Occasion
	Rater      measure.Rater
	Assessment AssessmentID
	Way        Way
	Outcome    Outcome
	Why        NotDoneReason
}

// When is the day as far as it is known.
func (e Event) When() string { return e.Dated.Shown(e.On) }

// EventKind says what happened.
type EventKind string

const (
	EventReceived  EventKind = "received"
	EventAccepted  EventKind = "accepted"
	EventDeclined  EventKind = "declined"
	EventEnded     EventKind = "ended"
	EventPaused    EventKind = "paused"   // from then on nothing is asked
	EventReopened  EventKind = "reopened" // after an end or a decline, the last time
	EventOT        EventKind = "ot"
	EventOffered   EventKind = "offered" // an activity
	EventTaken     EventKind = "taken_up"
	EventRefused   EventKind = "turned_down"
	EventAttended  EventKind = "first_attended"
	EventFinished  EventKind = "activity_ended"
	EventMeasured  EventKind = "measured"
	EventContact   EventKind = "contact"
	EventNotDone   EventKind = "not_done"  // a measure that was due
	EventWithdrawn EventKind = "withdrawn" // a measure that should not have been recorded
)

// EventKinds lists every kind, in the order in which things of one day are told.
func EventKinds() []EventKind {
	return []EventKind{
		EventReceived, EventAccepted, EventDeclined, EventReopened, EventPaused, EventOT, EventOffered, EventTaken, EventRefused, EventAttended,
		EventContact, EventNotDone, EventMeasured, EventWithdrawn, EventFinished, EventEnded,
	}
}

// Timeline is everything that happened in those referrals, newest first, and what
// else is told. Each kind of record is one function of eventsOf.
func Timeline(spells []Spell, also ...Event) []Event {
	all := slices.Clone(also)
	for _, s := range spells {
		for _, of := range eventsOf() {
			for _, e := range of(s) {
				if e.On.IsZero() {
					continue
				}
				e.Referral, e.Scheme = s.Referral.ID, s.Referral.Scheme
				all = append(all, e)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Event) int {
		if d := b.On.DaysSince(a.On); d != 0 {
			return d
		}
		return slices.Index(EventKinds(), b.Kind) - slices.Index(EventKinds(), a.Kind)
	})
	return all
}

// eventsOf is what a referral's records tell. A day that has not happened is left
// out by Timeline.
func eventsOf() []func(Spell) []Event {
	return []func(Spell) []Event{referralEvents, pauseEvents, involvementEvents, prescriptionEvents, assessmentEvents, notDoneEvents}
}

func referralEvents(s Spell) []Event {
	r := s.Referral
	return []Event{
		{On: r.ReceivedOn, Kind: EventReceived},
		{On: r.AcceptedOn, Kind: EventAccepted},
		{On: r.DeclinedOn, Kind: EventDeclined},
		{On: r.EndedOn, Kind: EventEnded, End: r.EndReason},
		{On: r.ReopenedOn, Kind: EventReopened},
	}
}

// pauseEvents tell when a pause began and until when it was meant to be: its end
// may lie ahead, and a timeline tells what happened.
func pauseEvents(s Spell) (all []Event) {
	for _, p := range s.Referral.Pauses {
		all = append(all, Event{On: p.From, Until: p.Until, Kind: EventPaused})
	}
	return all
}

func involvementEvents(s Spell) (all []Event) {
	for _, i := range s.Referral.OT {
		all = append(all, Event{On: i.On, Kind: EventOT, Level: i.Level})
	}
	return all
}

func prescriptionEvents(s Spell) (all []Event) {
	for _, p := range s.Prescriptions {
		all = append(all,
			Event{On: p.OfferedOn, Kind: EventOffered, Activity: p.Activity},
			Event{On: p.AcceptedOn, Kind: EventTaken, Activity: p.Activity},
			Event{On: p.DeclinedOn, Kind: EventRefused, Activity: p.Activity},
			Event{On: p.FirstAttendedOn, Kind: EventAttended, Activity: p.Activity},
			Event{On: p.EndedOn, Kind: EventFinished, Activity: p.Activity, End: p.EndReason},
		)
	}
	return all
}

func assessmentEvents(s Spell) (all []Event) {
	for _, a := range s.Assessments {
		e := Event{On: a.On, Dated: a.Dated, Kind: EventMeasured, Measure: a.Measure, Occasion: a.Occasion, Rater: a.Rater, Assessment: a.ID}
		if a.Withdrawn {
			e.Kind = EventWithdrawn
		}
		all = append(all, e)
	}
	return all
}

func notDoneEvents(s Spell) (all []Event) {
	for _, n := range s.NotDone {
		if !n.Undone {
			all = append(all, Event{On: n.On, Kind: EventNotDone, Measure: n.Measure, Occasion: n.Occasion, Why: n.Reason})
		}
	}
	return all
}

// ContactEvents are the contacts of one referral, which a spell does not hold.
func ContactEvents(of Referral, contacts []WorkingContact) (all []Event) {
	for _, c := range contacts {
		if !c.Withdrawn {
			all = append(all, Event{On: c.On, Kind: EventContact, Referral: of.ID, Scheme: of.Scheme, Way: c.Way, Outcome: c.Outcome})
		}
	}
	return all
}
