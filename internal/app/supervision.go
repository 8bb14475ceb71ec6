package app

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"cairn/internal/evidence"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// SupervisionAsk says whose work, and when. Empty fields ask for the actor's own
// in the quarter that holds today.
type SupervisionAsk struct {
	Who    scheme.AccountID
	Period string // a quarter or a month: 2026-Q1, 2026-03
}

// A Supervision is what one practitioner brings to supervision. It is of one
// alone: nothing in it can be put beside a colleague's, and nobody is ranked.
type Supervision struct {
	Who        Colleague
	Period     string // as it is asked for
	Span       scheme.Span
	Today      scheme.Day
	Only       []string // names of the schemes counted, where the actor does not see all
	Open       int      // referrals, today
	Paused     int      // of those
	Waiting    int      // of those, neither paused nor reached yet
	Due        map[scheme.Standing]int
	NotDone    []Tallied
	Seen       int // people who were reached in the span
	Contacts   []Tallied
	Ends       []Tallied    // why referrals ended in the span
	Declines   []Tallied    // why referrals were declined in the span
	Talk       []Supervised // to talk about first: worse, or with an alert that is not closed
	Others     []Supervised // whose referral is open
	Closed     []Supervised // in the span
	More       bool         // the caseload is longer than what was looked at, the first by reference
	Colleagues []Colleague  // whose summary the actor may see
}

// mostKept is how many referrals one summary looks at.
const mostKept = 2000

// Tallied is how often one thing of a list was recorded.
type Tallied struct {
	Value string
	Label string
	Times int
}

// Supervised is one referral of the caseload with how its main measure went.
type Supervised struct {
	Referral  scheme.Referral
	Reference string // the person's
	Initials  string // empty where the scheme knows no names
	Scheme    string // its name
	Main      string // name of the scheme's main score; empty where its measure is gone
	Reading   evidence.Reading
	Alerts    int // not closed
	Paused    bool
	Waiting   bool
}

// Supervision returns the summary of one practitioner: the actor's own, or for
// whoever supervises a colleague's in the schemes that they see.
func (a *App) Supervision(ctx context.Context, by Actor, ask SupervisionAsk) (v Supervision, err error) {
	if err := by.may(SeeSupervision); err != nil {
		return Supervision{}, err
	}
	if ask.Who == "" {
		ask.Who = by.Account
	}
	if ask.Who != by.Account && !by.May(Supervise) {
		return Supervision{}, notThere()
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		v = Supervision{Period: ask.Period}
		if err := a.supervised(r, by, ask.Who, &v); err != nil {
			return err
		}
		q := SupervisionQuery{Who: ask.Who, Schemes: by.own(), Span: v.Span}
		if err := v.work(r, q); err != nil {
			return err
		}
		return v.read(r, by, q)
	})
	if err != nil {
		return Supervision{}, fmt.Errorf("supervision of %s: %w", ask.Who, err)
	}
	return v, nil
}

// supervised settles whose summary it is, and of when.
func (a *App) supervised(r Reader, by Actor, who scheme.AccountID, v *Supervision) (err error) {
	if v.Today, err = a.today(r); err != nil {
		return err
	}
	if v.Period == "" {
		v.Period = v.Today.Quarter().String()
	}
	if v.Span, err = scheme.ParseSpan(v.Period); err != nil {
		return atField(err, "period")
	}
	if v.Span.First.After(v.Today) {
		return fault.New(fault.Invalid, fault.PeriodInvalid, "%s has not begun. Choose an earlier period.", v.Span.Long()).At("period")
	}
	all, err := r.Colleagues()
	if err != nil {
		return err
	}
	for _, c := range all {
		if c.Account == who {
			v.Who = c
		}
		if by.May(Supervise) && (c.Account == by.Account || by.shares(c)) {
			v.Colleagues = append(v.Colleagues, c)
		}
	}
	if v.Who.Account == "" || who != by.Account && !by.shares(v.Who) {
		return notThere()
	}
	return nil
}

// shares reports whether a colleague works in any scheme that the actor sees.
func (a Actor) shares(c Colleague) bool {
	return a.AllSchemes || c.AllSchemes && len(a.Schemes) > 0 || slices.ContainsFunc(a.Schemes, c.Sees)
}

// work counts what is due today, and what was done in the span.
func (v *Supervision) work(r Reader, q SupervisionQuery) error {
	due, err := r.Due(DueQuery{Today: v.Today, Schemes: q.Schemes, Holders: []scheme.AccountID{q.Who}, Page: Page{Limit: 1}})
	if err != nil {
		return err
	}
	v.Due = due.Counts
	worked, err := r.Worked(q)
	if err != nil {
		return err
	}
	times, seen := map[string]int{}, map[scheme.PersonID]bool{}
	for _, w := range worked {
		times[string(w.Outcome)]++
		if w.Outcome == scheme.Attended {
			seen[w.Person] = true
		}
	}
	v.Contacts, v.Seen = tally(scheme.Outcomes(), times), len(seen)
	undone, err := r.LeftUndone(q)
	times = map[string]int{}
	for reason, n := range undone {
		times[string(reason)] = n
	}
	v.NotDone = tally(scheme.NotDoneReasons(), times)
	return err
}

// tally is in the order of the list, without what was never recorded.
func tally(terms []scheme.Term, times map[string]int) (all []Tallied) {
	for _, t := range terms {
		if n := times[t.Value]; n > 0 {
			all = append(all, Tallied{t.Value, t.Label, n})
		}
	}
	if n := times[""]; n > 0 {
		all = append(all, Tallied{"", "No reason recorded", n})
	}
	return all
}

// read goes through the caseload person by person.
func (v *Supervision) read(r Reader, by Actor, q SupervisionQuery) error {
	alerts, err := raisedOf(r, q)
	if err != nil {
		return err
	}
	q.Also = slices.Collect(maps.Keys(alerts))
	spells, err := r.Kept(q, mostKept+1)
	if err != nil {
		return err
	}
	if v.More = len(spells) > mostKept; v.More {
		spells = spells[:mostKept]
	}
	reached, err := r.Reached(q)
	if err != nil {
		return err
	}
	defs, err := r.Measures()
	if err != nil {
		return err
	}
	schemes, err := schemesOf(r, v.Today)
	if err != nil {
		return err
	}
	ended, declined := map[string]int{}, map[string]int{}
	for _, s := range spells {
		one, err := courseOfMain(r, s, defs)
		if err != nil {
			return err
		}
		in := schemes[s.Referral.Scheme]
		one.Scheme, one.Alerts, one.Initials = in.Name, alerts[s.Referral.ID], in.Profile.Sees(s.Person).Initials()
		one.Paused = s.Referral.Paused(v.Today)
		one.Waiting = s.Referral.Open() && !one.Paused && !reached[s.Referral.ID] && s.Untouched()
		v.count(one, ended, declined)
	}
	v.Ends, v.Declines = tally(scheme.EndReasons(), ended), tally(scheme.DeclineReasons(), declined)
	for _, in := range schemes {
		if !by.AllSchemes && by.Sees(in.ID) {
			v.Only = append(v.Only, in.Name)
		}
	}
	slices.Sort(v.Only)
	return nil
}

// count puts one referral where it belongs.
func (v *Supervision) count(one Supervised, ended, declined map[string]int) {
	closed := one.Referral.Closed()
	inSpan := !closed.IsZero() && v.Span.Holds(closed)
	switch {
	case one.Referral.Open():
		v.Open++
	case inSpan && !one.Referral.EndedOn.IsZero():
		ended[string(one.Referral.EndReason)]++
	case inSpan:
		declined[string(one.Referral.Declined)]++
	}
	if one.Paused {
		v.Paused++
	}
	if one.Waiting {
		v.Waiting++
	}
	switch {
	case one.Alerts > 0 || one.Reading.Verdict == evidence.Worse:
		v.Talk = append(v.Talk, one)
	case one.Referral.Open():
		v.Others = append(v.Others, one)
	default:
		v.Closed = append(v.Closed, one)
	}
}

// courseOfMain reads a referral in the score that its scheme's plan puts first.
func courseOfMain(r Reader, s scheme.Spell, defs map[measure.Key]measure.Definition) (Supervised, error) {
	one := Supervised{Referral: s.Referral, Reference: s.Person.Reference, Reading: evidence.Reading{Verdict: evidence.NoScore}}
	for _, key := range s.Plan.Measures() {
		if sc, ok := defs[key].Score(s.Plan.Primary); ok {
			one.Main = cmp.Or(sc.Name, defs[key].Short)
		}
	}
	courses, err := coursesOf(r, s, defs)
	for _, c := range courses {
		if c.Score.Series == s.Plan.Primary {
			one.Reading = evidence.Read(c)
		}
	}
	return one, err
}

// raisedOf counts the alerts of a caseload that stand above its due list.
func raisedOf(r Reader, q SupervisionQuery) (map[scheme.ReferralID]int, error) {
	lines, err := r.Alerts(AlertFilter{Schemes: q.Schemes, Holder: q.Who, Came: CameAlone})
	open := map[scheme.ReferralID]int{}
	for _, l := range lines {
		if l.Kind != scheme.WordsToRead {
			open[l.Referral]++
		}
	}
	return open, err
}

func schemesOf(r Reader, on scheme.Day) (map[scheme.ID]scheme.Scheme, error) {
	found, err := r.Schemes(on)
	all := map[scheme.ID]scheme.Scheme{}
	for _, s := range found {
		all[s.ID] = s
	}
	return all, err
}
