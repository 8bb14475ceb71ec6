package site

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// newPrescriptionPage is GET and POST /referrals/:referral/prescriptions/new.
type newPrescriptionPage struct {
	Frame      Frame
	View       app.ReferralView
	Form       Form
	Activities []scheme.Term
	Stopped    bool // those that are offered no more are among them
	More       bool // there are such, and they are not shown
}

func (newPrescriptionPage) folder() string { return "prescription-new" }

func prescriptionForm() []string {
	return []string{"activity", "offered_on", "accepted_on", "first_attended_on", "sessions_offered", "sessions_attended"}
}

func (s *Site) newPrescription(c *gin.Context) error {
	form, err := blank(prescriptionForm()...)
	if err != nil {
		return err
	}
	return s.showNewPrescription(c, http.StatusOK, form)
}

func (s *Site) addPrescription(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c, prescriptionForm()...)
	if err != nil {
		return err
	}
	id := scheme.ReferralID(c.Param("referral"))
	made, err := s.app.AddPrescription(ctx, server.ActorOf(ctx), app.NewPrescription{
		Key: form.sentKey(), Referral: id, Activity: scheme.ActivityID(form.text("activity")),
		OfferedOn: form.day("offered_on"), AcceptedOn: form.day("accepted_on"), FirstAttendedOn: form.day("first_attended_on"),
		Offered: form.number("sessions_offered"), Attended: form.number("sessions_attended"),
	})
	if err != nil {
		status, err := s.refuse(ctx, &form, err)
		if err != nil {
			return err
		}
		return s.showNewPrescription(c, status, form)
	}
	c.Redirect(http.StatusSeeOther, "/referrals/"+string(id)+"?prescribed="+string(made.ID))
	return nil
}

func (s *Site) showNewPrescription(c *gin.Context, status int, form Form) error {
	ctx := c.Request.Context()
	actor := server.ActorOf(ctx)
	view, err := s.app.Referral(ctx, actor, scheme.ReferralID(c.Param("referral")))
	if err != nil {
		return err
	}
	all, err := s.app.Activities(ctx, actor)
	if err != nil {
		return err
	}
	p := newPrescriptionPage{Frame: s.frame(c, "schemes").refused(form), View: view, Form: form}
	p.Stopped = c.Query("stopped") != ""
	for _, a := range all {
		if !a.OfferedOn(view.Today) && !p.Stopped {
			p.More = true
			continue
		}
		p.Activities = append(p.Activities, scheme.Term{
			Value: string(a.ID), Label: a.Name + " (" + scheme.Label(scheme.Categories(), string(a.Category)) + ")" + until(a, view.Today),
		})
	}
	return s.render(c, status, p)
}

// until says in a list of choices that an activity is offered no more.
func until(a scheme.Activity, today scheme.Day) string {
	if a.OfferedOn(today) {
		return ""
	}
	return ", until " + a.OfferedUntil.Long()
}
