package site

import (
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// caseloadPage is GET /caseload: what is due, of one's own or of one's team's.
// It shows no score.
type caseloadPage struct {
	Frame   Frame
	Form    Form // of the button that takes a reason back
	View    app.CaseloadView
	Alerts  app.CaseloadAlerts
	Groups  []dueGroup
	Closed  *closedLine // just now
	Undone  bool
	Moved   int // referrals just handed over
	Further bool
}

// A dueGroup is the lines of one standing.
type dueGroup struct {
	Standing scheme.Standing
	Lines    []caseloadLine
}

type caseloadLine struct {
	app.DueLine
	Of   measure.Definition
	Days int // from today until it is due; below 0 when that has passed
}

// Ago is Days backward.
func (l caseloadLine) Ago() int { return -l.Days }

// closedLine is a reason that was just kept.
type closedLine struct {
	scheme.NotDone
	Reference string
	Of        measure.Definition
	Said      string // the reason in words
}

func (caseloadPage) folder() string { return "caseload" }

// dueAtOnce is how many lines a page has: about ten screens of a phone.
const dueAtOnce = 25

// Teams reports whether the page shows more than one's own.
func (p caseloadPage) Teams() bool { return p.View.Whose == app.Teams }

// Count is how many items have that standing.
func (p caseloadPage) Count(s scheme.Standing) int { return p.View.Counts[s] }

// Standings are the groups in their order.
func (p caseloadPage) Standings() []scheme.Standing { return scheme.Standings() }

// All is how many items the list has in all.
func (p caseloadPage) All() (n int) {
	for _, items := range p.View.Counts {
		n += items
	}
	return n
}

// At is the address of this list: whose, and of one standing where s is not
// empty.
func (p caseloadPage) At(whose app.Whose, s scheme.Standing) string {
	return caseloadAt(url.Values{"whose": {string(whose)}, "standing": {string(s)}})
}

// More is the address of the next page.
func (p caseloadPage) More() string {
	return caseloadAt(url.Values{"whose": {string(p.View.Whose)}, "standing": {string(p.View.Standing)}, "after": {p.View.Next}})
}

func caseloadAt(q url.Values) string {
	for name, values := range q {
		if values[0] == "" || name == "whose" && values[0] == string(app.Mine) {
			q.Del(name)
		}
	}
	if len(q) == 0 {
		return "/caseload"
	}
	return "/caseload?" + q.Encode()
}

func (s *Site) caseload(c *gin.Context) error {
	ctx := c.Request.Context()
	actor := server.ActorOf(ctx)
	view, err := s.app.Caseload(ctx, actor, app.CaseloadAsk{
		Whose: app.Whose(c.Query("whose")), Standing: scheme.Standing(c.Query("standing")), Page: app.Page{After: c.Query("after"), Limit: dueAtOnce},
	})
	if err != nil {
		return err
	}
	alerts, err := s.app.CaseloadAlerts(ctx, actor, view.Whose)
	if err != nil {
		return err
	}
	p := caseloadPage{Frame: s.frame(c, "caseload"), View: view, Alerts: alerts, Undone: c.Query("done") == "undone", Further: c.Query("after") != ""}
	if p.Form, err = blank(); err != nil {
		return err
	}
	for _, line := range view.Lines {
		of := line.Due.Standing(view.Today)
		if len(p.Groups) == 0 || p.Groups[len(p.Groups)-1].Standing != of {
			p.Groups = append(p.Groups, dueGroup{Standing: of})
		}
		group := &p.Groups[len(p.Groups)-1]
		group.Lines = append(group.Lines, caseloadLine{line, view.Measures[line.Due.Measure], line.Due.On.DaysSince(view.Today)})
	}
	if n := c.Query("moved"); n != "" {
		p.Moved = (&Form{typed: url.Values{"moved": {n}}}).number("moved")
	}
	if id := c.Query("closed"); id != "" {
		if p.Closed, err = s.closed(c, scheme.NotDoneID(id)); err != nil {
			return err
		}
	}
	return s.render(c, http.StatusOK, p)
}

// closed is the reason that the address names.
func (s *Site) closed(c *gin.Context, id scheme.NotDoneID) (*closedLine, error) {
	ctx := c.Request.Context()
	actor := server.ActorOf(ctx)
	n, err := s.app.NotDone(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	view, err := s.app.Referral(ctx, actor, n.Referral)
	if err != nil {
		return nil, err
	}
	return &closedLine{
		NotDone: n, Reference: view.Person.Reference, Of: view.Measures[n.Measure],
		Said: scheme.Label(scheme.NotDoneReasons(), string(n.Reason)),
	}, nil
}
