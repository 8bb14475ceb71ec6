package demo

import (
	"fmt"
	"math"
	"strconv"

	"cairn/internal/measure"
)

// A trait is how one question behaves among people who are referred: rough
// figures of the sort that services report, not those of any one service.
type trait struct {
	mean, sd float64 // score points, at the baseline
	low      int     // lowest response
	high     int     // highest response
	loading  float64 // correlation with underlying wellbeing, -1 to 1
}

func onsTraits() map[string]trait {
	return map[string]trait{
		"satisfaction": {mean: 4.9, sd: 2.2, high: 10, loading: 0.85},
		"worthwhile":   {mean: 5.3, sd: 2.3, high: 10, loading: 0.80},
		"happiness":    {mean: 5.0, sd: 2.5, high: 10, loading: 0.75},
		"anxiety":      {mean: 5.6, sd: 2.9, high: 10, loading: -0.60},
	}
}

func rawTotal() trait { return trait{mean: 19.6, sd: 4.4, low: 7, high: 35, loading: 0.85} }

const (
	stable       = 0.62 // correlation of underlying wellbeing over a follow-up
	stableAnswer = 0.40 // likewise of what is particular to one answer
	unlike       = 0.45 // SD of the change between people, in baseline SDs
	leftOut      = 0.012
)

// A state is where somebody stands at one time: their wellbeing and what is
// particular to each answer, all in baseline standard deviations.
type state struct {
	wellbeing float64
	own       map[string]float64
}

// answers are the things that a state answers, in a fixed order.
func answers() []string {
	return []string{"satisfaction", "worthwhile", "happiness", "anxiety", "total"}
}

func (c chance) first() state {
	s := state{wellbeing: c.NormFloat64(), own: map[string]float64{}}
	for _, a := range answers() {
		s.own[a] = c.NormFloat64()
	}
	return s
}

// takenIn is the state of somebody whom the scheme takes in: it turns away whoever
// is too well, and so meets people at their lowest.
func (c chance) takenIn(s Scheme) state {
	for {
		who := c.first()
		if s.Entry == 0 || onsTraits()["satisfaction"].score(who, "satisfaction") <= s.Entry {
			return who
		}
	}
}

// after is the state some months later: drawn back towards the mean, as
// anybody's is, and moved by effect, more for some than for others.
func (c chance) after(s state, effect float64) state {
	next := state{own: map[string]float64{}}
	next.wellbeing = stable*s.wellbeing + math.Sqrt(1-stable*stable)*c.NormFloat64() + effect
	if effect != 0 {
		next.wellbeing += unlike * effect * c.NormFloat64()
	}
	for _, a := range answers() {
		next.own[a] = stableAnswer*s.own[a] + math.Sqrt(1-stableAnswer*stableAnswer)*c.NormFloat64()
	}
	return next
}

// score is the answer of a state: whole, and stopped at the ends of the scale,
// where answers pile up.
func (t trait) score(s state, answer string) int {
	at := t.loading*s.wellbeing + math.Sqrt(1-t.loading*t.loading)*s.own[answer]
	return clamp(int(math.Round(t.mean+t.sd*at)), t.low, t.high)
}

// taken is one administration of a measure to somebody in a state.
type taken struct {
	responses map[string]int
	scores    []measure.Scored
}

func (c chance) take(def measure.Definition, s state) (taken, error) {
	switch def.Key {
	case "ons4":
		return c.takeONS(def, s)
	case "swemwbs":
		scores, err := def.FromScore("swemwbs-raw", strconv.Itoa(rawTotal().score(s, "total")))
		return taken{scores: scores}, err
	}
	return taken{}, fmt.Errorf("the demonstration has no scores for %s", def.Key)
}

func (c chance) takeONS(def measure.Definition, s state) (taken, error) {
	traits := onsTraits()
	t := taken{responses: map[string]int{}}
	for _, item := range def.Items {
		if !c.hits(leftOut) {
			t.responses[item.Key] = traits[item.Key].score(s, item.Key)
		}
	}
	if len(t.responses) == 0 {
		t.responses[def.Items[0].Key] = traits[def.Items[0].Key].score(s, def.Items[0].Key)
	}
	var err error
	t.scores, err = def.FromItems(t.responses)
	return t, err
}
