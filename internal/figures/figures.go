// Package figures says which figures a view has: the same for the page that shows
// them and for the program that downloads them, under the same names and with the
// same source.
//
// It draws nothing itself, which is charts', and knows neither pages nor requests.
package figures

import (
	"fmt"
	"strconv"
	"strings"

	"cairn/charts"
	"cairn/internal/app"
	"cairn/internal/evidence"
	"cairn/internal/scheme"
)

// Called is the figure whose table is a file of that name; ok is false where there
// is none, or it was not made for want of people.
func Called(name string, all []charts.Figure) (f charts.Figure, ok bool) {
	for _, f := range all {
		if f.ID != "" && len(f.Rows) > 0 && f.ID+".csv" == name {
			return f, true
		}
	}
	return charts.Figure{}, false
}

// Evidence are the figures of a scheme's own people. One that would be about one
// person is not made.
func Evidence(v app.EvidenceView) ([]charts.Figure, error) {
	var all list
	all.add(charts.Flow(v.Journey.Flow))
	if v.Finding.Counts.Paired > 1 {
		for _, one := range []func(evidence.Finding) (charts.Figure, error){charts.Movement, charts.Change, charts.Distribution, charts.Bounds} {
			all.add(one(v.Finding))
		}
	}
	for _, r := range v.Journey.Runs {
		all.add(charts.Run(r))
	}
	return all.made("evidence")
}

// Equity are the figures of one trait each, as far as there is a picture.
func Equity(v app.EquityView) ([]charts.Figure, error) {
	var all list
	for _, part := range v.Parts {
		f, err := EquityPart(part, v.Score.Name)
		if err != nil || f.Option != "" {
			all.add(f, err)
		}
	}
	return all.made("equity")
}

// EquityPart is the figure of one trait.
func EquityPart(part app.EquityPart, score string) (charts.Figure, error) {
	f, err := charts.Changes(score+": how much change, by "+strings.ToLower(part.Label[:1])+part.Label[1:]+"?", named(part.Groups))
	return f.Within(string(part.By)), err
}

// Comparator are the figures of every comparison.
func Comparator(v app.ComparatorView) ([]charts.Figure, error) {
	var all list
	for i, x := range v.Against {
		difference, change, err := Comparison(i, x, v)
		all.add(difference, err)
		all.add(change, err)
	}
	return all.made("a comparison group")
}

// ComparisonID is how figures of one comparison begin their names.
func ComparisonID(i int) string { return "comparison-" + strconv.Itoa(i+1) }

// Comparison are the two figures of one comparison: what is left between the
// groups, and the change in each.
func Comparison(i int, x evidence.Against, v app.ComparatorView) (difference, change charts.Figure, err error) {
	if difference, err = charts.Against(v.Score.Name+": what is left between the two groups?", x); err != nil {
		return difference, change, err
	}
	difference.Led = true
	change, err = charts.Changes(v.Score.Name+": how much change in each group?", named(Sides(x, v)))
	return difference.Within(ComparisonID(i)), change.Within(ComparisonID(i)), err
}

// Sides are the people of a comparison, the scheme's first.
func Sides(x evidence.Against, v app.ComparatorView) []app.ComparedGroup {
	both := []app.ComparedGroup{{Label: v.Scheme.Name, Finding: x.Sides.Other}, {Label: x.Group.Name, Finding: x.Sides.Reference}}
	if x.Group.Both != nil {
		both[0].Label, both[1].Label = "After the start", "While waiting"
	}
	return both
}

// Contribution is the one figure of people with and without a therapist; it is
// empty where they are not compared.
func Contribution(v app.ContributionView) (f charts.Figure, err error) {
	if v.Score.Series == "" || len(v.Sides.Refused) > 0 {
		return f, nil
	}
	f, err = charts.Difference(v.Score.Name+": how far apart at the same baseline?", v.Sides, evidence.TherapySides())
	f.Led = true
	return f, err
}

// Published are the two figures of a release, of its first question; they are empty
// where it has none.
func Published(v app.PublishedView) (change, bands charts.Figure, err error) {
	first, ok := v.Headline()
	if !ok {
		return change, bands, nil
	}
	score, _ := v.Cover.Score(first.Question.Series)
	if change, err = charts.ReleasedChange(first.Figure, score.Score); err != nil {
		return change, bands, err
	}
	bands, err = charts.ReleasedBands(first.Figure, score.Score)
	return change, bands, err
}

// Granted is the one figure of several releases; it is empty where there are none.
func Granted(v app.GrantedComparison) (f charts.Figure, err error) {
	if len(v.Lines) == 0 {
		return f, nil
	}
	f, err = charts.ReleasedForest(v.Score.Score.Name, v.Pooled, v.Score.Score)
	f.Led = true
	return f, err
}

// A list is figures until one cannot be made.
type list struct {
	figures []charts.Figure
	err     error
}

func (l *list) add(f charts.Figure, err error) {
	if l.err == nil {
		l.figures, l.err = append(l.figures, f), err
	}
}

func (l *list) made(of string) ([]charts.Figure, error) {
	if l.err != nil {
		return nil, fmt.Errorf("figures of %s: %w", of, l.err)
	}
	return l.figures, nil
}

func named(groups []app.ComparedGroup) (rows []charts.Named) {
	for _, g := range groups {
		rows = append(rows, charts.Named{Name: g.Label, Finding: g.Finding})
	}
	return rows
}

// Words are what groups of a dimension are called.
func Words(by scheme.Dimension) charts.Groups {
	switch by {
	case scheme.BySource:
		return charts.Groups{One: "source of referrals", Many: "sources of referrals"}
	case scheme.ByPeriod:
		return charts.Groups{One: "quarter", Many: "quarters"}
	case scheme.ByCategory:
		return charts.Groups{One: "kind of activity", Many: "kinds of activity"}
	default:
		return charts.Schemes()
	}
}

// Compare are the figures of groups side by side, as far as they can be had.
func Compare(v app.CompareView) ([]charts.Figure, error) {
	var all list
	if v.Score.Series == "" {
		return nil, nil
	}
	t, of, title := v.Together, Words(v.By), v.Score.Name
	if t.PooledMeanChange != nil {
		all.add(charts.Forest(title, of, *t.PooledMeanChange, v.Score))
	}
	if t.FunnelMeanChange != nil {
		all.add(charts.Funnel(title, of, *t.FunnelMeanChange, v.Score))
	}
	for _, share := range []struct {
		of *evidence.ShareFunnel
		charts.Share
	}{
		{t.FunnelCompletion, charts.Share{ID: "funnel-completion", What: "measured twice", Of: "people with a baseline"}},
		{t.FunnelReliablyImproved, charts.Share{ID: "funnel-improved", What: "reliably better", Of: "people measured twice"}},
	} {
		if share.of != nil {
			share.Title, share.Among = title, of
			all.add(charts.ShareFunnel(share.Share, *share.of))
		}
	}
	return all.made(strings.ToLower(of.Many))
}
