package main

import (
	"context"
	"fmt"

	"cairn/internal/app"
	"cairn/internal/fault"
)

// importsCommand is about files that were brought in.
type importsCommand struct {
	List importsListCommand `cmd:"" help:"List imports, the newest first."`
	Show importsShowCommand `cmd:"" help:"Say what became of every row of an import."`
	Undo importsUndoCommand `cmd:"" help:"Withdraw everything that an import added."`
}

type importsListCommand struct {
	databaseFlags
	Organisation string `help:"Whose." placeholder:"NAME" required:""`
}

func (c *importsListCommand) Run(ctx context.Context, t *terminal, all *commands) error {
	return all.imported(ctx, t, c.databaseFlags, c.Organisation, func(s *service, by app.Actor) error {
		page := app.Page{Limit: 200}
		for {
			list, err := s.ImportBatches(ctx, by, page)
			if err != nil {
				return err
			}
			for _, b := range list {
				if _, err := fmt.Fprintf(t.out, "%s\t%s\t%s\t%d added\t%s\n", b.ID, b.State, count(b.Staged, "row", "rows"), b.Added, b.Source); err != nil {
					return err
				}
			}
			if len(list) < page.Limit {
				return nil
			}
			page.After = list[len(list)-1].ID
		}
	})
}

type importsShowCommand struct {
	databaseFlags
	Batch        string `arg:"" help:"The import, as “cairn imports list” names it." placeholder:"IMPORT"`
	Organisation string `help:"Whose." placeholder:"NAME" required:""`
}

func (c *importsShowCommand) Run(ctx context.Context, t *terminal, all *commands) error {
	return all.imported(ctx, t, c.databaseFlags, c.Organisation, func(s *service, by app.Actor) error {
		for from := 0; ; {
			_, rows, err := s.ImportRows(ctx, by, app.ImportRowsAsk{Batch: c.Batch, From: from})
			if err != nil || len(rows) == 0 {
				return err
			}
			for _, r := range rows {
				if _, err := fmt.Fprintf(t.out, "%s\t%d\t%s\t%s\n", r.Sheet, r.Line, r.Outcome, r.Reason); err != nil {
					return err
				}
			}
			from = rows[len(rows)-1].Position + 1
		}
	})
}

type importsUndoCommand struct {
	databaseFlags
	Batch        string `arg:"" help:"The import, as “cairn imports list” names it." placeholder:"IMPORT"`
	Organisation string `help:"Whose. Not needed where there is only one." placeholder:"NAME"`
	Reason       string `help:"Why; it is kept beside every assessment." placeholder:"TEXT" required:""`
}

func (importsUndoCommand) Help() string {
	return `Every assessment that the import added and nobody has withdrawn since is withdrawn, with
the reason. Referrals that only the import made are in no list and no figure any more, unless
somebody has worked with them. What was here before it stays. The same file can be imported again afterwards.

  cairn imports undo 0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11 --reason "the wrong file"`
}

func (c *importsUndoCommand) Run(ctx context.Context, t *terminal, all *commands) error {
	return all.imported(ctx, t, c.databaseFlags, c.Organisation, func(s *service, by app.Actor) error {
		b, err := s.UndoImport(ctx, by, app.ImportUndo{Batch: c.Batch, Reason: c.Reason})
		if err != nil {
			return err
		}
		t.say("Import %s was undone: %s withdrawn.\n", b.ID, count(b.Undone.Withdrawn, "assessment was", "assessments were"))
		if n := b.Undone.Before; n > 0 {
			t.say("%s\n", count(n, "that it had added was withdrawn by somebody before, and is left as it was.", "that it had added were withdrawn by somebody before, and are left as they were."))
		}
		if n := b.Undone.Referrals; n > 0 {
			t.say("%s\n", count(n, "referral that only it had made is in no list and no figure any more.", "referrals that only it had made are in no list and no figure any more."))
		}
		if n := b.Undone.Left; n > 0 {
			t.say("%s\n", count(n, "referral that it had made stays, because somebody has worked with it or more is recorded on it.", "referrals that it had made stay, because somebody has worked with them or more is recorded on them."))
		}
		if n := b.Already; n > 0 {
			t.say("%s\n", count(n, "that the file names too was here before the import, and stays.", "that the file names too were here before the import, and stay."))
		}
		return nil
	})
}

// imported runs fn for an organisation, or for the only one.
func (c *commands) imported(ctx context.Context, t *terminal, f databaseFlags, name string, fn func(*service, app.Actor) error) error {
	s, err := c.openExisting(ctx, t, f)
	if err != nil {
		return err
	}
	defer s.close(t)
	if name == "" {
		there, err := s.Organisations(ctx)
		if err != nil {
			return err
		}
		if len(there) != 1 {
			return fault.New(fault.Invalid, fault.SettingsInvalid, "Say which organisation is meant.").At("--organisation")
		}
		return fn(s, app.AtTerminal(there[0], "import"))
	}
	org, err := s.organisation(ctx, name)
	if err != nil {
		return err
	}
	return fn(s, app.AtTerminal(org, "import"))
}
