package app_test

import (
	"cmp"
	"fmt"
	"slices"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

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
// each later time, first and last, and the wait.
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
			all = append(all, r.wait(row{series: sc.Series, occasion: scheme.Waiting, closes: last, stage: stage}, mine)...)
		}
	}
	return sorted(all)
}

// wait is the row of what was measured before the start; none without a score
// recorded for the wait.
func (r *mReferral) wait(w row, mine []*mAssessment) []row {
	start, stage := r.start()
	mine = slices.DeleteFunc(slices.Clone(mine), func(a *mAssessment) bool {
		if stage < 3 && a.waiting {
			return false
		}
		return a.on.DaysSince(start) > 0
	})
	first := best(mine, func(a *mAssessment) (int, bool) { return a.on.DaysSince(r.received), a.waiting })
	if first == nil {
		return nil
	}
	last := best(mine, func(a *mAssessment) (int, bool) { return -a.on.DaysSince(r.received), a.on.DaysSince(first.on) > 0 })
	if last != nil {
		w.closes = last.on
	} else if stage == 3 {
		w.closes = start
	} else if !r.open() {
		w.closes = r.ended
	}
	return []row{r.row(w, first, last)}
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

// table counts the rows that q asks for, first referrals only.
func (m *model) table(in *mScheme, q app.PairQuery) scheme.Transitions {
	t := scheme.NewTransitions()
	for _, r := range m.referrals {
		rows := m.rows(r)
		twice := slices.ContainsFunc(rows, func(w row) bool { return w.series == q.Series && w.occasion == q.But && w.state == scheme.Paired })
		for _, w := range rows {
			if twice || r.in != in || w.series != q.Series || w.occasion != q.Occasion || w.ordinal != 1 {
				continue
			}
			t.Add(scheme.Tally{
				State: w.state, Stage: scheme.Stage(w.stage), Exit: w.exit, Open: w.closes.DaysSince(q.Today) >= 0,
				From: w.from, To: w.to, People: 1,
			})
		}
	}
	return t
}
