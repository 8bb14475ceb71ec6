package site

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// referralPage is GET /referrals/:referral: one person in one scheme.
type referralPage struct {
	Frame         Frame
	View          app.ReferralView
	Source        string
	Ended         string
	Sex           string
	Ethnicity     string
	OT            []involvementLine
	Prescriptions []prescriptionLine
	Safety        []app.AlertView // not closed
	Due           []dueLine
	Assessments   []assessmentLine // newest first
	Withdrawn     []withdrawnLine  // newest first
	Measures      []measure.Definition
	Saved         *assessmentLine // the one just recorded
	Registered    bool
	Prescribed    string // the activity just prescribed
	Contacts      contactsSection
	Care          carePanel
	Keepers       []app.KeeperLine // whose it is, then whose it was, the last one first
	Life          lifeSection
	Moved         []movedLine
}

// movedLine is an assessment that was recorded here and belongs elsewhere.
type movedLine struct {
	scheme.Revision
	Measure measure.Definition
}

type involvementLine struct {
	On    scheme.Day
	Level string
	Who   string // the therapist's login; empty where it is not recorded
}

type prescriptionLine struct {
	scheme.Prescription
	Activity scheme.Activity
	Category string
}

type assessmentLine struct {
	scheme.Assessment
	Measure  measure.Definition
	Profile  string // 21132; empty for a measure that is not read so
	Scores   []scoreLine
	Channel  string
	Helper   string
	Language string
	entryNote
}

// Said are the problems or goals that the person named in their own words.
func (l assessmentLine) Said() []string {
	if l.Measure.Own == nil {
		return nil
	}
	var all []string
	for i, place := range l.Measure.Own.WordsKeys() {
		if words := l.Words[place]; words != "" {
			all = append(all, l.Measure.Own.Title(i+1)+": "+words)
		}
	}
	return all
}

// scoreLine is one score as people read it.
type scoreLine struct {
	measure.Score
	Value string
	Over  string // of how many problems or goals it is; empty for other scores
}

// scoreLinesOf are the scores of an assessment.
func scoreLinesOf(def measure.Definition, a scheme.Assessment) (all []scoreLine) {
	for _, got := range a.Scores {
		if sc, ok := def.Score(got.Series); ok {
			rated, _ := def.Rated(sc, a.Responses)
			all = append(all, scoreLine{sc, sc.Text(got.Level), def.Over(sc, rated)})
		}
	}
	return all
}

func (referralPage) folder() string { return "referral" }

func (s *Site) referral(c *gin.Context) error {
	ctx := c.Request.Context()
	view, err := s.app.Referral(ctx, server.ActorOf(ctx), scheme.ReferralID(c.Param("referral")))
	if err != nil {
		return err
	}
	p := referralPage{
		Frame: s.frame(c, "schemes"), View: view,
		Source:     scheme.Label(scheme.Sources(), string(view.Referral.Source)),
		Ended:      scheme.Label(scheme.EndReasons(), string(view.Referral.EndReason)),
		Sex:        scheme.Label(scheme.Sexes(), string(view.Person.Sex)),
		Ethnicity:  scheme.Label(scheme.Ethnicities(), string(view.Person.Ethnicity)),
		Due:        due(view),
		Registered: c.Query("done") == "registered",
		Life:       lifeOf(view, c.Query("changed")),
	}
	moves, err := s.app.MovedAway(ctx, p.Frame.Actor, view.Referral.ID)
	if err != nil {
		return err
	}
	for _, m := range moves {
		p.Moved = append(p.Moved, movedLine{m, view.Measures[m.Assessment.Measure]})
	}
	p.Care = carePanelOf(view.Care).changedFrom(p.Frame, view.Person.ID)
	if p.Keepers, err = s.app.Keepers(ctx, p.Frame.Actor, view.Referral.ID); err != nil {
		return err
	}
	slices.Reverse(p.Keepers)
	known, err := s.team(ctx, view.Referral.OT)
	if err != nil {
		return err
	}
	p.OT = known.parts(view.Referral.OT)
	for _, key := range view.Plan.Measures() {
		p.Measures = append(p.Measures, view.Measures[key])
	}
	if p.Contacts, err = s.contactsOf(c, view.Referral.ID); err != nil {
		return err
	}
	if p.Safety, err = s.app.OpenAlerts(ctx, server.ActorOf(ctx), view.Referral.ID); err != nil {
		return err
	}
	gone, err := s.app.WithdrawnFrom(ctx, server.ActorOf(ctx), view.Referral.ID)
	if err != nil {
		return err
	}
	for _, g := range gone {
		p.Withdrawn = append(p.Withdrawn, withdrawnLine{g, view.Measures[g.Measure]})
	}
	p.prescribed(c.Query("prescribed"))
	p.recorded(c.Query("recorded"))
	return s.render(c, http.StatusOK, p)
}

func (p *referralPage) prescribed(just string) {
	for _, one := range p.View.Prescriptions {
		act := p.View.Activities[one.Activity]
		p.Prescriptions = append(p.Prescriptions, prescriptionLine{one, act, scheme.Label(scheme.Categories(), string(act.Category))})
		if string(one.ID) == just {
			p.Prescribed = act.Name
		}
	}
}

func (p *referralPage) recorded(just string) {
	for _, a := range p.View.Assessments {
		line := assessmentLine{
			Assessment: a, Measure: p.View.Measures[a.Measure],
			Channel:  scheme.Label(scheme.Channels(), string(a.Channel)),
			Helper:   scheme.Label(scheme.Helpers(), string(a.Helper)),
			Language: scheme.Label(scheme.Languages(), string(a.Language)),
		}
		line.entryNote = noteOf(p.View, a, line.Measure)
		line.Scores = scoreLinesOf(line.Measure, a)
		line.Profile, _ = line.Measure.ProfileOf(a.Responses)
		p.Assessments = append(p.Assessments, line)
		if string(a.ID) == just {
			p.Saved = &line
		}
	}
	slices.SortStableFunc(p.Assessments, func(a, b assessmentLine) int { return b.On.DaysSince(a.On) })
}
