package demo

import (
	"context"
	"fmt"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// Fill keeps everything through the application, as an import would. done is
// told how many of how many referrals are there.
func Fill(ctx context.Context, a *app.App, today scheme.Day, done func(n, of int)) error {
	f := filling{app: a, today: today, done: done}
	for _, org := range Organisations() {
		for _, s := range org.Schemes {
			f.of += s.Referrals
		}
	}
	bundled, err := measure.Catalogue()
	if err != nil {
		return err
	}
	f.measures = map[measure.Key]measure.Definition{}
	for _, d := range bundled {
		f.measures[d.Key] = d
	}
	for _, org := range Organisations() {
		if err := f.organisation(ctx, org); err != nil {
			return fmt.Errorf("fill %s: %w", org.Name, err)
		}
	}
	if err := f.releases(ctx); err != nil {
		return err
	}
	return f.projects(ctx)
}

type filling struct {
	app      *app.App
	today    scheme.Day
	measures map[measure.Key]measure.Definition
	done     func(n, of int)
	n, of    int  // referrals
	worked   team // of the organisation that is being filled
}

func (f *filling) organisation(ctx context.Context, org Organisation) error {
	made, err := f.app.AddOrganisation(ctx, scheme.Organisation{Name: org.Name, TimeZone: "Europe/London", Kind: org.Kind})
	if err != nil {
		return err
	}
	by := app.AtTerminal(made, "demo")
	activities := map[string]scheme.Activity{}
	for _, a := range org.Activities {
		if activities[a.Name], err = f.app.AddActivity(ctx, by, a); err != nil {
			return err
		}
	}
	if f.worked, err = f.team(ctx, org, made.ID); err != nil {
		return err
	}
	schemes := map[string]scheme.ID{}
	for _, s := range org.Schemes {
		added, err := f.app.AddScheme(ctx, by, app.NewScheme{
			Name: s.Name, Measures: s.Measures, Weeks: Weeks, StartedOn: f.today.Plus(-Span - 7).String(),
		})
		if err != nil {
			return fmt.Errorf("%s: %w", s.Name, err)
		}
		schemes[s.Name] = added.ID
	}
	practitioners, err := f.accounts(ctx, org, made.ID, schemes)
	if err != nil {
		return err
	}
	for _, s := range org.Schemes {
		if err := f.scheme(ctx, by, s, SetUp{Scheme: schemes[s.Name], Measures: f.measures, Activities: chosen(activities, s.Activities)}, visitors(practitioners, schemes[s.Name])); err != nil {
			return fmt.Errorf("%s: %w", s.Name, err)
		}
	}
	return f.caseloads(ctx, practitioners)
}

// accounts are whom a visitor can sign in as; practitioners are returned as they act.
func (f *filling) accounts(ctx context.Context, org Organisation, id scheme.OrgID, schemes map[string]scheme.ID) (practitioners []app.Actor, err error) {
	for _, acc := range org.Accounts {
		user := app.NewUser{
			Login: acc.Login, Password: acc.Password, Org: id, Role: acc.Role,
			Profession: acc.Profession, AllSchemes: len(acc.Schemes) == 0,
		}
		for _, name := range acc.Schemes {
			user.Schemes = append(user.Schemes, schemes[name])
		}
		there, err := f.app.AddUser(ctx, user)
		if err != nil {
			return nil, fmt.Errorf("account %s: %w", acc.Login, err)
		}
		if acc.Role != app.Practitioner {
			continue
		}
		who, err := f.app.Actor(ctx, there.ID, id)
		if err != nil {
			return nil, err
		}
		practitioners = append(practitioners, who)
	}
	return practitioners, nil
}

func chosen(activities map[string]scheme.Activity, names []string) (all []scheme.Activity) {
	for _, name := range names {
		all = append(all, activities[name])
	}
	return all
}

// scheme makes up who came to it, and keeps them.
func (f *filling) scheme(ctx context.Context, by app.Actor, s Scheme, with SetUp, whose []app.Actor) error {
	arrivals, err := Arrivals(Seed, s, with, f.today)
	if err != nil {
		return err
	}
	f.worked.staff(arrivals)
	share(arrivals, whose)
	loaded, err := f.app.Load(ctx, by, arrivals, func(n int) { f.done(min(f.n+n, f.of), f.of) })
	if err != nil {
		return err
	}
	if len(loaded.Refused) > 0 {
		return fmt.Errorf("%d assessments were refused, the first because: %w", len(loaded.Refused), loaded.Refused[0].Reason)
	}
	f.n += s.Referrals
	return f.costs(ctx, by, s, with.Scheme)
}
