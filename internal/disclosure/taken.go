package disclosure

import (
	"cairn/internal/evidence"
	"cairn/internal/scheme"
)

// A Way is what is known of the people of a figure besides their scores: how far
// they came and how they were measured. It is exact, as a finding is.
type Way struct {
	Journey       evidence.Journey
	Circumstances evidence.Circumstances
}

// Taken is how people came to be measured and how the scores of those measured
// twice were taken. Figures of groups have none, and those of releases made
// before method 3.
type Taken struct {
	Contacted Count `json:"contacted"` // people who were reached, as far as it is on record
	Seen      Count `json:"seen"`      // people who came to a meeting or a call
	Declined  Count `json:"declined"`  // referrals, with no score
	Unscored  Count `json:"no_score"`  // neither score, for any other reason

	ToContact  Wait `json:"to_first_contact"` // from referral
	ToBaseline Wait `json:"to_baseline"`      // from referral
	Between    Wait `json:"between_scores"`

	Channel   Share `json:"channel_changed"`  // asked in another way the second time, of whom both are recorded
	Helper    Share `json:"helper_changed"`   // with other help the second time, likewise
	Deliverer Share `json:"deliverer_helped"` // later scores taken with the help of who delivers the service
	Late      Share `json:"late_baseline"`    // baselines after the first session, of those with a session on record
}

// A Wait is the quartiles of days, multiples of 5; all null where it is not
// certain that they are 50 people.
type Wait struct {
	Lower  *float64 `json:"lower"`
	Median *float64 `json:"median"`
	Upper  *float64 `json:"upper"`
}

// WhyTaken stands where a share of how scores were taken is hidden whole.
const WhyTaken = "hidden with what it is a part of, so that no smaller group can be worked out"

// taken shows what is known besides the scores.
func (s showing) taken(w *Way) {
	j, c := w.Journey, w.Circumstances
	s.Taken = &Taken{
		Contacted: s.step("contacted", j), Seen: s.step("seen", j),
		Declined: s.count(left(w, scheme.LeftDeclined)), Unscored: s.count(left(w, scheme.LeftUnscored)),
		ToContact: s.wait("to_first_contact", j.Contact), ToBaseline: s.wait("to_baseline", j.Baseline), Between: s.wait("between_scores", c.Between),
	}
	for _, t := range takens() {
		a := t.among(c)
		*t.shown(s.Taken) = s.share(a.X, a.N)
	}
}

func (s showing) step(key string, j evidence.Journey) Count {
	n := j.Step(key).People
	if n == nil {
		s.hide("taken."+key, "no contact of the scheme is on record")
		return Count{}
	}
	return s.count(*n)
}

// wait rounds days to multiples of 5.
func (s showing) wait(key string, d evidence.Days) Wait {
	if s.certain(d.N) < forTests {
		s.hide("taken."+key, s.few(d.N, forTests))
		return Wait{}
	}
	const perDay = 1.0 / toward
	return Wait{decimals(*d.Lower, perDay), decimals(*d.Median, perDay), decimals(*d.Upper, perDay)}
}

// left is how many people left for a reason.
func left(w *Way, why scheme.Leaving) int {
	for _, l := range w.Journey.Left {
		if l.Why == why {
			return l.People
		}
	}
	return 0
}

// reached is how many came to a step, 0 where nobody recorded it.
func reached(key string) func(*Way) int {
	return func(w *Way) int { return w.Journey.People(key) }
}

// A takenShare is one of the shares, with the truth behind it.
type takenShare struct {
	path  string
	among func(evidence.Circumstances) evidence.Among
	shown func(*Taken) *Share
}

// takens are the shares in a fixed order.
func takens() []takenShare {
	changed := func(a evidence.Alike) evidence.Among { return evidence.Among{X: a.Changed, N: a.Of()} }
	return []takenShare{
		{"taken.channel_changed", func(c evidence.Circumstances) evidence.Among { return changed(c.Channel) }, func(t *Taken) *Share { return &t.Channel }},
		{"taken.helper_changed", func(c evidence.Circumstances) evidence.Among { return changed(c.Helper) }, func(t *Taken) *Share { return &t.Helper }},
		{"taken.deliverer_helped", func(c evidence.Circumstances) evidence.Among { return c.Deliverer }, func(t *Taken) *Share { return &t.Deliverer }},
		{"taken.late_baseline", func(c evidence.Circumstances) evidence.Among { return c.LateBaselines }, func(t *Taken) *Share { return &t.Late }},
	}
}

// takenCells are the numbers of people besides the scores: four steps, and of each
// share those of whom it is known, those who count, those who do not, and those of
// whom nothing is recorded.
func takenCells() []cell {
	of := func(f *Figure) *Taken {
		if f.Taken == nil {
			return &Taken{}
		}
		return f.Taken
	}
	all := []cell{
		{path: "taken.contacted", taken: reached("contacted"), shown: func(f *Figure) *Count { return &of(f).Contacted }},
		{path: "taken.seen", taken: reached("seen"), shown: func(f *Figure) *Count { return &of(f).Seen }},
		{path: "taken.declined", taken: func(w *Way) int { return left(w, scheme.LeftDeclined) }, shown: func(f *Figure) *Count { return &of(f).Declined }},
		{path: "taken.no_score", taken: func(w *Way) int { return left(w, scheme.LeftUnscored) }, shown: func(f *Figure) *Count { return &of(f).Unscored }},
	}
	for _, t := range takens() {
		hide := func(f *Figure) { *t.shown(f.Taken) = Share{} }
		all = append(all,
			cell{path: t.path + ".of", taken: func(w *Way) int { return t.among(w.Circumstances).N }, shown: func(f *Figure) *Count { return &t.shown(of(f)).Of }, hide: hide, why: WhyTaken},
			cell{path: t.path + ".people", taken: func(w *Way) int { return t.among(w.Circumstances).X }, shown: func(f *Figure) *Count { return &t.shown(of(f)).People }, hide: hide, why: WhyTaken},
			cell{path: t.path + " not", taken: func(w *Way) int { a := t.among(w.Circumstances); return a.N - a.X }},
			cell{path: t.path + " not recorded", taken: func(w *Way) int { return w.Circumstances.Pairs - t.among(w.Circumstances).N }},
		)
	}
	return all
}

// Places of the cells of a share, from its first.
const (
	takenOf = iota
	takenPeople
	takenNot
	takenUnknown
	takenEach
)

const takenShares = 4 // as many as takens has

// addsTaken is what holds among them.
func (m *model) addsTaken(n *node) {
	if !n.way {
		return
	}
	m.total(n, cReferred, cDeclined, cUnscored, cFollowupOnly, cDied, cMoved, cLost, cPaired)
	m.inside(n, cReferred, cContacted)
	m.inside(n, cContacted, cSeen)
	for i := range takens() {
		at := cTaken + i*takenEach
		m.total(n, at+takenOf, at+takenPeople, at+takenNot)
		m.total(n, cPaired, at+takenOf, at+takenUnknown)
	}
}
