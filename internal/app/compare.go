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

// CompareAsk says what is set side by side. Empty fields take the score that is
// primary in most schemes, its most usual follow-up, every quarter, the plans'
// pairing rule, and schemes as groups.
type CompareAsk struct {
	Scheme   scheme.ID // in one scheme only; empty for all of the actor's
	Measure  string    // as in EvidenceAsk
	Occasion string
	From, To string // quarters, 2026-Q1
	Rule     string // plan | first-last
	By       string // of Comparable
}

// Comparable lists what groups can be made by for a comparison with a pooled
// mean. Traits of people are in Equity, and the occupational therapist's part has
// refusals of its own.
func Comparable() []scheme.Term {
	return []scheme.Term{
		{Value: string(scheme.ByScheme), Label: "Scheme"},
		{Value: string(scheme.BySource), Label: "Who referred"},
		{Value: string(scheme.ByPeriod), Label: "Quarter"},
		{Value: string(scheme.ByCategory), Label: "Kind of activity"},
	}
}

// CompareView is findings side by side, and what they say together. It is the
// internal view: exact and live. Without a score there is nothing to compare yet:
// no scheme, or none with a score that several people answer alike.
type CompareView struct {
	Schemes []scheme.Scheme // the actor's, by name
	Only    scheme.Scheme   // the scheme asked for; zero for all
	By      scheme.Dimension
	EvidenceView
	Groups   []ComparedGroup   // in the dimension's own order; those whose windows are all open are left out
	Together evidence.Together // of the groups that do not stand apart
	// Without are the schemes in which nobody was due by this question, by name.
	Without []string
}

// A ComparedGroup is some of the people with their finding.
type ComparedGroup struct {
	Value   string // of the dimension; empty where it is not recorded
	Label   string
	Finding evidence.Finding
	Apart   Apart // why it has no part in what groups say together; of a comparison only
}

// Compare sets the actor's schemes, or groups of their people, side by side. It
// asks the store for as much however many there are.
func (a *App) Compare(ctx context.Context, by Actor, ask CompareAsk) (v CompareView, err error) {
	if err := by.may(SeeEvidence); err != nil {
		return CompareView{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		view, err := a.sideBySide(r, by, ask)
		if err != nil {
			return err
		}
		v = view
		if v.Score.Series == "" {
			return nil
		}
		groups, err := r.TransitionsBy(v.groupQuery(v.By))
		if err != nil {
			return err
		}
		v.Groups = v.compared(v.By, groups)
		v.Together = v.together()
		if v.By == scheme.ByScheme {
			v.Without = v.without()
		}
		return nil
	})
	if err != nil {
		return CompareView{}, fmt.Errorf("compare by %s: %w", ask.By, err)
	}
	return v, nil
}

// sideBySide resolves what is asked against the plans of the schemes.
func (a *App) sideBySide(r Reader, by Actor, ask CompareAsk) (v CompareView, err error) {
	if v.Today, err = a.today(r); err != nil {
		return v, err
	}
	all, err := r.Schemes(v.Today)
	if err != nil {
		return v, err
	}
	v.Schemes = slices.DeleteFunc(all, func(s scheme.Scheme) bool { return !by.Sees(s.ID) })
	defs, err := r.Measures()
	if err != nil {
		return v, err
	}
	var wrong fault.List
	for _, f := range []func() error{
		func() error { return v.pickGroups(ask) },
		func() error { return v.pickCommon(ask, defs) },
		func() error { return v.pickPast(ask.From, ask.To) },
	} {
		if accident := wrong.Note("", f()); accident != nil {
			return v, accident
		}
	}
	return v, wrong.Err()
}

// pickGroups decides of which schemes, and by what.
func (v *CompareView) pickGroups(ask CompareAsk) error {
	v.By = cmp.Or(scheme.Dimension(ask.By), scheme.ByScheme)
	var wrong fault.List
	if scheme.Code(Comparable(), string(v.By)) == 0 {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "People can be compared by scheme, by who referred, by quarter or by kind of activity.").At("by"))
	}
	if ask.Scheme != "" {
		i := slices.IndexFunc(v.Schemes, func(s scheme.Scheme) bool { return s.ID == ask.Scheme })
		if i < 0 {
			return notThere()
		}
		v.Only = v.Schemes[i]
	}
	return wrong.Err()
}

// of are the schemes whose people are compared.
func (v *CompareView) of() []scheme.Scheme {
	if v.Only.ID != "" {
		return []scheme.Scheme{v.Only}
	}
	return v.Schemes
}

// pickCommon decides the score and the occasion. Scores of own problems and
// goals are each person's own: they are never set side by side across schemes.
func (v *CompareView) pickCommon(ask CompareAsk, defs map[measure.Key]measure.Definition) error {
	shared := maps.Clone(defs)
	if len(v.of()) > 1 {
		maps.DeleteFunc(shared, func(key measure.Key, d measure.Definition) bool {
			own := d.Own != nil
			if own && (ask.Measure == string(key) || slices.ContainsFunc(d.Reported(), func(s measure.Score) bool { return ask.Measure == string(s.Series) })) {
				v.Measure = d
			}
			return own
		})
		if v.Measure.Own != nil {
			return fault.New(fault.Invalid, fault.MeasureUnknown, "%s is about each person's own goals or problems, so its scores are not compared across schemes. Choose another score, or one scheme.", v.Measure.Short).At("measure")
		}
	}
	var primaries []measure.Series
	var headlines []scheme.Occasion
	for _, s := range v.of() {
		v.plans = append(v.plans, s.Plan)
		if slices.ContainsFunc(slices.Collect(maps.Values(shared)), func(d measure.Definition) bool { _, ok := d.Score(s.Plan.Primary); return ok }) {
			primaries = append(primaries, s.Plan.Primary)
		}
		headlines = append(headlines, s.Plan.Headline)
	}
	v.Scheme.Plan.Primary, v.Scheme.Plan.Headline = usual(primaries), usual(headlines)
	if ask.Measure == "" && v.Scheme.Plan.Primary == "" {
		return nil
	}
	if err := v.pickScore(ask.Measure, shared); err != nil {
		return err
	}
	return v.pickOccasion(ask.Occasion, ask.Rule)
}

// usual is what most have; of several as frequent, the first.
func usual[T comparable](all []T) (most T) {
	times := map[T]int{}
	for _, one := range all {
		times[one]++
	}
	for _, one := range all {
		if times[one] > times[most] {
			most = one
		}
	}
	return most
}

// groupQuery asks for the groups of one dimension.
func (v *CompareView) groupQuery(by ...scheme.Dimension) GroupQuery {
	q := GroupQuery{Series: v.Score.Series, Occasion: v.Occasion, Period: v.Period, Today: v.Today, By: by}
	if v.Rule == scheme.ByFirstLast {
		q.Occasion = scheme.FirstLast
	}
	for _, s := range v.of() {
		q.Schemes = append(q.Schemes, s.ID)
	}
	return q
}

// compared works the findings out, with the names that people read.
func (v *CompareView) compared(by scheme.Dimension, groups []Group) []ComparedGroup {
	var all []ComparedGroup
	for _, g := range groups {
		if g.Table.Flow.Referred == 0 {
			continue // all of them are still inside their window
		}
		all = append(all, ComparedGroup{Value: g.Of[0], Label: v.label(by, g.Of[0]), Finding: evidence.Of(v.Score, g.Table)})
	}
	fixed := by.Groups()
	slices.SortFunc(all, func(a, b ComparedGroup) int {
		return cmp.Or(cmp.Compare(scheme.Code(fixed, a.Value), scheme.Code(fixed, b.Value)), cmp.Compare(a.Label, b.Label))
	})
	return all
}

func (v *CompareView) label(by scheme.Dimension, value string) string {
	if by == scheme.ByScheme {
		i := slices.IndexFunc(v.Schemes, func(s scheme.Scheme) bool { return string(s.ID) == value })
		return v.Schemes[i].Name
	}
	return scheme.Label(by.Groups(), value)
}

// findings are the groups by name.
func findings(groups []ComparedGroup) map[string]evidence.Finding {
	all := make(map[string]evidence.Finding, len(groups))
	for _, g := range groups {
		all[g.Label] = g.Finding
	}
	return all
}

func (v *CompareView) without() []string {
	var names []string
	for _, s := range v.of() {
		if !slices.ContainsFunc(v.Groups, func(g ComparedGroup) bool { return g.Value == string(s.ID) }) {
			names = append(names, s.Name)
		}
	}
	return names
}
