package evidence

import (
	"fmt"
	"strings"

	"cairn/internal/scheme"
)

// A Journey is how far the people referred came, and how long it took.
type Journey struct {
	Steps    []Step
	Left     []Left // who is not among those measured twice; with Paired they add up to everybody referred
	Contact  Days   // from referral to the first contact
	Baseline Days   // from referral to baseline
	Again    int    // further referrals of the same people, in no count
	Running  int    // people whose window has not closed, in no count

	// Received are the people referred in the period, whenever their time for the
	// later score is over; Closes is when that is so for the first of them, zero where
	// their plan has no such score.
	Received int
	Closes   scheme.Day

	Unrecorded int // accepted, started or measured, and no contact on record
	Unattended int // accepted, and no session on record
	Wrong      int // waits that ended before they began, in none of the days
	Undated    int // people whose day of referral is not on record, in none of the days
	Afloat     int // people of whom no day is known, in no count
}

// A Step is how many people came so far; nil where nobody recorded it.
type Step struct {
	Key    string // as the API calls it
	Name   string
	People *int
}

// A Left is how many people left for one reason.
type Left struct {
	Why    scheme.Leaving
	People int
}

// Label is the reason in words.
func (l Left) Label() string {
	switch l.Why {
	case scheme.LeftDeclined:
		return "Referral declined, no score"
	case scheme.LeftUnscored:
		return "No baseline and no later score"
	case scheme.LeftUnpaired:
		return "A later score without a baseline: never paired"
	case scheme.LeftDied:
		return "Died before the later score: not counted as lost"
	case scheme.LeftMoved:
		return "Moved away before the later score: not counted as lost"
	}
	return "A baseline, not measured again"
}

// JourneyOf says what a scheme's passages add up to.
func JourneyOf(w *scheme.Journey) Journey {
	f := w.Flow
	j := Journey{
		Contact: DaysOf(w.ToContact), Baseline: DaysOf(w.ToBaseline), Again: w.Again, Running: f.Running,
		Received: w.Received, Closes: w.Closes,
		Unrecorded: w.Unrecorded, Unattended: w.Unattended, Wrong: w.Wrong, Undated: w.Undated, Afloat: w.Afloat,
	}
	contacted, seen, started := &w.Contacted, &w.Seen, &f.Started
	if !w.Contacts {
		contacted, seen, j.Unrecorded = nil, nil, 0
	}
	if f.Started == 0 && f.Baseline > 0 { // as after an import: unknown and not nobody
		started, j.Unattended = nil, 0
	}
	again := f.FollowedUp()
	j.Steps = []Step{
		{"referred", "Referred", &f.Referred}, {"contacted", "Contacted", contacted}, {"seen", "Seen", seen},
		{"accepted", "Accepted", &f.Accepted}, {"started", "Started", started}, {"baseline", "Baseline", &f.Baseline},
		{"due", "Due again", &f.Due}, {"followed_up", "Followed up", &again}, {"paired", "Measured twice", &f.Paired},
	}
	for _, why := range scheme.Leavings() {
		j.Left = append(j.Left, Left{why, w.Left[why]})
	}
	return j
}

// Step is the one of that key.
func (j Journey) Step(key string) Step {
	for _, s := range j.Steps {
		if s.Key == key {
			return s
		}
	}
	return Step{Key: key}
}

// People is how many came to a step, 0 where nobody recorded it.
func (j Journey) People(key string) int {
	if n := j.Step(key).People; n != nil {
		return *n
	}
	return 0
}

// Sentence says the ends of the flow, and what is not known of it.
func (j Journey) Sentence() string {
	referred, due, paired := j.People("referred"), j.People("due"), j.People("paired")
	if referred == 0 {
		return j.nobodyYet()
	}
	text := fmt.Sprintf("Of %s referred whose time for the later score is over, %s due to be measured again and %s measured twice.",
		persons(referred), someWere(due), someWere(paired))
	var missing []string
	if j.Step("contacted").People == nil {
		missing = append(missing, "contacts")
	}
	if j.Step("started").People == nil {
		missing = append(missing, "first sessions")
	}
	if len(missing) > 0 {
		text += " Not on record: " + strings.Join(missing, " and ") + ". That is not nobody."
	}
	return text
}

// nobodyYet says of a period without figures whether nobody came in it or whether
// those who came count later.
func (j Journey) nobodyYet() string {
	switch {
	case j.Running > 0:
		return fmt.Sprintf("Nobody's time for the later score is over yet; %s running.", areStill(j.Running))
	case j.Received == 0:
		return "Nobody has been referred in this period."
	case j.Closes.IsZero():
		return fmt.Sprintf("%s referred in this period. Their plan does not have this score at this time, so none of them counts here.", were(j.Received))
	}
	return fmt.Sprintf("%s referred in this period, and nobody's time for the later score ended in it: the first of them counts in %s, when it ends on %s.",
		were(j.Received), j.Closes.Quarter(), j.Closes.Long())
}

// Gaps are what the flow cannot say, each a sentence.
func (j Journey) Gaps() (all []string) {
	if j.Unrecorded > 0 {
		all = append(all, fmt.Sprintf("%s accepted, started or measured without a contact on record. The steps “contacted” and “seen” leave them out.", were(j.Unrecorded)))
	}
	if j.Unattended > 0 && j.Step("started").People != nil {
		all = append(all, fmt.Sprintf("%s accepted and %s no first session on record: for them times are counted from the day of acceptance.", were(j.Unattended), has(j.Unattended)))
	}
	if j.Undated > 0 {
		all = append(all, fmt.Sprintf("For %s the day of referral is not recorded. The days from referral leave them out.", persons(j.Undated)))
	}
	if j.Afloat > 0 {
		all = append(all, fmt.Sprintf("%s in a file without any day. They are in none of these counts; the first and the last score of each are in the figures of that rule.", came(j.Afloat)))
	}
	if j.Wrong > 0 {
		all = append(all, fmt.Sprintf("%s recorded as over before the referral came. Those are in none of the days; look at their dates.", waits(j.Wrong)))
	}
	return all
}

func persons(n int) string {
	if n == 1 {
		return "1 person"
	}
	return People(n) + " people"
}

func someWere(n int) string {
	if n == 1 {
		return "1 was"
	}
	return People(n) + " were"
}

func areStill(n int) string {
	if n == 1 {
		return "1 person is still"
	}
	return People(n) + " people are still"
}

func came(n int) string {
	if n == 1 {
		return "1 person came"
	}
	return People(n) + " people came"
}

func has(n int) string {
	if n == 1 {
		return "has"
	}
	return "have"
}

func waits(n int) string {
	if n == 1 {
		return "1 wait is"
	}
	return People(n) + " waits are"
}
