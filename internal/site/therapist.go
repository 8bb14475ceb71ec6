package site

import (
	"context"
	"slices"

	"cairn/internal/app"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// therapists are the occupational therapists who can be named, as choices.
func (s *Site) therapists(ctx context.Context) ([]scheme.Term, error) {
	all, err := s.app.Colleagues(ctx, server.ActorOf(ctx))
	if err != nil {
		return nil, err
	}
	var terms []scheme.Term
	for _, c := range all {
		if c.Therapist() {
			terms = append(terms, scheme.Term{Value: string(c.Account), Label: c.Login})
		}
	}
	return terms, nil
}

// startTherapist chooses whoever is signed in, where they are an occupational
// therapist themselves.
func (s *Site) startTherapist(ctx context.Context, f *Form) error {
	terms, err := s.therapists(ctx)
	if me := string(server.ActorOf(ctx).Account); scheme.Code(terms, me) > 0 {
		f.start("therapist", me)
	}
	return err
}

// A team is logins by account.
type team map[scheme.AccountID]string

// left is what a page calls somebody who is no colleague any more.
const left = "somebody who left"

// named is the login of an account; empty where nobody is on record.
func (t team) named(id scheme.AccountID) string {
	login, there := t[id]
	switch {
	case id == "":
		return ""
	case !there:
		return left
	}
	return login
}

// team is who the colleagues are; nothing is asked where no part has a name.
func (s *Site) team(ctx context.Context, parts []scheme.Involvement) (team, error) {
	known := team{}
	if !slices.ContainsFunc(parts, func(i scheme.Involvement) bool { return i.Therapist != "" }) {
		return known, nil
	}
	var all []app.Colleague
	all, err := s.app.Colleagues(ctx, server.ActorOf(ctx))
	for _, c := range all {
		known[c.Account] = c.Login
	}
	return known, err
}

// parts are the therapist's parts as a page tells them.
func (t team) parts(of []scheme.Involvement) []involvementLine {
	var lines []involvementLine
	for _, i := range of {
		lines = append(lines, involvementLine{On: i.On, Level: scheme.Label(scheme.OTLevels(), string(i.Level)), Who: t.named(i.Therapist)})
	}
	return lines
}
