package demo

import (
	"context"
	"fmt"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// halfYear is how long the projects of the demonstration last.
const halfYear = 180 // days

// projects are two of Riverside's, for a visitor to go on with: the researcher
// can download a file of the first, and the manager can decide about the second.
// They ask for no more of people than so many can be told apart by, on any day.
func (f *filling) projects(ctx context.Context) error {
	researcher, err := f.visitor(ctx, "researcher")
	if err != nil {
		return err
	}
	manager, err := f.visitor(ctx, "manager")
	if err != nil {
		return err
	}
	approved, err := f.ask(ctx, researcher, "Riverside Green Roots (demo)", app.NewProject{
		Name:    "Time outdoors and wellbeing (demo)",
		Purpose: "Whether people who garden, walk or help in an orchard feel better after twelve weeks, and whether age and sex go with it. Made up, like everything here.",
		Traits:  []string{scheme.TraitAge, scheme.TraitSex},
	})
	if err != nil {
		return err
	}
	_, err = f.app.DecideProject(ctx, manager, app.ProjectDecision{ID: approved.ID, Version: approved.Revision, Decision: "approve"})
	if err != nil {
		return fmt.Errorf("approve %s: %w", approved.Name, err)
	}
	_, err = f.ask(ctx, researcher, "Riverside Moving Well (demo)", app.NewProject{
		Name:    "Who stays with exercise (demo)",
		Purpose: "Whether people of some ages, or from poorer areas, stay longer with exercise and cookery than others. Made up, like everything here.",
		Traits:  []string{scheme.TraitAge, scheme.TraitDeprivation},
	})
	return err
}

// ask asks for one project of one scheme, for whoever asks.
func (f *filling) ask(ctx context.Context, by app.Actor, of string, p app.NewProject) (app.ProjectView, error) {
	l, err := f.app.Projects(ctx, by)
	if err != nil {
		return app.ProjectView{}, err
	}
	for _, s := range l.Schemes {
		if s.Name == of {
			p.Schemes = append(p.Schemes, s.ID)
		}
	}
	p.Users, p.Until = []scheme.AccountID{by.Account}, f.today.Plus(halfYear).String()
	v, err := f.app.AskProject(ctx, by, p)
	if err != nil {
		return v, fmt.Errorf("ask for %s: %w", p.Name, err)
	}
	return v, nil
}

// visitor is one of the accounts that a visitor can sign in as.
func (f *filling) visitor(ctx context.Context, login string) (app.Actor, error) {
	account, err := f.app.Login(ctx, login)
	if err != nil {
		return app.Actor{}, fmt.Errorf("account %s: %w", login, err)
	}
	return f.app.Actor(ctx, account.ID, account.Memberships[0].Org)
}
