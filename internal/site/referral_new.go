package site

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// newReferralPage is GET and POST /schemes/:scheme/referrals/new: a person and
// their referral in one form, of which only the reference and the day that the
// referral was received are needed.
type newReferralPage struct {
	Frame       Frame
	Scheme      scheme.Scheme
	Form        Form
	Reasons     []scheme.Term
	Sources     []scheme.Term
	OT          []scheme.Term
	Therapists  []scheme.Term
	Sexes       []scheme.Term
	Ethnicities []scheme.Term
}

func (newReferralPage) folder() string { return "referral-new" }

// AboutReferral reports whether the part on who referred and why was used.
func (p newReferralPage) AboutReferral() bool {
	return p.Form.Has("source", "practice", "reasons", "ot")
}

// AboutPerson reports whether the part on the person was used, so that it opens.
func (p newReferralPage) AboutPerson() bool {
	return p.Form.Has("birth_year", "sex", "ethnicity", "deprivation")
}

// Reachable reports whether the part on reaching the person was used.
func (p newReferralPage) Reachable() bool {
	return p.Form.Has("phone", "email", "address_1", "address_2", "address_3", "address_4")
}

func referralForm() []string {
	return []string{
		"reference", "known", "name", "nhs_number", "phone", "email", "address_1", "address_2", "address_3", "address_4",
		"received_on", "accepted_on", "source", "practice", "reasons", "ot", "therapist", "birth_year", "sex", "ethnicity", "deprivation",
	}
}

func (s *Site) newReferral(c *gin.Context) error {
	form, err := blank(referralForm()...)
	if err != nil {
		return err
	}
	if before := c.Query("again"); before != "" {
		// Somebody who is back: the address names the closed referral and not the person.
		ctx := c.Request.Context()
		view, err := s.app.Referral(ctx, server.ActorOf(ctx), scheme.ReferralID(before))
		if err != nil {
			return err
		}
		form.start("reference", view.Person.Reference)
		form.start("known", "yes")
	}
	if err := s.startTherapist(c.Request.Context(), &form); err != nil {
		return err
	}
	return s.showNewReferral(c, http.StatusOK, form)
}

func (s *Site) register(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c, referralForm()...)
	if err != nil {
		return err
	}
	form.at = map[string]string{"contact": "phone", "contact.phone": "phone", "contact.email": "email", "contact.address": "address_1"}
	made, err := s.app.Register(ctx, server.ActorOf(ctx), app.NewRegistration{
		Known: form.text("known") == "yes",
		Person: app.NewPerson{
			Reference: form.text("reference"), Name: form.text("name"), BirthYear: form.number("birth_year"),
			Sex: scheme.Sex(form.text("sex")), Ethnicity: scheme.Ethnicity(form.text("ethnicity")),
			Deprivation: form.number("deprivation"), NHSNumber: form.text("nhs_number"), Contact: form.contact(),
		},
		Referral: app.NewReferral{
			Key: form.sentKey(), Scheme: scheme.ID(c.Param("scheme")), Source: scheme.Source(form.text("source")),
			ReceivedOn: form.day("received_on"), AcceptedOn: form.day("accepted_on"), OT: scheme.OTLevel(form.text("ot")),
			Therapist: scheme.AccountID(form.text("therapist")),
			Practice:  form.text("practice"), Reasons: reasonsOf(&form),
		},
	})
	if err != nil {
		status, err := s.refuse(ctx, &form, err)
		if err != nil {
			return err
		}
		return s.showNewReferral(c, status, form)
	}
	c.Redirect(http.StatusSeeOther, "/referrals/"+string(made.Referral.ID)+"?done=registered")
	return nil
}

func (s *Site) showNewReferral(c *gin.Context, status int, form Form) error {
	ctx := c.Request.Context()
	found, err := s.app.Scheme(ctx, server.ActorOf(ctx), scheme.ID(c.Param("scheme")))
	if err != nil {
		return err
	}
	therapists, err := s.therapists(ctx)
	if err != nil {
		return err
	}
	return s.render(c, status, newReferralPage{
		Frame: s.frame(c, "schemes").refused(form), Scheme: found, Form: form,
		Reasons: scheme.Reasons(), Sources: scheme.Sources(), OT: scheme.OTLevels(), Therapists: therapists, Sexes: scheme.Sexes(), Ethnicities: scheme.Ethnicities(),
	})
}

// contact is how to reach somebody, as it was typed.
func (f *Form) contact() scheme.Contact {
	return scheme.Contact{Phone: f.text("phone"), Email: f.text("email"), Address: []string{
		f.text("address_1"), f.text("address_2"), f.text("address_3"), f.text("address_4"),
	}}
}
