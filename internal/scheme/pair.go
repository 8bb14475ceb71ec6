package scheme

import (
	"slices"

	"cairn/internal/measure"
)

// A Rule says which two scores of a person become a pair. It is named on every
// figure.
type Rule string

const (
	// ByPlan: the baseline is the latest on or before the start within its
	// window, else the earliest after it; the later score is the nearest to its
	// due day within its window (a tie: the earlier day).
	ByPlan Rule = "plan"
	// ByFirstLast: the first score and the last one that is known to be later,
	// wherever they lie.
	ByFirstLast Rule = "first-last"
)

// State is where one person stands at one occasion of one series.
type State string

const (
	Enrolled     State = "enrolled"      // neither score
	BaselineOnly State = "baseline"      // a baseline, no later score
	Paired       State = "paired"        // both
	FollowupOnly State = "followup_only" // a later score nobody can pair: counted apart
)

// Stage is how far the referral had come.
type Stage int8

const (
	StageReferred Stage = 1
	StageAccepted Stage = 2
	StageStarted  Stage = 3
)

// Exit says why a person left the denominator without being lost.
type Exit string

const (
	Stayed    Exit = ""
	ExitDied  Exit = EndDied
	ExitMoved Exit = EndMovedAway
)

// A Spell is everything that pairing and the due list look at: one referral with
// its plan version, its prescriptions, its live assessments and the reasons why
// others were not taken.
type Spell struct {
	Referral      Referral
	Person        Person
	Plan          Plan
	Prescriptions []Prescription
	Assessments   []Assessment
	NotDone       []NotDone // why something due was not taken
}

// A Point is one score that became part of a pair.
type Point struct {
	Assessment AssessmentID
	On         Day
	Level      measure.Level
	Channel    Channel
	Helper     Helper
	// Dated is how well the day is known, where the point is read with its assessment:
	// stored pairs do not say it.
	Dated Dating
	// Rated is of how many of the person's own problems or goals the score is; 0
	// where it is of none, and where that was not recorded.
	Rated int
}

// A Pair is where one referral stands at one occasion of one series. Base and
// Later are nil where there is no such score.
type Pair struct {
	Referral ReferralID
	Scheme   ID
	Ordinal  int // 1 for a person's first referral to the scheme
	Series   measure.Series
	Occasion Occasion
	State    State
	Base     *Point
	Later    *Point
	Closes   Day // the last day of the window; its quarter is the period. No day, and no quarter, of somebody afloat
	Stage    Stage
	Exit     Exit
	Traits   Traits
}

// known is the day where it is one, and else no day; of no point likewise.
func (p *Point) known() Day {
	if p == nil || p.Dated != ToTheDay {
		return Day{}
	}
	return p.On
}

// Days is the time from baseline to the later score, 0 unless paired.
func (p Pair) Days() int {
	if p.State != Paired {
		return 0
	}
	return p.Later.On.DaysSince(p.Base.On)
}

// Pairs gives every pair of the spell under both rules: one for each follow-up
// of the plan and one first-last, for each reported series of each measure, and
// one of the wait where a score was recorded for it. A definition that is missing
// from defs is left out, since nothing can be compared without it. Somebody afloat
// has no window, and so no follow-up of the plan. Of a referral that came by an
// import which was undone there is none.
func (s Spell) Pairs(defs map[measure.Key]measure.Definition) []Pair {
	if s.Referral.Undone() {
		return nil
	}
	start, stage := s.Referral.Started(s.Prescriptions)
	blank := Pair{
		Referral: s.Referral.ID, Scheme: s.Referral.Scheme, Ordinal: s.Referral.Ordinal,
		Stage: stage, Traits: s.traits(start),
	}
	var all []Pair
	for _, key := range s.Plan.Measures() {
		def, ok := defs[key]
		if !ok {
			continue
		}
		items := s.windows(key)
		for _, sc := range def.Reported() {
			points := s.firm(def.Key, sc.Series, def.Rater)
			var closes Day
			for _, item := range items[1:] {
				p := blank
				p.Series, p.Occasion = sc.Series, item.Occasion
				_, p.Closes = item.Window(start)
				p.Base = baseline(points, items[0], start)
				p.Later = followUp(points, item, start, p.Base)
				p = s.twice(p, def)
				all = append(all, p.settled(s.Referral))
				closes = latest(closes, p.Closes)
			}
			p := blank
			p.Series, p.Occasion, p.Closes = sc.Series, FirstLast, closes
			p = s.firstLast(p, def)
			all = append(all, p.settled(s.Referral))
			if waited, ok := s.waited(p, def); ok {
				all = append(all, waited)
			}
		}
	}
	return all
}

// windows are the items of the plan for a measure, the baseline first; of somebody
// afloat there is none after it.
func (s Spell) windows(key measure.Key) []PlanItem {
	items := s.Plan.Of(key)
	if s.Afloat() {
		return items[:1]
	}
	return items
}

// firstLast is the pair by the rule of that name, in p's series.
func (s Spell) firstLast(p Pair, def measure.Definition) Pair {
	all := s.timed(def.Key, p.Series, def.Rater)
	p.Base, p.Later = firstAndLast(all, all)
	return s.twice(p, def)
}

// twice cuts a pair of an individualised measure to the problems that were
// rated both times: a mean over other problems is another measure. Where none
// was, the later score pairs with nothing. Scores that were only typed in stay
// as they are.
func (s Spell) twice(p Pair, def measure.Definition) Pair {
	if def.Own == nil || p.Base == nil || p.Later == nil {
		return p
	}
	first, later := s.responses(p.Base.Assessment), s.responses(p.Later.Assessment)
	if first == nil || later == nil {
		return p
	}
	before, after := def.Rescored(first, later)
	i := slices.IndexFunc(before, func(sc measure.Scored) bool { return sc.Series == p.Series })
	if i < 0 {
		p.Later = nil
		return p
	}
	base, then := *p.Base, *p.Later
	base.Level, then.Level = before[i].Level, after[i].Level
	p.Base, p.Later = &base, &then
	return p
}

func (s Spell) responses(id AssessmentID) map[string]int {
	i := slices.IndexFunc(s.Assessments, func(a Assessment) bool { return a.ID == id })
	return s.Assessments[i].Responses
}

func baseline(points []Point, item PlanItem, start Day) *Point {
	first, last := item.Window(start)
	var best *Point
	for i, p := range points {
		if p.On.Before(first) || p.On.After(last) {
			continue
		}
		if p.On.After(start) {
			if best == nil {
				best = &points[i]
			}
			break
		}
		best = &points[i]
	}
	return best
}

func followUp(points []Point, item PlanItem, start Day, base *Point) *Point {
	first, last := item.Window(start)
	due := start.Plus(item.DueDays)
	var best *Point
	for i, p := range points {
		if p.On.Before(first) || p.On.After(last) || base != nil && !p.On.After(base.On) {
			continue
		}
		if best == nil || away(p.On, due) < away(best.On, due) {
			best = &points[i]
		}
	}
	return best
}

func away(d, due Day) int {
	if n := d.DaysSince(due); n >= 0 {
		return n
	}
	return due.DaysSince(d)
}

func latest(a, b Day) Day {
	if b.After(a) {
		return b
	}
	return a
}

// settled names the pair's state, and the exit of somebody who died or moved
// away before the window closed and has no pair: they are not lost.
func (p Pair) settled(r Referral) Pair {
	switch {
	case p.Base != nil && p.Later != nil:
		p.State = Paired
	case p.Base != nil:
		p.State = BaselineOnly
	case p.Later != nil:
		p.State = FollowupOnly
	default:
		p.State = Enrolled
	}
	left := r.EndReason == EndDied || r.EndReason == EndMovedAway
	if left && p.State != Paired && !r.EndedOn.IsZero() && (p.Closes.IsZero() || !r.EndedOn.After(p.Closes)) {
		p.Exit = Exit(r.EndReason)
	}
	return p
}
