package main

import (
	"io"

	"cairn/internal/exchange"
)

// poolCommand pools ready estimates without a database.
type poolCommand struct {
	rejectFlags `embed:""`
	JSON        bool `name:"json" help:"Write every number as JSON."`
}

func (poolCommand) Help() string {
	return `The file has one row for each estimate: study, yi (the estimate) and vi (its sampling
variance). Pools estimates that somebody else worked out, such as those of a published review: fixed
and random effects (DerSimonian-Laird, REML, Paule-Mandel) and a funnel.

It ends with status 1 when a row was rejected and with 2 when there is nothing to work on.

  cairn evidence pool estimates.csv
  cairn evidence pool estimates.csv --json`
}

func (c *poolCommand) Run(t *terminal) error {
	if err := c.keepInputs(); err != nil {
		return err
	}
	var e exchange.Estimates
	err := reading(c.File, "FILE.csv", func(r io.Reader) (err error) {
		e, err = exchange.ReadEstimates(r)
		return err
	})
	if err != nil {
		return err
	}
	if len(e.All) == 0 {
		return c.nothingUsable(t, e.Rejects, wholeRows(e.Rejects))
	}
	c.keepReasons(t, e.Rejects, wholeRows(e.Rejects))
	result := e.Pool()
	write := result.WriteText
	if c.JSON {
		write = result.WriteJSON
	}
	if err := write(t.out); err != nil {
		return err
	}
	return status(e.Rejects)
}
