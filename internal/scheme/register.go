package scheme

type (
	SessionID string
	Mark      string // what a register says of one prescription
)

// What a register says of somebody. Whoever is left open is not marked at all.
const (
	MarkAttended    Mark = "attended"
	MarkMissed      Mark = "did-not-attend"
	MarkNotExpected Mark = "not-expected" // away, or another day's group: no session was offered
)

// Marks lists them, in the order of the page.
func Marks() []Term {
	return []Term{
		{string(MarkAttended), "Attended"},
		{string(MarkMissed), "Did not attend"},
		{string(MarkNotExpected), "Not expected"},
	}
}

// A Session is one meeting of an activity, for the people of one scheme, whose
// register was taken.
type Session struct {
	ID       SessionID
	Scheme   ID
	Activity ActivityID
	On       Day
	Revision int // 0 for one whose register was never saved
}

// A Dose is what is known of somebody's sessions.
type Dose struct {
	First    Day // attended; no day for nobody
	Offered  int // sessions
	Attended int // sessions
}

// With is what was typed of a prescription together with what its registers
// hold. Sessions attended add up. A number of sessions offered may have been
// typed for a whole course, so registers first use it up, beside the sessions
// typed as attended, and count on when it is used.
func (told Dose) With(registers Dose) Dose {
	if registers == (Dose{}) {
		return told
	}
	both := Dose{First: told.First, Attended: told.Attended + registers.Attended}
	if both.First.IsZero() || !registers.First.IsZero() && registers.First.Before(both.First) {
		both.First = registers.First
	}
	both.Offered = max(told.Offered, told.Attended+registers.Offered)
	return both
}

// Retold is what was typed of a prescription's sessions when it is to say all,
// with those registers beside it. What is as it was stays as it was typed. It
// reports false where registers say more than all.
func (p Prescription) Retold(all, registers Dose) (Dose, bool) {
	told := Dose{First: all.First, Offered: p.Told.Offered, Attended: all.Attended - registers.Attended}
	if all.First == p.FirstAttendedOn {
		told.First = p.Told.First
	}
	if told.With(registers).Offered != all.Offered {
		told.Offered = all.Offered
	}
	return told, told.Attended >= 0 && told.With(registers) == all
}

// Dose is what a prescription says of its sessions, typed and registered.
func (p Prescription) Dose() Dose { return Dose{p.FirstAttendedOn, p.Offered, p.Attended} }

// Registered is the prescription when its registers hold that.
func (p Prescription) Registered(registers Dose) Prescription {
	both := p.Told.With(registers)
	p.FirstAttendedOn, p.Offered, p.Attended = both.First, both.Offered, both.Attended
	return p
}

// And is the dose with one more line of a register.
func (told Dose) And(on Day, mark Mark) Dose {
	switch mark {
	case MarkAttended:
		told.Offered++
		told.Attended++
		if told.First.IsZero() || on.Before(told.First) {
			told.First = on
		}
	case MarkMissed:
		told.Offered++
	}
	return told
}
