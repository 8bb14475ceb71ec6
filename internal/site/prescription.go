package site

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// prescriptionPage is GET and POST /referrals/:referral/prescriptions/:prescription:
// what became of it, by one button or by a form that says all.
type prescriptionPage struct {
	Frame   Frame
	View    app.ReferralView
	Form    Form
	Now     prescriptionLine // as it stands
	Ended   string           // how
	Changed bool             // by somebody else since it was read
	Reasons []scheme.Term
}

func (prescriptionPage) folder() string { return "prescription" }

func prescriptionChangeForm() []string {
	return []string{"accepted_on", "declined_on", "first_attended_on", "sessions_offered", "sessions_attended", "ended_on", "end_reason", "version"}
}

// saysPrescription fills a form with what is there.
func (f *Form) saysPrescription(p scheme.Prescription) {
	f.startDay("accepted_on", p.AcceptedOn.String())
	f.startDay("declined_on", p.DeclinedOn.String())
	f.startDay("first_attended_on", p.FirstAttendedOn.String())
	f.startDay("ended_on", p.EndedOn.String())
	f.start("end_reason", string(p.EndReason))
	for name, n := range map[string]int{"sessions_offered": p.Offered, "sessions_attended": p.Attended} {
		if n > 0 {
			f.start(name, strconv.Itoa(n))
		}
	}
	f.start("version", strconv.Itoa(p.Revision))
}

// prescribedHere is the referral with the prescription that is asked for.
func (s *Site) prescribedHere(c *gin.Context) (app.ReferralView, scheme.Prescription, error) {
	ctx := c.Request.Context()
	view, err := s.app.Referral(ctx, server.ActorOf(ctx), scheme.ReferralID(c.Param("referral")))
	if err != nil {
		return view, scheme.Prescription{}, err
	}
	i := slices.IndexFunc(view.Prescriptions, func(p scheme.Prescription) bool { return string(p.ID) == c.Param("prescription") })
	if i < 0 {
		return view, scheme.Prescription{}, server.NotThere()
	}
	return view, view.Prescriptions[i], nil
}

func (s *Site) prescription(c *gin.Context) error {
	view, p, err := s.prescribedHere(c)
	if err != nil {
		return err
	}
	form, err := blank(prescriptionChangeForm()...)
	if err != nil {
		return err
	}
	form.saysPrescription(p)
	return s.showPrescription(c, http.StatusOK, prescriptionPage{View: view, Form: form}, p)
}

func (s *Site) changePrescription(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c, append(prescriptionChangeForm(), "quick")...)
	if err != nil {
		return err
	}
	view, p, err := s.prescribedHere(c)
	if err != nil {
		return err
	}
	if quick := form.text("quick"); quick != "" {
		read := form.text("version")
		form.saysPrescription(p)
		form.start("version", read)
		field, known := map[string]string{"accepted": "accepted_on", "attended": "first_attended_on", "declined": "declined_on"}[quick]
		if known {
			form.startDay(field, view.Today.String())
		}
	}
	made, err := s.app.ChangePrescription(ctx, server.ActorOf(ctx), app.PrescriptionChange{
		Key: form.sentKey(), Referral: p.Referral, Prescription: p.ID, Version: form.number("version"),
		AcceptedOn: form.day("accepted_on"), DeclinedOn: form.day("declined_on"), FirstAttendedOn: form.day("first_attended_on"),
		EndedOn: form.day("ended_on"), EndReason: scheme.EndReason(form.text("end_reason")),
		Offered: form.number("sessions_offered"), Attended: form.number("sessions_attended"),
	})
	if err != nil {
		status, err := s.refuse(ctx, &form, err)
		if err != nil {
			return err
		}
		if view, p, err = s.prescribedHere(c); err != nil {
			return err
		}
		return s.showPrescription(c, status, prescriptionPage{View: view, Form: form}, p)
	}
	c.Redirect(http.StatusSeeOther, "/referrals/"+string(p.Referral)+"?prescribed="+string(made.ID))
	return nil
}

func (s *Site) showPrescription(c *gin.Context, status int, p prescriptionPage, now scheme.Prescription) error {
	act := p.View.Activities[now.Activity]
	p.Now = prescriptionLine{now, act, scheme.Label(scheme.Categories(), string(act.Category))}
	p.Ended, p.Reasons = scheme.Label(scheme.EndReasons(), string(now.EndReason)), scheme.EndReasons()
	p.Changed = p.Form.stale(now.Revision)
	p.Frame = s.frame(c, "schemes").refused(p.Form)
	return s.render(c, status, p)
}
