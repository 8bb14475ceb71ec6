package evidence

import (
	"fmt"
	"slices"
	"strings"

	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/stat"
)

// An Activity is what became of one activity's prescriptions.
type Activity struct {
	ID         scheme.ActivityID
	Name       string
	Category   scheme.Category
	Prescribed int // prescriptions; one of a person's may be their second
	Declined   int
	Started    int // with a first session on record
	Going      int // started and not ended
	Ended      []Ended
	// Offered and Attended are medians of sessions over those who started and whose
	// sessions are on record, Sessions of them.
	Sessions          int
	Offered, Attended *float64
}

// Ended is how many of the started ended for one reason.
type Ended struct {
	Reason scheme.EndReason
	Times  int
}

// Label is the reason in words.
func (e Ended) Label() string {
	if e.Reason == "" {
		return "No reason recorded"
	}
	return scheme.Label(scheme.EndReasons(), string(e.Reason))
}

// Ends are the reasons in one line, "Planned end of support 3, Illness 1".
func (a Activity) Ends() string {
	var all []string
	for _, e := range a.Ended {
		all = append(all, fmt.Sprintf("%s %s", e.Label(), People(e.Times)))
	}
	if a.Going > 0 {
		all = append(all, "Still going on "+People(a.Going))
	}
	return strings.Join(all, "; ")
}

// ActivitiesOf adds up what was prescribed, in the order it comes in.
func ActivitiesOf(all []scheme.Uptake) []Activity {
	var out []Activity
	var offered, attended []stat.Bin
	var ends map[scheme.EndReason]int
	finish := func() {
		if len(out) == 0 {
			return
		}
		a := &out[len(out)-1]
		a.Offered, a.Attended = medianBin(offered), medianBin(attended)
		for reason, times := range ends {
			a.Ended = append(a.Ended, Ended{reason, times})
		}
		slices.SortFunc(a.Ended, func(x, y Ended) int {
			if x.Times != y.Times {
				return y.Times - x.Times
			}
			return strings.Compare(string(x.Reason), string(y.Reason))
		})
	}
	for _, u := range all {
		if len(out) == 0 || out[len(out)-1].ID != u.Activity {
			finish()
			out = append(out, Activity{ID: u.Activity, Name: u.Name, Category: u.Category})
			offered, attended, ends = nil, nil, map[scheme.EndReason]int{}
		}
		a := &out[len(out)-1]
		a.Prescribed += u.Times
		switch {
		case u.Declined && !u.Started:
			a.Declined += u.Times
		case u.Started:
			a.Started += u.Times
			if u.Ended {
				ends[u.EndReason] += u.Times
			} else {
				a.Going += u.Times
			}
			if u.Offered > 0 {
				a.Sessions += u.Times
				offered = append(offered, stat.Bin{Level: int64(u.Offered), Count: int64(u.Times)})
				attended = append(attended, stat.Bin{Level: int64(u.Attended), Count: int64(u.Times)})
			}
		}
	}
	finish()
	return out
}

func medianBin(bins []stat.Bin) *float64 {
	h, err := stat.NewHistogram(0, bins)
	if err != nil {
		return nil
	}
	return h.Median().Ptr()
}

// A CategoryChange is the change of the people who took up one kind of activity
// alone, or several kinds, or none that is recorded.
type CategoryChange struct {
	Category scheme.Category
	Change   GroupChange
}

// Label is the kind in words.
func (c CategoryChange) Label() string {
	if c.Category == "" {
		return "No activity started, or not recorded"
	}
	return scheme.Label(scheme.ByCategory.Groups(), string(c.Category))
}

// CategoryChangesOf are those of a table for each kind, in the order of the list
// and not of the results. Kinds that nobody who was measured twice took up are
// left out.
func CategoryChangesOf(score measure.Score, tables map[scheme.Category]scheme.Transitions) []CategoryChange {
	var all []CategoryChange
	for _, term := range scheme.ByCategory.Groups() {
		of := scheme.Category(term.Value)
		if table, ok := tables[of]; ok && table.Flow.Paired > 0 {
			all = append(all, CategoryChange{of, GroupChangeOf(score, table)})
		}
	}
	return all
}
