package app_test

import (
	"cmp"
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
	reasons  []*mReason
}

type mPrescription struct {
	id       scheme.PrescriptionID
	offered  scheme.Day
	attended scheme.Day   // as typed
	came     []scheme.Day // by registers
	marked   bool         // by any register
	version  int
}

type mAssessment struct {
	id        scheme.AssessmentID
	in        *mReferral
	measure   measure.Key
	on        scheme.Day
	text      string // the score as typed
	waiting   bool   // recorded for the wait
	levels    map[measure.Series]measure.Level
	version   int
	withdrawn bool
}

func (r *mReferral) open() bool { return r.ended.IsZero() }

func (r *mReferral) start() (scheme.Day, int) {
	var first scheme.Day
	for _, p := range r.given {
		for _, day := range append([]scheme.Day{p.attended}, p.came...) {
			if !day.IsZero() && (first.IsZero() || day.Before(first)) {
				first = day
			}
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
