package evidence

import (
	"cairn/internal/scheme"
	"cairn/internal/stat"
)

// A Run is one number of a scheme, month after month or quarter after quarter.
type Run struct {
	Key    string // "referrals", "first_contact", "start" or "acceptance", "completeness"
	Grain  Grain
	Points []RunPoint // of whole months or quarters, oldest first
	Open   *RunPoint  // of the one that is not over; nil where nothing happened in it
	Median *float64   // of the points that have a value
	// Earlier reports that there is something older than the points reach. Where
	// there is not, a service began in the first month: see judge.
	Earlier bool
	// First reports that the first point is in no mean, median or limit.
	First bool
	// Thin reports that most points are of fewer than fewestInPoint people: what
	// they do from one to the next is who came, and they get no limits.
	Thin bool
	// Undated are referrals whose day is not on record: they are in no month, and no
	// wait is counted from them.
	Undated int
	// Limits are there from 12 values on, unless all are alike.
	Limits *RunLimits
	// Signals are what chance alone rarely gives; places are in Points.
	Signals []RunSignal
}

// Grain is how long a point of a run is.
type Grain string

const (
	Monthly   Grain = "month"
	Quarterly Grain = "quarter"
)

// A RunPoint is one month or quarter. Value is people, days or a share (0 to 1),
// by the run's key; nil where nobody is counted.
type RunPoint struct {
	Label string
	Value *float64
	N     int // people, or referrals, that the value is of
	X     int // people who count, in a share
}

// RunLimits are the natural process limits, in the unit of the run. They are
// cut where values end: nothing is below none, and no share above all.
type RunLimits struct{ Mean, MeanRange, Low, High float64 }

// A RunSignal is one pattern, from one point to another.
type RunSignal struct {
	Pattern  stat.Pattern
	From, To int
	Up       bool
}

// Rule is the pattern's name, as the API calls it.
func (s RunSignal) Rule() string {
	switch s.Pattern {
	case stat.Outside:
		return "outside"
	case stat.Shift:
		return "shift"
	case stat.Trend:
		return "trend"
	}
	return "near_limit"
}

// runMonths is how far back runs reach. Older months are of a service that few
// remember, and limits over them would be of another process.
const runMonths = 36

// RunsOf are the runs of a scheme, as they stand on a day.
func RunsOf(c *scheme.Calendar, today scheme.Day) []Run {
	t := newRunTime(c, today)
	all := []Run{
		t.run("referrals", func(m []scheme.Month) RunPoint {
			n := 0
			for _, one := range m {
				n += c.Referred[one]
			}
			value := float64(n)
			return RunPoint{Value: &value, N: n}
		}),
		t.run("first_contact", func(m []scheme.Month) RunPoint { return waited(c.ToContact, m) }),
		t.start(c),
		t.run("completeness", func(m []scheme.Month) RunPoint {
			p := RunPoint{}
			for _, one := range m {
				p.X, p.N = p.X+c.Paired[one], p.N+c.Due[one]
			}
			if p.N > 0 {
				share := float64(p.X) / float64(p.N)
				p.Value = &share
			}
			return p
		}),
	}
	for i := range all {
		if all[i].Key != "completeness" {
			all[i].Undated = c.Undated
		}
	}
	return all
}

// start is the wait for the first session, or for acceptance where no session of
// anybody is on record. The two are never mixed: people who were accepted and have
// not come yet would count as if they had waited no longer, and would move to
// another month when they come.
func (t runTime) start(c *scheme.Calendar) Run {
	if len(c.ToStart) == 0 && len(c.ToAccept) > 0 {
		return t.run("acceptance", func(m []scheme.Month) RunPoint { return waited(c.ToAccept, m) })
	}
	return t.run("start", func(m []scheme.Month) RunPoint { return waited(c.ToStart, m) })
}

// waited is the median wait of the people whose wait ended in these months.
func waited(by map[scheme.Month]scheme.Days, months []scheme.Month) RunPoint {
	all := scheme.Days{}
	for _, m := range months {
		for days, people := range by[m] {
			all[days] += people
		}
	}
	h, err := daysCounted(all)
	if err != nil {
		return RunPoint{}
	}
	return RunPoint{Value: h.Median().Ptr(), N: int(h.N())}
}

// A runTime is the time that runs go over.
type runTime struct {
	grain scheme.Month // months of a point
	first scheme.Month // of the first point
	now   scheme.Month // the first of the point that is not over

	earlier bool // there is something older
}

// newRunTime begins with the first month that has anything, at most three years
// back. It goes by
// quarters where a scheme has been there for more than a year and fewer than
// twelve months had a referral: a month would then mostly be of nobody. A scheme
// that is young goes by months, since quarters would leave it with next to none.
func newRunTime(c *scheme.Calendar, today scheme.Day) runTime {
	now := today.Month()
	t := runTime{grain: 1, first: now, now: now}
	busy := 0
	for _, m := range c.Months() {
		switch {
		case m < now-runMonths:
			t.earlier = true
		case m < now:
			t.first = min(t.first, m)
			busy += min(1, c.Referred[m])
		}
	}
	const year = 12
	if now-t.first > year && busy < year {
		t.grain = 3
		t.first -= t.first % t.grain
		t.now -= t.now % t.grain
	}
	return t
}

func (t runTime) run(key string, at func([]scheme.Month) RunPoint) Run {
	r := Run{Key: key, Grain: Monthly, Earlier: t.earlier}
	if t.grain > 1 {
		r.Grain = Quarterly
	}
	point := func(first scheme.Month) RunPoint {
		var months []scheme.Month
		for m := first; m < first+t.grain; m++ {
			months = append(months, m)
		}
		p := at(months)
		p.Label = first.Label()
		if t.grain > 1 {
			p.Label = first.Quarter().String()
		}
		return p
	}
	for m := t.first; m < t.now; m += t.grain {
		r.Points = append(r.Points, point(m))
	}
	if open := point(t.now); open.N > 0 {
		r.Open = &open
	}
	r.judge()
	return r
}

// fewestInPoint is from how many people on a wait or a share of a month is one of
// a process and no longer of the people in it.
const fewestInPoint = 5

// judge works out what the points say together. The first month of a service is
// seldom a whole one, and only short waits can have ended in it: with enough
// others it is left out.
func (r *Run) judge() {
	const enough = 13 // values, the first among them
	r.First = !r.Earlier && r.Key != "completeness" && r.Values() >= enough
	var values, people []float64
	var places []int
	for i, p := range r.Points {
		if p.Value != nil && !(i == 0 && r.First) {
			values, people, places = append(values, *p.Value), append(people, float64(p.N)), append(places, i)
		}
	}
	r.Median = stat.MedianOf(values).Ptr()
	if n := stat.MedianOf(people).Ptr(); n != nil && *n < fewestInPoint && r.Key != "referrals" {
		r.Thin = true
		return
	}
	x := stat.NewXmR(values)
	mean, spread, low, high := x.Mean.Ptr(), x.Range.Ptr(), x.Low.Ptr(), x.High.Ptr()
	if spread == nil || *spread == 0 {
		return
	}
	r.Limits = &RunLimits{Mean: *mean, MeanRange: *spread, Low: max(0, *low), High: *high}
	if r.Key == "completeness" {
		r.Limits.High = min(1, *high)
	}
	for _, s := range x.Signals() {
		r.Signals = append(r.Signals, RunSignal{s.Pattern, places[s.From], places[s.To], s.Up})
	}
}
