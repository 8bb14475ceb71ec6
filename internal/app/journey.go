package app

import (
	"cairn/internal/evidence"
	"cairn/internal/scheme"
)

// JourneyReader reads what lies around pairs: the way to them, and what was
// prescribed.
type JourneyReader interface {
	// Passages calls fn for every referral of a scheme, re-referrals too, with its
	// pair of q's series and occasion where its plan has one; the rows stream, and
	// q's period narrows nothing.
	Passages(q PairQuery, fn func(scheme.Passage) error) error
	// Uptakes counts what was prescribed to the people whom Transitions counts.
	Uptakes(q PairQuery) ([]scheme.Uptake, error)
}

// A Journey is what is said of a scheme's people besides their scores.
type Journey struct {
	Flow          evidence.Journey
	Circumstances evidence.Circumstances
	Splits        []evidence.Split // mean change by how both scores were taken
	Runs          []evidence.Run
	Activities    []evidence.Activity
	Categories    []evidence.CategoryChange
}

// journey reads it in three queries.
func (v EvidenceView) journey(r Reader, q PairQuery) (Journey, error) {
	way, manner, calendar := scheme.NewJourney(q.Period, q.Today), scheme.NewManner(q.Period, q.Today), scheme.NewCalendar(q.Today)
	err := r.Passages(q, func(p scheme.Passage) error {
		way.Add(p)
		manner.Add(p)
		calendar.Add(p)
		return nil
	})
	if err != nil {
		return Journey{}, err
	}
	uptakes, err := r.Uptakes(q)
	if err != nil {
		return Journey{}, err
	}
	groups, err := r.TransitionsBy(GroupQuery{
		Schemes: []scheme.ID{q.Scheme}, Series: q.Series, Occasion: q.Occasion, Period: q.Period, Today: q.Today,
		By: []scheme.Dimension{scheme.ByCategory},
	})
	if err != nil {
		return Journey{}, err
	}
	kinds := map[scheme.Category]scheme.Transitions{}
	for _, g := range groups {
		kinds[scheme.Category(g.Of[0])] = g.Table
	}
	return Journey{
		Flow: evidence.JourneyOf(way), Circumstances: evidence.CircumstancesOf(manner), Splits: evidence.SplitsOf(v.Score, manner),
		Runs: evidence.RunsOf(calendar, q.Today), Activities: evidence.ActivitiesOf(uptakes),
		Categories: evidence.CategoryChangesOf(v.Score, kinds),
	}, nil
}
