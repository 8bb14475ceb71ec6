package evidence

import (
	"fmt"

	"cairn/internal/measure"
	"cairn/internal/stat"
)

// LifeSatisfaction is the one series that has a value in money.
const LifeSatisfaction measure.Series = "ons4-satisfaction"

// Reasons why there is no value.
const (
	ErrNotSatisfaction stat.Refusal = "only life satisfaction from 0 to 10 has a value in money; no other score is turned into it"
	ErrNoCost          stat.Refusal = "no cost is entered for these quarters"
	ErrNoChange        stat.Refusal = "nobody was measured twice"
)

// WeeksInYear makes weeks a part of a year, so that 52 weeks are one.
const WeeksInYear = 52.0

// WellbyYear is the year of whose prices the values are.
const WellbyYear = 2019

// A Worth is what one point of life satisfaction for one person for one year is
// taken to be worth.
type Worth struct {
	Name      string  `json:"name"`
	Pounds    float64 `json:"pounds"` // 2019 prices
	Certainty string  `json:"certainty"`
}

// Worths are the three values of the supplementary Green Book guidance of July
// 2021. They are not carried on to later prices: how to do that was not verified.
func Worths() []Worth {
	const unread = "named by Cairn's authors from memory as the end of the range in HM Treasury's supplementary Green Book guidance on wellbeing (July 2021), and not found again in it; look it up there before you use it"
	return []Worth{
		{"Low", 10_000, unread},
		{"Central", 13_000, "HM Treasury's supplementary Green Book guidance on wellbeing (July 2021), read in an account of it with a worked example (jacobs.com: 0.2 points for a year are £2,600), and not in the guidance; look it up there before you use it"},
		{"High", 16_000, unread},
	}
}

// An If is what the reader supposes.
type If struct {
	Caused float64 `json:"caused_percent"` // of the change, by the scheme; 0 to 100
	Weeks  int     `json:"weeks"`          // that the change lasts
}

// String is the supposition as a clause.
func (i If) String() string {
	return fmt.Sprintf("if %s%% of this change were caused by the scheme and lasted %s", Digits(i.Caused), weeks(i.Weeks))
}

// Digits writes a number with as many decimals as it has.
func Digits(v float64) string { return fmt.Sprintf("%g", v) }

func weeks(n int) string {
	if n == 1 {
		return "1 week"
	}
	return People(n) + " weeks"
}

// A Wellby is what a change of life satisfaction would be worth under an If.
type Wellby struct {
	If     If      `json:"if"`
	Year   int     `json:"price_year"`
	People int     `json:"people"` // measured twice
	Years  float64 `json:"years"`  // that the change lasts
	Rows   []Gain  `json:"values" nullable:"false"`
	// CostsMissing reports that people are counted in quarters without a cost, so
	// that no share of the change can be said to equal the costs.
	CostsMissing bool `json:"costs_missing"`
}

// A Gain is it by one of the values, pounds; negative where people fared worse.
type Gain struct {
	Worth  Worth    `json:"worth"`
	Lo     *float64 `json:"lo"`   // a person, at the lower limit of the mean change
	Mean   *float64 `json:"mean"` // a person, at the mean change
	Hi     *float64 `json:"hi"`
	All    *float64 `json:"all"`         // for all people measured twice, at the mean change
	AllLo  *float64 `json:"all_lo"`      //
	AllHi  *float64 `json:"all_hi"`      //
	Equals *float64 `json:"equals_cost"` // per cent of the change that would have to be caused for all to equal the costs; nil where none would do, or costs are missing
}

// Wellby supposes that a part of the mean change was caused and lasted.
//
// Unit: pounds a person, prices of 2019.
// Formula: change × caused / 100 × weeks / 52 × value; not discounted, and with no
// drop-off within those weeks.
// Source: HM Treasury, supplementary Green Book guidance on wellbeing, July 2021,
// as told by jacobs.com; its example is 0.2 × £13,000 = £2,600 a person and year.
// Vectors: testdata/vectors/wellby.json.
func (f Finding) Wellby(v Value, i If) (Wellby, error) {
	switch {
	case f.Score.Series != LifeSatisfaction:
		return Wellby{}, ErrNotSatisfaction
	case !v.Entered():
		return Wellby{}, ErrNoCost
	case f.Change.Mean == nil:
		return Wellby{}, ErrNoChange
	}
	lo, hi, _ := f.Told()
	w := Wellby{If: i, Year: WellbyYear, People: f.Counts.Paired, Years: float64(i.Weeks) / WeeksInYear, CostsMissing: v.Short()}
	for _, worth := range Worths() {
		g := Gain{Worth: worth, Lo: w.worth(lo, worth), Mean: w.worth(f.Change.Mean, worth), Hi: w.worth(hi, worth)}
		g.All, g.AllLo, g.AllHi = times(g.Mean, w.People), times(g.Lo, w.People), times(g.Hi, w.People)
		if whole := *f.Change.Mean * w.Years * worth.Pounds * float64(w.People); whole > 0 && !w.CostsMissing {
			equals := *v.Total / whole * 100
			g.Equals = &equals
		}
		w.Rows = append(w.Rows, g)
	}
	return w, nil
}

// worth is a change in pounds.
func (w Wellby) worth(change *float64, by Worth) *float64 {
	if change == nil {
		return nil
	}
	pounds := *change * w.If.Caused / 100 * w.Years * by.Pounds
	return &pounds
}

func times(pounds *float64, people int) *float64 {
	if pounds == nil {
		return nil
	}
	all := *pounds * float64(people)
	return &all
}

// Sentence says the central value with its ifs, and never without them.
func (w Wellby) Sentence() string {
	low, central, high := w.Rows[0], w.Rows[1], w.Rows[2]
	interval := "The change has no interval, so this has none."
	if central.Lo != nil && central.Hi != nil {
		interval = fmt.Sprintf("By the 95%% interval of the change it lies %s.", RoundedInterval(central.Lo, central.Hi))
	}
	return fmt.Sprintf("%s, that would be worth about %s a person in prices of %d (%s with the low value, %s with the high one). %s",
		capital(w.If.String()), Rounded(central.Mean), w.Year, Rounded(low.Mean), Rounded(high.Mean), interval)
}

// WellbyCautions are printed wherever such a value is.
func WellbyCautions() []string {
	return []string{
		"People measured before and after without a comparison show a change and no effect. The share that was caused is a supposition: yours, and printed here.",
		"The part that would have come about anyway (deadweight) has to be left out of that share. For people who come at a low point it can be most of the change.",
		"A change wears off (drop-off). The weeks are taken at full strength, so suppose fewer. Nobody was measured after the later score.",
		"Only people measured twice are counted. Those lost may have fared worse.",
		"Do not add this to QALYs or to savings of health services: the same gain would count twice.",
		"The costs have to hold the link worker and the activity, volunteers and premises too.",
		"Prices are of 2019 and the costs are not. The values are not carried on to later prices, since how to do that was not verified; nothing is discounted.",
	}
}
