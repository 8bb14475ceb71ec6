package main

import (
	"context"
	"fmt"

	"cairn/internal/scheme"
)

// organisationCommand sets tenants up.
type organisationCommand struct {
	Add  organisationAddCommand  `cmd:"" help:"Add an organisation."`
	List organisationListCommand `cmd:"" help:"List organisations."`
}

type organisationAddCommand struct {
	databaseFlags
	Name     string `arg:"" help:"Its name."`
	Kind     string `help:"provider, which runs schemes, or commissioner." enum:"provider,commissioner" default:"provider"`
	TimeZone string `help:"Decides what day it is there." placeholder:"ZONE" default:"Europe/London"`
}

func (organisationAddCommand) Help() string {
	return `For example:

  cairn organisation add "Riverside Community Health"`
}

func (c *organisationAddCommand) Run(ctx context.Context, t *terminal, all *commands) error {
	p, err := all.placeOf(t, c.databaseFlags)
	if err != nil {
		return err
	}
	s, err := p.open(ctx, t)
	if err != nil {
		return err
	}
	defer s.close(t)
	made, err := s.AddOrganisation(ctx, scheme.Organisation{Name: c.Name, TimeZone: c.TimeZone, Kind: scheme.OrganisationKind(c.Kind)})
	if err != nil {
		return err
	}
	t.say("%s is there now. “cairn user add” adds somebody who can sign in.\n", made.Name)
	return nil
}

type organisationListCommand struct {
	databaseFlags
}

func (c *organisationListCommand) Run(ctx context.Context, t *terminal, all *commands) error {
	s, err := all.openExisting(ctx, t, c.databaseFlags)
	if err != nil {
		return err
	}
	defer s.close(t)
	orgs, err := s.Organisations(ctx)
	if err != nil {
		return err
	}
	for _, o := range orgs {
		if _, err := fmt.Fprintf(t.out, "%s\t%s\t%s\t%s\n", o.ID, o.Kind, o.TimeZone, o.Name); err != nil {
			return err
		}
	}
	return nil
}
