package evidence

import (
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// CircumstancesOf says how and when the scores of the people measured twice were
// taken. Pairs of a service are always of one rater.
func CircumstancesOf(m *scheme.Manner) Circumstances {
	c := Circumstances{
		Pairs: m.Channel.Pairs(), Channel: alike(m.Channel), Helper: alike(m.Helper),
		Deliverer: Among{m.Deliverer, m.Helped}, LateBaselines: Among{m.Late, m.Attended},
		Between: DaysOf(m.Between), Waited: DaysOf(m.Waited), Apart: m.Apart, Undated: m.Undated,
	}
	c.Rater = Alike{Same: c.Pairs}
	return c
}

func alike(s scheme.Split) Alike {
	return Alike{s.Same.Flow.Paired, s.Changed.Flow.Paired, s.Unknown.Flow.Paired}
}

// A Split is how far the scores moved, by whether both were taken alike.
type Split struct {
	Key  string // "channel" or "helper"
	Name string
	Rows []SplitRow
}

// A SplitRow is one group of people measured twice.
type SplitRow struct {
	Key, Name string
	Change    GroupChange
}

// A GroupChange is the mean change of a group with its interval, score points.
// With fewer than 2 people there is neither: one person's change says nothing.
type GroupChange struct {
	N            int
	Mean, Lo, Hi *float64
	Why          string // where there is no mean, or no interval
}

// GroupChangeOf is that of a table.
func GroupChangeOf(score measure.Score, table scheme.Transitions) GroupChange {
	f := Of(score, table)
	g := GroupChange{N: f.Counts.Paired, Mean: f.Change.Mean, Lo: f.Change.CILo, Hi: f.Change.CIHi, Why: f.Reasons["change.ci_lo"]}
	if g.N < 2 {
		g.Mean = nil
	}
	return g
}

// SplitsOf are the changes by channel and by helper.
func SplitsOf(score measure.Score, m *scheme.Manner) []Split {
	rows := func(s scheme.Split, same, changed string) []SplitRow {
		return []SplitRow{
			{"same", same, GroupChangeOf(score, s.Same)},
			{"changed", changed, GroupChangeOf(score, s.Changed)},
			{"unknown", "Not recorded for one of the two", GroupChangeOf(score, s.Unknown)},
		}
	}
	return []Split{
		{"channel", "How the two scores were taken", rows(m.Channel, "The same way both times", "Another way the second time")},
		{"helper", "Who helped", rows(m.Helper, "The same help both times", "Other help the second time")},
	}
}
