package main

import (
	"context"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// rebuildCommand proves or repairs the derived pairs.
type rebuildCommand struct {
	databaseFlags
	Check        bool   `help:"Only compare, change nothing."`
	Organisation string `help:"Only this organisation (default: every one)." placeholder:"NAME"`
}

func (rebuildCommand) Help() string {
	return `Pairs follow from assessments and are kept with them, so there is nothing to find unless
something is broken. With --check it ends with status 1 when a pair differs.

  cairn rebuild --check`
}

func (c *rebuildCommand) Run(ctx context.Context, t *terminal, all *commands) error {
	s, err := all.openExisting(ctx, t, c.databaseFlags)
	if err != nil {
		return err
	}
	defer s.close(t)
	orgs, err := s.Organisations(ctx)
	if err != nil {
		return err
	}
	if c.Organisation != "" {
		one, err := s.organisation(ctx, c.Organisation)
		if err != nil {
			return err
		}
		orgs = []scheme.Organisation{one}
	}
	found := 0
	for _, o := range orgs {
		n, err := c.one(ctx, t, s, app.AtTerminal(o, "terminal"))
		if err != nil {
			return err
		}
		found += n
	}
	if c.Check && found > 0 {
		return ended(lookAt)
	}
	return nil
}

func (c *rebuildCommand) one(ctx context.Context, t *terminal, s *service, by app.Actor) (differ int, err error) {
	step, finish := t.progress(by.OrgName, -1)
	referrals := 0
	wrong, err := s.CheckPairs(ctx, by, func(n int) { referrals = n; step(n) })
	finish()
	if err != nil {
		return 0, err
	}
	t.say("%s: %s compared, %d differ\n", by.OrgName, count(referrals, "referral", "referrals"), len(wrong))
	if c.Check || len(wrong) == 0 {
		return len(wrong), nil
	}
	if err := s.RebuildPairs(ctx, by, wrong); err != nil {
		return 0, err
	}
	t.say("%s: the pairs of %s were made anew\n", by.OrgName, count(len(wrong), "referral", "referrals"))
	return len(wrong), nil
}
