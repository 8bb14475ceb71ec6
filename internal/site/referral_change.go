package site

import (
	"context"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// referralChangePage is GET and POST of every small form that changes a referral:
// one step, one page, one button.
type referralChangePage struct {
	Frame   Frame
	View    app.ReferralView
	Step    string // accept, decline, pause, resume, end, reopen, details, therapist
	Form    Form
	Version string        // of the referral, as the form was read
	Both    []bothLine    // what is there now beside what was typed, after somebody else's change
	Parts   []scheme.Term // the therapist's parts that are there, for taking one out
	Pause   scheme.Pause  // that lasts today

	Sources, Reasons, Declines, Ends, Levels, Therapists []scheme.Term
}

// bothLine is one question of a form that two people answered.
type bothLine struct{ Name, Now, Typed string }

func (referralChangePage) folder() string { return "referral-change" }

// step is one small form: its fields, how they start, and what it asks of app.
type step struct {
	fields []string
	needs  string // the day that the step is about
	start  func(v app.ReferralView, f *Form)
	send   func(s *Site, ctx context.Context, v app.ReferralView, f *Form) error
}

// changes are the steps by the last part of their addresses.
func changes() map[string]step {
	today := func(field string) func(app.ReferralView, *Form) {
		return func(v app.ReferralView, f *Form) { f.startDay(field, v.Today.String()) }
	}
	return map[string]step{
		"accept":    {[]string{"accepted_on"}, "accepted_on", today("accepted_on"), accept},
		"decline":   {[]string{"declined_on", "decline_reason"}, "declined_on", today("declined_on"), decline},
		"pause":     {[]string{"from", "until"}, "from", today("from"), pause},
		"resume":    {[]string{"until", "mistake"}, "until", startResume, resume},
		"end":       {[]string{"ended_on", "end_reason"}, "ended_on", today("ended_on"), end},
		"reopen":    {nil, "", func(app.ReferralView, *Form) {}, reopen},
		"details":   {[]string{"received_on", "source", "practice", "reasons"}, "", startDetails, describe},
		"therapist": {[]string{"taken_out", "level", "on", "therapist"}, "", today("on"), involve},
	}
}

// referralChanges adds the pages of every step.
func (s *Site) referralChanges() {
	for name, one := range changes() {
		path, policy := "/referrals/:referral/"+name, server.Policy{Right: app.RecordPeople}
		s.server.Route(http.MethodGet, path, policy, func(c *gin.Context) error { return s.showStep(c, name, one) })
		s.server.Route(http.MethodPost, path, policy, func(c *gin.Context) error { return s.takeStep(c, name, one) })
	}
}

func (s *Site) showStep(c *gin.Context, name string, one step) error {
	view, err := s.viewed(c)
	if err != nil {
		return err
	}
	form, err := blank(one.fields...)
	if err != nil {
		return err
	}
	one.start(view, &form)
	if name == "therapist" {
		if err := s.startTherapist(c.Request.Context(), &form); err != nil {
			return err
		}
	}
	return s.renderStep(c, http.StatusOK, referralChangePage{View: view, Step: name, Form: form})
}

func (s *Site) viewed(c *gin.Context) (app.ReferralView, error) {
	ctx := c.Request.Context()
	return s.app.Referral(ctx, server.ActorOf(ctx), scheme.ReferralID(c.Param("referral")))
}

// takeStep makes the change. The referral as it is fills in what the form does not
// ask; where it is not as the form was read, app refuses, and the page shows what
// is there now beside what was typed.
func (s *Site) takeStep(c *gin.Context, name string, one step) error {
	ctx := c.Request.Context()
	form, err := posted(c, one.fields...)
	if err != nil {
		return err
	}
	view, err := s.viewed(c)
	if err != nil {
		return err
	}
	read, err := strconv.Atoi(form.text("version"))
	if err != nil {
		read = 0
	}
	now := view.Referral.Revision
	view.Referral.Revision = read
	if err = one.dated(&form); err == nil {
		err = one.send(s, ctx, view, &form)
	}
	view.Referral.Revision = now
	if err == nil {
		c.Redirect(http.StatusSeeOther, "/referrals/"+string(view.Referral.ID)+"?changed="+name)
		return nil
	}
	p := referralChangePage{View: view, Step: name}
	if stale(err) {
		p.Both = both(view, form, one.fields)
	}
	status, err := s.refuse(ctx, &form, err)
	if err != nil {
		return err
	}
	p.Form = form
	return s.renderStep(c, status, p)
}

// dated faults where the day that the step is about was left empty, which to app
// says that nothing happened.
func (one step) dated(f *Form) error {
	if one.needs == "" || f.day(one.needs) != "" || f.text("mistake") != "" {
		return nil
	}
	return fault.New(fault.Invalid, fault.DayImpossible, "Enter a date.").At(one.needs)
}

func stale(err error) bool {
	all, _ := fault.All(err)
	return len(all) > 0 && all[0].Code == fault.Stale
}

func (s *Site) renderStep(c *gin.Context, status int, p referralChangePage) error {
	p.Frame = s.frame(c, "schemes").refused(p.Form)
	p.Version = strconv.Itoa(p.View.Referral.Revision)
	p.Pause, _ = p.View.Referral.PauseOn(p.View.Today)
	p.Sources, p.Reasons, p.Declines = scheme.Sources(), scheme.Reasons(), scheme.DeclineReasons()
	p.Ends, p.Levels = scheme.EndReasons(), scheme.OTLevels()
	if p.Step == "therapist" {
		if err := s.nameTherapists(c.Request.Context(), &p); err != nil {
			return err
		}
	}
	return s.render(c, status, p)
}

// nameTherapists fills in who can be named, and who is.
func (s *Site) nameTherapists(ctx context.Context, p *referralChangePage) (err error) {
	if p.Therapists, err = s.therapists(ctx); err != nil {
		return err
	}
	known, err := s.team(ctx, p.View.Referral.OT)
	if err != nil {
		return err
	}
	for _, t := range p.Therapists {
		known[scheme.AccountID(t.Value)] = t.Label
	}
	for i, line := range known.parts(p.View.Referral.OT) {
		part := p.View.Referral.OT[i]
		label := line.Level + ", from " + line.On.Long()
		if line.Who != "" {
			label += ", " + line.Who
		}
		p.Parts = append(p.Parts, scheme.Term{Value: string(part.Level) + " " + part.On.String(), Label: label})
	}
	for i, line := range p.Both {
		if line.Name == "therapist" {
			p.Both[i].Now, p.Both[i].Typed = known.named(scheme.AccountID(line.Now)), known.named(scheme.AccountID(line.Typed))
		}
	}
	return nil
}
