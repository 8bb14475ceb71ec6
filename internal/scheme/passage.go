package scheme

// A Passage is one referral's way through a scheme, with where it stands at one
// follow-up of one series. A zero Day is not on record.
type Passage struct {
	Afloat     bool // as Spell.Afloat
	Ordinal    int  // 1 for a person's first referral to the scheme
	ReceivedOn Day
	Contacted  Day // the first contact that was answered
	Seen       Day // the first meeting or call that the person came to
	Attended   Day // the first session of an activity
	AcceptedOn Day
	DeclinedOn Day
	// Planned reports that the plan measures this series at this follow-up; where it
	// does not, Pair is empty.
	Planned bool
	Pair    Pair // without traits and identifiers
}

// Days is how many people there are by a number of days.
type Days map[int]int

// add counts somebody from one day to another, if both are on record. What ended
// before it began was recorded wrongly and is counted apart.
func (d Days) add(from, to Day, wrong *int) {
	if from.IsZero() || to.IsZero() {
		return
	}
	if to.Before(from) {
		*wrong++
		return
	}
	d[to.DaysSince(from)]++
}

// A Leaving is why somebody referred is not among those measured twice. Each
// person has one.
type Leaving string

const (
	LeftDeclined  Leaving = "declined"      // the referral, with no score
	LeftDied      Leaving = "died"          // before the later score
	LeftMoved     Leaving = "moved_away"    // before the later score
	LeftUnscored  Leaving = "no_score"      // neither score, for any other reason
	LeftUnpaired  Leaving = "followup_only" // a later score without a baseline
	LeftUnwatched Leaving = "lost"          // a baseline, and no later score
)

// Leavings lists every one, in the order in which people leave.
func Leavings() []Leaving {
	return []Leaving{LeftDeclined, LeftUnscored, LeftUnpaired, LeftDied, LeftMoved, LeftUnwatched}
}

// A Journey adds up how far people came, and how long it took. It counts whom
// Transitions counts: first referrals whose window has closed, in one period.
type Journey struct {
	Flow      Flow
	Contacted int
	Seen      int
	// Contacts reports that any contact of the scheme is on record: without one
	// nobody knows who was contacted.
	Contacts bool
	// Unrecorded were accepted, started or measured with no contact on record.
	Unrecorded int
	// Unattended were accepted with no session of an activity on record.
	Unattended int
	Again      int // further referrals of people, in no count
	Received   int // people whose first referral came in the period, whenever their window closes
	Closes     Day // the first of their windows; zero where none is planned
	Left       map[Leaving]int
	ToContact  Days // from referral to the first contact
	ToBaseline Days // from referral to baseline
	Wrong      int  // waits that ended before they began
	// Undated are people counted whose day of referral is not on record: they are in
	// no wait. Afloat are people in no count, since no day is known from which their
	// windows could be counted.
	Undated int
	Afloat  int

	period Period
	today  Day
	tally  Transitions
}

// NewJourney is empty.
func NewJourney(period Period, today Day) *Journey {
	return &Journey{Left: map[Leaving]int{}, ToContact: Days{}, ToBaseline: Days{}, period: period, today: today, tally: NewTransitions()}
}

// Add counts one passage.
func (j *Journey) Add(p Passage) {
	j.Contacts = j.Contacts || !p.Contacted.IsZero()
	j.receive(p)
	if p.Afloat && !p.Planned && p.Ordinal == 1 {
		j.Afloat++
	}
	if !p.Planned || !j.period.Holds(p.Pair.Closes.Quarter()) {
		return
	}
	open := !p.Pair.Closes.Before(j.today)
	if p.Ordinal > 1 {
		if !open {
			j.Again++
		}
		return
	}
	j.tally.Add(Tally{State: p.Pair.State, Stage: p.Pair.Stage, Exit: p.Pair.Exit, Open: open, People: 1})
	j.Flow = j.tally.Flow
	if open {
		return
	}
	j.reached(p)
	if why := p.left(); why != "" {
		j.Left[why]++
	}
	if p.ReceivedOn.IsZero() {
		j.Undated++
	}
	j.ToContact.add(p.ReceivedOn, p.Contacted, &j.Wrong)
	j.ToBaseline.add(p.ReceivedOn, p.Pair.Base.known(), &j.Wrong)
}

func (j *Journey) receive(p Passage) {
	if p.Ordinal > 1 || !j.period.Holds(p.ReceivedOn.Quarter()) {
		return
	}
	j.Received++
	if closes := p.Pair.Closes; p.Planned && !closes.IsZero() && (j.Closes.IsZero() || closes.Before(j.Closes)) {
		j.Closes = closes
	}
}

func (j *Journey) reached(p Passage) {
	accepted := p.Pair.Stage >= StageAccepted
	switch {
	case !p.Contacted.IsZero():
		j.Contacted++
	case accepted || p.Pair.Base != nil || p.Pair.Later != nil:
		j.Unrecorded++
	}
	if !p.Seen.IsZero() {
		j.Seen++
	}
	if accepted && p.Pair.Stage < StageStarted {
		j.Unattended++
	}
}

// left is why the person is not among those measured twice; empty for those who
// are.
func (p Passage) left() Leaving {
	switch {
	case p.Pair.Exit == ExitDied:
		return LeftDied
	case p.Pair.Exit == ExitMoved:
		return LeftMoved
	case p.Pair.State == Paired:
		return ""
	case p.Pair.State == BaselineOnly:
		return LeftUnwatched
	case p.Pair.State == FollowupOnly:
		return LeftUnpaired
	case !p.DeclinedOn.IsZero():
		return LeftDeclined
	}
	return LeftUnscored
}
