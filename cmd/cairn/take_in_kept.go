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
	was, err := batch.Alone(ctx)
	if err != nil {
		return err
	}
	if was {
		k.t.say("What an import of this file by another mapping had put by is forgotten.\n")
	}
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
	if k.sum.Nothing() {
		k.summarise()
		if err := batch.Forget(ctx); err != nil {
			return err
		}
		return k.status()
	}
	if begun.State == app.ImportPublished {
		k.summarise()
		k.t.say("This file was imported on %s already (import %s), so nothing was added again.\n", scheme.DayOf(begun.PublishedAt).Long(), begun.ID)
		return k.status()
	}
	var refused []app.RefusedRow
	batch.Refused = func(rows []app.RefusedRow, _ func(app.ImportPart, []byte) error) error {
		refused = rows
		return nil
	}
	step, finish := k.t.progress("Bringing people in", k.sum.People)
	published, err := batch.Publish(ctx, step)
	finish()
	if err != nil {
		return err
	}
	unwritten := k.writeAgain(refused)
	k.summarise()
	k.sayPublished(published, len(refused))
	if unwritten != nil {
		return unwritten
	}
	return k.status()
}

// writeAgain writes what became of every row once more where publishing refused
// some, and counts the rows as they turned out.
func (k *taking) writeAgain(refused []app.RefusedRow) error {
	if len(refused) == 0 {
		return nil
	}
	read := k.sum
	k.read = k.read.But(take.Late(refused))
	err := k.walk(func(intake.Verdict) error { return nil })
	read.Outcomes = k.sum.Outcomes
	k.sum = read
	return err
}

func (k *taking) sayPublished(b app.ImportBatch, refused int) {
	k.t.say("%s added, %s there already; %s new here\n", count(b.Added, "assessment", "assessments"), count(b.Already, "was", "were"), count(b.People, "person is", "people are"))
	if refused > 0 {
		k.t.say("%s refused by what is kept here, in whole or in part: see the reasons among the rows that were not taken.\n", count(refused, "row was", "rows were"))
	}
	k.t.say("%s of a first and a later score in this file\nTo take it back: cairn imports undo %s --reason \"…\"\n", count(k.sum.Pairs, "pair", "pairs"), b.ID)
}
