package scheme

// Manner adds up when and how the two scores of people measured twice were taken.
// It counts whom a transition table counts as paired.
type Manner struct {
	Between  Days // from baseline to the later score
	Waited   Days // from referral to baseline
	Undated  int  // people of whom one of these two days is not on record
	Apart    int  // people of whom the day of one of the two scores is not known
	Wrong    int  // waits that ended before they began
	Late     int  // baselines after the first session
	Attended int  // pairs of people whose first session is on record, and the day of the baseline
	// Helped are later scores of which it is recorded who helped, Deliverer those
	// with which staff who deliver the service did; Base- the same of baselines.
	Helped, Deliverer         int
	BaseHelped, BaseDeliverer int
	Channel, Helper           Split

	period Period
	today  Day
}

// A Split is how people's scores moved, by whether both were taken alike.
type Split struct{ Same, Changed, Unknown Transitions }

func newSplit() Split { return Split{NewTransitions(), NewTransitions(), NewTransitions()} }

// NewManner is empty.
func NewManner(period Period, today Day) *Manner {
	return &Manner{Between: Days{}, Waited: Days{}, Channel: newSplit(), Helper: newSplit(), period: period, today: today}
}

// Add counts one passage.
func (m *Manner) Add(p Passage) {
	of := p.Pair
	if !p.Planned || p.Ordinal > 1 || of.State != Paired || of.Exit != Stayed || !of.Closes.Before(m.today) || !m.period.Holds(of.Closes.Quarter()) {
		return
	}
	if p.ReceivedOn.IsZero() || of.Base.known().IsZero() {
		m.Undated++
	}
	if of.Base.known().IsZero() || of.Later.known().IsZero() {
		m.Apart++
	}
	m.Between.add(of.Base.known(), of.Later.known(), &m.Wrong)
	m.Waited.add(p.ReceivedOn, of.Base.known(), &m.Wrong)
	if base := of.Base.known(); !p.Attended.IsZero() && !base.IsZero() {
		m.Attended++
		if base.After(p.Attended) {
			m.Late++
		}
	}
	helped := func(by Helper, known, deliverer *int) {
		if by != "" {
			*known++
		}
		if by == "deliverer" {
			*deliverer++
		}
	}
	helped(of.Later.Helper, &m.Helped, &m.Deliverer)
	helped(of.Base.Helper, &m.BaseHelped, &m.BaseDeliverer)
	m.Channel.add(string(of.Base.Channel), string(of.Later.Channel), of)
	m.Helper.add(string(of.Base.Helper), string(of.Later.Helper), of)
}

func (s *Split) add(before, after string, of Pair) {
	to := &s.Same
	switch {
	case before == "" || after == "":
		to = &s.Unknown
	case before != after:
		to = &s.Changed
	}
	to.Add(Tally{State: Paired, Stage: of.Stage, From: of.Base.Level, To: of.Later.Level, People: 1})
}

// Pairs is how many people are in the split.
func (s Split) Pairs() int { return s.Same.Flow.Paired + s.Changed.Flow.Paired + s.Unknown.Flow.Paired }
