package evidence

import (
	"fmt"
	"slices"
	"strings"

	"cairn/internal/stat"
)

// Question is what the run answers.
func (r Run) Question() string {
	switch r.Key {
	case "referrals":
		return "How many referrals came each " + string(r.Grain) + "?"
	case "first_contact":
		return "How long did people wait for a first contact?"
	case "start":
		return "How long did people wait to start?"
	case "acceptance":
		return "How long did people wait to be accepted?"
	}
	return "How many of those due were measured again?"
}

// Axis names what the run's values are.
func (r Run) Axis() string {
	switch r.Key {
	case "referrals":
		return "Referrals"
	case "completeness":
		return "Measured again, per cent"
	}
	return "Median days from referral"
}

// Counted names what a point is of.
func (r Run) Counted() string {
	switch r.Key {
	case "referrals":
		return "Referrals"
	case "completeness":
		return "Measured again, of those due"
	case "start":
		return "People who started"
	case "acceptance":
		return "People accepted"
	}
	return "People contacted"
}

// Write is a value of the run as it is read; outside tables with its unit.
func (r Run) Write(v *float64) string {
	switch {
	case v == nil:
		return "nobody"
	case r.Key == "completeness":
		return Percent(v)
	case r.Key == "referrals":
		return Half(v)
	}
	return inDays(v)
}

// Values is how many points have one.
func (r Run) Values() int {
	n := 0
	for _, p := range r.Points {
		if p.Value != nil {
			n++
		}
	}
	return n
}

// Sentence says what the run comes to. It calls nothing better or worse: more
// referrals can be good news or a queue.
func (r Run) Sentence() string {
	low, high := r.ends()
	switch n := r.Values(); {
	case n == 0 && r.Open == nil:
		return r.nothing()
	case n == 0:
		return fmt.Sprintf("Nothing but the %s that is not over yet is on record, so there is nothing to compare.", r.Grain)
	case n == 1:
		p := r.valued()[0]
		return fmt.Sprintf("One %s so far (%s: %s): there is nothing to compare it with yet.", r.Grain, p.Label, r.Write(p.Value))
	case low == high:
		return fmt.Sprintf("Every %s with anything on record was the same: %s.", r.Grain, r.Write(&low))
	case r.Thin:
		return fmt.Sprintf("Over %d %ss the median was %s, from %s to %s. Most are of fewer than %d people, too few for limits that tell chance from change.",
			n, r.Grain, r.Write(r.Median), r.Write(&low), r.Write(&high), fewestInPoint)
	case r.Limits == nil:
		return fmt.Sprintf("Over %d %ss the median was %s, from %s to %s. With 12 or more there are limits that tell chance from change.",
			n, r.Grain, r.Write(r.Median), r.Write(&low), r.Write(&high))
	}
	n := r.Values()
	if r.First {
		n--
	}
	text := fmt.Sprintf("Over %d %ss the mean was %s and the median %s. If nothing but chance is at work, nearly every %s lies between %s and %s.",
		n, r.Grain, r.Write(&r.Limits.Mean), r.Write(r.Median), r.Grain, r.Write(&r.Limits.Low), r.Write(&r.Limits.High))
	if len(r.Signals) == 0 {
		return text + " Nothing in it is more than chance would give."
	}
	return text + " More than chance would usually give: " + strings.Join(r.named(), "; ") + ". Why, the figure does not know."
}

func (r Run) nothing() string {
	if r.Earlier {
		return fmt.Sprintf("Nothing in the last %d months.", runMonths)
	}
	switch r.Key {
	case "referrals":
		return "No referral is on record."
	case "first_contact":
		return "No contact is on record, so nobody knows how long people waited. That is not a wait of 0 days."
	case "start":
		return "Nobody's start is on record."
	}
	return "Nobody's time for the later score is over yet, so nobody can be missing."
}

// weight puts first what lasts: a point beyond a limit may be a holiday.
func weight(s RunSignal) int {
	switch s.Pattern {
	case stat.Shift:
		return 0
	case stat.Trend:
		return 1
	case stat.Outside:
		return 2
	}
	return 3
}

// named are the signals in words. Points beyond a limit that stand in a row are
// one; of many, the first few are named and the rest is counted.
func (r Run) named() (said []string) {
	const most = 4
	var all []RunSignal
	for _, s := range r.Signals {
		if last := len(all) - 1; last >= 0 && s.Pattern == stat.Outside && all[last].Pattern == s.Pattern && all[last].Up == s.Up && r.follows(all[last].To, s.From) {
			all[last].To = s.To
			continue
		}
		all = append(all, s)
	}
	slices.SortStableFunc(all, func(x, y RunSignal) int { return weight(x) - weight(y) })
	for i, s := range all {
		if i == most {
			return append(said, fmt.Sprintf("%d more, marked in the table", len(all)-most))
		}
		said = append(said, r.say(s))
	}
	return said
}

// follows reports that no value lies between two places.
func (r Run) follows(from, to int) bool {
	for _, p := range r.Points[from+1 : to] {
		if p.Value != nil {
			return false
		}
	}
	return true
}

// say is a signal in words.
func (r Run) say(s RunSignal) string {
	from, to := r.Points[s.From].Label, r.Points[s.To].Label
	points := 0
	for _, p := range r.Points[s.From : s.To+1] {
		if p.Value != nil {
			points++
		}
	}
	pick := func(up, down string) string {
		if s.Up {
			return up
		}
		return down
	}
	switch s.Pattern {
	case stat.Outside:
		if points > 1 {
			return fmt.Sprintf("%d points in a row, %s to %s, lie %s limit", points, from, to, pick("above the upper", "below the lower"))
		}
		return fmt.Sprintf("%s (%s) lies %s limit", from, r.Write(r.Points[s.From].Value), pick("above the upper", "below the lower"))
	case stat.Shift:
		return fmt.Sprintf("%d points in a row, %s to %s, lie %s the mean", points, from, to, pick("above", "below"))
	case stat.Trend:
		return fmt.Sprintf("%d points in a row, %s to %s, each %s than the one before", points, from, to, pick("higher", "lower"))
	}
	return fmt.Sprintf("of the points from %s to %s, at least two of three lie near the %s limit", from, to, pick("upper", "lower"))
}

// valued are the points that have a value.
func (r Run) valued() (all []RunPoint) {
	for _, p := range r.Points {
		if p.Value != nil {
			all = append(all, p)
		}
	}
	return all
}

// ends are the lowest and the highest value, 0 where there is none.
func (r Run) ends() (low, high float64) {
	for i, p := range r.valued() {
		if i == 0 {
			low, high = *p.Value, *p.Value
		}
		low, high = min(low, *p.Value), max(high, *p.Value)
	}
	return low, high
}

// RunMethod says how runs are read.
const RunMethod = "Below 12 points a line is drawn at the median. From 12 on, the limits are the mean plus and minus 2.66 times the mean difference from one point to the next (an XmR chart), for waits and shares where most points are of 5 people or more. " +
	"A diamond is a point that the sentence names, by the rules of NHS England's “Making data count”: a point beyond a limit; 7 or more points in a row on one side of the mean; " +
	"7 or more in a row each higher, or each lower, than the one before; 2 of 3 in a row near one limit. " +
	"With four rules and several figures, now and then one holds by chance. The hollow dot is of the time that is not over yet: it is in no median, mean or limit."

// Notes are how the run is to be read.
func (r Run) Notes() []string {
	var notes []string
	switch r.Key {
	case "referrals":
		notes = append(notes, "Every referral counts, a person's second one too.")
	case "first_contact":
		notes = append(notes, "People count where their wait ended: counting them where it began would leave out whoever is still waiting, and make the last months look quick. A first contact is the first one that was answered.")
	case "start":
		notes = append(notes, "To the first session of an activity. People count where their wait ended: whoever is accepted and has not come yet is not in it.")
	case "acceptance":
		notes = append(notes, "No session of an activity is on record, so this is the wait to acceptance. People count where their wait ended.")
	case "completeness":
		notes = append(notes, "People count where their time for the later score was over. Whoever died or moved away is left out.")
	}
	if r.Undated > 0 {
		notes = append(notes, fmt.Sprintf("Not in it: %s whose day is not recorded.", referrals(r.Undated)))
	}
	if r.First {
		notes = append(notes, fmt.Sprintf("The first %s, in which the service began, is in no median, mean or limit.", r.Grain))
	}
	if few := r.fewest(); r.Limits != nil && r.Key != "referrals" && few < 5 {
		notes = append(notes, fmt.Sprintf("Some points are of very few people (the fewest: %d), and move a good deal by chance.", few))
	}
	return notes
}

func referrals(n int) string {
	if n == 1 {
		return "1 referral"
	}
	return People(n) + " referrals"
}

// fewest is how few people a point with a value is of.
func (r Run) fewest() int {
	few := 0
	for i, p := range r.valued() {
		if i == 0 || p.N < few {
			few = p.N
		}
	}
	return few
}
