package scheme

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cairn/internal/fault"
	"cairn/internal/measure"
)

// An Occasion is why an assessment was taken: "baseline", or "day-84" for a
// fixed time after the start.
type Occasion string

const (
	Waiting  Occasion = "waiting"
	Baseline Occasion = "baseline"
	End      Occasion = "end"
	Later    Occasion = "later"
	// Unstated is of a file that had the score and its day, and not why it was taken.
	// No form and no mapping offers it.
	Unstated Occasion = "unstated"
	// FirstLast names the pairs of the first-last rule. It is no occasion that
	// anybody records.
	FirstLast Occasion = "first-last"
)

// FixedTime is the occasion so many days after the start.
func FixedTime(days int) Occasion { return Occasion("day-" + strconv.Itoa(days)) }

// Days is how many days after the start a fixed time lies; ok is false for
// other occasions.
func (o Occasion) Days() (days int, ok bool) {
	rest, found := strings.CutPrefix(string(o), "day-")
	if !found {
		return 0, false
	}
	days, err := strconv.Atoi(rest)
	return days, err == nil && days > 0
}

// LastFixedTime is how many days after the start a time may lie at most.
const LastFixedTime = 3660 // ten years

// Recorded reports an occasion that an assessment can be of.
func (o Occasion) Recorded() bool {
	switch o {
	case Waiting, Baseline, End, Later:
		return true
	}
	days, fixed := o.Days()
	return fixed && days <= LastFixedTime && o == FixedTime(days)
}

// Order puts occasions in the order in which they come, where no day tells.
func (o Occasion) Order() int {
	days, fixed := o.Days()
	switch {
	case fixed:
		return days
	case o == Waiting:
		return -1
	case o == Baseline:
		return 0
	case o == End:
		return 20_000
	}
	return 10_000
}

// isLater reports an occasion that is known to be after the baseline.
func (o Occasion) isLater() bool { return o.Order() > 0 && o != Unstated }

// Label is the occasion as people read it.
func (o Occasion) Label() string {
	days, fixed := o.Days()
	switch {
	case fixed && days == 7:
		return "1 week after the start"
	case fixed && days%7 == 0:
		return fmt.Sprintf("%d weeks after the start", days/7)
	case fixed:
		return fmt.Sprintf("%d days after the start", days)
	case o == Waiting:
		return "While waiting"
	case o == Baseline:
		return "Baseline"
	case o == End:
		return "At the end"
	case o == FirstLast:
		return "First and last score"
	case o == Unstated:
		return "Occasion not recorded"
	default:
		return "Later follow-up"
	}
}

// A Plan says which measures a scheme collects at which occasions. Plans are
// dated versions; a referral keeps the one it was accepted under.
type Plan struct {
	ID            PlanID
	Version       int
	EffectiveFrom Day
	Primary       measure.Series // pre-set, shown first
	Headline      Occasion       // the fixed time shown first
	Items         []PlanItem
}

// InForce is the latest of a scheme's plans that took effect by day, or the first
// where none has yet; the later version of two from the same day. There is at
// least one.
func InForce(plans []Plan, day Day) Plan {
	chosen := plans[0]
	for _, p := range plans[1:] {
		if !p.EffectiveFrom.After(day) && !p.EffectiveFrom.Before(chosen.EffectiveFrom) {
			chosen = p
		}
	}
	return chosen
}

// A PlanItem is one measure at one occasion, with the window that counts as on
// time: DueDays after the start, up to BeforeDays earlier or AfterDays later.
type PlanItem struct {
	Measure    measure.Key
	Occasion   Occasion
	DueDays    int // days after the start; 0 for the baseline
	BeforeDays int // days
	AfterDays  int // days
}

// Window is the first and last day that count as on time.
func (i PlanItem) Window(start Day) (first, last Day) {
	due := start.Plus(i.DueDays)
	return due.Plus(-i.BeforeDays), due.Plus(i.AfterDays)
}

// Of returns the items of one measure, baseline first, then by due day.
func (p Plan) Of(m measure.Key) []PlanItem {
	var items []PlanItem
	for _, i := range p.Items {
		if i.Measure == m {
			items = append(items, i)
		}
	}
	slices.SortStableFunc(items, func(a, b PlanItem) int { return a.DueDays - b.DueDays })
	return items
}

// Measures returns the measures of the plan, each once, in the plan's order.
func (p Plan) Measures() []measure.Key {
	var keys []measure.Key
	for _, i := range p.Items {
		if !slices.Contains(keys, i.Measure) {
			keys = append(keys, i.Measure)
		}
	}
	return keys
}

// FollowUps returns the occasions other than the baseline at which m is due.
func (p Plan) FollowUps(m measure.Key) []Occasion {
	var out []Occasion
	for _, i := range p.Of(m) {
		if i.Occasion != Baseline {
			out = append(out, i.Occasion)
		}
	}
	return out
}

// Check faults with plan.invalid for a measure without a baseline or a
// follow-up, a window that is backward, and windows of one measure that
// overlap, since one score would then count twice.
func (p Plan) Check() error {
	var wrong fault.List
	for _, m := range p.Measures() {
		items := p.Of(m)
		if items[0].Occasion != Baseline || len(items) < 2 {
			wrong.Add(planFault("%s needs a baseline and at least one later time.", m))
		}
		for n, i := range items {
			if i.BeforeDays < 0 || i.AfterDays < 0 || i.DueDays < 0 {
				wrong.Add(planFault("The window of %s at %s runs backward.", m, i.Occasion.Label()))
			}
			if n > 0 && items[n-1].DueDays+items[n-1].AfterDays >= i.DueDays-i.BeforeDays {
				wrong.Add(planFault("The windows of %s at %s and %s overlap: a score could count for both.", m, items[n-1].Occasion.Label(), i.Occasion.Label()))
			}
		}
	}
	if len(p.Items) == 0 {
		wrong.Add(planFault("A plan needs at least one measure."))
	}
	return wrong.Err()
}

func planFault(format string, args ...any) *fault.Fault {
	return fault.New(fault.Invalid, fault.PlanInvalid, format, args...).At("plan")
}

// Standard makes the items for a plan that a service sets up by naming a measure and a number
// of weeks: the baseline from six weeks before the start to two weeks after
// it, the follow-up four weeks either side of its day, narrower where that
// would touch the baseline's window.
func Standard(m measure.Key, weeks int) []PlanItem {
	due := 7 * weeks
	side := min(28, max(0, (due-15)/2))
	return []PlanItem{
		{Measure: m, Occasion: Baseline, BeforeDays: 42, AfterDays: 14},
		{Measure: m, Occasion: FixedTime(due), DueDays: due, BeforeDays: side, AfterDays: side},
	}
}

// FromTimes makes the items for a file that names its time points by days
// after the first: each window reaches half way to its neighbours, the last as
// far after as before.
func FromTimes(m measure.Key, days []int) ([]PlanItem, error) {
	if len(days) < 2 || days[0] != 0 {
		return nil, planFault("Name at least two time points; the first is on day 0.")
	}
	items := make([]PlanItem, len(days))
	for i, d := range days {
		if i > 0 && d <= days[i-1] {
			return nil, planFault("The days of the time points must rise: %d does not follow %d.", d, days[i-1])
		}
		items[i] = PlanItem{Measure: m, Occasion: FixedTime(d), DueDays: d}
		if i > 0 {
			gap := d - days[i-1]
			items[i].BeforeDays = (gap - 1) / 2
			items[i-1].AfterDays = gap - 1 - (gap-1)/2
			items[i].AfterDays = items[i].BeforeDays
		}
	}
	items[0].Occasion, items[0].BeforeDays = Baseline, items[0].AfterDays
	return items, nil
}

// Takes reports whether an assessment of m can be recorded for that occasion:
// one of the plan's, or one that stands outside every plan.
func (p Plan) Takes(m measure.Key, o Occasion) bool {
	switch o {
	case Waiting, End, Later, Baseline:
		return true
	}
	return slices.Contains(p.FollowUps(m), o)
}
