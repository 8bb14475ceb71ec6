package measure

import "math"

// rho is the correlation between goals that Kiresuk and Sherman took as given.
const rho = 0.30

// A goal is one goal with what was attained of it.
type goal struct {
	weight   float64 // importance x difficulty; 1 where goals are not weighted
	attained float64 // -2 to +2; 0 is as expected
}

// attainment is the goal attainment T score:
//
//	T = 50 + 10·Σ(w·x) / √[(1−ρ)·Σw² + ρ·(Σw)²],  ρ = 0.30
//
// in its original form: Turner-Stokes (2009) was printed with wrong formulas on
// pages 364 and 367, which her erratum puts right. ok is false where no goal
// carries weight, for then T does not exist.
//
// Unit: T points; 50 is all goals met as expected, 10 a standard deviation by
// design.
//
// Source: Kiresuk & Sherman (1968), Community Ment Health J 4:443–453; weights
// as importance x difficulty: Turner-Stokes (2009), Clin Rehabil 23:362–370,
// with its erratum.
// Vectors: testdata/gas.yaml.
func attainment(goals []goal) (t float64, ok bool) {
	var sum, squares, weights float64
	for _, g := range goals {
		sum += g.weight * g.attained
		squares += g.weight * g.weight
		weights += g.weight
	}
	if weights <= 0 {
		return 0, false
	}
	return 50 + 10*sum/math.Sqrt((1-rho)*squares+rho*weights*weights), true
}

// goals reads the goals that were rated. weighted is how many of them have a
// weight of their own.
func (d Definition) goals(responses map[string]int) (all []goal, weighted int) {
	for place := 1; place <= d.Own.Most; place++ {
		attained, rated := responses[d.Own.item(place, goalAttained)]
		if !rated {
			continue
		}
		g := goal{weight: 1, attained: float64(attained)}
		importance, heavy := responses[d.Own.item(place, goalImportance)]
		difficulty, hard := responses[d.Own.item(place, goalDifficulty)]
		if heavy && hard {
			g.weight = float64(importance * difficulty)
			weighted++
		}
		all = append(all, g)
	}
	return all, weighted
}

// attained is the T score of the responses as a level of sc. Goals are weighted
// all or none.
func (d Definition) attained(sc Score, responses map[string]int) (Level, bool) {
	goals, weighted := d.goals(responses)
	if weighted != 0 && weighted != len(goals) {
		return 0, false
	}
	t, ok := attainment(goals)
	return Level(math.Round(t * float64(Pow10(sc.Decimals)))), ok
}
