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
	Sources     []scheme.Term
	OT          []scheme.Term
	Sexes       []scheme.Term
	Ethnicities []scheme.Term
}

func (newReferralPage) folder() string { return "referral-new" }

// AboutPerson reports whether the optional part was used, so that it opens.
func (p newReferralPage) AboutPerson() bool {
	return p.Form.Has("name", "birth_year", "sex", "ethnicity", "deprivation")
}

func referralForm() []string {
	return []string{"reference", "known", "source", "received_on", "accepted_on", "ot", "name", "birth_year", "sex", "ethnicity", "deprivation"}
}

func (s *Site) newReferral(c *gin.Context) error {
	form, err := blank(referralForm()...)
	if err != nil {
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
	made, err := s.app.Register(ctx, server.ActorOf(ctx), app.NewRegistration{
		Known: form.text("known") == "yes",
		Person: app.NewPerson{
			Reference: form.text("reference"), Name: form.text("name"), BirthYear: form.number("birth_year"),
			Sex: scheme.Sex(form.text("sex")), Ethnicity: scheme.Ethnicity(form.text("ethnicity")),
			Deprivation: form.number("deprivation"),
		},
		Referral: app.NewReferral{
			Key: form.sentKey(), Scheme: scheme.ID(c.Param("scheme")), Source: scheme.Source(form.text("source")),
			ReceivedOn: form.day("received_on"), AcceptedOn: form.day("accepted_on"), OT: scheme.OTLevel(form.text("ot")),
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
	return s.render(c, status, newReferralPage{
		Frame: s.frame(c, "schemes").refused(form), Scheme: found, Form: form,
		Sources: scheme.Sources(), OT: scheme.OTLevels(), Sexes: scheme.Sexes(), Ethnicities: scheme.Ethnicities(),
	})
}
