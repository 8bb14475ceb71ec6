package scheme

import (
	"slices"

	"cairn/internal/measure"
)

// An AnswerProfile is how one person answered a measure that is read as digits side by
// side, during one referral. They are never added up.
type AnswerProfile struct {
	Measure measure.Definition
	Taken   []Answered // oldest first, whoever answered
}

// Answered is one profile.
type Answered struct {
	Assessment AssessmentID
	On         Day
	Dated      Dating // how well the day is known
	By         measure.Rater
	Text       string         // 21132
	Responses  map[string]int // by item key
}

// Profiles are those that were taken, the plan's measures first.
func (s Spell) Profiles(defs map[measure.Key]measure.Definition) []AnswerProfile {
	var all []AnswerProfile
	for _, key := range s.measured() {
		p := AnswerProfile{Measure: defs[key]}
		for _, a := range s.Assessments {
			if text, ok := p.Measure.ProfileOf(a.Responses); ok && a.Measure == key {
				p.Taken = append(p.Taken, Answered{a.ID, a.On, a.Dated, a.Rater, text, a.Responses})
			}
		}
		if len(p.Taken) == 0 {
			continue
		}
		slices.SortStableFunc(p.Taken, func(a, b Answered) int { return a.On.DaysSince(b.On) })
		all = append(all, p)
	}
	return all
}

// rated writes beside each score of how many problems or goals it is.
func (s Spell) rated(points []Point, def measure.Definition, sc measure.Score) []Point {
	for i, p := range points {
		points[i].Rated, _ = def.Rated(sc, s.responses(p.Assessment))
	}
	return points
}
