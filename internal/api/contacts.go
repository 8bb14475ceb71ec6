package api

import (
	"context"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

type contactBody struct {
	ID       string  `json:"id" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Referral string  `json:"referral" doc:"The referral's identifier"`
	On       day     `json:"on" example:"2026-01-16"`
	Channel  way     `json:"channel" example:"phone"`
	Result   outcome `json:"result" doc:"attended is any answer: a meeting, a call that was taken, a message that was replied to" example:"no-answer"`
	Minutes  minutes `json:"minutes,omitempty" doc:"How long it took; absent when not recorded" example:"15-29"`
	State    state   `json:"state" doc:"withdrawn: entered by mistake, kept and not counted" example:"live"`
	Version  int     `json:"version" doc:"Of this record; send it with the next change" example:"1"`
}

type contactsBody struct {
	Items      []contactBody `json:"items" nullable:"false" doc:"Newest first, without those withdrawn"`
	Unanswered int           `json:"unanswered" doc:"Tries without an answer since the person last gave one" example:"2"`
}

type newContactBody struct {
	Referral string  `json:"referral" doc:"The referral's identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	On       day     `json:"on,omitempty" doc:"Absent: today" example:"2026-01-16"`
	Channel  way     `json:"channel" example:"phone"`
	Result   outcome `json:"result" example:"no-answer"`
	Minutes  minutes `json:"minutes,omitempty" example:"15-29"`
}

type contactChangeBody struct {
	Version whole   `json:"version" doc:"The version that you read" example:"1"`
	On      day     `json:"on" example:"2026-01-16"`
	Channel way     `json:"channel" example:"phone"`
	Result  outcome `json:"result" example:"attended"`
	Minutes minutes `json:"minutes,omitempty" example:"15-29"`
}

type versionBody struct {
	Version whole `json:"version" doc:"The version that you read" example:"1"`
}

type contactPath struct {
	ID      string `path:"id" doc:"The referral's identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Contact string `path:"contact" doc:"The contact's identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
}

// A contactRequest is a change of one contact, which lies two steps down.
type contactRequest[B any] struct {
	ID      string `path:"id" doc:"The referral's identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Contact string `path:"contact" doc:"The contact's identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Keyed
	Body B
}

func (a *API) contacts() {
	get(a, asked{id: "list-contacts", path: "/referrals/{id}/contacts", tag: "Contacts", right: app.SeePeople, summary: "Contacts with a person",
		about: "All contacts of a referral, and how many tries stayed without an answer since the last one: an appointment that was missed neither counts nor begins the count anew."},
		"query", func(ctx context.Context, by app.Actor, in *byID) (contactsBody, error) {
			v, err := a.app.Contacts(ctx, by, scheme.ReferralID(in.ID))
			b := contactsBody{Items: make([]contactBody, len(v.All)), Unanswered: v.Unanswered}
			for i, c := range v.All {
				b.Items[i] = contactOf(c)
			}
			return b, err
		})
	get(a, asked{id: "get-contact", path: "/referrals/{id}/contacts/{contact}", tag: "Contacts", right: app.SeePeople, summary: "One contact"},
		"query", func(ctx context.Context, by app.Actor, in *contactPath) (contactBody, error) {
			c, err := a.app.Contact(ctx, by, scheme.ReferralID(in.ID), scheme.ContactID(in.Contact))
			return contactOf(c), err
		})
	posts(a, asked{id: "create-contact", path: "/contacts", tag: "Contacts", right: app.RecordPeople, summary: "Record a contact with a person, or a try at it"},
		"create-contacts", "Record many contacts", contactAt, func(ctx context.Context, by app.Actor, in *creation[newContactBody]) (contactBody, error) {
			b := in.Body
			c, err := a.app.AddContact(ctx, by, app.NewContact{
				Key: in.Key, Referral: scheme.ReferralID(b.Referral), On: string(b.On),
				Way: scheme.Way(b.Channel), Outcome: scheme.Outcome(b.Result), Minutes: scheme.Minutes(b.Minutes),
			})
			return contactOf(c), err
		})
	post(a, asked{id: "change-contact", path: "/referrals/{id}/contacts/{contact}/changes", tag: "Contacts", right: app.RecordPeople, summary: "Say what a contact should have said",
		about: "Says all of these as they should be. Refused with 409 when somebody else changed it meanwhile."},
		contactAt, func(ctx context.Context, by app.Actor, in *contactRequest[contactChangeBody]) (contactBody, error) {
			b := in.Body
			c, err := a.app.ChangeContact(ctx, by, app.ContactChange{
				Key: in.Key, Referral: scheme.ReferralID(in.ID), Contact: scheme.ContactID(in.Contact), Version: int(b.Version),
				On: string(b.On), Way: scheme.Way(b.Channel), Outcome: scheme.Outcome(b.Result), Minutes: scheme.Minutes(b.Minutes),
			})
			return contactOf(c), err
		})
	post(a, asked{id: "withdraw-contact", path: "/referrals/{id}/contacts/{contact}/withdrawal", tag: "Contacts", right: app.RecordPeople, summary: "Take back a contact entered by mistake",
		about: "It stays kept and readable, and is out of every list and count."},
		contactAt, func(ctx context.Context, by app.Actor, in *contactRequest[versionBody]) (contactBody, error) {
			c, err := a.app.WithdrawContact(ctx, by, app.ContactWithdrawal{
				Key: in.Key, Referral: scheme.ReferralID(in.ID), Contact: scheme.ContactID(in.Contact), Version: int(in.Body.Version),
			})
			return contactOf(c), err
		})
}

func contactAt(b contactBody) string { return "/referrals/" + b.Referral + "/contacts/" + b.ID }

func contactOf(c scheme.WorkingContact) contactBody {
	b := contactBody{
		ID: string(c.ID), Referral: string(c.Referral), On: day(c.On.String()), Channel: way(c.Way), Result: outcome(c.Outcome),
		Minutes: minutes(c.Minutes), State: "live", Version: c.Revision,
	}
	if c.Withdrawn {
		b.State = "withdrawn"
	}
	return b
}
