package app

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"cairn/internal/disclosure"
	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A snapshot is everything of one scheme and period at one moment, exact. It
// leaves app only through package disclosure.
type snapshot struct {
	cover ReleaseCover
	exact []disclosure.Exact
}

// snapshot works every releasable figure out from one count of the pairs.
func (a *App) snapshot(r Reader, of plannedRelease) (s snapshot, err error) {
	today, err := a.today(r)
	if err != nil {
		return s, err
	}
	org, err := r.Organisation()
	if err != nil {
		return s, err
	}
	found, err := r.Scheme(of.Scheme, today)
	if err != nil {
		return s, err
	}
	policy, err := r.DisclosurePolicy()
	if err != nil {
		return s, err
	}
	s.cover = ReleaseCover{
		Organisation: org.Name, Scheme: found.Name, Primary: found.Plan.Primary, Headline: found.Plan.Headline,
		Rule: scheme.ByPlan, AsOf: today, Threshold: policy.Threshold, Reason: policy.Reason,
		Method: ReleaseMethod, Software: a.software, Plan: found.Plan.Version, PairsAYear: of.pairsAYear,
	}
	defs, err := r.Measures()
	if err != nil {
		return s, err
	}
	plans, err := r.Plans(of.Scheme)
	if err != nil {
		return s, err
	}
	s.cover.Scores = releasedScores(found.Plan, plans, defs)
	year := disclosure.Yearly.Period(of.Period.To) // groups may be told of by the year
	cells, err := r.Cells(of.Scheme, scheme.Period{From: min(year.From, of.Period.From), To: of.Period.To}, today)
	if err != nil {
		return s, err
	}
	questions, err := releasable(of, s.cover, cells)
	if err != nil {
		return s, err
	}
	s.exact = exactly(questions, s.cover, cells)
	all := append([]scheme.Plan{found.Plan}, plans...)
	figures := collected(all, defs)
	for i, e := range s.exact {
		s.exact[i].Design = laidDown(all, e.Question, today)
		s.exact[i].Design.Figures = figures
		if len(e.Filters) > 0 {
			continue
		}
		if s.exact[i].Way, err = wayOf(r, e.Question, today); err != nil {
			return s, err
		}
	}
	return s, nil
}

// wayOf is how the people of a question came to be measured, and how their scores
// were taken.
func wayOf(r Reader, q disclosure.Question, today scheme.Day) (*disclosure.Way, error) {
	way, manner := scheme.NewJourney(q.Period, today), scheme.NewManner(q.Period, today)
	err := r.Passages(PairQuery{Scheme: scheme.ID(q.Scheme), Series: q.Series, Occasion: q.Occasion, Period: q.Period, Today: today}, func(p scheme.Passage) error {
		way.Add(p)
		manner.Add(p)
		return nil
	})
	return &disclosure.Way{Journey: evidence.JourneyOf(way), Circumstances: evidence.CircumstancesOf(manner)}, err
}

// laidDown is what a scheme's plans, the one in force first, said beforehand
// about a question.
func laidDown(plans []scheme.Plan, q disclosure.Question, today scheme.Day) evidence.Design {
	return EvidenceView{
		Score: measure.Score{Series: q.Series}, Occasion: q.Occasion, Rule: scheme.ByPlan, Period: q.Period, Today: today, plans: plans,
	}.design()
}

// releasedScores are those that any version of the plan measures, the primary
// one first.
func releasedScores(now scheme.Plan, plans []scheme.Plan, defs map[measure.Key]measure.Definition) (all []ReleasedScore) {
	slices.Reverse(plans)
	for _, key := range everMeasured(append([]scheme.Plan{now}, plans...)) {
		def := defs[key]
		for _, sc := range def.Reported() {
			all = append(all, ReleasedScore{Measure: def.Short, Score: sc})
		}
	}
	slices.SortStableFunc(all, func(a, b ReleasedScore) int {
		switch now.Primary {
		case b.Score.Series:
			return 1
		case a.Score.Series:
			return -1
		}
		return 0
	})
	return all
}

// exactly is the truth behind every question.
func exactly(questions []disclosure.Question, cover ReleaseCover, cells []scheme.Cell) (all []disclosure.Exact) {
	for _, q := range questions {
		table := scheme.NewTransitions()
		for _, c := range cells {
			if c.Series == q.Series && c.Occasion == q.Occasion && q.Period.Holds(c.Quarter) && within(c, q.Filters) {
				table.Add(c.Tally)
			}
		}
		score, _ := cover.Score(q.Series)
		all = append(all, disclosure.Exact{Question: q, Finding: evidence.Of(score.Score, table)})
	}
	return all
}

// within reports whether the people of a cell pass the filters.
func within(c scheme.Cell, filters []disclosure.Filter) bool {
	for _, f := range filters {
		if c.Group(f.Dimension) != f.Group {
			return false
		}
	}
	return true
}

// shown are the exact figures as one at a time may be seen.
func (s snapshot) shown() []disclosure.Figure {
	all := make([]disclosure.Figure, len(s.exact))
	for i, e := range s.exact {
		all[i] = e.Shown(s.policy())
		all[i].Conclude(e.Design)
	}
	return all
}

func (s snapshot) policy() disclosure.Policy {
	return disclosure.Policy{Threshold: s.cover.Threshold, Reason: s.cover.Reason}
}

// stored are figures as a release keeps them.
func stored(id scheme.ReleaseID, figures []disclosure.Figure) ([]scheme.ReleasedFigure, error) {
	all := make([]scheme.ReleasedFigure, len(figures))
	for i, f := range figures {
		body, err := json.Marshal(f)
		if err != nil {
			return nil, fmt.Errorf("encode a figure: %w", err)
		}
		all[i] = scheme.ReleasedFigure{
			Release: id, Series: f.Question.Series, Occasion: f.Question.Occasion, Filter: f.Question.FilterKey(), Body: body, ETag: Fingerprint(body),
		}
	}
	return all, nil
}

// Fingerprint is the SHA-256 of something, in hexadecimals.
func Fingerprint(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}
