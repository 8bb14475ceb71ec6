package site

import (
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"

	"cairn/charts"
	"cairn/internal/app"
	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// personPage is GET /people/:person: what is recorded of one person, and what
// their scores say.
type personPage struct {
	Frame     Frame
	View      app.RecordView
	Now       []stayPart
	Before    []stayPart
	Timeline  []eventLine
	Earlier   []eventLine // of the timeline, folded away
	Withdrawn []withdrawnLine
	ForGP     string
	Care      carePanel
}

// stayPart is one referral with its figures.
type stayPart struct {
	app.Stay
	ID      string // of the section
	Ended   string
	OT      []involvementLine
	Took    []string
	Figures []courseFigure
	// Profiles are told as digits and in words, and drawn nowhere: they are no
	// number.
	Profiles []profileTable
}

// profileTable is one measure that is read as digits side by side.
type profileTable struct {
	evidence.ProfileReading
	ID    string // of the section
	Lines []profileRow
}

type profileRow struct {
	When  string // as far as the day is known
	Text  string
	Rater string // empty where it is the one that the measure asks
}

// courseFigure is one score over time, and what is to be known beside it.
type courseFigure struct {
	charts.Figure
	Asides []string
}

// eventLine is one event of the timeline as people read it.
type eventLine struct {
	scheme.Event
	SchemeName string // where the person has several referrals
	Activity   string
	End        string
	OT         string
	Measure    string
	Way        string
	Outcome    string
	Why        string
	Rater      string // empty where it is the one that the measure asks
}

// withdrawnLine is one assessment that does not count.
type withdrawnLine struct {
	scheme.Revision
	Measure measure.Definition
}

func (personPage) folder() string { return "person" }

// timelineLength is how many events are told before the rest is folded away.
const timelineLength = 25

func (s *Site) person(c *gin.Context) error {
	ctx := c.Request.Context()
	view, err := s.app.Record(ctx, server.ActorOf(ctx), scheme.PersonID(c.Param("person")))
	if err != nil {
		return err
	}
	p := personPage{Frame: s.frame(c, "schemes"), View: view, ForGP: view.ForGP()}
	p.Frame.Charts = true
	own, err := s.app.Care(c.Request.Context(), p.Frame.Actor, view.Person.ID)
	if err != nil {
		return err
	}
	p.Care = carePanelOf(own.Care).changedFrom(p.Frame, view.Person.ID)
	var parts []scheme.Involvement
	for _, stay := range view.Stays {
		parts = append(parts, stay.Referral.OT...)
	}
	known, err := s.team(c.Request.Context(), parts)
	if err != nil {
		return err
	}
	for i, stay := range view.Stays {
		part, err := partOf(view, stay, fmt.Sprintf("referral-%d", i+1))
		if err != nil {
			return err
		}
		part.OT = known.parts(stay.Referral.OT)
		if i < len(view.Now()) {
			p.Now = append(p.Now, part)
		} else {
			p.Before = append(p.Before, part)
		}
	}
	for _, e := range view.Timeline {
		p.Timeline = append(p.Timeline, lineOf(view, e))
	}
	if len(p.Timeline) > timelineLength {
		p.Timeline, p.Earlier = p.Timeline[:timelineLength], p.Timeline[timelineLength:]
	}
	for _, w := range view.Withdrawn {
		p.Withdrawn = append(p.Withdrawn, withdrawnLine{w, view.Measures[w.Measure]})
	}
	return s.render(c, http.StatusOK, p)
}

func partOf(view app.RecordView, stay app.Stay, id string) (stayPart, error) {
	part := stayPart{Stay: stay, ID: id, Ended: scheme.Label(scheme.EndReasons(), string(stay.Referral.EndReason))}
	for _, p := range stay.Prescriptions {
		part.Took = append(part.Took, view.Took(p))
	}
	for _, r := range stay.Profiles {
		part.Profiles = append(part.Profiles, tableOf(r, id))
	}
	for _, r := range stay.Readings {
		if r.Measure.Profile {
			continue
		}
		fig, err := charts.Course(r)
		if err != nil {
			return part, err
		}
		part.Figures = append(part.Figures, courseFigure{fig.Within(id), r.Asides()})
	}
	return part, nil
}

func tableOf(r evidence.ProfileReading, of string) profileTable {
	t := profileTable{ProfileReading: r, ID: of + "-profile-" + string(r.Measure.Key)}
	for _, one := range r.Taken {
		row := profileRow{When: one.Dated.Shown(one.On), Text: one.Text}
		if one.By != r.Measure.Rater {
			row.Rater = one.By.Label()
		}
		t.Lines = append(t.Lines, row)
	}
	return t
}

// lineOf is an event with the names of what it is about.
func lineOf(v app.RecordView, e scheme.Event) eventLine {
	l := eventLine{
		Event: e, Activity: v.Activities[e.Activity].Name, Measure: v.Measures[e.Measure].Short,
		End: scheme.Label(scheme.EndReasons(), string(e.End)), OT: scheme.Label(scheme.OTLevels(), string(e.Level)),
		Way: scheme.Label(scheme.Ways(), string(e.Way)), Outcome: scheme.Label(scheme.Outcomes(), string(e.Outcome)),
		Why: scheme.Label(scheme.NotDoneReasons(), string(e.Why)),
	}
	if len(v.Stays) > 1 {
		l.SchemeName = v.Schemes[e.Scheme]
	}
	if def, known := v.Measures[e.Measure]; known && e.Rater != "" && e.Rater != def.Rater {
		l.Rater = e.Rater.Label()
	}
	return l
}
