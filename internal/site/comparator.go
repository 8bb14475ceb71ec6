package site

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"cairn/charts"
	"cairn/internal/app"
	"cairn/internal/evidence"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// comparatorPage is GET /schemes/:scheme/comparator: a scheme's people beside
// those they are compared with; the internal view. A POST
// withdraws the group that was brought in.
type comparatorPage struct {
	evidencePage
	Imported scheme.Comparator
	Compares bool
	Groups   []comparedGroup
	Away     Form // the withdrawal
	Version  string
	Done     string // what was just saved
}

func (comparatorPage) folder() string { return "comparator" }

// SetsComparators reports whether the reader may bring a group in.
func (p comparatorPage) SetsComparators() bool { return p.Frame.Actor.May(app.SetComparators) }

// A comparedGroup is one comparison.
type comparedGroup struct {
	ID string
	evidence.Against
	Lines  []groupLine
	Figure charts.Figure
}

// GroupDays and OwnDays are the days between the scores of either side; the own
// are empty where nobody was measured twice.
func (g comparedGroup) GroupDays() string { return evidence.Half(g.Group.Between) }
func (g comparedGroup) OwnDays() string {
	if g.Own.Between == nil {
		return ""
	}
	return evidence.Half(g.Own.Between)
}

func (s *Site) comparator(c *gin.Context) error {
	away, err := blank("reason")
	if err != nil {
		return err
	}
	return s.showComparator(c, http.StatusOK, away)
}

func (s *Site) showComparator(c *gin.Context, status int, away Form) error {
	ctx := c.Request.Context()
	form, ask, unknown, err := evidenceForm(c, "saved")
	if err != nil {
		return err
	}
	view, err := s.app.Comparator(ctx, server.ActorOf(ctx), ask)
	if fault.Is(err, fault.NotFound) {
		return err
	}
	if accident := unknown.Note("", err); accident != nil {
		return accident
	}
	if err := unknown.Err(); err != nil {
		return s.refuseEvidence(c, form, ask, err)
	}
	p := comparatorPage{
		evidencePage: evidencePage{Form: form.chosen(view.EvidenceView), Here: "comparator", View: view.EvidenceView, Shown: true, About: view.About()},
		Imported:     view.Imported, Compares: view.Compares(), Away: away, Version: strconv.Itoa(view.Imported.Version), Done: form.text("saved"),
	}
	for i, x := range view.Against {
		g, err := comparedOf(x, view)
		if err != nil {
			return err
		}
		g.ID = "comparison-" + strconv.Itoa(i+1)
		g.Figure = g.Figure.Within(g.ID)
		p.Groups = append(p.Groups, g)
	}
	p.Frame = s.frame(c, "schemes").refused(away)
	p.Frame.Charts = true
	if status != http.StatusOK {
		return s.render(c, status, p)
	}
	return s.renderFigures(c, &p, s.sourceOf(view.EvidenceView))
}

func (p *comparatorPage) figures() (all []*charts.Figure) {
	for i := range p.Groups {
		all = append(all, &p.Groups[i].Figure)
	}
	return all
}

func comparedOf(x evidence.Against, v app.ComparatorView) (comparedGroup, error) {
	both := []app.ComparedGroup{{Label: v.Scheme.Name, Finding: x.Sides.Other}, {Label: x.Group.Name, Finding: x.Sides.Reference}}
	g := comparedGroup{Against: x, Lines: groupLines(both)}
	var rows []charts.Named
	for _, one := range both {
		rows = append(rows, charts.Named{Name: one.Label, Finding: one.Finding})
	}
	var err error
	g.Figure, err = charts.Changes(v.Score.Name+": how much change in each group?", rows)
	return g, err
}

// withdrawComparator is POST /schemes/:scheme/comparator.
func (s *Site) withdrawComparator(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c, "reason")
	if err != nil {
		return err
	}
	id, series := scheme.ID(c.Param("scheme")), measure.Series(c.Query("measure"))
	_, err = s.app.WithdrawComparator(ctx, server.ActorOf(ctx), app.ComparatorWithdrawal{
		Key: form.sentKey(), Scheme: id, Series: series, Version: form.number("version"), Reason: form.text("reason"),
	})
	if err == nil {
		c.Redirect(http.StatusSeeOther, comparatorAt(id, series)+"&saved=withdrawn")
		return nil
	}
	status, err := s.refuse(ctx, &form, err)
	if err != nil {
		return err
	}
	return s.showComparator(c, status, form)
}

func comparatorAt(id scheme.ID, series measure.Series) string {
	return "/schemes/" + string(id) + "/comparator?measure=" + string(series)
}

// newComparatorPage is GET and POST /schemes/:scheme/comparator/new.
type newComparatorPage struct {
	Frame    Frame
	Form     Form
	View     app.ComparatorView
	Version  string // of what is there, as the form was read
	Replaces bool   // a group stands already
}

func (newComparatorPage) folder() string { return "comparator-new" }

func newComparatorForm() []string {
	return []string{"label", "source", "eligible", "from", "until", "weeks", "random", "random_source", "rows"}
}

func (s *Site) newComparator(c *gin.Context) error {
	form, err := blank(newComparatorForm()...)
	if err != nil {
		return err
	}
	return s.showNewComparator(c, http.StatusOK, form)
}

func (s *Site) addComparator(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c, newComparatorForm()...)
	if err != nil {
		return err
	}
	id, series := scheme.ID(c.Param("scheme")), measure.Series(c.Query("measure"))
	made, err := s.app.AddComparator(ctx, server.ActorOf(ctx), app.NewComparator{
		Key: form.sentKey(), Scheme: id, Series: series, Version: form.number("version"),
		Label: form.text("label"), Source: form.text("source"), Eligible: form.text("eligible"), From: form.day("from"), Until: form.day("until"),
		Weeks: form.number("weeks"), Random: form.text("random"), RandomSource: form.text("random_source"), Rows: form.text("rows"),
	})
	if err == nil {
		c.Redirect(http.StatusSeeOther, comparatorAt(id, made.Series)+"&saved=added")
		return nil
	}
	status, err := s.refuse(ctx, &form, err)
	if err != nil {
		return err
	}
	return s.showNewComparator(c, status, form)
}

func (s *Site) showNewComparator(c *gin.Context, status int, form Form) error {
	ctx := c.Request.Context()
	v, err := s.app.Comparator(ctx, server.ActorOf(ctx), app.EvidenceAsk{Scheme: scheme.ID(c.Param("scheme")), Measure: c.Query("measure")})
	if err != nil {
		return err
	}
	return s.render(c, status, newComparatorPage{
		Frame: s.frame(c, "schemes").refused(form), Form: form, View: v,
		Version: strconv.Itoa(v.Imported.Version), Replaces: v.Imported.Stands(),
	})
}
