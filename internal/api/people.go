package api

import (
	"context"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

type personBody struct {
	ID          string     `json:"id" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Reference   string     `json:"reference" doc:"The service's own reference; never an NHS number" example:"RS-0042"`
	Aliases     []string   `json:"aliases,omitempty" doc:"References of records that were merged into this one; not in lists"`
	Name        string     `json:"name,omitempty" doc:"Kept encrypted; absent where the service works by reference alone"`
	Contact     *reachBody `json:"contact,omitempty" doc:"How to reach them; not in lists"`
	BirthYear   int        `json:"birth_year,omitempty" example:"1957"`
	Sex         sex        `json:"sex,omitempty" example:"female"`
	Ethnicity   ethnicity  `json:"ethnicity,omitempty" example:"white"`
	Deprivation int        `json:"deprivation,omitempty" doc:"Quintile of the index of multiple deprivation, 1 most deprived to 5" example:"2"`
	Version     int        `json:"version" doc:"Of this record; send it with the next change" example:"1"`
}

type newPersonBody struct {
	Reference   string    `json:"reference" doc:"The service's own reference; never an NHS number" example:"RS-0042"`
	Name        string    `json:"name,omitempty" doc:"Kept encrypted; leave it out where the service works by reference alone" example:"Ann Example"`
	Contact     reachBody `json:"contact,omitempty" doc:"How to reach them; kept encrypted, and refused where no scheme of yours has contact details"`
	NHSNumber   string    `json:"nhs_number,omitempty" doc:"Ten digits, the last of which is checked; kept encrypted, found by find-person, and in no answer. Refused where no scheme of yours has NHS numbers" example:"999 000 0018"`
	BirthYear   whole     `json:"birth_year,omitempty" example:"1957"`
	Sex         sex       `json:"sex,omitempty" example:"female"`
	Ethnicity   ethnicity `json:"ethnicity,omitempty" example:"white"`
	Deprivation whole     `json:"deprivation,omitempty" doc:"Quintile of the index of multiple deprivation, 1 most deprived to 5" example:"2"`
}

type reachBody struct {
	Phone   string   `json:"phone,omitempty" example:"07700 900123"`
	Email   string   `json:"email,omitempty" example:"ann@example.org"`
	Address []string `json:"address,omitempty" nullable:"false" doc:"Up to 4 lines" example:"[\"1 Mill Lane\",\"Riverside\"]"`
}

type findBody struct {
	NHSNumber string `json:"nhs_number" doc:"With or without spaces" example:"999 000 0018"`
}

type searchBody struct {
	Q string `json:"q" doc:"A reference or how it begins, an NHS number, or words of a name or how they begin" example:"RS-00"`
}

type soughtBody struct {
	People   []personBody `json:"people" nullable:"false" doc:"At most 25, by reference; with the name of whoever was found by name"`
	More     bool         `json:"more" doc:"There are more than these: send more of the reference or the name"`
	Names    int          `json:"names" doc:"How many names were looked through: those of people with an open referral to a scheme that keeps names, newest first, at most 2,000" example:"120"`
	Short    bool         `json:"short" doc:"There are more names than were looked through"`
	Mistyped bool         `json:"mistyped" doc:"The text would be an NHS number if its last digit fitted"`
}

func soughtOf(v app.Sought) soughtBody {
	b := soughtBody{People: []personBody{}, More: v.More, Names: v.Opened, Short: v.Short, Mistyped: v.Mistyped}
	for _, p := range v.People {
		b.People = append(b.People, personOf(p))
	}
	return b
}

type mergeBody struct {
	Other  string `json:"other" doc:"The identifier of the record that becomes part of this one" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b12"`
	Reason string `json:"reason" doc:"Why, in a few words" example:"Registered twice"`
}

type duplicatesBody struct {
	By     string       `json:"by" enum:"reference,name" doc:"What they have in common: their references but for how they are typed, or their name and year of birth"`
	People []personBody `json:"people" nullable:"false"`
}

type mergeQuery struct {
	ID    string `path:"id" doc:"The identifier of the record that stays" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Other string `query:"other" doc:"The identifier of the record that would become part of it" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b12"`
}

type mergePreviewBody struct {
	Keep      personBody `json:"keep"`
	Other     personBody `json:"other"`
	Referrals int        `json:"referrals" doc:"How many referrals would move" example:"1"`
	Twice     int        `json:"twice" doc:"How many assessments both hold alike, so that they count once" example:"0"`
	Against   []string   `json:"against" nullable:"false" doc:"Why they cannot be merged as they are; empty where they can"`
}

func duplicatesOf(group app.Alike) duplicatesBody {
	b := duplicatesBody{By: string(group.By)}
	for _, p := range group.People {
		b.People = append(b.People, personOf(p))
	}
	return b
}

func previewOf(v app.MergePreview) (mergePreviewBody, error) {
	b := mergePreviewBody{
		Keep: personOf(v.Keep.Person), Other: personOf(v.Other.Person), Referrals: len(v.Other.Referrals), Twice: v.Twice, Against: []string{},
	}
	all, accident := fault.All(v.Against)
	for _, f := range all {
		b.Against = append(b.Against, f.Detail)
	}
	return b, accident
}

type peopleQuery struct {
	Q    string      `query:"q" doc:"The beginning of a reference. Never a name or an NHS number: an address is no place for either" example:"RS-00"`
	Sort peopleOrder `query:"sort" doc:"By reference, or by when they were added; a hyphen turns it round. Absent: reference" example:"reference"`
	Paged
}

func (a *API) people() {
	get(a, asked{id: "list-people", path: "/people", tag: "People", right: app.SeePeople, summary: "People, by reference",
		about: "Of the schemes that you see, and those who are in none yet. Without names, which are kept encrypted and come with one person at a time. A reference that leads to another record since a merge is found on the first page."},
		"query", a.listPeople)
	get(a, asked{id: "get-person", path: "/people/{id}", tag: "People", right: app.SeePeople, summary: "One person",
		about: "The identifier of a record that was merged leads to the one it was merged into."},
		"query", func(ctx context.Context, by app.Actor, in *byID) (personBody, error) {
			found, err := a.app.Person(ctx, by, scheme.PersonID(in.ID))
			return personOf(found), err
		})
	posts(a, asked{id: "create-person", path: "/people", tag: "People", right: app.RecordPeople, summary: "Register a person",
		about: "Only the reference is needed. Send as little else as the service uses."}, "create-people", "Register people",
		func(b personBody) string { return "/people/" + b.ID },
		func(ctx context.Context, by app.Actor, in *creation[newPersonBody]) (personBody, error) {
			b := in.Body
			made, err := a.app.AddPerson(ctx, by, app.NewPerson{
				Key: in.Key, Reference: b.Reference, Name: b.Name, BirthYear: int(b.BirthYear),
				Sex: scheme.Sex(b.Sex), Ethnicity: scheme.Ethnicity(b.Ethnicity), Deprivation: int(b.Deprivation),
				Contact: scheme.Contact{Phone: b.Contact.Phone, Email: b.Contact.Email, Address: b.Contact.Address}, NHSNumber: b.NHSNumber,
			})
			return personOf(made), err
		})
}

// finding asks with a body, so that no number stands in an address or a log.
func (a *API) finding() {
	look(a, asked{id: "find-person", path: "/people/find", tag: "People", right: app.SeePeople, summary: "Find a person by NHS number",
		about: "The number goes in the body and never into an address. Answers 404 where nobody whom you may see has it. Nothing is made or changed."},
		func(ctx context.Context, by app.Actor, in *creation[findBody]) (personBody, error) {
			found, err := a.app.FindByNumber(ctx, by, in.Body.NHSNumber)
			return personOf(found), err
		})
	look(a, asked{id: "search-people", path: "/people/search", tag: "People", right: app.SeePeople, summary: "Find people by reference, NHS number or name",
		about: "The text goes in the body and never into an address. A whole reference or NHS number answers with one person. Nobody and somebody of other people's schemes look alike: an empty list. Names are kept encrypted one by one and opened for the search; nothing is made or changed."},
		func(ctx context.Context, by app.Actor, in *creation[searchBody]) (soughtBody, error) {
			found, err := a.app.SearchPeople(ctx, by, in.Body.Q)
			return soughtOf(found), err
		})
}

// merges is for two records of one person.
func (a *API) merges() {
	get(a, asked{id: "list-duplicates", path: "/duplicates", tag: "People", right: app.MergePeople, summary: "People who may be here twice",
		about: "Groups of people whose references differ only in capitals, in punctuation or in zeros before a number, unless they were born in different years, or who have the same name and year of birth, where schemes keep names. Names are opened for the look and are not in the answer. At most 100 groups. No two records hold the same NHS number."},
		"query", func(ctx context.Context, by app.Actor, _ *none) (list[duplicatesBody], error) {
			found, err := a.app.Duplicates(ctx, by)
			return listed(found.Listed, 0, duplicatesOf, nil), err
		})
	get(a, asked{id: "preview-merge", path: "/people/{id}/merge", tag: "People", right: app.MergePeople, summary: "What merging a duplicate would do",
		about: "Changes nothing. against lists why the two cannot be merged as they are."},
		"query", func(ctx context.Context, by app.Actor, in *mergeQuery) (mergePreviewBody, error) {
			v, err := a.app.PreviewMerge(ctx, by, scheme.PersonID(in.ID), scheme.PersonID(in.Other))
			if err != nil {
				return mergePreviewBody{}, err
			}
			return previewOf(v)
		})
	post(a, asked{id: "merge-people", path: "/people/{id}/merge", tag: "People", right: app.MergePeople, summary: "Merge a duplicate into this person",
		about: "The person of this address keeps their reference, name and details. Referrals and assessments of the other become theirs, referrals are counted anew by date, and the other's reference leads here. " +
			"What both hold alike counts once: the later entry is withdrawn. Refused with 409, and nothing merged, when two assessments of one measure, day and rater contradict each other, each named, or when both are open in one scheme. Cannot be undone."},
		func(b personBody) string { return "/people/" + b.ID },
		func(ctx context.Context, by app.Actor, in *change[mergeBody]) (personBody, error) {
			kept, err := a.app.MergePeople(ctx, by, app.Merge{
				Key: in.Key, Keep: scheme.PersonID(in.ID), Other: scheme.PersonID(in.Body.Other), Reason: in.Body.Reason,
			})
			return personOf(kept), err
		})
}

func (a *API) listPeople(ctx context.Context, by app.Actor, in *peopleQuery) (list[personBody], error) {
	found, err := a.app.People(ctx, by, in.Q, app.Page{After: in.After, Limit: in.Limit, Order: app.Order(in.Sort)})
	if err != nil {
		return list[personBody]{}, err
	}
	return listed(found, in.Limit, func(p app.PersonLine) personBody { return personOf(p.Person) }, func(p app.PersonLine) string { return p.Mark }), nil
}

func personOf(p scheme.Person) personBody {
	b := personBody{
		ID: string(p.ID), Reference: p.Reference, Aliases: p.Aliases, Name: p.Name, BirthYear: p.BirthYear,
		Sex: sex(p.Sex), Ethnicity: ethnicity(p.Ethnicity), Deprivation: p.Deprivation, Version: p.Revision,
	}
	if !p.Contact.IsZero() {
		b.Contact = &reachBody{Phone: p.Contact.Phone, Email: p.Contact.Email, Address: p.Contact.Address}
	}
	return b
}
