package app

import (
	"context"
	"fmt"
	"slices"

	"cairn/internal/evidence"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// EvidenceAsk says which figures. Empty fields take the plan's primary score,
// its headline occasion, every quarter, and the plan's pairing rule.
type EvidenceAsk struct {
	Scheme   scheme.ID
	Measure  string // a measure's key, where it has one reported score, or a series
	Occasion string
	From, To string // quarters, 2026-Q1
	Rule     string // plan | first-last
}

// EvidenceView is a finding with everything that must stand beside it. It is
// the internal view: exact and live.
type EvidenceView struct {
	Scheme   scheme.Scheme
	Measure  measure.Definition
	Score    measure.Score
	Occasion scheme.Occasion
	Rule     scheme.Rule
	Period   scheme.Period
	Today    scheme.Day
	Finding  evidence.Finding
	Design   evidence.Design
	Journey  Journey
	// Losses splits the people lost by the latest reason on record, in the order of
	// scheme.NotDoneReasons; those without one come last. They add up to Due less
	// Paired of the finding's flow.
	Losses []scheme.Loss
	// Own says of how many problems or goals the scores of pairs are; nil for a score
	// that is not made of several.
	Own *scheme.OwnCount
	// Scores and Occasions are what else may be asked of this scheme: what the plan
	// in force has, then what only earlier or later versions have, since referrals
	// keep theirs.
	Scores    []measure.Score
	Occasions []scheme.Occasion

	plans   []scheme.Plan // the one in force, then the newest first
	figures int           // scores at later times that the plans collect
}

// About is what the finding's sentence is said of.
func (v EvidenceView) About() evidence.Context {
	about := evidence.Context{Scheme: v.Scheme.Name, Occasion: v.Occasion.Label(), Rule: v.Rule, Period: v.period()}
	if v.Rule == scheme.ByFirstLast {
		about.Occasion = scheme.FirstLast.Label()
	}
	return about
}

// period is the quarters in words, empty for all of them.
func (v EvidenceView) period() string {
	from, to := v.Period.From, v.Period.To
	switch {
	case from == 0 && to == 0:
		return ""
	case from == 0:
		return "up to " + to.String()
	case to == 0:
		return "from " + from.String()
	case from == to:
		return from.String()
	}
	return from.String() + " to " + to.String()
}

// Evidence returns the figures of one of the actor's schemes.
func (a *App) Evidence(ctx context.Context, by Actor, ask EvidenceAsk) (v EvidenceView, err error) {
	if err := by.mayIn(SeeEvidence, ask.Scheme); err != nil {
		return EvidenceView{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		query, view, err := a.found(r, ask)
		if err != nil {
			return err
		}
		if err := view.countOwn(r, query); err != nil {
			return err
		}
		if view.Losses, err = r.Losses(query, view.Measure.Key); err != nil {
			return err
		}
		slices.SortFunc(view.Losses, func(a, b scheme.Loss) int { return a.Place() - b.Place() })
		if view.Journey, err = view.journey(r, query); err != nil {
			return err
		}
		v = view
		v.Design = v.design()
		beside := ComparatorView{EvidenceView: v}
		err = beside.compare(r, query)
		v.Design.Comparator = evidence.Best(beside.Against)
		return err
	})
	if err != nil {
		return EvidenceView{}, fmt.Errorf("evidence of scheme %s: %w", ask.Scheme, err)
	}
	return v, nil
}

// found is what is asked, resolved, with its finding.
func (a *App) found(r Reader, ask EvidenceAsk) (q PairQuery, v EvidenceView, err error) {
	if q, v, err = a.query(r, ask); err != nil {
		return q, v, err
	}
	table, err := r.Transitions(q)
	if err == nil {
		v.Finding = evidence.Of(v.Score, table)
	}
	return q, v, err
}

// query resolves what is asked against the scheme's plan.
func (a *App) query(r Reader, ask EvidenceAsk) (q PairQuery, v EvidenceView, err error) {
	if v.Today, err = a.today(r); err != nil {
		return q, v, err
	}
	if v.Scheme, err = r.Scheme(ask.Scheme, v.Today); err != nil {
		return q, v, err
	}
	defs, err := r.Measures()
	if err != nil {
		return q, v, err
	}
	if v.plans, err = r.Plans(ask.Scheme); err != nil {
		return q, v, err
	}
	slices.Reverse(v.plans)
	v.plans = append([]scheme.Plan{v.Scheme.Plan}, v.plans...)
	var wrong fault.List
	for _, f := range []func() error{
		func() error { return v.pickScore(ask.Measure, defs) },
		func() error { return v.pickOccasion(ask.Occasion, ask.Rule) },
		func() error { return v.pickPast(ask.From, ask.To) },
	} {
		if accident := wrong.Note("", f()); accident != nil {
			return q, v, accident
		}
	}
	q = PairQuery{
		Scheme: v.Scheme.ID, Series: v.Score.Series,
		Occasion: v.Occasion, Period: v.Period, Today: v.Today,
	}
	if v.Rule == scheme.ByFirstLast {
		q.Occasion = scheme.FirstLast
	}
	return q, v, wrong.Err()
}

func (v *EvidenceView) pickScore(ask string, defs map[measure.Key]measure.Definition) error {
	if ask == "" {
		ask = string(v.Scheme.Plan.Primary)
	}
	v.figures = collected(v.plans, defs)
	var of []measure.Score
	for _, key := range everMeasured(v.plans) {
		def := defs[key]
		v.Scores = append(v.Scores, def.Reported()...)
		for _, sc := range def.Reported() {
			if ask == string(key) || ask == string(sc.Series) {
				of = append(of, sc)
				v.Measure = def
			}
		}
	}
	switch len(of) {
	case 1:
		v.Score = of[0]
		v.Occasions = everDue(v.plans, v.Measure.Key)
		return nil
	case 0:
		return fault.New(fault.Invalid, fault.MeasureUnknown, "This scheme's plan does not collect “%.60s”.", ask).At("measure")
	}
	return fault.New(fault.Invalid, fault.MeasureAmbiguous, "%s has %d scores that are never added up. Name one, such as %s.", v.Measure.Short, len(of), of[0].Series).At("measure")
}

// collected is how many figures plans make: a score at a later time each.
func collected(plans []scheme.Plan, defs map[measure.Key]measure.Definition) (figures int) {
	for _, key := range everMeasured(plans) {
		def := defs[key]
		figures += len(def.Reported()) * len(everDue(plans, key))
	}
	return figures
}

// everMeasured are the measures of plans, each once.
func everMeasured(plans []scheme.Plan) (keys []measure.Key) {
	for _, p := range plans {
		for _, key := range p.Measures() {
			if !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
	}
	return keys
}

// everDue are the occasions at which plans measure again, each once.
func everDue(plans []scheme.Plan, of measure.Key) (all []scheme.Occasion) {
	for _, p := range plans {
		for _, o := range p.FollowUps(of) {
			if !slices.Contains(all, o) {
				all = append(all, o)
			}
		}
	}
	return all
}

func (v *EvidenceView) pickOccasion(ask, rule string) error {
	var wrong fault.List
	v.Rule = scheme.Rule(rule)
	switch v.Rule {
	case "":
		v.Rule = scheme.ByPlan
	case scheme.ByPlan, scheme.ByFirstLast:
	default:
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "The pairing rule is “plan” or “first-last”.").At("rule"))
	}
	if len(v.Occasions) == 0 {
		return wrong.Err() // of no one score, which pickScore has said
	}
	v.Occasion = scheme.Occasion(ask)
	if ask == "" {
		v.Occasion = v.Scheme.Plan.Headline
		if !slices.Contains(v.Occasions, v.Occasion) {
			v.Occasion = v.Occasions[0]
		}
	}
	if !slices.Contains(v.Occasions, v.Occasion) {
		wrong.Add(fault.New(fault.Invalid, fault.OccasionUnknown, "This scheme's plan has no follow-up “%.40s” for this measure. It has %s.", ask, listed(v.Occasions)).At("occasion"))
	}
	return wrong.Err()
}

func listed(all []scheme.Occasion) string {
	text := ""
	for i, o := range all {
		if i > 0 {
			text += ", "
		}
		text += string(o)
	}
	return text
}

// pickPast refuses what lies ahead as a whole: there is nothing to count in it.
func (v *EvidenceView) pickPast(from, to string) error {
	if err := v.pickPeriod(from, to); err != nil {
		return err
	}
	if now := v.Today.Quarter(); v.Period.From > now {
		return fault.New(fault.Invalid, fault.PeriodInvalid, "%s has not begun, so nobody can be counted in it. Choose %s or earlier.", v.Period.From, now).At("from")
	}
	return nil
}

func (v *EvidenceView) pickPeriod(from, to string) error {
	var wrong fault.List
	for _, end := range []struct {
		text, field string
		to          *scheme.Quarter
	}{{from, "from", &v.Period.From}, {to, "to", &v.Period.To}} {
		if end.text == "" {
			continue
		}
		q, err := scheme.ParseQuarter(end.text)
		if accident := wrong.Note(end.field, err); accident != nil {
			return accident
		}
		*end.to = q
	}
	if v.Period.From != 0 && v.Period.To != 0 && v.Period.From > v.Period.To {
		wrong.Add(fault.New(fault.Invalid, fault.PeriodInvalid, "The first quarter lies after the last.").At("from"))
	}
	return wrong.Err()
}
