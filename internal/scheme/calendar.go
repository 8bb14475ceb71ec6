package scheme

// A Calendar adds up, month by month, what came to a scheme and what became of
// it. Waits count in the month in which they ended: those of whom nobody knows
// yet how long they wait would else make every recent month look quick.
type Calendar struct {
	Referred  map[Month]int  // referrals received, further ones of a person too
	ToContact map[Month]Days // from referral to the first contact
	ToStart   map[Month]Days // from referral to the first session
	ToAccept  map[Month]Days // from referral to acceptance
	Due       map[Month]int  // people due again whose window closed
	Paired    map[Month]int  // of those, measured twice
	Wrong     int            // waits that ended before they began
	Undated   int            // referrals whose day is not on record: in no month, and in no wait

	today Day
}

// NewCalendar is empty.
func NewCalendar(today Day) *Calendar {
	return &Calendar{
		Referred: map[Month]int{}, ToContact: map[Month]Days{}, ToStart: map[Month]Days{}, ToAccept: map[Month]Days{},
		Due: map[Month]int{}, Paired: map[Month]int{}, today: today,
	}
}

// Add counts one passage.
func (c *Calendar) Add(p Passage) {
	if p.ReceivedOn.IsZero() {
		c.Undated++
	} else {
		c.Referred[p.ReceivedOn.Month()]++
	}
	c.wait(c.ToContact, p.ReceivedOn, p.Contacted)
	c.wait(c.ToStart, p.ReceivedOn, p.Attended)
	c.wait(c.ToAccept, p.ReceivedOn, p.AcceptedOn)
	of := p.Pair
	if !p.Planned || p.Ordinal > 1 || of.Exit != Stayed || of.Closes.IsZero() || !of.Closes.Before(c.today) {
		return
	}
	switch of.State {
	case Paired:
		c.Paired[of.Closes.Month()]++
		c.Due[of.Closes.Month()]++
	case BaselineOnly:
		c.Due[of.Closes.Month()]++
	}
}

func (c *Calendar) wait(by map[Month]Days, from, to Day) {
	if from.IsZero() || to.IsZero() {
		return
	}
	if by[to.Month()] == nil {
		by[to.Month()] = Days{}
	}
	by[to.Month()].add(from, to, &c.Wrong)
}

// Months are those in which there is anything, in no order.
func (c *Calendar) Months() (all []Month) {
	seen := map[Month]bool{}
	for m := range c.Referred {
		seen[m] = true
	}
	for m := range c.ToContact {
		seen[m] = true
	}
	for m := range c.ToStart {
		seen[m] = true
	}
	for m := range c.ToAccept {
		seen[m] = true
	}
	for m := range c.Due {
		seen[m] = true
	}
	for m := range seen {
		all = append(all, m)
	}
	return all
}
