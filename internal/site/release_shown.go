package site

import (
	"cairn/charts"
	"cairn/internal/app"
	"cairn/internal/disclosure"
	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// releaseShown turns what is kept of a release into what a page shows.
type releaseShown struct {
	of      scheme.Release
	cover   app.ReleaseCover
	figures []app.ReleasedFigure
}

// A shownFigure is one released figure, with its words.
type shownFigure struct {
	app.ReleasedFigure
	Measure string
	Score   measure.Score
	// Withdrawn figures stay to be looked up: no text of theirs is offered for use.
	Withdrawn bool
	about     evidence.Context
}

// everybody are the figures without a filter, in the order of the release.
func (r releaseShown) everybody() (all []shownFigure) {
	for _, f := range r.figures {
		if f.Filter == "" {
			all = append(all, r.shown(f))
		}
	}
	return all
}

func (r releaseShown) shown(f app.ReleasedFigure) shownFigure {
	score, _ := r.cover.Score(f.Question.Series)
	return shownFigure{
		ReleasedFigure: f, Measure: score.Measure, Score: score.Score, Withdrawn: r.of.State == scheme.ReleaseWithdrawn,
		about: evidence.Context{Scheme: r.cover.Scheme, Occasion: f.Occasion.Label(), Rule: r.cover.Rule, Period: f.Question.Period.Long()},
	}
}

// Sentence is the figure in plain words; whoever copies one that was withdrawn
// copies that first.
func (f shownFigure) Sentence() string {
	if f.Withdrawn {
		return "Withdrawn, not to be used: " + f.ReleasedFigure.Sentence(f.about)
	}
	return f.ReleasedFigure.Sentence(f.about)
}

// Basis is how its pairs were made.
func (f shownFigure) Basis() string { return f.about.Basis() }

// BoardAnswer is it in three sentences; none of releases made before it could be
// given, and none to copy of those withdrawn.
func (f shownFigure) BoardAnswer() []string {
	if f.Withdrawn {
		return nil
	}
	return f.ReleasedFigure.BoardAnswer(f.about)
}

// May is what may be said of it: of what was withdrawn nothing.
func (f shownFigure) May() []string {
	if f.Withdrawn || f.Claims == nil {
		return nil
	}
	return f.Claims.May
}

// MovesAsked is what the shares of those who moved answer.
func (f shownFigure) MovesAsked() string {
	if f.Movement.Reliable {
		return "How many got reliably better, and how many worse?"
	}
	return "How many scored better or worse by any amount?"
}

// A shownLeft is how many people left for a reason.
type shownLeft struct {
	Name   string
	People disclosure.Count
}

// Left are the reasons why people are not among those measured twice; none of
// releases made before all of them were told.
func (f shownFigure) Left() (all []shownLeft) {
	if f.Taken == nil {
		return nil
	}
	of := map[scheme.Leaving]disclosure.Count{
		scheme.LeftDeclined: f.Taken.Declined, scheme.LeftUnscored: f.Taken.Unscored, scheme.LeftUnpaired: f.Flow.FollowupOnly,
		scheme.LeftDied: f.Flow.Died, scheme.LeftMoved: f.Flow.Moved, scheme.LeftUnwatched: f.Flow.Lost,
	}
	for _, why := range scheme.Leavings() {
		all = append(all, shownLeft{evidence.Left{Why: why}.Label(), of[why]})
	}
	return all
}

// Period is what the figure is of, in words.
func (f shownFigure) Period() string { return f.Question.Period.Long() }

// Change is its picture.
func (f shownFigure) Change() (charts.Figure, error) { return charts.ReleasedChange(f.Figure, f.Score) }

// A shownNumber is a line of the table of numbers: what is shown, or why not.
type shownNumber struct {
	Name, Key, Value string
	Hidden           bool
}

// Points is a line in score points.
func (f shownFigure) Points(name, key string, v *float64) shownNumber {
	if v == nil {
		return shownNumber{name, key, disclosure.NotShown + ": " + f.Hidden[key], true}
	}
	return shownNumber{name, key, evidence.Fixed(v, 1), false}
}

// ByItself is the line of what could be expected without any help; of releases
// made before there was a range, by one reliability.
func (f shownFigure) ByItself() shownNumber {
	if f.Regression.Range == nil {
		return f.Points("Change to be expected from regression to the mean alone", "regression_to_mean.expected_change", f.Regression.Expected)
	}
	_, _, known := f.ReleasedFigure.ByItself()
	return shownNumber{"Change that could be expected without any help (regression to the mean)", "regression_to_mean.range", f.ByItselfText(), !known}
}

// Statistic is a line without unit.
func (f shownFigure) Statistic(name, key string, v *float64) shownNumber {
	if v == nil {
		return shownNumber{name, key, disclosure.NotShown + ": " + f.Hidden[key], true}
	}
	return shownNumber{name, key, evidence.Fixed(v, 2), false}
}

// P is a line for a p-value; the smallest that is shown stands for less.
func (f shownFigure) P(name, key string, v *float64) shownNumber {
	switch {
	case v == nil:
		return shownNumber{name, key, disclosure.NotShown + ": " + f.Hidden[key], true}
	case *v <= 0.001:
		return shownNumber{name, key, "less than 0.001", false}
	}
	return shownNumber{name, key, evidence.Fixed(v, 3), false}
}

// A shownShare is one line of better, same and worse.
type shownShare struct {
	Name  string
	Share disclosure.Share
}

// Range is the share's interval; empty where it is bounded instead.
func (s shownShare) Range() string {
	if s.Share.Lo == nil || s.Share.Hi == nil {
		return ""
	}
	return evidence.People(*s.Share.Lo) + "% to " + evidence.People(*s.Share.Hi) + "%"
}

// Moves are better, same and worse, always together.
func (f shownFigure) Moves() []shownShare {
	names := [3]string{"Better by any amount", "The same", "Worse by any amount"}
	if f.Movement.Reliable {
		names = [3]string{"Reliably better", "No reliable change", "Reliably worse"}
	}
	return []shownShare{{names[0], f.Movement.Better}, {names[1], f.Movement.Same}, {names[2], f.Movement.Worse}}
}

// A shownGroups is the figures of one dimension's groups.
type shownGroups struct {
	Dimension string // as people read it
	Score     string
	Period    string
	Occasion  string
	Threshold int
	Lines     []shownGroup
	Few       []string // groups of fewer than the threshold, none included
}

type shownGroup struct {
	Group string
	shownFigure
}

// groups are the figures with one filter, a table for each dimension.
func (r releaseShown) groups() (all []shownGroups) {
	for _, f := range r.figures {
		if len(f.Question.Filters) != 1 {
			continue
		}
		filter, shown := f.Question.Filters[0], r.shown(f)
		name := scheme.Label(scheme.TraitDimensions(), string(filter.Dimension))
		if n := len(all); n == 0 || all[n-1].Dimension != name {
			all = append(all, shownGroups{Dimension: name, Score: shown.Score.Name, Period: shown.Period(), Occasion: f.Occasion.Label(), Threshold: f.Policy.Threshold})
		}
		last, group := &all[len(all)-1], scheme.Label(filter.Dimension.Groups(), filter.Group)
		if f.Flow.Due.Under > 0 {
			last.Few = append(last.Few, group)
			continue
		}
		last.Lines = append(last.Lines, shownGroup{group, shown})
	}
	return all
}

// Mean is the group's mean change, or why it is not shown.
func (l shownGroup) Mean() string {
	if l.ReleasedFigure.Change.Mean == nil {
		return disclosure.NotShown
	}
	return signed(l.ReleasedFigure.Change.Mean)
}

// Interval is the interval of the mean change; empty where it is not shown.
func (l shownGroup) Interval() string {
	c := l.ReleasedFigure.Change
	if c.Lo == nil || c.Hi == nil {
		return disclosure.NotShown
	}
	return signed(c.Lo) + " to " + signed(c.Hi)
}

// signed writes a change with its sign and one decimal.
func signed(v *float64) string {
	if v != nil && *v > 0 {
		return "+" + evidence.Fixed(v, 1)
	}
	return evidence.Fixed(v, 1)
}
