package site

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/evidence"
	"cairn/internal/fault"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// supervisionPage is GET /supervision: what one practitioner brings to
// supervision, on one page. View is empty when the period was refused.
type supervisionPage struct {
	Frame Frame
	Form  Form
	View  app.Supervision
	Main  string // the main measure, where it is the same of everybody
	Shown bool
}

func (supervisionPage) folder() string { return "supervision" }

// Own reports whether it is of whoever looks.
func (p supervisionPage) Own() bool { return p.View.Who.Account == p.Frame.Actor.Account }

// Choosing reports whether there is nothing to read before something is chosen.
func (p supervisionPage) Choosing() bool {
	return !p.Shown || len(p.View.Colleagues) > 0 && p.Own() && p.View.Open == 0
}

// WhoNamed is whose it is, as lists name them.
func (p supervisionPage) WhoNamed() string { return named(p.View.Who) }

// Running reports whether the period goes on.
func (p supervisionPage) Running() bool { return p.View.Span.Last.After(p.View.Today) }

// Contacts is how many there were in all.
func (p supervisionPage) Contacts() (n int) {
	for _, t := range p.View.Contacts {
		n += t.Times
	}
	return n
}

// Standings are what can be due, in the order of the caseload.
func (p supervisionPage) Standings() []scheme.Standing { return scheme.Standings() }

// Count is how many items have that standing.
func (p supervisionPage) Count(s scheme.Standing) int { return p.View.Due[s] }

// Due is how many items the caseload has in all.
func (p supervisionPage) Due() (n int) {
	for _, items := range p.View.Due {
		n += items
	}
	return n
}

// A supervisedLine is one referral as the page shows it.
type supervisedLine struct {
	app.Supervised
	Measure string // where the caseload has several
}

// Twice reports whether there are two scores to compare.
func (l supervisedLine) Twice() bool { return l.Reading.Later != nil }

// Never reports whether there is no score at all.
func (l supervisedLine) Never() bool { return l.Reading.Verdict == evidence.NoScore }

// Lines are the referrals of one part of the page: talk, others or closed.
func (p supervisionPage) Lines(part string) (all []supervisedLine) {
	of := map[string][]app.Supervised{"talk": p.View.Talk, "others": p.View.Others, "closed": p.View.Closed}[part]
	for _, s := range of {
		line := supervisedLine{Supervised: s}
		if p.Main == "" {
			line.Measure = s.Main
		}
		all = append(all, line)
	}
	return all
}

// Periods are what can be chosen: this quarter and the seven before it, and their
// months, newest first.
func (p supervisionPage) Periods() (all []scheme.Term) {
	const quarters, months = 8, 12
	last := p.View.Today.Quarter()
	for q := last; q > last-quarters; q-- {
		all = append(all, scheme.Term{Value: q.String(), Label: monthsOf(q.Span())})
	}
	for m := p.View.Today.Month(); len(all) < quarters+months; m-- {
		all = append(all, scheme.Term{Value: m.String(), Label: monthsOf(m.Span())})
	}
	for _, t := range all {
		if t.Value == p.View.Period {
			return all
		}
	}
	return append(all, scheme.Term{Value: p.View.Period, Label: p.View.Span.Long()})
}

// monthsOf are whole months in words: June 2026, April to June 2026.
func monthsOf(s scheme.Span) string {
	_, from, _ := strings.Cut(s.First.Long(), " ")
	_, to, _ := strings.Cut(s.Last.Long(), " ")
	if from == to {
		return to
	}
	month, _, _ := strings.Cut(from, " ")
	return month + " to " + to
}

// Practitioners are whose summary can be chosen.
func (p supervisionPage) Practitioners() (all []scheme.Term) {
	for _, c := range p.View.Colleagues {
		all = append(all, scheme.Term{Value: string(c.Account), Label: named(c)})
	}
	return all
}

func (s *Site) supervision(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := blank("practitioner", "period")
	if err != nil {
		return err
	}
	wrong := form.asked(c)
	actor, status := server.ActorOf(ctx), http.StatusOK
	ask := app.SupervisionAsk{Who: scheme.AccountID(form.text("practitioner")), Period: form.text("period")}
	view, err := s.app.Supervision(ctx, actor, ask)
	if fault.Is(err, fault.NotFound) {
		return err
	}
	if accident := wrong.Note("", err); accident != nil {
		return accident
	}
	p := supervisionPage{Frame: s.frame(c, "caseload"), Form: form, View: view, Shown: len(wrong) == 0}
	if !p.Shown {
		if status, err = s.refuse(ctx, &p.Form, wrong.Err()); err != nil {
			return err
		}
		// What there is to choose from is that of the period that is running.
		if p.View, err = s.app.Supervision(ctx, actor, app.SupervisionAsk{Who: ask.Who}); err != nil {
			return err
		}
		p.Frame = p.Frame.refused(p.Form)
		return s.render(c, status, p)
	}
	p.Form.start("practitioner", string(view.Who.Account))
	p.Form.start("period", view.Period)
	p.Main = mainOf(view)
	return s.render(c, status, p)
}

// mainOf is the main measure of a caseload, empty where it has several.
func mainOf(v app.Supervision) (main string) {
	for _, part := range [][]app.Supervised{v.Talk, v.Others, v.Closed} {
		for _, s := range part {
			if main != "" && s.Main != main {
				return ""
			}
			main = s.Main
		}
	}
	return main
}
