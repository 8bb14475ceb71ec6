package site

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// paperPage is GET and POST /schemes/:scheme/paper: a stack of paper forms of one
// measure and occasion, row by row. It shows no score that is kept, neither an
// earlier one nor one of the rows just saved.
type paperPage struct {
	Frame  Frame
	Scheme scheme.Scheme
	// Plan is what a stack can be of, while none is chosen.
	Plan  []planned
	Ready bool // the stack's measure and occasion are chosen
	Rows  []paperRow
	Saved []paperSaved
	// Waiting are alerts of this stack that nobody has in hand. They stay on the
	// page while the stack goes on.
	Waiting []app.AlertView
	entry
}

func (paperPage) folder() string { return "paper" }

// planned is one measure with an occasion that the scheme's plan takes.
type planned struct {
	Measure  measure.Definition
	Occasion scheme.Occasion
}

// A paperSaved is one form that is kept.
type paperSaved struct {
	Reference  string
	On         scheme.Day
	Referral   scheme.ReferralID
	Assessment scheme.AssessmentID
	Outside    bool // of the days that count
}

// SavedCount says how many forms were saved.
func (p paperPage) SavedCount() string {
	if len(p.Saved) == 1 {
		return "1 form was saved."
	}
	return strconv.Itoa(len(p.Saved)) + " forms were saved."
}

// Outside are the saved forms whose day does not count for the occasion.
func (p paperPage) Outside() []paperSaved {
	return slices.DeleteFunc(slices.Clone(p.Saved), func(f paperSaved) bool { return !f.Outside })
}

// InTime are the other saved forms.
func (p paperPage) InTime() []paperSaved {
	return slices.DeleteFunc(slices.Clone(p.Saved), func(f paperSaved) bool { return f.Outside })
}

// paperForms is how many rows a stack has, empty ones to begin with.
const paperForms = 20

func (s *Site) paper(c *gin.Context) error {
	p, err := s.stack(c, c.Query)
	if err != nil || !p.Ready {
		return s.orStack(c, p, err)
	}
	if err := p.startRows(); err != nil {
		return err
	}
	return s.render(c, http.StatusOK, p)
}

// startRows puts empty rows where none is left.
func (p *paperPage) startRows() error {
	for n := range paperForms {
		row, err := newRow(n + 1)
		if err != nil {
			return err
		}
		p.Rows = append(p.Rows, row)
	}
	return nil
}

// orStack asks what the stack is of.
func (s *Site) orStack(c *gin.Context, p paperPage, err error) error {
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, p)
}

// stack is the page with what is chosen once for all forms.
func (s *Site) stack(c *gin.Context, chosen func(string) string) (paperPage, error) {
	ctx := c.Request.Context()
	by := server.ActorOf(ctx)
	of, err := s.app.Scheme(ctx, by, scheme.ID(c.Param("scheme")))
	if err != nil {
		return paperPage{}, err
	}
	defs, err := s.app.Measures(ctx, by)
	if err != nil {
		return paperPage{}, err
	}
	p := paperPage{Frame: s.frame(c, "schemes"), Scheme: of}
	for _, key := range of.Plan.Measures() {
		for _, d := range defs {
			if d.Key != key || len(stackWays(d)) == 0 {
				continue
			}
			for _, o := range append([]scheme.Occasion{scheme.Baseline}, of.Plan.FollowUps(key)...) {
				p.Plan = append(p.Plan, planned{d, o})
			}
		}
	}
	form, err := blank("stack", "channel", "helper", "language")
	if err != nil {
		return p, err
	}
	for _, name := range []string{"stack", "channel", "helper", "language"} {
		form.start(name, chosen(name))
	}
	p.Form = form
	key, occasion, _ := strings.Cut(chosen("stack"), " ")
	for _, one := range p.Plan {
		if string(one.Measure.Key) == key && string(one.Occasion) == occasion {
			p.Ready, p.Measure, p.Occasion, p.Sheet = true, one.Measure, one.Occasion, one.Measure.Sheet()
			p.Way = stackWays(one.Measure)[0]
		}
	}
	return p, nil
}

// stackWays are the ways in which a row can hold a form.
func stackWays(d measure.Definition) []way {
	var all []way
	for _, w := range waysOf(d) {
		if w == byDigits || w == byScore && d.OnlyEntry() != "" && d.Risk == nil {
			all = append(all, w)
		}
	}
	return all
}

// Chosen are the words of what was chosen once.
func (p paperPage) Chosen(name string) (string, error) {
	f, err := p.Form.Field(name)
	return f.Value, err
}

// ChannelLabel is how all forms of the stack were taken.
func (p paperPage) ChannelLabel() string {
	return scheme.Label(scheme.Channels(), p.Form.text("channel"))
}

// StackField asks what the stack is of.
func (p paperPage) StackField() (Field, error) {
	f, err := p.Form.Field("stack")
	for _, one := range p.Plan {
		f = f.Or(string(one.Measure.Key)+" "+string(one.Occasion), one.Measure.Short+": "+one.Occasion.Label())
	}
	return f, err
}

// mostRows is how many rows a page of a stack may send.
const mostRows = 200

// stillWaiting adds the alerts of forms that were saved before, as long as nobody
// has them in hand.
func (s *Site) stillWaiting(c *gin.Context, p *paperPage, saved []string) error {
	for _, id := range saved[:min(len(saved), mostRows)] {
		v, err := s.pressing(c.Request.Context(), scheme.AssessmentID(id))
		if err != nil {
			return err
		}
		p.waitFor(v)
	}
	return nil
}

// waitFor adds an alert, once.
func (p *paperPage) waitFor(v app.AlertView) {
	listed := slices.ContainsFunc(p.Waiting, func(w app.AlertView) bool { return w.ID == v.ID })
	if v.ID != "" && !listed {
		p.Waiting = append(p.Waiting, v)
	}
}

func (s *Site) savePaper(c *gin.Context) error {
	sent, err := posted(c)
	if err != nil {
		return err
	}
	p, err := s.stack(c, sent.typed.Get)
	if err != nil || !p.Ready {
		return s.orStack(c, p, err)
	}
	if err := s.stillWaiting(c, &p, sent.typed["waiting"]); err != nil {
		return err
	}
	status := http.StatusOK
	seen := map[string]int{}
	for n := range mostRows { // a row that is put back keeps its number
		row := rowOf(&sent, n+1)
		if row.Key == "" {
			continue
		}
		if row.blankRow() {
			p.Rows = append(p.Rows, row)
			continue
		}
		refusedWith, err := s.saveRow(c, &p, row, seen)
		if err != nil {
			return err
		}
		status = max(status, refusedWith)
	}
	if len(p.Rows) == 0 {
		if err := p.startRows(); err != nil {
			return err
		}
	}
	for _, row := range p.Rows {
		p.Frame.Wrong = append(p.Frame.Wrong, row.Wrong...)
	}
	return s.render(c, status, p)
}
