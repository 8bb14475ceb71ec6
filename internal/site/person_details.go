package site

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// factsPage is GET and POST /people/:person/details: a person's own facts.
type factsPage struct {
	Frame       Frame
	Person      scheme.Person
	Form        Form
	Version     int
	Kept        *keptFacts // what somebody else kept while this was typed
	Done        bool
	Merged      bool
	Profile     scheme.Profile // of the person's schemes
	Below       []app.BelowAge
	Trail       app.Trail
	AskedAge    bool // whether the year of birth is right
	Sexes       []scheme.Term
	Ethnicities []scheme.Term
}

// keptFacts are facts as people read them.
type keptFacts struct {
	scheme.Person
	Sex       string
	Ethnicity string
}

func keptFactsOf(p scheme.Person) *keptFacts {
	return &keptFacts{p, scheme.Label(scheme.Sexes(), string(p.Sex)), scheme.Label(scheme.Ethnicities(), string(p.Ethnicity))}
}

func (factsPage) folder() string { return "person-details" }

func factsForm() []string {
	return []string{
		"reference", "name", "nhs_number", "phone", "email", "address_1", "address_2", "address_3", "address_4",
		"birth_year", "birth_year_checked", "sex", "ethnicity", "deprivation",
	}
}

func (s *Site) facts(c *gin.Context) error {
	ctx := c.Request.Context()
	person, err := s.app.Person(ctx, server.ActorOf(ctx), scheme.PersonID(c.Param("person")))
	if err != nil {
		return err
	}
	form, err := blank(factsForm()...)
	if err != nil {
		return err
	}
	form.start("reference", person.Reference)
	form.start("name", person.Name)
	form.start("nhs_number", person.NHSNumber.Spaced())
	form.start("phone", person.Contact.Phone)
	form.start("email", person.Contact.Email)
	for i, line := range person.Contact.Address {
		form.start("address_"+strconv.Itoa(i+1), line)
	}
	form.start("sex", string(person.Sex))
	form.start("ethnicity", string(person.Ethnicity))
	if person.BirthYear != 0 {
		form.start("birth_year", strconv.Itoa(person.BirthYear))
	}
	if person.Deprivation != 0 {
		form.start("deprivation", strconv.Itoa(person.Deprivation))
	}
	p := factsPage{Version: person.Revision, Done: c.Query("done") == "saved", Merged: c.Query("done") == "merged"}
	return s.showFacts(c, http.StatusOK, person, p, form)
}

func (s *Site) changeFacts(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c, factsForm()...)
	if err != nil {
		return err
	}
	form.at = map[string]string{"contact": "phone", "contact.phone": "phone", "contact.email": "email", "contact.address": "address_1"}
	in := app.PersonChange{
		Key: form.sentKey(), Person: scheme.PersonID(c.Param("person")), Version: form.number("version"),
		BirthYearChecked: form.text("birth_year_checked") == "yes",
		Facts: app.NewPerson{
			Reference: form.text("reference"), Name: form.text("name"), BirthYear: form.number("birth_year"),
			Sex: scheme.Sex(form.text("sex")), Ethnicity: scheme.Ethnicity(form.text("ethnicity")), Deprivation: form.number("deprivation"),
		},
	}
	if form.typed.Has("phone") { // the page had them
		contact := form.contact()
		in.Contact = &contact
	}
	if number := form.text("nhs_number"); form.typed.Has("nhs_number") {
		in.NHSNumber = &number
	}
	_, err = s.app.ChangePerson(ctx, server.ActorOf(ctx), in)
	if err == nil {
		c.Redirect(http.StatusSeeOther, "/people/"+string(in.Person)+"/details?done=saved")
		return nil
	}
	stale, tooYoung := fault.Is(err, fault.Stale), fault.Is(err, fault.AgeTooLow)
	status, err := s.refuse(ctx, &form, err)
	if err != nil {
		return err
	}
	person, err := s.app.Person(ctx, server.ActorOf(ctx), in.Person)
	if err != nil {
		return err
	}
	p := factsPage{Version: in.Version, AskedAge: tooYoung || in.BirthYearChecked}
	if stale {
		p.Kept, p.Version = keptFactsOf(person), person.Revision
	}
	return s.showFacts(c, status, person, p, form)
}

func (s *Site) showFacts(c *gin.Context, status int, person scheme.Person, p factsPage, form Form) error {
	p.Frame, p.Person, p.Form = s.frame(c, "people").refused(form), person, form
	p.Sexes, p.Ethnicities = scheme.Sexes(), scheme.Ethnicities()
	ctx := c.Request.Context()
	var err error
	if p.Profile, err = s.app.Profile(ctx, p.Frame.Actor, person.ID); err != nil {
		return err
	}
	if p.Trail, err = s.app.Trail(ctx, p.Frame.Actor, person.ID); err != nil {
		return err
	}
	if p.Below, err = s.app.BelowAge(ctx, p.Frame.Actor, person.ID); err != nil {
		return err
	}
	return s.render(c, status, p)
}
