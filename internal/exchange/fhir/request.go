package fhir

import (
	"slices"
	"strconv"
	"strings"

	"cairn/internal/scheme"
)

// A ServiceRequest is a referral, or an activity that was prescribed within one.
type ServiceRequest struct {
	ResourceType string       `json:"resourceType"`
	ID           string       `json:"id"`
	Meta         *Meta        `json:"meta,omitempty"`
	Extension    []Extension  `json:"extension,omitempty"`
	Identifier   []Identifier `json:"identifier"`
	BasedOn      []Reference  `json:"basedOn,omitempty"`
	Status       string       `json:"status"`
	Intent       string       `json:"intent"`
	Category     []Concept    `json:"category,omitempty"`
	Code         *Concept     `json:"code,omitempty"`
	Subject      *Reference   `json:"subject"`
	Occurrence   *Period      `json:"occurrencePeriod,omitempty"`
	AuthoredOn   string       `json:"authoredOn,omitempty"`
	Requester    *Reference   `json:"requester,omitempty"`
	Performer    []Reference  `json:"performer,omitempty"`
	Reason       []Concept    `json:"reasonCode,omitempty"`
	Supporting   []Reference  `json:"supportingInfo,omitempty"`
}

// A Referred is a referral with what it names.
type Referred struct {
	scheme.Spell
	SchemeName string
	Activities map[scheme.ActivityID]scheme.Activity
	Today      scheme.Day
}

// Requests says a referral, and after it each activity that was prescribed.
func (n Names) Requests(r Referred) []ServiceRequest {
	ref := r.Referral
	one := ServiceRequest{
		ResourceType: "ServiceRequest", ID: string(ref.ID), Meta: &Meta{VersionID: strconv.Itoa(ref.Revision)},
		Identifier: []Identifier{{System: n.own("referral"), Value: string(ref.ID)}},
		Status:     r.standing(), Intent: "order", Category: termed("request", requests(), "referral"),
		Subject: patient(ref.Person), Occurrence: between(ref.AcceptedOn, ref.Closed()), AuthoredOn: ref.ReceivedOn.String(),
		Performer: []Reference{{Type: "HealthcareService", Identifier: &Identifier{System: n.own("scheme"), Value: string(ref.Scheme)}, Display: r.SchemeName}},
	}
	if ref.Source != "" {
		one.Requester = &Reference{Display: scheme.Label(scheme.Sources(), string(ref.Source))}
	}
	if ref.Practice != "" {
		one.Supporting = []Reference{{Type: "Organization", Display: ref.Practice}}
	}
	for _, why := range ref.Reasons {
		one.Reason = append(one.Reason, termed("referral-reason", scheme.Reasons(), string(why))...)
	}
	one.Extension = say(one.Extension, "referral-source", string(ref.Source))
	one.Extension = say(one.Extension, "decline-reason", string(ref.Declined))
	one.Extension = say(one.Extension, "end-reason", string(ref.EndReason))
	if last := len(ref.OT) - 1; last >= 0 {
		one.Extension = say(one.Extension, "ot-part", string(ref.OT[last].Level))
	}
	all := []ServiceRequest{one}
	prescribed := slices.SortedFunc(slices.Values(r.Prescriptions), func(a, b scheme.Prescription) int { return strings.Compare(string(a.ID), string(b.ID)) })
	for i, p := range prescribed {
		one := n.prescribed(r, p)
		one.ID = string(ref.ID) + "." + strconv.Itoa(i+1) // none is ever taken away, and new ones sort last
		all = append(all, one)
	}
	return all
}

func (n Names) prescribed(r Referred, p scheme.Prescription) ServiceRequest {
	act := r.Activities[p.Activity]
	one := ServiceRequest{
		ResourceType: "ServiceRequest", Meta: &Meta{VersionID: strconv.Itoa(p.Revision)},
		Identifier: []Identifier{{System: n.own("prescription"), Value: string(p.ID)}},
		BasedOn:    []Reference{{Reference: "ServiceRequest/" + string(p.Referral), Type: "ServiceRequest"}},
		Status:     "active", Intent: "order", Category: termed("request", requests(), "activity"),
		Subject: patient(r.Referral.Person), Occurrence: between(p.FirstAttendedOn, p.EndedOn), AuthoredOn: p.OfferedOn.String(),
	}
	if code := termed("activity-category", scheme.Categories(), string(p.Category)); code != nil {
		one.Code = &code[0]
		one.Code.Text = act.Name
	}
	switch {
	case p.EndReason == "data-error":
		one.Status = mistaken
	case !p.DeclinedOn.IsZero():
		one.Status = "revoked"
	case !p.EndedOn.IsZero():
		one.Status = "completed"
	}
	if act.Provider != "" {
		one.Performer = []Reference{{Type: "Organization", Display: act.Provider}}
	}
	one.Extension = say(one.Extension, "end-reason", string(p.EndReason))
	one.Extension = count(one.Extension, "sessions-offered", p.Offered)
	one.Extension = count(one.Extension, "sessions-attended", p.Attended)
	return one
}

const mistaken = "entered-in-error"

// standing is how far a referral has come.
func (r Referred) standing() string {
	ref := r.Referral
	switch {
	case ref.EndReason == "data-error" || ref.Declined == "data-error":
		return mistaken
	case !ref.DeclinedOn.IsZero():
		return "revoked"
	case !ref.EndedOn.IsZero():
		return "completed"
	case ref.Paused(r.Today):
		return "on-hold"
	}
	return "active"
}

// between is from one day to another, as far as they have come; nil where
// neither has.
func between(from, until scheme.Day) *Period {
	if from.IsZero() && until.IsZero() {
		return nil
	}
	return &Period{Start: from.String(), End: until.String()}
}

// requests are what is asked for.
func requests() []scheme.Term {
	return []scheme.Term{{Value: "referral", Label: "Referral to a social prescribing scheme"}, {Value: "activity", Label: "Activity prescribed within a referral"}}
}

// A Patient is a person, as far as the schemes of whoever asks know them.
type Patient struct {
	ResourceType string       `json:"resourceType"`
	ID           string       `json:"id"`
	Meta         *Meta        `json:"meta,omitempty"`
	Extension    []Extension  `json:"extension,omitempty"`
	Identifier   []Identifier `json:"identifier"`
	Name         []Name       `json:"name,omitempty"`
	Telecom      []Telecom    `json:"telecom,omitempty"`
	Gender       string       `json:"gender,omitempty"`
	BirthDate    string       `json:"birthDate,omitempty"`
	Address      []Address    `json:"address,omitempty"`
}

// Parts of a Patient.
type (
	Name struct {
		Text string `json:"text"`
	}
	Telecom struct {
		System string `json:"system"`
		Value  string `json:"value"`
	}
	Address struct {
		Line []string `json:"line"`
	}
)

// Person says who somebody is. An NHS number never goes out.
func (n Names) Person(p scheme.Person) Patient {
	one := Patient{
		ResourceType: "Patient", ID: string(p.ID), Meta: &Meta{VersionID: strconv.Itoa(p.Revision)},
		Identifier: []Identifier{{System: n.own("person"), Value: p.Reference}},
		Extension:  say(nil, "ethnic-group", string(p.Ethnicity)), Gender: string(p.Sex),
	}
	one.Extension = count(one.Extension, "deprivation-quintile", p.Deprivation)
	if p.Name != "" {
		one.Name = []Name{{p.Name}}
	}
	if p.BirthYear > 0 {
		one.BirthDate = strconv.Itoa(p.BirthYear)
	}
	if p.Contact.Phone != "" {
		one.Telecom = append(one.Telecom, Telecom{"phone", p.Contact.Phone})
	}
	if p.Contact.Email != "" {
		one.Telecom = append(one.Telecom, Telecom{"email", p.Contact.Email})
	}
	if len(p.Contact.Address) > 0 {
		one.Address = []Address{{p.Contact.Address}}
	}
	return one
}
