package scheme

import (
	"cmp"
	"maps"
	"slices"

	"cairn/internal/measure"
)

// A Course is what one person scored in one series during one referral. What is
// compared is a pair by the first-last rule, so that one person's change is found
// exactly as a scheme's figures find it.
type Course struct {
	Referral ReferralID
	Measure  measure.Definition
	Score    measure.Score
	Points   []Point                 // by the rater that the measure is meant for, oldest first
	Others   []Rated                 // by other raters; never compared with Points
	Base     *Point                  // nil where there is no score
	Later    *Point                  // nil where there is none on a later day that can be compared
	Dated    map[AssessmentID]Dating // of those whose day is not known
	Named    int                     // of a score of the person's own problems or goals: how many were rated both times
}

// Rated is what one other rater said.
type Rated struct {
	By     measure.Rater
	Points []Point // oldest first
}

// Courses are the series in which there is any score, the plan's measures first.
func (s Spell) Courses(defs map[measure.Key]measure.Definition) []Course {
	var all []Course
	for _, key := range s.measured() {
		def, known := defs[key]
		if !known {
			continue
		}
		for _, sc := range def.Reported() {
			c := Course{Referral: s.Referral.ID, Measure: def, Score: sc, Points: s.rated(s.points(key, sc.Series, def.Rater), def, sc)}
			for _, by := range measure.Raters() {
				if points := s.rated(s.points(key, sc.Series, by), def, sc); by != def.Rater && len(points) > 0 {
					c.Others = append(c.Others, Rated{by, points})
				}
			}
			if len(c.Points)+len(c.Others) == 0 {
				continue
			}
			pair := s.firstLast(Pair{Series: sc.Series}, def)
			c.Base, c.Later = pair.Base, pair.Later
			c.Named = s.named(pair, def, sc)
			c.count(s)
			c.Dated = s.dated()
			all = append(all, c)
		}
	}
	return all
}

// dated says how well days are known, of those that are not.
func (s Spell) dated() map[AssessmentID]Dating {
	var of map[AssessmentID]Dating
	for _, a := range s.Assessments {
		if a.Dated == ToTheDay {
			continue
		}
		if of == nil {
			of = map[AssessmentID]Dating{}
		}
		of[a.ID] = a.Dated
	}
	return of
}

// When is the day of one of its scores as far as it is known.
func (c Course) When(p Point) string { return c.Dated[p.Assessment].Shown(p.On) }

// measured are the measures of the plan and then the others that were taken.
func (s Spell) measured() []measure.Key {
	keys, further := s.Plan.Measures(), map[measure.Key]bool{}
	for _, a := range s.Assessments {
		if !slices.Contains(keys, a.Measure) {
			further[a.Measure] = true
		}
	}
	return append(keys, slices.SortedFunc(maps.Keys(further), cmp.Compare)...)
}

// count says of how many the two that are compared are: those rated both times,
// or what each of them is by itself.
func (c *Course) count(s Spell) {
	for _, p := range []*Point{c.Base, c.Later} {
		if p == nil || !c.Measure.Counts(c.Score) {
			continue
		}
		if p.Rated = c.Named; c.Named == 0 {
			p.Rated, _ = c.Measure.Rated(c.Score, s.responses(p.Assessment))
		}
	}
}

// named counts the problems that both scores of a pair rate, where the score is
// of any.
func (s Spell) named(p Pair, def measure.Definition, sc measure.Score) int {
	rated, _ := def.Item(sc.Item)
	if def.Own == nil || p.Base == nil || p.Later == nil || !def.Counts(sc) && rated.Place == 0 {
		return 0
	}
	first, later := s.responses(p.Base.Assessment), s.responses(p.Later.Assessment)
	both := map[int]bool{}
	for _, it := range def.Items {
		_, before := first[it.Key]
		_, after := later[it.Key]
		if it.Place > 0 && before && after && !def.Own.Keeps(it.Rating) {
			both[it.Place] = true
		}
	}
	return len(both)
}

// Untouched reports whether nothing is on record that needs the person: no
// measure was taken and no activity attended.
func (s Spell) Untouched() bool {
	_, stage := s.Referral.Started(s.Prescriptions)
	return len(s.Assessments) == 0 && stage != StageStarted
}
