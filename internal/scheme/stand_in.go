package scheme

// A StandIn is a day that is kept where the one it stands for is not on record:
// lists are sorted by it and windows counted from it, and nobody is told it as that
// day. It is zero where the day is on record, or has not happened.
type StandIn struct {
	On    Day
	Dated Dating
}

// NotRecorded is what is said in place of a day that is not on record.
const NotRecorded = "Not recorded"

// Told is the day that it stands for, as far as that is known.
func (s StandIn) Told() string {
	if s.Dated == ToTheMonth {
		return s.Dated.Shown(s.On)
	}
	return NotRecorded
}

// Since is the day that the referral is kept under: when it was received, or what
// stands in for that.
func (r Referral) Since() Day {
	if r.ReceivedOn.IsZero() {
		return r.Receipt.On
	}
	return r.ReceivedOn
}

// Received is the day it was received, as far as it is known.
func (r Referral) Received() string {
	if r.ReceivedOn.IsZero() {
		return r.Receipt.Told()
	}
	return r.ReceivedOn.Long()
}

// Receiving is the same in a sentence: "received on 3 March 2026".
func (r Referral) Receiving() string {
	switch {
	case !r.ReceivedOn.IsZero():
		return "received on " + r.ReceivedOn.Long()
	case r.Receipt.Dated == ToTheMonth:
		return "received in " + r.Receipt.Told()
	}
	return "received on a day that is not recorded"
}

// WithReceipt is the referral with the day it was received; no day changes nothing.
// What stands in for the day of acceptance follows, unless a score's day does.
func (r Referral) WithReceipt(on Day) Referral {
	if on.IsZero() {
		return r
	}
	if at := r.Acceptance; !at.On.IsZero() && (at.Dated != Assumed || at.On == r.ReceivedOn) {
		r.Acceptance = StandIn{On: on, Dated: Assumed}
	}
	r.ReceivedOn, r.Receipt = on, StandIn{}
	return r
}

// Accepted reports whether it was accepted, be the day on record or not.
func (r Referral) Accepted() bool { return !r.AcceptedOn.IsZero() || !r.Acceptance.On.IsZero() }

// WhenAccepted is the day it was accepted, as far as it is known.
func (r Referral) WhenAccepted() string {
	if r.AcceptedOn.IsZero() {
		return r.Acceptance.Told()
	}
	return r.AcceptedOn.Long()
}

// Start is the day that windows are counted from; no day of somebody afloat.
func (s Spell) Start() Day {
	if s.Afloat() {
		return Day{}
	}
	start, _ := s.Referral.Started(s.Prescriptions)
	return start
}

// Afloat reports whether no day is known from which windows could be counted: the
// referral came without one, its scores did too, and nothing was attended.
func (s Spell) Afloat() bool {
	_, stage := s.Referral.Started(s.Prescriptions)
	return stage == StageAccepted && s.Referral.AcceptedOn.IsZero() && s.Referral.Acceptance.Dated != Assumed
}
