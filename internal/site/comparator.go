package site

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"cairn/charts"
	"cairn/internal/app"
	"cairn/internal/evidence"
	"cairn/internal/fault"
	"cairn/internal/figures"
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
	Wait     scheme.WaitAllocation
	Compares bool
	Waits    bool // people who waited are among the groups
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
	Lines      []groupLine
	Difference charts.Figure
	Figure     charts.Figure
}

// Waited reports whether the group is of the scheme's own people.
func (g comparedGroup) Waited() bool { return g.Group.Both != nil }

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
	wrong, err := atFilters(unknown, err)
	if err != nil {
		return err
	}
	if wrong != nil {
		return s.refuseEvidence(c, form, ask, wrong)
	}
	p := comparatorPage{
		evidencePage: evidencePage{Form: form.chosen(view.EvidenceView), Here: "comparator", View: view.EvidenceView, Shown: true, About: view.About()},
		Imported:     view.Imported, Wait: view.Wait, Compares: view.Compares(), Waits: view.Waits(), Away: away, Version: strconv.Itoa(view.Imported.Version), Done: form.text("saved"),
	}
	for i, x := range view.Against {
		g := comparedGroup{ID: figures.ComparisonID(i), Against: x, Lines: groupLines(figures.Sides(x, view))}
		if g.Difference, g.Figure, err = figures.Comparison(i, x, view); err != nil {
			return err
		}
		p.Groups = append(p.Groups, g)
	}
	p.Frame = s.frame(c, "schemes").refused(away)
	p.Frame.Charts = true
	if status != http.StatusOK {
		return s.render(c, status, p)
	}
	return s.renderFigures(c, &p, s.maker().Scheme(view.EvidenceView))
}

func (p *comparatorPage) figures() (all []*charts.Figure) {
	for i := range p.Groups {
		all = append(all, &p.Groups[i].Difference, &p.Groups[i].Figure)
	}
	return all
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
	return []string{"label", "source", "eligible", "from", "until", "weeks", "random", "random_source", "file", "rows"}
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
	form, file, err := postedWithFile(c, "file", newComparatorForm()...)
	if err != nil {
		return err
	}
	made, err := s.addedComparator(c, &form, file)
	if err == nil {
		c.Redirect(http.StatusSeeOther, comparatorAt(scheme.ID(c.Param("scheme")), made.Series)+"&saved=added")
		return nil
	}
	status, err := s.refuse(ctx, &form, err)
	if err != nil {
		return err
	}
	return s.showNewComparator(c, status, form)
}

// addedComparator keeps the group. What a file holds is put into the form, so that
// it is there to mend when something is wrong: a browser does not choose a file
// again by itself.
func (s *Site) addedComparator(c *gin.Context, form *Form, file attached) (scheme.Comparator, error) {
	ctx := c.Request.Context()
	switch {
	case file.Wrong != nil:
		return scheme.Comparator{}, file.Wrong
	case file.Text != "" && form.text("rows") != "":
		return scheme.Comparator{}, fault.New(fault.Invalid, fault.InputInvalid, "Choose a file or paste the scores, not both. The file was not read.").At("file")
	case file.Text != "":
		form.start("rows", file.Text)
	}
	return s.app.AddComparator(ctx, server.ActorOf(ctx), app.NewComparator{
		Key: form.sentKey(), Scheme: scheme.ID(c.Param("scheme")), Series: measure.Series(c.Query("measure")), Version: form.number("version"),
		Label: form.text("label"), Source: form.text("source"), Eligible: form.text("eligible"), From: form.day("from"), Until: form.day("until"),
		Weeks: form.number("weeks"), Random: form.text("random"), RandomSource: form.text("random_source"), Rows: form.text("rows"),
	})
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
