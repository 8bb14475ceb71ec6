package site

import (
	"cairn/charts"
	"cairn/internal/app"
	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A journeySection is what the evidence page says besides scores: how far people
// came, how they were measured, how it runs over time, and what they took up.
type journeySection struct {
	Flow   charts.Figure
	Left   []evidence.Left // those of whom there is somebody
	Runs   []charts.Figure
	Method string // how runs are read
	Splits []splitTable
	Kinds  splitTable // by kind of activity
}

// A splitTable is the mean change of groups of people measured twice.
type splitTable struct {
	ID, Name string
	Rows     []changeLine
}

// A changeLine is the mean change of one group.
type changeLine struct {
	Name   string
	People string
	Mean   string // or why there is none
	Ends   string // of the interval, or why there is none
}

func journeyOf(v app.EvidenceView) (j journeySection, err error) {
	if j.Flow, err = charts.Flow(v.Journey.Flow); err != nil {
		return j, err
	}
	for _, l := range v.Journey.Flow.Left {
		if l.People > 0 {
			j.Left = append(j.Left, l)
		}
	}
	for _, r := range v.Journey.Runs {
		fig, err := charts.Run(r)
		if err != nil {
			return j, err
		}
		j.Runs = append(j.Runs, fig)
	}
	j.Method = evidence.RunMethod
	for _, s := range v.Journey.Splits {
		table := splitTable{ID: "split-" + s.Key, Name: s.Name}
		for _, row := range s.Rows {
			if row.Key == "unknown" && row.Change.N == 0 {
				continue // nothing is missing
			}
			table.Rows = append(table.Rows, changeLineOf(row.Name, row.Change, v.Score))
		}
		j.Splits = append(j.Splits, table)
	}
	j.Kinds = splitTable{ID: "kinds", Name: "Kind of activity"}
	for _, k := range v.Journey.Categories {
		j.Kinds.Rows = append(j.Kinds.Rows, changeLineOf(k.Label(), k.Change, v.Score))
	}
	return j, nil
}

func changeLineOf(name string, g evidence.GroupChange, of measure.Score) changeLine {
	line := changeLine{Name: name, People: evidence.People(g.N), Mean: g.Why, Ends: evidence.ToldEnds(g, of)}
	if g.Mean != nil {
		line.Mean = evidence.Signed(g.Mean, of)
	}
	return line
}

// Sessions are the medians of an activity, attended of offered.
func (journeySection) Sessions(a evidence.Activity) string {
	if a.Attended == nil {
		return "not recorded"
	}
	return evidence.Half(a.Attended) + " of " + evidence.Half(a.Offered)
}

// Kind is an activity's category in words.
func (journeySection) Kind(a evidence.Activity) string {
	return scheme.Label(scheme.Categories(), string(a.Category))
}
