package app_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A model is an organisation as somebody would keep it on paper: what happened,
// in lists, with every question answered by looking through all of it. It shares
// no rule with the product.
type model struct {
	defs        map[measure.Key]measure.Definition
	schemes     []*mScheme
	people      []*mPerson
	referrals   []*mReferral
	assessments []*mAssessment
}

type mScheme struct {
	id    scheme.ID
	plans []scheme.Plan
}

type mPerson struct {
	id        scheme.PersonID
	reference string
	into      *mPerson
}

type mReferral struct {
	id       scheme.ReferralID
	of       *mPerson
	in       *mScheme
	plan     int // in in.plans
	ordinal  int
	version  int
	received scheme.Day
	accepted scheme.Day
	ended    scheme.Day
	died     bool
	given    []*mPrescription
}

type mPrescription struct {
	id       scheme.PrescriptionID
	offered  scheme.Day
	attended scheme.Day
	version  int
}

type mAssessment struct {
	id        scheme.AssessmentID
	in        *mReferral
	measure   measure.Key
	on        scheme.Day
	text      string // the score as typed
	levels    map[measure.Series]measure.Level
	version   int
	withdrawn bool
}

func (r *mReferral) open() bool { return r.ended.IsZero() }

func (r *mReferral) start() (scheme.Day, int) {
	var first scheme.Day
	for _, p := range r.given {
		if !p.attended.IsZero() && (first.IsZero() || p.attended.Before(first)) {
			first = p.attended
		}
	}
	if !first.IsZero() {
		return first, 3
	}
	if !r.accepted.IsZero() {
		return r.accepted, 2
	}
	return r.received, 1
}

// inForce is the newest plan whose day has come, the first where none's has.
func (s *mScheme) inForce(day scheme.Day) int {
	for i := len(s.plans) - 1; i > 0; i-- {
		if s.plans[i].EffectiveFrom.DaysSince(day) <= 0 {
			return i
		}
	}
	return 0
}

// theirs are the referrals of a person, to one scheme or (nil) to any.
func (m *model) theirs(p *mPerson, in *mScheme) (all []*mReferral) {
	for _, r := range m.referrals {
		if r.of == p && (in == nil || r.in == in) {
			all = append(all, r)
		}
	}
	return all
}

// twin is another assessment that counts, of that person, measure and day.
func (m *model) twin(p *mPerson, of measure.Key, on scheme.Day, but *mAssessment) *mAssessment {
	for _, a := range m.assessments {
		if a != but && !a.withdrawn && a.in.of == p && a.measure == of && a.on == on {
			return a
		}
	}
	return nil
}

// alone are the people who were not merged into others.
func (m *model) alone() (all []*mPerson) {
	for _, p := range m.people {
		if p.into == nil {
			all = append(all, p)
		}
	}
	return all
}

// follow gives those who wait the plan of the day they were received.
func (m *model) follow(s *mScheme) {
	for _, r := range m.referrals {
		if _, stage := r.start(); r.in == s && stage == 1 && r.open() {
			if plan := s.inForce(r.received); plan != r.plan {
				r.plan = plan
				r.version++
			}
		}
	}
}

// merge says what two records of one person come to, or why they cannot.
func (m *model) merge(keep, lose *mPerson) (codes []fault.Code) {
	if keep == lose {
		return []fault.Code{fault.PersonMerge}
	}
	var twins []*mAssessment
	for _, a := range m.theirs(keep, nil) {
		for _, b := range m.theirs(lose, nil) {
			if a.in == b.in && a.open() && b.open() {
				codes = append(codes, fault.ReferralOpen)
			}
		}
	}
	for _, a := range m.assessments {
		if a.withdrawn || a.in.of != lose {
			continue
		}
		if b := m.twin(keep, a.measure, a.on, a); b != nil && maps.Equal(a.levels, b.levels) {
			twins = append(twins, a, b)
		} else if b != nil {
			codes = append(codes, fault.PersonMerge)
		}
	}
	if len(codes) > 0 {
		return codes
	}
	for i := 0; i < len(twins); i += 2 {
		later := slices.MaxFunc(twins[i:i+2], func(a, b *mAssessment) int { return cmp.Compare(a.id, b.id) })
		later.withdrawn = true
		later.version++
	}
	touched := map[*mScheme]bool{}
	for _, r := range m.theirs(lose, nil) {
		r.of = keep
		r.version++
		touched[r.in] = true
	}
	for in := range touched {
		all := m.theirs(keep, in)
		slices.SortFunc(all, func(a, b *mReferral) int {
			return cmp.Or(a.received.DaysSince(b.received), cmp.Compare(a.id, b.id))
		})
		for i, r := range all {
			r.ordinal = i + 1
		}
	}
	for _, p := range m.people {
		if p.into == lose {
			p.into = keep
		}
	}
	lose.into = keep
	return nil
}

// A row is a pair as this test compares it.
type row struct {
	series      measure.Series
	occasion    scheme.Occasion
	state       scheme.State
	base, later scheme.AssessmentID
	from, to    measure.Level
	closes      scheme.Day
	ordinal     int
	stage       int
	exit        scheme.Exit
}

func (r row) String() string {
	return fmt.Sprintf("%s %s %s: %s %d -> %s %d, closes %s, referral %d, stage %d %s", r.series, r.occasion, r.state, r.base, r.from, r.later, r.to, r.closes, r.ordinal, r.stage, r.exit)
}

// rowOf is a stored pair.
func rowOf(p scheme.Pair) row {
	r := row{series: p.Series, occasion: p.Occasion, state: p.State, closes: p.Closes, ordinal: p.Ordinal, stage: int(p.Stage), exit: p.Exit}
	if p.Base != nil {
		r.base, r.from = p.Base.Assessment, p.Base.Level
	}
	if p.Later != nil {
		r.later, r.to = p.Later.Assessment, p.Later.Level
	}
	return r
}

// rows are the pairs of one referral: for each score of each measure of its plan,
// each later time, and first and last.
func (m *model) rows(r *mReferral) (all []row) {
	start, stage := r.start()
	plan := r.in.plans[r.plan]
	for key, def := range m.defs {
		var base scheme.PlanItem
		var later []scheme.PlanItem
		for _, it := range plan.Items {
			switch {
			case it.Measure != key:
			case it.DueDays == 0:
				base = it
			default:
				later = append(later, it)
			}
		}
		if len(later) == 0 {
			continue
		}
		var last scheme.Day
		for _, it := range later {
			if closes := start.Plus(it.DueDays + it.AfterDays); closes.After(last) {
				last = closes
			}
		}
		for _, sc := range def.Reported() {
			mine := m.scored(r, key, sc.Series)
			b := best(mine, func(a *mAssessment) (int, bool) { return asBaseline(a.on.DaysSince(start), base) })
			for _, it := range later {
				l := best(mine, func(a *mAssessment) (int, bool) {
					n := a.on.DaysSince(start) - it.DueDays
					return 2*max(n, -n) + sign(n), n >= -it.BeforeDays && n <= it.AfterDays && (b == nil || a.on.After(b.on))
				})
				all = append(all, r.row(row{series: sc.Series, occasion: scheme.FixedTime(it.DueDays), closes: start.Plus(it.DueDays + it.AfterDays), stage: stage}, b, l))
			}
			f := best(mine, func(a *mAssessment) (int, bool) { return a.on.DaysSince(r.received), true })
			l := best(mine, func(a *mAssessment) (int, bool) { return -a.on.DaysSince(r.received), a.on.After(f.on) })
			all = append(all, r.row(row{series: sc.Series, occasion: scheme.FirstLast, closes: last, stage: stage}, f, l))
		}
	}
	return sorted(all)
}

func (m *model) scored(r *mReferral, key measure.Key, series measure.Series) (mine []*mAssessment) {
	for _, a := range m.assessments {
		if _, has := a.levels[series]; has && a.in == r && a.measure == key && !a.withdrawn {
			mine = append(mine, a)
		}
	}
	return mine
}

// asBaseline ranks a day so many days after the start: the nearest before or on
// it, then the nearest after it.
func asBaseline(n int, window scheme.PlanItem) (rank int, counts bool) {
	if n <= 0 {
		return -n, n >= -window.BeforeDays
	}
	return 100_000 + n, n <= window.AfterDays
}

func sign(n int) int {
	if n > 0 {
		return 1
	}
	return 0
}

// best is the one with the lowest rank of those that count.
func best(all []*mAssessment, rank func(*mAssessment) (int, bool)) (found *mAssessment) {
	lowest := 0
	for _, a := range all {
		if n, counts := rank(a); counts && (found == nil || n < lowest) {
			found, lowest = a, n
		}
	}
	return found
}

// row fills in what a pair of these two is.
func (r *mReferral) row(w row, base, later *mAssessment) row {
	w.ordinal, w.state = r.ordinal, scheme.Enrolled
	if base != nil {
		w.base, w.from, w.state = base.id, base.levels[w.series], scheme.BaselineOnly
	}
	if later != nil {
		w.later, w.to, w.state = later.id, later.levels[w.series], scheme.FollowupOnly
	}
	if base != nil && later != nil {
		w.state = scheme.Paired
	} else if r.died && !r.ended.After(w.closes) {
		w.exit = scheme.ExitDied
	}
	return w
}

func sorted(all []row) []row {
	slices.SortFunc(all, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.series, b.series), cmp.Compare(a.occasion, b.occasion))
	})
	return all
}

// table counts the rows of one scheme, series and occasion, first referrals only.
func (m *model) table(in *mScheme, series measure.Series, occasion scheme.Occasion, today scheme.Day) scheme.Transitions {
	t := scheme.NewTransitions()
	for _, r := range m.referrals {
		for _, w := range m.rows(r) {
			if r.in != in || w.series != series || w.occasion != occasion || w.ordinal != 1 {
				continue
			}
			t.Add(scheme.Tally{
				State: w.state, Stage: scheme.Stage(w.stage), Exit: w.exit, Open: w.closes.DaysSince(today) >= 0,
				From: w.from, To: w.to, People: 1,
			})
		}
	}
	return t
}
