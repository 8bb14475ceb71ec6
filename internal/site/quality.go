package site

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// qualityPage is GET /quality: what a manager needs to know of how well things
// are recorded. It holds no score.
type qualityPage struct {
	Frame         Frame
	Since, Today  scheme.Day
	Schemes       []qualityLine
	Practitioners []qualityLine
	Entries       int
	Lists         []lookAgain
	Twice         app.Twice
	Reasons       []reasonLine
	Chase         []chaseLine
}

func (qualityPage) folder() string { return "quality" }

// Paired reports whether any pair was made, so that ways of asking can differ.
func (p qualityPage) Paired() bool {
	for _, line := range p.Schemes {
		if line.Pairs > 0 {
			return true
		}
	}
	return false
}

// qualityTable is one of the two tables; the template has the words of each.
type qualityTable struct {
	Kind  string // schemes, caseloads
	Lines []qualityLine
}

// Of is the table of that kind.
func (p qualityPage) Of(kind string) qualityTable {
	if kind == "schemes" {
		return qualityTable{kind, p.Schemes}
	}
	return qualityTable{kind, p.Practitioners}
}

// qualityLine is one scheme, or one practitioner's caseload.
type qualityLine struct {
	app.QualityOf
	Recorded bool // a follow-up, so that there are days to tell
	Earliest dayOff
	Median   dayOff
	Latest   dayOff
}

// dayOff is how far a day lies from another.
type dayOff struct {
	Days int // without its sign
	Late bool
}

func offOf(days int) dayOff { return dayOff{Days: max(days, -days), Late: days > 0} }

func qualityLines(all []app.QualityOf) []qualityLine {
	lines := make([]qualityLine, len(all))
	for i, of := range all {
		t, ok := of.Timing()
		lines[i] = qualityLine{of, ok, offOf(t.Earliest), offOf(t.Median), offOf(t.Latest)}
	}
	return lines
}

// lookAgain is one kind of entry to look at; the template has the words of each.
type lookAgain struct {
	Kind  string // missing, jumps, proxies
	All   int
	Lines []findingLine
}

type findingLine struct {
	app.Finding
	Measure measure.Definition
}

type reasonLine struct {
	Scheme string
	Reason string
	Times  int
}

type chaseLine struct {
	app.DueLine
	Measure measure.Definition
	Passed  bool // its window has closed
}

func (s *Site) quality(c *gin.Context) error {
	ctx := c.Request.Context()
	found, err := s.app.Quality(ctx, server.ActorOf(ctx))
	if err != nil {
		return err
	}
	p := qualityPage{
		Frame: s.frame(c, "quality"), Since: found.Since, Today: found.Today, Entries: found.Entries, Twice: found.Twice,
		Schemes: qualityLines(found.Schemes), Practitioners: qualityLines(found.Practitioners),
	}
	names := map[scheme.ID]string{}
	for _, line := range found.Schemes {
		names[scheme.ID(line.ID)] = line.Name
	}
	for _, one := range []struct {
		kind string
		of   app.Findings
	}{{"missing", found.ItemsMissing}, {"jumps", found.Jumps}, {"proxies", found.Proxies}} {
		list := lookAgain{Kind: one.kind, All: one.of.All}
		for _, f := range one.of.Listed {
			list.Lines = append(list.Lines, findingLine{f, found.Measures[f.Measure]})
		}
		p.Lists = append(p.Lists, list)
	}
	for _, r := range found.Reasons {
		p.Reasons = append(p.Reasons, reasonLine{names[r.Scheme], scheme.Label(scheme.NotDoneReasons(), string(r.Reason)), r.Times})
	}
	for _, line := range found.Chase {
		p.Chase = append(p.Chase, chaseLine{line, found.Measures[line.Due.Measure], line.Due.Closes.Before(found.Today)})
	}
	return s.render(c, http.StatusOK, p)
}
