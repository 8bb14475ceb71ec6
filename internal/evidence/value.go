package evidence

import (
	"slices"

	"cairn/internal/scheme"
)

// SetUp is what becomes of what was spent once.
type SetUp string

const (
	SetUpApart  SetUp = "apart"  // shown beside, in no cost a head
	SetUpSpread SetUp = "spread" // over the quarters that it serves, as every line
)

// SetUps lists both, the usual one first.
func SetUps() []scheme.Term {
	return []scheme.Term{
		{Value: string(SetUpApart), Label: "Apart, in no cost a head"},
		{Value: string(SetUpSpread), Label: "Spread over the quarters that it serves"},
	}
}

// Spending is what was spent and over which quarters it is asked about.
type Spending struct {
	Lines []scheme.Cost
	Over  scheme.Period  // an open end is the scheme's first quarter, or the present one
	First scheme.Quarter // the first in which the scheme had a plan
	Today scheme.Day
	SetUp SetUp
}

// A Value is what a scheme cost over the quarters of a finding, and what that is
// a head. Pounds unless a field says otherwise. It is exact: a cost a head beside
// the cost gives the number of people back, so nothing of it is for publication.
type Value struct {
	From   string   `json:"from"`   // quarters, as they are counted
	To     string   `json:"to"`     //
	SetUp  SetUp    `json:"set_up"` // apart | spread
	Total  *float64 `json:"total"`  // what is divided; nil where no cost is entered
	Apart  *float64 `json:"set_up_apart"`
	Kinds  []Spent  `json:"kinds" nullable:"false"`
	Course []Spent  `json:"by_quarter" nullable:"false"` // running costs, without set-up
	Heads  []Head   `json:"heads" nullable:"false"`
	Net    Net      `json:"reliably_better_net_of_worse"`

	over    scheme.Period
	current bool // the present quarter is among them
	gaps    []string
	without []scheme.Quarter // of them, with people and no running cost of any kind
}

// Spent is what went on one kind, or in one quarter.
type Spent struct {
	Key    string   `json:"key"`
	Name   string   `json:"name"`
	Pounds *float64 `json:"pounds"` // nil where nobody entered any
}

// A Head is the cost for one kind of person. People and Pounds are nil, with Why,
// where there is no such number.
type Head struct {
	Key    string   `json:"key"`
	Name   string   `json:"name"`
	People *int     `json:"people"`
	Pounds *float64 `json:"pounds"`
	Lo     *float64 `json:"lo"` // 95% interval; of those reliably improved only
	Hi     *float64 `json:"hi"`
	Why    string   `json:"why,omitempty"`
}

// Net is the cost for each person reliably improved over and above those who got
// reliably worse.
type Net struct {
	Improved *int     `json:"improved"` // people
	Worse    *int     `json:"worse"`
	Pounds   *float64 `json:"pounds"`
	Why      string   `json:"why,omitempty"`
}

// Entered reports that any cost is entered for these quarters.
func (v Value) Entered() bool { return v.Total != nil }

// ValueOf puts costs and people together. Costs are of the quarters in which the
// windows of those people closed.
//
// Unit: pounds a person.
// Formula: cost / people; its interval, of those reliably improved, is
// cost / (n × upper) to cost / (n × lower), with Wilson's limits of the share
// reliably improved of the n people measured twice. The cost has no error.
func ValueOf(f Finding, j Journey, s Spending) Value {
	lines := scheme.Counted(s.Lines)
	v := Value{SetUp: s.SetUp, over: s.period(lines)}
	v.From, v.To = v.over.From.String(), v.over.To.String()
	v.current = v.over.Holds(s.Today.Quarter())
	v.Kinds, v.Course = v.byKind(lines), v.byQuarter(lines)
	v.gaps = v.missing(lines, max(v.over.From, s.First))
	for q := max(v.over.From, s.First); q <= v.over.To; q++ {
		if v.Course[q-v.over.From].Pounds == nil {
			v.without = append(v.without, q)
		}
	}
	for _, k := range v.Kinds {
		switch {
		case k.Pounds == nil:
		case k.Key == string(scheme.CostSetUp) && s.SetUp != SetUpSpread:
			v.Apart = k.Pounds
		default:
			v.Total = plus(v.Total, *k.Pounds)
		}
	}
	v.Heads = []Head{
		v.stage(j.Step("seen"), "person seen", "No contact is on record, so nobody knows how many were seen."),
		v.stage(j.Step("started"), "person started", "No first session and no acceptance is on record, so nobody knows how many started."),
		v.head("paired", "person measured twice", f.Counts.Paired),
	}
	v.improved(f)
	return v
}

// period is the quarters as they are counted: none lies ahead.
func (s Spending) period(lines []scheme.Cost) scheme.Period {
	p, now := s.Over, s.Today.Quarter()
	if p.To == 0 || p.To > now {
		p.To = now
	}
	if p.From == 0 {
		p.From = min(s.First, now)
		for _, c := range lines {
			p.From = min(p.From, c.Over.From)
		}
	}
	return p
}

func plus(sum *float64, more float64) *float64 {
	if sum != nil {
		more += *sum
	}
	return &more
}

// spent adds up the lines that have any quarter in the period.
func spent(lines []scheme.Cost, over scheme.Period, of func(scheme.Cost) bool) (sum *float64) {
	for _, c := range lines {
		if of(c) && c.Over.From <= over.To && c.Over.To >= over.From {
			sum = plus(sum, c.In(over)/pencePerPound)
		}
	}
	return sum
}

func (v Value) byKind(lines []scheme.Cost) (all []Spent) {
	for _, k := range scheme.CostKinds() {
		all = append(all, Spent{k.Value, k.Label, spent(lines, v.over, func(c scheme.Cost) bool { return string(c.Kind) == k.Value })})
	}
	return all
}

func (v Value) byQuarter(lines []scheme.Cost) []Spent {
	all := []Spent{}
	for q := v.over.From; q <= v.over.To; q++ {
		one := scheme.Period{From: q, To: q}
		all = append(all, Spent{q.String(), q.String(), spent(lines, one, func(c scheme.Cost) bool { return c.Kind != scheme.CostSetUp })})
	}
	return all
}

// missing says of each kind of running cost in which quarters there is none.
func (v Value) missing(lines []scheme.Cost, from scheme.Quarter) (all []string) {
	for _, k := range scheme.CostKinds() {
		if k.Value == string(scheme.CostSetUp) {
			continue
		}
		var without []scheme.Quarter
		some := false
		for q := from; q <= v.over.To; q++ {
			has := slices.ContainsFunc(lines, func(c scheme.Cost) bool { return string(c.Kind) == k.Value && c.Over.Holds(q) })
			some = some || has
			if !has {
				without = append(without, q)
			}
		}
		switch {
		case len(without) == 0:
		case !some:
			all = append(all, "No costs of "+costName(k.Value)+" are entered.")
		default:
			all = append(all, "No costs of "+costName(k.Value)+" are entered for "+runs(without)+".")
		}
	}
	return all
}

func (v Value) stage(s Step, name, unknown string) Head {
	if s.People == nil {
		return Head{Key: s.Key, Name: name, Why: unknown}
	}
	return v.head(s.Key, name, *s.People)
}

func (v Value) head(key, name string, people int) Head {
	h := Head{Key: key, Name: name, People: &people}
	switch {
	case v.Total == nil:
		h.Why = "No cost is entered for these quarters."
	case people == 0:
		h.Why = "There is nobody to divide by."
	default:
		h.Pounds = over(*v.Total, float64(people))
	}
	return h
}

func over(cost, people float64) *float64 {
	a := cost / people
	return &a
}

// improved adds the cost for each person reliably improved, and net of those who
// got reliably worse.
func (v *Value) improved(f Finding) {
	const name = "person reliably improved"
	better, _, worse, by := f.Movement()
	if by == "" || better.P == nil {
		why := "Nobody was measured twice."
		if f.Counts.Paired > 0 {
			why = "No threshold of reliable change is agreed for this score."
		}
		v.Heads = append(v.Heads, Head{Key: "improved", Name: name, Why: why})
		v.Net.Why = why
		return
	}
	h := v.head("improved", name, better.X)
	if v.Total != nil {
		n := float64(better.N)
		if better.Hi != nil && *better.Hi > 0 {
			h.Lo = over(*v.Total, n**better.Hi)
		}
		if better.X > 0 && better.Lo != nil && *better.Lo > 0 {
			h.Hi = over(*v.Total, n**better.Lo)
		}
	}
	v.Heads = append(v.Heads, h)
	v.Net = Net{Improved: &better.X, Worse: &worse.X, Why: h.Why}
	switch net := better.X - worse.X; {
	case v.Total == nil:
	case net <= 0:
		v.Net.Why = "As many got reliably worse as improved, or more, so there is nobody to divide by."
	default:
		v.Net.Pounds, v.Net.Why = over(*v.Total, float64(net)), ""
	}
}
