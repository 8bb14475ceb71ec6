package site

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// notDonePage is GET and POST /referrals/:referral/not-done: why a measure that
// is due is not taken, one button for each reason.
type notDonePage struct {
	Frame    Frame
	Form     Form
	View     app.ReferralView
	Of       measure.Definition
	Due      scheme.Due
	Tomorrow scheme.Day
	NextWeek scheme.Day
}

func (notDonePage) folder() string { return "not-done" }

// Attempt is which time it would be that nobody answers.
func (p notDonePage) Attempt() int { return min(p.Due.Attempts+1, scheme.MostAttempts) }

// Reasons are those that take one press.
func (p notDonePage) Reasons() []scheme.Term {
	var all []scheme.Term
	for _, t := range scheme.NotDoneReasons() {
		if t.Value != string(scheme.NobodyAnswered) && t.Value != string(scheme.ComeBack) {
			all = append(all, t)
		}
	}
	return all
}

func (s *Site) newNotDone(c *gin.Context) error {
	form, err := blank("come_back_on")
	if err != nil {
		return err
	}
	return s.showNotDone(c, http.StatusOK, form, c.Query)
}

func (s *Site) closeDue(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c, "come_back_on")
	if err != nil {
		return err
	}
	in := app.NewNotDone{
		Key: form.sentKey(), Referral: scheme.ReferralID(c.Param("referral")), Measure: measure.Key(form.text("measure")),
		Occasion: scheme.Occasion(form.text("occasion")), Reason: scheme.NotDoneReason(form.text("reason")),
	}
	switch in.ComeBackOn = form.text("on"); in.ComeBackOn {
	case "":
	case "chosen":
		in.Reason, in.ComeBackOn = scheme.ComeBack, form.day("come_back_on")
	default:
		in.Reason = scheme.ComeBack
	}
	made, err := s.app.CloseDue(ctx, server.ActorOf(ctx), in)
	if err != nil {
		status, err := s.refuse(ctx, &form, err)
		if err != nil {
			return err
		}
		return s.showNotDone(c, status, form, c.PostForm)
	}
	c.Redirect(http.StatusSeeOther, "/caseload?closed="+string(made.ID))
	return nil
}

// showNotDone shows the page; said is where the measure and the occasion are.
func (s *Site) showNotDone(c *gin.Context, status int, form Form, said func(string) string) error {
	ctx := c.Request.Context()
	view, err := s.app.Referral(ctx, server.ActorOf(ctx), scheme.ReferralID(c.Param("referral")))
	if err != nil {
		return err
	}
	p := notDonePage{
		Frame: s.frame(c, "caseload").refused(form), Form: form, View: view,
		Tomorrow: view.Today.Plus(1), NextWeek: view.Today.Plus(7),
	}
	for _, d := range view.Due(view.Measures) {
		if d.Measure == measure.Key(said("measure")) && d.Occasion == scheme.Occasion(said("occasion")) {
			p.Due, p.Of = d, view.Measures[d.Measure]
			return s.render(c, status, p)
		}
	}
	return fault.New(fault.Missing, fault.NotFound,
		"This scheme's plan does not ask for that measure at that time. Go back to the referral and choose one that it lists.")
}

// undoClose takes a reason back and returns to the due list.
func (s *Site) undoClose(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c)
	if err != nil {
		return err
	}
	if _, err := s.app.UndoClose(ctx, server.ActorOf(ctx), app.Undoing{Key: form.sentKey(), ID: scheme.NotDoneID(form.text("id"))}); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/caseload?done=undone")
	return nil
}
