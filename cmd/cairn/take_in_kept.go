package main

import (
	"context"

	"cairn/internal/app"
	"cairn/internal/intake"
	"cairn/internal/intake/take"
	"cairn/internal/scheme"
)

// bringIn stages the rows, bit by bit, and publishes them in one piece.
func (k *taking) bringIn(ctx context.Context) error {
	batch := &take.Batch{App: k.service.App, By: k.by, Known: k.known, Mapping: k.mapping, SHA: k.sha}
	begun, err := batch.Begin(ctx)
	if err != nil {
		return err
	}
	if begun.State == app.ImportStaging && begun.Staged > 0 {
		k.t.say("%s there from before; going on.\n", count(begun.Staged, "row is", "rows are"))
	}
	if err := batch.Stage(ctx, k.walk); err != nil {
		return err
	}
	if k.sum.Scores == 0 {
		k.summarise()
		return k.status()
	}
	if begun.State == app.ImportPublished {
		k.summarise()
		k.t.say("This file was imported on %s already (import %s), so nothing was added again.\n", scheme.DayOf(begun.PublishedAt).Long(), begun.ID)
		return k.status()
	}
	step, finish := k.t.progress("Bringing people in", k.sum.People)
	published, err := batch.Publish(ctx, step)
	finish()
	if err != nil {
		return err
	}
	k.summarise()
	k.sayPublished(published)
	return k.status()
}

func (k *taking) sayPublished(b app.ImportBatch) {
	k.t.say("%s added, %s there already; %s new here\n", count(b.Added, "assessment", "assessments"), count(b.Already, "was", "were"), count(b.People, "person is", "people are"))
	if n := b.Outcomes[string(intake.Conflict)] - k.sum.Outcomes[intake.Conflict]; n > 0 {
		k.t.say("%s something else than what is kept here already, and were not taken: “cairn imports show %s” lists them.\n", count(n, "row says", "rows say"), b.ID)
	}
	k.t.say("%s of a first and a later score in this file\nTo take it back: cairn imports undo %s --reason \"…\"\n", count(k.sum.Pairs, "pair", "pairs"), b.ID)
}
