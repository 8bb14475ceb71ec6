package evidence

import (
	"fmt"
	"strings"

	"cairn/internal/scheme"
)

// costName is a kind of cost inside of a sentence.
func costName(kind string) string {
	return strings.ToLower(scheme.Label(scheme.CostKinds(), kind))
}

// runs writes quarters within a sentence, those that follow each other as one run.
func runs(all []scheme.Quarter) string {
	var parts []string
	for i := 0; i < len(all); {
		last := i
		for last+1 < len(all) && all[last+1] == all[last]+1 {
			last++
		}
		text := all[i].String()
		if last > i {
			text += " to " + all[last].String()
		}
		parts, i = append(parts, text), last+1
	}
	return Several(parts)
}

// Brief is the sentence without the costs for people of other kinds, which stand in
// a table beside it.
func (v Value) Brief() string {
	if !v.Entered() {
		return v.Sentence()
	}
	return v.spentSentence() + " " + v.improvedSentence(v.Heads[len(v.Heads)-1])
}

// Sentence says the cost a head, those worse beside those improved.
func (v Value) Sentence() string {
	if !v.Entered() {
		return fmt.Sprintf("No cost is entered for %s, so no cost for a person can be said.", v.Period())
	}
	text := v.spentSentence()
	for _, h := range v.Heads {
		switch {
		case h.Key == "improved":
			text += " " + v.improvedSentence(h)
		case h.Pounds != nil:
			text += fmt.Sprintf(" That is %s for each %s (%s).", Money(h.Pounds), h.Name, people(*h.People))
		}
	}
	return text
}

// spentSentence says which quarters the costs are of, and that the people of others
// are counted too.
func (v Value) spentSentence() string {
	if !v.Short() {
		return fmt.Sprintf("The costs entered for %s are %s.", v.Period(), Money(v.Total))
	}
	return fmt.Sprintf("The costs entered for %s are %s. None are entered for %s, whose people are counted too, which makes a cost for a person too low. People whose time is still running, and people referred again, are in the costs alone, which makes it too high. So it is rough, and neither the least nor the most that a person cost.",
		v.Counted(), Money(v.Total), runs(v.without))
}

// Short reports that people are counted in quarters of which no running cost is
// entered. A cost for a person is rough then: those costs are missing, and the
// costs of people who do not count yet are in it.
func (v Value) Short() bool { return v.Entered() && len(v.without) > 0 }

// Counted are the quarters whose costs are counted, in words.
func (v Value) Counted() string {
	var with []scheme.Quarter
	for i, q := range v.Course {
		if q.Pounds != nil {
			with = append(with, v.over.From+scheme.Quarter(i))
		}
	}
	if len(with) == 0 { // set-up alone
		return v.Period()
	}
	return runs(with)
}

// interval is the 95% interval of those improved in brackets. Where costs are short
// it would be sure of what is not known.
func (v Value) interval(h Head) string {
	if v.Short() {
		return "no interval, since costs are missing"
	}
	return "95% interval " + MoneyInterval(h.Lo, h.Hi)
}

func (v Value) improvedSentence(h Head) string {
	if v.Net.Improved == nil {
		return "A cost for each person reliably improved cannot be said: " + uncapital(h.Why)
	}
	text := fmt.Sprintf("%s reliably improved and %s got reliably worse.", people(*v.Net.Improved), People(*v.Net.Worse))
	if h.Pounds == nil {
		text += fmt.Sprintf(" A cost for each of those improved is %s (%s).", NotEstimable, v.interval(h))
	} else {
		text += fmt.Sprintf(" That is %s for each person reliably improved (%s).", Money(h.Pounds), v.interval(h))
	}
	if v.Net.Pounds == nil {
		return text + " Net of those who got worse there is no such cost: " + uncapital(v.Net.Why)
	}
	return text + fmt.Sprintf(" Net of those who got worse it is %s.", Money(v.Net.Pounds))
}

func uncapital(text string) string {
	if text == "" {
		return text
	}
	return strings.ToLower(text[:1]) + text[1:]
}

// Period is the quarters in words.
func (v Value) Period() string {
	if v.From == v.To {
		return v.From
	}
	return v.From + " to " + v.To
}

// LeftOut is what the costs do not hold, each a sentence.
func (v Value) LeftOut() []string {
	all := append([]string{}, v.gaps...)
	if len(v.gaps) > 0 {
		all = append(all, "Where nothing was spent, a line of £0 says so; until then the costs may be too low.")
	}
	switch {
	case v.Apart != nil:
		all = append(all, fmt.Sprintf("Set-up is apart: %s of it falls on these quarters and is in no cost for a person.", Money(v.Apart)))
	case v.SetUp == SetUpSpread && v.setUp() == nil:
		all = append(all, "No set-up costs are entered for these quarters.")
	case v.SetUp == SetUpSpread:
		all = append(all, fmt.Sprintf("Set-up is in: %s, the share of these quarters.", Money(v.setUp())))
	default:
		all = append(all, "No set-up costs are entered for these quarters.")
	}
	return all
}

func (v Value) setUp() *float64 {
	for _, k := range v.Kinds {
		if k.Key == string(scheme.CostSetUp) {
			return k.Pounds
		}
	}
	return nil
}

// Trend says how the running costs went, up or down alike; empty for one quarter.
func (v Value) Trend() string {
	var known []Spent
	for _, q := range v.Course {
		if q.Pounds != nil {
			known = append(known, q)
		}
	}
	if len(known) < 2 {
		return ""
	}
	first, last := known[0], known[len(known)-1]
	more := *last.Pounds - *first.Pounds
	less := -more
	const halfPenny = 0.005
	switch {
	case more > halfPenny:
		return fmt.Sprintf("Running costs rose by %s, from %s in %s to %s in %s.", Money(&more), Money(first.Pounds), first.Name, Money(last.Pounds), last.Name)
	case less > halfPenny:
		return fmt.Sprintf("Running costs fell by %s, from %s in %s to %s in %s.", Money(&less), Money(first.Pounds), first.Name, Money(last.Pounds), last.Name)
	}
	return fmt.Sprintf("Running costs were the same in %s and in %s: %s.", first.Name, last.Name, Money(last.Pounds))
}

// Cautions are what to bear in mind about a cost a head.
func (v Value) Cautions() []string {
	all := []string{
		"People count in the quarter in which the time for their later score ended. Much of what was spent on them was spent in the quarters before.",
		"Each person counts by their first referral. People whose time is still running, and people referred again, are in the costs and not among the people.",
		"People who were not measured twice are in the costs. Nobody knows whether they improved, and they do not count as improved.",
		"The interval holds the chance in who improved. It holds no doubt about the costs.",
		"Reliably improved is not improved by the scheme: there is no comparison here.",
		"The cost and the cost for a person together give the number of people back. Do not publish them side by side.",
	}
	if v.current {
		all = append(all, v.To+" is not over: its costs count in full, its people only so far.")
	}
	return all
}

// OverlapSentence warns of two lines that may be the same money.
func OverlapSentence(o scheme.Overlap) string {
	when := o.Shared.From.String()
	if o.Shared.To != o.Shared.From {
		when += " to " + o.Shared.To.String()
	}
	return fmt.Sprintf("Two lines of %s are both over %s: %s (%s) and %s (%s). Both are counted. If it is the same money, remove one.",
		costName(string(o.One.Kind)), when, Exactly(o.One.Amount), o.One.Source, Exactly(o.Other.Amount), o.Other.Source)
}

// EqualSentence says what the share of the change stands for that would make its
// worth equal the costs, and what is not in those costs.
func (v Value) EqualSentence() string {
	text := fmt.Sprintf("The costs are %s, and are for everybody.", Money(v.Total))
	if v.Apart != nil {
		text += " Set-up is not in them, as chosen."
	}
	if v.Short() {
		return text + fmt.Sprintf(" None are entered for %s, so it is not told what share of the change would have to be caused for the two to be equal.", runs(v.without))
	}
	text += " The last column is the share of the change that would have to be caused, lasting as long as you suppose, for the two to be equal."
	if len(v.gaps) > 0 {
		text += " Costs may be missing (see what is left out above); then it takes a larger share."
	}
	return text
}

// Caused writes the share of a change that would have to be caused.
func (w Wellby) Caused(percent *float64) string {
	const all = 100
	switch {
	case w.CostsMissing:
		return "not told: costs are missing"
	case percent == nil:
		return "no share would: nobody gained"
	case *percent > all:
		return "more than all of it"
	case *percent > 0 && *percent < 1:
		return "under 1%"
	}
	return fmt.Sprintf("%.0f%%", *percent)
}
