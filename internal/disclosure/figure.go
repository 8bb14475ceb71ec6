package disclosure

import (
	"math"

	"cairn/internal/evidence"
	"cairn/internal/measure"
)

// A Figure is what may be shown of one finding: the body of a release. Written
// as JSON it has the same keys in the same order always; what is not shown is
// null, and Hidden says why by the path of the key ("change.mean"). Score points
// have 1 decimal.
type Figure struct {
	Question Question `json:"question"`
	Policy   Policy   `json:"policy"` // as it was applied
	Scale    Scale    `json:"scale"`

	Flow       Flow  `json:"flow"`
	Completion Share `json:"completion"`  // measured twice, of those due
	OfReferred Share `json:"of_referred"` // measured twice, of everybody referred

	Before       Summary      `json:"before"` // people measured twice, the first time
	After        Summary      `json:"after"`  // the same people, the second time
	Change       Change       `json:"change"`
	Movement     Movement     `json:"movement"`
	Distribution Distribution `json:"distribution"`
	Ends         Ends         `json:"ends"`
	Lost         Summary      `json:"lost"` // baselines of people who were not measured again
	Bounds       Bounds       `json:"bounds"`
	Regression   Regression   `json:"regression_to_mean"`
	Taken        *Taken       `json:"taken,omitempty"`

	// Level, Claims and Remarks are of everybody's figures; a group's has none.
	Level   *Level            `json:"level"`
	Claims  *Claims           `json:"claims"`
	Remarks []evidence.Remark `json:"remarks,omitempty"` // what must be known of how scores were taken; all are told every time

	Hidden map[string]string `json:"hidden,omitempty"`

	// Words is the version of the sentences that are made of the figure when it is
	// read, so that a release goes on saying what it said. Absent is the first;
	// from 2 on they say that each number was rounded by itself.
	Words int `json:"words,omitempty"`
}

// words is the version of the sentences of figures that are made now.
const words = 2

// A Scale is what a reader must know of the score.
type Scale struct {
	Series    measure.Series    `json:"series"`
	Name      string            `json:"name"`
	Direction measure.Direction `json:"direction"` // 1 higher is better, -1 lower
	Decimals  int               `json:"decimals"`  // of one person's score
	Lowest    *float64          `json:"lowest"`    // score points; null where the scale has no end there
	Highest   *float64          `json:"highest"`
	Unit      float64           `json:"unit"` // score points; means are rounded to multiples of this
}

// Length is from one end of the scale to the other, score points; without end
// where an end is missing.
func (s Scale) Length() float64 {
	if s.Lowest == nil || s.Highest == nil {
		return math.Inf(1)
	}
	return *s.Highest - *s.Lowest
}

// Flow counts people by how far they came. Rows are rounded one by one and need
// not add up.
type Flow struct {
	Referred     Count `json:"referred"`
	Accepted     Count `json:"accepted"`
	Started      Count `json:"started"`
	Baseline     Count `json:"baseline"` // people who died or moved away included
	Died         Count `json:"died"`     // before the later score
	Moved        Count `json:"moved_away"`
	Due          Count `json:"due"` // with a baseline and still there to be measured
	Paired       Count `json:"paired"`
	Lost         Count `json:"lost"` // due and not measured again
	FollowupOnly Count `json:"followup_only"`
}

// A Summary describes one set of scores, score points.
type Summary struct {
	Mean   *float64 `json:"mean"`
	SD     *float64 `json:"sd"`
	Median *float64 `json:"median"`
}

// Change is follow-up minus baseline in score points. All but Mean, SD and
// Median are worked out from those two and the number of people as shown.
type Change struct {
	Mean   *float64 `json:"mean"`
	SD     *float64 `json:"sd"`
	Median *float64 `json:"median"`
	Lo     *float64 `json:"ci_lo"` // 95% interval of the mean
	Hi     *float64 `json:"ci_hi"`
	SE     *float64 `json:"se"`
	T      *float64 `json:"t"`
	P      *float64 `json:"p"`   // 0 to 1, 3 decimals; 0.001 stands for less
	D      *float64 `json:"d_z"` // standard deviations of the changes
}

// Movement is how many of the people measured twice got better, worse and
// neither. The three are never hidden for being small: they are bounded.
type Movement struct {
	Better Share `json:"better"`
	Same   Share `json:"same"`
	Worse  Share `json:"worse"`
	// Reliable is false where no threshold is agreed and every change counts.
	Reliable  bool     `json:"reliable"`
	Threshold *float64 `json:"threshold"` // score points; null where it comes from these people's own spread, or from nowhere
	By        string   `json:"by"`        // the threshold and its source in words; empty without one
}

// A Distribution counts the people measured twice in parts of the scale that
// were fixed before anybody was measured.
type Distribution struct {
	About  string `json:"about"`  // what the bands tell apart
	Source string `json:"source"` // who published them; empty: equal parts of the scale
	Bands  []Band `json:"bands"`
}

// A Band is one part of the scale, both ends included.
type Band struct {
	Name   string `json:"name"`
	From   string `json:"from"` // score points as people read them
	To     string `json:"to"`
	Before Count  `json:"before"`
	After  Count  `json:"after"`
}

// Ends is how many of the people due began at an end of the scale.
type Ends struct {
	Best  Share `json:"at_best"`
	Worst Share `json:"at_worst"`
}

// Bounds is what the figures would be had everybody due been measured again,
// worked out from numbers that are shown. Hidden where fewer people were lost
// than the threshold.
type Bounds struct {
	Best    *float64 `json:"mean_change_best_case"`  // score points, all lost at the best end
	Worst   *float64 `json:"mean_change_worst_case"` // score points, all lost at the worst end
	Carried *float64 `json:"mean_change_carried"`    // score points, nobody lost had changed
	// TippingPoint is by how many points less than those found the lost would have
	// to have risen (below zero: fallen) for the interval to reach zero.
	TippingPoint *float64 `json:"tipping_point"`
	BetterLo     *int     `json:"better_lo"` // per cent of everybody due, none of the lost better
	BetterHi     *int     `json:"better_hi"` // all of them better
	WorseLo      *int     `json:"worse_lo"`
	WorseHi      *int     `json:"worse_hi"`
}
