package main

import (
	"context"
	"fmt"
	"slices"

	"cairn/internal/app"
	"cairn/internal/intake"
	"cairn/internal/scheme"
)

// staged is a verdict as it is kept until it is published.
func staged(position int, v intake.Verdict) app.ImportRow {
	row := app.ImportRow{Position: position, Sheet: v.Sheet, Line: v.Line, Outcome: string(v.Outcome), Reason: v.Reason}
	for _, s := range v.Scores {
		row.Reference = s.Reference
		row.Scores = append(row.Scores, app.StagedScore{
			Scheme: s.Scheme, Activity: s.Activity, Measure: s.Measure, Series: s.Series, Text: s.Text, Answers: s.Answers,
			Occasion: s.Occasion, On: s.On, Order: int(intake.Order(s.Occasion)), Dated: datings()[s.Dated], Referred: s.Referred,
		})
	}
	return row
}

func datings() map[intake.Dating]scheme.Dating {
	return map[intake.Dating]scheme.Dating{intake.ByMonth: scheme.ToTheMonth, intake.ByOrder: scheme.ByOrder}
}

// stagedAtOnce is how many rows share a transaction.
const stagedAtOnce = 500

// bringIn stages the rows, bit by bit, and publishes them in one piece.
func (k *taking) bringIn(ctx context.Context) error {
	digest, err := k.mapping.Digest()
	if err != nil {
		return err
	}
	var text writtenMapping
	if err := k.mapping.Write(&text); err != nil {
		return err
	}
	batch, err := k.service.BeginImport(ctx, k.by, app.ImportBatch{Source: k.mapping.Source, FileSHA: k.sha, MappingSHA: digest, Mapping: string(text)})
	if err != nil {
		return err
	}
	if batch.State == app.ImportStaging && batch.Staged > 0 {
		k.t.say("%s there from before; going on.\n", count(batch.Staged, "row is", "rows are"))
	}
	position, waiting := 0, []app.ImportRow(nil)
	stage := func() error {
		if len(waiting) == 0 {
			return nil
		}
		_, err := k.service.StageImport(ctx, k.by, batch.ID, waiting)
		waiting = waiting[:0]
		return err
	}
	err = k.walk(func(v intake.Verdict) error {
		position++
		if batch.State != app.ImportStaging || position <= batch.Staged {
			return nil
		}
		if waiting = append(waiting, staged(position-1, v)); len(waiting) < stagedAtOnce {
			return nil
		}
		return stage()
	})
	if err != nil {
		return err
	}
	if err := stage(); err != nil {
		return err
	}
	return k.publish(ctx, batch)
}

// writtenMapping gathers a mapping as text.
type writtenMapping []byte

func (w *writtenMapping) Write(p []byte) (int, error) {
	*w = append(*w, p...)
	return len(p), nil
}

func (k *taking) publish(ctx context.Context, batch app.ImportBatch) error {
	if k.sum.Scores == 0 {
		k.summarise()
		return k.status()
	}
	if batch.State == app.ImportPublished {
		k.summarise()
		k.t.say("This file was imported on %s already (import %s), so nothing was added again.\n", scheme.DayOf(batch.PublishedAt).Long(), batch.ID)
		return k.status()
	}
	if err := k.makeSchemes(ctx); err != nil {
		return err
	}
	step, finish := k.t.progress("Bringing people in", k.sum.People)
	batch, err := k.service.PublishImport(ctx, k.by, batch.ID, step)
	finish()
	if err != nil {
		return err
	}
	k.summarise()
	k.t.say("%s added, %s there already; %s new here\n", count(batch.Added, "assessment", "assessments"), count(batch.Already, "was", "were"), count(batch.People, "person is", "people are"))
	if n := batch.Outcomes[string(intake.Conflict)] - k.sum.Outcomes[intake.Conflict]; n > 0 {
		k.t.say("%s something else than what is kept here already, and were not taken: “cairn imports show %s” lists them.\n", count(n, "row says", "rows say"), batch.ID)
	}
	k.t.say("%s of a first and a later score in this file\nTo take it back: cairn imports undo %s --reason \"…\"\n", count(k.sum.Pairs, "pair", "pairs"), batch.ID)
	return k.status()
}

// makeSchemes makes the schemes that the mapping names and nobody has set up,
// each with a plan of the file's measures and times.
func (k *taking) makeSchemes(ctx context.Context) error {
	in := app.ImportSetUp{Known: true, From: k.from, Days: k.mapping.Days()}
	for _, name := range k.mapping.SchemesMeant() {
		if !slices.Contains(k.known.Schemes, name) {
			in.Schemes = append(in.Schemes, name)
		}
	}
	if len(in.Schemes) == 0 {
		return nil
	}
	if in.From.IsZero() {
		in.From = k.known.Today
	}
	for _, key := range k.mapping.Keys() {
		for _, d := range k.known.Measures {
			if d.Key == key {
				in.Measures = append(in.Measures, d)
			}
		}
	}
	if _, err := k.service.PrepareImport(ctx, k.by, in); err != nil {
		return fmt.Errorf("make schemes: %w", err)
	}
	return nil
}
