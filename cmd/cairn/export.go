package main

import (
	"bufio"
	"context"
	"io"

	"cairn/internal/app"
	"cairn/internal/exchange"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// exportCommand writes data out.
type exportCommand struct {
	Pairs exportPairsCommand `cmd:"" help:"Write one row for each referral of a scheme: its two scores, or how far it came."`
}

type exportPairsCommand struct {
	databaseFlags
	Organisation string `help:"The organisation." placeholder:"NAME" required:""`
	Scheme       string `help:"The scheme, by name or identifier." placeholder:"NAME" required:""`
	Measure      string `help:"A measure or one of its scores (default: the plan's primary score)."`
	Occasion     string `help:"Which follow-up, such as day-84 (default: the plan's headline)."`
	Rule         string `help:"How pairs are made: plan or first-last (default plan)." placeholder:"RULE"`
	From         string `help:"The first quarter, such as 2026-Q1." placeholder:"QUARTER"`
	To           string `help:"The last quarter." placeholder:"QUARTER"`
	Out          string `help:"Write to this file instead of the standard output." placeholder:"FILE"`
}

func (exportPairsCommand) Help() string {
	return `For example:

  cairn export pairs --organisation "Riverside" --scheme "Allotments" --out pairs.csv`
}

func (c *exportPairsCommand) Run(ctx context.Context, t *terminal, all *commands) error {
	s, err := all.openExisting(ctx, t, c.databaseFlags)
	if err != nil {
		return err
	}
	defer s.close(t)
	org, err := s.organisation(ctx, c.Organisation)
	if err != nil {
		return err
	}
	by := app.AtTerminal(org, "export")
	of, err := s.scheme(ctx, by, c.Scheme)
	if err != nil {
		return err
	}
	ask := app.EvidenceAsk{Scheme: of.ID, Measure: c.Measure, Occasion: c.Occasion, From: c.From, To: c.To, Rule: c.Rule}
	view, err := s.Evidence(ctx, by, ask) // what is asked is refused before a file is made
	if err != nil {
		return err
	}
	var n, leftOut int
	write := func(w io.Writer) error {
		n, leftOut, err = s.writePairs(ctx, w, by, ask, view)
		return err
	}
	if c.Out == "" {
		if err := write(t.out); err != nil {
			return err
		}
	} else if err := writing(c.Out, write); err != nil {
		return err
	}
	t.say("%s of %s, %s, by the rule “%s”\n", count(n, "referral", "referrals"), of.Name, view.Score.Name, view.Rule)
	if leftOut > 0 {
		t.say("%s left out: these people said no to evaluation or research, or opted out nationally. Figures on the pages still count them.\n", count(leftOut, "referral is", "referrals are"))
	}
	return nil
}

func (s *service) writePairs(ctx context.Context, w io.Writer, by app.Actor, ask app.EvidenceAsk, view app.EvidenceView) (n, leftOut int, err error) {
	buffered := bufio.NewWriter(w)
	out, err := exchange.NewPairWriter(buffered, map[measure.Series]measure.Score{view.Score.Series: view.Score})
	if err != nil {
		return 0, 0, err
	}
	leftOut, err = s.EachPair(ctx, by, ask, func(v app.EvidenceView, p scheme.Pair) error {
		n++
		return out.Write(v.Scheme.Name, p)
	})
	if err != nil {
		return n, leftOut, err
	}
	if err := out.Flush(); err != nil {
		return n, leftOut, err
	}
	return n, leftOut, buffered.Flush()
}
