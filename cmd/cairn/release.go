package main

import (
	"context"
	"fmt"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// releaseCommand takes figures out, step by step.
type releaseCommand struct {
	Prepare  releasePrepareCommand  `cmd:"" help:"Work out what a release would say. Shows nobody anything."`
	Audit    releaseAuditCommand    `cmd:"" help:"Have the auditor attack a prepared release."`
	Publish  releasePublishCommand  `cmd:"" help:"Publish an audited release. It does not change after that."`
	Withdraw releaseWithdrawCommand `cmd:"" help:"Take a published release back, with a notice."`
	List     releaseListCommand     `cmd:"" help:"List releases, the newest first."`
}

// whoseRelease names an organisation.
type whoseRelease struct {
	databaseFlags
	Organisation string `help:"Whose release it is." placeholder:"NAME" required:""`
}

// whichRelease names one release.
type whichRelease struct {
	whoseRelease
	Number int `help:"The release's number." required:""`
}

// desk opens the database for somebody at the terminal.
func (w whoseRelease) desk(ctx context.Context, t *terminal, all *commands) (*service, app.Actor, error) {
	s, err := all.openExisting(ctx, t, w.databaseFlags)
	if err != nil {
		return nil, app.Actor{}, err
	}
	org, err := s.organisation(ctx, w.Organisation)
	if err != nil {
		s.close(t)
		return nil, app.Actor{}, err
	}
	return s, app.AtTerminal(org, "terminal"), nil
}

// numbered finds a release by its number.
func (s *service) numbered(ctx context.Context, by app.Actor, number int) (scheme.Release, error) {
	list, err := s.Releases(ctx, by)
	if err != nil {
		return scheme.Release{}, err
	}
	for _, l := range list.Lines {
		if l.Number == number {
			return l.Release, nil
		}
	}
	return scheme.Release{}, fault.New(fault.Missing, fault.NotFound, "%s has no release %d. “cairn release list” shows those it has.", by.OrgName, number).At("--number")
}

// on does something with one release and says what became of it.
func (w whichRelease) on(ctx context.Context, t *terminal, all *commands, do func(*service, app.Actor, scheme.Release) (app.ReleaseView, error)) error {
	s, by, err := w.desk(ctx, t, all)
	if err != nil {
		return err
	}
	defer s.close(t)
	r, err := s.numbered(ctx, by, w.Number)
	if err != nil {
		return err
	}
	v, err := do(s, by, r)
	if err != nil {
		return err
	}
	return t.released(v)
}

// released says where a release stands, on the standard output.
func (t *terminal) released(v app.ReleaseView) error {
	_, err := fmt.Fprintf(t.out, "Release %d of %s, %s: %s, %s\n", v.Number, v.SchemeName, v.Period.Long(), v.State, count(len(v.Figures), "figure", "figures"))
	if err != nil {
		return err
	}
	if v.State == scheme.ReleaseAudited {
		t.say("%s\n", audited(v))
		if !v.Safe {
			return ended(lookAt)
		}
	}
	if v.Out() {
		t.say("%s\nsha256 %s\n", v.Path(), v.SHA256)
	}
	return nil
}

// audited is what the auditor found, in a sentence.
func audited(v app.ReleaseView) string {
	if !v.Safe {
		return "It is not safe to publish: " + v.Report.Unsafe
	}
	return fmt.Sprintf("The auditor hid %s beyond the usual, and could work nothing out after that.", count(len(v.Report.Hidden), "more number", "more numbers"))
}

type releasePrepareCommand struct {
	whoseRelease
	Scheme string `help:"The scheme." placeholder:"NAME" required:""`
	Within string `help:"A quarter of the period, such as 2026-Q1; it has to be over." placeholder:"QUARTER" required:""`
	Grain  string `help:"How long the period is (default: the scheme's own): quarter, half-year or year." placeholder:"GRAIN"`
}

func (releasePrepareCommand) Help() string {
	return `For example:

  cairn release prepare --organisation "Riverside" --scheme "Allotments" --within 2026-Q1`
}

func (c *releasePrepareCommand) Run(ctx context.Context, t *terminal, all *commands) error {
	s, by, err := c.desk(ctx, t, all)
	if err != nil {
		return err
	}
	defer s.close(t)
	of, err := s.scheme(ctx, by, c.Scheme)
	if err != nil {
		return err
	}
	v, err := s.PrepareRelease(ctx, by, app.NewRelease{Scheme: of.ID, Within: c.Within, Grain: scheme.Grain(c.Grain)})
	if err != nil {
		return err
	}
	return t.released(v)
}

type releaseAuditCommand struct{ whichRelease }

func (releaseAuditCommand) Help() string {
	return `It ends with status 1 when something about single people could still be worked out.

  cairn release audit --organisation "Riverside" --number 4`
}

func (c *releaseAuditCommand) Run(ctx context.Context, t *terminal, all *commands) error {
	return c.on(ctx, t, all, func(s *service, by app.Actor, r scheme.Release) (app.ReleaseView, error) {
		return s.AuditRelease(ctx, by, app.ReleaseStep{ID: r.ID, Version: r.Revision})
	})
}

type releasePublishCommand struct{ whichRelease }

func (c *releasePublishCommand) Run(ctx context.Context, t *terminal, all *commands) error {
	return c.on(ctx, t, all, func(s *service, by app.Actor, r scheme.Release) (app.ReleaseView, error) {
		return s.PublishRelease(ctx, by, app.ReleaseStep{ID: r.ID, Version: r.Revision})
	})
}

type releaseWithdrawCommand struct {
	whichRelease
	Notice  string `help:"Why; everybody who opens the release reads it." required:""`
	Figures string `help:"stay, marked as withdrawn, or gone, for figures that should never have been seen." enum:"stay,gone" default:"stay"`
}

func (c *releaseWithdrawCommand) Run(ctx context.Context, t *terminal, all *commands) error {
	return c.on(ctx, t, all, func(s *service, by app.Actor, r scheme.Release) (app.ReleaseView, error) {
		return s.WithdrawRelease(ctx, by, app.ReleaseWithdrawal{ID: r.ID, Version: r.Revision, Notice: c.Notice, Figures: c.Figures})
	})
}

type releaseListCommand struct{ whoseRelease }

func (c *releaseListCommand) Run(ctx context.Context, t *terminal, all *commands) error {
	s, by, err := c.desk(ctx, t, all)
	if err != nil {
		return err
	}
	defer s.close(t)
	list, err := s.Releases(ctx, by)
	if err != nil {
		return err
	}
	for _, l := range list.Lines {
		if _, err := fmt.Fprintf(t.out, "%d\t%s\t%s\t%s\t%s\n", l.Number, l.SchemeName, l.Period.Long(), l.State, l.SHA256); err != nil {
			return err
		}
	}
	return nil
}
