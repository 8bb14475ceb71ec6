package api

import (
	"context"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

type personChangeBody struct {
	Version     whole      `json:"version" doc:"The version that you read" example:"1"`
	Reference   string     `json:"reference" doc:"The service's own reference; never an NHS number" example:"RS-0042"`
	Name        string     `json:"name,omitempty" doc:"Kept encrypted; absent: none is kept" example:"Ann Example"`
	Contact     *reachBody `json:"contact,omitempty" doc:"How to reach them, all of it; absent: it stays as it is"`
	NHSNumber   *string    `json:"nhs_number,omitempty" nullable:"false" doc:"Absent: it stays as it is; empty: none is kept" example:"999 000 0018"`
	BirthYear   whole      `json:"birth_year,omitempty" example:"1957"`
	Sex         sex        `json:"sex,omitempty" example:"female"`
	Ethnicity   ethnicity  `json:"ethnicity,omitempty" example:"white"`
	Deprivation whole      `json:"deprivation,omitempty" doc:"Quintile of the index of multiple deprivation, 1 most deprived to 5" example:"2"`
	Checked     bool       `json:"birth_year_checked,omitempty" doc:"The year of birth is right, although something recorded is then below the lowest age of its measure" example:"false"`
}

type careBody struct {
	Person       string   `json:"person" doc:"The person's identifier"`
	Version      int      `json:"version" doc:"Of this record; 0 where nothing was recorded. Send it with the next change" example:"1"`
	Ways         []asking `json:"ways" nullable:"false" doc:"How they like to be asked"`
	Language     string   `json:"language,omitempty" doc:"Of the interpreter" example:"Urdu"`
	DoNotContact bool     `json:"do_not_contact" doc:"Nobody is to be in touch" example:"false"`
	SaidBy       saidBy   `json:"said_by,omitempty" doc:"Who said that nobody is to be in touch"`
	SaidOn       day      `json:"said_on,omitempty"`
	Reason       string   `json:"reason,omitempty" doc:"Why nobody is to be in touch; kept encrypted"`
	Safe         string   `json:"safe_contact,omitempty" doc:"When and how it is safe to be in touch; kept encrypted" example:"Only before noon"`
}

type careChangeBody struct {
	Version      whole    `json:"version" doc:"The version that you read; 0 where nothing was recorded" example:"0"`
	Ways         []asking `json:"ways,omitempty" doc:"How they like to be asked"`
	Language     string   `json:"language,omitempty" doc:"Needed where an interpreter helps" example:"Urdu"`
	DoNotContact bool     `json:"do_not_contact,omitempty" example:"false"`
	SaidBy       saidBy   `json:"said_by,omitempty" doc:"Needed with do_not_contact"`
	SaidOn       day      `json:"said_on,omitempty" doc:"Absent: today" example:"2026-01-20"`
	Reason       string   `json:"reason,omitempty" doc:"Why nobody is to be in touch; kept encrypted" example:"Asked for no calls at all"`
	Safe         string   `json:"safe_contact,omitempty" doc:"When and how it is safe to be in touch; kept encrypted" example:"Only before noon"`
}

// permissionsBody says what holds for each purpose, and how it came to.
type permissionsBody struct {
	Person  string              `json:"person" doc:"The person's identifier"`
	Now     []permissionNowBody `json:"now" nullable:"false" doc:"What holds for each purpose today"`
	History []permissionBody    `json:"history" nullable:"false" doc:"Everything that was said, the oldest first"`
}

type permissionNowBody struct {
	Purpose purpose         `json:"purpose" example:"research"`
	Basis   basis           `json:"basis,omitempty" example:"consent"`
	State   permissionState `json:"state" example:"given"`
	On      day             `json:"on,omitempty" doc:"Since when; absent where nobody asked" example:"2026-01-20"`
	LeftOut bool            `json:"left_out" doc:"Rows of this person are left out of what serves this purpose" example:"false"`
}

type permissionBody struct {
	Purpose purpose         `json:"purpose" example:"research"`
	Basis   basis           `json:"basis,omitempty" example:"consent"`
	State   permissionState `json:"state" example:"given"`
	On      day             `json:"on" example:"2026-01-20"`
	By      string          `json:"by" doc:"The account that wrote it down"`
	At      time.Time       `json:"at" doc:"When it was written down" example:"2026-01-21T09:30:00Z"`
}

type newPermissionBody struct {
	Purpose purpose         `json:"purpose" example:"research"`
	Basis   basis           `json:"basis,omitempty" doc:"In law; absent for the national data opt-out" example:"consent"`
	State   permissionState `json:"state" doc:"Under consent: given, refused or withdrawn. Under any other basis, and for the national data opt-out: told or objected. Always: not-asked" example:"given"`
	On      day             `json:"on" doc:"The day it was said" example:"2026-01-20"`
}

type (
	asking          string
	saidBy          string
	purpose         string
	basis           string
	permissionState string
)

func (asking) Schema(huma.Registry) *huma.Schema          { return choice(scheme.Askings()) }
func (saidBy) Schema(huma.Registry) *huma.Schema          { return choice(scheme.SaidBys()) }
func (purpose) Schema(huma.Registry) *huma.Schema         { return choice(scheme.Purposes()) }
func (basis) Schema(huma.Registry) *huma.Schema           { return choice(scheme.Bases()) }
func (permissionState) Schema(huma.Registry) *huma.Schema { return choice(scheme.PermissionStates()) }

// personChanges is what belongs to a person themselves.
func (a *API) personChanges() {
	post(a, asked{id: "change-person", path: "/people/{id}/changes", tag: "People", right: app.RecordPeople, summary: "Change a person's own facts",
		about: "Says all of them as they are now; what is absent is not recorded, but for contact and nhs_number, which stay. Contact details and NHS numbers are taken as far as the person's schemes have them. A year of birth below the lowest age of something recorded is refused with 422, naming it, until birth_year_checked. Figures that are split by them follow at once. Refused with 409 when somebody else changed them meanwhile."},
		func(b personBody) string { return "/people/" + b.ID },
		func(ctx context.Context, by app.Actor, in *change[personChangeBody]) (personBody, error) {
			b := in.Body
			asked := app.PersonChange{
				Key: in.Key, Person: scheme.PersonID(in.ID), Version: int(b.Version), NHSNumber: b.NHSNumber, BirthYearChecked: b.Checked,
				Facts: app.NewPerson{
					Reference: b.Reference, Name: b.Name, BirthYear: int(b.BirthYear),
					Sex: scheme.Sex(b.Sex), Ethnicity: scheme.Ethnicity(b.Ethnicity), Deprivation: int(b.Deprivation),
				},
			}
			if b.Contact != nil {
				asked.Contact = &scheme.Contact{Phone: b.Contact.Phone, Email: b.Contact.Email, Address: b.Contact.Address}
			}
			now, err := a.app.ChangePerson(ctx, by, asked)
			return personOf(now), err
		})
	a.careOfPeople()
	a.permissions()
}

func (a *API) careOfPeople() {
	get(a, asked{id: "get-care", path: "/people/{id}/care", tag: "People", right: app.SeePeople, summary: "How a person likes to be asked",
		about: "And whether anybody may be in touch. Read it before you contact somebody or ask them to answer a measure."},
		"query", func(ctx context.Context, by app.Actor, in *byID) (careBody, error) {
			v, err := a.app.Care(ctx, by, scheme.PersonID(in.ID))
			return careOf(v), err
		})
	post(a, asked{id: "change-care", path: "/people/{id}/care", tag: "People", right: app.RecordPeople, summary: "Say how a person likes to be asked",
		about: "Says the whole of it as it is now. Refused with 409 when somebody else changed it meanwhile."},
		func(b careBody) string { return "/people/" + b.Person + "/care" },
		func(ctx context.Context, by app.Actor, in *change[careChangeBody]) (careBody, error) {
			b := in.Body
			asked := app.CareChange{
				Key: in.Key, Person: scheme.PersonID(in.ID), Version: int(b.Version), Language: b.Language, DoNotContact: b.DoNotContact,
				SaidBy: scheme.SaidBy(b.SaidBy), SaidOn: string(b.SaidOn), Reason: b.Reason, Safe: b.Safe,
			}
			for _, w := range b.Ways {
				asked.Ways = append(asked.Ways, scheme.Asking(w))
			}
			v, err := a.app.ChangeCare(ctx, by, asked)
			return careOf(v), err
		})
}

func (a *API) permissions() {
	get(a, asked{id: "get-permissions", path: "/people/{id}/permissions", tag: "People", right: app.SeePeople, summary: "What a person said of the use of their records",
		about: "Where nothing was said the state is not-asked, and nothing else is made of that."},
		"query", func(ctx context.Context, by app.Actor, in *byID) (permissionsBody, error) {
			v, err := a.app.Permissions(ctx, by, scheme.PersonID(in.ID))
			return permissionsOf(v), err
		})
	post(a, asked{id: "record-permission", path: "/people/{id}/permissions", tag: "People", right: app.RecordPeople, summary: "Record what a person said of one purpose",
		about: "Added to what was said before: the newest day holds, and on one day what was written down last. A no to evaluation or research leaves the person's rows out of exports; figures still count them."},
		func(b permissionsBody) string { return "/people/" + b.Person + "/permissions" },
		func(ctx context.Context, by app.Actor, in *change[newPermissionBody]) (permissionsBody, error) {
			b := in.Body
			v, err := a.app.RecordPermission(ctx, by, app.NewPermission{
				Key: in.Key, Person: scheme.PersonID(in.ID), Purpose: scheme.Purpose(b.Purpose), Basis: scheme.Basis(b.Basis),
				State: scheme.PermissionState(b.State), On: string(b.On),
			})
			return permissionsOf(v), err
		})
}

func careOf(v app.CareView) careBody {
	c := v.Care
	b := careBody{
		Person: string(v.Person.ID), Version: c.Revision, Ways: []asking{}, Language: c.Language, DoNotContact: c.DoNotContact,
		SaidBy: saidBy(c.SaidBy), SaidOn: day(c.SaidOn.String()), Reason: c.Reason, Safe: c.Safe,
	}
	for _, w := range c.Ways {
		b.Ways = append(b.Ways, asking(w))
	}
	return b
}

func permissionsOf(v app.PermissionsView) permissionsBody {
	b := permissionsBody{Person: string(v.Person.ID), Now: []permissionNowBody{}, History: []permissionBody{}}
	for _, t := range scheme.Purposes() {
		now := v.Said.Now(scheme.Purpose(t.Value))
		b.Now = append(b.Now, permissionNowBody{
			Purpose: purpose(now.Purpose), Basis: basis(now.Basis), State: permissionState(now.State),
			On: day(now.On.String()), LeftOut: v.Said.LeavesOut(now.Purpose),
		})
	}
	for _, p := range v.Said.InOrder() {
		b.History = append(b.History, permissionBody{
			Purpose: purpose(p.Purpose), Basis: basis(p.Basis), State: permissionState(p.State),
			On: day(p.On.String()), By: string(p.By), At: p.At,
		})
	}
	return b
}
